/**
 * The butterfly effect: how far two trainings drift apart if one weight differs by one unit in the
 * last place.
 */

import { LIMITS } from './limits.js';
import { expected, fieldError, isObject, rangeError } from './errors.js';
import { optionsOf, plain } from './plain.js';

/** @typedef {import('./lab.js').Lab} Lab */
/** @typedef {import('./types.js').Spec} Spec */

/**
 * Returns the next greater double.
 *
 * @param {number} value finite
 */
export function nextUp(value) {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** The lab's limit of iterations. */
export const MOST_ITERATIONS = LIMITS.iterations;

/**
 * @param {string} field
 * @param {unknown} value
 * @param {number} least
 * @returns {asserts value is number}
 */
function checkWhole(field, value, least) {
  const accepted = expected.integer(least, MOST_ITERATIONS);
  if (typeof value !== 'number') throw fieldError(field, value, accepted);
  if (!(Number.isInteger(value) && value >= least && value <= MOST_ITERATIONS))
    throw rangeError(field, value, accepted);
}

/**
 * Trains the experiment twice, the second time with W1[0][0] one unit in the last place greater,
 * and measures the largest distance between corresponding parameters.
 *
 * @param {Lab} lab
 * @param {Spec} spec in float64
 * @param {{ iterations: number, every: number }} options iterations to train, at least 0, and
 *   iterations between two measurements, at least 1; both at most 100,000,000
 * @throws {import('./types.js').LabError} a TypeError for float32, which rounds the difference
 *   away; a TypeError or RangeError that names a wrong field
 * @returns {{ iteration: number, distance: number }[]} from iteration 0 on; NaN once a parameter is
 *   not finite
 */
export function butterfly(lab, spec, options) {
  if (!isObject(spec)) throw fieldError('spec', spec, expected.type('experiment'));
  if (!isObject(options)) throw fieldError('options', options, expected.type('drift-options'));
  const own = plain(spec, 'spec');
  const { iterations, every } = optionsOf(options, ['iterations', 'every']);
  checkWhole('iterations', iterations, 0);
  checkWhole('every', every, 1);
  if (own.precision === 'float32') throw fieldError('precision', 'float32', expected.oneOf(['float64']));
  const reference = lab.createSession({ ...own, record: MOST_ITERATIONS });
  const moved = lab.createSession({ ...own, record: MOST_ITERATIONS });
  try {
    const start = moved.parameters();
    start[0] = nextUp(start[0]);
    moved.setParameters(start);
    const distances = [{ iteration: 0, distance: distanceOf(reference.parameters(), start) }];
    while (reference.iteration < iterations) {
      const n = Math.min(every, iterations - reference.iteration);
      reference.step(n);
      moved.step(n);
      distances.push({
        iteration: reference.iteration,
        distance: distanceOf(reference.parameters(), moved.parameters()),
      });
    }
    return distances;
  } finally {
    reference.dispose();
    moved.dispose();
  }
}

/**
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function distanceOf(a, b) {
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
