// The map of width against learning rate as data: its cells' experiments, their order, and the best
// rate of each width. The recipe is that of Yang, Hu et al. 2021 on the digits.

/** Parametrizations: the left and the right map. */
export const KINDS = /** @type {const} */ (['standard', 'mup']);
/** Units of each of the two hidden layers, from the bottom row. */
export const WIDTHS = [16, 32, 64, 128, 256, 512];
/** Powers of two of the learning rates. */
export const EXPONENTS = [-11, -10, -9, -8, -7, -6, -5, -4, -3];
export const SEEDS = [3, 4, 5];
/** At this width both parametrizations are the same network. */
const BASE = 64;
export const ITERATIONS = 200;
/** The cost of ten equal probabilities. */
export const IDLE_COST = Math.log(10);

/** @typedef {{ map: number, row: number, column: number, seed: number }} Job */

/**
 * Returns the trainings in their order: of the first seed every fourth row and column, then every
 * second and all; then the other seeds.
 *
 * @param {number[]} rows of WIDTHS
 * @param {number[]} seeds
 * @returns {Job[]}
 */
export const jobsOf = (rows, seeds) =>
  seeds.flatMap((seed) =>
    rows
      .flatMap((row) =>
        EXPONENTS.flatMap((_, column) => KINDS.map((__, map) => ({ map, row, column, seed }))),
      )
      .sort((a, b) => strideOf(a) - strideOf(b)),
  );
export const JOBS = jobsOf(
  WIDTHS.map((_, row) => row),
  SEEDS,
);

/** @param {Job} job */
function strideOf({ row, column }) {
  return [4, 2, 1].findIndex((step) => row % step === 0 && column % step === 0);
}

/**
 * The experiment of a cell and seed.
 *
 * @param {Job} job
 */
export const widthSpec = ({ map, row, column, seed }) => ({
  dataset: { name: 'digits', testSamples: 0 },
  layers: [WIDTHS[row], WIDTHS[row]],
  activations: 'relu',
  output: /** @type {const} */ ('softmax'),
  parametrization: KINDS[map] === 'mup' ? { name: 'mup', baseWidth: BASE } : { name: 'standard' },
  init: { name: 'he_normal', seed },
  optimizer: { name: 'adam', learningRate: 2 ** EXPONENTS[column], batchSize: 64 },
  iterations: ITERATIONS,
  // Colours need no more digits, and float32 takes half the time.
  precision: /** @type {const} */ ('float32'),
  record: ITERATIONS,
});

/**
 * The column of the least cost.
 *
 * @param {(number | null)[]} costs by column; null where nothing is known
 * @returns {number} −1 of nothing
 */
export function bestOf(costs) {
  let best = -1;
  for (const [column, value] of costs.entries()) {
    if (value === null || Number.isNaN(value)) continue;
    if (best < 0 || value < Number(costs[best])) best = column;
  }
  return best;
}
