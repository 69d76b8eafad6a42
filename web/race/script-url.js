// Addresses of workers in the form that a page with `require-trusted-types-for 'script'` accepts.

/** @type {{ createScriptURL: (url: string) => any } | undefined} */
let policy;

/**
 * @param {string} url of a script of this project
 * @returns {string}
 */
export function scriptUrl(url) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  policy ??= trustedTypes?.createPolicy('init-lab', {
    createScriptURL: (/** @type {string} */ same) => same,
  });
  return policy?.createScriptURL(url) ?? url;
}
