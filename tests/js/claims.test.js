// Every claim of the page "Why" is an experiment that is run here, and its figure must lie where
// the page says.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { butterfly } from '../../src/js/butterfly.js';
import { loadLab } from '../../src/js/index.js';
import { readLink } from '../../web/state/table.js';
import { specOf } from '../../web/state/specs.js';
import englishMaps from '../../web/texts/en/maps.js';
import english from '../../web/texts/en/why.js';

const root = new URL('../../', import.meta.url);
/** @type {any[]} */
const experiments = JSON.parse(await readFile(new URL('src/js/experiments/claims.json', root), 'utf8'));
const page = await readFile(new URL('web/why.html', root), 'utf8');
const lab = await loadLab();

/** The page's English text without its markup. */
const words = Object.values(english)
  .join(' ')
  .replaceAll(/<[^>]+>/g, '')
  .replaceAll('&nbsp;', ' ')
  .replaceAll(/\s+/g, ' ');
/** Where a page names an experiment: in its HTML for figures, in its texts for links. */
const source = page + Object.values(english).join(' ');
const size = (/** @type {import('../../src/js/types.js').Distribution} */ { mean, variance }) =>
  Math.hypot(mean, Math.sqrt(variance));

/**
 * @type {Record<string, (session: import('../../src/js/lab.js').Session, spec: any, at: number) =>
 *   number>}
 */
const metrics = {
  cost: (session) => session.metrics().cost,
  trainAccuracy: (session) => session.metrics().trainAccuracy,
  distinct: (session) => session.diagnostics().layers[0].distinct,
  /** Of the cost by the first layer's weights. */
  gradient: (session) => session.diagnostics().layers[0].gradientNorm,
  weights: (session) => Math.max(...session.diagnostics().layers.map(({ weightNorm }) => weightNorm)),
  /** The most dead units in a layer. */
  dead: (session) => Math.max(...session.diagnostics().layers.map(({ dead }) => dead.length)),
  /** Share of the output's values where the sigmoid is flat. */
  saturated: (session) => session.diagnostics().layers.at(-1)?.saturated ?? NaN,
  /** What the output unit sees. */
  output: (session) => size(session.diagnostics().layers.at(-1)?.preActivation ?? assert.fail()),
  /** Size of the last hidden layer's signal over that of the first one's. */
  signal(session) {
    const hidden = session.diagnostics().layers.slice(0, -1);
    return size(hidden[hidden.length - 1].activation) / size(hidden[0].activation);
  },
  /** When the cost falls below 0.6, in steps of 100 iterations. */
  leaves(_, spec) {
    const session = lab.createSession(spec);
    while (session.metrics().cost >= 0.6 && session.iteration < 1e6) session.step(100);
    const { iteration } = session;
    session.dispose();
    return iteration;
  },
  butterfly: (_, spec, at) => butterfly(lab, spec, { iterations: at, every: at })[1].distance,
};

for (const { id, link, claims } of experiments) {
  test(`links the experiment "${id}" on the page that shows it`, () => {
    assert.deepEqual(readLink(link).unread, []);
    assert.match(source, new RegExp(`claim="${id}"`));
    for (const { says, cell, from, to } of claims) {
      if (says) assert.ok(words.includes(says), `the page does not say: ${says}`);
      if (!cell) continue;
      const shown = Number(/** @type {Record<string, string>} */ (english)[cell].replaceAll(',', ''));
      assert.ok(shown >= from && shown <= to, `${cell} shows ${shown}, not ${from} … ${to}`);
    }
  });

  for (const run of new Set(claims.map((/** @type {any} */ claim) => claim.run))) {
    test(`measures what the page states about run ${run} of "${id}"`, () => {
      const { state } = readLink(link);
      const spec = { ...specOf(state, state.runs[/** @type {number} */ (run)]), record: 100_000_000 };
      const session = lab.createSession(spec);
      const own = claims
        .filter((/** @type {any} */ claim) => claim.run === run)
        .sort((/** @type {any} */ a, /** @type {any} */ b) => a.at - b.at);
      for (const { at, metric, from, to } of own) {
        session.step(at - session.iteration);
        const value = metrics[metric](session, spec, at);
        assert.ok(
          value >= Number(from) && value <= Number(to),
          `${metric} at ${at} is ${value}, not ${from} … ${to}`,
        );
      }
      session.dispose();
    });
  }
}

test('leaves the plateau ten times as early with ten times the learning rate, as the page "Sweeps" states', () => {
  const { state } = readLink('data=circles&runs=normal,std:0.1&opt=gd,learningRate:0.1');
  const at = metrics.leaves(/** @type {any} */ (null), specOf(state, state.runs[0]), 0);
  assert.ok(Math.abs(at / 2980 - 1) < 0.05, `at ${at}, at a tenth of the rate at 29,800`);
});

/** The page "Sweeps", without its markup. */
const sweeps = Object.entries(englishMaps)
  .flatMap(([key, text]) => (key.startsWith('sweeps.') ? [text] : []))
  .join(' ')
  .replaceAll(/<[^>]+>/g, '')
  .replaceAll('&nbsp;', ' ');
const SWEEP_SEEDS = [3, 4, 5, 6, 7];

test('leaves the plateau of × 0.01 by gradient descent when the page "Sweeps" states', () => {
  assert.match(
    sweeps,
    /four of five seeds leave it after 3,000 to 4,000, at 0\.3 all five after 9,000 to 12,000/,
  );
  const leaving = (/** @type {number} */ learningRate) =>
    SWEEP_SEEDS.map((seed) =>
      metrics.leaves(
        /** @type {any} */ (null),
        {
          dataset: { name: 'circles' },
          layers: [10, 5],
          activations: 'relu',
          init: { name: 'normal', std: 0.01, seed },
          optimizer: { name: 'gd', learningRate },
          iterations: 1e6,
          record: 1e8,
        },
        0,
      ),
    ).sort((a, b) => a - b);
  const fast = leaving(1);
  assert.ok(fast[0] >= 2900 && fast[3] <= 4000 && fast[4] > 4000, fast.join(' '));
  const slow = leaving(0.3);
  assert.ok(slow[0] >= 9000 && slow[4] <= 12_500, slow.join(' '));
});

test('loses three layers from large factors, whose units die, as the page "Sweeps" states', () => {
  assert.match(sweeps, /On the right it is lost: large steps have killed most of its units/);
  for (const seed of SWEEP_SEEDS) {
    const session = lab.createSession({
      dataset: { name: 'circles' },
      layers: [10, 10, 10],
      activations: 'relu',
      init: { name: 'normal', std: 10, seed },
      optimizer: { name: 'gd', learningRate: 0.1 },
      iterations: 50_000,
      record: 1e8,
    });
    session.step(50_000);
    const { cost } = session.metrics();
    const dead = session.diagnostics().layers.reduce((sum, layer) => sum + layer.dead.length, 0);
    session.dispose();
    assert.ok(cost >= 0.6 && dead > 15, `seed ${seed}: cost ${cost}, ${dead} of 30 units dead`);
  }
});

test('trains sixteen layers from as many of ten draws of He’s size as the page states', () => {
  const passes = Array.from({ length: 10 }, (_, seed) => {
    const { state } = readLink(experiments.find(({ id }) => id === 'deep').link);
    const session = lab.createSession({
      ...specOf({ ...state, seed }, state.runs[1]),
      record: 100_000_000,
    });
    while (session.metrics().trainAccuracy <= 0.75 && session.iteration < 2000) session.step(50);
    const { iteration } = session;
    session.dispose();
    return iteration;
  }).sort((a, b) => a - b);
  assert.match(words, /nine of ten seeds pass 75 % within these 1,000 iterations, the tenth soon after/);
  assert.ok(passes[8] <= 1000 && passes[9] > 1000 && passes[9] < 1500, passes.join(' '));
});

test('uses only known experiments on the pages', () => {
  const named = [...source.matchAll(/claim="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(new Set(named), new Set(experiments.map(({ id }) => id)));
});
