/**
 * A copy without getters, proxies or methods, so that reading it in C++ cannot run the caller's code.
 *
 * @template T
 * @param {T} value
 * @param {string} field
 * @returns {T}
 * @throws {TypeError} with code 'not-plain-data'
 */
export function plain(value, field) {
  try {
    return structuredClone(value);
  } catch (cause) {
    const expected = 'plain data: objects, arrays, typed arrays, numbers and strings';
    throw Object.assign(new TypeError(`${field} cannot be copied; expected ${expected}`, { cause }), {
      code: 'not-plain-data',
      field,
      expected,
    });
  }
}
