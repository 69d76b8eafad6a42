// Whether single characters are keyboard shortcuts. Readers who use speech input, or who touch keys
// by accident, can switch them off (WCAG 2.1.4); the browser stores the choice.

const PLACE = 'init-lab-keys';

/**
 * The choice on this page, which also works if a private window cannot store it.
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
    // Not stored: the choice holds for this page only.
  }
}
