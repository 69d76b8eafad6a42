// The facts that the rules of status.js use: numbers from a run's diagnostics and metrics, computed
// when first needed.

/** @typedef {import('./types.js').Diagnostics} Diagnostics */
/** @typedef {import('./types.js').Spec} Spec */

/**
 * @typedef {object} LabelStatistics the results of a network that gives the same output for every
 *   training example
 * @property {number} cost of the best constant output
 * @property {number} undecided cost of the output of a network with tiny weights
 * @property {number} accuracy of the best constant output
 */

/**
 * @typedef {object} Given
 * @property {Spec} spec complete
 * @property {boolean[]} rectifiers whether the units of each hidden layer can be dead
 * @property {Diagnostics} diagnostics the newest ones
 * @property {import('./types.js').Metrics} metrics of the present iteration
 * @property {Diagnostics} start diagnostics at iteration 0
 * @property {number} startCost
 * @property {LabelStatistics} labels of the training examples
 * @property {number} inputSize root mean square of the training inputs
 * @property {number | null} brokenAt iteration since which the cost has been infinite or NaN, null
 *   while it is finite
 * @property {boolean} wasFinite whether the cost has been finite since the start
 * @property {boolean} moving whether the cost has changed during the last tenth of the training
 * @property {string} [before] kind of the last state, if hysteresis is wanted
 */

/** The progress at which a network counts as learned. */
const LEARNED = 0.7;
/** The progress that a learned network may lose before it counts as not learned. */
const LEARNED_SLACK = 0.1;
const LEARNED_KINDS = new Set(['healthy', 'thinned', 'saturatedYet', 'overfits']);
/** Below this norm of the gradient, training has visibly stopped. */
export const NO_GRADIENT = 1e-3;

/** @param {number[]} values */
export const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {number[]} values */
const mean = (values) => sum(values) / values.length;

/**
 * @param {Spec} spec complete
 * @param {ArrayLike<number>} y labels of the training examples
 * @returns {LabelStatistics}
 */
export function labelStatistics({ output }, y) {
  const labels = Array.from(y);
  if (output === 'linear') {
    const center = mean(labels);
    return {
      cost: mean(labels.map((label) => (label - center) ** 2)) / 2,
      undecided: mean(labels.map((label) => label ** 2)) / 2,
      accuracy: 0,
    };
  }
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / labels.length);
  const accuracy = Math.max(...shares);
  if (output === 'tanh') {
    const ones = (counts.get(1) ?? 0) / labels.length;
    // The labels are -1 and 1: half their mean square around the best constant, and around 0.
    return { cost: 2 * ones * (1 - ones), undecided: 0.5, accuracy };
  }
  const classes = output === 'softmax' ? Math.max(...counts.keys()) + 1 : 2;
  const entropy = -sum(shares.map((share) => share * Math.log(share)));
  return { cost: entropy, undecided: Math.log(classes), accuracy };
}

/**
 * Returns the root mean square of the inputs. Initializers assume that it is near 1.
 * @param {ArrayLike<number>} x
 */
export const inputSize = (x) => Math.sqrt(mean(Array.from(x, (value) => value * value)));

export class Facts {
  /** @param {Given} given */
  constructor(given) {
    this.spec = given.spec;
    this.rectifiers = given.rectifiers;
    this.layers = given.diagnostics.layers;
    this.start = given.start.layers;
    this.startCost = given.startCost;
    this.labels = given.labels;
    this.inputSize = given.inputSize;
    this.brokenAt = given.brokenAt ?? given.metrics.iteration;
    this.wasFinite = given.wasFinite;
    this.moving = given.moving;
    this.before = given.before;
    this.iteration = given.metrics.iteration;
    this.cost = given.metrics.cost;
    this.train = given.metrics.trainAccuracy;
    this.test = given.metrics.testAccuracy;
  }

  /** Diagnostics of the hidden layers. */
  get hidden() {
    return this.layers.slice(0, -1);
  }

  /** Widths of the hidden layers. @returns {number[]} */
  get widths() {
    return this.spec.layers;
  }

  get units() {
    return sum(this.widths);
  }

  /**
   * Share of the way from the best constant output to all examples correct; negative below the
   * constant.
   */
  get progress() {
    const { accuracy } = this.labels;
    if (accuracy < 1) return (this.train - accuracy) / (1 - accuracy);
    return this.train === 1 ? 1 : 0;
  }

  /**
   * Whether the network has learned. Hysteresis: a learned network needs a clear drop to lose this
   * status.
   */
  get learned() {
    return this.progress >= (LEARNED_KINDS.has(this.before ?? '') ? LEARNED - LEARNED_SLACK : LEARNED);
  }

  /** Norm of the weights' gradient. */
  get gradient() {
    return gradientNorm(this.layers);
  }

  /**
   * Whether the initial weights were on the plateau. Then they are small, and the network needs
   * time.
   */
  get beganOnPlateau() {
    const { undecided } = this.labels;
    return this.units > 0 && isPlateau(this.startCost, gradientNorm(this.start), undecided);
  }

  /** Whether the cost is that of the best constant output, and the gradient is small. */
  get onPlateau() {
    return isPlateau(this.cost, this.gradient, this.labels.cost);
  }

  /** How many units of each hidden layer are dead. */
  get dead() {
    return this.#deadIn(this.layers);
  }

  /** How many units of each hidden layer were dead at iteration 0. */
  get deadAtStart() {
    return this.#deadIn(this.start);
  }

  /** @param {Diagnostics['layers']} layers */
  #deadIn(layers) {
    return layers.slice(0, -1).map(({ dead }, l) => (this.rectifiers[l] ? dead.length : 0));
  }

  /** Share of saturated activations in each hidden layer. */
  get saturated() {
    return saturatedShares(this.layers);
  }

  get saturatedAtStart() {
    return saturatedShares(this.start);
  }
}

/** @param {Diagnostics['layers']} layers */
const gradientNorm = (layers) => Math.hypot(...layers.map(({ gradientNorm: norm }) => norm));

/** @param {Diagnostics['layers']} layers */
const saturatedShares = (layers) => layers.slice(0, -1).map(({ saturated }) => saturated || 0);

/**
 * @param {number} cost
 * @param {number} gradient
 * @param {number} level cost of a constant output
 */
const isPlateau = (cost, gradient, level) => Math.abs(cost - level) < 0.005 && gradient < 0.05;
