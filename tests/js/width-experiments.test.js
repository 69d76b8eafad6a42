// The map of width against learning rate as data.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import {
  EXPONENTS,
  JOBS,
  KINDS,
  SEEDS,
  WIDTHS,
  bestOf,
  widthSpec,
} from '../../web/maps/width-experiments.js';

test('every cell is trained once from each seed, the first seed first', () => {
  const keys = new Set(JOBS.map(({ map, row, column, seed }) => [map, row, column, seed].join()));
  const cells = KINDS.length * WIDTHS.length * EXPONENTS.length;
  assert.equal(keys.size, cells * SEEDS.length);
  assert.equal(JOBS.length, keys.size);
  assert.ok(JOBS.slice(0, cells).every(({ seed }) => seed === SEEDS[0]));
});

test('the best rate is that of the least cost, whatever is missing or infinite', () => {
  assert.equal(bestOf([null, Infinity, 0.3, 0.1, 0.2, NaN]), 3);
  assert.equal(bestOf([null, null]), -1);
});

test('at the base width both maps hold the same training', async () => {
  const lab = await loadLab();
  await lab.loadDataset('digits');
  const cell = { row: WIDTHS.indexOf(64), column: EXPONENTS.indexOf(-7), seed: SEEDS[0] };
  const [standard, mup] = lab.runAll(KINDS.map((_, map) => widthSpec({ ...cell, map })));
  assert.equal(standard.final.cost, mup.final.cost);
});

test('from 32 to 128 units the best rate falls under the standard start and stays under µP', async () => {
  // Yang, Hu et al. 2021: costs on either side of the valley tell which way it leans.
  const lab = await loadLab();
  await lab.loadDataset('digits');
  const costOf = (/** @type {number} */ map, /** @type {number} */ width) => {
    const specs = SEEDS.map((seed) =>
      widthSpec({ map, row: WIDTHS.indexOf(width), column: EXPONENTS.indexOf(-9), seed }),
    );
    return lab
      .runAll(specs)
      .map(({ final }) => final.cost)
      .sort((a, b) => a - b)[1];
  };
  // At a small rate, a wide network trains much faster than a narrow one only under the standard
  // parametrization.
  assert.ok(costOf(0, 128) < costOf(0, 32) / 3);
  assert.ok(costOf(1, 128) > costOf(1, 32) / 3);
});
