/**
 * The Content-Security-Policy of the site: nothing inline, no eval, nothing from elsewhere. It is
 * written into the built pages, sent by the site's server and shown on the page Embed.
 */

/**
 * Directives of every page. Frames: the examples and the sheet for embedding show the site's own
 * pages.
 */
const DIRECTIVES = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'frame-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/**
 * @param {Partial<typeof DIRECTIVES>} [changes] directives that differ; an empty list leaves one
 *   out
 * @returns {string}
 */
export const contentPolicy = (changes = {}) =>
  Object.entries({ ...DIRECTIVES, ...changes })
    .filter(([, sources]) => sources.length > 0)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
