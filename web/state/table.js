// The state of the lab in one table. Each row holds a field's key in a link, its initial value, and
// functions to read and write its text. The link, the browser's history, presets and embeds all use
// this table.

import { expected } from '../../src/js/errors.js';
import { LIMITS, OUTPUTS, PRECISIONS } from '../../src/js/limits.js';
import {
  LinkError,
  badPart,
  MAX_LAYERS,
  readActivations,
  readBetween,
  readChoice,
  readEscaped,
  readFrozen,
  readInit,
  readInteger,
  readSkip,
  readText,
  readWidths,
  readWord,
  shortened,
  writeActivations,
  writeChoice,
  writeFrozen,
  writeSkip,
  writeText,
  writeWidths,
} from './codec.js';
import { readPoints, writePoints } from './points-codec.js';

/** @typedef {import('./codec.js').Choice} Choice */
/** @typedef {import('./points-codec.js').OwnPoints} OwnPoints */

/**
 * @typedef {object} Settings what runs share unless unlinked
 * @property {Choice} dataset a data set by name, or { name: 'points', own: OwnPoints }; either with
 *   `standardize: true`
 * @property {number[]} layers widths of the hidden layers
 * @property {(string | Choice)[]} activations one for all hidden layers, or one each; a choice
 *   where it has parameters
 * @property {import('./codec.js').Skip | null} skip
 * @property {Choice} normalization
 * @property {Choice} parametrization
 * @property {number[]} frozen layers that are not trained, from 0
 * @property {import('../../src/js/types.js').Output} output
 * @property {Choice} optimizer
 * @property {'float64' | 'float32'} precision
 * @property {number} seed of the weights
 *
 * @typedef {keyof Settings} Setting
 *
 * @typedef {object} RunChoice one run of the race
 * @property {string} id only within this page
 * @property {Choice} init with `layers`: initializers of single layers, the first hidden one first,
 *   null for the common one; with `bias` and `outputBias`: how biases start
 * @property {string} name the reader's own name for it, or ''
 * @property {Partial<Settings>} own settings that this run does not share
 *
 * @typedef {{ runs: RunChoice[], iterations: number, speed: number, stop:
 *   import('../race/types.js').Stop, chart: 'cost' | 'accuracy', scale: 'linear' | 'log', show:
 *   string[], solo: number, selected: number, predict: '' | 'rank', title: string, question:
 *   string, at: number | null }} Around
 * @typedef {Settings & Around} LabState
 */

export const MOST_RUNS = 8;
export const SPEEDS = [10, 30, 100, 300, 1000, 3000, 10000, Infinity];
/** The largest value of each stop condition. */
export const HIGHEST_STOP = { none: 1e7, cost: 10, accuracy: 1 };
export const SHOWABLE = /** @type {const} */ (['classes', 'test', 'wrong', 'units', 'clean']);

let nextId = 1;
/** @returns {string} an id that is new on this page */
export const newId = () => `r${nextId++}`;

/**
 * @template T
 * @typedef {{ key: string, start: () => T, read: (text: string) => T, write: (value: T) => string
 *   }} Row
 */

/**
 * @param {string} text
 * @returns {Choice}
 */
function readDataset(text) {
  const plain = text.replace(/,standardize$/, '');
  /** @type {Choice} */
  const choice = /^(points|targets)(,|$)/.test(plain)
    ? { name: 'points', own: readPoints(plain) }
    : readChoice(plain);
  return plain === text ? choice : { ...choice, standardize: true };
}
/** @param {Choice} choice */
function writeDataset({ standardize = false, ...choice }) {
  const text =
    choice.name === 'points' ? writePoints(choice.own) : writeChoice(/** @type {Choice} */ (choice));
  return standardize ? `${text},standardize` : text;
}

/** @type {{ [K in Setting]: Row<Settings[K]> }} */
export const SETTINGS = {
  dataset: { key: 'data', start: () => ({ name: 'flower' }), read: readDataset, write: writeDataset },
  layers: { key: 'net', start: () => [10, 5], read: readWidths, write: writeWidths },
  activations: {
    key: 'act',
    start: () => ['relu'],
    read: readActivations,
    write: writeActivations,
  },
  skip: { key: 'skip', start: () => null, read: readSkip, write: writeSkip },
  normalization: {
    key: 'norm',
    start: () => ({ name: 'none' }),
    read: readChoice,
    write: writeChoice,
  },
  parametrization: {
    key: 'par',
    start: () => ({ name: 'standard' }),
    read: readChoice,
    write: writeChoice,
  },
  frozen: { key: 'frozen', start: () => [], read: readFrozen, write: writeFrozen },
  output: {
    key: 'out',
    start: () => 'sigmoid',
    read: (text) => readWord(text, OUTPUTS),
    write: String,
  },
  optimizer: {
    key: 'opt',
    start: () => ({ name: 'gd', learningRate: 0.1 }),
    read: readChoice,
    write: writeChoice,
  },
  precision: {
    key: 'prec',
    start: () => 'float64',
    read: (text) => readWord(text, PRECISIONS),
    write: String,
  },
  seed: { key: 'seed', start: () => 3, read: (text) => readInteger(text, 0, LIMITS.seed), write: String },
};

const SETTING_NAMES = /** @type {Setting[]} */ (Object.keys(SETTINGS));

/** Key of the initializer that one layer has for itself; layers count from 1. */
const LAYER_KEY = /^init(\d{1,3})$/;

/** How biases start: its field of an initializer by its key in a link. */
const BIAS_KEYS = /** @type {const} */ ({ bias: 'bias', outbias: 'outputBias' });

/** "he_normal,slope:0.1/init3=zeros/name=My%20run/opt=adam" @param {RunChoice} run */
function writeRun({ init: { layers, bias, outputBias, ...init }, name, own }) {
  const parts = [writeChoice(/** @type {Choice} */ (init))];
  if (bias !== undefined) parts.push(`bias=${writeChoice(bias)}`);
  if (outputBias !== undefined) parts.push(`outbias=${writeChoice(outputBias)}`);
  for (const [l, choice] of (layers ?? []).entries())
    if (choice !== null) parts.push(`init${l + 1}=${writeChoice(choice)}`);
  if (name !== '') parts.push(`name=${writeText(name)}`);
  for (const setting of SETTING_NAMES) {
    if (own[setting] !== undefined)
      parts.push(`${SETTINGS[setting].key}=${/** @type {any} */ (SETTINGS[setting]).write(own[setting])}`);
  }
  return parts.join('/');
}

/**
 * Returns an initializer with a different one for a single layer; null removes it.
 * @param {Choice} init
 * @param {number} layer 0 is the first hidden one
 * @param {Choice | null} choice
 * @returns {Choice}
 */
export function withLayer({ layers: before, ...init }, layer, choice) {
  const layers = [...(before ?? [])];
  while (layers.length < layer) layers.push(null);
  layers[layer] = choice;
  while (layers.length > 0 && layers[layers.length - 1] === null) layers.pop();
  return /** @type {Choice} */ (layers.length > 0 ? { ...init, layers } : init);
}

/**
 * @param {string} text
 * @returns {RunChoice}
 */
function readRun(text) {
  const [init, ...rest] = text.split('/');
  /** @type {RunChoice} */
  const run = { id: newId(), init: readInit(init), name: '', own: {} };
  for (const part of rest) {
    const [key, ...value] = part.split('=');
    const layer = LAYER_KEY.exec(key);
    if (key === 'name') run.name = readText(value.join('=')).slice(0, 60);
    else if (key === 'bias' || key === 'outbias')
      run.init = { ...run.init, [BIAS_KEYS[key]]: readChoice(value.join('=')) };
    else if (layer !== null && Number(layer[1]) >= 1 && Number(layer[1]) <= MAX_LAYERS + 1)
      run.init = withLayer(run.init, Number(layer[1]) - 1, readInit(value.join('=')));
    else {
      const setting = SETTING_NAMES.find((candidate) => SETTINGS[candidate].key === key);
      if (setting === undefined) throw new LinkError(part, expected.type('own-setting'));
      run.own = { ...run.own, [setting]: SETTINGS[setting].read(value.join('=')) };
    }
  }
  // A seed among the initializer's parameters becomes the run's own setting, so that it can be
  // seen, changed and redrawn.
  const { seed, ...initializer } = run.init;
  if (seed !== undefined) {
    run.init = /** @type {Choice} */ (initializer);
    run.own = { seed: SETTINGS.seed.read(String(seed)), ...run.own };
  }
  return run;
}

/**
 * Reads the runs of a link. Runs that cannot be read are left out.
 * @param {string} text
 * @returns {RunChoice[]}
 */
function readRuns(text) {
  const parts = text.split(';');
  /** @type {RunChoice[]} */
  const runs = [];
  /** @type {LinkError | null} */
  let problem =
    parts.length > MOST_RUNS
      ? new LinkError(parts.length, expected.count('runs', undefined, MOST_RUNS))
      : null;
  for (const part of parts.slice(0, MOST_RUNS)) {
    try {
      runs.push(readRun(part));
    } catch (error) {
      problem ??= error instanceof LinkError ? error : new LinkError(part, expected.type('run'));
    }
  }
  if (problem !== null) {
    if (runs.length > 0) problem.rest = runs;
    throw problem;
  }
  return runs;
}

/**
 * Reads an author's title or question, which was decoded once already.
 * @param {string} text
 */
const readTitle = (text) => readEscaped(text).slice(0, 200);

const FOUR = 'zeros;normal,std:0.01;normal,std:10;he_normal';

/** @type {{ [K in keyof Around]: Row<Around[K]> }} */
const AROUND = {
  runs: {
    key: 'runs',
    start: () => readRuns(FOUR),
    read: readRuns,
    write: (runs) => runs.map(writeRun).join(';'),
  },
  iterations: {
    key: 'steps',
    start: () => 3000,
    read: (text) => readInteger(text, 1, HIGHEST_STOP.none),
    write: String,
  },
  speed: {
    key: 'speed',
    start: () => 300,
    read: (text) =>
      text === 'max' ? Infinity : readBetween(text, SPEEDS[0], /** @type {number} */ (SPEEDS.at(-2)), 'max'),
    write: (speed) => (speed === Infinity ? 'max' : String(speed)),
  },
  stop: {
    key: 'stop',
    start: () => ({ kind: 'none', value: 0 }),
    read(text) {
      const [word, value = ''] = text.split(':');
      const kind = readWord(word, ['cost', 'accuracy']);
      return { kind, value: readBetween(value, 0, HIGHEST_STOP[kind]) };
    },
    write: ({ kind, value }) => (kind === 'none' ? '' : `${kind}:${value}`),
  },
  chart: {
    key: 'chart',
    start: () => 'cost',
    read: (text) => readWord(text, ['cost', 'accuracy']),
    write: String,
  },
  scale: {
    key: 'y',
    start: () => 'linear',
    read: (text) => readWord(text, ['linear', 'log']),
    write: String,
  },
  show: {
    key: 'show',
    start: () => [],
    read: (text) => text.split(',').map((part) => readWord(part, SHOWABLE)),
    write: (show) => show.join(','),
  },
  solo: {
    key: 'solo',
    start: () => -1,
    read: (text) => readInteger(text, 1, MOST_RUNS) - 1,
    write: (index) => String(index + 1),
  },
  selected: {
    key: 'look',
    start: () => 3,
    read: (text) => readInteger(text, 1, MOST_RUNS) - 1,
    write: (index) => String(index + 1),
  },
  predict: {
    key: 'predict',
    start: () => '',
    read: (text) => readWord(text, ['rank']),
    write: String,
  },
  title: { key: 'title', start: () => '', read: readTitle, write: writeText },
  question: { key: 'question', start: () => '', read: readTitle, write: writeText },
  at: {
    key: 'at',
    start: () => null,
    read: (text) => readInteger(text, 0, 1e7),
    write: (at) => (at === null ? '' : String(at)),
  },
};

/** @type {Record<string, Row<any>>} */
export const TABLE = { ...SETTINGS, ...AROUND };

/** @returns {LabState} what the page shows without a link */
export const startState = () =>
  /** @type {any} */ (Object.fromEntries(Object.entries(TABLE).map(([field, row]) => [field, row.start()])));

/**
 * Writes the link of a state: only the fields that differ from their initial values.
 * @param {LabState} state
 * @returns {string} without "#"
 */
export function writeLink(state) {
  const parts = [];
  for (const [field, row] of Object.entries(TABLE)) {
    const text = row.write(/** @type {any} */ (state)[field]);
    if (text !== row.write(row.start())) parts.push(`${row.key}=${text}`);
  }
  return parts.join('&');
}

/**
 * @typedef {object} Unread a part of a link that was left out
 * @property {string} key
 * @property {string} text
 * @property {import('./codec.js').ErrorData} [error] missing if `missing`
 * @property {boolean} [nothing] the link had no other part, so the open experiment stays
 * @property {boolean} [missing] a file of the lab failed to load
 */

/**
 * Reads a link and never throws: a field that cannot be read keeps its initial value and is listed
 * in `unread`.
 * @param {string} link with or without "#" or "?"
 * @returns {{ state: LabState, unread: Unread[] }}
 */
export function readLink(link) {
  const state = startState();
  /** @type {Unread[]} */
  const unread = [];
  let looks = false;
  const rows = new Map(Object.entries(TABLE).map(([field, row]) => [row.key, { field, row }]));
  // Browsers drop line breaks when they read an address, so ignore them here too.
  for (const part of link.replace(/^[#?]|[\r\n\t]/g, '').split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const key = at < 0 ? part : part.slice(0, at);
    const raw = at < 0 ? '' : part.slice(at + 1);
    const known = rows.get(key);
    if (known === undefined) {
      unread.push({ key: shortened(key), text: raw, error: { code: 'unknown-setting' } });
      continue;
    }
    try {
      // Messengers escape characters that need no escape. Names keep theirs, which readRun removes.
      const text =
        key === 'runs' ? raw.replace(/%(2C|3A|3B|2F|3D)/gi, decodeURIComponent) : decodeURIComponent(raw);
      /** @type {any} */ (state)[known.field] = known.row.read(text);
      looks ||= known.field === 'selected';
    } catch (error) {
      const rest = error instanceof LinkError ? error.rest : undefined;
      if (rest !== undefined) /** @type {any} */ (state)[known.field] = rest;
      unread.push({
        key,
        text: raw,
        error: error instanceof LinkError ? error.data : { code: 'damaged-part' },
      });
    }
  }
  // Values that are valid alone, but not together with the others.
  const { at, iterations, runs, selected, solo } = state;
  const outside = (
    /** @type {string} */ key,
    /** @type {number} */ value,
    /** @type {number} */ low,
    /** @type {number} */ high,
  ) => unread.push({ key, text: String(value), error: badPart(String(value), expected.integer(low, high)) });
  if (at !== null && at > iterations) {
    outside('at', at, 0, iterations);
    state.at = null;
  }
  if (selected >= runs.length) {
    state.selected = runs.length - 1;
    // A link without this field means the initial value, which may not exist here: no notice.
    if (looks) outside('look', selected + 1, 1, runs.length);
  }
  if (solo >= runs.length) {
    state.solo = -1;
    outside('solo', solo + 1, 1, runs.length);
  }
  return { state, unread };
}
