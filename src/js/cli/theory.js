/** init-lab diagnose and theory: what the signals do at the start and during training, and what was to be expected. */
import { InvalidArgumentError, Option } from 'commander';
import { fieldError } from '../errors.js';
import { loadLab } from '../lab.js';
import { readAxis } from '../sweep.js';
import { ofEach, readWithChanges } from './inputs.js';
import { JSON_HELP, csvText, jsonText, short, tableText, write } from './output.js';
import { collect, readNumber } from './training.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').LayerDiagnostics} LayerDiagnostics */
/** @typedef {import('../types.js').LayerPrediction} LayerPrediction */
/** @typedef {import('../types.js').Distribution} Distribution */
/** @typedef {import('./output.js').Cell} Cell */
/** @typedef {{ name: string, iteration: number, layers: LayerDiagnostics[], predicted: LayerPrediction[], conditions: { forward: number, backward: number }[], shape: { lengthFluctuation: number, widthSum: number, bornDeadBound: number } }} Diagnosis */
/** @typedef {{ layer: LayerDiagnostics, predicted: LayerPrediction | undefined, conditions: { forward: number, backward: number } | undefined }} Row of one layer; theory speaks of iteration 0 only */

/** Mean square: what theory predicts. @param {Distribution} distribution */
const square = ({ mean, variance }) => variance + mean * mean;

/** @param {number[]} values */
const ends = (values) =>
  values.length === 0 ? '' : `${short(values[0])} … ${short(values[values.length - 1])}`;

/** Columns of the tables, by what they are about. @type {Record<string, Record<string, (row: Row) => Cell>>} */
const TABLES = {
  'Signals: means, variances, and mean squares beside those that theory predicts': {
    'mean z': ({ layer }) => short(layer.preActivation.mean),
    'var z': ({ layer }) => short(layer.preActivation.variance),
    'z²': ({ layer }) => short(square(layer.preActivation)),
    'theory z²': ({ predicted }) => predicted && short(predicted.preActivation),
    'mean a': ({ layer }) => short(layer.activation.mean),
    'var a': ({ layer }) => short(layer.activation.variance),
    '(dJ/dz)²': ({ layer }) => short(square(layer.preActivationGradient)),
    'theory (dJ/dz)²': ({ predicted }) => predicted && short(predicted.preActivationGradient),
    'var dJ/da': ({ layer }) => short(layer.activationGradient.variance),
  },
  'Weights and units': {
    '|W|': ({ layer }) => short(layer.weightNorm),
    '|dJ/dW|': ({ layer }) => short(layer.gradientNorm),
    'update / W': ({ layer }) => short(layer.updateRatio),
    dead: ({ layer }) => layer.dead.length,
    saturated: ({ layer }) => short(layer.saturated),
    distinct: ({ layer }) => layer.distinct,
    cosine: ({ layer }) => short(layer.largestCosine),
    rank: ({ layer }) => (layer.rank < 0 ? '' : layer.rank),
    'singular values σ': ({ layer }) => ends(layer.singularValues),
    'theory σ': ({ predicted }) =>
      predicted && ends([predicted.greatestSingularValue, predicted.leastSingularValue]),
    'n_in Var W': ({ conditions }) => conditions && short(conditions.forward),
    'n_out Var W': ({ conditions }) => conditions && short(conditions.backward),
  },
};

/** @param {Diagnosis[]} all @param {Record<string, (row: Row) => Cell>} columns @returns {[string[], Cell[][]]} */
function tableOf(all, columns) {
  const rows = all.flatMap(({ name, iteration, layers, predicted, conditions }) =>
    layers.map((layer, l) => {
      const theory = iteration === 0 ? { predicted: predicted[l], conditions: conditions[l] } : {};
      const row = /** @type {Row} */ ({ layer, ...theory });
      return [name, iteration, l + 1, ...Object.values(columns).map((cell) => cell(row))];
    }),
  );
  return [['experiment', 'iteration', 'layer', ...Object.keys(columns)], rows];
}

/** @param {string} text "0,100,1000" or "0..10000:11" @returns {number[]} ascending */
function readMoments(text) {
  const { values } = readAxis(`at=${text}`);
  const wrong = values.find(
    (value) => !Number.isInteger(value) || !(Number(value) >= 0 && Number(value) <= 1e8),
  );
  if (wrong !== undefined)
    throw fieldError('--at', wrong, 'whole numbers from 0 to 100000000, such as 0,100,1000');
  return [...new Set(/** @type {number[]} */ (values))].sort((a, b) => a - b);
}

/** @param {Command} program */
export function addDiagnose(program) {
  program
    .command('diagnose')
    .summary('measure signals, gradients and dead units')
    .description(
      'Measures every layer on the training examples, at the start or during training: means and variances of\npre-activations, activations and gradients, norms, update-to-weight ratio, dead, saturated and distinct units, rank and\nsingular values, beside what theory predicts for iteration 0.',
    )
    .argument('<spec>', 'a JSON or YAML file, the name of a preset, or - for standard input')
    .option('--set <field=value>', 'replace a field (repeatable)', collect)
    .addOption(new Option('--at <iterations>', 'after so many, such as 100 or 0,100,1000').default('0'))
    .option('--csv', 'the tables’ columns as comma-separated values')
    .addOption(new Option('--json', 'everything that was measured, histograms too, as JSON').conflicts('csv'))
    .addHelpText(
      'after',
      `
Theory: z² and (dJ/dz)² by Poole et al. 2016 and Schoenholz et al. 2017; n_in Var W = 1 keeps a linear signal forward,
n_out Var W = 1 its gradient backward (Glorot & Bengio 2010), n_in Var W = 2 a rectified one (He et al. 2015); singular
values by Saxe et al. 2013 (orthogonal) and Marchenko & Pastur 1967; init-lab theory says the rest.

${JSON_HELP}`,
    )
    .action(async (source, { set, at, json, csv }) => {
      const lab = await loadLab();
      const moments = readMoments(at);
      /** @type {Diagnosis[]} */
      const all = ofEach(readWithChanges(lab, source, set), ({ name, spec }) => {
        const session = lab.createSession(spec);
        try {
          const { init, layers: widths } = session.spec;
          const predicted = session.predictedSignals();
          const conditions = session.network.layers.map(({ in: fanIn, out: fanOut }, l) => {
            const deviation = lab.weightStandardDeviation(init.layers?.[l] ?? init, fanIn, fanOut);
            if (Number.isNaN(deviation)) return { forward: NaN, backward: NaN, rectified: NaN };
            return lab.theory.varianceFactors(deviation, fanIn, fanOut);
          });
          const shape = lab.theory.shape(widths);
          return moments.map((iteration) => {
            session.step(iteration - session.iteration);
            return { name, iteration, ...session.diagnostics(), predicted, conditions, shape };
          });
        } finally {
          session.dispose();
        }
      }).flat();
      if (json) await write(`${jsonText(all, 2)}\n`);
      else if (csv) await write(csvText(...tableOf(all, Object.assign({}, ...Object.values(TABLES)))));
      else
        for (const [title, columns] of Object.entries(TABLES))
          await write(`${title}\n\n${tableText(...tableOf(all, columns))}\n`);
    });
}

/** @param {string} text @returns {number} */
function readVariance(text) {
  const value = readNumber(text);
  if (!(value >= 0 && value <= 1e12)) throw new InvalidArgumentError('Expected a number from 0 to 1e12.');
  return value;
}

/** @param {Command} program */
export function addTheory(program) {
  program
    .command('theory')
    .summary('what the papers predict for wide and for narrow networks')
    .description(
      'For weights of variance WEIGHT / n_in and biases of variance BIAS: the variance that pre-activations tend to (q*),\nchi1 (1 is the edge of chaos) and how many layers a signal survives. Poole et al. 2016, Schoenholz et al. 2017.\nWith --layers also what narrow rectified layers do: Hanin & Rolnick 2018, Lu et al. 2020.',
    )
    .argument('<activation>', 'relu, tanh, …')
    .requiredOption('--weight-variance <number>', 'sigma_w²', readVariance)
    .option('--bias-variance <number>', 'sigma_b²', readVariance, 0)
    .option('--start <number>', 'q of the first layer, on which q* of GELU and SiLU depends', readVariance, 1)
    .option('--layers <widths>', 'of the hidden layers, such as 10,5')
    .option('--json', 'as JSON')
    .addHelpText('after', `\n${JSON_HELP}`)
    .action(async (activation, { weightVariance, biasVariance, start, layers, json }) => {
      const { theory } = await loadLab();
      const point = theory.meanField({ activation, weightVariance, biasVariance }, start);
      const edge = theory.edgeOfChaos(activation, biasVariance);
      const shape =
        layers === undefined
          ? undefined
          : theory.shape(/** @type {number[]} */ (readAxis(`layers=${layers}`).values));
      if (json) {
        await write(`${jsonText({ ...point, edgeOfChaos: edge, ...(shape ? { shape } : {}) }, 2)}\n`);
        return;
      }
      const rows = [
        [
          'q*',
          point.fixedVariance,
          `variance that q -> sigma_w² E[phi(sqrt(q) z)²] + sigma_b² leads to from q = ${short(start)}`,
        ],
        ['chi1', point.chi1, 'sigma_w² E[phi’(sqrt(q*) z)²], what a layer does to a gradient’s square'],
        ['depth scale', point.depthScale, '1 / |ln chi1| layers, over which that changes by the factor e'],
        ['c*', point.fixedCorrelation, 'correlation that two inputs are led to'],
        [
          'its depth scale',
          point.correlationDepthScale,
          'layers over which theirs comes e-fold nearer; six of them bound training (Schoenholz et al. 2017)',
        ],
        ['edge of chaos', edge.weightVariance, 'sigma_w² at which chi1 = 1, for this sigma_b²'],
        ...(shape
          ? [
              ['width sum', shape.widthSum, 'sum of 1 / n over the hidden layers'],
              [
                'spread',
                shape.lengthFluctuation,
                'E[M²] / E[M]² = product of 1 + 5 / n, He’s start and ReLU',
              ],
              ['born dead', shape.bornDeadBound, 'at most 1 - product of 1 - 2^-n, ReLU and no biases'],
            ]
          : []),
      ];
      await write(
        tableText(
          ['quantity', 'value', 'what it is'],
          rows.map(([name, value, what]) => [name, short(Number(value)), what]),
        ),
      );
    });
}
