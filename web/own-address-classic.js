// Where a classic script was loaded from. A page that loads the same file as a module does not say
// so, but its tag does.

/**
 * @param {HTMLOrSVGScriptElement} script
 * @returns {string}
 */
const addressOf = (script) => (script instanceof HTMLScriptElement ? script.src : '');

/** "" where no tag loaded it. */
export const ownAddress =
  (document.currentScript && addressOf(document.currentScript)) ||
  ([...document.scripts].map(addressOf).find((address) => /\/init-lab\.js([?#]|$)/.test(address)) ?? '');
