// How far weights move, as data of the article.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { WIDTHS, bends, lazySpec, travelled } from '../../web/story/lazy-experiments.js';

test('the distance counts weights and no biases', () => {
  // One unit with two inputs: weights (3, 4) move by (0, 5), its bias by 7.
  assert.equal(travelled([2, 1], [3, 4, 0], [3, 9, 7]), 1);
});

test('every point of a unit’s line gives the unit an input of 0', async () => {
  const lab = await loadLab();
  const [{ parameters }] = lab.runAll([lazySpec(1, 3, 50)]);
  for (const [unit, [x1, x2, y1, y2]] of bends(parameters, 2).entries()) {
    const [w1, w2, b] = [parameters[2 * unit], parameters[2 * unit + 1], parameters[2 * WIDTHS[1] + unit]];
    for (const [a, c] of [
      [x1, x2],
      [y1, y2],
    ])
      assert.ok(Math.abs(w1 * a + w2 * c + b) < 1e-5);
    assert.ok(Math.abs(Math.hypot(x1 - y1, x2 - y2) - 4) < 1e-6);
  }
});

test('small starts move far and large ones hardly, as the article says', async () => {
  const lab = await loadLab();
  const moved = (/** @type {number} */ factor) => {
    const [before, after] = lab.runAll([lazySpec(factor, 3, 0), lazySpec(factor, 3)]);
    return travelled(WIDTHS, before.parameters, after.parameters);
  };
  // × 0.1 more than ten times its length, × 1 about once, × 10 less than a fifth of it.
  assert.ok(moved(0.1) > 10);
  assert.ok(moved(1) > 0.9 && moved(1) < 1.2);
  assert.ok(moved(10) < 0.2);
});
