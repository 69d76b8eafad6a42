// The page pays for every byte of the module. The goal is 150 KB; the kinds of layers and outputs
// of this version miss it, and the bound keeps the module from growing further.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const MOST_KB = 180;

test(`compresses the WebAssembly file to at most ${MOST_KB} KB`, async () => {
  const bytes = await readFile(new URL('../../dist/module/init_lab.wasm', import.meta.url));
  const { length } = gzipSync(bytes, { level: 9 });
  assert.ok(length <= 1000 * MOST_KB, `${length} bytes by gzip`);
});
