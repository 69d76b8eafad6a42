/** A NumPy script that reproduces one run: the data, the initial weights and the training, in the plain style of the course. */

import { ACTIVATIONS, DATASETS, INITIALIZERS, METHODS } from './numpy-recipes.js';

/** @typedef {import('../types.js').Points} Points */
/** @typedef {import('../types.js').Metrics} Metrics */

/**
 * A complete experiment; the parameters of its choices are numbers.
 *
 * @typedef {Omit<import('../types.js').CompleteSpec, 'dataset' | 'init' | 'optimizer'> &
 *   Record<'dataset' | 'init' | 'optimizer', Record<string, any>>} ScriptSpec
 */

/**
 * @param {object} run
 * @param {ScriptSpec} run.spec complete
 * @param {number} run.iterations how far to train
 * @param {import('../types.js').Metrics | null} run.metrics what the lab measured there
 * @param {{ train: Points, test: Points }} run.data
 * @param {Float64Array} run.initial parameters at iteration 0
 * @param {string} run.title
 * @param {string} run.link
 * @returns {string} Python 3 with NumPy
 */
export function numpyScript({ spec, iterations, metrics, data, initial, title, link }) {
  const hidden = /** @type {string[]} */ (spec.activations ?? []).slice(0, spec.layers.length);
  const type = spec.precision === 'float32' ? 'np.float32' : 'np.float64';
  return [
    heading(title, link, iterations, metrics, spec),
    dataSection(spec, data),
    startSection(spec, initial, [data.train.features, ...spec.layers, 1], type),
    functionSection(hidden, spec.output),
    networkSection(hidden, spec),
    trainingSection(spec, iterations, type),
  ].join('\n');
}

/** @param {string} title @param {string} link @param {number} iterations @param {import('../types.js').Metrics | null} metrics @param {ScriptSpec} spec */
function heading(title, link, iterations, metrics, spec) {
  const measured = metrics
    ? `\nInit Lab measured after ${iterations} iterations:\n  cost           ${metrics.cost}\n  train accuracy ${metrics.trainAccuracy}\n  test accuracy  ${metrics.testAccuracy}\n`
    : '';
  const caution =
    spec.precision === 'float32' ? 'In float32 the last digits depend on the order of summation.\n' : '';
  return `#!/usr/bin/env python3
"""${title.replaceAll('\\', '').replaceAll('"', "'")}: one run of Init Lab, in NumPy.

${link}
${measured}${caution}Large weights make the training chaotic: there, costs agree to a few digits only.
"""
import math

import numpy as np

np.seterr(all="ignore")  # infinite costs are part of the story
`;
}

/** @param {ScriptSpec} spec @param {{ train: Points, test: Points }} data */
function dataSection({ dataset }, data) {
  const recipe = DATASETS[dataset.name];
  if (recipe === undefined) {
    return `X, Y = ${literalPoints(data.train)}\nX_test, Y_test = ${literalPoints(data.test)}\n`;
  }
  return `
${recipe(dataset)}

X, Y = draw(${dataset.samples}, ${dataset.seed})
X_test, Y_test = draw(${dataset.testSamples}, ${dataset.testSeed})${dataset.testSamples === 0 ? '  # no test part' : ''}
`;
}

/** @param {Points} points */
function literalPoints({ x, y }) {
  const m = y.length;
  const row = (/** @type {number} */ f) => `[${Array.from(x.subarray(f * m, (f + 1) * m)).join(', ')}]`;
  return `np.array([\n    ${row(0)},\n    ${row(1)},\n]).reshape(2, -1), np.array([${Array.from(y).join(', ')}]).reshape(1, -1)`;
}

/** @param {ScriptSpec} spec @param {Float64Array} initial @param {number[]} sizes @param {string} type */
function startSection({ init }, initial, sizes, type) {
  const rule = INITIALIZERS[init.name];
  const shapes = `sizes = [${sizes.join(', ')}]`;
  const perLayer = (init.layers ?? []).some(Boolean);
  if (rule === undefined || (init.biasStd ?? 0) > 0 || perLayer)
    return literalStart(init.name, initial, sizes, shapes, type);
  const draw = {
    normal: `random.randn(n_out, n_in) * (${rule.size(init)})`,
    uniform: `random.uniform(-(${rule.size(init)}), ${rule.size(init)}, (n_out, n_in))`,
    fixed: `np.full((n_out, n_in), ${rule.size(init)})`,
  }[rule.kind];
  return `
# The start: ${init.name}. Layer by layer after one seed, W of shape (n_out, n_in), biases zero.
${shapes}
random = np.random.RandomState(${init.seed})
P = []  # W1, b1, W2, b2, ...
for n_in, n_out in zip(sizes, sizes[1:]):
    P.append((${draw}).astype(${type}))
    P.append(np.zeros((n_out, 1), ${type}))
`;
}

/** @param {string} name @param {Float64Array} initial @param {number[]} sizes @param {string} shapes @param {string} type */
function literalStart(name, initial, sizes, shapes, type) {
  return `
# The start: ${name}, as the lab drew it (W1, b1, W2, b2, ... row by row).
${shapes}
start = np.array([${Array.from(initial).join(', ')}], ${type})
P, at = [], 0
for n_in, n_out in zip(sizes, sizes[1:]):
    for shape in ((n_out, n_in), (n_out, 1)):
        size = shape[0] * shape[1]
        P.append(start[at:at + size].reshape(shape).copy())
        at += size
`;
}

/** @param {string[]} hidden @param {string} output */
function functionSection(hidden, output) {
  return [...new Set([...hidden, output])]
    .map((name) => {
      const [value, slope] = ACTIVATIONS[name];
      return `
def ${name}(z):
    return ${value}


def ${name}_slope(z, a):
    return ${slope}
`;
    })
    .join('');
}

/** @param {string[]} hidden @param {ScriptSpec} spec */
function networkSection(hidden, spec) {
  const tanh = spec.output === 'tanh';
  const l2 = spec.optimizer.l2 ?? 0;
  const cost = tanh ? 'np.mean((A - T) ** 2) / 2' : 'np.mean(-np.log(np.where(T == 1, A, 1 - A)))';
  return `

PHI = [${[...hidden, spec.output].join(', ')}]
SLOPE = [${[...hidden, spec.output].map((name) => `${name}_slope`).join(', ')}]


def target(Y):
    return ${tanh ? '2 * Y - 1' : 'Y'}


def forward(X):
    """All pre-activations and activations, the input first."""
    Z, A = [None], [X]
    for l, phi in enumerate(PHI):
        Z.append(P[2 * l] @ A[-1] + P[2 * l + 1])
        A.append(phi(Z[-1]))
    return Z, A


def cost(X, Y):
    A, T = forward(X)[1][-1], target(Y)
    return ${cost}${l2 > 0 ? ` + ${l2} / (2 * X.shape[1]) * sum((W * W).sum() for W in P[::2])` : ''}


def accuracy(X, Y):
    return np.mean((forward(X)[1][-1] > ${tanh ? '0' : '0.5'}) == Y) if Y.size else float("nan")


def gradients(X, Y):
    Z, A = forward(X)
    m = X.shape[1]
    dZ = ${tanh ? '(A[-1] - target(Y)) * (1 - A[-1] ** 2)' : 'A[-1] - target(Y)'}
    G = []
    for l in reversed(range(len(PHI))):
        dW = dZ @ A[l].T / m${l2 > 0 ? ` + ${l2} / m * P[2 * l]` : ''}
        G = [dW, dZ.sum(axis=1, keepdims=True) / m] + G
        if l > 0:
            dZ = (P[2 * l].T @ dZ) * SLOPE[l - 1](Z[l], A[l])
    return G
`;
}

/** @param {ScriptSpec} spec @param {number} iterations @param {string} type */
function trainingSection({ optimizer, dataset }, iterations, type) {
  const m = dataset.name === 'points' ? null : dataset.samples;
  const batched = optimizer.batchSize > 0 && (m === null || optimizer.batchSize < m);
  const update = METHODS[optimizer.name](optimizer);
  const decays = optimizer.decayRate > 0;
  const rate = decays
    ? `${optimizer.learningRate} / (1 + ${optimizer.decayRate} * (epoch // ${optimizer.decayInterval}))`
    : `${optimizer.learningRate}`;
  const averages =
    optimizer.name === 'gd' ? '' : 'V, S = [np.zeros_like(p) for p in P], [np.zeros_like(p) for p in P]\n';
  const batch = batched
    ? `    epoch = (t - 1) // per_epoch
    if (t - 1) % per_epoch == 0:
        order = np.random.RandomState(${optimizer.batchSeed} + epoch).permutation(X.shape[1])
    chosen = order[(t - 1) % per_epoch * ${optimizer.batchSize}:][:${optimizer.batchSize}]
    G = gradients(X[:, chosen], Y[:, chosen])`
    : `    epoch = t - 1\n    G = gradients(X, Y)`;
  return `

X, X_test = X.astype(${type}), X_test.astype(${type})
${averages}${batched ? `per_epoch = -(-X.shape[1] // ${optimizer.batchSize})\n` : ''}for t in range(1, ${iterations} + 1):
${batch}
    rate = ${rate}
    for k, g in enumerate(G):
${update.map((line) => `        ${line}`).join('\n')}

print("iterations     %d" % ${iterations})
print("cost           %r" % float(cost(X, Y)))
print("train accuracy %r" % float(accuracy(X, Y)))
print("test accuracy  %r" % float(accuracy(X_test, Y_test)))
`;
}
