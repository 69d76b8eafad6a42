/**
 * Sets up and builds what a script of the project needs, runs the script in this terminal and ends
 * with its status. Progress goes to standard error, so that the script's output can be piped.
 *
 *   node scripts/run.mjs [--build=module,bench] SCRIPT [ARGUMENTS…]
 */
import { spawn } from 'node:child_process';
import { argv, execPath } from 'node:process';
import { build } from './build.mjs';
import { setup } from './setup.mjs';
import { root, script } from './steps.mjs';

await script(async () => {
  const rest = argv.slice(2);
  const option = rest[0]?.startsWith('--build=') ? rest.shift() : undefined;
  const targets = option?.slice('--build='.length).split(',') ?? ['module'];
  await setup(targets.includes('bench') ? ['build', 'test'] : ['build']);
  await build(targets);
  const child = spawn(execPath, rest, { cwd: root, stdio: 'inherit' });
  child.on('close', (status) => (process.exitCode = status ?? 1));
});
