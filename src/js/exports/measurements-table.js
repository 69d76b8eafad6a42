/** Signals, weights, units and curvature as tables, for the command line and the lab. */
import { csvText, short } from '../csv.js';

/** @typedef {import('../types.js').LayerDiagnostics} LayerDiagnostics */
/** @typedef {import('../types.js').LayerPrediction} LayerPrediction */
/** @typedef {import('../types.js').Distribution} Distribution */
/** @typedef {import('../types.js').Curvature} Curvature */
/** @typedef {import('../csv.js').Cell} Cell */
/** @typedef {{ forward: number, backward: number }} Factors n_in Var W and n_out Var W */

/**
 * One experiment at one iteration.
 *
 * @typedef {object} Measurement
 * @property {string} name
 * @property {number} iteration
 * @property {LayerDiagnostics[]} layers
 * @property {number} distance of all parameters from those at iteration 0
 * @property {Curvature} curvature
 * @property {LayerPrediction[]} predicted
 * @property {Factors[]} conditions
 */

/**
 * A row of the table. Theory predicts iteration 0 only.
 *
 * @typedef {{ layer: LayerDiagnostics, predicted?: LayerPrediction, conditions?: Factors } & Whole}
 *   Row
 */

/**
 * Measurements of the whole network.
 *
 * @typedef {Pick<Measurement, 'curvature' | 'distance'>} Whole
 */

/** The mean square, which theory predicts. @param {Distribution} distribution */
const meanSquare = ({ mean, variance }) => variance + mean * mean;

/** The first and the last of sorted values. @param {number[]} values */
const endsText = (values) =>
  values.length === 0 ? '' : `${short(values[0])} … ${short(values[values.length - 1])}`;

/**
 * The columns of each table, by the table's title.
 *
 * @type {Record<string, Record<string, (row: Row) => Cell>>}
 */
export const TABLES = {
  'Signals: means, variances, and measured beside predicted mean squares': {
    'mean z': ({ layer }) => short(layer.preActivation.mean),
    'var z': ({ layer }) => short(layer.preActivation.variance),
    'z²': ({ layer }) => short(meanSquare(layer.preActivation)),
    'theory z²': ({ predicted }) => predicted && short(predicted.preActivation),
    'mean a': ({ layer }) => short(layer.activation.mean),
    'var a': ({ layer }) => short(layer.activation.variance),
    '(dJ/dz)²': ({ layer }) => short(meanSquare(layer.preActivationGradient)),
    'theory (dJ/dz)²': ({ predicted }) => predicted && short(predicted.preActivationGradient),
    'var dJ/da': ({ layer }) => short(layer.activationGradient.variance),
  },
  'Weights and units': {
    '|W|': ({ layer }) => short(layer.weightNorm),
    '|dJ/dW|': ({ layer }) => short(layer.gradientNorm),
    'update / W': ({ layer }) => short(layer.updateRatio),
    '|W - W0| / |W0|': ({ layer }) => short(layer.distance),
    dead: ({ layer }) => layer.dead.length,
    saturated: ({ layer }) => short(layer.saturated),
    distinct: ({ layer }) => layer.distinct,
    cosine: ({ layer }) => short(layer.largestCosine),
    rank: ({ layer }) => (layer.rank < 0 ? '' : layer.rank),
    'singular values σ': ({ layer }) => endsText(layer.singularValues),
    'theory σ': ({ predicted }) =>
      predicted && endsText([predicted.greatestSingularValue, predicted.leastSingularValue]),
    'n_in Var W': ({ conditions }) => conditions && short(conditions.forward),
    'n_out Var W': ({ conditions }) => conditions && short(conditions.backward),
  },
};

/**
 * @param {Measurement[]} all
 * @param {Record<string, (row: Row) => Cell>} columns
 * @returns {[string[], Cell[][]]}
 */
export function tableOf(all, columns) {
  const rows = all.flatMap(({ name, iteration, layers, predicted, conditions, curvature, distance }) =>
    layers.map((layer, l) => {
      const theory = iteration === 0 ? { predicted: predicted[l], conditions: conditions[l] } : {};
      const row = /** @type {Row} */ ({ layer, curvature, distance, ...theory });
      return [name, iteration, l + 1, ...Object.values(columns).map((cell) => cell(row))];
    }),
  );
  return [['experiment', 'iteration', 'layer', ...Object.keys(columns)], rows];
}

/**
 * The columns of the table with one row for each experiment and iteration.
 *
 * @type {Record<string, (whole: Whole) => Cell>}
 */
export const CURVATURE = {
  'λ max': ({ curvature }) => short(curvature.greatest),
  'λ min': ({ curvature }) => short(curvature.least),
  'rate * λ max': ({ curvature }) => short(curvature.step),
  'iterations to leave': ({ curvature }) => short(curvature.escape),
  'all |W - W0| / |W0|': ({ distance }) => short(distance),
};

/** The singular values of a layer, which take long to compute for wide layers. */
const SINGULAR = /singular|σ|^rank$/;

/**
 * Returns one row for each measurement and layer, with the columns of all tables.
 *
 * @param {Measurement[]} all
 * @param {{ singularValues?: boolean }} [options] whether the layers hold their singular values
 * @returns {string}
 */
export function measurementsCsv(all, { singularValues = true } = {}) {
  const columns = Object.entries({ ...Object.assign({}, ...Object.values(TABLES)), ...CURVATURE });
  const kept = columns.filter(([name]) => singularValues || !SINGULAR.test(name));
  return csvText(...tableOf(all, Object.fromEntries(kept)));
}
