// Finds the curves on which the units of a network change sign, within the visible part of the
// plane.

import { contourLines } from '../plots/contours.js';

/** @typedef {import('../../src/js/extent.js').Extent} Extent */

/** The most units of a layer whose boundaries are drawn. */
const MAX_LINES = 16;

/** A rectifier is 0 on one side of its boundary, so its contour line is drawn just above 0. */
const ABOVE_ZERO = 1e-9;

/**
 * The value of a unit on its boundary, where z = 0.
 * @param {import('./types.js').RunLayer} layer
 */
const levelOf = ({ traits }) => (traits.rectifier ? ABOVE_ZERO : traits.atZero);

/**
 * Whether the units of the first layer change sign on lines in the plane of the data: inputs are
 * not scaled and pre-activations are not normalized.
 * @param {import('../../src/js/lab.js').Session} session
 */
const isLinear = ({ spec, network }) => !spec.dataset.standardize && !network.layers[0].normalization;

/**
 * Returns the lines w1 x1 + w2 x2 + b = 0 of the units of the first hidden layer, clipped to the
 * visible part.
 * @param {import('../../src/js/lab.js').Session} session
 * @param {Extent} extent
 * @returns {Float32Array[]} each in the form of contourLines
 */
export function unitLines(session, { x1, x2 }) {
  const [first, ...rest] = session.network.layers;
  if (rest.length === 0 || first.in !== 2 || !isLinear(session)) return [];
  const parameters = session.parameters();
  const [width, height] = [x1[1] - x1[0], x2[1] - x2[0]];
  return Array.from({ length: Math.min(first.out, MAX_LINES) }, (_, unit) => {
    const [a, b] = parameters.subarray(first.weights + 2 * unit);
    const c = parameters[first.biases + unit];
    /**
     * The points where the line meets the edges of the picture; u and v range from 0 to 1.
     * @type {number[]}
     */
    const ends = [];
    const add = (/** @type {number} */ u, /** @type {number} */ v) => {
      if (u >= 0 && u <= 1 && v >= 0 && v <= 1 && ends.length < 4) ends.push(u, v);
    };
    for (const u of [0, 1]) add(u, (x2[1] + (c + a * (x1[0] + u * width)) / b) / height);
    for (const v of [0, 1]) add((-(c + b * (x2[1] - v * height)) / a - x1[0]) / width, v);
    return Float32Array.from(ends.length === 4 ? [2, ...ends] : []);
  });
}

/**
 * Returns the curves where the units of the other hidden layers change sign (for a sigmoid: pass
 * 1/2; for a ReLU: become 0).
 * @param {Pick<import('./run.js').Run, 'session' | 'extent' | 'layers'>} run
 * @param {number} size columns and rows of the grid on which the units are sampled
 * @returns {Float32Array[]}
 */
export function unitCurves({ session, extent, layers }, size) {
  const grid = { ...extent, columns: size, rows: size };
  const from = isLinear(session) ? 1 : 0;
  if (layers.length < from + 2) return [];
  const sampled = session.predictUnits(grid, { most: MAX_LINES }).slice(from);
  return sampled.flatMap((units, l) =>
    units.map((unit) => contourLines(unit, size, size, levelOf(layers[l + from]))),
  );
}
