// Runs command lines one after the other in this process, which is a tenth of the time that a
// process each would take, and keeps what each wrote.
//
//   node command-lines.js CASES RESULTS
//
// CASES is a file with a JSON list of command lines, each a list of words. RESULTS becomes a file
// with one JSON line a command line, written when it ends.
import { appendFileSync, readFileSync } from 'node:fs';
import { runCommandLine } from '../../../src/js/cli/program.js';

/**
 * @typedef {object} Outcome
 * @property {string[]} words the command line
 * @property {number} status its exit status
 * @property {string} stdout
 * @property {string} stderr
 */

const [casesFile, resultsFile] = process.argv.slice(2);

/**
 * Makes a stream keep what is written to it.
 *
 * @param {NodeJS.WriteStream} stream
 * @returns {() => string} takes what was written since the last call
 */
function capture(stream) {
  /** @type {Buffer[]} */
  let chunks = [];
  /** @type {any} */ (stream).write = (
    /** @type {string | Uint8Array} */ chunk,
    /** @type {unknown[]} */ ...rest
  ) => {
    chunks.push(Buffer.from(chunk));
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  return () => {
    const text = Buffer.concat(chunks).toString('latin1');
    chunks = [];
    return text;
  };
}

const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
for (const words of /** @type {string[][]} */ (JSON.parse(readFileSync(casesFile, 'utf8')))) {
  process.exitCode = undefined;
  await runCommandLine(words);
  const outcome = { words, status: process.exitCode ?? 0, stdout: stdout(), stderr: stderr() };
  appendFileSync(resultsFile, `${JSON.stringify(outcome)}\n`);
}
process.exitCode = 0;
