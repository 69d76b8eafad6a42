// Experiments whose exported scripts are compared with the lab, each with the relative tolerance of
// its cost.

export const he = { name: 'he_normal', seed: 3 };
/** Gradient descent. @param {number} learningRate */
const gd = (learningRate) => ({ name: 'gd', learningRate });

/** The settings of the cases below, where they name no others. */
const usual = {
  dataset: { name: 'circles' },
  layers: [10, 5],
  activations: ['relu', 'relu'],
  output: 'sigmoid',
  iterations: 100,
};

/** @type {[name: string, settings: any, tolerance: number][]} */
const OLDER = [
  [
    'the planar notebook',
    {
      dataset: { name: 'flower' },
      layers: [4],
      activations: ['tanh'],
      init: { name: 'normal', std: 0.01, seed: 2 },
      optimizer: gd(1.2),
      iterations: 500,
    },
    1e-9,
  ],
  ['the thread’s network on circles with He', { init: he, optimizer: gd(0.01), iterations: 1000 }, 1e-10],
  [
    'an infinite cost',
    { init: { name: 'normal', std: 10, seed: 3 }, optimizer: gd(0.01), iterations: 0 },
    1e-9,
  ],
  [
    'a training that runs out of numbers',
    { activations: ['linear', 'relu'], init: { name: 'normal', std: 10, seed: 3 }, optimizer: gd(1000000) },
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
    },
    1e-9,
  ],
  [
    'Adam on the spiral, gelu and silu',
    {
      dataset: { name: 'spiral', samples: 101, arms: 3 },
      layers: [7, 5],
      activations: ['gelu', 'silu'],
      init: { name: 'lecun_normal', seed: 1 },
      optimizer: { name: 'adam', learningRate: 0.01 },
    },
    1e-8,
  ],
  [
    'SiLU whose weights are so large that e^-z overflows',
    {
      activations: ['silu', 'silu'],
      init: { name: 'normal', std: 20, seed: 1 },
      optimizer: gd(0.0001),
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
      init: { name: 'uniform', limit: 1, seed: 1 },
      optimizer: gd(0.5),
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
      init: { name: 'orthogonal', gain: 1.4, seed: 1 },
      optimizer: gd(0.1),
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
      init: { name: 'lsuv', seed: 1 },
      optimizer: gd(0.1),
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
      init: { name: 'constant', value: 0.3 },
      optimizer: gd(0.1),
      activations: [],
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
      optimizer: gd(0.05),
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
      optimizer: gd(0.05),
      iterations: 60,
    },
    1e-9,
  ],
];

/** @type {[name: string, experiment: any, tolerance: number][]} */
export const CASES = [
  ...OLDER.map(
    ([name, settings, tolerance]) =>
      /** @type {[string, any, number]} */ ([name, { ...usual, ...settings }, tolerance]),
  ),
  ...newer(),
];

/**
 * Skips, normalization, µP, frozen layers and other starts, which hold for three layers of eight
 * units.
 *
 * @returns {[string, any, number][]}
 */
function newer() {
  const base = {
    dataset: { name: 'moons', samples: 101 },
    layers: [8, 8, 8],
    activations: 'tanh',
    init: he,
    optimizer: gd(0.1),
    iterations: 60,
  };
  const momentum = { name: 'momentum', learningRate: 0.05 };
  const adam = { name: 'adam', learningRate: 0.01 };
  const batches = { ...momentum, batchSize: 32, l2: 0.3 };
  /** @type {Record<string, any>} */
  const changes = {
    'skips of scale 1/sqrt(L)': { skip: { scale: '1/sqrt(L)' } },
    'learned skips, Adam': { skip: { scale: 0, learned: true }, optimizer: adam },
    'layer normalization': { normalization: { name: 'layer', epsilon: 1e-3 }, optimizer: adam },
    'layer normalization and skips': { skip: {}, normalization: 'layer', optimizer: momentum },
    'batch normalization': { normalization: 'batch' },
    'batch normalization in mini-batches': {
      normalization: { name: 'batch', momentum: 0.8 },
      skip: { scale: 0.5, learned: true },
      optimizer: batches,
    },
    // m / (m - 1) is 3/2 here: a variance that divides by m - 1 gives other test accuracies.
    'batch normalization in batches of three': {
      normalization: { name: 'batch', momentum: 0.5 },
      optimizer: { ...momentum, batchSize: 3 },
    },
    'frozen layers beside batch normalization': { normalization: 'batch', frozen: [0, 2], optimizer: adam },
    µP: { parametrization: { name: 'mup', baseWidth: 4 } },
    'µP with momentum and layer normalization': {
      parametrization: { name: 'mup', baseWidth: 2 },
      normalization: 'layer',
      optimizer: momentum,
    },
    'µP with Adam and a learned skip': {
      parametrization: { name: 'mup', baseWidth: 2 },
      skip: { learned: true },
      optimizer: adam,
    },
    'frozen layers': { frozen: [0, 2], optimizer: momentum },
    'standardized circles': { dataset: { name: 'circles', samples: 80, standardize: true } },
    'standardized own points': {
      dataset: {
        name: 'points',
        standardize: true,
        train: {
          x: [
            [0, 10],
            [1, 5],
            [-1, 20],
            [2, -10],
          ],
          y: [0, 1, 0, 1],
        },
        test: { x: [[0, 1]], y: [1] },
      },
    },
    'a start by formula': { init: { name: 'formula', std: 'sqrt(2 / n_in) / layer', seed: 3 } },
    'a given start, of batch normalization too': {
      layers: [2],
      normalization: 'batch',
      init: { name: 'given', parameters: [1, 2, -3, 0.5, 0.1, -0.2, 1.5, 0.5, 0.3, -0.4, 2, -1, 0.25] },
    },
    'biases of their own and another start of one layer': {
      init: {
        ...he,
        layers: [null, { name: 'orthogonal', gain: 1.5 }, null, null],
        bias: { name: 'normal', std: 0.2 },
        outputBias: { name: 'log_odds' },
      },
    },
    'sine units': {
      activations: 'sine',
      init: { name: 'siren', seed: 1 },
      optimizer: gd(1e-3),
    },
    'sines of two frequencies below a leaky rectifier': {
      activations: [
        { name: 'sine', frequency: 5 },
        { name: 'sine', frequency: 2.5 },
        { name: 'leaky_relu', slope: 0.2 },
      ],
    },
    'learned branches whose scale Python writes with an exponent': {
      skip: { scale: 1e-7, learned: true },
    },
    'learned branches under µP, whose scales have no factor': {
      skip: { learned: true },
      parametrization: { name: 'mup', baseWidth: 2 },
    },
    'a probability that is too small for a number': {
      dataset: { name: 'spiral', samples: 60, arms: 3 },
      output: 'softmax',
      init: { name: 'normal', std: 40, seed: 1 },
      iterations: 0,
    },
    'three classes as real targets': {
      dataset: { name: 'spiral', samples: 60, arms: 3 },
      output: 'linear',
    },
    'a network of frozen layers only': { frozen: [0, 1, 2, 3], normalization: 'layer' },
    'a start whose numbers are all whole': { layers: [], init: { name: 'zeros' } },
    'a start that runs out of the numbers of float32': {
      precision: 'float32',
      layers: [1],
      activations: 'relu',
      output: 'linear',
      init: { name: 'given', parameters: [1e308, -1e308, 1, 2, 3] },
      iterations: 0,
    },
    'constant weights of 1': { layers: [2], init: { name: 'constant', value: 1 } },
    'gelu without a test part': {
      dataset: { name: 'moons', samples: 40, testSamples: 0 },
      activations: 'gelu',
    },
    'learned branches of scale 0.25': { skip: { scale: 0.25, learned: true } },
    'learned branches of scale 1/sqrt(L)': { skip: { scale: '1/sqrt(L)', learned: true } },
    'leaky rectifiers of slope 0.2': { activations: { name: 'leaky_relu', slope: 0.2 } },
  };
  return Object.entries(changes).map(([name, change]) => [name, { ...base, ...change }, 1e-10]);
}
