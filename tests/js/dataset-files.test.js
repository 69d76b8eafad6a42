// Data sets that have a file of their own: loaded on demand, once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { createPool } from '../../src/js/pool.js';

/** @type {import('../../src/js/lab.js').Spec} */
const digits = {
  dataset: { name: 'digits', samples: 200, testSamples: 50 },
  layers: [8],
  activations: 'relu',
  init: { name: 'he_normal', seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.1 },
  iterations: 3,
};

test('createSession, dataset and runAll name the call that loads a missing file', async () => {
  const lab = await loadLab();
  const calls = [
    () => lab.createSession(digits),
    () => lab.dataset(digits.dataset),
    () => lab.runAll([digits]),
  ];
  for (const call of calls)
    assert.throws(call, {
      code: 'data-not-loaded',
      field: 'dataset.name',
      message: /await lab\.loadDataset\("digits"\)/,
    });
  await lab.loadDataset('digits');
  for (const call of calls) call();
});

test('run loads the file itself, in this thread and in a worker, with the same bits', async () => {
  const lab = await loadLab();
  const here = await lab.run(digits);
  const pool = createPool({ size: 1 });
  try {
    const [there] = await pool.run([digits]);
    assert.deepEqual(there.parameters, here.parameters);
    assert.deepEqual(there.final, here.final);
  } finally {
    await pool.dispose();
  }
});

test('has 1,437 and 360 digits of 64 pixels between 0 and 1, in ten classes', async () => {
  const lab = await loadLab();
  await Promise.all([lab.loadDataset('digits'), lab.loadDataset('digits')]);
  const { train, test: testPart } = lab.dataset({ name: 'digits' });
  assert.deepEqual([train.features, train.y.length, testPart.y.length], [64, 1437, 360]);
  assert.ok(train.x.every((pixel) => pixel >= 0 && pixel <= 1));
  // A single output unit: odd or even.
  assert.deepEqual(new Set(train.y), new Set([0, 1]));
});

test('loads nothing for other data sets, and leaves an unknown name to the session', async () => {
  const lab = await loadLab();
  for (const name of ['moons', 'roses', undefined, 7]) assert.equal(await lab.loadDataset(name), undefined);
});
