import { ref } from 'lit/directives/ref.js';

/**
 * Sets custom properties of an element's style: `<i ${styleProperties({ '--at': '40%' })}></i>`.
 * Lit's styleMap writes a style attribute at first, which the page's policy refuses.
 *
 * @param {Record<string, string>} properties
 */
export const styleProperties = (properties) =>
  ref((element) => {
    for (const [name, value] of Object.entries(properties))
      /** @type {HTMLElement | undefined} */ (element)?.style.setProperty(name, value);
  });
