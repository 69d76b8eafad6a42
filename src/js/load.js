// Loads the WebAssembly module: the generated loader and the file next to it, in Node, a page or a
// worker.

import createInitLab from '../../dist/module/init_lab.mjs';
import { dataError, expected, typeOf } from './errors.js';
import { nodeModule } from './node-modules.js';
import { optionsOf } from './plain.js';
import { wasmAddress } from './package-files.js';

/** @typedef {import('../../dist/module/init_lab.mjs').InitLabModule} InitLabModule */

/**
 * @typedef {object} LoadOptions
 * @property {ArrayBuffer | Uint8Array} [wasmBinary] the bytes of init_lab.wasm
 * @property {object} [wasmModule] the compiled WebAssembly.Module, for hosts that forbid to
 *   compile at run time, such as Cloudflare Workers: `import wasmModule from
 *   'init-lab/module/init_lab.wasm'`
 * @property {string | URL} [wasmUrl] where to fetch init_lab.wasm from; by default it lies beside
 *   the glue. In a page an address may be relative to the page. In Node it is relative to the file
 *   that holds this code, not to the folder of the process: give a whole address there, such as
 *   `pathToFileURL('init_lab.wasm')`
 */

/** The smallest module with an instruction of SIMD and a tag, which exceptions need. */
const needed = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 13, 3, 1, 0, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15,
  26, 11,
]);

/**
 * @param {unknown} cause
 * @param {string} rule
 * @param {string | URL} source the address of the file, or the option that gave its bytes
 * @param {...string} more what the rule's sentence names
 */
const notLoaded = (cause, rule, source, ...more) => {
  const isOption = source === 'wasmBinary' || source === 'wasmModule';
  const where = isOption ? { field: source } : { field: 'wasmUrl', value: shown(source) };
  return dataError(
    Error,
    { code: 'not-loaded', ...where, expected: expected.rule(rule, shown(source), ...more) },
    cause,
  );
};

/**
 * @param {unknown} cause
 * @param {string} rule
 * @param {...string} more what the rule's sentence names
 */
const unsupported = (cause, rule, ...more) =>
  dataError(Error, { code: 'unsupported', expected: expected.rule(rule, ...more) }, cause);

/** What the glue and this file use, beside WebAssembly. */
const GLOBALS = ['TextDecoder', 'TextEncoder', 'structuredClone'];

/**
 * Loads and compiles the module, or throws what loadLab (lab.js) documents.
 *
 * @param {LoadOptions} [options]
 * @returns {Promise<InitLabModule>}
 */
export async function loadModule(options) {
  const given = optionsOf(options, ['wasmBinary', 'wasmModule', 'wasmUrl']);
  if (isModule(given.wasmBinary)) return instantiate(given.wasmBinary);
  if (given.wasmModule !== undefined) return instantiate(/** @type {any} */ (given.wasmModule));
  const source = given.wasmBinary ? 'wasmBinary' : (given.wasmUrl ?? wasmAddress());
  const wasmBinary = given.wasmBinary ?? (await readWasm(source));
  try {
    // Emscripten would also write a failure to the console.
    return await createInitLab({ wasmBinary, printErr() {} });
  } catch (cause) {
    // Checked only after a failure, so that successful loads pay nothing.
    checkHost(cause);
    if (!isWebAssembly(wasmBinary))
      throw notLoaded(cause, isWebPage(wasmBinary) ? 'module-web-page' : 'module-bytes', source);
    throw notThisVersion(source, cause);
  }
}

/**
 * @param {unknown} value
 * @returns {value is WebAssembly.Module}
 */
const isModule = (value) =>
  typeof WebAssembly === 'object' && typeOf(value) === 'object' && value instanceof WebAssembly.Module;

/**
 * Runs a module that the host has compiled.
 *
 * @param {WebAssembly.Module} module
 * @returns {Promise<InitLabModule>}
 */
async function instantiate(module) {
  if (!isModule(module)) throw notLoaded(undefined, 'module-compiled', 'wasmModule');
  try {
    return await new Promise((resolve, reject) => {
      const started = createInitLab({
        printErr() {},
        instantiateWasm(imports, done) {
          WebAssembly.instantiate(module, imports)
            .then((instance) => done(instance))
            .catch(reject);
          return {};
        },
      });
      started.then(resolve, reject);
    });
  } catch (cause) {
    checkHost(cause);
    throw notThisVersion('wasmModule', cause);
  }
}

/**
 * Throws an error that names a feature that the host lacks, if it lacks one.
 * @param {unknown} cause
 */
function checkHost(cause) {
  if (!globalThis.WebAssembly?.validate(needed)) throw unsupported(cause, 'browser-version');
  const missing = GLOBALS.find((name) => /** @type {any} */ (globalThis)[name] === undefined);
  if (missing) throw unsupported(cause, 'missing-global', missing);
}

/**
 * @param {string | URL} source
 * @param {unknown} cause
 */
function notThisVersion(source, cause) {
  // A page's policy and a lack of memory are not caused by the file.
  if (/memory/i.test(String(cause))) return dataError(RangeError, { code: 'out-of-memory' }, cause);
  if (/CompileError/.test(String(cause))) return cause;
  const reason = /** @type {Error} */ (cause)?.message ?? String(cause);
  // A module of another version lacks imports or exports, or was started with other memory.
  return /import|export|LinkError|not a function|undefined/i.test(`${cause}`)
    ? notLoaded(cause, 'module-version', source, reason)
    : notLoaded(cause, 'module-start', source, reason);
}

/** @param {unknown} bytes that a caller may have given */
function isWebAssembly(bytes) {
  try {
    return WebAssembly.validate(/** @type {BufferSource} */ (bytes));
  } catch {
    return false;
  }
}

/** Whether a server sent an HTML page instead of the file. @param {unknown} bytes */
function isWebPage(bytes) {
  const isBytes = ArrayBuffer.isView(bytes) || (typeOf(bytes) === 'object' && bytes instanceof ArrayBuffer);
  const start = isBytes ? new TextDecoder().decode(/** @type {Uint8Array} */ (bytes)).slice(0, 200) : '';
  return /^\s*<(!doctype|html|\?xml)/i.test(start);
}

/** Apart from where it is used: bundlers copy the file of every `new URL(…, import.meta.url)`. */
const here = import.meta.url;

/** An address may hold the whole file, or be no address. @param {string | URL} url */
function shown(url) {
  try {
    return String(url).slice(0, 200);
  } catch {
    return typeOf(url);
  }
}

/**
 * Reads the file, or throws an error with its address and the cause.
 *
 * @param {string | URL} url
 * @returns {Promise<ArrayBuffer | Uint8Array>}
 */
async function readWasm(url) {
  try {
    const fs = nodeModule('node:fs');
    if (fs) {
      // Node's fetch reads no files.
      const address = new URL(url, here);
      if (address.protocol === 'file:') return await fs.promises.readFile(address);
    }
    const text = String(url);
    // A page's policy may forbid fetching a data: address, which the one-file form uses.
    if (text.startsWith('data:')) return bytesOf(text.slice(text.indexOf(',') + 1));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return await response.arrayBuffer();
  } catch (cause) {
    const reason = /** @type {Error} */ (cause).message;
    const node = oldNode();
    throw node
      ? unsupported(cause, 'node-version', node, reason)
      : notLoaded(cause, 'module-unreachable', url, reason);
  }
}

/** The version of a Node that has no `process.getBuiltinModule`; undefined elsewhere. */
function oldNode() {
  const { process } = /** @type {any} */ (globalThis);
  return process?.versions?.node && !process.getBuiltinModule ? process.versions.node : undefined;
}

/**
 * @param {string} base64
 * @returns {Uint8Array}
 */
export const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
