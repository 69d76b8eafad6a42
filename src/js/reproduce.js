// Trains the reference experiments and compares the results with the reference figures.
import {
  digitExperiments,
  flowerExperiments,
  optimizationExperiments,
  pictureExperiments,
  threadExperiments,
} from './reference.js';

/** @typedef {import('./lab.js').Spec} Spec */
/** @typedef {import('./lab.js').Result} Result */
/** @typedef {import('./reference.js').Figure} Figure */
/** @typedef {import('./reference.js').ReferenceExperiment} ReferenceExperiment */

/**
 * @typedef {object} Comparison one reference number and the measured one
 * @property {string} id of the experiment
 * @property {string} metric 'trainAccuracy', 'testAccuracy', or 'costAt' and the iteration
 * @property {number} expected the reference figure
 * @property {number} measured
 * @property {number} tolerance largest absolute deviation that agrees
 * @property {boolean} agrees
 * @property {string} [note] the reason for an unusual tolerance
 */

/**
 * Whether two figures agree: they are equal (infinities and NaN included), or differ by at most the
 * tolerance.
 *
 * @param {number} expected
 * @param {number} measured
 * @param {number} tolerance absolute
 */
export const agree = (expected, measured, tolerance) =>
  Object.is(expected, measured) || Math.abs(expected - measured) <= tolerance;

/**
 * Returns the measured counterpart of a reference figure.
 *
 * @param {Result} result
 * @param {Figure} figure
 * @returns {number} NaN for a cost that was not recorded
 */
function measuredFigure({ history, final }, { metric, iteration }) {
  if (metric !== 'cost') return final[metric];
  return history.find((metrics) => metrics.iteration === iteration)?.cost ?? NaN;
}

/**
 * Compares a result with the figures of its experiment.
 *
 * @param {ReferenceExperiment} experiment
 * @param {Result} result of the experiment's spec
 * @returns {Comparison[]} in the order of the figures
 */
export function compare({ id, figures, note }, result) {
  return figures.map((figure) => {
    const measured = measuredFigure(result, figure);
    const { value: expected, tolerance } = figure;
    const metric = figure.metric === 'cost' ? `costAt${figure.iteration}` : figure.metric;
    const agrees = agree(expected, measured, tolerance);
    return { id, metric, expected, measured, tolerance, agrees, ...(note === undefined ? {} : { note }) };
  });
}

/**
 * Lists the experiments that a reproduction trains.
 *
 * @param {Spec['dataset']} [pictures] the cat pictures (see pictures.js); without them, their
 *   experiments are left out
 * @returns {ReferenceExperiment[]}
 */
export function referenceExperiments(pictures) {
  const withPictures = pictures
    ? pictureExperiments.map((experiment) => ({
        ...experiment,
        spec: { ...experiment.spec, dataset: pictures },
      }))
    : [];
  return [
    ...threadExperiments,
    ...flowerExperiments,
    ...optimizationExperiments,
    ...digitExperiments,
    ...withPictures,
  ];
}

/**
 * Trains experiments and compares their results with the reference.
 *
 * @param {ReferenceExperiment[]} experiments
 * @param {import('./pool.js').Pool} pool
 * @param {{ onProgress?: (progress: import('./pool.js').PoolProgress) => void, signal?: AbortSignal
 *   }} [options]
 * @returns {Promise<Comparison[]>} in the order of the experiments
 */
export async function reproduce(experiments, pool, options = {}) {
  // The longest trainings come last in the list. Starting with them keeps all workers busy to the
  // end.
  const order = [...experiments.keys()].reverse();
  const results = await pool.run(
    order.map((i) => experiments[i].spec),
    options,
  );
  return experiments.flatMap((experiment, i) => compare(experiment, results[order.indexOf(i)]));
}
