// Replaces the parts of a state that the catalogue does not contain, for instance in a link with a
// typing error or from another version.

import { expected, found } from '../../src/js/errors.js';
import { SKIP_SCALES } from '../../src/js/limits.js';
import { labelOf } from '../texts/words.js';
import { badPart, shortened } from './codec.js';
import { entryOf } from './specs.js';
import { SETTINGS, withLayer } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').Settings} Settings */
/** @typedef {import('./table.js').Unread} Unread */
/** @typedef {import('../race/race.js').Catalogue} Catalogue */
/** @typedef {import('../race/race.js').Entry} Entry */

/** The settings that choose a row of a table, with the tables' names in the catalogue. */
const TABLES = /** @type {const} */ ({
  dataset: 'datasets',
  optimizer: 'optimizers',
  normalization: 'normalizations',
  parametrization: 'parametrizations',
});

/**
 * @param {LabState} state changed in place
 * @param {Catalogue} catalogue
 * @param {LabState} start the state that replaces what does not fit
 * @returns {Unread[]} the parts that were replaced
 */
export function fitToCatalogue(state, catalogue, start) {
  /** @type {Unread[]} */
  const unread = [];
  fitSettings(state, start, catalogue, unread);
  for (const run of state.runs) {
    run.init = fitInit(run.init, catalogue, unread);
    fitSettings(run.own, state, catalogue, unread);
  }
  return unread;
}

/**
 * @param {Partial<Settings>} settings changed in place
 * @param {Settings} instead of settings that do not fit
 * @param {Catalogue} catalogue
 * @param {Unread[]} unread gets the parts that are replaced
 */
function fitSettings(settings, instead, catalogue, unread) {
  for (const [
    setting,
    table,
  ] of /** @type {[keyof typeof TABLES, (typeof TABLES)[keyof typeof TABLES]][]} */ (Object.entries(TABLES)))
    if (settings[setting])
      settings[setting] = fitChoice(
        catalogue[table],
        settings[setting],
        { key: SETTINGS[setting].key, instead: instead[setting] },
        unread,
      );
  if (settings.skip) settings.skip = fitSkip(settings.skip, instead.skip, catalogue, unread);
  if (settings.activations) {
    const known = settings.activations
      .map((each) => plainName(fitChoice(catalogue.activations, asChoice(each), { key: 'act' }, unread)))
      .filter((each) => each !== null);
    settings.activations = known.length > 0 ? known : instead.activations;
  }
}

/**
 * @param {NonNullable<Settings['skip']>} skip
 * @param {Settings['skip']} instead
 * @param {Catalogue} catalogue
 * @param {Unread[]} unread
 */
function fitSkip(skip, instead, catalogue, unread) {
  const { min: low, max: high } = catalogue.fields.find(({ name }) => name === 'skip') ?? {};
  const { scale = 1 } = skip;
  const fits = typeof scale === 'string' || (scale >= Number(low) && scale <= Number(high));
  if (fits) return skip;
  const accepted = { kind: 'number-or-name', low, high, names: [...SKIP_SCALES] };
  unread.push({ key: 'skip', text: String(scale), error: badPart(scale, accepted) });
  return instead;
}

/**
 * @param {import('./table.js').RunChoice['init']} init
 * @param {Catalogue} catalogue
 * @param {Unread[]} unread
 */
function fitInit({ layers, bias, outputBias, ...own }, catalogue, unread) {
  const { initializers, biasStarts } = catalogue;
  let init = fitChoice(initializers, own, { key: 'runs', instead: { name: 'he_normal' } }, unread);
  layers?.forEach((/** @type {any} */ choice, /** @type {number} */ l) => {
    if (choice !== null) init = withLayer(init, l, fitChoice(initializers, choice, { key: 'runs' }, unread));
  });
  for (const [field, choice] of Object.entries({ bias, outputBias })) {
    const fitted = choice && fitChoice(biasStarts, choice, { key: 'runs' }, unread);
    if (fitted) init = { ...init, [field]: fitted };
  }
  return init;
}

/**
 * Leaves the parameters of a choice that its entry has and accepts.
 * @param {Entry[]} entries
 * @param {any} choice
 * @param {{ key: string, instead?: any }} place the choice's key in the link, and what replaces an
 *   unknown choice
 * @param {Unread[]} unread
 */
function fitChoice(entries, choice, { key, instead = null }, unread) {
  if (choice.name === 'points' && choice.own !== undefined) return choice;
  const kind = key === 'runs' ? 'init' : 'name';
  const entry = entryOf(entries, choice.name);
  if (entry === undefined) {
    const other = instead && entryOf(entries, instead.name);
    const names = entries.map(({ name }) => name);
    const accepted = other
      ? expected.rule('replaced-name', names.join(', '), labelOf(kind, other))
      : expected.oneOf(names);
    unread.push({ key, text: choice.name, error: badPart(choice.name, accepted) });
    return instead;
  }
  /** @type {Record<string, any>} */
  const kept = { name: choice.name };
  for (const [name, given] of Object.entries(choice)) {
    if (name === 'name') continue;
    if (name === 'standardize' && key === 'data') {
      kept.standardize = true;
      continue;
    }
    const parameter = entry.parameters.find((candidate) => candidate.name === name);
    // A formula may be a number alone.
    const value = parameter?.kind === 'text' && typeof given === 'number' ? String(given) : given;
    const accepted =
      parameter === undefined
        ? expected.rule('no-such-parameter', labelOf(kind, entry))
        : misfit(parameter, value);
    if (accepted === null) kept[name] = value;
    else
      unread.push({
        key,
        text: `${name}:${shortened(String(given))}`,
        error: badPart(found(value), accepted),
      });
  }
  return kept;
}

/** @param {string | import('./codec.js').Choice} each */
const asChoice = (each) => (typeof each === 'string' ? { name: each } : each);

/**
 * A choice without parameters is its name alone, so that equal activations are written equally.
 * @param {import('./codec.js').Choice | null} choice
 */
const plainName = (choice) => (choice && Object.keys(choice).length === 1 ? choice.name : choice);

/**
 * Returns what a parameter expects, null if a value fits.
 * @param {import('../race/race.js').ParameterInfo} parameter
 * @param {any} value
 */
function misfit({ kind, min, max, integer, names = [] }, value) {
  if (kind === 'name') return names.includes(value) ? null : expected.oneOf(names);
  if (kind === 'text') return typeof value === 'string' ? null : expected.type('string');
  if (kind === 'numbers') return Array.isArray(value) ? null : expected.type('numbers');
  const fits = typeof value === 'number' && value >= min && value <= max;
  return fits && (!integer || Number.isInteger(value))
    ? null
    : integer
      ? expected.integer(min, max)
      : expected.number(min, max);
}
