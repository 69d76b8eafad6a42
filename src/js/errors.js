/**
 * How the package refuses a value: with the data that the core's errors have (code, field, value,
 * expected), from which error-sentences.js writes the message.
 *
 *     throw fieldError('size', size, expected.type('number')); // TypeError, code "wrong-type"
 *     throw rangeError('size', size, expected.integer(1)); // RangeError, code "out-of-range"
 *     // A sentence of its own in the tables:
 *     throw fieldError('wasmUrl', url, expected.rule('absolute-address', 'init_lab.wasm'));
 *
 * A new rule, type or unit needs its sentence in the table of every language; the tests name those
 * that are missing.
 */

import { errorSentence } from './error-sentences.js';

/** @typedef {import('./error-sentences.js').Expected} Expected */

/** Writes what is expected. */
export const expected = {
  /**
   * @param {number} [low]
   * @param {number} [high]
   * @returns {Expected}
   */
  number: (low, high) => ({ kind: 'number', low, high }),
  /**
   * @param {number} [low]
   * @param {number} [high]
   * @returns {Expected}
   */
  integer: (low, high) => ({ kind: 'integer', low, high }),
  /**
   * @param {readonly string[]} names
   * @returns {Expected}
   */
  oneOf: (names) => ({ kind: 'one-of', names: [...names] }),
  /**
   * @param {string} name a key of `types` in the tables
   * @returns {Expected}
   */
  type: (name) => ({ kind: 'type', names: [name] }),
  /**
   * @param {string} unit a key of `units`
   * @param {number} [low]
   * @param {number} [high]
   * @returns {Expected}
   */
  count: (unit, low, high) => ({ kind: 'count', low, high, names: [unit] }),
  /**
   * @param {string} name a key of `rules`
   * @param {...string} more what its sentence names as {1}, {2}
   * @returns {Expected}
   */
  rule: (name, ...more) => ({ kind: 'rule', names: [name, ...more] }),
};

/**
 * Returns the type of any value as errors name it.
 *
 * @param {unknown} value
 */
export function typeOf(value) {
  try {
    return Array.isArray(value) ? 'array' : typeof value;
  } catch {
    // Only a revoked proxy throws here.
    return 'proxy';
  }
}

/**
 * @param {unknown} value
 * @returns {value is unknown[]}
 */
export const isArray = (value) => typeOf(value) === 'array';

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export const isObject = (value) => value !== null && typeOf(value) === 'object';

/** Longest text that an error repeats. */
const LONGEST_TEXT = 60;

/**
 * Returns a value as an error reports it: numbers, truth values, null and undefined as they are,
 * texts shortened, other values as { type }.
 *
 * @param {unknown} value
 */
export function found(value) {
  if (typeof value === 'string')
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT - 3)}...` : value;
  if (value === null || ['number', 'boolean', 'undefined'].includes(typeof value)) return value;
  return { type: typeOf(value) };
}

/**
 * Returns an Error with the data of a refusal and its English sentence as message.
 *
 * @template {Error} E
 * @param {new (message: string, options?: ErrorOptions) => E} Kind
 * @param {import('./error-sentences.js').ErrorData} data
 * @param {unknown} [cause]
 */
export const dataError = (Kind, data, cause) =>
  Object.assign(new Kind(errorSentence(data), cause === undefined ? undefined : { cause }), data);

/**
 * Returns the error for a value of the wrong type or form.
 *
 * @param {string} field
 * @param {unknown} value
 * @param {Expected} accepted
 */
export const fieldError = (field, value, accepted) =>
  dataError(TypeError, { code: 'wrong-type', field, value: found(value), expected: accepted });

/**
 * Returns the error for a value of the right type that is too small, too large or fractional.
 *
 * @param {string} field
 * @param {unknown} value
 * @param {Expected} accepted
 */
export const rangeError = (field, value, accepted) =>
  dataError(RangeError, { code: 'out-of-range', field, value: found(value), expected: accepted });

/**
 * Whether a value has what is used of an AbortSignal, which may come from another frame.
 *
 * @param {any} value
 */
function isSignal(value) {
  try {
    return typeof value.throwIfAborted === 'function' && typeof value.addEventListener === 'function';
  } catch {
    return false;
  }
}

/**
 * Checks the options that every run takes.
 *
 * @param {AbortSignal | null} [signal]
 * @param {Record<string, unknown>} [listeners] by the names of their options
 * @throws {TypeError} naming the first option that is neither left out nor of its type
 */
export function checkRunOptions(signal, listeners = {}) {
  if (signal !== undefined && signal !== null && !isSignal(signal))
    throw fieldError('signal', signal, expected.type('AbortSignal'));
  for (const [field, listener] of Object.entries(listeners))
    if (listener !== undefined && listener !== null && typeof listener !== 'function')
      throw fieldError(field, listener, expected.type('function'));
}
