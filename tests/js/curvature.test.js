// Curvature, landscapes and planes through the facade. The core's tests hold the numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';

const lab = await loadLab();
/** @type {import('../../src/js/types.js').Spec} */
const exercise5 = {
  dataset: { name: 'circles' },
  layers: [10, 5],
  activations: 'relu',
  init: { name: 'he_normal', seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.01 },
};

test('curvature gives the ends of the spectrum with the stable learning rate', () => {
  const session = lab.createSession(exercise5);
  const found = session.curvature();
  assert.ok(Math.abs(found.greatest / 1.338 - 1) < 2e-3);
  assert.ok(Math.abs(found.least / -0.453 - 1) < 2e-3);
  assert.equal(found.learningRate, 0.01);
  assert.equal(found.step, 0.01 * found.greatest);
  assert.ok(Math.abs(found.escape * 0.01 * -found.least - 1) < 1e-12);
  assert.ok(found.converged && found.iterations < 200);
  const { iterations, converged } = session.curvature({ iterations: 3 });
  assert.deepEqual([iterations, converged], [3, false]);
  assert.throws(() => session.curvature({ iterations: 0 }), { code: 'out-of-range', field: 'iterations' });
  session.dispose();
});

test('a landscape on a path’s plane has the path’s costs at the path’s points', () => {
  const session = lab.createSession(exercise5);
  /** @type {Float64Array[]} */
  const path = [];
  for (let i = 0; i < 20; i++) {
    path.push(session.parameters());
    session.step(20);
  }
  const plane = lab.principalPlane(path);
  assert.ok(plane.shares[0] + plane.shares[1] > 0.9);
  assert.deepEqual(plane.coordinates[19], [0, 0]);
  session.setParameters(path[19]);
  const [cost] = session.landscape({ ...plane, x: [-1, 1], y: [-1, 1], columns: 1, rows: 1 });
  assert.equal(cost, session.metrics().cost);
  const map = session.landscape({ ...plane, x: [-2, 2], y: [-1, 1] });
  assert.ok(map instanceof Float64Array);
  assert.equal(map.length, 64 * 64);
  assert.deepEqual(session.parameters(), path[19]);
  session.dispose();
});

test('a plane through three points contains all three', () => {
  const { origin, directions, coordinates } = lab.planeThrough([
    [1, 0, 2],
    [0, 4, -1],
    [2, 2, 0],
  ]);
  const [x, y] = coordinates[2];
  const third = origin.map((value, i) => value + x * directions[0][i] + y * directions[1][i]);
  for (const [i, value] of [2, 2, 0].entries()) assert.ok(Math.abs(third[i] - value) < 1e-13);
});

test('planes and landscapes name an invalid field', () => {
  const session = lab.createSession(exercise5);
  const origin = session.parameters();
  const grid = {
    origin,
    directions: /** @type {const} */ ([origin, origin]),
    x: /** @type {const} */ ([0, 1]),
  };
  const wrong = [
    [{ ...grid, y: [0, 1], columns: 65 }, 'landscape.columns'],
    [{ ...grid, y: [0, 1], rows: 0.5 }, 'landscape.rows'],
    [{ ...grid, y: [0, NaN] }, 'landscape.y[1]'],
    [{ ...grid, y: [0] }, 'landscape.y'],
    [{ ...grid, y: [0, 1], origin: [1, 2] }, 'landscape.origin'],
    [{ ...grid, y: [0, 1], directions: 3 }, 'landscape.directions'],
  ];
  for (const [value, field] of wrong) {
    const call = () => session.landscape(/** @type {any} */ (value));
    assert.throws(
      call,
      (/** @type {any} */ error) => error.field === field || assert.fail(`${error.field}, not ${field}`),
    );
  }
  assert.throws(() => lab.principalPlane([]), { field: 'vectors' });
  assert.throws(() => lab.principalPlane([[1, 2], [1]]), { field: 'vectors[1]' });
  assert.throws(() => lab.principalPlane(/** @type {any} */ (null)), { field: 'vectors' });
  assert.throws(() => lab.planeThrough(/** @type {any} */ ([[1], [2]])), { field: 'vectors' });
  session.dispose();
});

test('diagnostics measure the distance from the parameters at iteration 0', () => {
  const session = lab.createSession(exercise5);
  assert.equal(session.diagnostics().distance, 0);
  const start = session.snapshot();
  session.step(500);
  const { distance, layers } = session.diagnostics({ largestCosine: false, singularValues: false });
  assert.ok(distance > 0.01 && layers.every((layer) => layer.distance > 0));
  assert.ok(layers.every(({ largestCosine }) => Number.isNaN(largestCosine)));
  session.restore(start);
  session.setParameters(session.parameters().map((value) => value + 1));
  assert.equal(session.diagnostics().distance, 0, 'parameters set at iteration 0 are the start');
  session.dispose();
});

test('theory gives the growth of residual stacks and of normalized gradients', () => {
  assert.ok(Math.abs(lab.theory.residualGrowth(1, 2, 10) - 1024) < 1e-9);
  assert.ok(lab.theory.residualGrowth(1 / 16, 2, 256) < Math.E);
  const pi = Math.PI;
  assert.ok(
    Math.abs(lab.theory.normalizedGradientGrowth('relu', 'batch') - Math.sqrt(pi / (pi - 1))) < 1e-12,
  );
  assert.throws(() => lab.theory.normalizedGradientGrowth('relu', /** @type {any} */ ('group')), {
    code: 'unknown-name',
    field: 'normalization',
  });
});
