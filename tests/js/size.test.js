// The page pays for every byte of the module.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

test('the WebAssembly file takes less than 120 KB on its way to a page', async () => {
  const bytes = await readFile(new URL('../../dist/module/init_lab.wasm', import.meta.url));
  const { length } = gzipSync(bytes, { level: 9 });
  assert.ok(length < 120_000, `${length} bytes by gzip`);
});
