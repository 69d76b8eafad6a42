// Weights that a file or the reader gives, as the start of a run.

import { MOST_GIVEN } from './codec.js';
import { newId } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('../../src/js/exports/weights.js').WeightsNetwork} WeightsNetwork */

/** Whether a link can hold so many weights. @param {number} count */
export const fitsLink = (count) => count <= MOST_GIVEN;

/**
 * Makes a run that starts from the weights of a network. Settings that the weights decide are the
 * run's own where they differ from the shared ones.
 * @param {LabState} state
 * @param {Pick<WeightsNetwork, 'layers' | 'outputs' | 'normalization' | 'skip'> & { parameters:
 *   ArrayLike<number> }} network
 * @param {string} name
 * @returns {RunChoice}
 */
export function runOfWeights(state, { layers, outputs, normalization, skip, parameters }, name) {
  /** @type {Partial<import('./table.js').Settings>} */
  const own = {};
  if (layers.join() !== state.layers.join()) own.layers = layers;
  if (outputs > 1 && state.output !== 'softmax') own.output = 'softmax';
  if (outputs === 1 && state.output === 'softmax') own.output = 'sigmoid';
  if (Boolean(state.skip?.learned) !== Boolean(skip)) own.skip = skip ?? null;
  // A file does not always tell which normalization it has: the shared one is taken, if any.
  const isNormalized = state.normalization.name !== 'none';
  if (isNormalized !== Boolean(normalization)) own.normalization = { name: normalization ?? 'none' };
  return {
    id: newId(),
    init: { name: 'given', parameters: Array.from(parameters) },
    name: name.slice(0, 60),
    own,
  };
}
