// A tab restores the results that a sweep stored, and ignores damaged ones.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { keepOutcomes, keptOutcomes } from '../../web/story/sweep-memory.js';

/** @type {Map<string, string>} */
const kept = new Map();
/** @type {any} */ (globalThis).sessionStorage = {
  getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text),
};
afterEach(() => kept.clear());

const specs = [3, 4, 5].map((seed) => ({ init: { name: 'he_normal', seed }, iterations: 20 }));
const row = (/** @type {number} */ iteration, /** @type {number} */ cost) => ({
  iteration,
  cost,
  trainAccuracy: 0.5,
  testAccuracy: NaN,
});
const outcome = (/** @type {number[]} */ ...costs) => {
  const history = costs.map((cost, i) => row((20 * i) / (costs.length - 1), cost));
  return { history, final: history[history.length - 1] };
};

test('restores outcomes to the bit, including infinite and missing numbers', () => {
  const outcomes = new Map([
    [0, outcome(Infinity, 0.1 + 0.2, NaN)],
    [2, outcome(0.7, -Infinity)],
  ]);
  keepOutcomes(specs, outcomes);
  assert.deepEqual(keptOutcomes(specs), outcomes);
});

test('restores nothing for another sweep', () => {
  keepOutcomes(specs, new Map([[0, outcome(1, 2)]]));
  assert.equal(keptOutcomes(specs.slice(1)).size, 0);
  assert.equal(keptOutcomes(specs.map((spec) => ({ ...spec, iterations: 30 }))).size, 0);
});

test('leaves out damaged outcomes', () => {
  keepOutcomes(specs, new Map([[1, outcome(1, 2)]]));
  const [key] = kept.keys();
  for (const text of [
    'no JSON',
    '7',
    '{"0": []}',
    '[null, 3, [9, [[20, 1, 1, 1]]]]',
    '[[0, [[20, 1, 1]]]]',
    '[[0, [[10, 1, 1, 1]]]]',
    '[[0, ["a", [20, 1, 1, 1]]]]',
    '[["__proto__", [[20, 1, 1, 1]]]]',
  ]) {
    kept.set(key, text);
    assert.equal(keptOutcomes(specs).size, 0, text);
  }
});

test('works without storage if the browser refuses', () => {
  /** @type {any} */ (globalThis).sessionStorage = {
    getItem() {
      throw new Error('SecurityError');
    },
    setItem() {
      throw new Error('QuotaExceededError');
    },
  };
  keepOutcomes(specs, new Map([[1, outcome(1, 2)]]));
  assert.equal(keptOutcomes(specs).size, 0);
});
