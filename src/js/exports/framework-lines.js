/**
 * The line that draws an initializer's weights in each framework, with the framework's own
 * generator. `w` is the weight of a layer, n_in its fan-in, n_out its fan-out. Versions: PyTorch
 * 1.13, Keras 3, JAX 0.4.25, NumPy 1.24 and newer.
 */

/** @typedef {Record<string, any>} Init an initializer with its parameters */

/**
 * Lines of one initializer; a framework that is missing has none.
 *
 * @typedef {object} Lines
 * @property {(p: Init) => string} [torch]
 * @property {(p: Init) => string} [keras]
 * @property {(p: Init) => string} [jax] needs `from jax.nn import initializers`
 * @property {(p: Init) => string} [numpy] `rng` is a np.random.Generator
 */

/**
 * @param {number} value
 * @param {string} text
 * @returns {string} text with a factor, which is left out if it is 1
 */
const times = (value, text) => (value === 1 ? text : `${value} * ${text}`);

/**
 * @param {number} gain
 * @returns {string} an argument, which is left out if it is 1
 */
const gainArgument = (gain) => (gain === 1 ? '' : `, gain=${gain}`);

/**
 * Lines of an initializer whose variance is scale / fan.
 *
 * @param {(p: Init) => number} scale
 * @param {'fan_in' | 'fan_avg'} mode
 * @param {'normal' | 'uniform'} distribution
 * @param {(p: Init) => string} torch
 * @param {string} [keras] a shorter name in Keras
 * @returns {Lines}
 */
function varianceScaling(scale, mode, distribution, torch, keras) {
  const text = (/** @type {Init} */ p) => String(Number(scale(p).toPrecision(15)));
  const fan = mode === 'fan_in' ? 'n_in' : '((n_in + n_out) / 2)';
  return {
    torch,
    keras: (p) =>
      keras ??
      `keras.initializers.VarianceScaling(${text(p)}, mode="${mode}", distribution="${distribution === 'normal' ? 'untruncated_normal' : 'uniform'}")`,
    jax: (p) => `initializers.variance_scaling(${text(p)}, "${mode}", "${distribution}")`,
    numpy: (p) =>
      distribution === 'normal'
        ? `rng.normal(0, np.sqrt(${text(p)} / ${fan}), (n_out, n_in))`
        : `rng.uniform(-np.sqrt(3 * ${text(p)} / ${fan}), np.sqrt(3 * ${text(p)} / ${fan}), (n_out, n_in))`,
  };
}

/** Two divided by 1 + a²: He's factor for a rectifier with slope a below zero. @param {Init} p */
const heScale = ({ gain = 1, slope = 0 }) => (2 * gain * gain) / (1 + slope * slope);
/** @param {Init} p */
const gainSquared = ({ gain = 1 }) => gain * gain;

/**
 * PyTorch's kaiming functions take a slope, but no gain.
 *
 * @param {'normal' | 'uniform'} kind
 * @returns {(p: Init) => string}
 */
const kaiming =
  (kind) =>
  ({ gain = 1, slope = 0 }) => {
    const draw =
      slope === 0
        ? `nn.init.kaiming_${kind}_(w, nonlinearity="relu")`
        : `nn.init.kaiming_${kind}_(w, a=${slope})`;
    return gain === 1 ? draw : `${draw}.mul_(${gain})`;
  };

/**
 * @param {'normal' | 'uniform'} kind
 * @returns {(p: Init) => string}
 */
const lecun =
  (kind) =>
  ({ gain = 1 }) => {
    const draw = `nn.init.kaiming_${kind}_(w, nonlinearity="linear")`;
    return gain === 1 ? draw : `${draw}.mul_(${gain})`;
  };

/** The ends of a uniform distribution: its limit, unless low or high is set. @param {Init} p */
const rangeText = ({ limit, low = 0, high = 0 }) =>
  low === 0 && high === 0 ? `${-limit}, ${limit}` : `${low}, ${high}`;

/** The standard deviation of a normal distribution cut at two, as Keras and JAX have it. */
const TRUNCATED_STD = '0.87962566103423978';

/** @type {Record<string, Lines>} */
const LINES = {
  zeros: {
    torch: () => 'nn.init.zeros_(w)',
    keras: () => 'keras.initializers.Zeros()',
    jax: () => 'initializers.zeros',
    numpy: () => 'np.zeros((n_out, n_in))',
  },
  constant: {
    torch: ({ value }) => `nn.init.constant_(w, ${value})`,
    keras: ({ value }) => `keras.initializers.Constant(${value})`,
    jax: ({ value }) => `initializers.constant(${value})`,
    numpy: ({ value }) => `np.full((n_out, n_in), ${value})`,
  },
  normal: {
    torch: ({ std }) => `nn.init.normal_(w, std=${std})`,
    keras: ({ std }) => `keras.initializers.RandomNormal(stddev=${std})`,
    jax: ({ std }) => `initializers.normal(${std})`,
    numpy: ({ std }) => `rng.normal(0, ${std}, (n_out, n_in))`,
  },
  // JAX's initializers.uniform draws from 0 on.
  uniform: {
    torch: (p) => `nn.init.uniform_(w, ${rangeText(p)})`,
    keras: (p) => `keras.initializers.RandomUniform(${rangeText(p)})`,
    jax: (p) => `jax.random.uniform(key, (n_in, n_out), minval=${rangeText(p).replace(', ', ', maxval=')})`,
    numpy: (p) => `rng.uniform(${rangeText(p)}, (n_out, n_in))`,
  },
  lecun_normal: varianceScaling(gainSquared, 'fan_in', 'normal', lecun('normal')),
  lecun_uniform: varianceScaling(gainSquared, 'fan_in', 'uniform', lecun('uniform')),
  glorot_normal: varianceScaling(
    gainSquared,
    'fan_avg',
    'normal',
    ({ gain = 1 }) => `nn.init.xavier_normal_(w${gainArgument(gain)})`,
  ),
  glorot_uniform: varianceScaling(
    gainSquared,
    'fan_avg',
    'uniform',
    ({ gain = 1 }) => `nn.init.xavier_uniform_(w${gainArgument(gain)})`,
  ),
  he_normal: varianceScaling(heScale, 'fan_in', 'normal', kaiming('normal')),
  he_uniform: varianceScaling(heScale, 'fan_in', 'uniform', kaiming('uniform')),
  orthogonal: {
    torch: ({ gain = 1 }) => `nn.init.orthogonal_(w${gainArgument(gain)})`,
    keras: ({ gain = 1 }) => `keras.initializers.Orthogonal(${gain === 1 ? '' : `gain=${gain}`})`,
    jax: ({ gain = 1 }) => `initializers.orthogonal(${gain === 1 ? '' : gain})`,
    numpy: ({ gain = 1 }) => times(gain, 'scipy.stats.ortho_group.rvs(max(n_in, n_out))[:n_out, :n_in]'),
  },
  pytorch_linear: varianceScaling(
    () => 1 / 3,
    'fan_in',
    'uniform',
    () => 'nn.init.kaiming_uniform_(w, a=math.sqrt(5))  # what nn.Linear does by itself',
  ),
  keras_dense: varianceScaling(
    () => 1,
    'fan_avg',
    'uniform',
    () => 'nn.init.xavier_uniform_(w)',
    'keras.initializers.GlorotUniform()  # what Dense does by itself',
  ),
  keras_glorot_normal: truncated(1, 'fan_avg', 'keras.initializers.GlorotNormal()'),
  keras_he_normal: truncated(2, 'fan_in', 'keras.initializers.HeNormal()'),
  keras_lecun_normal: truncated(1, 'fan_in', 'keras.initializers.LecunNormal()'),
  flax_dense: truncated(1, 'fan_in', 'keras.initializers.LecunNormal()'),
  haiku_linear: {
    torch: () => 'nn.init.trunc_normal_(w, std=(s := n_in ** -0.5), a=-2 * s, b=2 * s)',
    keras: () => 'keras.initializers.TruncatedNormal(stddev=n_in ** -0.5)',
    jax: () => 'initializers.truncated_normal(n_in ** -0.5)',
    numpy: () => 'scipy.stats.truncnorm(-2, 2, scale=n_in ** -0.5).rvs((n_out, n_in))',
  },
  playground: {
    torch: () => 'nn.init.uniform_(w, -0.5, 0.5)',
    keras: () => 'keras.initializers.RandomUniform(-0.5, 0.5)',
    jax: () => 'jax.random.uniform(key, (n_in, n_out), minval=-0.5, maxval=0.5)',
    numpy: () => 'rng.uniform(-0.5, 0.5, (n_out, n_in))',
  },
  convnetjs: varianceScaling(() => 1, 'fan_in', 'normal', lecun('normal')),
  variance_scaling: {
    torch: (p) => scaledDraw(p).torch,
    numpy: (p) => scaledDraw(p).numpy,
    keras: ({ scale, mode, distribution }) =>
      `keras.initializers.VarianceScaling(${scale}, mode="${mode}", distribution="${distribution === 'normal' ? 'untruncated_normal' : distribution}")`,
    jax: ({ scale, mode, distribution }) =>
      `initializers.variance_scaling(${scale}, "${mode}", "${distribution}")`,
  },
  // Of every activation but the logistic one.
  sklearn_mlp: varianceScaling(
    () => 1,
    'fan_avg',
    'uniform',
    () => 'nn.init.xavier_uniform_(w)',
    'keras.initializers.GlorotUniform()',
  ),
  // No framework has a line for rules that depend on the data, the activation, the place of the
  // layer or the caller.
  lsuv: {},
  randomized_asymmetric: {},
  siren: {},
  zero_branch: {},
  fixup: {},
  formula: {},
  given: {},
};

/**
 * Lines of a normal distribution that is cut at two standard deviations, and widened so that its
 * variance is scale / fan.
 *
 * @param {number} scale
 * @param {'fan_in' | 'fan_avg'} mode
 * @param {string} keras Keras' name for it
 * @returns {Lines}
 */
function truncated(scale, mode, keras) {
  const fan = mode === 'fan_in' ? 'n_in' : '((n_in + n_out) / 2)';
  const std = `math.sqrt(${scale} / ${fan}) / ${TRUNCATED_STD}`;
  return {
    torch: () => `nn.init.trunc_normal_(w, std=(s := ${std}), a=-2 * s, b=2 * s)`,
    keras: () => keras,
    jax: () => `initializers.variance_scaling(${scale}.0, "${mode}", "truncated_normal")`,
    numpy: () => `scipy.stats.truncnorm(-2, 2, scale=${std}).rvs((n_out, n_in))`,
  };
}

/**
 * A draw of variance scale / fan in the frameworks that have no function for it.
 *
 * @param {Init} init
 */
function scaledDraw({ scale, mode, distribution }) {
  const fan = mode === 'fan_avg' ? '((n_in + n_out) / 2)' : mode.replace('fan', 'n');
  const std = `math.sqrt(${scale} / ${fan})`;
  if (distribution === 'normal')
    return { torch: `nn.init.normal_(w, std=${std})`, numpy: `rng.normal(0, ${std}, (n_out, n_in))` };
  const limit = `math.sqrt(${3 * scale} / ${fan})`;
  if (distribution === 'uniform')
    return {
      torch: `nn.init.uniform_(w, -${limit}, ${limit})`,
      numpy: `rng.uniform(-${limit}, ${limit}, (n_out, n_in))`,
    };
  return {
    torch: `nn.init.trunc_normal_(w, std=(s := ${std} / ${TRUNCATED_STD}), a=-2 * s, b=2 * s)`,
    numpy: `scipy.stats.truncnorm(-2, 2, scale=${std} / ${TRUNCATED_STD}).rvs((n_out, n_in))`,
  };
}

/** @typedef {keyof Lines} LineFramework */

/** The frameworks of the table, by their names for people. @type {Record<LineFramework, string>} */
export const LINE_FRAMEWORKS = { torch: 'PyTorch', keras: 'Keras', jax: 'JAX', numpy: 'NumPy' };

/**
 * Returns the line that draws an initializer's weights.
 *
 * @param {LineFramework} framework
 * @param {Init} init with its parameters, as a complete experiment has it
 * @returns {string | undefined} undefined if the framework has none
 */
export const initLine = (framework, init) =>
  Object.hasOwn(LINES, init.name) ? LINES[init.name][framework]?.(init) : undefined;

/** Whether the table has a row for an initializer, even an empty one. @param {string} name */
export const hasLines = (name) => Object.hasOwn(LINES, name);
