/**
 * Grids of experiments: the values that each field takes, and every combination of them as a spec.
 */
import { parse } from 'yaml';
import { expected, fieldError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { UsageError } from './exit.js';

/** @typedef {import('../lab.js').Spec} Spec */
/** @typedef {import('../lab.js').Lab} Lab */
/** @typedef {{ path: string, values: unknown[] }} Axis */
/**
 * One combination; `values` by path.
 *
 * @typedef {{ values: Record<string, unknown>, spec: Spec }} Point
 */

const MOST_POINTS = 1_000_000;
const RANGE = /^(?<from>[^:]+?)\.\.(?<to>[^:]+)(?::(?<count>\d+))?(?::(?<kind>lin|log))?$/;

/**
 * Splits at commas outside of brackets and quotes.
 *
 * @param {string} text
 * @returns {string[]} without empty parts
 */
function splitList(text) {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"[^"]*"|'[^']*'|./gs)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.filter((part) => part.trim() !== '');
}

/**
 * Returns the values that one item of a list stands for.
 *
 * @param {string} item a number, a word, JSON or YAML in one line, or a range: "1..5" (whole
 *   numbers), "0..1:11" (11 values, evenly spaced), "1e-3..1e2:13:log" (13 values, evenly spaced in
 *   their logarithm)
 * @param {string} path for the error
 * @returns {unknown[]}
 * @throws {UsageError} for a malformed range and for brackets that do not close
 */
function readItem(item, path) {
  const range = RANGE.exec(item);
  const refusal = (/** @type {import('./usage-sentences.js').UsageCode} */ code) =>
    new UsageError(code, { field: path, value: item, high: MOST_POINTS });
  if (!range?.groups) {
    try {
      // A warning of YAML, such as one of an unknown tag, is no concern of the terminal.
      return [parse(item, { logLevel: 'error' })];
    } catch {
      throw refusal('not-a-value');
    }
  }
  const { count, kind } = range.groups;
  const [from, to] = [Number(range.groups.from), Number(range.groups.to)];
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw refusal('not-a-range');
  if (count === undefined) {
    if (!Number.isInteger(from) || !Number.isInteger(to) || kind || to < from || to - from >= MOST_POINTS)
      throw refusal('not-ascending');
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }
  const n = Number(count);
  if (n < 2 || n > MOST_POINTS) throw refusal('range-count');
  if (kind === 'log' && !(from > 0 && to > 0)) throw refusal('log-range');
  return Array.from({ length: n }, (_, i) => {
    if (i === 0) return from;
    if (i === n - 1) return to;
    const t = i / (n - 1);
    // Rounded, so that 1e-3..1e2 gives 0.01 and not 0.010000000000000002.
    if (kind === 'log') return Number((from * (to / from) ** t).toPrecision(12));
    const value = from + t * (to - from);
    // Even steps through 0 leave a rounding error of the larger bound there.
    const roundingError = 1e-12 * Math.max(Math.abs(from), Math.abs(to));
    return Math.abs(value) < roundingError ? 0 : Number(value.toPrecision(12));
  });
}

/**
 * Reads one axis of a grid from text such as "init.std=0.01,0.1,1" or "layers=[10,5],[4]".
 *
 * @param {string} text path=values
 * @param {string} [field] the option that held the text, for an error
 * @returns {Axis}
 * @throws {UsageError} naming the wrong part
 */
export function readAxis(text, field = 'grid') {
  const [, path = '', list = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (!/^[a-zA-Z]+(\.\w+|\[\d+\])*$/.test(path)) throw new UsageError('not-an-axis', { field, value: text });
  const values = splitList(list).flatMap((item) => readItem(item.trim(), path));
  if (values.length === 0) throw new UsageError('no-values', { field: path, value: list });
  return { path, values };
}

/**
 * Splits "init.layers[0].std" into its steps.
 *
 * @param {string} path
 * @returns {string[]}
 */
const stepsOf = (path) => path.split(/[.[\]]+/).filter((step) => step !== '');

/** Joins steps to a path, in the form in which the lab names fields. @param {string[]} steps */
const pathOf = (steps) =>
  steps.reduce((path, step) => path + (/^\d+$/.test(step) ? `[${step}]` : path ? `.${step}` : step), '');

/**
 * The last index that a list may get: the output layer after the largest number of hidden layers.
 */
const LAST_INDEX = LIMITS.layers;

/**
 * Returns the last step as an index of a list.
 *
 * @param {unknown[]} list
 * @param {string[]} steps that lead into the list
 * @param {unknown} value for the error
 * @returns {string} in the one form that an array takes for an index
 * @throws {UsageError} for any other step: assigning to it would set a property of the array that
 *   is never read
 */
function indexIn(list, steps, value) {
  const [step] = steps.slice(-1);
  const last = Math.max(LAST_INDEX, list.length);
  if (/^\d+$/.test(step) && Number(step) <= last) return String(Number(step));
  const name = pathOf(steps.slice(0, -1));
  throw new UsageError('not-an-index', { field: pathOf(steps), value, list: name, high: last });
}

/**
 * Returns a copy of a spec with one field set. A missing object on the path is copied from
 * `defaults` or created. Setting a name creates the object: the default parameters belong to
 * another name.
 *
 * @param {Spec} spec
 * @param {string} path "iterations", "init.std", "layers[0]"
 * @param {unknown} value
 * @param {Spec} [defaults] the lab's values for missing fields
 * @returns {Spec}
 * @throws {TypeError | UsageError} when the path leads through a value that has no fields, or past
 *   the end of a list
 */
export function withField(spec, path, value, defaults = {}) {
  const copy = structuredClone(spec);
  const steps = stepsOf(path);
  // Not by assignment: a field called __proto__ must become a field, so that validation can refuse
  // it.
  /**
   * @param {object} target
   * @param {string} step
   * @param {unknown} content
   */
  const put = (target, step, content) =>
    Object.defineProperty(target, step, {
      value: content,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  const get = (/** @type {object} */ target, /** @type {string} */ step) =>
    Object.getOwnPropertyDescriptor(target, step)?.value ?? undefined;
  /** @param {number} i of the step whose value is missing */
  const created = (i) =>
    (i === 0 && steps[1] !== 'name' ? structuredClone(get(defaults, steps[0])) : undefined) ??
    (/^\d+$/.test(steps[i + 1]) ? [] : {});
  /** @type {any} */
  let place = copy;
  for (const [i, step] of steps.entries()) {
    if (typeof place !== 'object')
      throw fieldError(pathOf(steps.slice(0, i)), place, expected.type('object'));
    const own = Array.isArray(place) ? indexIn(place, steps.slice(0, i + 1), value) : step;
    if (i === steps.length - 1) put(place, own, value);
    else if (get(place, own) === undefined) put(place, own, created(i));
    place = get(place, own);
  }
  return copy;
}

/**
 * Sorts changes into the order in which to apply them: an object (init) before its fields
 * (init.seed), which it would replace, and a name before the other fields of its object.
 *
 * @template {{ path: string }} T
 * @param {T[]} changes
 * @returns {T[]}
 */
export function sortByDepth(changes) {
  const rank = (/** @type {T} */ { path }) => 2 * stepsOf(path).length - (path.endsWith('.name') ? 1 : 0);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/**
 * Removes parameters of the former data set, initializer or optimizer where the name was replaced.
 * Parameters that were set themselves stay, so that validation can refuse them.
 *
 * @param {Spec} spec with the fields set
 * @param {Record<string, unknown>} values the new values, by path
 * @param {Lab['catalogue']} catalogue
 * @returns {Spec}
 */
export function dropForeignParameters(spec, values, catalogue) {
  const lists = {
    dataset: catalogue.datasets,
    init: catalogue.initializers,
    optimizer: catalogue.optimizers,
  };
  /** @type {any} */
  const copy = { ...spec };
  for (const [field, entries] of Object.entries(lists)) {
    if (!(`${field}.name` in values)) continue;
    const entry = entries.find(({ name }) => name === copy[field].name);
    if (!entry) continue;
    const known = new Set(['name', 'layers', ...entry.parameters.map(({ name }) => name)]);
    copy[field] = Object.fromEntries(
      Object.entries(copy[field]).filter(([key]) => known.has(key) || `${field}.${key}` in values),
    );
  }
  return copy;
}

/**
 * Returns every combination of the axes' values over a base; the last axis varies fastest.
 *
 * @param {Spec} base
 * @param {Axis[]} axes
 * @param {Lab} lab
 * @returns {Point[]} with complete specs
 * @throws {RangeError | TypeError} for the first combination that is not a valid experiment
 * @throws {UsageError} for more than a million combinations, and for a field that is given twice
 */
export function gridPoints(base, axes, lab) {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_POINTS)
    throw new UsageError('too-many-points', { field: 'grid', value: count, high: MOST_POINTS });
  const repeated = axes.find(({ path }, i) => axes.findIndex((axis) => axis.path === path) < i);
  if (repeated) throw new UsageError('repeated-field', { field: 'grid', value: repeated.path });
  const paths = sortByDepth(axes).map(({ path }) => path);
  const defaults = lab.validate({});
  return Array.from({ length: count }, (_, index) => {
    /** @type {Record<string, unknown>} */
    const values = {};
    let rest = index;
    for (const { path, values: choices } of [...axes].reverse()) {
      values[path] = choices[rest % choices.length];
      rest = Math.floor(rest / choices.length);
    }
    const ordered = Object.fromEntries(axes.map(({ path }) => [path, values[path]]));
    const spec = paths.reduce((made, path) => withField(made, path, values[path], defaults), base);
    return { values: ordered, spec: lab.validate(dropForeignParameters(spec, ordered, lab.catalogue)) };
  });
}

/**
 * Returns the part of a list that one machine of several trains.
 *
 * @template T
 * @param {T[]} list
 * @param {string} shard "2/5" is the second of five
 * @returns {T[]} for "2/5" every fifth element, from the second on, so that all parts take about
 *   the same time
 * @throws {UsageError} unless it is i/n with 1 <= i <= n
 */
export function shardOf(list, shard) {
  const [, i, n] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).map(Number);
  if (!(i >= 1 && i <= n)) throw new UsageError('not-a-shard', { field: 'shard', value: shard });
  return list.filter((_, index) => index % n === i - 1);
}
