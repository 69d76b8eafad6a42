import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { npmProgram, root } from '../../scripts/steps.mjs';
import { committedDigests, digestOf } from './spec-lines.js';

const lab = await loadLab();
const digested = committedDigests();

test('trains every committed experiment to finite parameters and its digest', async () => {
  assert.ok(digested.length >= 60);
  for (const { digest, spec } of digested) {
    const { parameters } = await lab.run(spec);
    // Engines differ in the bits of NaN, which would compare nothing else either.
    assert.ok(parameters.every(Number.isFinite), JSON.stringify(spec));
    assert.equal(digestOf(parameters), digest, JSON.stringify(spec));
  }
});

for (const [name, command, args] of /** @type {[string, string, string[]][]} */ ([
  ['Bun', 'bun', []],
  ['Deno', 'deno', ['run', '--allow-all', '--node-modules-dir=manual']],
])) {
  test(`trains every committed experiment to its digest in ${name}`, () => {
    const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1' };
    const output = execFileSync(npmProgram(command), [...args, 'scripts/digests.mjs'], { cwd: root, env });
    assert.equal(String(output), 'every digest agrees\n');
  });
}

test('covers every row of the catalogue with a digest', () => {
  const text = JSON.stringify(digested.map(({ spec }) => spec));
  const { datasets, initializers, activations, optimizers, outputs, precisions } = lab.catalogue;
  const { normalizations, parametrizations, biasStarts } = lab.catalogue;
  // The digits come from a file, which the native test does not read, and given weights are
  // numbers. None and standard are defaults.
  const elsewhere = new Set(['digits', 'given', 'none', 'standard']);
  for (const row of [
    ...datasets,
    ...initializers,
    ...activations,
    ...optimizers,
    ...outputs,
    ...precisions,
    ...normalizations,
    ...parametrizations,
    ...biasStarts,
  ]) {
    const name = typeof row === 'string' ? row : row.name;
    if (!elsewhere.has(name)) assert.ok(text.includes(`"${name}"`), `no digest with ${name}`);
  }
  for (const field of ['skip', 'learned']) assert.ok(text.includes(`"${field}"`), `no digest with ${field}`);
});
