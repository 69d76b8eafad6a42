// The counts behind the strips of weights.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BINS, HIGH, LOW, countSizes } from '../../web/plots/weight-bins.js';

test('counts each weight once, in the bin of its size, whatever its sign', () => {
  const sizes = [0.002, 0.05, 1, 30];
  const counts = countSizes(Float64Array.from([...sizes, ...sizes.map((size) => -size)]));
  assert.equal(counts.length, BINS + 2);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    8,
  );
  for (const size of sizes) {
    const bin = 1 + Math.floor((BINS * (Math.log10(size) - LOW)) / (HIGH - LOW));
    assert.equal(counts[bin], 2, String(size));
  }
});

test('counts zeros and sizes beyond the axis at its ends, and leaves NaN out', () => {
  const counts = countSizes(Float64Array.from([0, -0, 1e-9, 1e3, Infinity, NaN]));
  assert.equal(counts[0], 3);
  assert.equal(counts[BINS + 1], 2);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    5,
  );
});
