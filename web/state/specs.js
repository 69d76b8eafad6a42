// Converts the state of the lab to the core's experiments, and makes the checks that need the
// catalogue.

import { expected, found } from '../../src/js/errors.js';
import { SKIP_SCALES } from '../../src/js/limits.js';
import { labelOf } from '../texts/words.js';
import { badPart, shortened } from './codec.js';
import { SETTINGS, withLayer } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Settings} Settings */
/** @typedef {import('../race/race.js').Catalogue} Catalogue */
/** @typedef {import('../race/race.js').Entry} Entry */

const SETTING_NAMES = /** @type {import('./table.js').Setting[]} */ (Object.keys(SETTINGS));

/**
 * The settings of one run: its own settings, or else the shared ones.
 * @param {LabState} state
 * @param {RunChoice} run
 * @returns {Settings}
 */
export function settingsOf(state, run) {
  const shared = Object.fromEntries(SETTING_NAMES.map((name) => [name, state[name]]));
  const settings = /** @type {Settings} */ ({ ...shared, ...run.own });
  // One activation serves all layers; a list of another length than the layers' is stretched or
  // cut.
  const names = settings.activations;
  const fitted = settings.layers.map((_, l) => names[Math.min(l, names.length - 1)]);
  return { ...settings, activations: names.length === 1 ? names : fitted };
}

/**
 * Returns a run's experiment in the core's form.
 * @param {LabState} state
 * @param {RunChoice} run
 * @returns {import('../race/types.js').Spec}
 */
export function specOf(state, run) {
  const { seed, activations, skip, normalization, parametrization, frozen, ...settings } = settingsOf(
    state,
    run,
  );
  const { dataset, layers } = settings;
  // Layers that were removed leave their choices in the state, for when they come back.
  const still = frozen.filter((layer) => layer <= layers.length);
  return {
    ...settings,
    dataset: datasetSpec(dataset),
    ...(layers.length > 0 ? { activations } : {}),
    ...(skip === null ? {} : { skip }),
    ...(normalization.name === 'none' ? {} : { normalization }),
    ...(parametrization.name === 'standard' ? {} : { parametrization }),
    ...(still.length === 0 ? {} : { frozen: still }),
    init: {
      ...run.init,
      seed,
      layers: (run.init.layers ?? []).slice(0, layers.length + 1),
    },
    iterations: state.iterations,
  };
}

/** @param {import('./codec.js').Choice} dataset */
function datasetSpec(dataset) {
  if (dataset.name !== 'points') return dataset;
  const { own, ...rest } = dataset;
  const { points, test = [], targets } = /** @type {import('./points-codec.js').OwnPoints} */ (own);
  const partOf = (/** @type {import('./points-codec.js').Point[]} */ some) => {
    const ordered = targets ? some : some.toSorted((a, b) => a.label - b.label);
    return { x: ordered.map(({ x1, x2 }) => [x1, x2]), y: ordered.map(({ label }) => label) };
  };
  return { ...rest, train: partOf(points), ...(test.length > 0 ? { test: partOf(test) } : {}) };
}

/**
 * @param {Entry[]} entries
 * @param {string} name
 */
export const entryOf = (entries, name) => entries.find((entry) => entry.name === name);

/**
 * The parameter of an initializer that sets the size of the weights.
 * @param {Entry | undefined} entry
 */
export const mainParameter = (entry) =>
  ['std', 'value', 'limit', 'gain', 'variance']
    .map((name) => entry?.parameters.find((parameter) => parameter.name === name))
    .find(Boolean);

/**
 * The parameters of a choice with the defaults of its entry filled in.
 * @param {Entry | undefined} entry
 * @param {Record<string, any>} choice
 * @returns {Record<string, number>}
 */
export function completed(entry, choice) {
  return Object.fromEntries(
    (entry?.parameters ?? []).map(({ name, value }) => [name, choice[name] ?? value]),
  );
}

/**
 * Replaces the parts of a state that the catalogue does not contain, for instance in a link with a
 * typing error or from another version.
 * @param {LabState} state changed in place
 * @param {Catalogue} catalogue
 * @param {LabState} start the state that replaces them
 * @returns {import('./table.js').Unread[]} the parts that were replaced
 */
export function fitToCatalogue(state, catalogue, start) {
  /** @type {import('./table.js').Unread[]} */
  const unread = [];
  /**
   * @param {Entry[]} entries
   * @param {any} choice
   * @param {string} key
   * @param {any} instead
   */
  const fit = (entries, choice, key, instead) => {
    if (choice.name === 'points' && choice.own !== undefined) return choice;
    const entry = entryOf(entries, choice.name);
    if (entry === undefined) {
      const other = instead && entryOf(entries, instead.name);
      const names = entries.map(({ name }) => name);
      const accepted = other
        ? expected.rule('replaced-name', names.join(', '), labelOf(key === 'runs' ? 'init' : 'name', other))
        : expected.oneOf(names);
      unread.push({ key, text: choice.name, error: badPart(choice.name, accepted) });
      return instead;
    }
    const kept = { name: choice.name };
    for (const [name, given] of Object.entries(choice)) {
      if (name === 'name') continue;
      if (name === 'standardize' && key === 'data') {
        /** @type {any} */ (kept).standardize = true;
        continue;
      }
      const parameter = entry.parameters.find((candidate) => candidate.name === name);
      // A formula may be a number alone.
      const value = parameter?.kind === 'text' && typeof given === 'number' ? String(given) : given;
      const accepted =
        parameter === undefined
          ? expected.rule('no-such-parameter', labelOf(key === 'runs' ? 'init' : 'name', entry))
          : misfit(parameter, value);
      if (accepted === null) /** @type {any} */ (kept)[name] = value;
      else
        unread.push({
          key,
          text: `${name}:${shortened(String(given))}`,
          error: badPart(found(value), accepted),
        });
    }
    return kept;
  };
  /**
   * @param {Partial<Settings>} settings
   * @param {Settings} instead
   */
  const fitSettings = (settings, instead) => {
    const lists = /** @type {const} */ ({
      dataset: 'datasets',
      optimizer: 'optimizers',
      normalization: 'normalizations',
      parametrization: 'parametrizations',
    });
    for (const [setting, list] of /** @type {[keyof typeof lists, keyof Catalogue][]} */ (
      Object.entries(lists)
    ))
      if (settings[setting])
        settings[setting] = fit(catalogue[list], settings[setting], SETTINGS[setting].key, instead[setting]);
    if (settings.skip && Math.abs(Number(settings.skip.scale)) > MOST_SKIP) {
      const { scale } = settings.skip;
      const accepted = { kind: 'number-or-name', low: -MOST_SKIP, high: MOST_SKIP, names: [...SKIP_SCALES] };
      unread.push({ key: 'skip', text: String(scale), error: badPart(scale, accepted) });
      settings.skip = instead.skip;
    }
    if (settings.activations) {
      const known = settings.activations
        .map((each) => plainName(fit(catalogue.activations, asChoice(each), 'act', null)))
        .filter((each) => each !== null);
      settings.activations = known.length > 0 ? known : instead.activations;
    }
  };
  fitSettings(state, start);
  for (const run of state.runs) {
    const { layers, bias, outputBias, ...init } = run.init;
    run.init = fit(catalogue.initializers, init, 'runs', { name: 'he_normal' });
    layers?.forEach((/** @type {any} */ choice, /** @type {number} */ l) => {
      if (choice !== null)
        run.init = withLayer(run.init, l, fit(catalogue.initializers, choice, 'runs', null));
    });
    for (const [field, choice] of Object.entries({ bias, outputBias })) {
      const fitted = choice && fit(catalogue.biasStarts, choice, 'runs', null);
      if (fitted) run.init = { ...run.init, [field]: fitted };
    }
    fitSettings(run.own, state);
  }
  return unread;
}

/** The largest scale of a skip connection that the core takes. */
const MOST_SKIP = 1e6;

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
