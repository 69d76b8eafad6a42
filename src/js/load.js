// How the module comes to life: the glue and the WebAssembly file beside it, in Node, a page or a worker.

import createInitLab from '../../dist/module/init_lab.mjs';
import { nodeModule } from './node-modules.js';

/** @typedef {import('../../dist/module/init_lab.mjs').InitLabModule} InitLabModule */

/**
 * @typedef {object} LoadOptions
 * @property {ArrayBuffer | Uint8Array} [wasmBinary] the bytes of init_lab.wasm, where the caller has them
 * @property {string | URL} [wasmUrl] where to fetch init_lab.wasm from; by default it lies beside the glue
 */

/**
 * Loads and compiles the module. A page needs `script-src 'wasm-unsafe-eval'` in its CSP and no special headers.
 *
 * @param {LoadOptions} [options]
 * @returns {Promise<InitLabModule>}
 * @throws {Error} with code 'unsupported' where WebAssembly SIMD is missing, 'not-loaded' where the file cannot be had
 */
export async function loadModule(options = {}) {
  const wasmBinary = options.wasmBinary ?? (await readWasm(options.wasmUrl));
  try {
    return await createInitLab({ wasmBinary });
  } catch (error) {
    // Reading the file twice, once to validate it, would cost every visitor what only old browsers need.
    if (WebAssembly.validate(/** @type {BufferSource} */ (wasmBinary))) throw error;
    throw Object.assign(
      new Error(
        'This browser cannot run WebAssembly with SIMD; expected Chrome 91, Firefox 89, Safari 16.4 or later',
      ),
      { code: 'unsupported' },
    );
  }
}

/** Apart from where it is used: bundlers take `new URL(anything, import.meta.url)` for a file to take along. */
const here = import.meta.url;

/**
 * @param {string | URL | undefined} wasmUrl
 * @returns {Promise<ArrayBuffer | Uint8Array>}
 */
async function readWasm(wasmUrl) {
  // Written out, so that bundlers see the file and take it along.
  const url = wasmUrl ?? new URL('../../dist/module/init_lab.wasm', import.meta.url);
  const fs = nodeModule('node:fs');
  if (fs) {
    // Node's fetch knows no files.
    const address = new URL(url, here);
    if (address.protocol === 'file:') return fs.promises.readFile(address);
  }
  const text = String(url);
  // Where all is one file the bytes are in the address itself, and a page's policy may forbid to fetch that.
  if (text.startsWith('data:')) return bytesOf(text.slice(text.indexOf(',') + 1));
  const response = await fetch(url);
  if (!response.ok) {
    throw Object.assign(new Error(`${url} answered ${response.status}; expected the WebAssembly file`), {
      code: 'not-loaded',
    });
  }
  return response.arrayBuffer();
}

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
