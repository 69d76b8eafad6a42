/** A JAX script that reproduces one run, from the same data and the same initial weights. */
import {
  batchText,
  batchesOf,
  dataSection,
  factorsText,
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

/** @type {Record<string, (z: string, parameter: number) => string>} */
const ACTIVATIONS = {
  relu: (z) => `jax.nn.relu(${z})`,
  leaky_relu: (z, slope) => `jax.nn.leaky_relu(${z}, ${slope})`,
  elu: (z) => `jax.nn.elu(${z})`,
  selu: (z) => `jax.nn.selu(${z})`,
  gelu: (z) => `jax.nn.gelu(${z}, approximate=False)`,
  silu: (z) => `jax.nn.silu(${z})`,
  tanh: (z) => `jnp.tanh(${z})`,
  sigmoid: (z) => `jax.nn.sigmoid(${z})`,
  linear: (z) => z,
  sine: (z, frequency) => `jnp.sin(${frequency} * ${z})`,
};

/** @type {Record<string, { cost: string, accuracy: string }>} */
const OUTPUTS = {
  // softplus(z) - y z is the cross-entropy of sigmoid(z).
  sigmoid: { cost: 'jnp.mean(jax.nn.softplus(z) - y * z)', accuracy: 'jnp.mean((z > 0) == y)' },
  softmax: {
    cost: '-jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y.astype(int), axis=1))',
    accuracy: 'jnp.mean(z.argmax(axis=1) == y[:, 0])',
  },
  tanh: { cost: 'jnp.mean((jnp.tanh(z) - (2 * y - 1)) ** 2) / 2', accuracy: 'jnp.mean((z > 0) == y)' },
  linear: {
    cost: 'jnp.mean((z - y) ** 2) / 2',
    accuracy: '1 - ((z - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()',
  },
};

/**
 * Python lines of an update from params, v, s (averages), grads and rate.
 *
 * @type {Record<string, (p: Record<string, any>) => string[]>}
 */
const METHODS = {
  gd: () => ['params = jax.tree.map(lambda p, g, f: p - rate * f * g, params, grads, factors)'],
  momentum: (p) => [
    `v = jax.tree.map(lambda v, g: ${p.beta1} * v + (1 - ${p.beta1}) * g, v, grads)`,
    'params = jax.tree.map(lambda p, v, f: p - rate * f * v, params, v, factors)',
  ],
  rmsprop: (p) => [
    `s = jax.tree.map(lambda s, g: ${p.beta2} * s + (1 - ${p.beta2}) * g * g, s, grads)`,
    `params = jax.tree.map(lambda p, g, s, f: p - rate * f * g / (jnp.sqrt(s) + ${p.epsilon}), params, grads, s, factors)`,
  ],
  adam: (p) => [
    `v = jax.tree.map(lambda v, g: ${p.beta1} * v + (1 - ${p.beta1}) * g, v, grads)`,
    `s = jax.tree.map(lambda s, g: ${p.beta2} * s + (1 - ${p.beta2}) * g * g, s, grads)`,
    `c1, c2 = 1 - ${p.beta1} ** t, 1 - ${p.beta2} ** t`,
    `params = jax.tree.map(lambda p, v, s, f: p - rate * f * (v / c1) / (jnp.sqrt(s / c2) + ${p.epsilon}), params, v, s, factors)`,
  ],
};

/**
 * @param {ScriptRun} run
 * @returns {string} Python 3 with JAX 0.4.25 or newer
 */
export function jaxScript(run) {
  const { spec } = run;
  const notes =
    spec.output === 'sigmoid'
      ? ['The cost is computed from the logits: it stays finite where the lab’s cost is infinite.']
      : [];
  const imports = `import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", ${spec.precision === 'float32' ? 'False' : 'True'})`;
  return [
    heading(run, 'JAX', imports, notes),
    dataSection(run),
    startSection(run),
    networkSection(run),
    trainingSection(run),
  ].join('\n');
}

/**
 * @param {ScriptLayer[]} layers
 * @returns {string} Python lines that compute the logits of x
 */
function forwardText(layers) {
  const hidden = layers.slice(0, -1);
  const isPlain = layers.every(({ skip, normalization }) => !skip && !normalization);
  const same = hidden.every(
    ({ activation, parameter }) => activation === hidden[0].activation && parameter === hidden[0].parameter,
  );
  const apply = (/** @type {ScriptLayer} */ { activation, parameter }, /** @type {string} */ z) =>
    ACTIVATIONS[activation](z, parameter);
  if (isPlain && same && hidden.length > 0)
    return `for p in params[:-1]:
    x = ${apply(hidden[0], 'dense(p, x)')}
return dense(params[-1], x)`;
  return layers
    .map((layer, l) => {
      const below = layers[l - 1];
      const isBatch = below?.normalization?.name === 'batch';
      const norm = below?.normalization
        ? `normalize(params[${l - 1}], z, ${below.normalization.epsilon}${isBatch ? ', *used[-1]' : ''})`
        : 'z';
      const branch = `dense(params[${l}], ${below ? apply(below, norm) : 'x'})`;
      if (l === layers.length - 1) return isBatch ? `return ${branch}, used` : `return ${branch}`;
      const scale = layer.skip?.learned ? `params[${l}]["scale"]` : layer.skip?.scale;
      const sum = layer.skip ? `z + ${scale === 1 ? '' : `${scale} * `}${branch}` : branch;
      return layer.normalization?.name === 'batch'
        ? `z = ${sum}\nused.append(running[${l}] if running else (z.mean(axis=0), z.var(axis=0)))`
        : `z = ${sum}`;
    })
    .join('\n');
}

const NORMALIZE = {
  layer: `

def normalize(p, z, epsilon):
    """Layer normalization."""
    unit = (z - z.mean(axis=1, keepdims=True)) / jnp.sqrt(z.var(axis=1, keepdims=True) + epsilon)
    return p["gain"] * unit + p["shift"]
`,
  batch: `

def normalize(p, z, epsilon, mean, variance):
    """Batch normalization."""
    return p["gain"] * (z - mean) / jnp.sqrt(variance + epsilon) + p["shift"]
`,
};

/** The normalization that the hidden layers have. @param {ScriptRun} run */
const normalizationOf = (run) => layersOf(run).find(({ normalization }) => normalization)?.normalization;

/** @param {ScriptRun} run */
function networkSection(run) {
  const layers = layersOf(run);
  const { output, optimizer } = run.spec;
  const { cost, accuracy } = OUTPUTS[output];
  const l2 = optimizer.l2 ?? 0;
  const line = ownLine('jax', run);
  const norms = normalizationOf(run);
  const isBatch = norms?.name === 'batch';
  const names = ['kernel', 'bias', 'gain', 'shift', 'scale'];
  const parts = names
    .slice(2)
    .filter((name) =>
      layers.some(({ skip, normalization }) => (name === 'scale' ? skip?.learned : normalization)),
    );
  const more = parts.map(
    (name) =>
      `for p, q in zip(params, P):\n    if "${name}" in q:\n        p["${name}"] = jnp.array(q["${name}"][:, 0])\n`,
  );
  return `
${line ? `# The same distribution from JAX's own generator: ${line}\n` : ''}params = [{"kernel": jnp.array(p["W"].T), "bias": jnp.array(p["b"][:, 0])} for p in P]
${more.join('')}

def dense(p, x):
    return x @ p["kernel"] + p["bias"]
${norms ? NORMALIZE[norms.name] : ''}
${
  isBatch
    ? `
def forward(params, x, running=None):
    """Logits, and the means and variances that normalized each layer: those of x, or the running ones."""
    used = []
${indent(forwardText(layers))}


def logits(params, x, running=None):
    return forward(params, x, running)[0]
`
    : `
def logits(params, x):
${indent(forwardText(layers))}
`
}

def cost(params, x, y${batchesOf(run) > 1 && l2 > 0 ? ', batches=1' : ''}):
    z = logits(params, x)
    return ${cost}${l2 > 0 ? ` + ${batchesOf(run) > 1 ? 'batches * ' : ''}${l2} / (2 * len(x)) * sum((p["kernel"] ** 2).sum() for p in params)` : ''}


def accuracy(params, x, y${isBatch ? ', running=None' : ''}):
    z = logits(params, x${isBatch ? ', running' : ''})
    return float(${accuracy}) if len(x) else float("nan")
`;
}

/**
 * Python lines that move the running averages towards the statistics of a batch.
 *
 * @param {number} kept
 */
const runningText = (kept) => `used = forward(params, x)[1]
running = jax.tree.map(lambda old, new: ${kept} * old + (1 - ${kept}) * new, running, used)
`;

/** @param {ScriptRun} run */
function trainingSection(run) {
  const { spec, iterations } = run;
  const { optimizer } = spec;
  const layers = layersOf(run);
  const batched = isBatched(run);
  const isPlain = layers.every(
    ({ weightFactor, biasFactor, frozen }) => weightFactor === 1 && biasFactor === 1 && !frozen,
  );
  const update = METHODS[optimizer.name](optimizer).map((line) =>
    isPlain ? line.replace('rate * f *', 'rate *').replace(', f:', ':').replace(', factors)', ')') : line,
  );
  const averages =
    { gd: [], momentum: ['v'], rmsprop: ['s'], adam: ['v', 's'] }[String(optimizer.name)] ?? [];
  const state = [...averages];
  const usesT = optimizer.name === 'adam';
  const norms = normalizationOf(run);
  const isBatch = norms?.name === 'batch';
  if (isBatch) state.push('running');
  const args = ['params', ...state, ...(usesT ? ['t'] : []), 'rate', 'x', 'y'];
  const returned = ['params', ...state].join(', ');
  const factors = isPlain ? '' : `factors = ${factorsText(layers, 'kernel', 'bias')}\n`;
  return `
${factors}
@jax.jit
def step(${args.join(', ')}):
    grads = jax.grad(cost)(params, x, y)
${isBatch ? indent(runningText(Number(norms.momentum))) : ''}${indent(update.join('\n'))}
    return ${returned}


x, y = jnp.array(X.T, float), jnp.array(Y.T, float)
${isBatch ? `running = [(jnp.zeros(n), jnp.ones(n)) for n in sizes[1:-1]]\n` : ''}${averages.map((name) => `${name} = jax.tree.map(jnp.zeros_like, params)\n`).join('')}${perEpochText(run)}for t in range(1, ${iterations} + 1):
${batched ? indent(batchText(run).replaceAll('permutation(m)', 'permutation(len(x))')) : '    epoch = t - 1'}
    rate = ${rateText(run)}
    ${returned} = step(${args.map((name) => (batched && (name === 'x' || name === 'y') ? `${name}[batch]` : name)).join(', ')})

print("iterations     %d" % ${iterations})
print("cost           %r" % float(cost(params, x, y${batchesOf(run) > 1 && optimizer.l2 > 0 ? ', per_epoch' : ''})))
print("train accuracy %r" % accuracy(params, x, y))
print("test accuracy  %r" % accuracy(params, jnp.array(X_test.T, float), jnp.array(Y_test.T, float)${isBatch ? ', running' : ''}))
`;
}
