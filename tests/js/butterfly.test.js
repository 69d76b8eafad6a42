import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextUp } from '../../src/js/butterfly.js';
import { butterfly, loadLab } from '../../src/js/index.js';
import { small } from './support.js';

const lab = await loadLab();

test('the next greater double is one unit in the last place away', () => {
  assert.equal(nextUp(1), 1 + Number.EPSILON);
  assert.equal(nextUp(-1), -1 + Number.EPSILON / 2);
  assert.equal(nextUp(0), Number.MIN_VALUE);
});

test('measures at 0, at every interval and at the end; the first distance is one unit in the last place', () => {
  const at = (/** @type {number} */ iterations, /** @type {number} */ every) =>
    butterfly(lab, small, { iterations, every }).map(({ iteration }) => iteration);
  assert.deepEqual(at(0, 1), [0]);
  assert.deepEqual(at(5, 2), [0, 2, 4, 5]);
  assert.deepEqual(at(2, 100), [0, 2]);
  const session = lab.createSession(small);
  const [first] = session.parameters();
  session.dispose();
  assert.equal(
    butterfly(lab, small, { iterations: 0, every: 1 })[0].distance,
    Math.abs(nextUp(first) - first),
  );
});

test('rejects invalid numbers of iterations and names them', () => {
  for (const every of [0, -1, 0.5, NaN, Infinity, 1e9])
    assert.throws(() => butterfly(lab, small, { iterations: 10, every }), {
      name: 'RangeError',
      code: 'out-of-range',
      field: 'every',
      value: every,
      expected: { kind: 'integer', low: 1, high: 100_000_000 },
    });
  for (const iterations of [-1, 0.5, NaN, Infinity, 1e9])
    assert.throws(() => butterfly(lab, small, { iterations, every: 1 }), {
      name: 'RangeError',
      field: 'iterations',
      value: iterations,
    });
  for (const value of [undefined, null, '3', 3n, [5]]) {
    const wrong = /** @type {any} */ (value);
    for (const options of [
      { iterations: wrong, every: 1 },
      { iterations: 1, every: wrong },
    ])
      assert.throws(() => butterfly(lab, small, options), { name: 'TypeError', code: 'wrong-type' });
  }
});

test('rejects values that are no experiment, and float32', () => {
  const options = { iterations: 1, every: 1 };
  for (const value of [undefined, null, 'normal', 3, [small]]) {
    const wrong = /** @type {any} */ (value);
    assert.throws(() => butterfly(lab, wrong, options), { name: 'TypeError', field: 'spec' });
    assert.throws(() => butterfly(lab, small, wrong), { name: 'TypeError', field: 'options' });
  }
  assert.throws(() => butterfly(lab, { ...small, precision: 'float32' }, options), { field: 'precision' });
  assert.throws(() => butterfly(lab, { ...small, layers: [0] }, options), { field: 'layers[0]' });
});
