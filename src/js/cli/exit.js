/** How a command ends: its exit status, and errors as one line on standard error. */
import { ClosedPipeError, printable } from './output.js';
import { usageSentence } from './usage-sentences.js';

/** @typedef {import('../types.js').LabError} LabError */

export const EXIT = { ok: 0, failure: 1, usage: 2, interrupted: 130 };

/** An error of the command line or of a file that it names, as data. */
export class UsageError extends Error {
  /**
   * @param {import('./usage-sentences.js').UsageCode} code
   * @param {import('./usage-sentences.js').UsageData} [data] `field` (an option or a field of an
   *   experiment), `value`, and what the sentence names besides
   * @param {ErrorOptions} [options]
   */
  constructor(code, data = {}, options) {
    super(usageSentence(code, data), options);
    this.code = code;
    Object.assign(this, data);
  }
}

/**
 * Reports an error on standard error.
 *
 * @param {unknown} thrown
 * @returns {number} the exit status for it
 */
export function report(thrown) {
  if (thrown instanceof ClosedPipeError) return EXIT.ok;
  const error = /** @type {LabError} */ (thrown);
  const say = (/** @type {string} */ text) =>
    process.stderr.write(`error: ${text.split('\n').map(printable).join('\n')}\n`);
  if (error?.name === 'AbortError') {
    process.stderr.write('Interrupted\n');
    return EXIT.interrupted;
  }
  // The lab's error of a wrong field: its message names field, value and what is accepted.
  const isField = typeof error?.field === 'string' && typeof error.code === 'string';
  if (isField || thrown instanceof UsageError) {
    say(error.message);
    return EXIT.usage;
  }
  // Errors with a code (a full disk, memory) are expected ones; others are bugs and need a stack.
  const isExpected = typeof error?.code === 'string';
  say((isExpected ? error.message : error?.stack) ?? String(thrown));
  return EXIT.failure;
}
