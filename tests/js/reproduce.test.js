import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { after, test } from 'node:test';
import { readPictureFile, readPictures } from '../../src/js/pictures.js';
import { createPool } from '../../src/js/pool.js';
import { agree, compare, referenceExperiments, reproduce } from '../../src/js/reproduce.js';
import { root } from './support.js';

const pool = createPool();
after(() => pool.dispose());

/**
 * The course's pictures are not the project's to hand out: they are tested where somebody has put
 * them.
 */
const folder = env.INIT_LAB_PICTURES ?? join(root, '..', 'shared', 'data');
const havePictures = existsSync(join(folder, 'train_catvnoncat.h5'));
const skip = havePictures ? false : 'no pictures: set INIT_LAB_PICTURES to the folder of the two .h5 files';

/** A part of a longer buffer, as small files are in Node. @param {string} name */
const bytesOf = (name) => Buffer.concat([Buffer.of(0), readFileSync(join(folder, name))]).subarray(1);
const pictures = () =>
  readPictures({ train: bytesOf('train_catvnoncat.h5'), test: bytesOf('test_catvnoncat.h5') });

/** @param {import('../../src/js/reproduce.js').Comparison[]} comparisons */
function assertAllAgree(comparisons) {
  for (const { id, metric, expected, measured, agrees } of comparisons) {
    assert.ok(agrees, `${id}, ${metric}: expected ${expected}, measured ${measured}`);
  }
}

test('accepts equal figures and figures within the tolerance, infinities only if equal', () => {
  assert.ok(agree(1, 1, 0));
  assert.ok(agree(Infinity, Infinity, 0));
  assert.ok(agree(1, 1.09, 0.1));
  assert.ok(!agree(1, 1.11, 0.1));
  assert.ok(!agree(Infinity, 1e308, 1));
  assert.ok(!agree(1, Infinity, 1e308));
  assert.ok(!agree(1, NaN, 1));
});

test('reproduces every figure of the thread, the flower, the optimization methods and the digits', async () => {
  const comparisons = await reproduce(referenceExperiments(), pool);
  assert.equal(comparisons.length, 7 * 4 + 3 + (6 + 3 + 3) + 7 * 4);
  assertAllAgree(comparisons);
});

test('has the measured values in the README’s table, to the last digit', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| (?:randn|zeros|He|"Xavier").*$/gm)].map(([row]) =>
    row.split(/ [|/](?: |$)/),
  );
  const circles = referenceExperiments().filter(({ id }) => id.startsWith('thread/'));
  assert.equal(rows.length, circles.length);
  const comparisons = await reproduce(circles, pool);
  for (const [i, { id }] of circles.entries()) {
    const told = [1, 2, 3, 4].map((column) => rows[i][column]);
    const measured = comparisons.filter((each) => each.id === id).map((each) => String(each.measured));
    assert.deepEqual(
      told,
      measured.map((text, j) => (told[j].endsWith('…') ? `${text.slice(0, told[j].length - 1)}…` : text)),
      id,
    );
  }
});

test('does not accept a wrong figure', () => {
  const [experiment] = referenceExperiments();
  const final = { iteration: 15000, cost: 0.3, trainAccuracy: 0.83, testAccuracy: 0.85 };
  const history = [{ ...final, iteration: 0, cost: Infinity }];
  const result = /** @type {any} */ ({ final, history });
  assert.deepEqual(
    compare(experiment, result).map(({ metric, agrees }) => [metric, agrees]),
    [
      ['trainAccuracy', true],
      ['testAccuracy', false],
      ['costAt0', true],
      ['costAt14000', false],
    ],
  );
});

test('reads the pictures as 209 and 50 columns of 12,288 pixels between 0 and 1', { skip }, () => {
  const { train, test: testPart } = pictures();
  assert.deepEqual(
    [train.features, train.y.length, testPart.features, testPart.y.length],
    [12288, 209, 12288, 50],
  );
  // The first pixels of the first picture, as h5py reads them.
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((f) => train.x[f * 209] * 255),
    [17, 31, 56, 22, 33],
  );
  assert.ok(train.x.every((value) => value >= 0 && value <= 1));
  assert.ok(train.y.every((value) => value === 0 || value === 1));
});

test('starts and learns like the course’s deep network on the pictures', { skip }, async () => {
  const experiments = referenceExperiments(pictures()).filter(({ id }) => id.startsWith('pictures/'));
  const short = experiments.map((experiment) => ({
    ...experiment,
    spec: { ...experiment.spec, iterations: 100 },
    figures: experiment.figures.filter(({ iteration = Infinity }) => iteration <= 100),
  }));
  const comparisons = await reproduce(short, pool);
  assert.equal(comparisons.length, 4);
  assertAllAgree(comparisons);
});

test(
  'reproduces every reference figure of the pictures',
  {
    skip: env.INIT_LAB_PICTURES
      ? skip
      : 'takes minutes: set INIT_LAB_PICTURES, or npm run reproduce -- --pictures FOLDER',
  },
  async () => {
    const experiments = referenceExperiments(pictures()).filter(({ id }) => id.startsWith('pictures/'));
    assertAllAgree(await reproduce(experiments, pool));
  },
);

/**
 * @param {ArrayBuffer | Uint8Array} bytes
 * @param {'train' | 'test'} part
 * @param {RegExp} what
 */
const refuses = (bytes, part, what) =>
  assert.throws(
    () => readPictureFile(bytes, part),
    (/** @type {any} */ error) => {
      assert.deepEqual([error.name, error.code, error.field], ['TypeError', 'not-pictures', part]);
      assert.match(error.message, what);
      // The message names the file and where to get it; the reader's own error is the cause.
      assert.match(
        error.message,
        new RegExp(`; expected the complete ${part}_catvnoncat\\.h5 from the folder`),
      );
      assert.doesNotMatch(error.message, /DataView|undefined|superblock/);
      return true;
    },
  );
const noHdf5 = /^the file is not an HDF5 file, or is incomplete;/;

/** The eight bytes with which every HDF5 file begins. */
const signature = new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);

test('rejects bytes that are not a file of pictures, and names the expected file', () => {
  const text = new TextEncoder().encode('not HDF5 at all, only text'.repeat(100));
  for (const bytes of [new Uint8Array(0), text, signature, new Uint8Array([...signature, ...text])]) {
    refuses(bytes.buffer, 'train', noHdf5);
    assert.throws(() => readPictures({ train: bytes.buffer, test: bytes.buffer }), { field: 'train' });
  }
});

test('rejects a truncated file at any length, with the reader’s error as the cause', { skip }, () => {
  const whole = bytesOf('test_catvnoncat.h5');
  for (const length of [8, 100, 2000, 300_000, whole.length - 1000]) {
    refuses(whole.subarray(0, length), 'test', noHdf5);
    assert.throws(
      () => readPictureFile(whole.subarray(0, length), 'test'),
      (/** @type {any} */ { cause }) => cause instanceof Error,
    );
  }
});

test('rejects the file of the other part and names the missing data set', { skip }, () => {
  refuses(bytesOf('test_catvnoncat.h5'), 'train', /holds no data set named train_set_x;/);
});
