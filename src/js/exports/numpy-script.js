/**
 * A NumPy script that reproduces one run: the data, the initial weights and the training, in the
 * plain style of the course.
 */
import { METHODS } from './numpy-recipes.js';
import {
  batchText,
  batchesOf,
  dataSection,
  factorsText,
  heading,
  indent,
  isBatched,
  layersOf,
  printText,
  rateText,
  startSection,
} from './script-parts.js';

/** @typedef {import('./script-parts.js').ScriptRun} ScriptRun */
/** @typedef {import('./script-parts.js').ScriptLayer} ScriptLayer */

/**
 * @param {ScriptRun} run
 * @returns {string} Python 3 with NumPy
 */
export function numpyScript(run) {
  const imports = `import math

import numpy as np

np.seterr(all="ignore")  # infinite costs are part of the story`;
  return [
    heading(run, 'NumPy', imports),
    dataSection(run),
    startSection(run),
    functionSection(run),
    networkSection(run),
    trainingSection(run),
  ].join('\n');
}

/**
 * The Python name of an activation. Layers may differ in its parameter.
 * @param {Pick<ScriptLayer, 'activation' | 'parameter'>} layer
 */
const functionName = ({ activation, parameter }) =>
  parameter === 0 ? activation : `${activation}_${String(parameter).replace(/\W/g, '_')}`;

/** @param {ScriptRun} run */
function functionSection(run) {
  const outputs = run.spec.output === 'softmax' ? [] : [{ activation: run.spec.output, parameter: 0 }];
  const layers = [...layersOf(run).slice(0, -1), ...outputs];
  const functions = new Map(layers.map((layer) => [functionName(layer), layer]));
  return [...functions]
    .map(([name, { activation, parameter }]) => {
      const row = run.activations.find((each) => each.name === activation);
      const text = (/** @type {string | undefined} */ numpy) => numpy?.replaceAll('{p}', String(parameter));
      return `
def ${name}(z):
    return ${text(row?.numpy.value)}


def ${name}_slope(z, a):
    return ${text(row?.numpy.derivative)}
`;
    })
    .join('');
}

/**
 * The cost of each kind of output, its gradient by z, and the accuracy.
 *
 * @type {Record<string, { target: string, cost: string, gradient: string, accuracy: string }>}
 */
const OUTPUTS = {
  sigmoid: {
    target: 'Y',
    cost: 'np.mean(-np.log(np.where(T == 1, A, 1 - A)))',
    gradient: 'A[-1] - target(Y)',
    accuracy: 'np.mean((A > 0.5) == Y)',
  },
  softmax: {
    target: `(np.arange(P[-1]["b"].size).reshape(-1, 1) == Y) * 1.0`,
    // From the scores: a probability can be too small for a number.
    cost: 'np.mean(np.log(np.exp(z).sum(axis=0)) - np.where(T == 1, z, 0).sum(axis=0))',
    gradient: 'A[-1] - target(Y)',
    accuracy: 'np.mean(A.argmax(axis=0) == Y)',
  },
  tanh: {
    target: '2 * Y - 1',
    cost: 'np.mean((A - T) ** 2) / 2',
    gradient: '(A[-1] - target(Y)) * (1 - A[-1] ** 2)',
    accuracy: 'np.mean((A > 0) == Y)',
  },
  linear: {
    target: 'Y',
    cost: 'np.mean((A - T) ** 2) / 2',
    gradient: 'A[-1] - target(Y)',
    // R², the share of the targets' variance that the network explains.
    accuracy: '1 - ((A - Y) ** 2).sum() / ((Y - Y.mean()) ** 2).sum()',
  },
};

const SOFTMAX = `
def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)

`;

/**
 * Python lines of the forward pass of one layer, from A[-1] and Z[-1].
 *
 * @param {ScriptLayer[]} layers
 */
function forwardText(layers) {
  const skips = layers.some(({ skip }) => skip);
  const norms = normalizationOf(layers);
  const running = norms?.name === 'batch' ? ', running' : '';
  return `Z, N, A = [None], [None], [X]
for l, p in enumerate(P):
    z = p["W"] @ A[-1] + p["b"]
${skips ? '    if SKIP[l] is not None:\n        z = Z[-1] + p.get("scale", SKIP[l]) * z\n' : ''}    Z.append(z)
    N.append(${norms ? `normalize(z, l${running})[0] if EPSILON[l] else z` : 'z'})
    A.append(PHI[l](N[-1]))
return Z, N, A`;
}

/**
 * Normalization over the units of a layer, or over the examples: then others than the training
 * examples are normalized with running averages.
 *
 * @param {'layer' | 'batch'} name
 */
function normalizeText(name) {
  const isBatch = name === 'batch';
  const axis = `axis=${isBatch ? 1 : 0}, keepdims=True`;
  return `
def statistics(z):
    return z.mean(${axis}), z.var(${axis})


def normalize(z, l${isBatch ? ', running=False' : ''}):
    """${isBatch ? 'Batch' : 'Layer'} normalization, and the normalized values before gain and shift."""
    mean, variance = ${isBatch ? 'RUNNING[l] if running else ' : ''}statistics(z)
    unit = (z - mean) / np.sqrt(variance + EPSILON[l])
    return P[l]["gain"] * unit + P[l]["shift"], unit

`;
}

/** The normalization that the hidden layers have. @param {ScriptLayer[]} layers */
const normalizationOf = (layers) => layers.find(({ normalization }) => normalization)?.normalization;

/**
 * Python lines with what each layer needs beside its parameters.
 *
 * @param {ScriptRun} run
 */
function listsText(run) {
  const layers = layersOf(run);
  const names = layers.slice(0, -1).map(functionName);
  const norms = normalizationOf(layers);
  const skips = layers.map(({ skip }) => (skip ? skip.scale : 'None'));
  return [
    `PHI = [${[...names, run.spec.output].join(', ')}]`,
    `SLOPE = [${names.map((name) => `${name}_slope`).join(', ')}]`,
    ...(layers.some(({ skip }) => skip) ? [`SKIP = [${skips.join(', ')}]  # scales of branches`] : []),
    ...(norms
      ? [`EPSILON = [${layers.map(({ normalization }) => normalization?.epsilon ?? 0).join(', ')}]`]
      : []),
    ...(norms?.name === 'batch'
      ? ['RUNNING = [(np.zeros_like(p["b"]), np.ones_like(p["b"])) for p in P]  # means and variances']
      : []),
  ].join('\n');
}

/**
 * Python lines that go back through the layers, from dZ to the list of gradients G.
 *
 * @param {ScriptRun} run
 */
function backwardText(run) {
  const layers = layersOf(run);
  const norms = normalizationOf(layers);
  const axis = `axis=${norms?.name === 'batch' ? 1 : 0}, keepdims=True`;
  const l2 = run.spec.optimizer.l2 ?? 0;
  return [
    'for l in reversed(range(len(P))):',
    '    p, g = P[l], {}',
    ...(norms
      ? [
          '    if EPSILON[l]:',
          '        unit = normalize(Z[l + 1], l)[1]',
          '        g["gain"], g["shift"] = (dZ * unit).sum(axis=1, keepdims=True) / m, dZ.sum(axis=1, keepdims=True) / m',
          '        dU = p["gain"] * dZ',
          `        dZ = (dU - dU.mean(${axis}) - unit * (dU * unit).mean(${axis})) / np.sqrt(statistics(Z[l + 1])[1] + EPSILON[l])`,
        ]
      : []),
    ...(layers.some(({ skip }) => skip)
      ? [
          '    dZ = dZ + through',
          '    through = 0',
          '    if SKIP[l] is not None:',
          '        through = dZ',
          '        if "scale" in p:',
          '            g["scale"] = (dZ * (p["W"] @ A[l] + p["b"])).sum(keepdims=True) / m',
          '        dZ = p.get("scale", SKIP[l]) * dZ',
        ]
      : []),
    `    g["W"] = dZ @ A[l].T / m${l2 > 0 ? ` + ${l2} / m * p["W"]` : ''}`,
    '    g["b"] = dZ.sum(axis=1, keepdims=True) / m',
    '    G.insert(0, g)',
    '    if l > 0:',
    '        dZ = (p["W"].T @ dZ) * SLOPE[l - 1](N[l], A[l])',
  ].join('\n');
}

/** The term of the cost that punishes large weights, as Python. @param {ScriptRun} run */
function penaltyText(run) {
  const { l2 = 0 } = run.spec.optimizer;
  if (l2 === 0) return '';
  const batches = batchesOf(run) === 1 ? '' : `${batchesOf(run)} * `;
  return ` + ${batches}${l2} / (2 * X.shape[1]) * sum((p["W"] ** 2).sum() for p in P)`;
}

/** @param {ScriptRun} run */
function networkSection(run) {
  const layers = layersOf(run);
  const { output } = run.spec;
  const { target, cost, gradient, accuracy } = OUTPUTS[output];
  const skips = layers.some(({ skip }) => skip);
  const norms = normalizationOf(layers);
  const isBatch = norms?.name === 'batch';
  return `${output === 'softmax' ? `\n${SOFTMAX}` : ''}
${listsText(run)}
${norms ? `\n${normalizeText(norms.name)}` : ''}

def target(Y):
    return ${target}


def forward(X${isBatch ? ', running=False' : ''}):
    """Pre-activations, what the activations see, and activations, the input first."""
${indent(forwardText(layers))}


def cost(X, Y):
    ${output === 'softmax' ? 'z, T = forward(X)[0][-1], target(Y)\n    z = z - z.max(axis=0)' : 'A, T = forward(X)[-1][-1], target(Y)'}
    return ${cost}${penaltyText(run)}


def accuracy(X, Y${isBatch ? ', running=False' : ''}):
    A = forward(X${isBatch ? ', running' : ''})[-1][-1]
    return ${accuracy} if Y.size else float("nan")


def gradients(X, Y):
    Z, N, A = forward(X)
    m = X.shape[1]
    dZ = ${gradient}
    G${skips ? ', through' : ''} = []${skips ? ', 0' : ''}
${indent(backwardText(run))}
    return G
`;
}

/**
 * Python lines that move the running averages towards the statistics of a batch.
 *
 * @param {ScriptLayer[]} layers
 * @param {string} batch
 */
function runningText(layers, batch) {
  const kept = normalizationOf(layers)?.momentum;
  return `for l, z in enumerate(forward(${batch})[0][1:]):
    RUNNING[l] = [${kept} * old + (1 - ${kept}) * new for old, new in zip(RUNNING[l], statistics(z))]
`;
}

/** @param {ScriptRun} run */
function trainingSection(run) {
  const { spec, iterations } = run;
  const { optimizer } = spec;
  const layers = layersOf(run);
  const type = spec.precision === 'float32' ? 'np.float32' : 'np.float64';
  const batched = isBatched(run);
  const hasFactors = layers.some(({ weightFactor, biasFactor }) => weightFactor !== 1 || biasFactor !== 1);
  const isBatch = normalizationOf(layers)?.name === 'batch';
  const isFrozen = layers.some(({ frozen }) => frozen);
  const setup = [
    `X, X_test = X.astype(${type}), X_test.astype(${type})`,
    `P = [{k: v.astype(${type}) for k, v in p.items()} for p in P]`,
    ...(optimizer.name === 'gd'
      ? []
      : ['V, S = ([{k: np.zeros_like(v) for k, v in p.items()} for p in P] for _ in range(2))']),
    ...(hasFactors ? [`FACTORS = ${factorsText(layers, 'W', 'b')}`] : []),
    ...(isFrozen ? [`FROZEN = [${layers.map(({ frozen }) => (frozen ? 'True' : 'False')).join(', ')}]`] : []),
    'm = X.shape[1]',
    ...(batched ? [`per_epoch = -(-m // ${optimizer.batchSize})`] : []),
  ];
  const update = METHODS[optimizer.name](optimizer).map((line) =>
    line
      .replaceAll('P[k]', 'P[l][k]')
      .replaceAll('V[k]', 'V[l][k]')
      .replaceAll('S[k]', 'S[l][k]')
      .replace('rate *', hasFactors ? 'rate * FACTORS[l][k] *' : 'rate *'),
  );
  return `

${setup.join('\n')}
for t in range(1, ${iterations} + 1):
${batched ? indent(batchText(run)) : '    epoch = t - 1'}
    G = gradients(${batched ? 'X[:, batch], Y[:, batch]' : 'X, Y'})
${isBatch ? indent(runningText(layers, batched ? 'X[:, batch]' : 'X')) : ''}    rate = ${rateText(run)}
    for l in range(len(P)):
${isFrozen ? '        if FROZEN[l]:\n            continue\n' : ''}        for k, g in G[l].items():
${indent(update.join('\n'), 3)}
${printText(iterations, isBatch ? ', running=True' : '')}`;
}
