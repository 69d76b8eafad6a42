// The map of learning rate against factor as data: the cells' experiments, and their outcomes.

export const METHODS = /** @type {const} */ (['gd', 'adam']);
/** Factors of randn, four per power of ten. */
export const FACTORS = Array.from({ length: 17 }, (_, i) => Number((10 ** (-3 + i / 4)).toPrecision(3)));
/** Learning rates from the bottom row, four per power of ten. */
export const RATES = Array.from({ length: 17 }, (_, i) => Number((10 ** (-3 + i / 4)).toPrecision(3)));
export const ITERATIONS = 1000;
/** Seeds of a cell. */
export const SEEDS = [3, 4, 5];

/** @typedef {{ cost: number, trainAccuracy: number }} Metrics */
/** @typedef {'learned' | 'slow' | 'large' | 'dead' | 'stuck'} Outcome */

/** Outputs of the layers. The input has two features. */
const LAYERS = [10, 5, 1];

/**
 * The experiment of a cell.
 *
 * @param {typeof METHODS[number]} method
 * @param {number} row
 * @param {number} column
 * @param {number} [seed]
 */
export const rateSpec = (method, row, column, seed = SEEDS[0]) => ({
  dataset: { name: 'circles', testSamples: 0 },
  layers: LAYERS.slice(0, -1),
  activations: 'relu',
  init: { name: 'normal', std: FACTORS[column], seed },
  optimizer: { name: method, learningRate: RATES[row] },
  iterations: ITERATIONS,
  // float32 is precise enough for colours and takes half the time.
  precision: /** @type {const} */ ('float32'),
  record: ITERATIONS,
});

/**
 * Classifies a training: learned; the cost rose or is infinite; a layer died, so that nothing
 * changes any more; still on the plateau where it started; or none of these.
 *
 * @param {Metrics} first at iteration 0
 * @param {Metrics} final
 * @param {boolean} dead whether all units of a layer are
 * @returns {Outcome}
 */
export function outcomeOf(first, final, dead) {
  if (final.trainAccuracy >= 0.75 && final.cost < 0.6) return 'learned';
  if (!(final.cost <= Math.max(1, first.cost)) || !(final.cost < 1.2 * Math.LN2)) return 'large';
  if (dead) return 'dead';
  const onPlateau = ({ cost } = final) => cost > 0.97 * Math.LN2 && cost < 1.2 * Math.LN2;
  return onPlateau(first) && onPlateau(final) ? 'slow' : 'stuck';
}

/**
 * Returns the result that stands for a cell: the median by final cost, where NaN counts as
 * infinite. Of an even number of results it is the lower one in the middle.
 *
 * @template {{ final: Metrics }} Result
 * @param {Result[]} results
 * @returns {Result | undefined} undefined where there is none
 */
export function medianResult(results) {
  const cost = (/** @type {Result} */ { final }) => (Number.isNaN(final.cost) ? Infinity : final.cost);
  const sorted = results.toSorted((a, b) => (cost(a) === cost(b) ? 0 : cost(a) - cost(b)));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/**
 * Returns whether all units of a hidden layer give 0 for every example: no gradient passes it, and
 * the network gives every example the same answer.
 *
 * @param {ArrayLike<number>} parameters W1, b1, W2, b2, …, each W row by row
 * @param {ArrayLike<number>} x examples, feature by feature
 */
export function hasDeadLayer(parameters, x) {
  const examples = x.length / 2;
  let signals = Array.from({ length: examples }, (_, i) => [x[i], x[examples + i]]);
  let at = 0;
  for (const units of LAYERS.slice(0, -1)) {
    const inputs = signals[0].length;
    const [weights, biases] = [at, at + units * inputs];
    signals = signals.map((signal) =>
      Array.from({ length: units }, (_, unit) =>
        Math.max(
          0,
          signal.reduce(
            (sum, value, input) => sum + parameters[weights + unit * inputs + input] * value,
            parameters[biases + unit],
          ),
        ),
      ),
    );
    if (signals.every((signal) => signal.every((value) => value === 0))) return true;
    at = biases + units;
  }
  return false;
}

/**
 * Returns the position of a value on an axis of values, in cells from its start.
 *
 * @param {number[]} values ascending, in equal steps of the logarithm
 * @param {number} value
 */
export const placeOn = (values, value) =>
  (Math.log(value / values[0]) / Math.log(values[values.length - 1] / values[0])) * (values.length - 1) + 0.5;
