/** init-lab theory: what the papers predict for wide and for narrow networks. */
import { InvalidArgumentError } from 'commander';
import { short } from '../csv.js';
import { readAxis } from './grid.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { LIMITS, SKIP_SCALES } from '../limits.js';
import { UsageError } from './exit.js';
import { JSON_HELP, tableText, write } from './output.js';
import { readNumber, wholeNumber } from './training-options.js';
import { usageSentence } from './usage-sentences.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../lab.js').Lab} Lab */

/**
 * @param {string} text
 * @returns {number}
 */
function readVariance(text) {
  const value = readNumber(text);
  if (!(value >= 0 && value <= 1e12)) throw new InvalidArgumentError(usageSentence('not-a-variance'));
  return value;
}

/** @param {string} text */
function readBranches(text) {
  const count = wholeNumber(1)(text);
  if (count > LIMITS.layers)
    throw new InvalidArgumentError(usageSentence('too-many', { high: LIMITS.layers }));
  return count;
}

/**
 * The growth of the signals' variance over a residual stack, by branch scale.
 *
 * @param {Lab} lab
 * @param {string} activation
 * @param {number} weightVariance
 * @param {number} branches
 * @returns {Record<string, number>}
 */
function residualGrowth({ theory, catalogue }, activation, weightVariance, branches) {
  const leaky = catalogue.activations.find(({ name }) => name === 'leaky_relu');
  const slopes = new Map([
    ['relu', 0],
    ['leaky_relu', Number(leaky?.parameters[0].value)],
    ['linear', 1],
  ]);
  const slope = slopes.get(activation);
  if (slope === undefined)
    throw new UsageError('no-growth-law', {
      field: '--branches',
      value: activation,
      names: [...slopes.keys()],
    });
  const scales = { 1: 1, '1/sqrt(L)': 1 / Math.sqrt(branches), '1/L': 1 / branches };
  return Object.fromEntries(
    SKIP_SCALES.map((name) => [name, theory.residualGrowth(scales[name], weightVariance, branches, slope)]),
  );
}

/**
 * @typedef {{ weightVariance: number, biasVariance: number, start: number, layers?: string,
 *   branches?: number, json?: boolean }} TheoryOptions
 */

/**
 * What the papers predict.
 *
 * @param {Lab} lab
 * @param {string} activation
 * @param {TheoryOptions} options
 */
function predictions(lab, activation, { weightVariance, biasVariance, start, layers, branches }) {
  const { theory } = lab;
  return {
    point: theory.meanField({ activation, weightVariance, biasVariance }, start),
    edge: theory.edgeOfChaos(activation, biasVariance),
    normalized: {
      batch: theory.normalizedGradientGrowth(activation, 'batch'),
      layer: theory.normalizedGradientGrowth(activation, 'layer'),
    },
    shape:
      layers === undefined
        ? undefined
        : theory.shape(/** @type {number[]} */ (readAxis(`layers=${layers}`).values)),
    residual: branches === undefined ? undefined : residualGrowth(lab, activation, weightVariance, branches),
  };
}

/**
 * Names, values and explanations for people.
 *
 * @param {ReturnType<typeof predictions>} theory
 * @param {TheoryOptions} options
 * @returns {(string | number)[][]}
 */
function rowsOf(theory, options) {
  return [
    [
      'q*',
      theory.point.fixedVariance,
      `limit of q -> sigma_w² E[phi(sqrt(q) z)²] + sigma_b², starting from q = ${short(options.start)}`,
    ],
    ['chi1', theory.point.chi1, 'sigma_w² E[phi’(sqrt(q*) z)²], factor of a gradient’s square per layer'],
    [
      'depth scale',
      theory.point.depthScale,
      '1 / |ln chi1|: layers over which the gradient’s square changes by the factor e',
    ],
    ['c*', theory.point.fixedCorrelation, 'limit of the correlation of two inputs over depth'],
    [
      'depth scale of c*',
      theory.point.correlationDepthScale,
      'layers over which the distance to c* falls by the factor e; training works up to about six of them',
    ],
    ['edge of chaos', theory.edge.weightVariance, 'sigma_w² at which chi1 = 1, for this sigma_b²'],
    [
      'batch norm',
      theory.normalized.batch,
      'growth of the gradient’s norm per layer with batch normalization (Yang et al. 2019)',
    ],
    [
      'layer norm',
      theory.normalized.layer,
      'growth of the gradient’s norm per layer with layer normalization',
    ],
    ...Object.entries(theory.residual ?? {}).map(([scale, growth]) => [
      `skips × ${scale}`,
      growth,
      `growth of the signals’ variance over ${options.branches} branches of this scale`,
    ]),
    ...(theory.shape
      ? [
          ['width sum', theory.shape.widthSum, 'sum of 1 / n over the hidden layers'],
          [
            'spread',
            theory.shape.lengthFluctuation,
            'E[M²] / E[M]² = product of 1 + 5 / n, for He’s initializer and ReLU',
          ],
          [
            'P(born dead)',
            theory.shape.bornDeadBound,
            'upper bound 1 - product of 1 - 2^-n, for ReLU without biases',
          ],
        ]
      : []),
  ];
}

/** @param {Command} program */
export function addTheory(program) {
  program
    .command('theory')
    .summary('show what papers predict for wide and for narrow networks')
    .description(
      `For weights of variance WEIGHT / n_in and biases of variance BIAS: the limit of the pre-activations' variance over depth
(q*), chi1 (1 is the edge of chaos) and the number of layers over which a signal decays. Poole et al. 2016, Schoenholz et
al. 2017. With --layers also predictions for narrow ReLU layers: Hanin & Rolnick 2018, Lu et al. 2020. With --branches also
the growth of the signals over a stack with skip connections: Yang & Schoenholz 2017, De & Smith 2020.`,
    )
    .argument('<activation>', 'relu, tanh, …')
    .requiredOption('--weight-variance <number>', 'sigma_w²', readVariance)
    .option('--bias-variance <number>', 'sigma_b²', readVariance, 0)
    .option('--start <number>', 'q of the first layer; q* of GELU and SiLU depends on it', readVariance, 1)
    .option('--layers <widths>', 'widths of the hidden layers, such as 10,5')
    .option('--branches <count>', 'residual branches L, each behind a skip connection', readBranches)
    .option('--json', 'as JSON')
    .addHelpText('after', `\n${JSON_HELP}`)
    .action(async (activation, options) => {
      const theory = predictions(await loadLab(), activation, options);
      const { point, edge, normalized, shape, residual } = theory;
      if (options.json) {
        const all = {
          ...point,
          edgeOfChaos: edge,
          normalizedGradientGrowth: normalized,
          ...(shape ? { shape } : {}),
          ...(residual ? { residualGrowth: residual } : {}),
        };
        await write(`${jsonText(all, 2)}\n`);
        return;
      }
      const rows = rowsOf(theory, options).map(([name, value, what]) => [name, short(Number(value)), what]);
      await write(tableText(['quantity', 'value', 'what it is'], rows));
    });
}
