/** A Keras script that reproduces one run, from the same data and the same initial weights. */
import { initLine } from './framework-lines.js';
import {
  batchText,
  dataSection,
  heading,
  indent,
  isBatched,
  layersOf,
  perEpochText,
  rateText,
  startSection,
} from './script-parts.js';

/** @typedef {import('./script-parts.js').ScriptRun} ScriptRun */
/** @typedef {import('./script-parts.js').ScriptLayer} ScriptLayer */

/** @type {Record<string, { loss: string, accuracy: string, activation?: string }>} */
const OUTPUTS = {
  sigmoid: { loss: 'keras.losses.BinaryCrossentropy(from_logits=True)', accuracy: 'np.mean((z > 0) == y)' },
  softmax: {
    loss: 'keras.losses.SparseCategoricalCrossentropy(from_logits=True)',
    accuracy: 'np.mean(z.argmax(axis=1) == y[:, 0])',
  },
  tanh: { loss: 'half_squared_error', accuracy: 'np.mean((z > 0) == (y > 0))', activation: 'tanh' },
  linear: { loss: 'half_squared_error', accuracy: '1 - ((z - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()' },
};

const HALF_SQUARED_ERROR = `
def half_squared_error(y, z):
    return keras.ops.mean((z - y) ** 2, axis=-1) / 2

`;

const SCALE = `
class Scale(layers.Layer):
    """Multiplies by one learned number."""

    def __init__(self, start):
        super().__init__()
        self.scale = self.add_weight(shape=(), initializer=keras.initializers.Constant(start))

    def call(self, x):
        return self.scale * x

`;

/** @type {Record<string, (p: Record<string, any>, rate: string) => string>} */
const OPTIMIZERS = {
  gd: (_, rate) => `keras.optimizers.SGD(${rate})`,
  // The lab averages gradients with weights that add up to 1; Keras adds them up.
  momentum: (p, rate) => `keras.optimizers.SGD(${rate} * (1 - ${p.beta1}), momentum=${p.beta1})`,
  rmsprop: (p, rate) => `keras.optimizers.RMSprop(${rate}, rho=${p.beta2}, epsilon=${p.epsilon})`,
  adam: (p, rate) =>
    `keras.optimizers.Adam(${rate}, beta_1=${p.beta1}, beta_2=${p.beta2}, epsilon=${p.epsilon})`,
};

/**
 * Says why there is no Keras script of a run.
 *
 * @param {ScriptRun} run
 * @returns {string | undefined}
 */
export const kerasProblem = (run) =>
  layersOf(run).some(({ weightFactor, biasFactor }) => weightFactor !== 1 || biasFactor !== 1)
    ? 'Keras has no learning rates of single layers, which this parametrization needs'
    : undefined;

/**
 * @param {ScriptRun} run
 * @returns {string[]} what differs from the lab
 */
function notesOf(run) {
  const { output, optimizer } = run.spec;
  return [
    ...(output === 'sigmoid' || output === 'softmax'
      ? ['Keras computes the loss from the logits: it stays finite where the lab’s cost is infinite.']
      : []),
    ...(optimizer.name === 'adam'
      ? [
          'Keras adds epsilon before the bias correction, the lab after it: costs differ in their last digits.',
        ]
      : []),
    ...(optimizer.name === 'rmsprop'
      ? ['Keras adds epsilon inside the root, the lab outside of it: costs differ in their last digits.']
      : []),
    ...(optimizer.name === 'momentum' && optimizer.decayRate > 0
      ? ['Keras multiplies the learning rate into its velocity: costs differ a little while the rate decays.']
      : []),
    ...(optimizer.l2 > 0 && isBatched(run)
      ? [
          'The penalty divides by the size of a whole batch: the printed cost differs if the last batch is smaller.',
        ]
      : []),
  ];
}

/**
 * @param {ScriptRun} run
 * @returns {string} Python 3 with Keras 3
 */
export function kerasScript(run) {
  const imports = `import keras
import numpy as np
from keras import layers

keras.config.set_floatx("${run.spec.precision}")`;
  return [
    heading(run, 'Keras', imports, notesOf(run)),
    dataSection(run),
    startSection(run),
    networkSection(run),
    trainingSection(run),
  ].join('\n');
}

/**
 * @param {ScriptLayer} layer
 * @param {string} z
 * @returns {string} a layer applied to z
 */
function activated({ activation, slope }, z) {
  if (activation === 'linear') return z;
  if (activation === 'sine') return `keras.ops.sin(30 * ${z})`;
  if (activation === 'leaky_relu') return `layers.LeakyReLU(negative_slope=${slope})(${z})`;
  return `layers.Activation("${activation}")(${z})`;
}

/**
 * @param {ScriptLayer} layer
 * @param {string} z
 */
const normalized = ({ normalization }, z) =>
  normalization === null
    ? z
    : normalization.name === 'batch'
      ? `layers.BatchNormalization(momentum=${normalization.momentum}, epsilon=${normalization.epsilon})(${z})`
      : `layers.LayerNormalization(epsilon=${normalization.epsilon})(${z})`;

/** @param {ScriptRun} run */
function networkSection(run) {
  const own = layersOf(run);
  const { init, output, optimizer } = run.spec;
  const { loss, activation } = OUTPUTS[output];
  const m = isBatched(run) ? optimizer.batchSize : run.data.train.y.length;
  const penalty =
    optimizer.l2 > 0 ? `, kernel_regularizer=keras.regularizers.L2(${optimizer.l2} / (2 * ${m}))` : '';
  const line = initLine('keras', init);
  const lines = own.map((layer, l) => {
    const below = own[l - 1];
    const input = below ? activated(below, normalized(below, 'z')) : 'inputs';
    const end = l === own.length - 1 && activation ? `, activation="${activation}"` : '';
    const made = `dense.append(layers.Dense(${layer.out}${end}${penalty}))`;
    const branch = `dense[${l}](${input})`;
    const scaled = layer.skip?.learned
      ? `Scale(${layer.skip.scale})(${branch})`
      : layer.skip && layer.skip.scale !== 1
        ? `layers.Rescaling(${layer.skip.scale})(${branch})`
        : branch;
    return `${made}\nz = ${layer.skip ? `layers.Add()([z, ${scaled}])` : scaled}`;
  });
  return `${loss === 'half_squared_error' ? `\n${HALF_SQUARED_ERROR}` : ''}${own.some(({ skip }) => skip?.learned) ? `\n${SCALE}` : ''}
inputs = keras.Input((${own[0].in},))
dense = []
${lines.join('\n')}
model = keras.Model(inputs, z)
${line ? `# The same distribution from Keras' own generator: kernel_initializer=${line}\n` : ''}for layer, p in zip(dense, P):
    layer.set_weights([p["W"].T, p["b"][:, 0]])
${own.map(({ frozen }, l) => (frozen ? `dense[${l}].trainable = False\n` : '')).join('')}`;
}

/** @param {ScriptRun} run */
function trainingSection(run) {
  const { spec, iterations } = run;
  const { output, optimizer } = spec;
  const { loss, accuracy } = OUTPUTS[output];
  const batched = isBatched(run);
  const decays = optimizer.decayRate > 0;
  const labels = output === 'tanh' ? '2 * Y - 1' : 'Y';
  const momentum = optimizer.name === 'momentum' ? ` * (1 - ${optimizer.beta1})` : '';
  const loop =
    batched || decays
      ? `${perEpochText(run)}for t in range(1, ${iterations} + 1):
${batched ? indent(batchText(run).replaceAll('permutation(m)', 'permutation(len(x))')) : '    epoch = t - 1'}
${decays ? `    model.optimizer.learning_rate = (${rateText(run)})${momentum}\n` : ''}    model.train_on_batch(${batched ? 'x[batch], y[batch]' : 'x, y'})
`
      : `model.fit(x, y, batch_size=len(x), epochs=${iterations}, shuffle=False, verbose=0)
`;
  return `
def accuracy(X, Y):
    x, y = X.T, (${labels}).T
    if len(x) == 0:
        return float("nan")
    z = model.predict(x, verbose=0)
    return float(${accuracy})


model.compile(optimizer=${OPTIMIZERS[optimizer.name](optimizer, String(optimizer.learningRate))}, loss=${loss})
x, y = X.T, (${labels}).T
${loop}
print("iterations     %d" % ${iterations})
print("cost           %r" % float(model.evaluate(x, y, batch_size=len(x), verbose=0)))
print("train accuracy %r" % accuracy(X, Y))
print("test accuracy  %r" % accuracy(X_test, Y_test))
`;
}
