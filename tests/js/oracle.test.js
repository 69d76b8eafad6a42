// The experiments of tests/fixtures/experiments.json, run by the lab and line by line by NumPy.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { python } from '../../scripts/setup.mjs';
import { loadLab } from '../../src/js/index.js';
import { root } from './support.js';

const fixtures = join(root, 'tests', 'fixtures');

/**
 * Reads a fixture as scripts/oracle.py describes it.
 *
 * @param {string} name
 * @returns {Map<string, Float64Array>} its arrays by name
 */
function readFixture(name) {
  const bytes = readFileSync(join(fixtures, `${name}.bin`));
  const numbers = new Float64Array(Uint8Array.from(bytes).buffer);
  const lines = readFileSync(join(fixtures, `${name}.txt`), 'utf8')
    .trim()
    .split('\n');
  return new Map(
    lines.map((line) => {
      const [array, rows, columns, first] = line.split(' ');
      return [array, numbers.subarray(Number(first), Number(first) + Number(rows) * Number(columns))];
    }),
  );
}

const lab = await loadLab();
await lab.loadDataset('digits');
const reference = readFixture('experiments');
/** @type {Record<string, import('../../src/js/lab.js').Spec & { normalization?: any }>} */
const experiments = JSON.parse(readFileSync(join(fixtures, 'experiments.json'), 'utf8'));

/**
 * @param {ArrayLike<number>} found
 * @param {ArrayLike<number> | undefined} expected
 * @param {number} tolerance relative to the largest expected value
 * @param {string} name
 */
function assertClose(found, expected, tolerance, name) {
  assert.ok(expected, `${name} is in the fixture`);
  assert.equal(found.length, expected.length, name);
  const size = Math.max(...Array.from(expected, Math.abs), 1e-300);
  for (let i = 0; i < expected.length; ++i)
    assert.ok(
      Math.abs(found[i] - expected[i]) <= tolerance * size,
      `${name}[${i}]: expected ${expected[i]}, found ${found[i]}`,
    );
}

for (const [name, spec] of Object.entries(experiments)) {
  test(`${name}: parameters and costs agree with NumPy to 1e-12`, () => {
    const session = lab.createSession(spec);
    try {
      assertClose(session.parameters(), reference.get(`${name}/parameters_at_0`), 1e-14, 'parameters at 0');
      session.step(session.spec.iterations);
      if (session.spec.iterations > 0)
        assertClose(session.parameters(), reference.get(`${name}/parameters_at_end`), 1e-12, 'parameters');
      // With batch normalization the lab measures with running averages, NumPy with the batch's own
      // statistics.
      const { normalization } = session.spec;
      const byBatch = /** @type {any} */ (normalization)?.name === 'batch';
      const costs = session.history().map(({ cost }) => cost);
      if (!byBatch) assertClose(costs, reference.get(`${name}/costs`), 1e-12, 'costs');
    } finally {
      session.dispose();
    }
  });
}

test('the oracle writes the committed fixtures', async () => {
  const { stdout } = await promisify(execFile)(python, [join(root, 'scripts', 'oracle.py'), '--check']);
  assert.match(stdout, /all fixtures are current/);
});
