// Turns an experiment that a page or a file provides as JSON into the text of a link. The JSON has
// the form that the command line reads; the reader of links then checks every value.

import { expected, fieldError, found } from '../../src/js/errors.js';
import { SKIP_SCALES } from '../../src/js/limits.js';
import { isObject, nameOfInit, readExperiments, without } from '../../src/js/experiments.js';
import { badPart, MOST_GIVEN, isName, isParameter } from './codec.js';
import { toOwnPoints } from './points-table.js';
import { MOST_CLASSES, MOST_POINTS } from './points-codec.js';
import { CORE_DEFAULTS } from './presets.js';
import { sideBySide } from './side-by-side.js';
import { linkIn } from './store.js';
import { MOST_RUNS, TABLE, readLink, writeLink } from './table.js';

/** @typedef {import('./table.js').Unread} Unread */

/** @param {unknown} value a name that needs no escape in a link */
const isWord = (value) => typeof value === 'string' && isName(value);

/**
 * Whether a value is a name, and parameters of these kinds.
 * @param {unknown} value
 * @param {(parameter: any) => boolean} [is]
 */
const isChoice = (value, is = Number.isFinite) =>
  isObject(value) &&
  isWord(value.name) &&
  Object.entries(without(value, ['name'])).every(([key, parameter]) => isParameter(key) && is(parameter));

/** @param {unknown} value of a parameter of an initializer */
const isStart = (value) =>
  Number.isFinite(value) ||
  isText(value) ||
  (isList(value, Number.isFinite) && /** @type {number[]} */ (value).length <= MOST_GIVEN);

/**
 * @param {any} value
 * @returns {boolean} with `layers`: initializers of single layers, or null; with starts of biases
 */
const isInit = (value) =>
  isObject(value) &&
  isChoice(without(value, ['layers', 'bias', 'outputBias']), isStart) &&
  [value.bias, value.outputBias].every((bias) => bias === undefined || isChoice(bias)) &&
  (value.layers === undefined || isList(value.layers, (layer) => layer === null || isChoice(layer, isStart)));

/** @param {any} value */
const isSkip = (value) =>
  isObject(value) &&
  Object.keys(value).every((key) => key === 'scale' || key === 'learned') &&
  (value.scale === undefined || Number.isFinite(value.scale) || SKIP_SCALES.includes(value.scale)) &&
  (value.learned === undefined || typeof value.learned === 'boolean');

/** @param {any} value */
const isDataset = (value) =>
  isObject(value) &&
  (value.standardize === undefined || typeof value.standardize === 'boolean') &&
  (value.name === 'points' || isChoice(without(value, ['standardize'])));

/**
 * @param {unknown} value
 * @param {(entry: any) => boolean} is
 */
const isList = (value, is) => Array.isArray(value) && value.every(is);

const isText = (/** @type {unknown} */ value) => typeof value === 'string';

/** @param {unknown} value a name alone, or with parameters */
const isShortChoice = (value) => isWord(value) || isChoice(value);

/**
 * @type {Record<string, { is: (value: any) => boolean, expected: string }>} `expected`: a key of
 *   `types` in the tables of errors
 */
const FIELDS = {
  dataset: { is: isDataset, expected: 'choice' },
  layers: { is: (value) => isList(value, Number.isFinite), expected: 'integers' },
  activations: {
    is: (value) => isShortChoice(value) || isList(value, isShortChoice),
    expected: 'names',
  },
  skip: { is: isSkip, expected: 'skip' },
  normalization: { is: isShortChoice, expected: 'name-or-choice' },
  parametrization: { is: isShortChoice, expected: 'name-or-choice' },
  frozen: {
    is: (value) => isList(value, (layer) => Number.isInteger(layer) && layer >= 0),
    expected: 'layer-numbers',
  },
  output: { is: isWord, expected: 'name' },
  init: { is: isInit, expected: 'choice-with-parameters' },
  optimizer: { is: (value) => isChoice(value), expected: 'choice' },
  iterations: { is: Number.isFinite, expected: 'number' },
  record: { is: () => true, expected: 'number' },
  precision: { is: isWord, expected: 'name' },
};

/** Reads the fields of an experiment, leaves out those that are not valid, and reports them. */
class Reading {
  /** @type {Unread[]} */
  unread = [];

  /**
   * @param {string} key
   * @param {unknown} value
   * @param {import('./codec.js').ErrorData} error
   */
  report(key, value, error) {
    const text = JSON.stringify(value) ?? String(value);
    if (!this.unread.some((other) => other.key === key && other.text === text))
      this.unread.push({ key, text, error });
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
      if (known === undefined)
        this.report(field, value, {
          code: 'unknown-field',
          field,
          expected: expected.oneOf(Object.keys(FIELDS)),
        });
      else if (!known.is(value))
        this.report(field, value, badPart(found(value), expected.type(known.expected)));
      else read[field] = value;
    }
    // Leave the field out, so that the lab fills it in: without hidden layers there are no
    // activations.
    if (read.layers?.length === 0 && read.activations?.length === 0) delete read.activations;
    const { dataset, output, ...rest } = read;
    const points = dataset?.name === 'points' ? this.points(dataset, output === 'linear') : dataset;
    return { ...rest, ...(output ? { output } : {}), ...(points ? { dataset: points } : {}) };
  }

  /**
   * Moves rows of points to the grid of a link.
   * @param {Record<string, any>} dataset
   * @param {boolean} real whether the labels are real targets
   */
  points({ train, test, standardize = false }, real) {
    const isLabel = (/** @type {unknown} */ label) =>
      real
        ? Number.isFinite(label)
        : Number.isInteger(label) && Number(label) >= 0 && Number(label) < MOST_CLASSES;
    const points = pointsOf(train, isLabel);
    const rows = (/** @type {number} */ low, /** @type {number} */ high) =>
      badPart(null, expected.rule('point-rows', String(low), String(high), String(MOST_CLASSES - 1)));
    if (points === null || points.length < 2 || points.length > MOST_POINTS) {
      this.report('dataset.train', train, rows(2, MOST_POINTS));
      return undefined;
    }
    const isEmpty = test === undefined || (isObject(test) && test.x?.length === 0 && test.y?.length === 0);
    let tested = isEmpty ? [] : pointsOf(test, isLabel);
    if (tested === null || points.length + tested.length > MOST_POINTS) {
      this.report('dataset.test', test, rows(0, MOST_POINTS - points.length));
      tested = [];
    }
    return {
      name: 'points',
      own: toOwnPoints(points, { test: tested, real }),
      ...(standardize ? { standardize } : {}),
    };
  }
}

/**
 * Reads the points of a part of a data set; null where it is not valid.
 * @param {any} part
 * @param {(label: unknown) => boolean} isLabel
 * @returns {import('./points-codec.js').Point[] | null}
 */
function pointsOf(part, isLabel) {
  const { x, y, features } = isObject(part) ? part : /** @type {any} */ ({});
  const flat = features === 2 && isList(x, Number.isFinite) && Array.isArray(y) && x.length === 2 * y.length;
  const rows = flat
    ? y.map((/** @type {unknown} */ _, /** @type {number} */ i) => [x[i], x[y.length + i]])
    : x;
  const fit =
    isList(rows, (row) => isList(row, Number.isFinite) && row.length === 2) &&
    isList(y, isLabel) &&
    rows.length === y.length;
  return fit
    ? rows.map((/** @type {number[]} */ [x1, x2], /** @type {number} */ i) => ({ x1, x2, label: y[i] }))
    : null;
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
  if (link === '' && !isExport)
    throw fieldError('link', content.link, expected.rule('link-without-experiment'));
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
      reading.report(
        'runs',
        `${specs.length} runs`,
        badPart(specs.length, expected.count('runs', undefined, MOST_RUNS)),
      );
    const read = specs.slice(0, MOST_RUNS).map(({ name, spec }) => {
      const own = isObject(spec.init) && name !== nameOfInit(spec.init) && name !== 'experiment';
      return { name: own ? name : '', spec: reading.spec(spec) };
    });
    if (read.length === 0) throw fieldError('experiment', content, expected.type('run-list'));

    const iterations = read.map(({ spec }) => spec.iterations ?? CORE_DEFAULTS.iterations);
    if (new Set(iterations).size > 1)
      reading.report('iterations', iterations, badPart(null, expected.rule('shared-iterations')));
    const { state, unread } = readLink(writeLink(sideBySide(read, content.speed ?? 1000)));
    // Report a field under its name in the JSON, not under its key in a link.
    const fieldOf = (/** @type {string} */ key) =>
      Object.keys(TABLE).find((field) => TABLE[field].key === key) ?? key;
    const named = unread.map((part) => ({ ...part, key: fieldOf(part.key) }));
    return { link: writeLink(state), unread: [...reading.unread, ...named], nothing: false };
  } catch (error) {
    const { code, field, value, expected: accepted, message } = /** @type {any} */ (error);
    const data = code ? { code, field, value, expected: accepted } : { code: 'not-json', value: message };
    return { link: '', unread: [{ key: 'experiment', text, error: data }], nothing: true };
  }
}
