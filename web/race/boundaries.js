// Where the units of a network change sign on the part of the plane that is shown.

import { contourLines } from '../plots/contours.js';

/** @typedef {import('../../src/js/extent.js').Extent} Extent */

/** Where an activation passes the value it has for z = 0; a ReLU only leaves it. @type {Record<string, number>} */
const LEVELS = { sigmoid: 0.5, relu: 1e-9 };

/**
 * The lines where the units of the first hidden layer change sign, w1 x1 + w2 x2 + b = 0, cut to what is shown.
 * @param {import('../../src/js/lab.js').Session} session
 * @param {Extent} extent
 * @returns {Float32Array[]} each as contourLines gives it; sixteen at most
 */
export function unitLines(session, { x1, x2 }) {
  const [first, ...rest] = session.network.layers;
  if (rest.length === 0 || first.in !== 2) return [];
  const parameters = session.parameters();
  return Array.from({ length: Math.min(first.out, 16) }, (_, unit) => {
    const [a, b] = parameters.subarray(first.weights + 2 * unit);
    const c = parameters[first.biases + unit];
    /** @type {number[]} */
    const ends = [];
    const meet = (/** @type {number} */ u, /** @type {number} */ v) => {
      if (u >= 0 && u <= 1 && v >= 0 && v <= 1 && ends.length < 4) ends.push(u, v);
    };
    const [wide, high] = [x1[1] - x1[0], x2[1] - x2[0]];
    for (const u of [0, 1]) meet(u, (x2[1] + (c + a * (x1[0] + u * wide)) / b) / high);
    for (const v of [0, 1]) meet((-(c + b * (x2[1] - v * high)) / a - x1[0]) / wide, v);
    return Float32Array.from(ends.length === 4 ? [2, ...ends] : []);
  });
}

/**
 * The lines where the units of the other hidden layers change sign (for a sigmoid: pass 1/2; for a ReLU: become 0).
 * @param {import('../../src/js/lab.js').Session} session
 * @param {Extent} extent
 * @param {number} size columns and rows of the grid that they are read off
 * @returns {Float32Array[]} sixteen for each layer at most
 */
export function unitCurves(session, extent, size) {
  const grid = { ...extent, columns: size, rows: size };
  const { layers } = session.network;
  if (layers.length < 3) return [];
  const [, ...deeper] = session.predictUnits(grid, { most: 16 });
  return deeper.flatMap((units, l) =>
    units.map((unit) => contourLines(unit, size, size, LEVELS[layers[l + 1].activation] ?? 0)),
  );
}
