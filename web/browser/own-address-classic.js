// The address that a classic script was loaded from. If a page loads the same file as a module,
// only its tag holds the address.

/**
 * @param {HTMLOrSVGScriptElement} script
 * @returns {string}
 */
const addressOf = (script) => (script instanceof HTMLScriptElement ? script.src : '');

/** "" if no tag loaded it. */
export const ownAddress =
  (document.currentScript && addressOf(document.currentScript)) ||
  ([...document.scripts].map(addressOf).find((address) => /\/init-lab\.js([?#]|$)/.test(address)) ?? '');
