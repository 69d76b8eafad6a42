// Longer than most files because it covers the whole race.
//
// The race without a page: runs in step, exact travel in time, named failures.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { RaceCore } from '../../web/race/core.js';
import { contourLines, eachLine } from '../../web/plots/contours.js';
import { startState } from '../../web/state/table.js';
import { stateOf } from '../../web/state/presets.js';
import { specOf } from '../../web/state/specs.js';
import { sentenceOf } from '../../web/texts/words.js';

/** @type {any} */
let lab;
before(async () => {
  lab = await loadLab();
});

/**
 * The lab's default race.
 * @param {Partial<import('../../web/state/table.js').LabState>} [change]
 * @param {() => number} [now]
 */
function race(change = {}, now = () => performance.now()) {
  const state = { ...startState(), ...change };
  const core = new RaceCore(lab, now);
  const problems = core.setRuns(
    state.runs.map((run) => ({ id: run.id, spec: specOf(state, run) })),
    { limit: state.iterations, restart: true },
  );
  return { core, problems, state };
}

/** Works until nothing is left to do. @param {RaceCore} core */
function settle(core) {
  for (let i = 0; core.busy; i += 1) {
    core.work(0.02);
    assert.ok(i < 20000, 'the race does not come to rest');
  }
}

/**
 * Returns the frames of a race at rest with its measurements: the first frame only shows the pause,
 * and slow runs are spread over several frames.
 * @param {RaceCore} core
 */
function standing(core) {
  core.pictures.invalidate();
  const { frame } = core.frame();
  for (let left = frame.runs.length; !core.pictures.complete; left -= 1) {
    assert.ok(left > 0, 'the race is never shown at rest');
    const { runs } = core.frame().frame;
    const texts = runs.map((run) => Object.entries(run).filter(([, value]) => value !== undefined));
    frame.runs = frame.runs.map((run, i) => ({ ...run, ...Object.fromEntries(texts[i]) }));
  }
  return { ...frame, runs: /** @type {import('../../web/race/types.js').CompleteRunFrame[]} */ (frame.runs) };
}

test('brings all runs to one iteration whenever the race stops', () => {
  const { core } = race();
  core.setPace(Infinity);
  core.play(true);
  for (let i = 0; i < 5; i += 1) core.work(0.005);
  core.play(false);
  settle(core);
  const { frame } = core.frame();
  assert.ok(frame.position > 0);
  for (const run of frame.runs) assert.equal(run.iteration, frame.position);
  core.dispose();
});

test('restores the bits of the first visit after going back and forth: weights, field, cost', () => {
  const { core } = race({ iterations: 1000 });
  const places = [0, 1, 137, 500, 501, 999];
  /** @type {Map<number, { parameters: Float64Array, field: Float32Array, cost: number }[]>} */
  const first = new Map();
  const look = () =>
    standing(core).runs.map((run) => ({
      parameters: core.find(run.id).session.parameters(),
      field: core.find(run.id).session.predict({ ...run.field.extent, columns: 32, rows: 32 }),
      cost: run.metrics.cost,
    }));
  for (const place of places) {
    core.seek(place);
    settle(core);
    first.set(place, look());
  }
  core.seek(1000);
  settle(core);
  for (const place of [501, 0, 999, 137, 1, 500]) {
    core.seek(place);
    settle(core);
    assert.deepEqual(look(), first.get(place), `at iteration ${place}`);
  }
  core.dispose();
});

test('records the session’s metrics from iteration 0 to the last', () => {
  const { core } = race({ iterations: 500 });
  core.seek(500);
  settle(core);
  const run = core.runs[3];
  const session = lab.createSession(run.session.spec);
  for (const metrics of run.history) {
    session.step(metrics.iteration - session.iteration);
    assert.deepEqual(session.metrics(), metrics);
  }
  assert.equal(run.history[0].iteration, 0);
  assert.equal(run.history[run.history.length - 1].iteration, 500);
  session.dispose();
  core.dispose();
});

test('stops at the first iteration at which a run meets the stop condition', () => {
  const { core } = race();
  core.setPace(Infinity, { kind: 'accuracy', value: 0.85 });
  core.play(true);
  settle(core);
  assert.equal(core.playing, false);
  assert.equal(core.stopped?.kind, 'accuracy');
  assert.ok(core.find(String(core.stopped?.id)).session.metrics().trainAccuracy >= 0.85);
  assert.ok(core.position < core.limit);
  const best = () => Math.max(...core.runs.map((run) => run.session.metrics().trainAccuracy));
  const stopped = core.position;
  core.seek(stopped - 1);
  settle(core);
  assert.ok(best() < 0.85, 'the iteration before it does not meet the condition');
  core.play(true);
  settle(core);
  assert.equal(core.position, stopped);
  // After continuing, the run that already met the condition does not stop the race again.
  core.play(true);
  settle(core);
  assert.ok(core.position > stopped);
  core.dispose();
});

test('trains wide networks in slices of their measured time, so that a pause is handled', () => {
  const { core } = race({ layers: [400, 400], iterations: 3000 });
  core.setPace(Infinity);
  core.play(true);
  // One iteration of the four takes longer than this on any machine.
  for (let i = 1; i <= 2; i += 1) {
    core.work(0.001);
    assert.equal(core.position, i);
  }
  core.dispose();
});

test('draws slow runs at rest one after the other, each once, on grids that fit the time', () => {
  // Each reading of this clock advances it by 300 ms, so one run fits into a frame.
  let time = 0;
  const { core } = race({ layers: [700, 700] }, () => (time += 300));
  core.seek(1);
  settle(core);
  core.pictures.invalidate();
  core.frame();
  const order = [];
  for (let i = 0; !core.pictures.complete; i += 1) {
    const { runs } = core.frame().frame;
    order.push(runs.filter(({ diagnostics }) => diagnostics !== undefined).map(({ id }) => id));
    for (const { field } of runs) assert.ok(field === undefined || field.columns < 256);
    assert.ok(i < 4);
  }
  assert.ok(order.length > 1);
  assert.deepEqual(
    order.flat(),
    core.runs.map(({ id }) => id),
  );
  core.dispose();
});

test('measures slow runs of a moving race one a frame, each once a round', () => {
  // Each reading of this clock advances it by 300 ms, so one run fits into a frame.
  let time = 0;
  const { core } = race({}, () => (time += 300));
  core.setPace(Infinity);
  core.play(true);
  const order = [];
  while (order.length < core.runs.length) {
    core.work(0.001);
    assert.ok(core.busy);
    const { runs } = core.frame().frame;
    const measured = runs.filter(({ diagnostics }) => diagnostics !== undefined).map(({ id }) => id);
    assert.ok(measured.length <= 1);
    order.push(...measured);
  }
  assert.deepEqual(
    order,
    core.runs.map(({ id }) => id),
  );
  core.dispose();
});

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

test('sends the field of a stopped run once on the fine grid, then not again until it changes', () => {
  const { core } = race();
  core.play(true);
  const fields = [];
  for (let i = 0; i < 12; i += 1) {
    core.work(0.005);
    core.pictures.invalidate();
    fields.push(core.frame().frame.runs.map(({ field }) => field?.columns));
  }
  const [zeros, , , he] = [0, 1, 2, 3].map((run) => fields.map((frame) => frame[run]));
  const fine = zeros.findIndex((columns) => columns !== he[0]);
  assert.ok(fine > 0 && Number(zeros[fine]) > Number(zeros[0]), String(zeros));
  assert.ok(zeros.slice(fine + 1).every((columns) => columns === undefined) && fine < 11, String(zeros));
  assert.ok(
    he.every((columns) => columns === he[0]),
    String(he),
  );
  core.play(false);
  settle(core);
  assert.equal(standing(core).runs[0].field.columns, zeros[fine]);
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

test('draws the boundary of a start of any size', () => {
  const { core, state } = race({ layers: [10, 5], activations: ['relu'], dataset: { name: 'circles' } });
  const spec = { ...specOf(state, state.runs[0]), init: { name: 'normal', std: 1e-3, seed: 3 } };
  core.setRuns([{ id: 'tiny', spec }], { limit: 1000 });
  core.seek(200);
  settle(core);
  const { field } = standing(core).runs[0];
  assert.ok(
    Math.max(...field.values) - Math.min(...field.values) < 1e-7,
    '1/2 everywhere, as a float has it',
  );
  assert.ok(field.contour.length > 0);
  core.dispose();
});

test('names a run with an invalid experiment, and trains the others', () => {
  const { core, state } = race();
  const specs = state.runs.map((run) => ({ id: run.id, spec: specOf(state, run) }));
  specs[1].spec.init = { name: 'normal', std: -1, seed: 3 };
  const problems = core.setRuns(specs, { limit: 100 });
  assert.equal(problems.length, 1);
  assert.equal(problems[0].id, specs[1].id);
  assert.equal(problems[0].error.field, 'init.std');
  assert.equal(core.runs.length, 3);
  core.dispose();
});

test('draws a unit’s boundary where the unit is 0', () => {
  const { core } = race({ layers: [5, 3], activations: ['tanh'] });
  core.pictures.want({ lines: true });
  core.seek(200);
  settle(core);
  const { run, lines, extent } = (() => {
    const frame = standing(core).runs[3];
    return { run: core.find(frame.id), lines: frame.unitLines ?? [], extent: frame.field.extent };
  })();
  assert.equal(lines.length, 8);
  let points = 0;
  lines.forEach((line, i) => {
    const [layer, unit] = i < 5 ? [0, i] : [1, i - 5];
    eachLine(line, (places) => {
      for (let at = 0; at < places.length; at += 2) {
        const x1 = extent.x1[0] + places[at] * (extent.x1[1] - extent.x1[0]);
        const x2 = extent.x2[1] - places[at + 1] * (extent.x2[1] - extent.x2[0]);
        const units = run.session.predictUnits({
          x1: [x1 - 1e-6, x1 + 1e-6],
          x2: [x2 - 1e-6, x2 + 1e-6],
          columns: 1,
          rows: 1,
        });
        const [value] = units[layer][unit];
        assert.ok(Math.abs(value) < 0.02, `unit ${unit} of layer ${layer} is ${value} at ${x1}, ${x2}`);
        points += 1;
      }
    });
  });
  assert.ok(points > 100, `${points} points`);
  core.dispose();
});

test('leaves out lines around one or two cells, and draws lines around more', () => {
  /** @param {number[]} cells that are above the level, of 12 by 12 */
  const lines = (cells) => {
    let count = 0;
    const values = Float32Array.from({ length: 144 }, (_, i) => (cells.includes(i) ? 1 : -1));
    eachLine(contourLines(values, 12, 12, 0), () => (count += 1));
    return count;
  };
  const at = (/** @type {number} */ column, /** @type {number} */ row) => row * 12 + column;
  assert.equal(lines([at(5, 5)]), 0);
  assert.equal(lines([at(5, 5), at(6, 5)]), 0);
  assert.equal(lines([at(2, 2), at(5, 5), at(8, 8)]), 0);
  assert.equal(lines([at(5, 5), at(6, 5), at(7, 5)]), 1);
  assert.ok(lines([at(0, 5), at(0, 6), at(0, 7)]) > 0, 'at the edge too');
});
