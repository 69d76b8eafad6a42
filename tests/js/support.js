/** What the tests of src/js share. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const cliFile = join(root, 'src', 'js', 'cli.js');
/** Debian's Python, which has NumPy, scikit-learn and PyTorch. */
export const python = process.env.PYTHON ?? '/usr/bin/python3';

/** A small circles experiment that trains in a moment. */
export const small = {
  dataset: { name: 'circles' },
  layers: [10, 5],
  activations: 'relu',
  init: { name: 'he_normal', seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.1 },
  iterations: 60,
  record: 20,
};

/** A folder for a file of tests, which is gone after them. @returns {string} */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'init-lab-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @param {string} text */
export const lines = (text) => text.split('\n').filter((line) => line !== '');

/**
 * Runs the command line to its end.
 *
 * @param {string[]} args
 * @param {{ input?: string, cwd?: string, env?: Record<string, string> }} [options] `env` in
 *   addition to this process's
 * @returns {Promise<{ status: number | null, signal: string | null, stdout: Buffer, text: string,
 *   stderr: string }>}
 */
export function runCli(args, { input = '', cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliFile, ...args], { cwd, env: { ...process.env, ...env } });
    /** @type {Buffer[]} */
    const out = [];
    let stderr = '';
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const stdout = Buffer.concat(out);
      resolve({ status, signal, stdout, text: stdout.toString('utf8'), stderr });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/**
 * Numbers in [0, 1) from a seed (mulberry32), so that a failure can be repeated.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Bits of numbers, so that NaN equals NaN and 0 differs from -0. @param {Float64Array} values */
export const bits = (values) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
