// The heights of a map of the cost, and its contour lines. The worker makes the lines: dozens of
// milliseconds would be felt on the page.

import { contourLines } from './contours.js';

/** Smaller differences of log cost are rounding errors. */
const LEAST_SPAN = 1e-12;
/** The steps of log cost between the lowest and the highest cost. */
const LEVELS = 12;

/**
 * Returns the log of each cost, scaled so that the lowest is 0 and the highest 1. Infinite costs
 * get 1. Subtracts in 64 bits: on a plateau, costs differ by less than 32 bits can hold.
 * @param {Float64Array} cost
 */
export function heightsOf(cost) {
  const logs = Float64Array.from(cost, (value) =>
    value > 0 && Number.isFinite(value) ? Math.log(value) : NaN,
  );
  const known = logs.filter((value) => !Number.isNaN(value));
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const span = Math.max(high - low, LEAST_SPAN);
  return Float32Array.from(logs, (value) => (Number.isNaN(value) ? 1 : (value - low) / span));
}

/**
 * Returns the contour lines of a map at equal steps of log cost.
 * @param {Float64Array} cost size × size, row 0 at the top
 * @param {number} size columns and rows
 * @returns {Float32Array[]} one item for each level, in the form of contourLines
 */
export function levelLines(cost, size) {
  const heights = heightsOf(cost);
  return Array.from({ length: LEVELS - 1 }, (_, i) => contourLines(heights, size, size, (i + 1) / LEVELS));
}
