// The NumPy script that a reader takes away is run with NumPy and must come to the same figures.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { numpyScript } from '../../src/js/exports/numpy-script.js';

const python = process.env.PYTHON ?? '/usr/bin/python3';

/** @type {any} */
let lab;
before(async () => {
  lab = await loadLab();
});

/** Trains in the lab and in NumPy. @param {any} wanted */
function both(wanted) {
  const session = lab.createSession(wanted);
  const { spec } = session;
  const initial = session.parameters();
  session.step(spec.iterations);
  const metrics = session.metrics();
  session.dispose();
  const script = numpyScript({
    spec,
    iterations: spec.iterations,
    metrics,
    data: lab.dataset(spec.dataset),
    initial,
    title: 'a "test"',
    link: 'https://example.org/#',
  });
  const printed = execFileSync(python, ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  });
  const value = (/** @type {string} */ name) => {
    const found = new RegExp(`^${name}\\s+(\\S+)$`, 'm').exec(printed);
    assert.ok(found, `no line "${name}" in:\n${printed}`);
    return found[1] === 'inf' ? Infinity : found[1] === 'nan' ? NaN : Number(found[1]);
  };
  return {
    metrics,
    numpy: { cost: value('cost'), train: value('train accuracy'), test: value('test accuracy') },
  };
}

/** @param {number} actual @param {number} expected @param {number} tolerance relative */
function near(actual, expected, tolerance) {
  assert.ok(
    Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${actual} is not within ${tolerance} of ${expected}`,
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
];

for (const [name, spec, tolerance] of CASES) {
  test(`NumPy comes to the same accuracy and cost: ${name}`, () => {
    const { metrics, numpy } = both(spec);
    assert.equal(numpy.train, metrics.trainAccuracy);
    assert.ok(
      Object.is(numpy.test, metrics.testAccuracy),
      `test accuracy ${numpy.test}, expected ${metrics.testAccuracy}`,
    );
    near(numpy.cost, metrics.cost, tolerance);
  });
}
