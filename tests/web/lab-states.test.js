// The states of runs in a race without a page: what each sentence claims, and when.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RaceCore } from '../../web/race/core.js';
import { startState } from '../../web/state/table.js';
import { stateOf } from '../../web/state/presets.js';
import { specOf } from '../../web/state/specs.js';
import { sentenceOf } from '../../web/texts/words.js';
import { lab, race, settle, standing } from './bare-race.js';

test('reports an infinite cost with its first iteration', () => {
  const { core } = race();
  const large = () => standing(core).runs[2];
  core.seek(40);
  settle(core);
  assert.equal(large().brokenAt, null);
  core.seek(0);
  settle(core);
  assert.equal(large().metrics.cost, Infinity);
  assert.equal(large().brokenAt, 0);
  assert.equal(large().state?.kind, 'infiniteStart');
  core.dispose();
});

test('reports a diverging network with the first iteration whose cost is NaN', () => {
  const state = startState();
  Object.assign(state, { activations: ['leaky_relu'], optimizer: { name: 'gd', learningRate: 0.6 } });
  const spec = specOf(state, state.runs[2]);
  const core = new RaceCore(lab);
  core.setRuns([{ id: 'x', spec }], { limit: 3000 });
  core.seek(3000);
  settle(core);
  const run = standing(core).runs[0];
  assert.equal(run.state?.kind, 'diverged');
  const at = Number(run.brokenAt);
  const session = lab.createSession(spec);
  session.step(at - 1);
  assert.ok(!Number.isNaN(session.metrics().cost), `NaN before iteration ${at}`);
  session.step(1);
  assert.ok(Number.isNaN(session.metrics().cost), `a number at iteration ${at}`);
  session.dispose();
  core.dispose();
});

test('recognizes zeros, symmetric constants, a plateau and a healthy network', () => {
  const constant = { id: 'c', init: { name: 'constant', value: 0.5 }, name: '', own: {} };
  const { core, state } = race();
  core.setRuns(
    [...state.runs, constant].map((run) => ({ id: run.id, spec: specOf(state, run) })),
    { limit: 3000 },
  );
  core.seek(1000);
  settle(core);
  const kinds = standing(core).runs.map((run) => run.state?.kind);
  assert.equal(kinds[0], 'zero');
  assert.equal(kinds[1], 'plateau');
  assert.equal(kinds[3], 'healthy');
  assert.equal(kinds[4], 'symmetricLayer');
  core.dispose();
});

/**
 * Returns the states of the runs at an iteration.
 * @param {Partial<import('../../web/state/table.js').LabState>} change
 * @param {number} iteration
 */
function statesOf(change, iteration) {
  const { core } = race({ ...change, iterations: iteration });
  core.seek(iteration);
  settle(core);
  const states = standing(core).runs.map(
    (run) => /** @type {import('../../web/race/types.js').RunState} */ (run.state),
  );
  core.dispose();
  return states;
}

test('reports that overshooting has killed most of a layer', () => {
  const [, , large] = statesOf({}, 3000);
  assert.equal(large.kind, 'stuckDead');
  assert.equal(large.tone, 'bad');
  assert.deepEqual([large.values.dead, large.values.units, large.values.layer], [4, 5, 2]);
  assert.equal(large.values.gradient, 0);
});

test('reports a dead layer regardless of its exploded weights', () => {
  const [, , large] = statesOf({ layers: [10, 5, 5, 5, 5, 5] }, 500);
  assert.equal(large.kind, 'deadLayer');
});

test('writes no count for a dead layer of one unit', () => {
  const runs = [{ id: 'c', init: { name: 'constant', value: -1 }, name: '', own: {} }];
  const [state] = statesOf({ layers: [1, 1], runs }, 1);
  assert.equal(state.kind, 'deadLayer');
  for (const text of Object.values(sentenceOf(state))) assert.doesNotMatch(text, /\b1 units|[{}]/);
});

test('does not count dead or saturated units as a failure of a network that has learned', () => {
  const path = new URL('../../src/js/experiments/adam-against-small.json', import.meta.url);
  const [, , adam] = statesOf(stateOf(JSON.parse(readFileSync(path, 'utf8'))), 1000);
  assert.equal(adam.kind, 'thinned', JSON.stringify(adam));
  assert.equal(adam.tone, 'good');
  assert.ok(adam.values.dead / adam.values.units >= 0.25);
  const [, , tanh] = statesOf({ layers: [20], activations: ['tanh'] }, 3000);
  assert.equal(tanh.kind, 'saturatedYet', JSON.stringify(tanh));
  assert.equal(tanh.values.layer, 1);
});

test('recognizes the best line of a network without hidden layers, from every start', () => {
  const states = statesOf({ layers: [], activations: [] }, 1000);
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ['line', 'line', 'line', 'line'],
  );
  const costs = states.map(({ values }) => values.cost);
  for (const one of costs) assert.ok(Math.abs(one - costs[0]) < 1e-9, String(costs));
});

test('names an exploding or overflowing cost, a saturated output, and uncertain sides', () => {
  const moons = { dataset: { name: 'moons' }, layers: [10, 5] };
  const runs = (/** @type {any} */ init) => [{ id: 'x', init, name: '', own: {} }];
  const gd = (/** @type {number} */ learningRate, l2 = 0) => ({ name: 'gd', learningRate, l2 });
  const large = runs({ name: 'normal', std: 10 });
  /** @type {[string, Partial<import('../../web/state/table.js').LabState>, number][]} */
  const cases = [
    ['chance', { ...moons, output: 'tanh', optimizer: gd(30, 100), runs: runs({ name: 'he_normal' }) }, 20],
    ['stuckDead', { ...moons, optimizer: gd(3), runs: large }, 200],
    ['stuck', { ...moons, optimizer: gd(0.1, 30), runs: runs({ name: 'normal', std: 0.1 }) }, 1000],
    ['faint', { ...moons, activations: ['linear'], runs: runs({ name: 'normal', std: 0.01 }) }, 500],
    ['stuckOutput', { ...moons, dataset: { name: 'xor' }, output: 'tanh', runs: large }, 100],
  ];
  for (const [kind, change, iteration] of cases) {
    const [state] = statesOf(change, iteration);
    assert.equal(state.kind, kind, JSON.stringify(state));
  }
  const deep = { ...moons, layers: Array(10).fill(10), activations: ['leaky_relu'] };
  const [lost] = statesOf({ ...deep, precision: 'float32', runs: runs({ name: 'normal', std: 1e6 }) }, 1);
  assert.equal(lost.kind, 'nanStart');
});

test('does not call a cost infinite from the start if it was finite in between', () => {
  const { core } = race({
    dataset: { name: 'circles' },
    optimizer: { name: 'gd', learningRate: 0.01 },
    iterations: 15000,
    runs: [{ id: 'x', init: { name: 'normal', std: 10 }, name: '', own: {} }],
  });
  const kinds = new Set();
  for (let at = 1; at <= 250; at += 1) {
    core.seek(at);
    settle(core);
    const [{ state, metrics }] = standing(core).runs;
    assert.equal(/infinite/.test(String(state?.kind)), metrics.cost === Infinity, `${at}: ${state?.kind}`);
    kinds.add(state?.kind);
  }
  assert.ok(kinds.has('infiniteStart') && kinds.has('infiniteAgain'), [...kinds].join());
  core.dispose();
});

test('takes the numbers of a status from its own frame, in every frame of a training', () => {
  const { core } = race({ layers: Array(8).fill(10), iterations: 1500 });
  core.setPace(Infinity);
  core.play(true);
  let described = 0;
  for (let i = 0; core.busy; i += 1) {
    core.work(0.005);
    // One frame in five is measured: the others describe newer metrics by older measurements.
    if (i % 5 === 0) for (const run of core.runs) run.diagnose();
    for (const { state, metrics, iteration } of core.frame().frame.runs) {
      if (state === undefined) continue;
      described += 1;
      assert.equal(state.iteration, iteration);
      const { train, cost, test: onTest } = state.values;
      if (train !== undefined) assert.equal(train, metrics.trainAccuracy, state.kind);
      if (cost !== undefined) assert.equal(cost, metrics.cost, state.kind);
      if (onTest !== undefined) assert.equal(onTest, metrics.testAccuracy, state.kind);
      // A constant output reaches half of the flower.
      if (state.kind === 'chance') assert.ok(metrics.trainAccuracy < 0.6, String(metrics.trainAccuracy));
    }
  }
  assert.ok(described > 50, String(described));
  core.dispose();
});

test('does not claim that a run started on a plateau that it only passes', () => {
  const { core, state } = race({
    dataset: { name: 'circles' },
    optimizer: { name: 'gd', learningRate: 0.01 },
  });
  core.setRuns(
    state.runs.map((run) => ({ id: run.id, spec: specOf(state, run) })),
    { limit: 15000 },
  );
  core.seek(700);
  settle(core);
  const [, small, , he] = standing(core).runs;
  assert.ok(Math.abs(he.metrics.cost - Math.LN2) < 0.005);
  assert.deepEqual([small.state?.kind, he.state?.kind], ['plateau', 'slow']);
  core.dispose();
});

test('puts the plateau of unequal classes at the cost of their shares, and does not call it healthy', () => {
  const y = Array.from({ length: 100 }, (_, i) => Number(i % 10 === 0));
  const x = y.map((label, i) => [Math.cos(i) * (1 + label), Math.sin(i) * (1 + label)]);
  const { core, state } = race();
  const dataset = { name: 'points', train: { x, y } };
  const optimizer = { name: 'gd', learningRate: 0.5 };
  core.setRuns(
    state.runs.map((run) => ({ id: run.id, spec: { ...specOf(state, run), dataset, optimizer } })),
    { limit: 3000 },
  );
  core.seek(1000);
  settle(core);
  const [, small, , he] = standing(core).runs;
  assert.ok(Math.abs(small.metrics.cost - 0.3251) < 1e-3, 'the entropy of 90 and 10 %');
  assert.equal(small.state?.kind, 'plateau');
  assert.equal(he.state?.kind, 'healthy');
  core.dispose();
});

test('attributes an infinite cost to inputs far from 1, not to the weights', () => {
  const train = lab.dataset({ name: 'circles', samples: 200 }).train;
  const rows = Array.from(train.y, (_, i) => [1000 * train.x[i], 1000 * train.x[train.y.length + i]]);
  const { core, state } = race();
  const dataset = { name: 'points', train: { x: rows, y: [...train.y] } };
  core.setRuns([{ id: 'x', spec: { ...specOf(state, state.runs[3]), dataset } }], { limit: 100 });
  const [{ state: status, metrics }] = standing(core).runs;
  assert.equal(metrics.cost, Infinity);
  assert.equal(status?.kind, 'farInputs');
  assert.ok(Number(status?.values.size) > 500 && Number(status?.values.size) < 1100);
  core.dispose();
});
