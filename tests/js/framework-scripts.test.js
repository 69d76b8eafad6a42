// The exported scripts are run with NumPy and PyTorch and must come to the lab's figures.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { exportScript } from '../../src/js/exports/export-script.js';
import { hasLines, initLine } from '../../src/js/exports/framework-lines.js';
import { root, temporaryFolder } from './support.js';

const python = process.env.PYTHON ?? '/usr/bin/python3';
const folder = temporaryFolder();

/** @type {import('../../src/js/index.js').Lab} */
let lab;
before(async () => {
  lab = await loadLab();
  await lab.loadDataset('digits');
});

/**
 * What the lab comes to, and a script for the same run.
 *
 * @param {any} wanted
 * @param {import('../../src/js/exports/export-script.js').Framework} framework
 */
function scriptOf(wanted, framework) {
  const session = lab.createSession(wanted);
  const { spec, network } = session;
  const initial = session.parameters();
  session.step(spec.iterations);
  const metrics = session.metrics();
  session.dispose();
  const data = lab.dataset(spec.dataset, spec.output);
  const { iterations } = spec;
  const run = {
    spec,
    network,
    iterations,
    metrics,
    data,
    initial,
    title: 'a "test"',
    link: 'https://example.org/#',
  };
  return { metrics, script: exportScript(framework, run) };
}

/**
 * Runs scripts in one Python process.
 *
 * @param {string[]} scripts
 * @returns {{ cost: number, train: number, test: number }[]} the figures that each prints
 */
function runScripts(scripts) {
  const files = scripts.map((script, i) => {
    const file = join(folder, `script-${i}.py`);
    writeFileSync(file, script);
    return file;
  });
  const driver = 'import runpy, sys\nfor f in sys.argv[1:]: runpy.run_path(f); print("##")';
  const printed = execFileSync(python, ['-c', driver, ...files], {
    encoding: 'utf8',
    env: {
      ...process.env,
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      PYTHONPATH: join(root, 'tests', 'js', 'jax-stand-in'),
    },
  });
  return printed
    .split('##\n')
    .slice(0, -1)
    .map((text) => {
      const value = (/** @type {string} */ name) => {
        const found = new RegExp(`^${name}\\s+(\\S+)$`, 'm').exec(text);
        assert.ok(found, `no line "${name}" in:\n${text}`);
        return found[1] === 'inf' ? Infinity : found[1] === 'nan' ? NaN : Number(found[1]);
      };
      return { cost: value('cost'), train: value('train accuracy'), test: value('test accuracy') };
    });
}

/**
 * @param {number} actual
 * @param {number} expected
 * @param {number} tolerance relative
 * @param {string} name
 */
function near(actual, expected, tolerance, name) {
  assert.ok(
    Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${name}: ${actual} is not within ${tolerance} of ${expected}`,
  );
}

const he = { name: 'he_normal', seed: 3 };
/** @type {[string, any, number][]} */
const CASES = [
  [
    'the planar notebook',
    {
      dataset: { name: 'flower' },
      layers: [4],
      activations: ['tanh'],
      output: 'sigmoid',
      init: { name: 'normal', std: 0.01, seed: 2 },
      optimizer: { name: 'gd', learningRate: 1.2 },
      iterations: 500,
    },
    1e-9,
  ],
  [
    'the thread’s network on circles with He',
    {
      dataset: { name: 'circles' },
      layers: [10, 5],
      activations: ['relu', 'relu'],
      output: 'sigmoid',
      init: he,
      optimizer: { name: 'gd', learningRate: 0.01 },
      iterations: 1000,
    },
    1e-10,
  ],
  [
    'an infinite cost',
    {
      dataset: { name: 'circles' },
      layers: [10, 5],
      activations: ['relu', 'relu'],
      output: 'sigmoid',
      init: { name: 'normal', std: 10, seed: 3 },
      optimizer: { name: 'gd', learningRate: 0.01 },
      iterations: 0,
    },
    1e-9,
  ],
  [
    'a training that runs out of numbers',
    {
      dataset: { name: 'circles' },
      layers: [10, 5],
      activations: ['linear', 'relu'],
      output: 'sigmoid',
      init: { name: 'normal', std: 10, seed: 3 },
      optimizer: { name: 'gd', learningRate: 1e6 },
      iterations: 100,
    },
    1e-9,
  ],
  [
    'tanh output, momentum, mini-batches, L2 and decay',
    {
      dataset: { name: 'moons' },
      layers: [6],
      activations: ['elu'],
      output: 'tanh',
      init: { name: 'glorot_uniform', seed: 5 },
      optimizer: {
        name: 'momentum',
        learningRate: 0.1,
        batchSize: 64,
        l2: 0.5,
        decayRate: 0.1,
        decayInterval: 5,
      },
      iterations: 100,
    },
    1e-9,
  ],
  [
    'Adam on the spiral, gelu and silu',
    {
      dataset: { name: 'spiral', samples: 101, arms: 3 },
      layers: [7, 5],
      activations: ['gelu', 'silu'],
      output: 'sigmoid',
      init: { name: 'lecun_normal', seed: 1 },
      optimizer: { name: 'adam', learningRate: 0.01 },
      iterations: 100,
    },
    1e-8,
  ],
  [
    'SiLU whose weights are so large that e^-z overflows',
    {
      dataset: { name: 'circles' },
      layers: [10, 5],
      activations: ['silu', 'silu'],
      output: 'sigmoid',
      init: { name: 'normal', std: 20, seed: 1 },
      optimizer: { name: 'gd', learningRate: 0.0001 },
      iterations: 3,
    },
    1e-8,
  ],
  [
    'RMSProp on blobs, selu',
    {
      dataset: { name: 'blobs' },
      layers: [5],
      activations: ['selu'],
      output: 'sigmoid',
      init: { name: 'lecun_uniform', seed: 1 },
      optimizer: { name: 'rmsprop', learningRate: 0.01 },
      iterations: 50,
    },
    1e-8,
  ],
  [
    'Gaussian quantiles, sigmoid units, uniform',
    {
      dataset: { name: 'gaussian_quantiles', classes: 3, testSamples: 0 },
      layers: [5],
      activations: ['sigmoid'],
      output: 'sigmoid',
      init: { name: 'uniform', limit: 1, seed: 1 },
      optimizer: { name: 'gd', learningRate: 0.5 },
      iterations: 200,
    },
    1e-9,
  ],
  [
    'XOR, orthogonal weights with leaky ReLU',
    {
      dataset: { name: 'xor' },
      layers: [5, 5],
      activations: ['leaky_relu', 'leaky_relu'],
      output: 'sigmoid',
      init: { name: 'orthogonal', gain: 1.4, seed: 1 },
      optimizer: { name: 'gd', learningRate: 0.1 },
      iterations: 200,
    },
    1e-9,
  ],
  [
    'noisy circles, LSUV, linear units',
    {
      dataset: { name: 'noisy_circles', testSamples: 0 },
      layers: [3],
      activations: ['linear'],
      output: 'sigmoid',
      init: { name: 'lsuv', seed: 1 },
      optimizer: { name: 'gd', learningRate: 0.1 },
      iterations: 100,
    },
    1e-9,
  ],
  [
    'own points and a network without hidden layers',
    {
      dataset: {
        name: 'points',
        train: {
          x: [
            [0, 1],
            [1, 0.5],
            [-1, 2],
            [2, -1],
          ],
          y: [0, 1, 0, 1],
        },
      },
      layers: [],
      output: 'sigmoid',
      init: { name: 'constant', value: 0.3 },
      optimizer: { name: 'gd', learningRate: 0.1 },
      iterations: 100,
    },
    1e-10,
  ],
  [
    'three classes',
    {
      dataset: { name: 'blobs', centers: 3 },
      layers: [6],
      activations: ['tanh'],
      output: 'softmax',
      init: { name: 'glorot_uniform', seed: 5 },
      optimizer: { name: 'gd', learningRate: 0.05 },
      iterations: 100,
    },
    1e-9,
  ],
  [
    'digits in mini-batches',
    {
      dataset: { name: 'digits', samples: 300, testSamples: 50 },
      layers: [12],
      activations: ['relu'],
      output: 'softmax',
      init: he,
      optimizer: { name: 'momentum', learningRate: 0.1, batchSize: 64 },
      iterations: 30,
    },
    1e-9,
  ],
  [
    'a real target',
    {
      dataset: { name: 'plane', samples: 50, testSamples: 10 },
      layers: [4],
      activations: ['tanh'],
      output: 'linear',
      init: { name: 'lecun_normal', seed: 1 },
      optimizer: { name: 'gd', learningRate: 0.05 },
      iterations: 60,
    },
    1e-9,
  ],
];

/**
 * Compares the figures of scripts with the lab's.
 *
 * @param {import('../../src/js/exports/export-script.js').Framework} framework
 * @param {[name: string, spec: any, tolerance: number][]} cases
 */
function compare(framework, cases) {
  const runs = cases.map(([name, spec, tolerance]) => ({ name, tolerance, ...scriptOf(spec, framework) }));
  const printed = runScripts(runs.map(({ script }) => script));
  for (const [i, { name, tolerance, metrics }] of runs.entries()) {
    near(printed[i].train, metrics.trainAccuracy, 1e-9, name);
    near(printed[i].test, metrics.testAccuracy, 1e-9, name);
    near(printed[i].cost, metrics.cost, tolerance, name);
  }
}

for (const entry of CASES) {
  test(`NumPy comes to the same accuracy and cost: ${entry[0]}`, () => compare('numpy', [entry]));
}

/**
 * Costs from logits stay finite where the lab's are infinite, and chaos amplifies another order of
 * sums.
 */
const isComparable = (/** @type {[string, any, number]} */ [name]) =>
  !/infinite|runs out|overflows/.test(name);

test('PyTorch comes to the same accuracies and costs', () => {
  compare(
    'torch',
    CASES.filter(isComparable).map(([name, spec, tolerance]) => [name, spec, Math.max(tolerance, 1e-10)]),
  );
});

test('JAX’s script comes to the same figures within the error of finite differences', () => {
  compare(
    'jax',
    CASES.filter(isComparable).map(([name, spec]) => [name, { ...spec, iterations: 3 }, 1e-6]),
  );
});

test('the Keras script calls what Keras 3 has', () => {
  // Keras has no learning rates of single layers, which µP needs.
  const files = CASES.filter(([name]) => name !== 'µP').map(([, spec], i) => {
    const file = join(folder, `keras-${i}.py`);
    writeFileSync(file, scriptOf({ ...spec, iterations: 1 }, 'keras').script);
    return file;
  });
  execFileSync(python, [join(root, 'tests', 'js', 'check_keras_calls.py'), ...files]);
});

test('the PyTorch line of each initializer draws weights of the lab’s standard deviation', () => {
  const [fanIn, fanOut] = [300, 200];
  const rows = lab.catalogue.initializers.flatMap(({ name, parameters }) => {
    const init = {
      name,
      ...Object.fromEntries(parameters.map((info) => [info.name, info.value])),
      gain: 1.5,
    };
    const known = {
      ...init,
      ...(parameters.some((info) => info.name === 'gain') ? {} : { gain: undefined }),
    };
    const line = initLine('torch', known);
    const wanted = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
    return line
      ? [{ name, line, std: lab.weightStandardDeviation(/** @type {any} */ (wanted), fanIn, fanOut) }]
      : [];
  });
  assert.ok(rows.length >= 10);
  const program = `import math, torch
from torch import nn
torch.manual_seed(1)
n_in, n_out = ${fanIn}, ${fanOut}
${rows.map(({ line }) => `w = torch.empty(${fanOut}, ${fanIn})\nwith torch.no_grad():\n    ${line}\nprint(w.std().item())`).join('\n')}`;
  const measured = execFileSync(python, ['-c', program], { encoding: 'utf8' }).trim().split('\n').map(Number);
  // 60,000 draws: the standard error of a standard deviation is 0.3 %.
  for (const [i, { name, std }] of rows.entries())
    assert.ok(Math.abs(measured[i] - std) <= 0.015 * std, `${name}: ${measured[i]}, expected ${std}`);
});

test('every initializer has a row of framework lines', () => {
  for (const { name } of lab.catalogue.initializers) assert.ok(hasLines(name), name);
});

test('NumPy’s and PyTorch’s scripts agree on skips, normalization, rates of layers and frozen layers', () => {
  const skip = (/** @type {number} */ scale, learned = false) => ({ skip: { scale, learned } });
  const normalization = { name: /** @type {const} */ ('layer'), momentum: 0.9, epsilon: 1e-5 };
  for (const [optimizer, changes] of /** @type {[any, any[]][]} */ ([
    [{ name: 'gd', learningRate: 0.1 }, [{}, skip(0.5), skip(1), {}]],
    [
      { name: 'adam', learningRate: 0.01 },
      [{ normalization }, { ...skip(0.5, true), normalization }, { ...skip(1, true), normalization }, {}],
    ],
    [
      { name: 'momentum', learningRate: 0.1 },
      [
        { weightFactor: 2, biasFactor: 2, normalization },
        { biasFactor: 2, normalization },
        { frozen: true },
        { weightFactor: 0.5 },
      ],
    ],
  ])) {
    const session = lab.createSession({
      layers: [5, 5, 5],
      activations: 'elu',
      init: he,
      optimizer,
      iterations: 40,
    });
    const { spec, network } = session;
    const layers = network.layers.map((layer, l) => ({ ...layer, ...changes[l] }));
    const data = lab.dataset(spec.dataset, spec.output);
    const run = {
      spec,
      network: { ...network, layers },
      iterations: 40,
      metrics: null,
      data,
      initial: session.parameters(),
      title: 'test',
    };
    session.dispose();
    const [numpy, torch] = runScripts([exportScript('numpy', run), exportScript('torch', run)]);
    near(numpy.cost, torch.cost, 1e-9, JSON.stringify(changes));
    assert.equal(numpy.train, torch.train);
  }
});
