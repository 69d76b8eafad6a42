// Which networks are drawn as rows, which of their units, and the heights of a landscape.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heightsOf } from '../../web/plots/heights.js';
import { inRows, mostActive } from '../../web/plots/strip-shape.js';

const layersOf = (/** @type {number[]} */ widths) => widths.map((out) => ({ out }));

test('draws networks of more than six hidden layers or twelve units as rows', () => {
  assert.equal(inRows(layersOf([12, 12, 12, 12, 12, 12, 1])), false);
  assert.equal(inRows(layersOf([2, 2, 2, 2, 2, 2, 2, 1])), true);
  assert.equal(inRows(layersOf([13, 1])), true);
  // Many classes alone do not make a network wide.
  assert.equal(inRows(layersOf([10, 50])), false);
});

test('chooses the units whose values vary most, in their order', () => {
  const units = [
    [5, 5, 5],
    [0, 1, 2],
    [NaN, 0, 1],
    [-9, 0, 9],
    [0, 0, 0.1],
  ].map((values) => Float32Array.from(values));
  assert.deepEqual(mostActive(units, 2), [1, 3]);
  assert.deepEqual(mostActive(units, 3), [1, 3, 4]);
  assert.deepEqual(mostActive(units, 9), [0, 1, 2, 3, 4]);
});

test('keeps the heights of a plateau apart whose costs agree in seven digits', () => {
  const costs = Float64Array.from({ length: 9 }, (_, i) => Math.LN2 + i * 1e-9);
  const heights = heightsOf(costs);
  assert.equal(new Set(heights).size, 9);
  for (const [i, height] of heights.entries()) assert.ok(Math.abs(height - i / 8) < 1e-4);
});

test('puts an infinite cost at the top, and a flat cost at the bottom', () => {
  assert.deepEqual([...heightsOf(Float64Array.of(1, Infinity, NaN, 2))], [0, 1, 1, 1]);
  assert.deepEqual([...heightsOf(Float64Array.of(0.5, 0.5))], [0, 0]);
});
