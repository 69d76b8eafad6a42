import { dataError, expected, fieldError, found } from './errors.js';

/** No argument has its parts deeper, and each level is copied once more to find the part. */
const DEEPEST_PART = 8;

/**
 * Finds the first part of a value that cannot be copied.
 *
 * @param {any} value that cannot be copied
 * @param {string} path
 * @param {number} [depth] of the value
 * @returns {{ field: string, value: unknown }} its path, and how an error reports it
 */
function findCulprit(value, path, depth = 0) {
  if (typeof value === 'object' && depth < DEEPEST_PART)
    for (const key of Object.keys(value)) {
      let part;
      try {
        structuredClone((part = value[key]));
      } catch {
        const name = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
        return findCulprit(part, name, depth + 1);
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
  if (['number', 'string', 'boolean', 'undefined'].includes(typeof value)) return value;
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

/**
 * Reads the options of a call, each once: a getter or a proxy of the caller may throw.
 *
 * @template {object} T
 * @param {T | null | undefined} options
 * @param {(keyof T & string)[]} names of all options
 * @param {string} [field]
 * @returns {Partial<T>} without options of other names
 * @throws {TypeError} with code 'wrong-type' or 'not-plain-data'
 */
export function optionsOf(options, names, field = 'options') {
  if (options === undefined || options === null) return {};
  if (typeof options !== 'object') throw fieldError(field, options, expected.type('object'));
  try {
    return /** @type {Partial<T>} */ (Object.fromEntries(names.map((name) => [name, options[name]])));
  } catch (cause) {
    throw notPlain({ field, value: found(options) }, cause);
  }
}
