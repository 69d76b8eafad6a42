import assert from 'node:assert/strict';
import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { createSiteServer, listen } from '../../../scripts/site-server.mjs';

/** Serves a small folder for one test. */
async function serve(t, options) {
  const outside = mkdtempSync(join(tmpdir(), 'init-lab-site-'));
  const folder = join(outside, 'site');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<title>lab</title>');
  writeFileSync(join(folder, 'sub', 'index.html'), '<title>sub</title>');
  writeFileSync(join(folder, 'lab.wasm'), Uint8Array.of(0, 97, 115, 109));
  const server = createSiteServer(folder, options);
  const address = await listen(server, 0);
  t.after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(outside, { recursive: true });
  });
  return address;
}

test('serves WebAssembly as application/wasm, which browsers compile while it streams', async (t) => {
  const response = await fetch(new URL('lab.wasm', await serve(t)));
  assert.equal(response.headers.get('content-type'), 'application/wasm');
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [0, 97, 115, 109]);
});

test('serves the index.html of a folder', async (t) => {
  const address = await serve(t);
  assert.match(await (await fetch(`${address}?experiment=1`)).text(), /lab/);
  assert.match(await (await fetch(`${address}sub/`)).text(), /sub/);
});

test('sends a policy without inline scripts or eval with every response', async (t) => {
  const address = await serve(t);
  for (const path of ['', 'lab.wasm', 'missing']) {
    const policy = (await fetch(address + path)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  }
});

test('sends no policy when the policy is null', async (t) => {
  const response = await fetch(await serve(t, { policy: null }));
  assert.equal(response.headers.get('content-security-policy'), null);
});

test('serves nothing outside its folder for any spelling of the path', async (t) => {
  const address = new URL(await serve(t));
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/sub/..%2f..%2fsecret.txt',
    '/%',
  ]) {
    const status = await new Promise((resolve, reject) => {
      request({ host: address.hostname, port: address.port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 404, path);
  }
});

test('rejects methods other than GET and HEAD', async (t) => {
  assert.equal((await fetch(await serve(t), { method: 'POST' })).status, 405);
});

/**
 * Asks for a path with headers that fetch does not let a caller set.
 *
 * @param {string} address
 * @param {import('node:http').RequestOptions} options
 * @returns {Promise<number | undefined>} the status
 */
const statusOf = (address, options) =>
  new Promise((resolve, reject) => {
    request(address, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('answers only under a name of this machine', async (t) => {
  const address = await serve(t);
  assert.equal(await statusOf(address, { headers: { host: 'elsewhere.example' } }), 403);
  assert.equal(await statusOf(address, { headers: { host: 'localhost:80' } }), 200);
});

for (const [code, status] of [
  ['EACCES', 403],
  ['EMFILE', 503],
]) {
  test(`responds with ${status} when a file gives ${code}, and stays usable`, async (t) => {
    const address = await serve(t);
    // Root may read every file, and tests must not exhaust the machine: the system's answer is
    // replaced.
    const stat = t.mock.method(fs, 'stat', (_path, done) =>
      done(Object.assign(new Error(String(code)), { code })),
    );
    assert.equal((await fetch(`${address}lab.wasm`)).status, status);
    stat.mock.restore();
    assert.equal((await fetch(`${address}lab.wasm`)).status, 200);
  });
}
