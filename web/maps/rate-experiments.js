// The map of learning rate against factor as data: the cells' experiments, and their outcomes.

export const METHODS = /** @type {const} */ (['gd', 'adam']);
/** Factors of randn, four per power of ten. */
export const FACTORS = Array.from({ length: 17 }, (_, i) => Number((10 ** (-3 + i / 4)).toPrecision(3)));
/** Learning rates from the bottom row, four per power of ten. */
export const RATES = Array.from({ length: 17 }, (_, i) => Number((10 ** (-3 + i / 4)).toPrecision(3)));
export const ITERATIONS = 1000;
const SEED = 3;

/** @typedef {{ cost: number, trainAccuracy: number }} Metrics */
/** @typedef {'learned' | 'slow' | 'large' | 'stuck'} Outcome */

/**
 * The experiment of a cell.
 *
 * @param {typeof METHODS[number]} method
 * @param {number} row
 * @param {number} column
 */
export const rateSpec = (method, row, column) => ({
  dataset: { name: 'circles', testSamples: 0 },
  layers: [10, 5],
  activations: 'relu',
  init: { name: 'normal', std: FACTORS[column], seed: SEED },
  optimizer: { name: method, learningRate: RATES[row] },
  iterations: ITERATIONS,
  // float32 is precise enough for colours and takes half the time.
  precision: /** @type {const} */ ('float32'),
  record: ITERATIONS,
});

/**
 * Classifies a training: learned, still on the plateau, the cost rose or is infinite, or none of
 * these.
 *
 * @param {Metrics} first at iteration 0
 * @param {Metrics} final
 * @returns {Outcome}
 */
export function outcomeOf(first, final) {
  if (final.trainAccuracy >= 0.75 && final.cost < 0.6) return 'learned';
  if (!(final.cost <= Math.max(1, first.cost)) || !(final.cost < 1.2 * Math.LN2)) return 'large';
  return final.cost > 0.97 * Math.LN2 ? 'slow' : 'stuck';
}

/**
 * Returns the position of a value on an axis of values, in cells from its start.
 *
 * @param {number[]} values ascending, in equal steps of the logarithm
 * @param {number} value
 */
export const placeOn = (values, value) =>
  (Math.log(value / values[0]) / Math.log(values[values.length - 1] / values[0])) * (values.length - 1) + 0.5;
