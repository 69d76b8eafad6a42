/** The module's functions return their value or an Error. */
import { errorSentence } from './error-sentences.js';

/** @typedef {import('./types.js').LabError} LabError */

/**
 * Returns the value of a call into the module, or throws the Error that it returned, with its
 * sentence as message.
 *
 * @template T
 * @param {T | Error} value
 * @returns {T}
 */
export function valueOf(value) {
  if (!(value instanceof Error)) return value;
  const error = /** @type {LabError} */ (value);
  if (error.code !== 'internal') error.message = errorSentence(error);
  throw error;
}
