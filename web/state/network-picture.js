// What a drawing of a run's network contains, from the run's newest frame.

import { textsUnder } from '../texts/index.js';
import { compact } from '../texts/format.js';

const words = textsUnder('network.rows');
const WORDS = /** @type {const} */ ([
  'layer',
  'output',
  'active',
  'saturated',
  'dead',
  'forward',
  'backward',
  'out',
  'units',
  'some',
  'weights',
]);

/**
 * Returns what the painters need of a frame.
 * @param {import('../race/types.js').CompleteRunFrame} frame
 * @param {import('../race/types.js').DrawnNetwork} network
 * @param {{ layer: number, unit: number } | null} chosen
 * @returns {import('../plots/strip.js').RowPicture}
 */
export function pictureOf(frame, network, chosen) {
  const layers = frame.diagnostics?.layers ?? [];
  const size = (/** @type {import('../race/types.js').Distribution} */ { mean, variance }) =>
    Math.sqrt(variance + mean * mean);
  return {
    ...network,
    groups: layers.map(({ group }) => group),
    dead: layers.map(({ dead }) => dead),
    output: frame.field,
    chosen,
    measures: layers.map(({ group, dead, saturated, activation, preActivationGradient }) => ({
      units: group.length,
      dead: dead.length,
      saturated,
      forward: size(activation),
      backward: size(preActivationGradient),
    })),
    words: /** @type {import('../plots/strip.js').RowWords} */ ({
      ...Object.fromEntries(WORDS.map((word) => [word, words(word)])),
      tick: compact,
    }),
  };
}
