// How large the weights of each layer are, and which sizes keep a signal; the strips of the lab's
// cards show both.

import { countSizes } from '../plots/weight-bins.js';

/** Quartiles of |w| for normal weights, in units of their standard deviation. */
const QUARTILES = [0.3186, 1.1503];

/**
 * @param {import('../../src/js/lab.js').Session} session
 * @returns {Uint32Array[]} counts by layer
 */
export function weightSizes(session) {
  const parameters = session.parameters();
  return session.network.layers.map((layer) =>
    countSizes(parameters.subarray(layer.weights, layer.weights + layer.in * layer.out)),
  );
}

/**
 * Returns for each layer the range of |w| that holds the middle half of normal weights with the
 * variance that keeps the mean square of a signal: the variance on the edge of chaos, divided by
 * fan-in.
 * @param {import('../../src/js/lab.js').Lab} lab
 * @param {import('../../src/js/lab.js').Session} session
 * @returns {([number, number] | null)[]} null where the activation has no such variance
 */
export function keepingSizes(lab, session) {
  const { layers } = session.network;
  return layers.map((layer, l) => {
    // The activation before the next layer decides. The output layer uses the last hidden
    // activation.
    const { activation } = layers[Math.min(l, Math.max(0, layers.length - 2))];
    const variance = variances.get(activation) ?? varianceOf(lab, activation);
    variances.set(activation, variance);
    if (!(variance > 0)) return null;
    const deviation = Math.sqrt(variance / layer.in);
    return [QUARTILES[0] * deviation, QUARTILES[1] * deviation];
  });
}

/** @type {Map<string, number>} */
const variances = new Map();

/**
 * @param {import('../../src/js/lab.js').Lab} lab
 * @param {string} activation
 * @returns {number} NaN if there is none
 */
function varianceOf(lab, activation) {
  try {
    return lab.theory.edgeOfChaos(activation, 0).weightVariance;
  } catch {
    return NaN;
  }
}

/**
 * The root mean squares of the signals of each layer.
 * @param {import('./types.js').Diagnostics} diagnostics
 * @returns {import('./types.js').SignalSizes}
 */
export function signalSizes({ layers }) {
  const sizes = (/** @type {'activation' | 'preActivationGradient'} */ signal) =>
    layers.map((layer) => Math.sqrt(layer[signal].variance + layer[signal].mean ** 2));
  return { activation: sizes('activation'), preActivationGradient: sizes('preActivationGradient') };
}
