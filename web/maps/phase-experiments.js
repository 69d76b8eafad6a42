// The phase diagram as data: the cells' networks, their training order, and the sizes that learn.

/** The depths of the rows, from the bottom. */
export const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32];
export const COLUMNS = 24;
const LEAST = 0.25;
const GREATEST = 4;
/**
 * Weight standard deviation times the root of the fan-in at a position on the axis, in columns from
 * the left edge.
 *
 * @param {number} place
 */
export const gainAt = (place) => LEAST * (GREATEST / LEAST) ** ((place - 0.5) / (COLUMNS - 1));
/** The inverse of gainAt. @param {number} gain */
export const columnOf = (gain) => ((COLUMNS - 1) * Math.log(gain / LEAST)) / Math.log(GREATEST / LEAST) + 0.5;
export const GAINS = Array.from({ length: COLUMNS }, (_, c) => Number(gainAt(c + 0.5).toPrecision(3)));
export const SEEDS = [3, 4, 5];
const WIDTH = 10;
export const ITERATIONS = 500;
/** Gain on the edge of chaos at bias 0: He et al. 2015 for ReLU, Poole et al. 2016 for tanh. */
export const CRITICAL = { relu: Math.SQRT2, tanh: 1 };
/**
 * The depth up to which theory predicts that networks train: six depth scales of the correlation of
 * two inputs (Schoenholz et al. 2017, observed for tanh). Where the variance is unbounded there is
 * no such scale, so six depth scales of the gradient's square.
 * @param {{ depthScale: number, correlationDepthScale: number }} point of the mean field
 */
export const reachOf = ({ depthScale, correlationDepthScale }) =>
  6 * (Number.isNaN(correlationDepthScale) ? depthScale : correlationDepthScale);

/** Optimizers. Momentum is the default because the page trains the map in about a minute. */
export const METHODS = /** @type {const} */ ({
  'gradient descent': { name: 'gd', learningRate: 0.1 },
  momentum: { name: 'momentum', learningRate: 0.1 },
  Adam: { name: 'adam', learningRate: 0.003 },
});
/** The reader's choices; the first of each is the default. Labels are texts of the table `maps`. */
export const CHOICES = /** @type {const} */ ({
  activation: ['relu', 'tanh'],
  network: ['plain', 'layer', 'batch', 'skip', 'scaled'],
  output: ['sigmoid', 'tanh'],
  data: ['moons', 'circles', 'flower'],
  method: ['momentum', 'gradient descent', 'Adam'],
  measure: ['trainAccuracy', 'cost'],
});
/**
 * The fields that each choice of network adds to the experiment: normalization, or skip connections
 * with their branch scale.
 */
const NETWORKS = /** @type {Record<string, Record<string, any>>} */ ({
  plain: {},
  layer: { normalization: 'layer' },
  batch: { normalization: 'batch' },
  skip: { skip: { scale: '1' } },
  scaled: { skip: { scale: '1/sqrt(L)' } },
});
/** The ranges of depth that the sentence under the diagram summarizes. */
const BANDS = [
  [1, 4],
  [5, 8],
  [9, 16],
  [17, 32],
];

/** @typedef {{ row: number, column: number, seed: number }} Job */
/**
 * @typedef {{ activation: 'relu' | 'tanh', network: string, output: 'sigmoid' | 'tanh', data:
 *   string, method: keyof typeof METHODS, measure: 'trainAccuracy' | 'cost' }} PhaseChoice
 */

/**
 * Returns the trainings in order: every eighth cell, then every fourth, every second and all; then
 * the other draws.
 * @param {number} finest 1 for all cells, 2 for every second row and column
 * @returns {Job[]}
 */
export function jobs(finest = 1) {
  const stride = (/** @type {Job} */ { row, column }) =>
    [8, 4, 2, 1].findIndex((step) => row % step === 0 && column % step === 0);
  const wanted = (/** @type {Job} */ { row, column }) => row % finest === 0 && column % finest === 0;
  return SEEDS.flatMap((seed) =>
    DEPTHS.flatMap((_, row) => GAINS.map((__, column) => ({ row, column, seed })))
      .filter(wanted)
      .sort((a, b) => stride(a) - stride(b)),
  );
}

/**
 * Returns the experiment of one cell and draw.
 *
 * @param {Omit<PhaseChoice, 'measure'>} choice
 * @param {Job} job
 */
export const cellSpec = ({ activation, network, output, data, method }, { row, column, seed }) => ({
  ...NETWORKS[network],
  dataset: { name: data, samples: 100, testSamples: 0 },
  layers: Array(DEPTHS[row]).fill(WIDTH),
  activations: activation,
  output,
  init: { name: 'lecun_normal', gain: GAINS[column], seed },
  optimizer: METHODS[method],
  iterations: ITERATIONS,
  // float32 is precise enough for colours and takes half the time.
  precision: /** @type {const} */ ('float32'),
  record: ITERATIONS,
});

/**
 * Returns the position of a depth on the axis, in rows from the bottom edge.
 * @param {number} depth
 */
export function placeOf(depth) {
  const above = DEPTHS.findIndex((known) => known >= depth);
  if (above <= 0) return above < 0 ? DEPTHS.length + 1 : 0.5;
  const [low, high] = [DEPTHS[above - 1], DEPTHS[above]];
  return above - 0.5 + (depth - low) / (high - low);
}

/**
 * Returns for each range of depths the sizes with which its networks learn at least halfway.
 *
 * @param {(row: number, column: number) => number | null} shade 0 for chance, 1 for all
 * @returns {{ depths: number[], from: number, to: number }[]} NaN if no size does
 */
export const windows = (shade) =>
  BANDS.map((depths) => {
    const rows = DEPTHS.flatMap((depth, row) => (depth >= depths[0] && depth <= depths[1] ? [row] : []));
    const good = GAINS.filter(
      (_, column) =>
        rows.reduce((sum, row) => sum + Math.max(0, shade(row, column) ?? 0), 0) / rows.length >= 0.5,
    );
    return { depths, from: good[0] ?? NaN, to: good[good.length - 1] ?? NaN };
  });

/**
 * Reads the choices of a link. A missing or invalid choice becomes the default.
 * @param {string} hash "#activation=tanh&data=circles"
 * @returns {PhaseChoice}
 */
export function readChoices(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const choices = Object.entries(CHOICES).map(([name, options]) => {
    const wanted = given.get(name) ?? '';
    return [name, /** @type {readonly string[]} */ (options).includes(wanted) ? wanted : options[0]];
  });
  return /** @type {any} */ (Object.fromEntries(choices));
}

/** Writes the choices that differ from the defaults. @param {Record<string, any>} choice */
export function writeChoices(choice) {
  const own = Object.entries(CHOICES).filter(([name, options]) => choice[name] !== options[0]);
  return new URLSearchParams(own.map(([name]) => [name, choice[name]])).toString();
}
