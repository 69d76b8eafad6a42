/**
 * Node's own modules, where there are any. Asked for at run time, so that bundlers for the browser never meet an `import` of
 * a `node:` address.
 */

/** @typedef {typeof globalThis.process} NodeProcess */

/**
 * A module built into Node (also Deno and Bun); undefined in a browser.
 *
 * @template {'node:fs' | 'node:os' | 'node:worker_threads'} Name
 * @param {Name} name
 * @returns {(Name extends 'node:fs' ? typeof import('node:fs') : Name extends 'node:os' ? typeof import('node:os') : typeof import('node:worker_threads')) | undefined}
 */
export function nodeModule(name) {
  const process = /** @type {NodeProcess | undefined} */ (/** @type {any} */ (globalThis).process);
  return /** @type {any} */ (process?.getBuiltinModule?.(name));
}
