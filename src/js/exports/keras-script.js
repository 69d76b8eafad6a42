/** A Keras script that reproduces one run, from the same data and the same initial weights. */
import {
  batchText,
  dataSection,
  followsRule,
  heading,
  indent,
  isBatched,
  layersOf,
  ownLine,
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
const ARGUMENTS = {
  gd: (_, rate) => rate,
  // The lab averages gradients with weights that add up to 1; Keras adds them up.
  momentum: (p, rate) => `${rate} * (1 - ${p.beta1}), momentum=${p.beta1}`,
  rmsprop: (p, rate) => `${rate}, rho=${p.beta2}, epsilon=${p.epsilon}`,
  adam: (p, rate) => `${rate}, beta_1=${p.beta1}, beta_2=${p.beta2}, epsilon=${p.epsilon}`,
};

/** The classes of the optimizers. @type {Record<string, string>} */
const CLASSES = { gd: 'SGD', momentum: 'SGD', rmsprop: 'RMSprop', adam: 'Adam' };

/**
 * An optimizer with the lab's learning rates of single arrays. A layer that is not trained has the
 * rate 0, since `trainable = False` would also change how batch normalization computes.
 *
 * @param {string} name of the method
 */
const layerRates = (name) => `
class LayerRates(keras.optimizers.${CLASSES[name]}):
    """Multiplies the learning rate of each array by its factor."""

    def update_step(self, gradient, variable, learning_rate):
        super().update_step(gradient, variable, learning_rate * factors[variable.path])

`;

/** Whether some array has a learning rate of its own. @param {ScriptRun} run */
const hasFactors = (run) =>
  layersOf(run).some(
    ({ weightFactor, biasFactor, frozen }) => weightFactor !== 1 || biasFactor !== 1 || frozen,
  );

/** Whether the layers are normalized over batches. @param {ScriptRun} run */
const isBatchNormalized = (run) => layersOf(run).some(({ normalization }) => normalization?.name === 'batch');

/**
 * @param {ScriptRun} run
 * @returns {string[]} what differs from the lab
 */
function notesOf(run) {
  const { output, optimizer } = run.spec;
  return [
    ...(output === 'sigmoid'
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
function activated({ activation, parameter }, z) {
  if (activation === 'linear') return z;
  if (activation === 'sine') return `keras.ops.sin(${parameter} * ${z})`;
  if (activation === 'leaky_relu') return `layers.LeakyReLU(negative_slope=${parameter})(${z})`;
  return `layers.Activation("${activation}")(${z})`;
}

/** @param {ScriptLayer} layer */
const normalizer = ({ normalization }) =>
  normalization?.name === 'batch'
    ? `layers.BatchNormalization(momentum=${normalization.momentum}, epsilon=${normalization.epsilon})`
    : `layers.LayerNormalization(epsilon=${normalization?.epsilon})`;

/** @param {ScriptRun} run */
function networkSection(run) {
  const own = layersOf(run);
  const { output, optimizer } = run.spec;
  const { loss, activation } = OUTPUTS[output];
  const m = isBatched(run) ? optimizer.batchSize : run.data.train.y.length;
  const penalty =
    optimizer.l2 > 0 ? `, kernel_regularizer=keras.regularizers.L2(${optimizer.l2} / (2 * ${m}))` : '';
  const line = ownLine('keras', run);
  const lines = own.map((layer, l) => {
    const below = own[l - 1];
    const norm = below?.normalization ? `norms[${l - 1}](z)` : 'z';
    const input = below ? activated(below, norm) : 'inputs';
    const end = l === own.length - 1 && activation ? `, activation="${activation}"` : '';
    const made = `dense.append(layers.Dense(${layer.out}${end}${penalty}))`;
    const branch = `dense[${l}](${input})`;
    const scaled = layer.skip?.learned
      ? `scales[${l}](${branch})`
      : layer.skip && layer.skip.scale !== 1
        ? `layers.Rescaling(${layer.skip.scale})(${branch})`
        : branch;
    return [
      made,
      ...(layer.normalization ? [`norms[${l}] = ${normalizer(layer)}`] : []),
      ...(layer.skip?.learned ? [`scales[${l}] = Scale(${layer.skip.scale})`] : []),
      `z = ${layer.skip ? `layers.Add()([z, ${scaled}])` : scaled}`,
    ].join('\n');
  });
  const parts = [
    'dense = []',
    ...(own.some(({ normalization }) => normalization) ? ['norms = {}'] : []),
    ...(own.some(({ skip }) => skip?.learned) ? ['scales = {}'] : []),
  ];
  return `${loss === 'half_squared_error' ? `\n${HALF_SQUARED_ERROR}` : ''}${own.some(({ skip }) => skip?.learned) ? `\n${SCALE}` : ''}
inputs = keras.Input((${own[0].in},))
${parts.join('\n')}
${lines.join('\n')}
model = keras.Model(inputs, z)
${line ? `# The same distribution from Keras' own generator: kernel_initializer=${line}\n` : ''}for layer, p in zip(dense, P):
    layer.set_weights([p["W"].T, p["b"][:, 0]])
${followsRule(run.spec) ? '' : extrasText(own)}${hasFactors(run) ? factorsText(own, optimizer.name) : ''}`;
}

/**
 * As in the lab, the running averages of batch normalization are for the test part only. They come
 * first: every pass with `training=True` moves them.
 */
const BATCH_EVALUATION = `test_accuracy = accuracy(X_test, Y_test)
z = model(x, training=True)  # the training part has its own means and variances
`;

/**
 * Python lines that copy what a layer has beside its weights and biases.
 *
 * @param {ScriptLayer[]} own
 */
const extrasText = (own) =>
  own
    .flatMap(({ normalization, skip }, l) => [
      ...(normalization
        ? [
            `norms[${l}].gamma.assign(P[${l}]["gain"][:, 0])\n`,
            `norms[${l}].beta.assign(P[${l}]["shift"][:, 0])\n`,
          ]
        : []),
      ...(skip?.learned ? [`scales[${l}].scale.assign(P[${l}]["scale"].item())\n`] : []),
    ])
    .join('');

/**
 * The factors of the learning rates, as Python.
 *
 * @param {ScriptLayer[]} own
 * @param {string} method
 */
function factorsText(own, method) {
  const lines = own.flatMap(({ weightFactor, biasFactor, frozen, normalization, skip }, l) => {
    const rate = (/** @type {number} */ factor) => (frozen ? 0 : factor);
    return [
      `    dense[${l}].kernel.path: ${rate(weightFactor)},\n    dense[${l}].bias.path: ${rate(biasFactor)},\n`,
      ...(normalization
        ? [
            `    norms[${l}].gamma.path: ${rate(biasFactor)},\n    norms[${l}].beta.path: ${rate(biasFactor)},\n`,
          ]
        : []),
      ...(skip?.learned ? [`    scales[${l}].scale.path: ${rate(1)},\n`] : []),
    ];
  });
  return `
# Factors of the learning rate; 0: not trained.
factors = {
${lines.join('')}}
${layerRates(method)}`;
}

/** @param {ScriptRun} run */
function trainingSection(run) {
  const { spec, iterations } = run;
  const { output, optimizer } = spec;
  const { loss, accuracy } = OUTPUTS[output];
  const batched = isBatched(run);
  const isBatch = isBatchNormalized(run);
  const method = hasFactors(run) ? 'LayerRates' : `keras.optimizers.${CLASSES[optimizer.name]}`;
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
def score(z, y):
    return float(${accuracy})


def accuracy(X, Y):
    x, y = X.T, (${labels}).T
    return score(model.predict(x, verbose=0), y) if len(x) else float("nan")


model.compile(optimizer=${method}(${ARGUMENTS[optimizer.name](optimizer, String(optimizer.learningRate))}), loss=${loss})
x, y = X.T, (${labels}).T
${loop}
${isBatch ? BATCH_EVALUATION : ''}print("iterations     %d" % ${iterations})
print("cost           %r" % float(${isBatch ? 'model.loss(y, z) + sum(model.losses)' : 'model.evaluate(x, y, batch_size=len(x), verbose=0)'}))
print("train accuracy %r" % ${isBatch ? 'score(keras.ops.convert_to_numpy(z), y)' : 'accuracy(X, Y)'})
print("test accuracy  %r" % ${isBatch ? 'test_accuracy' : 'accuracy(X_test, Y_test)'})
`;
}
