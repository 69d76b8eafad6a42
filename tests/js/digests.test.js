import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { committedDigests, digestOf } from './spec-lines.js';

const lab = await loadLab();
const digested = committedDigests();

test('trains every committed experiment to its digest', async () => {
  assert.ok(digested.length >= 60);
  for (const { digest, spec } of digested) {
    const { parameters } = await lab.run(spec);
    assert.equal(digestOf(parameters), digest, JSON.stringify(spec));
  }
});

test('covers every row of the catalogue with a digest', () => {
  const text = JSON.stringify(digested.map(({ spec }) => spec));
  const { datasets, initializers, activations, optimizers, outputs, precisions } = lab.catalogue;
  // The digits come from a file, which the native test does not read, and given weights are
  // numbers.
  const elsewhere = new Set(['digits', 'given']);
  for (const row of [
    ...datasets,
    ...initializers,
    ...activations,
    ...optimizers,
    ...outputs,
    ...precisions,
  ]) {
    const name = typeof row === 'string' ? row : row.name;
    if (!elsewhere.has(name)) assert.ok(text.includes(`"${name}"`), `no digest with ${name}`);
  }
});
