/** Addresses of the package's own files, for the module and for the pool's worker. */

/**
 * The dev server of Vite 7 serves a package's code from node_modules/.vite/deps, but not its files:
 * the address of the WebAssembly file then leads into node_modules itself.
 */
const MOVED = /\/node_modules\/dist\/module\/init_lab\.wasm$/;

// Written out, so that bundlers find the file and copy it.
const writtenAddress = () => new URL('../../dist/module/init_lab.wasm', import.meta.url);

/** @returns {URL} of init_lab.wasm */
export function wasmAddress() {
  const url = writtenAddress();
  return MOVED.test(url.pathname) ? new URL('../../init-lab/dist/module/init_lab.wasm', url) : url;
}

/**
 * @returns {URL | undefined} of pool-worker.js; undefined where it lies beside the code that starts
 *   it
 */
export function movedWorkerAddress() {
  const url = writtenAddress();
  return MOVED.test(url.pathname) ? new URL('../../init-lab/src/js/pool-worker.js', url) : undefined;
}
