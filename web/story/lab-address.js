// Links from a story's trainings to the lab, which repeats them live.

import { sideBySide } from '../state/side-by-side.js';
import { writeLink } from '../state/table.js';

/**
 * Returns the address of the lab with experiments as its runs, the first one selected.
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
