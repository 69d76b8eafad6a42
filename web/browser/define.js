/**
 * Registers a custom element unless its name is taken, so that two scripts of one page can both
 * contain it.
 * @param {string} name
 * @param {CustomElementConstructor} element
 */
export function define(name, element) {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
