// The phase diagram as data: its cells' networks, the order in which they are trained, and what the cells say together.

/** Rows, from the bottom. */
export const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32];
export const COLUMNS = 24;
const LEAST = 0.25;
const GREATEST = 4;
/** Weight standard deviation times the root of the fan-in at a place on the axis, in columns from the left edge. @param {number} place */
export const gainAt = (place) => LEAST * (GREATEST / LEAST) ** ((place - 0.5) / (COLUMNS - 1));
/** The other way round. @param {number} gain */
export const columnOf = (gain) => ((COLUMNS - 1) * Math.log(gain / LEAST)) / Math.log(GREATEST / LEAST) + 0.5;
export const GAINS = Array.from({ length: COLUMNS }, (_, c) => Number(gainAt(c + 0.5).toPrecision(3)));
export const SEEDS = [3, 4, 5];
const WIDTH = 10;
export const ITERATIONS = 500;
/** Gain on the edge of chaos at bias 0: He et al. 2015 for ReLU, Poole et al. 2016 for tanh. */
export const CRITICAL = { relu: Math.SQRT2, tanh: 1 };
/**
 * Layers to which theory has networks train: six depth scales of two inputs' correlation (Schoenholz et al. 2017, who saw
 * it so for tanh); where variances have no bound, which leaves no such scale, six of the gradient's square.
 * @param {{ depthScale: number, correlationDepthScale: number }} point of the mean field
 */
export const reachOf = ({ depthScale, correlationDepthScale }) =>
  6 * (Number.isNaN(correlationDepthScale) ? depthScale : correlationDepthScale);

/** Ways of training; momentum gets the deep networks somewhere within the iterations that a minute has room for. */
export const METHODS = /** @type {const} */ ({
  'gradient descent': { name: 'gd', learningRate: 0.1 },
  momentum: { name: 'momentum', learningRate: 0.1 },
  Adam: { name: 'adam', learningRate: 0.003 },
});
/** What a reader can choose, the first of each being what is chosen at first: label, and options by value. */
export const CHOICES = {
  activation: { label: 'hidden units', options: { relu: 'ReLU', tanh: 'tanh' } },
  output: { label: 'output', options: { sigmoid: 'sigmoid', tanh: 'tanh' } },
  data: { label: 'data', options: { moons: 'moons', circles: 'circles', flower: 'flower' } },
  method: {
    label: 'method',
    options: { momentum: 'momentum', 'gradient descent': 'gradient descent', Adam: 'Adam' },
  },
  measure: { label: 'colour', options: { trainAccuracy: 'training accuracy', cost: 'cost' } },
};
/** Depths that the sentence under the diagram takes together. */
const BANDS = [
  [1, 4],
  [5, 8],
  [9, 16],
  [17, 32],
];

/** @typedef {{ row: number, column: number, seed: number }} Job */
/** @typedef {{ activation: 'relu' | 'tanh', output: 'sigmoid' | 'tanh', data: string, method: keyof typeof METHODS, measure: 'trainAccuracy' | 'cost' }} PhaseChoice */

/** Every eighth cell, then every fourth, second, all; then the other draws. @param {number} finest 1 for all cells, 2 for every second row and column @returns {Job[]} */
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

/** The experiment of one cell and draw. @param {Omit<PhaseChoice, 'measure'>} choice @param {Job} job */
export const cellSpec = ({ activation, output, data, method }, { row, column, seed }) => ({
  dataset: { name: data, samples: 100, testSamples: 0 },
  layers: Array(DEPTHS[row]).fill(WIDTH),
  activations: activation,
  output,
  init: { name: 'lecun_normal', gain: GAINS[column], seed },
  optimizer: METHODS[method],
  iterations: ITERATIONS,
  // Shades need no more digits, and it takes half the time.
  precision: /** @type {const} */ ('float32'),
  record: ITERATIONS,
});

/** Where a depth lies on the axis, in rows from the bottom edge. @param {number} depth */
export function placeOf(depth) {
  const above = DEPTHS.findIndex((known) => known >= depth);
  if (above <= 0) return above < 0 ? DEPTHS.length + 1 : 0.5;
  const [low, high] = [DEPTHS[above - 1], DEPTHS[above]];
  return above - 0.5 + (depth - low) / (high - low);
}

/**
 * For each band of depths the sizes with which its networks learn at least half of what there is to learn.
 *
 * @param {(row: number, column: number) => number | null} shade 0 for chance, 1 for all
 * @returns {{ depths: number[], from: number, to: number }[]} NaN where no size does
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

/** What the whole picture says, or nothing while it does not stand. @param {(row: number, column: number) => number | null} shade */
export function saidOf(shade) {
  if (DEPTHS.some((_, row) => shade(row, COLUMNS - 1) === null)) return '';
  const bands = windows(shade).map(
    ({ depths: [low, high], from, to }) =>
      `${low}–${high} layers: ${Number.isNaN(from) ? 'none' : `${from.toPrecision(2)} … ${to.toPrecision(2)}`}`,
  );
  return `Sizes with which networks get at least halfway from chance to perfect, on average. ${bands.join('; ')}.`;
}

/** The choices of a link; what it does not name, or names wrongly, is as at first. @param {string} hash "#activation=tanh&data=circles" @returns {PhaseChoice} */
export function readChoices(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const choices = Object.entries(CHOICES).map(([name, { options }]) => {
    const wanted = given.get(name) ?? '';
    return [name, Object.hasOwn(options, wanted) ? wanted : Object.keys(options)[0]];
  });
  return /** @type {any} */ (Object.fromEntries(choices));
}

/** The other way round: only what is not as at first. @param {Record<string, any>} choice */
export function writeChoices(choice) {
  const own = Object.entries(CHOICES).filter(
    ([name, { options }]) => choice[name] !== Object.keys(options)[0],
  );
  return new URLSearchParams(own.map(([name]) => [name, choice[name]])).toString();
}
