// How the module comes to life: the glue and the WebAssembly file beside it, in Node, a page or a worker.

import createInitLab from '../../dist/module/init_lab.mjs';
import { nodeModule } from './node-modules.js';
import { wasmAddress } from './package-files.js';

/** @typedef {import('../../dist/module/init_lab.mjs').InitLabModule} InitLabModule */

/**
 * @typedef {object} LoadOptions
 * @property {ArrayBuffer | Uint8Array} [wasmBinary] the bytes of init_lab.wasm, where the caller has them
 * @property {string | URL} [wasmUrl] where to fetch init_lab.wasm from; by default it lies beside the glue. In a page an
 *   address may be relative to the page. In Node it is relative to the file that holds this code, not to the folder of the
 *   process: give a whole one there, such as `pathToFileURL('init_lab.wasm')`
 */

/** The smallest module with an instruction of SIMD and a tag, as exceptions have them. */
const needed = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 13, 3, 1, 0, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15,
  26, 11,
]);

/** @param {string} message @param {unknown} cause @param {string} [code] */
const failure = (message, cause, code = 'not-loaded') =>
  Object.assign(new Error(message, { cause }), { code });

/**
 * Loads and compiles the module, or throws what loadLab (lab.js) says.
 *
 * @param {LoadOptions} [options]
 * @returns {Promise<InitLabModule>}
 */
export async function loadModule(options = {}) {
  const source = options.wasmBinary ? 'wasmBinary' : (options.wasmUrl ?? wasmAddress());
  const wasmBinary = options.wasmBinary ?? (await readWasm(source));
  try {
    // What goes wrong is thrown, below: Emscripten would also write it to the console.
    return await createInitLab({ wasmBinary, printErr() {} });
  } catch (cause) {
    // Asked only now: to look at the file beforehand would cost every visitor what hardly one needs.
    if (!globalThis.WebAssembly?.validate(needed)) {
      throw failure(
        'This browser cannot run WebAssembly with SIMD and exceptions; expected Chrome 98, Firefox 100, Safari 16.4 or later',
        cause,
        'unsupported',
      );
    }
    if (!isWebAssembly(wasmBinary)) {
      throw failure(`${shown(source)} is not WebAssembly, or not all of it; expected init_lab.wasm`, cause);
    }
    // What the page's policy forbids, and memory that is not to be had, is no fault of the file.
    if (/CompileError|memory/i.test(String(cause))) throw cause;
    throw failure(
      `${shown(source)} is not this version's module; expected init_lab.wasm of this version`,
      cause,
    );
  }
}

/** @param {unknown} bytes which a caller may have given, and need be none */
function isWebAssembly(bytes) {
  try {
    return WebAssembly.validate(/** @type {BufferSource} */ (bytes));
  } catch {
    return false;
  }
}

/** Apart from where it is used: bundlers take `new URL(anything, import.meta.url)` for a file to take along. */
const here = import.meta.url;

/** An address may hold the file itself. @param {string | URL} url */
const shown = (url) => String(url).slice(0, 200);

/**
 * @param {string | URL} url
 * @returns {Promise<ArrayBuffer | Uint8Array>}
 */
async function readWasm(url) {
  try {
    const fs = nodeModule('node:fs');
    if (fs) {
      // Node's fetch knows no files.
      const address = new URL(url, here);
      if (address.protocol === 'file:') return await fs.promises.readFile(address);
    }
    const text = String(url);
    // Where all is one file the bytes are in the address itself, and a page's policy may forbid to fetch that.
    if (text.startsWith('data:')) return bytesOf(text.slice(text.indexOf(',') + 1));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.arrayBuffer();
  } catch (cause) {
    throw failure(
      `${shown(url)} cannot be had (${/** @type {Error} */ (cause).message}); expected init_lab.wasm, or wasmUrl to say where it is`,
      cause,
    );
  }
}

/** @param {string} base64 @returns {Uint8Array} */
export const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
