/**
 * The figures that the lab must reproduce, as data: each experiment in full, what the course's code
 * gives for it with NumPy, and how closely a measurement must agree.
 *
 * Sources: the deeplearning.ai notebooks "Initialization" (course 2, week 1), "Planar data
 * classification" (course 1, week 3), "Optimization methods" (course 2, week 2) and "Deep neural
 * network: application" (course 1, week 4), and the same lines with a softmax on scikit-learn's
 * digits, run with NumPy 1.24.2 and scikit-learn 1.2.1 in float64.
 */

/** @typedef {import('./lab.js').Spec} Spec */

/**
 * @typedef {object} Figure one reference number
 * @property {'trainAccuracy' | 'testAccuracy' | 'cost'} metric
 * @property {number} [iteration] for a cost: after how many updates; accuracies are those at the
 *   end
 * @property {number} value may be Infinity
 * @property {number} tolerance largest absolute deviation that agrees; 0 where it must be the same
 */

/**
 * @typedef {object} ReferenceExperiment
 * @property {string} id
 * @property {string} section which of the three experiments it belongs to
 * @property {string} label as the course writes the initialization
 * @property {Spec} spec without its data where they are pictures
 * @property {Figure[]} figures
 * @property {string} [note] why a figure is compared less closely than the others
 */

/** Costs agree to this much relative to their size, unless the training is chaotic. */
const RELATIVE = 1e-12;

/**
 * @type {(metric: 'trainAccuracy' | 'testAccuracy', value: number, tolerance?: number) => Figure}
 */
const accuracy = (metric, value, tolerance = 0) => ({ metric, value, tolerance });

/** @type {(iteration: number, value: number, tolerance?: number) => Figure} */
const cost = (iteration, value, tolerance = Number.isFinite(value) ? RELATIVE * value : 0) => ({
  metric: 'cost',
  iteration,
  value,
  tolerance,
});

/**
 * @param {Spec['init']} init
 * @returns {Spec}
 */
const onCircles = (init) => ({
  dataset: {
    name: 'circles',
    samples: 300,
    noise: 0.05,
    factor: 0.8,
    seed: 1,
    testSamples: 100,
    testSeed: 2,
  },
  layers: [10, 5],
  activations: ['relu', 'relu'],
  output: 'sigmoid',
  init,
  optimizer: { name: 'gd', learningRate: 0.01 },
  iterations: 15000,
  record: 100,
});

const circles = 'The thread: circles, 2-10-5-1, ReLU, 15,000 iterations at 0.01';

/**
 * @type {(id: string, label: string, init: Spec['init'], figures: Figure[], note?: string) =>
 *   ReferenceExperiment}
 */
const thread = (id, label, init, figures, note) => ({
  id: `thread/${id}`,
  section: circles,
  label,
  spec: onCircles(init),
  figures,
  note,
});

/**
 * @param {Spec['init']} init
 * @returns {Spec}
 */
const onPictures = (init) => ({
  layers: [20, 7, 5],
  activations: ['relu', 'relu', 'relu'],
  output: 'sigmoid',
  init,
  optimizer: { name: 'gd', learningRate: 0.0075 },
  iterations: 2500,
  record: 100,
});

const pictures = 'Cat pictures: 12288-20-7-5-1, ReLU, 2,500 iterations at 0.0075';

/**
 * Section 3 of the reference: the factors that the thread asks about, and the named initializers
 * beside them.
 *
 * @type {ReferenceExperiment[]}
 */
export const threadExperiments = [
  thread(
    'normal-10',
    'randn * 10',
    { name: 'normal', std: 10, seed: 3 },
    [
      accuracy('trainAccuracy', 0.83),
      accuracy('testAccuracy', 0.86),
      cost(0, Infinity),
      cost(14000, 0.383, 1e-2),
    ],
    'Chaotic: one unit in the last place of a weight grows from 4e-15 to 1.6e-3 within 300 iterations, so no two implementations agree on its cost beyond two digits.',
  ),
  thread('normal-0.1', 'randn * 0.1', { name: 'normal', std: 0.1, seed: 3 }, [
    accuracy('trainAccuracy', 0.6),
    accuracy('testAccuracy', 0.57),
    cost(0, 0.6933234320329613),
    cost(14000, 0.6924787835871681),
  ]),
  thread('normal-0.01', 'randn * 0.01', { name: 'normal', std: 0.01, seed: 3 }, [
    accuracy('trainAccuracy', 0.4633333333333333),
    accuracy('testAccuracy', 0.48),
    cost(0, 0.6931473549048266),
    cost(14000, 0.6931473065831707),
  ]),
  thread('normal-1', 'randn * 1', { name: 'normal', std: 1, seed: 3 }, [
    accuracy('trainAccuracy', 0.9966666666666667),
    accuracy('testAccuracy', 0.96),
    cost(0, 1.9698193182646357),
    cost(14000, 0.06370209022580518),
  ]),
  thread('zeros', 'zeros', { name: 'zeros', seed: 3 }, [
    accuracy('trainAccuracy', 0.5),
    accuracy('testAccuracy', 0.5),
    cost(0, 0.6931471805599453),
    cost(14000, 0.6931471805599453),
  ]),
  thread('he', 'He: randn * sqrt(2/n_in)', { name: 'he_normal', seed: 3 }, [
    accuracy('trainAccuracy', 0.9933333333333333),
    accuracy('testAccuracy', 0.96),
    cost(0, 0.8830537463419761),
    cost(14000, 0.07357895962677369),
  ]),
  thread('xavier', '"Xavier": randn * sqrt(1/n_in)', { name: 'lecun_normal', seed: 3 }, [
    accuracy('trainAccuracy', 0.99),
    accuracy('testAccuracy', 0.93),
    cost(0, 0.729451703805014),
    cost(14000, 0.10850689140892149),
  ]),
];

/** Section 4: the flower. @type {ReferenceExperiment[]} */
export const flowerExperiments = [
  {
    id: 'flower/4-units',
    section: 'The flower: 2-4-1, tanh, 10,000 iterations at 1.2',
    label: 'randn * 0.01',
    spec: {
      dataset: { name: 'flower', samples: 400, seed: 1 },
      layers: [4],
      activations: ['tanh'],
      output: 'sigmoid',
      init: { name: 'normal', std: 0.01, seed: 2 },
      optimizer: { name: 'gd', learningRate: 1.2 },
      iterations: 10000,
      record: 100,
    },
    figures: [
      accuracy('trainAccuracy', 0.9075, 1 / 400),
      cost(0, 0.6930480201239823),
      cost(9000, 0.21856046700200737, 1e-3),
    ],
    note: 'Chaotic after about 7,000 iterations: NumPy itself gives 90.75 % or 90.5 % and costs of 0.2185 to 0.2186 at 9,000 when one weight starts one unit in the last place away. So one example of the 400 may differ, and that cost by 1e-3.',
  },
];

/** @type {(name: string, label: string, figures: Figure[]) => ReferenceExperiment} */
const optimization = (name, label, figures) => ({
  id: `optimization/${name}`,
  section: 'Optimization methods: moons, 2-5-2-1, He, 50,000 mini-batches of 64 at 0.0007',
  label,
  spec: {
    dataset: { name: 'moons', samples: 300, noise: 0.2, seed: 3, testSamples: 0 },
    layers: [5, 2],
    activations: ['relu', 'relu'],
    output: 'sigmoid',
    init: { name: 'he_normal', seed: 3 },
    optimizer: { name, learningRate: 0.0007, batchSize: 64, batchSeed: 11 },
    iterations: 50000,
    record: 5000,
  },
  figures,
});

/**
 * The notebook "Optimization methods" (course 2, week 2): costs are those of all 300 points.
 *
 * @type {ReferenceExperiment[]}
 */
export const optimizationExperiments = [
  optimization('gd', 'gradient descent', [
    accuracy('trainAccuracy', 0.7966666666666666),
    cost(0, 0.7024140504990622),
    cost(5000, 0.6681113301894668),
    cost(10000, 0.6352993804649103),
    cost(15000, 0.6005007551302849),
    cost(20000, 0.5733728162422334),
  ]),
  optimization('momentum', 'momentum 0.9', [
    accuracy('trainAccuracy', 0.7966666666666666),
    cost(5000, 0.6681786645573085),
    cost(20000, 0.5734521686219557),
  ]),
  optimization('adam', 'Adam', [
    accuracy('trainAccuracy', 0.94),
    cost(5000, 0.16785175979186065),
    cost(20000, 0.13592941027947522),
  ]),
];

/**
 * @type {(id: string, label: string, init: Spec['init'], figures: Figure[]) => ReferenceExperiment}
 */
const digits = (id, label, init, figures) => ({
  id: `digits/${id}`,
  section: 'The digits: 64-64-32-16-10, ReLU, softmax, 1,000 mini-batches of 64 at 0.1',
  label,
  spec: {
    dataset: { name: 'digits', samples: 1437, seed: 1, testSamples: 360 },
    layers: [64, 32, 16],
    activations: ['relu', 'relu', 'relu'],
    output: 'softmax',
    init,
    optimizer: { name: 'gd', learningRate: 0.1, batchSize: 64, batchSeed: 11 },
    iterations: 1000,
    record: 100,
  },
  figures,
});

/** Section 8: real data, ten classes. @type {ReferenceExperiment[]} */
export const digitExperiments = [
  digits('zeros', 'zeros', { name: 'zeros', seed: 3 }, [
    accuracy('trainAccuracy', 0.10368823938761308),
    accuracy('testAccuracy', 0.09166666666666666),
    cost(0, 2.302585092994046),
    cost(1000, 2.3013914422406176),
  ]),
  digits('normal-0.01', 'randn * 0.01', { name: 'normal', std: 0.01, seed: 3 }, [
    accuracy('trainAccuracy', 0.10368823938761308),
    accuracy('testAccuracy', 0.09166666666666666),
    cost(0, 2.3025852209230524),
    cost(1000, 2.301391212261698),
  ]),
  digits('normal-0.1', 'randn * 0.1', { name: 'normal', std: 0.1, seed: 3 }, [
    accuracy('trainAccuracy', 0.9805149617258176),
    accuracy('testAccuracy', 0.9416666666666667),
    cost(0, 2.303987432073004),
    cost(1000, 0.07779309069971754),
  ]),
  digits('normal-1', 'randn * 1', { name: 'normal', std: 1, seed: 3 }, [
    accuracy('trainAccuracy', 0.10368823938761308),
    accuracy('testAccuracy', 0.09166666666666666),
    cost(0, 317.67891451387555),
    cost(1000, 2.301391440633367),
  ]),
  digits('normal-10', 'randn * 10', { name: 'normal', std: 10, seed: 3 }, [
    accuracy('trainAccuracy', 0.10368823938761308),
    accuracy('testAccuracy', 0.09166666666666666),
    cost(0, 3176776.0128223575),
    cost(1000, 2.301391442172362),
  ]),
  digits('he', 'He: randn * sqrt(2/n_in)', { name: 'he_normal', seed: 3 }, [
    accuracy('trainAccuracy', 0.9972164231036882),
    accuracy('testAccuracy', 0.9666666666666667),
    cost(0, 2.4382207941087435),
    cost(1000, 0.022652134915699285),
  ]),
  digits('xavier', 'randn / sqrt(n_in)', { name: 'lecun_normal', seed: 3 }, [
    accuracy('trainAccuracy', 0.9944328462073765),
    accuracy('testAccuracy', 0.9472222222222222),
    cost(0, 2.3173897679776454),
    cost(1000, 0.03468528579373139),
  ]),
];

/** Section 5: the course's pictures, which the caller must have. @type {ReferenceExperiment[]} */
export const pictureExperiments = [
  {
    id: 'pictures/xavier',
    section: pictures,
    label: 'randn / sqrt(n_in)',
    spec: onPictures({ name: 'lecun_normal', seed: 1 }),
    figures: [
      accuracy('trainAccuracy', 0.9856459330143541),
      accuracy('testAccuracy', 0.8),
      cost(0, 0.7717493284237686),
      cost(100, 0.6720534400822913),
      cost(2400, 0.09287821526472388),
    ],
  },
  {
    id: 'pictures/normal-0.01',
    section: pictures,
    label: 'randn * 0.01',
    spec: onPictures({ name: 'normal', std: 0.01, seed: 1 }),
    figures: [
      accuracy('trainAccuracy', 0.6555023923444976),
      accuracy('testAccuracy', 0.34),
      cost(0, 0.6931489045172449),
      cost(100, 0.6780101696342276),
      cost(2400, 0.6439854339721574),
    ],
  },
];
