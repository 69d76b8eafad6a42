/**
 * Shared by the scripts: the project's folder, running a command, and one progress line for each
 * long step. Progress goes to standard error, so that standard output holds a script's result only.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Returns the path of a program that an npm package installs.
 *
 * @param {string} name
 * @returns {string}
 */
export const npmProgram = (name) => join(root, 'node_modules', '.bin', name);

/** A failure that the person at the terminal can act on. It is printed without a stack trace. */
export class StepError extends Error {}

/** Shorter steps print nothing, so that a second run, which finds everything built, is quiet. */
const QUIET_MS = 400;

/**
 * Runs `work`. Prints its name if it takes longer than a moment, and its duration at its end.
 *
 * @template T
 * @param {string} name of the step, such as "Building the page"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} the result of `work`; its error passes through
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
 * Runs a command to its end, with empty standard input.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options]
 *   `show` passes the command's output through; without it the output is returned, or is part of
 *   the error
 * @returns {Promise<string>} the command's output, '' with `show`
 * @throws {StepError} when the command cannot be started or its status is not 0
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

/**
 * Keeps both ends of a long output: a compiler's first error explains the rest, a test's last lines
 * sum up.
 */
function abridged(/** @type {string} */ output) {
  const lines = output.split('\n');
  const [head, tail] = [100, 40];
  if (lines.length <= head + tail) return output;
  const left = lines.length - head - tail;
  return [...lines.slice(0, head), `… ${left} lines left out …`, ...lines.slice(-tail)].join('\n');
}

/**
 * Finds a program on the PATH, as the shell does.
 *
 * @param {string} program
 * @returns {string | undefined} the program's path
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
 * Runs a script's main function. A failure is printed (a StepError without a stack trace) and ends
 * the process with status 1.
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
