// Whether single characters are keyboard shortcuts. Readers who use speech input, or who touch keys
// by accident, can switch them off (WCAG 2.1.4); the browser stores the choice.

const STORAGE_KEY = 'init-lab-keys';

/**
 * The choice on this page, which also works if a private window cannot store it.
 * @type {boolean | null}
 */
let chosen = null;

export function letterKeysEnabled() {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

/** @param {boolean} enabled */
export function enableLetterKeys(enabled) {
  chosen = enabled;
  try {
    if (enabled) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, 'off');
  } catch {
    // Not stored: the choice holds for this page only.
  }
}
