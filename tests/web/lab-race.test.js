// The race without a page: runs in step, exact travel in time, named failures.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contourLines, eachLine } from '../../web/plots/contours.js';
import { specOf } from '../../web/state/specs.js';
import { lab, race, settle, standing } from './bare-race.js';

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

test('rejects a run whose first picture would take too long, and trains the others', () => {
  const { core, state } = race();
  const runs = [4096, 64, 4096].map((width, i) => ({
    id: `r${i}`,
    spec: specOf({ ...state, layers: [width, width] }, state.runs[3]),
  }));
  const problems = core.setRuns(runs, { limit: 10 });
  assert.deepEqual(
    problems.map(({ id, error }) => [id, error.code, error.field]),
    [
      ['r0', 'too-slow', 'layers'],
      ['r2', 'too-slow', 'layers'],
    ],
  );
  assert.deepEqual(
    core.runs.map(({ id }) => id),
    ['r1'],
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
  // A busy machine gets coarser grids, but the coarse ones stay coarser than the fine one.
  const coarse = Math.max(...he.map(Number));
  assert.ok(coarse > 0, String(he));
  const fine = zeros.findIndex((columns) => Number(columns) > coarse);
  assert.ok(fine > 0 && fine < 11, String(zeros));
  assert.ok(
    zeros.slice(fine + 1).every((columns) => columns === undefined),
    String(zeros),
  );
  core.play(false);
  settle(core);
  assert.ok(standing(core).runs[0].field.columns > coarse);
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
