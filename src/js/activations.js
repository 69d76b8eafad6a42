/**
 * Properties of the activation functions for code that runs without the module, such as drawings.
 * tests/js/activations.test.js compares them with the module.
 */

/**
 * @typedef {object} ActivationTraits
 * @property {number} low no value is less; -Infinity if there is no bound
 * @property {number} high no value is greater; Infinity if there is no bound
 * @property {number} atZero value at z = 0
 * @property {boolean} rectifier value and slope are 0 for every z < 0, so that a unit can be dead
 */

/** @type {ActivationTraits} */
const unbounded = { low: -Infinity, high: Infinity, atZero: 0, rectifier: false };

/** @type {Record<string, ActivationTraits>} */
export const ACTIVATIONS = {
  relu: { ...unbounded, low: 0, rectifier: true },
  leaky_relu: unbounded,
  elu: { ...unbounded, low: -1 },
  selu: { ...unbounded, low: -1.7581 },
  gelu: { ...unbounded, low: -0.17 },
  silu: { ...unbounded, low: -0.28 },
  tanh: { low: -1, high: 1, atZero: 0, rectifier: false },
  sigmoid: { low: 0, high: 1, atZero: 0.5, rectifier: false },
  linear: unbounded,
  sine: { low: -1, high: 1, atZero: 0, rectifier: false },
};

/**
 * Returns the traits of an activation.
 *
 * @param {string | { name: string }} activation
 */
export const traitsOf = (activation) =>
  ACTIVATIONS[typeof activation === 'string' ? activation : activation.name] ?? unbounded;
