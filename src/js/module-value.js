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
  const data = /** @type {LabError} */ (value);
  const message = data.code === 'internal' ? data.message : errorSentence(data);
  // A new one: Node shows the line that made an uncaught error, and the module's only line of
  // JavaScript has 56,000 characters.
  const Kind = /** @type {new (message: string) => Error} */ (value.constructor);
  throw Object.assign(new Kind(message), data);
}
