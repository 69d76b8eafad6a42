/**
 * init-lab diagnose: signals, gradients and units of every layer, at the start and during training.
 */
import { Option } from 'commander';
import { MOST_ITERATIONS } from '../butterfly.js';
import { expected, rangeError } from '../errors.js';
import { CURVATURE, TABLES, measurementsCsv, tableOf } from '../exports/measurements-table.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { UsageError } from './exit.js';
import { readAxis } from './grid.js';
import { isWeights, mapExperiments, readWeights, readWithData } from './inputs.js';
import { JSON_HELP, tableText, write } from './output.js';
import { withInputOptions } from './training-options.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').Curvature} Curvature */
/** @typedef {import('../csv.js').Cell} Cell */
/** @typedef {import('../exports/measurements-table.js').Measurement} Measurement */

/**
 * @typedef {Measurement & { shape: { lengthFluctuation: number, widthSum: number, bornDeadBound:
 *   number } }} Diagnosis
 */

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
      else if (csv) await write(measurementsCsv(all));
      else {
        for (const [title, columns] of Object.entries(TABLES))
          await write(`${title}\n\n${tableText(...tableOf(all, columns))}\n`);
        await write(
          `Curvature of the cost, and distance from the start\n\n${tableText(...curvatureTable(all))}\n`,
        );
      }
    });
}
