/**
 * Node's built-in modules, loaded at run time: bundlers for the browser must not find an `import`
 * of a `node:` address.
 */

/** @typedef {typeof globalThis.process} NodeProcess */

/**
 * @typedef {{
 *   'node:fs': typeof import('node:fs'),
 *   'node:os': typeof import('node:os'),
 *   'node:worker_threads': typeof import('node:worker_threads'),
 * }} NodeModules
 */

/**
 * Returns a module built into Node (also Deno and Bun); undefined in a browser.
 *
 * @template {keyof NodeModules} Name
 * @param {Name} name
 * @returns {NodeModules[Name] | undefined}
 */
export function nodeModule(name) {
  const process = /** @type {NodeProcess | undefined} */ (/** @type {any} */ (globalThis).process);
  return /** @type {any} */ (process?.getBuiltinModule?.(name));
}
