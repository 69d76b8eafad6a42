// Addresses of workers in the form that a page with `require-trusted-types-for 'script'` accepts.
// scripts/content-policy.mjs lists the names of the policies.

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

/**
 * Lets the scripts of this site start from their addresses, for a pool: bundlers find its worker
 * only in `new Worker(new URL(…))`. For the site's own pages, not for pages of others.
 */
export function trustOwnScripts() {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy('default', {
    createScriptURL: (/** @type {string} */ url) =>
      new URL(url, location.href).origin === location.origin ? url : null,
  });
}
