/** How the package refuses a value: in the form in which the lab reports a bad field of an experiment. */

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an error shows of a value, as the lab's own errors do. @param {unknown} value */
export function shownIn(value) {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return isObject(value) ? 'an object' : String(value);
}

/**
 * @template {Error} E
 * @param {new (message: string) => E} Kind
 * @param {string} code
 * @param {string} field
 * @param {unknown} value
 * @param {string} expected
 */
function refusal(Kind, code, field, value, expected) {
  const shown = shownIn(value);
  const error = new Kind(`${field} is ${shown}; expected ${expected}`);
  return Object.assign(error, { code, field, value: shown, expected });
}

/**
 * For a value of the wrong kind or form.
 *
 * @param {string} field
 * @param {unknown} value
 * @param {string} expected
 * @returns {TypeError}
 */
export const fieldError = (field, value, expected) =>
  refusal(TypeError, 'wrong-type', field, value, expected);

/**
 * For a value of the right kind that is too small, too large or no whole number.
 *
 * @param {string} field
 * @param {unknown} value
 * @param {string} expected
 * @returns {RangeError}
 */
export const rangeError = (field, value, expected) =>
  refusal(RangeError, 'out-of-range', field, value, expected);

/**
 * @param {AbortSignal | null} [signal] of a run
 * @param {Record<string, unknown>} [listeners] of a run, by the names of its options
 * @throws {TypeError} naming the first that is neither left out nor what it must be
 */
export function checkRunOptions(signal, listeners = {}) {
  if (signal && typeof signal.throwIfAborted !== 'function')
    throw fieldError('signal', signal, 'an AbortSignal');
  for (const [field, listener] of Object.entries(listeners))
    if (listener !== undefined && listener !== null && typeof listener !== 'function')
      throw fieldError(field, listener, 'a function');
}
