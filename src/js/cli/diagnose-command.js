/**
 * init-lab diagnose: signals, gradients and units of every layer, at the start and during training.
 */
import { Option } from 'commander';
import { MOST_ITERATIONS } from '../butterfly.js';
import { csvText } from '../csv.js';
import { expected, rangeError } from '../errors.js';
import { readAxis } from './grid.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { UsageError } from './exit.js';
import { isWeights, mapExperiments, readWeights, readWithData } from './inputs.js';
import { JSON_HELP, short, tableText, write } from './output.js';
import { withInputOptions } from './training-options.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').LayerDiagnostics} LayerDiagnostics */
/** @typedef {import('../types.js').LayerPrediction} LayerPrediction */
/** @typedef {import('../types.js').Distribution} Distribution */
/** @typedef {import('../types.js').Curvature} Curvature */
/** @typedef {import('../csv.js').Cell} Cell */
/** @typedef {{ forward: number, backward: number }} Factors n_in Var W and n_out Var W */

/**
 * One experiment at one iteration.
 *
 * @typedef {object} Diagnosis
 * @property {string} name
 * @property {number} iteration
 * @property {LayerDiagnostics[]} layers
 * @property {number} distance of all parameters from those at iteration 0
 * @property {Curvature} curvature
 * @property {LayerPrediction[]} predicted
 * @property {Factors[]} conditions
 * @property {{ lengthFluctuation: number, widthSum: number, bornDeadBound: number }} shape
 */

/**
 * A row of the table. Theory predicts iteration 0 only.
 *
 * @typedef {{ layer: LayerDiagnostics, predicted?: LayerPrediction, conditions?: Factors } & Whole}
 *   Row
 */

/** Measurements of the whole network. @typedef {Pick<Diagnosis, 'curvature' | 'distance'>} Whole */

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
const TABLES = {
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
 * @param {Diagnosis[]} all
 * @param {Record<string, (row: Row) => Cell>} columns
 * @returns {[string[], Cell[][]]}
 */
function tableOf(all, columns) {
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
const CURVATURE = {
  'λ max': ({ curvature }) => short(curvature.greatest),
  'λ min': ({ curvature }) => short(curvature.least),
  'rate * λ max': ({ curvature }) => short(curvature.step),
  'iterations to leave': ({ curvature }) => short(curvature.escape),
  'all |W - W0| / |W0|': ({ distance }) => short(distance),
};

/** What the product of learning rate and λ max means. @param {Curvature} curvature */
const stepText = ({ step }) => {
  if (Number.isNaN(step)) return 'the curvature is not finite';
  return step > 2 ? 'above 2: steps overshoot' : 'below 2: steps are stable';
};

/**
 * @param {Diagnosis[]} all
 * @returns {[string[], Cell[][]]}
 */
function curvatureTable(all) {
  const rows = all.map((diagnosis) => [
    diagnosis.name,
    diagnosis.iteration,
    ...Object.values(CURVATURE).map((cell) => cell(diagnosis)),
    stepText(diagnosis.curvature),
  ]);
  return [['experiment', 'iteration', ...Object.keys(CURVATURE), 'gradient descent'], rows];
}

/**
 * @param {string} text "0,100,1000" or "0..10000:11"
 * @returns {number[]} ascending
 */
function readIterations(text) {
  const { values } = readAxis(`at=${text}`);
  const wrong = values.find(
    (value) => !Number.isInteger(value) || !(Number(value) >= 0 && Number(value) <= MOST_ITERATIONS),
  );
  if (wrong !== undefined) throw rangeError('--at', wrong, expected.integer(0, MOST_ITERATIONS));
  return [...new Set(/** @type {number[]} */ (values))].sort((a, b) => a - b);
}

/**
 * Starts a session with the weights of a file.
 *
 * @param {import('../lab.js').Lab} lab
 * @param {import('../types.js').Spec} spec
 * @param {import('../exports/weights.js').WeightsNetwork} weights
 */
function sessionOfWeights(lab, spec, weights) {
  const session = lab.createSession(spec);
  try {
    if (session.network.layers[0].in !== weights.features)
      throw new UsageError('weights-features', {
        value: weights.features,
        accepted: session.network.layers[0].in,
      });
    session.setParameters(weights.parameters);
    return session;
  } catch (error) {
    session.dispose();
    throw error;
  }
}

/**
 * Trains to each of the iterations and measures there.
 *
 * @param {import('../lab.js').Lab} lab
 * @param {import('../experiments.js').NamedSpec} experiment
 * @param {number[]} iterations ascending
 * @param {import('../exports/weights.js').WeightsNetwork} [weights] instead of the initializer's
 * @returns {Diagnosis[]}
 */
function diagnose(lab, { name, spec }, iterations, weights) {
  const session = weights ? sessionOfWeights(lab, spec, weights) : lab.createSession(spec);
  try {
    const { init, layers: widths } = session.spec;
    // Theory predicts the signals of an initializer, not of given weights.
    const predicted = weights ? [] : session.predictedSignals();
    const conditions = (weights ? [] : session.network.layers).map(({ in: fanIn, out: fanOut }, l) => {
      const deviation = lab.weightStandardDeviation(init.layers?.[l] ?? init, fanIn, fanOut);
      if (Number.isNaN(deviation)) return { forward: NaN, backward: NaN, rectified: NaN };
      return lab.theory.varianceFactors(deviation, fanIn, fanOut);
    });
    const shape = lab.theory.shape(widths);
    return iterations.map((iteration) => {
      session.step(iteration - session.iteration);
      const curvature = session.curvature();
      return { name, iteration, ...session.diagnostics(), curvature, predicted, conditions, shape };
    });
  } finally {
    session.dispose();
  }
}

/** @param {Command} program */
export function addDiagnose(program) {
  withInputOptions(
    program
      .command('diagnose')
      .summary('measure signals, gradients and dead units')
      .description(
        `Measures every layer on the training examples, at the start or during training: means and variances of
pre-activations, activations and gradients, norms, update-to-weight ratio, dead, saturated and distinct units, rank and
singular values, the curvature of the cost, how far the weights have moved, and the values that theory predicts for
iteration 0.`,
      ),
  )
    .addOption(
      new Option('--at <iterations>', 'the iterations to measure at, such as 100 or 0,100,1000').default('0'),
    )
    .option('--csv', 'the columns of all tables as comma-separated values')
    .addOption(new Option('--json', 'all measurements, histograms included, as JSON').conflicts('csv'))
    .addHelpText(
      'after',
      `
Weights of your own, as PyTorch's state_dict or numpy.savez holds them, are measured on the examples of --data:
  $ init-lab diagnose weights.safetensors --data train.csv --set activations=tanh

Theory: z² and (dJ/dz)² after Poole et al. 2016 and Schoenholz et al. 2017. A linear signal keeps its size forward if
n_in Var W = 1 and its gradient backward if n_out Var W = 1 (Glorot & Bengio 2010), a rectified one if n_in Var W = 2
(He et al. 2015). Singular values after Saxe et al. 2013 (orthogonal) and Marchenko & Pastur 1967. See init-lab theory.
λ max and λ min are the ends of the spectrum of the cost's Hessian. For plain gradient descent: steps overshoot where
rate * λ max is above 2; the distance from a saddle grows by the factor e in 1 / (rate * |λ min|) iterations.

${JSON_HELP}`,
    )
    .action(async (source, options) => {
      const { at, json, csv } = options;
      const lab = await loadLab();
      const iterations = readIterations(at);
      const weights = isWeights(source) ? readWeights(source) : undefined;
      if (weights && options.data === undefined)
        throw new UsageError('weights-without-data', { field: '--data' });
      const all = mapExperiments(await readWithData(lab, source, options), (experiment) =>
        diagnose(lab, experiment, iterations, weights),
      ).flat();
      if (json) await write(`${jsonText(all, 2)}\n`);
      else if (csv)
        await write(csvText(...tableOf(all, Object.assign({}, ...Object.values(TABLES), CURVATURE))));
      else {
        for (const [title, columns] of Object.entries(TABLES))
          await write(`${title}\n\n${tableText(...tableOf(all, columns))}\n`);
        await write(
          `Curvature of the cost, and distance from the start\n\n${tableText(...curvatureTable(all))}\n`,
        );
      }
    });
}
