// What the phase diagram is to show: the good size does not grow with depth, and the window around
// it narrows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { createPool } from '../../src/js/pool.js';
import {
  CRITICAL,
  DEPTHS,
  GAINS,
  METHODS,
  SEEDS,
  CHOICES,
  cellSpec,
  gainAt,
  jobs,
  placeOf,
  readChoices,
  windows,
  writeChoices,
} from '../../web/maps/phase-experiments.js';

const pool = createPool();
after(() => pool.dispose());
/** @type {import('../../src/js/lab.js').Lab} */
let lab;
before(async () => {
  lab = await loadLab();
});

/**
 * @param {'relu' | 'tanh'} activation
 * @param {'sigmoid' | 'tanh'} output
 * @param {number[]} depths
 */
async function sizesThatLearn(activation, output, depths) {
  const columns = GAINS.flatMap((_, column) => (column % 2 === 0 ? [column] : []));
  const cells = depths.flatMap((depth) => columns.map((column) => ({ row: DEPTHS.indexOf(depth), column })));
  const trainings = cells.flatMap((cell) => SEEDS.map((seed) => ({ ...cell, seed })));
  const results = await pool.run(
    trainings.map((job) =>
      cellSpec({ activation, network: 'plain', output, data: 'moons', method: 'momentum' }, job),
    ),
  );
  const mean = (/** @type {number} */ cell) =>
    results
      .slice(SEEDS.length * cell, SEEDS.length * (cell + 1))
      .reduce((sum, { final }) => sum + final.trainAccuracy / SEEDS.length, 0);
  return depths.map((depth) =>
    cells.flatMap(({ row, column }, i) => (DEPTHS[row] === depth && mean(i) >= 0.75 ? [GAINS[column]] : [])),
  );
}

for (const [activation, output, depths] of /** @type {const} */ ([
  ['relu', 'sigmoid', [2, 8, 16, 26]],
  ['relu', 'tanh', [2, 8, 16]],
  ['tanh', 'sigmoid', [2, 8, 24]],
])) {
  test(`${activation} units, ${output} output: deeper networks learn from fewer sizes, around the same size`, async () => {
    const learned = await sizesThatLearn(activation, output, [...depths]);
    for (const [i, sizes] of learned.entries()) {
      const said = `${depths[i]} layers learn from ${sizes}`;
      assert.ok(
        sizes.some((size) => Math.abs(Math.log(size / CRITICAL[activation])) < Math.log(1.3)),
        said,
      );
      if (i > 0)
        assert.ok(sizes.length < learned[i - 1].length, `${said}; fewer layers from ${learned[i - 1]}`);
    }
    const deepest = learned[learned.length - 1];
    const middle = Math.sqrt(deepest[0] * deepest[deepest.length - 1]);
    assert.ok(Math.abs(Math.log(middle / CRITICAL[activation])) < Math.log(1.5), `the middle is ${middle}`);
  });
}

test('draws the line at the edge of chaos that theory gives for bias 0', () => {
  for (const [activation, gain] of Object.entries(CRITICAL))
    assert.ok(Math.abs(lab.theory.edgeOfChaos(activation, 0).weightVariance - gain ** 2) < 1e-12);
});

test('trains every cell once for each draw, the coarse picture first', () => {
  const all = jobs();
  assert.equal(
    new Set(all.map((job) => JSON.stringify(job))).size,
    DEPTHS.length * GAINS.length * SEEDS.length,
  );
  for (const { row, column, seed } of all.slice(0, 9))
    assert.deepEqual([row % 8, column % 8, seed], [0, 0, 3]);
  assert.equal(jobs(2).length, all.length / 4);
});

test('converts values to positions on the axes and back', () => {
  for (const [column, gain] of GAINS.entries()) assert.ok(Math.abs(gainAt(column + 0.5) / gain - 1) < 0.01);
  for (const [row, depth] of DEPTHS.entries()) assert.equal(placeOf(depth), row + 0.5);
  assert.equal(placeOf(17), 16);
  assert.ok(placeOf(Infinity) > DEPTHS.length);
});

test('gives the sizes from which a band of depths learns at least half', () => {
  const narrowing = windows((row, column) => (Math.abs(column - 12) <= 12 - row / 2 ? 1 : 0));
  assert.deepEqual(narrowing[0].depths, [1, 4]);
  assert.equal(narrowing[0].from, GAINS[1]);
  assert.ok(narrowing[3].from > narrowing[0].from && narrowing[3].to <= narrowing[0].to);
  assert.ok(windows(() => 0).every(({ from, to }) => Number.isNaN(from) && Number.isNaN(to)));
});

test('a link round-trips valid choices and ignores invalid ones', () => {
  for (const [name, options] of Object.entries(CHOICES)) {
    for (const value of options) {
      const choice = { ...readChoices(''), [name]: value };
      assert.deepEqual(readChoices(`#${writeChoices(choice)}`), choice);
    }
    for (const wrong of ['constructor', '<b>', ''])
      assert.deepEqual(readChoices(`#${name}=${encodeURIComponent(wrong)}`), readChoices(''));
  }
  assert.deepEqual([...CHOICES.method].sort(), Object.keys(METHODS).sort());
});
