// The command field: pictures of decision boundaries.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decode } from 'fast-png';
import { colours } from '../../src/js/cli/field-picture.js';
import { runCli, small, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const specFile = join(folder, 'small.json');
writeFileSync(specFile, JSON.stringify(small));
/** @param {string} name */
const inFolder = (name) => join(folder, name);

test('field rejects a picture that is too large before it trains', async () => {
  const input = JSON.stringify(new Array(150).fill({ ...small, iterations: 100_000_000 }));
  const { status, stderr } = await runCli(['field', '-', '--size', '4096', '-o', inFolder('x.png')], {
    input,
  });
  assert.equal(status, 2);
  assert.match(stderr, /^error: --size 4096 makes a picture of 615592 x 4096 pixels; expected at most /);
});

test('field rejects data without two features before it trains', async () => {
  for (const x of [
    [[1], [2]],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]) {
    const path = inFolder('features.json');
    const spec = { dataset: { name: 'points', train: { x, y: [0, 1] } }, iterations: 100_000_000 };
    writeFileSync(path, JSON.stringify(spec));
    const { status, stderr } = await runCli(['field', path, '-o', inFolder('features.png')]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      new RegExp(`dataset.train.features must be 2, to draw a plane, but is ${x[0].length}`),
    );
  }
});

test("field writes a PNG with both classes' colours", async () => {
  const { status, stdout } = await runCli([
    'field',
    specFile,
    '--size',
    '40',
    '--no-points',
    '--set',
    'iterations=2000',
  ]);
  assert.equal(status, 0);
  const { width, height, data, channels } = decode(stdout);
  assert.deepEqual([width, height, channels], [40, 40, 3]);
  const reddish = (/** @type {number} */ pixel) => data[3 * pixel] > data[3 * pixel + 2];
  // Circles: class 0 (orange) is the outer ring, class 1 (blue) the inner.
  assert.ok(reddish(0), 'the corner is orange');
  assert.ok(!reddish(20 * 40 + 20), 'the middle is blue');
});

test('field draws the boundary of tiny weights, whose probabilities are all 1/2 in single precision', async () => {
  const spec = JSON.stringify({ ...small, init: { name: 'normal', std: 1e-3, seed: 3 }, iterations: 1000 });
  const { stdout } = await runCli(['field', '-', '--size', '64', '--no-points'], { input: spec });
  const { data } = decode(stdout);
  const dark = Array.from({ length: 64 * 64 }, (_, pixel) => data[3 * pixel] < 64).filter(Boolean).length;
  assert.ok(dark >= 32 && dark < 1024, `${dark} pixels of a line`);
});

test('field draws the runs of a preset side by side into a file', async () => {
  const file = inFolder('four.png');
  const { status, text } = await runCli([
    'field',
    'four-starts',
    '--size',
    '32',
    '--set',
    'iterations=2',
    '-o',
    file,
  ]);
  assert.equal(status, 0);
  assert.equal(text, '');
  const { width, height } = decode(readFileSync(file));
  assert.deepEqual([width, height], [4 * 32 + 3 * 8, 32]);
});

test('paints with the colours of the page in its light theme', () => {
  const theme = readFileSync(new URL('../../web/styles/theme.css', import.meta.url), 'utf8');
  const [light] = theme.split('@media');
  const variables = { class0: 'class-0', class1: 'class-1', field0: 'field-0', field1: 'field-1' };
  for (const [name, rgb] of Object.entries(colours)) {
    const variable = /** @type {Record<string, string>} */ (variables)[name] ?? name;
    const hex = new RegExp(`--${variable}: #(\\w{6});`).exec(light)?.[1];
    assert.equal(Buffer.from(rgb).toString('hex'), hex, name);
  }
});
