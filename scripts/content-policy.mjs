/**
 * The Content-Security-Policy: no inline script or style, no eval, no other host. The site's server
 * sends it, the page Embed shows it to hosts, and the built pages hold it with Trusted Types added.
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
 * Only these scripts may make markup or a script's address out of text: Lit, the workers' start,
 * the project's own texts, and pools (for addresses of this site). Duplicates: a page may hold the
 * element beside the notebook's module, each with its own copy of Lit.
 */
const TRUSTED_TYPES = {
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['lit-html', 'init-lab', 'init-lab-texts', 'default', "'allow-duplicates'"],
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

/**
 * The policy of the site's own pages. Pages of others, the examples among them, may use libraries
 * that know nothing of Trusted Types.
 *
 * @type {typeof contentPolicy}
 */
export const pagePolicy = (changes) => contentPolicy({ ...TRUSTED_TYPES, ...changes });
