// How far weights move, by the scale of the start, as data: the experiments, the distance, and the
// lines along which the first layer's units bend.

/** Four to a power of ten. */
export const FACTORS = Array.from({ length: 11 }, (_, i) => Number((10 ** (-1.5 + i / 4)).toPrecision(3)));
export const SEEDS = [3, 4, 5];
export const WIDTHS = [2, 10, 5, 1];
const ITERATIONS = 50000;

/**
 * The experiment of a factor and seed, on the exercise's network.
 *
 * @param {number} factor
 * @param {number} seed
 * @param {number} [iterations]
 */
export const lazySpec = (factor, seed, iterations = ITERATIONS) => ({
  dataset: { name: 'circles' },
  layers: WIDTHS.slice(1, -1),
  activations: 'relu',
  init: { name: 'normal', std: factor, seed },
  optimizer: { name: 'gd', learningRate: 0.01 },
  iterations,
  precision: /** @type {const} */ ('float32'),
  record: ITERATIONS,
});

/**
 * Returns |W − W0| / |W0| over the weights of all layers, without the biases.
 *
 * @param {number[]} widths with inputs and outputs
 * @param {ArrayLike<number>} before W1, b1, W2, b2 …, W row by row
 * @param {ArrayLike<number>} after
 */
export function travelled(widths, before, after) {
  let [moved, size, at] = [0, 0, 0];
  for (let layer = 1; layer < widths.length; layer += 1) {
    const end = at + widths[layer] * widths[layer - 1];
    for (; at < end; at += 1) {
      moved += (after[at] - before[at]) ** 2;
      size += before[at] ** 2;
    }
    at += widths[layer];
  }
  return Math.sqrt(moved / size);
}

/**
 * Returns the line on which each unit of the first layer bends, w1 x1 + w2 x2 + b = 0, as two
 * points that lie `reach` from the point of the line nearest to 0.
 *
 * @param {ArrayLike<number>} parameters
 * @param {number} reach
 * @returns {[x1: number, x2: number, x1: number, x2: number][]}
 */
export const bends = (parameters, reach) =>
  Array.from({ length: WIDTHS[1] }, (_, unit) => {
    const [w1, w2] = [parameters[2 * unit], parameters[2 * unit + 1]];
    const bias = parameters[2 * WIDTHS[1] + unit];
    const size = Math.hypot(w1, w2);
    const [u1, u2] = [w1 / size, w2 / size];
    const [x1, x2] = [(-bias / size) * u1, (-bias / size) * u2];
    return [x1 - reach * u2, x2 + reach * u1, x1 + reach * u2, x2 - reach * u1];
  });
