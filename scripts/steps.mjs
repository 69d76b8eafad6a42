/**
 * What the scripts share: where the project is, how a command is run, and one progress line for each long step.
 * Progress goes to standard error, so that a script's standard output is only what it was asked for.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A program that an npm package brings.
 *
 * @param {string} name
 * @returns {string} its path
 */
export const npmProgram = (name) => join(root, 'node_modules', '.bin', name);

/** A failure that the person at the terminal can act on; it is shown without a stack. */
export class StepError extends Error {}

/** Steps shorter than this say nothing: a second run, which finds everything made, is quiet. */
const QUIET_MS = 400;

/**
 * Runs `work` under a name. The name appears once the step has lasted a moment, the time it took when it ends.
 *
 * @template T
 * @param {string} name what is being done, as a person would say it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` gives; its error passes through
 */
export async function step(name, work) {
  const start = performance.now();
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    process.stderr.write(`▸ ${name} …\n`);
  }, QUIET_MS);
  const report = (/** @type {string} */ mark) => {
    clearTimeout(timer);
    if (shown)
      process.stderr.write(`${mark} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
  };
  try {
    const result = await work();
    report('✓');
    return result;
  } catch (error) {
    report('✗');
    throw error;
  }
}

/**
 * Runs a command to its end; its standard input is empty.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options]
 *   `show` passes the command's output through; without it the output is kept, returned, and told only in the error
 * @returns {Promise<string>} what the command wrote, '' with `show`
 * @throws {StepError} when it cannot be started or ends with another status than 0
 */
export function run(command, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => (output += text));
    }
    const line = [command, ...args].join(' ');
    child.on('error', (error) => reject(new StepError(`${line}: ${error.message}`)));
    child.on('close', (status, signal) => {
      if (status === 0) resolve(output);
      else reject(new StepError(`${abridged(output)}${line} ended with ${signal ?? `status ${status}`}`));
    });
  });
}

/** The first and the last of a long output: a compiler's first error explains the rest, a test's last lines sum it up. */
function abridged(/** @type {string} */ output) {
  const lines = output.split('\n');
  const [head, tail] = [100, 40];
  if (lines.length <= head + tail) return output;
  const left = lines.length - head - tail;
  return [...lines.slice(0, head), `… ${left} lines left out …`, ...lines.slice(-tail)].join('\n');
}

/**
 * Where a program is, as the shell would find it.
 *
 * @param {string} program
 * @returns {string | undefined} its path
 */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * Runs a script's main function: a failure ends the process with status 1 and, if it is one that can be acted on, without a stack.
 *
 * @param {() => Promise<unknown>} main
 */
export async function script(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(
      `\n${error instanceof StepError ? error.message : /** @type {Error} */ (error).stack}\n`,
    );
    process.exitCode = 1;
  }
}
