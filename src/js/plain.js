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
  const refuse = (/** @type {string} */ problem, /** @type {unknown} */ cause) => {
    const expected = 'plain data: objects, arrays, typed arrays, numbers and strings';
    const error = new TypeError(`${field} ${problem}; expected ${expected}`, { cause });
    return Object.assign(error, { code: 'not-plain-data', field, expected });
  };
  let copy;
  try {
    copy = structuredClone(value);
  } catch (cause) {
    throw refuse('cannot be copied', cause);
  }
  // These have no fields, and would be read as an experiment that says nothing.
  for (const Kind of [Map, Set, Date, RegExp])
    if (copy instanceof Kind) throw refuse(`is a ${Kind.name}`, undefined);
  return copy;
}
