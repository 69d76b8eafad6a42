// An experiment given as JSON trains in the page as it trains on the command line.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorSentence } from '../../src/js/error-sentences.js';
import { readExperiments } from '../../src/js/experiments.js';
import { loadLab } from '../../src/js/index.js';
import { linkOfJson } from '../../web/state/given.js';
import { CORE_DEFAULTS, stateOf } from '../../web/state/presets.js';
import { specOf } from '../../web/state/specs.js';
import { readLink } from '../../web/state/table.js';

const lab = await loadLab();

/** Returns the complete experiments that the page makes of some JSON. @param {unknown} content */
function inThePage(content) {
  const { link, unread } = linkOfJson(JSON.stringify(content));
  assert.deepEqual(unread, [], JSON.stringify(content));
  return ofState(readLink(link).state);
}

/** @param {import('../../web/state/table.js').LabState} state */
const ofState = (state) => state.runs.map((run) => lab.validate(/** @type {any} */ (specOf(state, run))));

/** The page has its own recording interval. @param {unknown} content */
const onTheCommandLine = (content) =>
  [content]
    .flat()
    .flatMap((part) => readExperiments(part, 'experiment'))
    .map(({ spec }) => lab.validate({ ...spec, record: 100 }));

test('fills missing fields with the core’s defaults', () => {
  // A null here means "off" in the core, where the field has no value.
  const { seed, skip, ...spec } = CORE_DEFAULTS;
  assert.equal(skip, null);
  assert.deepEqual(lab.validate(/** @type {any} */ (spec)), lab.validate({}));
  for (const { name } of lab.catalogue.initializers)
    assert.equal(lab.validate({ init: /** @type {any} */ ({ name }) }).init.seed, seed, name);
});

test('accepts the form that the core completes: no hidden layers, no test part', () => {
  const train = { x: [[1, 2], [3, 4]], y: [0, 1] }; // prettier-ignore
  for (const spec of [{ layers: [] }, { dataset: { name: 'points', train } }]) {
    const complete = lab.validate(spec);
    const { train: points, test: none } = complete.dataset;
    for (const part of [points, none]) if (part) Object.assign(part, { x: [...part.x], y: [...part.y] });
    const [{ layers, activations }] = inThePage(complete);
    assert.deepEqual([layers, activations], [complete.layers, complete.activations]);
  }
});

test('rejects names that would be syntax in a link, and sets nothing else', () => {
  const plain = linkOfJson('{}').link;
  for (const json of [
    { optimizer: { name: 'gd', 'a:1,name': 3 } },
    { dataset: { name: 'circles,seed:9&net=3' } },
    { output: 'tanh&seed=99' },
    { precision: 'float32&runs=zeros' },
    { activations: ['relu&seed=5'] },
    { init: { name: 'zeros;normal,std:2&data=moons' } },
  ]) {
    const { link, unread } = linkOfJson(JSON.stringify(json));
    assert.equal(link, plain, JSON.stringify(json));
    assert.equal(unread.length, 1);
  }
});

test('rejects an export without a valid link, and opens one that names a preset', () => {
  for (const link of ['javascript:alert(1)', 'https://example.org/', 'x'])
    assert.ok(linkOfJson(JSON.stringify({ link })).nothing, link);
  assert.equal(linkOfJson('{"link":"https://example.org/?preset=zeros"}').link, 'preset=zeros');
  // The lab's default experiment has an empty link.
  for (const exported of [{ runs: [{}] }, { spec: {} }]) {
    const { link, nothing } = linkOfJson(JSON.stringify({ link: 'https://example.org/lab/', ...exported }));
    assert.deepEqual([link, nothing], ['', false]);
  }
});

test('uses the first runs of a list that is too long, without delay', () => {
  const { link, unread } = linkOfJson(JSON.stringify(Array(20_000).fill({ layers: [4] })));
  assert.equal(readLink(link).state.runs.length, 8);
  assert.equal(unread.length, 1);
  assert.equal(unread[0].text, '"20000 runs"');
  assert.equal(errorSentence(unread[0].error ?? assert.fail()), 'found 20000, expected at most 8 runs');
});

test('trains every preset equally in the page, as JSON and on the command line', () => {
  const folder = new URL('../../src/js/experiments/', import.meta.url);
  const presets = readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    .filter((content) => Array.isArray(content.runs));
  assert.ok(presets.length >= 10);
  for (const preset of presets) {
    const expected = onTheCommandLine(preset);
    assert.deepEqual(ofState(stateOf(preset)), expected, preset.id);
    assert.deepEqual(inThePage(preset), expected, preset.id);
  }
});

test('trains experiments with missing fields, lists and presets without shared settings equally', () => {
  /** @type {Record<string, any>} */
  const whole = {
    dataset: { name: 'circles', samples: 100 },
    layers: [6, 3],
    activations: 'relu',
    output: 'tanh',
    init: { name: 'he_normal', gain: 0.5, seed: 8, layers: [null, { name: 'normal', std: 0.1 }] },
    optimizer: { name: 'adam', learningRate: 0.01 },
    iterations: 700,
    record: 10,
    precision: 'float32',
  };
  const fields = Object.keys(whole);
  for (let chosen = 0; chosen < 2 ** fields.length; chosen += 1) {
    const spec = Object.fromEntries(fields.filter((_, i) => (chosen >> i) & 1).map((f) => [f, whole[f]]));
    assert.deepEqual(inThePage(spec), onTheCommandLine(spec));
  }
  const others = [
    { init: { name: 'zeros' } },
    { ...whole, iterations: 10000, init: { name: 'normal' } },
    { optimizer: { name: 'gd' } },
  ];
  assert.deepEqual(inThePage(others), onTheCommandLine(others));
  const preset = { runs: [{ init: { name: 'zeros' }, layers: [3] }, { init: { name: 'lsuv', seed: 1 } }] };
  assert.deepEqual(inThePage(preset), onTheCommandLine(preset));
});

test('keeps the sample of the page of examples complete and free of unread fields', () => {
  const page = readFileSync(new URL('../../web/examples/element.html', import.meta.url), 'utf8');
  const samples = [...page.matchAll(/experiment='({.*})'/g)].map(([, text]) => JSON.parse(text));
  assert.ok(samples.length > 0);
  for (const sample of samples) assert.deepEqual(inThePage(sample), onTheCommandLine(sample));
});

test('moves rows of points to the nearest points of the grid', () => {
  const x = [
    [-2, 0.3],
    [1.25, 7],
    [0, 0],
    [3, -1],
  ];
  const y = [1, 0, 0, 1];
  for (const train of [
    { x, y },
    { x: [0, 1].flatMap((k) => x.map((row) => row[k])), y, features: 2 },
  ]) {
    const [spec] = inThePage({ dataset: { name: 'points', train } });
    const given = /** @type {any} */ (spec.dataset).train;
    const rows = [...given.y].map((label, i) => [given.x[i], given.x[given.y.length + i], label]);
    // The page lists class 0 first.
    const expected = x.map((row, i) => [...row, y[i]]).sort((a, b) => a[2] - b[2]);
    assert.equal(rows.length, expected.length);
    rows.forEach((row, i) =>
      row.forEach((value, k) => assert.ok(Math.abs(value - expected[i][k]) < 9 / 4000, `${row}`)),
    );
  }
});

test('names invalid fields as in the JSON, and opens the rest', () => {
  /** @param {unknown} content */
  const reported = (content) => {
    const { link, unread } = linkOfJson(JSON.stringify(content));
    return { state: readLink(link).state, reported: unread.map(({ key, text }) => [key, text]), unread };
  };
  const bad = reported({
    layers: [0, 3],
    learningRate: 0.1,
    optimizer: 'adam',
    init: { name: 'zeros', std: true },
  });
  assert.deepEqual(bad.reported, [
    ['learningRate', '0.1'],
    ['optimizer', '"adam"'],
    ['init', '{"name":"zeros","std":true}'],
    ['layers', '0,3'],
  ]);
  assert.deepEqual(reported({ layers: 7, activations: ['relu'] }).state.activations, ['relu']);
  assert.deepEqual(reported({ dataset: { name: 'points', train: { x: [[1]], y: [0] } } }).reported, [
    ['dataset.train', '{"x":[[1]],"y":[0]}'],
  ]);
  const uneven = reported([{ iterations: 10 }, { iterations: 20 }]);
  assert.deepEqual(uneven.reported, [['iterations', '[10,20]']]);
  assert.equal(uneven.state.iterations, 20);
  for (const nothing of [[], [3], { runs: [] }, { runs: [3] }]) {
    const { link, unread } = linkOfJson(JSON.stringify(nothing));
    assert.equal(link, '');
    assert.match(errorSentence(unread[0].error ?? assert.fail()), /must (be|have)/);
  }
});
