// Turns an experiment that a page or a file provides as JSON into the text of a link. The JSON has
// the form that the command line reads; the reader of links then checks every value.

import { isObject, nameOfInit, readExperiments, without } from '../../src/js/experiments.js';
import { MOST_POINTS, isName, isParameter } from './codec.js';
import { toOwnPoints } from './csv.js';
import { CORE_DEFAULTS } from './presets.js';
import { sideBySide } from './side-by-side.js';
import { linkIn } from './store.js';
import { MOST_RUNS, TABLE, readLink, writeLink } from './table.js';

/** @typedef {import('./table.js').Unread} Unread */

/** @param {unknown} value a name that needs no escape in a link */
const isWord = (value) => typeof value === 'string' && isName(value);

/**
 * @param {unknown} value
 * @returns {boolean} a name, and parameters that are numbers
 */
const isChoice = (value) =>
  isObject(value) &&
  isWord(value.name) &&
  Object.entries(without(value, ['name'])).every(
    ([key, number]) => isParameter(key) && Number.isFinite(number),
  );

/**
 * @param {any} value
 * @returns {boolean} with `layers`: initializers of single layers, or null
 */
const isInit = (value) =>
  isObject(value) &&
  isChoice(without(value, ['layers'])) &&
  (value.layers === undefined ||
    (Array.isArray(value.layers) && value.layers.every((layer) => layer === null || isChoice(layer))));

/**
 * @param {unknown} value
 * @param {(entry: any) => boolean} is
 */
const isList = (value, is) => Array.isArray(value) && value.every(is);

const isText = (/** @type {unknown} */ value) => typeof value === 'string';

/** @type {Record<string, { is: (value: any) => boolean, expected: string }>} */
const FIELDS = {
  dataset: {
    is: (value) => isChoice(value) || (isObject(value) && value.name === 'points'),
    expected: 'an object with "name" and numbers',
  },
  layers: { is: (value) => isList(value, Number.isFinite), expected: 'a list of whole numbers' },
  activations: {
    is: (value) => isWord(value) || isList(value, isWord),
    expected: 'a name or a list of names',
  },
  output: { is: isWord, expected: 'a name' },
  init: { is: isInit, expected: 'an object with "name" and numbers' },
  optimizer: { is: isChoice, expected: 'an object with "name" and numbers' },
  iterations: { is: Number.isFinite, expected: 'a whole number' },
  record: { is: () => true, expected: 'a whole number' },
  precision: { is: isWord, expected: 'a name' },
};

/** Reads the fields of an experiment, leaves out those that are not valid, and reports them. */
class Reading {
  /** @type {Unread[]} */
  unread = [];

  /**
   * @param {string} key
   * @param {unknown} value
   * @param {string} reason
   */
  tell(key, value, reason) {
    const text = JSON.stringify(value) ?? String(value);
    if (!this.unread.some((other) => other.key === key && other.text === text))
      this.unread.push({ key, text, reason });
  }

  /**
   * @param {Record<string, any>} spec
   * @returns {Record<string, any>} every field that the lab knows, points in the lab's form
   */
  spec(spec) {
    /** @type {Record<string, any>} */
    const read = {};
    for (const [field, value] of Object.entries(spec)) {
      const known = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
      if (known === undefined) this.tell(field, value, `expected one of ${Object.keys(FIELDS).join(', ')}`);
      else if (!known.is(value)) this.tell(field, value, `expected ${known.expected}`);
      else read[field] = value;
    }
    // Leave the field out, so that the lab fills it in: without hidden layers there are no
    // activations.
    if (read.layers?.length === 0 && read.activations?.length === 0) delete read.activations;
    const { dataset, ...rest } = read;
    const points = dataset?.name === 'points' ? this.points(dataset) : dataset;
    return points === undefined ? rest : { ...rest, dataset: points };
  }

  /** Moves rows of points to the grid of a link. @param {Record<string, any>} dataset */
  points({ train, test }) {
    const { x, y, features } = isObject(train) ? train : /** @type {any} */ ({});
    const flat =
      features === 2 && isList(x, Number.isFinite) && Array.isArray(y) && x.length === 2 * y.length;
    const rows = flat
      ? y.map((/** @type {unknown} */ _, /** @type {number} */ i) => [x[i], x[y.length + i]])
      : x;
    const fit =
      isList(rows, (row) => isList(row, Number.isFinite) && row.length === 2) &&
      isList(y, (label) => label === 0 || label === 1) &&
      rows.length === y.length &&
      rows.length >= 2 &&
      rows.length <= MOST_POINTS;
    if (!fit) {
      const expected = `expected 2 to ${MOST_POINTS} rows [x1, x2] in "x" and as many labels 0 or 1 in "y"`;
      this.tell('dataset.train', train, expected);
      return undefined;
    }
    const isEmpty = isObject(test) && test.x?.length === 0 && test.y?.length === 0;
    if (test !== undefined && !isEmpty)
      this.tell('dataset.test', test, 'the lab has no test part of own points');
    const points = rows.map((/** @type {number[]} */ [x1, x2], /** @type {number} */ i) => ({
      x1,
      x2,
      label: y[i],
    }));
    return { name: 'points', own: toOwnPoints(points) };
  }
}

/**
 * Reads the link in a file that the lab exported.
 * @param {unknown} content
 * @returns {string | null} the link in it
 */
function exportedLink(content) {
  if (!isObject(content) || !isText(content.link)) return null;
  const address = URL.canParse(content.link) ? new URL(content.link) : null;
  const link = address === null ? '' : linkIn(address);
  // The link of the default experiment is empty, so its export holds the lab's bare address. The
  // training results beside the link mark the file as an export.
  const isExport =
    /^(https?|file):$/.test(address?.protocol ?? '') &&
    (isObject(content.spec) || Array.isArray(content.runs));
  if (link === '' && !isExport) throw new TypeError('its "link" holds no experiment');
  return link;
}

/**
 * @param {string} text one experiment in the command line's form ({ "layers": …, "init": { "name":
 *   …, "seed": … } }), a list of them, a preset ({ "shared": …, "runs": [ … ] }), or a file that
 *   the lab exported ({ "link": … }); a missing field has the command line's default
 * @returns {{ link: string, unread: Unread[], nothing: boolean }} `nothing`: the text holds no
 *   experiment, and the link is empty
 */
export function linkOfJson(text) {
  const reading = new Reading();
  try {
    const content = JSON.parse(text);
    const exported = exportedLink(content);
    if (exported !== null) return { link: exported, unread: [], nothing: false };
    const specs = [content].flat().flatMap((part) => readExperiments(part, 'experiment'));
    if (specs.length > MOST_RUNS)
      reading.tell('runs', `${specs.length} runs`, `expected at most ${MOST_RUNS}`);
    const read = specs.slice(0, MOST_RUNS).map(({ name, spec }) => {
      const own = isObject(spec.init) && name !== nameOfInit(spec.init) && name !== 'experiment';
      return { name: own ? name : '', spec: reading.spec(spec) };
    });
    if (read.length === 0) throw new TypeError('expected at least one');

    const iterations = read.map(({ spec }) => spec.iterations ?? CORE_DEFAULTS.iterations);
    if (new Set(iterations).size > 1)
      reading.tell('iterations', iterations, 'the runs of the lab share them');
    const { state, unread } = readLink(writeLink(sideBySide(read, content.speed ?? 1000)));
    // Report a field under its name in the JSON, not under its key in a link.
    const fieldOf = (/** @type {string} */ key) =>
      Object.keys(TABLE).find((field) => TABLE[field].key === key) ?? key;
    const named = unread.map((part) => ({ ...part, key: fieldOf(part.key) }));
    return { link: writeLink(state), unread: [...reading.unread, ...named], nothing: false };
  } catch (error) {
    const reason = `expected an experiment, a list of them, a preset or an export of the lab as JSON (${/** @type {Error} */ (error).message})`;
    return { link: '', unread: [{ key: 'experiment', text, reason }], nothing: true };
  }
}
