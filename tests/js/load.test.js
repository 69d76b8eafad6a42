// The errors of a module that cannot be loaded name the reason and a remedy.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadModule } from '../../src/js/load.js';
import { root } from './support.js';

const wasm = readFileSync(join(root, 'dist', 'module', 'init_lab.wasm'));
const page = '<!doctype html><title>Not found</title>';

const server = createServer((request, response) => {
  if (request.url === '/missing') response.writeHead(404);
  response.end(page);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
after(() => server.close());
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

/**
 * @param {object} options
 * @param {RegExp} message
 */
const rejects = (options, message, code = 'not-loaded') =>
  assert.rejects(loadModule(options), (/** @type {any} */ error) => {
    assert.match(error.message, message);
    assert.equal(error.code, code);
    assert.ok(error.cause);
    return true;
  });

test('names the address and the reason of a missing file', async () => {
  await rejects({ wasmUrl: `http://127.0.0.1:${port}/missing` }, /\/missing cannot be loaded .*404/);
  await rejects({ wasmUrl: 'file:///no/such/file.wasm' }, /file\.wasm cannot be loaded .*ENOENT/);
  await rejects({ wasmUrl: 'http://127.0.0.1:1/x.wasm' }, /x\.wasm cannot be loaded/);
  await rejects({ wasmUrl: `data:application/wasm;base64,?${'A'.repeat(1e6)}` }, /^data.{0,400}$/);
});

test('does not blame the browser for an HTML page or half a file in place of the module', async () => {
  await rejects(
    { wasmUrl: `http://127.0.0.1:${port}/x.wasm` },
    /x\.wasm is not WebAssembly but an HTML page/,
  );
  await rejects({ wasmBinary: new TextEncoder().encode(page) }, /^wasmBinary is not WebAssembly/);
  await rejects({ wasmBinary: wasm.subarray(0, 5000) }, /^wasmBinary is not WebAssembly, or not all of it/);
});

test('names the type of a value that has no bytes', async () => {
  for (const wasmBinary of ['init_lab.wasm', 5, {}])
    await rejects({ wasmBinary }, /^wasmBinary is not WebAssembly/);
});

test('names WebAssembly of another program', async () => {
  const empty = [0, 97, 115, 109, 1, 0, 0, 0];
  const importing = [...empty, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0];
  for (const bytes of [empty, importing]) {
    assert.ok(WebAssembly.validate(new Uint8Array(bytes)));
    await rejects({ wasmBinary: new Uint8Array(bytes) }, /^wasmBinary is not this version's module/);
  }
});

test('names the version of Node that is needed, in a Node without getBuiltinModule', async () => {
  const { getBuiltinModule: kept } = process;
  try {
    // Node 18 lacks it, and its fetch reads no files.
    /** @type {any} */ (process).getBuiltinModule = undefined;
    await rejects(
      {},
      /^Node [\d.]+ cannot load init-lab \(.+\); expected Node 20\.19 or later$/,
      'unsupported',
    );
  } finally {
    process.getBuiltinModule = kept;
  }
});

test('names the engines with SIMD and exceptions when this one lacks them', async (t) => {
  t.mock.method(WebAssembly, 'validate', () => false);
  t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(new WebAssembly.CompileError('0xfd')));
  await rejects({ wasmBinary: wasm }, /SIMD and exceptions; expected Chrome 98/, 'unsupported');
});

test('reports a lack of memory at the start as such', async (t) => {
  t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(new RangeError('Out of memory')));
  await rejects({ wasmBinary: wasm }, /^not enough memory/, 'out-of-memory');
});

test('runs a module that the host has compiled', async () => {
  const compiled = new WebAssembly.Module(wasm);
  for (const options of [{ wasmModule: compiled }, { wasmBinary: /** @type {any} */ (compiled) }]) {
    const module = await loadModule(options);
    assert.ok(Array.isArray(/** @type {any} */ (module.catalogue()).datasets));
  }
  const foreign = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  await rejects({ wasmModule: foreign }, /^wasmModule /);
  await assert.rejects(loadModule({ wasmModule: /** @type {any} */ ({}) }), { code: 'not-loaded' });
});

test('names a global that the engine lacks', async () => {
  const { TextDecoder: kept } = globalThis;
  try {
    /** @type {any} */ (globalThis).TextDecoder = undefined;
    await rejects({ wasmBinary: wasm }, /no TextDecoder/, 'unsupported');
  } finally {
    globalThis.TextDecoder = kept;
  }
});
