// Runs exported scripts in Python, for comparing their figures with the lab's.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportScript } from '../../src/js/exports/export-script.js';
import { python, root, temporaryFolder } from './support.js';

const folder = temporaryFolder();

/**
 * Trains a run in the lab, and writes a script for the same run.
 *
 * @param {import('../../src/js/index.js').Lab} lab
 * @param {any} wanted
 * @param {import('../../src/js/exports/export-script.js').Framework} framework
 */
export function scriptOf(lab, wanted, framework) {
  const session = lab.createSession(wanted);
  const { spec, network } = session;
  const initial = session.parameters();
  session.step(spec.iterations);
  const metrics = session.metrics();
  session.dispose();
  const data = lab.dataset(spec.dataset, spec.output);
  const { iterations } = spec;
  const run = {
    spec,
    network,
    activations: lab.catalogue.activations,
    iterations,
    metrics,
    data,
    initial,
    title: 'a "test"',
    link: 'https://example.org/#',
  };
  return { metrics, script: exportScript(framework, run) };
}

/**
 * Runs scripts in one Python process.
 *
 * @param {string[]} scripts
 * @returns {{ cost: number, train: number, test: number }[]} the figures that each prints
 */
export function runScripts(scripts) {
  const files = scripts.map((script, i) => {
    const file = join(folder, `script-${i}.py`);
    writeFileSync(file, script);
    return file;
  });
  const driver = `import runpy, sys
for f in sys.argv[1:]:
    sys.argv = [f]
    runpy.run_path(f)
    print("##")`;
  const printed = execFileSync(python, ['-c', driver, ...files], {
    encoding: 'utf8',
    env: {
      ...process.env,
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      PYTHONPATH: join(root, 'tests', 'js', 'jax-stand-in'),
    },
  });
  return printed
    .split('##\n')
    .slice(0, -1)
    .map((text) => {
      const value = (/** @type {string} */ name) => {
        const found = new RegExp(`^${name}\\s+(\\S+)$`, 'm').exec(text);
        assert.ok(found, `no line "${name}" in:\n${text}`);
        return found[1] === 'inf' ? Infinity : found[1] === 'nan' ? NaN : Number(found[1]);
      };
      return { cost: value('cost'), train: value('train accuracy'), test: value('test accuracy') };
    });
}

/**
 * @param {number} actual
 * @param {number} expected
 * @param {number} tolerance relative
 * @param {string} name
 */
export function near(actual, expected, tolerance, name) {
  assert.ok(
    Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${name}: ${actual} is not within ${tolerance} of ${expected}`,
  );
}
