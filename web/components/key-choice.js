// Whether single letters, digits and signs are shortcuts. Who dictates to the machine, or touches
// keys unawares, can switch them off (WCAG 2.1.4); the choice is remembered.

const PLACE = 'init-lab-keys';

/**
 * What was chosen on this page: it holds although private windows may forbid remembering.
 *
 * @type {boolean | null}
 */
let chosen = null;

export function lettersWork() {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(PLACE) !== 'off';
  } catch {
    return true;
  }
}

/** @param {boolean} work */
export function letLettersWork(work) {
  chosen = work;
  try {
    if (work) localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, 'off');
  } catch {
    // Then the choice holds for this page only.
  }
}
