/**
 * What the tests with real schedulers share: a folder with an experiment and a command init-lab,
 * and the expected file.
 */
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cliFile, root, temporaryFolder } from '../js/support.js';

export const run = promisify(execFile);

/** The examples that the tests run as they ship. */
export const examples = join(root, 'web', 'examples', 'cluster');

/** @param {number} iterations of each of the 1,000 trainings */
export function prepare(iterations) {
  const folder = temporaryFolder();
  const program = join(folder, 'init-lab');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${cliFile}" "$@"\n`);
  chmodSync(program, 0o755);
  writeFileSync(
    join(folder, 'experiment.json'),
    JSON.stringify({ layers: [5], iterations, record: iterations, init: { name: 'he_normal' } }),
  );
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  return { folder, env, options: { cwd: folder, env, maxBuffer: 2 ** 26 } };
}

/**
 * Joins the parts, and trains the same sweep on one machine.
 *
 * @param {ReturnType<typeof prepare>} place
 * @returns {Promise<{ merged: string, single: string }>} the contents of both files
 */
export async function compareWithOneMachine({ folder, options }) {
  const parts = Array.from({ length: 8 }, (_, i) => `part-${i + 1}.jsonl`);
  const { stdout: merged } = await run('init-lab', ['merge', ...parts], options);
  const args = ['sweep', 'experiment.json', '--seeds', '1..1000', '--workers', '1', '--resume', 'one.jsonl'];
  await run('init-lab', args, options);
  return { merged, single: readFileSync(join(folder, 'one.jsonl'), 'utf8') };
}
