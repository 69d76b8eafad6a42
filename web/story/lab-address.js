// From what a story has trained to the lab that trains it again before the reader's eyes.

import { sideBySide } from '../state/side-by-side.js';
import { writeLink } from '../state/table.js';

/**
 * The address of the lab with experiments as its runs, the first one selected.
 *
 * @param {Record<string, any>[]} specs
 * @param {number} speed iterations per second
 */
export function labAddress(specs, speed) {
  const state = sideBySide(
    specs.map((spec) => ({ spec })),
    speed,
  );
  return `./index.html#${writeLink({ ...state, selected: 0 })}`;
}
