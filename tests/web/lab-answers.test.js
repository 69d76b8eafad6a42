// What the worker says of several classes, real targets and pictures.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { eachLine } from '../../web/plots/contours.js';
import { undecided } from '../../web/plots/field.js';
import { RaceCore } from '../../web/race/core.js';
import { RaceService } from '../../web/race/service.js';
import { digitOf } from '../../web/state/drawn-digit.js';

const lab = await loadLab();

const SPIRAL = {
  dataset: { name: 'spiral', arms: 4, turns: 0.6, samples: 200 },
  layers: [16, 16],
  activations: ['tanh'],
  output: 'softmax',
  init: { name: 'glorot_normal', seed: 3 },
  optimizer: { name: 'adam', learningRate: 0.02 },
  iterations: 200,
};
const PLANE = {
  dataset: { name: 'plane', samples: 100, noise: 0.1 },
  layers: [8],
  activations: ['tanh'],
  output: 'linear',
  init: { name: 'glorot_normal', seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.1 },
  iterations: 200,
};
const DIGITS = {
  dataset: { name: 'digits' },
  layers: [16],
  activations: ['relu'],
  output: 'softmax',
  init: { name: 'he_normal', seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.5 },
  iterations: 60,
};

/**
 * The frame of one run at the end of its training, with its measurements.
 * @param {any} spec
 */
function finalFrame(spec) {
  let now = 0;
  const core = new RaceCore(lab, () => now);
  const problems = core.setRuns([{ id: 'a', spec }], { limit: spec.iterations, restart: true });
  assert.deepEqual(problems, []);
  core.pictures.want({ focus: 'a', units: 10, points: true, lines: true });
  core.seek(spec.iterations);
  for (let i = 0; core.busy; i += 1) {
    core.work(1);
    assert.ok(i < 1000, 'the race does not come to rest');
  }
  core.frame();
  now += 1000;
  const { frame } = core.frame();
  return { run: core.runs[0], frame: frame.runs[0] };
}

test('a field of several classes shows the likeliest one, and lines where two are equal', () => {
  const { run, frame } = finalFrame(SPIRAL);
  const { values, best, classes, columns, rows, extent, contour } = /** @type {any} */ (frame.field);
  assert.equal(classes, 4);
  const place = (/** @type {number} */ u, /** @type {number} */ v) => [
    extent.x1[0] + u * (extent.x1[1] - extent.x1[0]),
    extent.x2[1] - v * (extent.x2[1] - extent.x2[0]),
  ];
  const all = (/** @type {number[]} */ point) => [...run.session.predictPoints([point])];
  for (let cell = 0; cell < values.length; cell += 997) {
    const [c, r] = [cell % columns, Math.floor(cell / columns)];
    const p = all(place((c + 0.5) / columns, (r + 0.5) / rows));
    assert.equal(best[cell], p.indexOf(Math.max(...p)));
    assert.ok(Math.abs(values[cell] - Math.max(...p)) < 1e-6);
  }
  let points = 0;
  eachLine(contour, (line) => {
    for (let i = 0; i < line.length; i += 40) {
      // Lines end near corners where three classes meet, which no grid resolves.
      const [first, second] = all(place(line[i], line[i + 1])).sort((a, b) => b - a);
      points += Math.abs(first - second) < 0.25 ? 1 : -10;
    }
  });
  assert.ok(points > 20, `${points} points lie between two classes`);
  const wrong = [.../** @type {Uint8Array} */ (frame.wrong)];
  const { trainAccuracy, testAccuracy } = frame.metrics;
  const rate = (/** @type {number[]} */ part) => 1 - part.reduce((a, b) => a + b, 0) / part.length;
  assert.ok(Math.abs(rate(wrong.slice(0, 200)) - trainAccuracy) < 1e-12);
  assert.ok(Math.abs(rate(wrong.slice(200)) - testAccuracy) < 1e-12);
});

test('two classes with softmax have both regions and a boundary', () => {
  const { frame } = finalFrame({ ...SPIRAL, dataset: { name: 'moons' } });
  const { best, contour, classes } = /** @type {any} */ (frame.field);
  assert.equal(classes, 2);
  assert.deepEqual([...new Set(best)].sort(), [0, 1]);
  let lines = 0;
  eachLine(contour, () => (lines += 1));
  assert.ok(lines >= 1);
});

test('a field of real targets has their range, which is even around 0, and no wrong examples', () => {
  const { run, frame } = finalFrame(PLANE);
  const { values, range, kind } = /** @type {any} */ (frame.field);
  assert.equal(kind, 'values');
  assert.equal(range[0], -range[1]);
  for (const y of run.data.train.y) assert.ok(Math.abs(y) <= range[1]);
  assert.ok(values.every((/** @type {number} */ value) => Math.abs(value) < 3 * range[1]));
  assert.equal(frame.wrong, null);
  // The plateau is half the variance of the targets.
  const mean = run.data.train.y.reduce((a, b) => a + b, 0) / 100;
  const variance = run.data.train.y.reduce((a, b) => a + (b - mean) ** 2, 0) / 100;
  assert.ok(Math.abs(run.answers.plateau - variance / 2) < 1e-12);
});

test('pictures have no field but a reading whose confusions are the test accuracy', async () => {
  await lab.loadDataset('digits');
  const { run, frame } = finalFrame(DIGITS);
  assert.equal(/** @type {any} */ (frame.field).kind, 'none');
  const { labels, confusion } = /** @type {any} */ (frame.reading);
  assert.equal(labels.length, 360);
  const right = Array.from({ length: 10 }, (_, k) => confusion[11 * k]).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(right / 360 - frame.metrics.testAccuracy) < 1e-12);
  assert.equal(
    confusion.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0),
    360,
  );
  assert.equal(frame.network?.layers[0].in, 64);
  // The cost of the class shares is a little below ln 10.
  assert.ok(run.answers.plateau < Math.log(10) && run.answers.plateau > 2.3);
});

test('a field is blank where every class is equally likely or every value the same', () => {
  const extent = /** @type {any} */ ({ x1: [0, 1], x2: [0, 1] });
  const field = (/** @type {number} */ value) => ({
    values: new Float32Array(4).fill(value),
    columns: 2,
    rows: 2,
    extent,
  });
  assert.ok(undecided(field(0.5)));
  assert.ok(!undecided({ ...field(0.5), kind: 'classes', classes: 4 }));
  assert.ok(undecided({ ...field(0.25), kind: 'classes', classes: 4 }));
  assert.ok(undecided({ ...field(7), kind: 'values', range: [0, 10] }));
  assert.ok(!undecided({ ...field(0.5), kind: 'none' }));
});

test('commands that follow runs with a file wait for it, in their order', async () => {
  const fresh = await loadLab();
  const service = new RaceService(Promise.resolve(fresh), () => {});
  await service.catalogue();
  const set = service.setRuns(1, [{ id: 'a', spec: DIGITS }], { limit: 60, restart: true });
  const seek = service.seek(1, 40);
  const { problems, data } = await set;
  await seek;
  assert.deepEqual(problems, []);
  assert.equal(data[0].data?.train.features, 64);
  assert.equal(service.races.get(1)?.core.position, 40);
  // The page keeps the data: they are not sent twice.
  const again = await service.setRuns(1, [{ id: 'a', spec: DIGITS }], { limit: 60 });
  assert.equal(again.data[0].data, null);
  const [{ id, values }] = await service.predict(1, [Array(64).fill(0.5)]);
  assert.equal(id, 'a');
  assert.ok(Math.abs(values.reduce((a, b) => a + b, 0) - 1) < 1e-9);
});

test('a drawn digit is read at any place and size as the pictures of the data set are prepared', () => {
  const size = 32;
  /** @param {(x: number, y: number) => boolean} inked */
  const drawing = (inked) =>
    Uint8Array.from({ length: size ** 2 }, (_, i) => Number(inked(i % size, Math.floor(i / size))));
  assert.equal(
    digitOf(
      drawing(() => false),
      size,
    ),
    null,
  );
  const square = (/** @type {number} */ left, /** @type {number} */ top, /** @type {number} */ side) =>
    drawing((x, y) => x >= left && x < left + side && y >= top && y < top + side);
  for (const drawn of [square(0, 0, 32), square(5, 9, 16), square(20, 2, 8)])
    assert.deepEqual(digitOf(drawn, size), Array(64).fill(1));
  // A bar is as high as the picture and stays in its middle.
  const bar = /** @type {number[]} */ (
    digitOf(
      drawing((x, y) => x >= 2 && x < 6 && y >= 8 && y < 24),
      size,
    )
  );
  for (let row = 0; row < 8; row += 1)
    assert.deepEqual(bar.slice(8 * row, 8 * row + 8), [0, 0, 0, 1, 1, 0, 0, 0]);
});
