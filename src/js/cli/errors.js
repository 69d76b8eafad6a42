/** How a command ends: exit codes, and errors as lines that name what is wrong. */
import { ReaderGone } from './output.js';

/** @typedef {import('../types.js').LabError} LabError */

export const EXIT = { ok: 0, failure: 1, usage: 2, interrupted: 130 };

/** Something on the command line, or in a file that it names, is not as it must be. */
export class UsageError extends Error {}

/**
 * Reports an error on standard error.
 *
 * @param {unknown} thrown
 * @returns {number} the exit code it stands for
 */
export function report(thrown) {
  if (thrown instanceof ReaderGone) return EXIT.ok;
  const error = /** @type {LabError} */ (thrown);
  if (error?.name === 'AbortError') {
    process.stderr.write('Interrupted\n');
    return EXIT.interrupted;
  }
  // A field of an experiment that is not right: the message names field, value and what was expected.
  const isField = typeof error?.field === 'string' && typeof error.code === 'string';
  if (isField || thrown instanceof UsageError) {
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  // With a code it is a failure that was foreseen; a stack would say nothing more.
  const known = typeof error?.code === 'string';
  process.stderr.write(`error: ${(known ? error.message : error?.stack) ?? String(thrown)}\n`);
  return EXIT.failure;
}
