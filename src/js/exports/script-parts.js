/**
 * The parts that the scripts for all frameworks share: the heading, the data and the initial
 * weights. Both are drawn with NumPy, whose stream the lab uses, so that every framework starts
 * from the same numbers.
 */
import { initLine } from './framework-lines.js';
import { DATASETS, INITIALIZERS } from './numpy-recipes.js';

/** @typedef {import('../types.js').Points} Points */
/** @typedef {import('../types.js').Metrics} Metrics */

/**
 * A complete experiment; the parameters of its choices are numbers.
 *
 * @typedef {Omit<import('../types.js').CompleteSpec, 'dataset' | 'init' | 'optimizer' | 'output'> &
 *   Record<'dataset' | 'init' | 'optimizer', Record<string, any>> & { output: string } &
 *   Record<string, any>} ScriptSpec
 */

/** @typedef {import('../types.js').NetworkLayer} ScriptLayer */

/**
 * A run to write a script of.
 *
 * @typedef {object} ScriptRun
 * @property {ScriptSpec} spec
 * @property {import('../types.js').Network} network
 * @property {import('../types.js').Catalogue['activations']} activations
 * @property {number} iterations how far to train
 * @property {Metrics | null} metrics that the lab measured there
 * @property {{ train: Points, test: Points }} data
 * @property {Float64Array} initial parameters at iteration 0
 * @property {string} title
 * @property {string} [link]
 */

/**
 * @param {ScriptRun} run
 * @returns {ScriptLayer[]}
 */
export const layersOf = ({ network }) => network.layers;

/**
 * Indents every line that is not empty.
 *
 * @param {string} text
 * @param {number} [depth]
 */
export const indent = (text, depth = 1) => text.replace(/^(?=.)/gm, '    '.repeat(depth));

/**
 * @param {ScriptRun} run
 * @returns {boolean} whether an iteration takes less than all examples
 */
export const isBatched = ({ spec: { optimizer }, data }) =>
  optimizer.batchSize > 0 && optimizer.batchSize < data.train.y.length;

/** How many batches an epoch has. @param {ScriptRun} run */
export const batchesOf = (run) =>
  isBatched(run) ? Math.ceil(run.data.train.y.length / run.spec.optimizer.batchSize) : 1;

/**
 * The framework's own line for the start of a run, if one rule holds for all layers.
 *
 * @param {import('./framework-lines.js').LineFramework} framework
 * @param {ScriptRun} run
 */
export const ownLine = (framework, { spec: { init, parametrization, activations } }) =>
  (init.layers ?? []).some(Boolean) ||
  (parametrization?.name ?? 'standard') !== 'standard' ||
  takesSlopes(init, activations)
    ? undefined
    : initLine(framework, init);

/** A number as Python reads it. LSUV's weights can be infinite. @param {number} value */
const numberText = (value) =>
  Number.isFinite(value)
    ? String(value)
    : `float("${Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'}")`;

/** A number as a float of Python, where 1 is an integer. @param {number} value */
export const floatText = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/**
 * The factors of the learning rates of each layer's arrays, as a list of dictionaries of Python; 0
 * for those that are not trained.
 *
 * @param {ScriptLayer[]} layers
 * @param {string} weights what the script calls them
 * @param {string} biases
 */
export function factorsText(layers, weights, biases) {
  const lines = layers.map(({ weightFactor, biasFactor, frozen, normalization, skip }) => {
    const factors = [
      [weights, weightFactor],
      [biases, biasFactor],
      ...(normalization
        ? [
            ['gain', biasFactor],
            ['shift', biasFactor],
          ]
        : []),
      ...(skip?.learned ? [['scale', 1]] : []),
    ];
    return `    {${factors.map(([name, factor]) => `"${name}": ${frozen ? 0 : factor}`).join(', ')}},\n`;
  });
  return `[  # of the learning rate\n${lines.join('')}]`;
}

/** The learning rate at iteration t, as Python. @param {ScriptRun} run */
export function rateText({ spec: { optimizer } }) {
  const { learningRate, decayRate, decayInterval } = optimizer;
  return decayRate > 0
    ? `${learningRate} / (1 + ${decayRate} * (epoch // ${decayInterval}))`
    : String(learningRate);
}

/** The line of Python that counts the batches of an epoch. @param {ScriptRun} run */
export const perEpochText = (run) =>
  isBatched(run) ? `per_epoch = -(-len(x) // ${run.spec.optimizer.batchSize})\n` : '';

/**
 * Python lines that choose the examples of iteration t.
 *
 * @param {ScriptRun} run
 * @returns {string} empty for all examples
 */
export const batchText = ({ spec: { optimizer } }) => `epoch = (t - 1) // per_epoch
if (t - 1) % per_epoch == 0:
    order = np.random.RandomState(${optimizer.batchSeed} + epoch).permutation(m)
batch = order[(t - 1) % per_epoch * ${optimizer.batchSize}:][:${optimizer.batchSize}]`;

/**
 * @param {ScriptRun} run
 * @param {string} framework
 * @param {string} imports
 * @param {string[]} [notes] on what differs from the lab
 */
export function heading({ title, link, iterations, metrics, spec }, framework, imports, notes = []) {
  const measured = metrics
    ? `\nInit Lab measured after ${iterations} iterations:\n  cost           ${metrics.cost}\n  train accuracy ${metrics.trainAccuracy}\n  test accuracy  ${metrics.testAccuracy}\n`
    : '';
  const single = 'In float32 the last digits depend on the order of summation.';
  const remarks = [
    ...(spec.precision === 'float32' ? [single] : []),
    ...notes,
    'Large weights make the training chaotic: then costs agree to a few digits only.',
  ];
  return `#!/usr/bin/env python3
"""${title
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('\\', '')
    .replaceAll('"', "'")}: one run of Init Lab, in ${framework}.
${link ? `\n${link.replaceAll('\\', '').replaceAll('"', '%22')}\n` : ''}${measured}
${remarks.join('\n')}
"""
${imports}
`;
}

/**
 * @param {ScriptRun} run
 * @returns {string} X, Y, X_test, Y_test: a column is an example
 */
export function dataSection({ spec: { dataset, output }, data }) {
  const standardized = dataset.standardize
    ? `
mean, std = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
std[std == 0] = 1
X, X_test = (X - mean) / std, (X_test - mean) / std
`
    : '';
  if (dataset.name === 'digits') return digitsText(dataset, output) + standardized;
  const recipe = DATASETS[dataset.name];
  if (recipe === undefined)
    return `X, Y = ${pointsText(data.train)}\nX_test, Y_test = ${pointsText(data.test)}\n${standardized}`;
  return `
${recipe(dataset)}

X, Y = draw(${dataset.samples}, ${dataset.seed})
X_test, Y_test = draw(${dataset.testSamples}, ${dataset.testSeed})${dataset.testSamples === 0 ? '  # no test part' : ''}
${twoClasses(output)}${standardized}`;
}

/** @param {string} output */
const twoClasses = (output) =>
  output === 'softmax' || output === 'linear'
    ? ''
    : 'Y, Y_test = Y % 2, Y_test % 2  # one output unit: odd and even classes\n';

/**
 * @param {Record<string, any>} dataset
 * @param {string} output
 */
const digitsText = ({ samples, testSamples, seed }, output) => `
from sklearn.datasets import load_digits

digits = load_digits()
order = np.random.RandomState(${seed}).permutation(len(digits.target))
X, Y = digits.data[order].T / 16, digits.target[order].reshape(1, -1)
X_test, Y_test = X[:, ${samples}:${samples + testSamples}], Y[:, ${samples}:${samples + testSamples}]
X, Y = X[:, :${samples}], Y[:, :${samples}]
${twoClasses(output)}`;

/** @param {Points} points */
function pointsText({ features, x, y }) {
  const m = y.length;
  const rows = Array.from(
    { length: features },
    (_, f) => `    [${Array.from(x.subarray(f * m, (f + 1) * m)).join(', ')}],\n`,
  );
  return `np.array([\n${rows.join('')}]).reshape(${features}, -1), np.array([${Array.from(y).join(', ')}]).reshape(1, -1)`;
}

/**
 * Whether He's factor takes the slope of each layer's leaky ReLU.
 *
 * @param {Record<string, any>} init
 * @param {import('../types.js').Activation[]} activations
 */
const takesSlopes = (init, activations) =>
  init.slope === 0 && activations.some((each) => typeof each === 'object' && each.name === 'leaky_relu');

/**
 * Whether the weights of every layer follow from one rule and one seed, and the biases are zeros.
 *
 * @param {ScriptSpec} spec
 */
export function followsRule({ init, parametrization, activations }) {
  const isZero = (/** @type {any} */ bias) => bias === undefined || bias === null || bias.name === 'zeros';
  return (
    INITIALIZERS[init.name] !== undefined &&
    !init.low &&
    !init.high &&
    !(init.biasStd > 0) &&
    !takesSlopes(init, activations) &&
    !(init.layers ?? []).some(Boolean) &&
    isZero(init.bias) &&
    isZero(init.outputBias) &&
    (parametrization?.name ?? 'standard') === 'standard'
  );
}

/**
 * What a layer holds besides W and b, each (out, 1) or (1, 1).
 *
 * @param {ScriptLayer} layer
 * @returns {[name: string, shape: string, start: string][]}
 */
const extras = ({ out, skip, normalization }) => [
  .../** @type {[string, string, string][]} */ (
    normalization
      ? [
          ['gain', `(${out}, 1)`, `np.ones((${out}, 1))`],
          ['shift', `(${out}, 1)`, `np.zeros((${out}, 1))`],
        ]
      : []
  ),
  .../** @type {[string, string, string][]} */ (
    skip?.learned ? [['scale', '(1, 1)', `np.full((1, 1), ${floatText(skip.scale)})`]] : []
  ),
];

/**
 * @param {ScriptRun} run
 * @returns {string} P: one dictionary a layer, with W of shape (n_out, n_in) and b (n_out, 1)
 */
export function startSection(run) {
  const { spec, initial } = run;
  const { init } = spec;
  const layers = layersOf(run);
  const sizes = `sizes = [${[layers[0].in, ...layers.map(({ out }) => out)].join(', ')}]`;
  if (!followsRule(spec)) {
    const shapes = layers.map((layer) => {
      const parts = [['W', `(${layer.out}, ${layer.in})`], ['b', `(${layer.out}, 1)`], ...extras(layer)];
      return `    {${parts.map(([name, shape]) => `"${name}": ${shape}`).join(', ')}},\n`;
    });
    return `
# The start: ${init.name}, as the lab drew it, layer by layer, each array row by row.
${sizes}
shapes = [
${shapes.join('')}]
start = np.array([${Array.from(initial, numberText).join(', ')}], float)
P, offset = [], 0
for shape in shapes:
    P.append({})
    for name, (rows, columns) in shape.items():
        P[-1][name] = start[offset:offset + rows * columns].reshape(rows, columns).copy()
        offset += rows * columns
`;
  }
  const rule = INITIALIZERS[init.name];
  const draw = {
    normal: `random.randn(n_out, n_in) * (${rule.size(init)})`,
    uniform: `random.uniform(-(${rule.size(init)}), ${rule.size(init)}, (n_out, n_in))`,
    fixed: `np.full((n_out, n_in), ${rule.size(init)})`,
  }[rule.kind];
  const more = layers.flatMap((layer, l) =>
    extras(layer).map(([name, , start]) => `P[${l}]["${name}"] = ${start}\n`),
  );
  return `
# The start: ${init.name}. Layer by layer after one seed, W of shape (n_out, n_in), biases zero.
${sizes}
random = np.random.RandomState(${init.seed})
P = []
for n_in, n_out in zip(sizes, sizes[1:]):
    P.append({"W": ${draw}, "b": np.zeros((n_out, 1))})
${more.join('')}`;
}

/**
 * Python lines that print the figures.
 *
 * @param {number} iterations
 * @param {string} [test] a further argument of the accuracy on the test part
 */
export const printText = (iterations, test = '') => `
print("iterations     %d" % ${iterations})
print("cost           %r" % float(cost(X, Y)))
print("train accuracy %r" % float(accuracy(X, Y)))
print("test accuracy  %r" % float(accuracy(X_test, Y_test${test})))
`;
