import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';

const lab = await loadLab();

/**
 * What is thrown for points as the training part.
 *
 * @param {any} train
 * @returns {any}
 */
function errorOf(train) {
  try {
    lab.validate({ dataset: { name: 'points', train } });
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

/**
 * An array of any length that holds only its first entry.
 *
 * @param {unknown} first
 * @param {number} length
 */
function sparse(first, length) {
  const array = [first];
  array.length = length;
  return array;
}

test('accepts only numbers as numbers, without conversion', () => {
  for (const value of [null, undefined, '7', '', true, [5], {}, 1n]) {
    const inRow = errorOf({ x: [[1, 2], [3, value]], y: [0, 1] }); // prettier-ignore
    const told = [inRow.name, inRow.code, inRow.field];
    assert.deepEqual(told, ['TypeError', 'wrong-type', 'dataset.train.x[1][1]'], String(value));
    assert.equal(errorOf({ features: 1, x: [1, value], y: [0, 1] }).field, 'dataset.train.x[1]');
    assert.equal(errorOf({ x: [[1], [2]], y: [0, value] }).field, 'dataset.train.y[1]');
  }
});

test('rejects a hole in an array', () => {
  const holed = new Array(2);
  holed[0] = 1;
  assert.equal(errorOf({ x: [[1, 2], holed], y: [0, 1] }).field, 'dataset.train.x[1][1]');
});

test('ignores an array’s own properties with the names of array methods', () => {
  const own = (/** @type {number[]} */ numbers) => Object.assign(numbers, { every: 1, includes: 2 });
  const { train } = lab.dataset({ name: 'points', train: { features: 1, x: own([3, 4]), y: own([0, 1]) } });
  assert.deepEqual([...train.x, ...train.y], [3, 4, 0, 1]);
  assert.equal(errorOf({ features: 1, x: own([3, NaN]), y: [0, 1] }).field, 'dataset.train.x[1]');
});

test('reads typed arrays of every kind of number, and rejects big integers', () => {
  for (const Kind of [Int8Array, Uint8Array, Int32Array, Float32Array, Float64Array]) {
    const { train } = lab.dataset({
      name: 'points',
      train: { features: 2, x: new Kind([1, 2, 3, 4]), y: new Kind([0, 1]) },
    });
    assert.deepEqual([...train.x, ...train.y], [1, 2, 3, 4, 0, 1], Kind.name);
  }
  assert.equal(errorOf({ features: 1, x: new BigInt64Array(2), y: [0, 1] }).code, 'wrong-type');
});

test('rejects sizes whose product overflows 32 bits, and stays usable', () => {
  const wrapped = errorOf({ features: 65536, x: [], y: new Float64Array(65536) });
  assert.deepEqual([wrapped.code, wrapped.field], ['wrong-count', 'dataset.train.x']);
  assert.equal(errorOf({ features: 2 ** 30, x: [], y: [0, 1, 0, 1] }).field, 'dataset.train.x');
  assert.equal(errorOf({ x: sparse([1, 2], 2 ** 31), y: [0, 1] }).field, 'dataset.train.x');
  lab.validate({});
});

test('rejects arrays that claim to be longer than any experiment without reading them', () => {
  const longest = 2 ** 32 - 1;
  assert.equal(errorOf({ features: 1, x: sparse(1, longest), y: [0] }).code, 'wrong-count');
  const specs = [{ layers: sparse(1, longest) }, { activations: sparse('relu', longest) }];
  for (const spec of [...specs, { init: { name: 'zeros', layers: sparse(null, longest) } }]) {
    assert.throws(() => lab.validate(/** @type {any} */ (spec)), {
      name: 'RangeError',
      code: 'wrong-count',
    });
  }
});

test('shortens a caller’s own name of a field in the message', () => {
  for (const spec of [{ ['é'.repeat(1e4)]: 1 }, { init: { name: 'normal', ['k'.repeat(1e4)]: 'x' } }]) {
    assert.throws(
      () => lab.validate(/** @type {any} */ (spec)),
      ({ message }) => message.length < 300 && !message.includes('\ufffd'),
    );
  }
});

test('treats an undefined test part as missing', () => {
  const train = { x: [[1, 2]], y: [1] };
  assert.equal(lab.dataset({ name: 'points', train, test: undefined }).test.y.length, 0);
});

test('names an invalid argument of questions about theory', () => {
  const field = { activation: 'tanh', weightVariance: 1, biasVariance: 0 };
  const { theory } = lab;
  assert.throws(() => theory.meanField(/** @type {any} */ (null)), { field: 'field' });
  assert.throws(() => theory.nextVariance(field, -1), { field: 'q', code: 'out-of-range' });
  assert.throws(() => theory.nextCorrelation(field, 1, 1.5), { field: 'correlation', code: 'out-of-range' });
  assert.throws(() => theory.edgeOfChaos('tanh', NaN), { field: 'biasVariance', code: 'out-of-range' });
});
