import { dataError, found } from './errors.js';

/**
 * Finds the first part of a value that cannot be copied.
 *
 * @param {any} value that cannot be copied
 * @param {string} path
 * @returns {{ field: string, value: unknown }} its path, and how an error reports it
 */
function findCulprit(value, path) {
  if (typeof value === 'object')
    for (const key of Object.keys(value)) {
      let part;
      try {
        structuredClone((part = value[key]));
      } catch {
        return findCulprit(part, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key);
      }
    }
  return { field: path, value: found(value) };
}

/**
 * @param {{ field: string, value: unknown }} part
 * @param {unknown} [cause]
 */
const notPlain = (part, cause) =>
  dataError(
    TypeError,
    { code: 'not-plain-data', ...part, expected: { kind: 'type', names: ['plain'] } },
    cause,
  );

/**
 * Returns a copy without getters, proxies or methods, so that reading it in C++ cannot run the
 * caller's code.
 *
 * @template T
 * @param {T} value
 * @param {string} field parts of a spec are named without it, as the core names them
 * @returns {T}
 * @throws {TypeError} with code 'not-plain-data'
 */
export function plain(value, field) {
  let copy;
  try {
    copy = structuredClone(value);
  } catch (cause) {
    /** @type {{ field: string, value: unknown }} */
    let part = { field, value: { type: 'proxy' } };
    try {
      const culprit = findCulprit(value, field === 'spec' ? '' : field);
      part = { ...culprit, field: culprit.field || field };
    } catch {
      // A revoked proxy throws whatever is done with it.
    }
    throw notPlain(part, cause);
  }
  // These have no fields of their own and would be read as an experiment without settings.
  for (const Kind of [Map, Set, Date, RegExp])
    if (copy instanceof Kind) throw notPlain({ field, value: { type: Kind.name } });
  return copy;
}
