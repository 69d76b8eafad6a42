// The map of learning rate against factor as data.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import {
  FACTORS,
  ITERATIONS,
  METHODS,
  RATES,
  hasDeadLayer,
  medianResult,
  outcomeOf,
  rateSpec,
} from '../../web/maps/rate-experiments.js';
import { middleOf } from '../../web/plots/middle.js';

/** @type {import('../../src/js/lab.js').Lab} */
let lab;
before(async () => {
  lab = await loadLab();
});

/**
 * @param {typeof METHODS[number]} method
 * @param {number} rate
 * @param {number} factor
 */
function cell(method, rate, factor) {
  const spec = rateSpec(method, RATES.indexOf(rate), FACTORS.indexOf(factor));
  const session = lab.createSession({ ...spec, precision: 'float64' });
  const first = session.metrics();
  session.step(ITERATIONS);
  const { layers } = session.diagnostics();
  const { x } = lab.dataset(spec.dataset).train;
  const found = {
    dead: hasDeadLayer(session.parameters(), x),
    measured: layers.slice(0, -1).some(({ dead }, l) => dead.length === spec.layers[l]),
    outcome: outcomeOf(first, session.metrics(), hasDeadLayer(session.parameters(), x)),
  };
  session.dispose();
  return found;
}

test('finds a dead layer exactly where the core finds all of its units dead', () => {
  const counts = { dead: 0, alive: 0 };
  for (const method of METHODS)
    for (const rate of RATES.filter((_, row) => row % 4 === 0))
      for (const factor of FACTORS.filter((_, column) => column % 4 === 0)) {
        const { dead, measured } = cell(method, rate, factor);
        assert.equal(dead, measured, `${method}, rate ${rate}, factor ${factor}`);
        counts[dead ? 'dead' : 'alive'] += 1;
      }
  assert.ok(counts.dead > 5 && counts.alive > 5, JSON.stringify(counts));
});

test('tells networks that have not begun from those that large steps have killed', () => {
  assert.equal(cell('gd', 0.01, 0.01).outcome, 'slow');
  assert.equal(cell('gd', 0.1, 1).outcome, 'learned');
  assert.equal(cell('gd', 10, 0.1).outcome, 'large');
  // Both have a cost of ln 2.
  assert.equal(cell('gd', 3.16, 3.16).outcome, 'dead');
  assert.equal(cell('adam', 1, 0.01).outcome, 'dead');
});

test('lets the median by cost stand for a cell, and the lower one in the middle of an even number', () => {
  const results = [0.7, NaN, 0.1, Infinity, 0.3].map((cost) => ({ final: { cost, trainAccuracy: 0.5 } }));
  const medianOf = (/** @type {number} */ count) => medianResult(results.slice(0, count))?.final.cost;
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(medianOf), [undefined, 0.7, 0.7, 0.7, 0.7, 0.7]);
  assert.equal(medianResult([results[3], results[1], results[2]])?.final.cost, Infinity);
});

test('classifies a NaN or infinite cost as too large', () => {
  for (const cost of [NaN, Infinity, 5])
    assert.equal(
      outcomeOf({ cost: Math.LN2, trainAccuracy: 0.5 }, { cost, trainAccuracy: 0.5 }, true),
      'large',
    );
});

test('places a word of a region inside it, where it has most room, and none where it has no room', () => {
  const inside = (/** @type {number} */ row, /** @type {number} */ column) => row >= 4 && column <= 11;
  const place = middleOf(17, 17, inside);
  assert.ok(place && inside(place.row, place.column));
  assert.deepEqual(middleOf(9, 9, () => true)?.column, 4);
  assert.equal(
    middleOf(9, 9, (row, column) => row === 4 && column === 4),
    null,
  );
  assert.equal(
    middleOf(9, 9, () => false),
    null,
  );
});
