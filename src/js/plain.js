import { shownIn } from './errors.js';

/**
 * The first part of a value that cannot be copied.
 *
 * @param {any} value that cannot be copied
 * @param {string} path
 * @returns {{ field: string, value: string }} its path, and what an error shows of it
 */
function culprit(value, path) {
  if (typeof value === 'object')
    for (const key of Object.keys(value)) {
      let part;
      try {
        structuredClone((part = value[key]));
      } catch {
        return culprit(part, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key);
      }
    }
  return { field: path, value: shownIn(value) };
}

/**
 * A copy without getters, proxies or methods, so that reading it in C++ cannot run the caller's code.
 *
 * @template T
 * @param {T} value
 * @param {string} field the parts of a spec are named without it, as the lab names them
 * @returns {T}
 * @throws {TypeError} with code 'not-plain-data'
 */
export function plain(value, field) {
  let part = { field, value: 'an object' };
  const refuse = (/** @type {string} */ problem, /** @type {unknown} */ cause) => {
    const expected = 'plain data: objects, arrays, typed arrays, numbers and strings';
    const error = new TypeError(`${part.field} ${problem}; expected ${expected}`, { cause });
    return Object.assign(error, { code: 'not-plain-data', ...part, expected });
  };
  let copy;
  try {
    copy = structuredClone(value);
  } catch (cause) {
    try {
      const found = culprit(value, field === 'spec' ? '' : field);
      part = { ...found, field: found.field || field };
    } catch {
      // A proxy that has been revoked cannot even be looked at.
    }
    throw refuse('cannot be copied', cause);
  }
  // These have no fields, and would be read as an experiment that says nothing.
  for (const Kind of [Map, Set, Date, RegExp])
    if (copy instanceof Kind) throw refuse(`is a ${Kind.name}`, undefined);
  return copy;
}
