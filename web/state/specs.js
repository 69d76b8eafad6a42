// Converts the state of the lab to the core's experiments, and makes the checks that need the
// catalogue.

import { labelOf } from '../texts/words.js';
import { withLayer } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Settings} Settings */
/** @typedef {import('../race/race.js').Catalogue} Catalogue */
/** @typedef {import('../race/race.js').Entry} Entry */

/**
 * The settings of one run: its own settings, or else the shared ones.
 * @param {LabState} state
 * @param {RunChoice} run
 * @returns {Settings}
 */
export function settingsOf(state, run) {
  const { dataset, layers, activations, output, optimizer, precision, seed } = state;
  const settings = { dataset, layers, activations, output, optimizer, precision, seed, ...run.own };
  // One activation serves all layers; a list whose length does not match is extended or cut.
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
  const { dataset, layers, activations, output, optimizer, precision, seed } = settingsOf(state, run);
  return {
    dataset: datasetSpec(dataset),
    layers,
    ...(layers.length > 0 ? { activations } : {}),
    output,
    // The choice keeps the initializers of removed layers, so that they return with the layers.
    init: {
      ...run.init,
      seed,
      layers: (run.init.layers ?? []).slice(0, layers.length + 1),
    },
    optimizer,
    iterations: state.iterations,
    precision,
  };
}

/** @param {import('./codec.js').Choice} dataset */
function datasetSpec(dataset) {
  if (dataset.name !== 'points') return dataset;
  const { points } = /** @type {import('./codec.js').OwnPoints} */ (dataset.own);
  const ordered = [0, 1].flatMap((label) => points.filter((point) => point.label === label));
  return {
    name: 'points',
    train: { x: ordered.map(({ x1, x2 }) => [x1, x2]), y: ordered.map(({ label }) => label) },
  };
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
      const stands = other ? `; ${labelOf(key === 'runs' ? 'init' : 'name', other)} stands in its place` : '';
      unread.push({
        key,
        text: choice.name,
        reason: `expected one of ${entries.map(({ name }) => name).join(', ')}${stands}`,
      });
      return instead;
    }
    const kept = { name: choice.name };
    for (const [name, value] of Object.entries(choice)) {
      if (name === 'name') continue;
      const parameter = entry.parameters.find((candidate) => candidate.name === name);
      if (parameter === undefined)
        unread.push({ key, text: `${name}:${value}`, reason: `${entry.label} has no such parameter` });
      else if (
        value < parameter.min ||
        value > parameter.max ||
        (parameter.integer && !Number.isInteger(value))
      ) {
        unread.push({
          key,
          text: `${name}:${value}`,
          reason: `expected ${parameter.integer ? 'a whole number ' : ''}from ${parameter.min} to ${parameter.max}`,
        });
      } else /** @type {any} */ (kept)[name] = value;
    }
    return kept;
  };
  /**
   * @param {Partial<Settings>} settings
   * @param {Settings} instead
   */
  const fitSettings = (settings, instead) => {
    if (settings.dataset)
      settings.dataset = fit(catalogue.datasets, settings.dataset, 'data', instead.dataset);
    if (settings.optimizer)
      settings.optimizer = fit(catalogue.optimizers, settings.optimizer, 'opt', instead.optimizer);
    if (settings.activations) {
      const known = settings.activations.filter((name) => entryOf(catalogue.activations, name));
      if (known.length < settings.activations.length) {
        const bad = settings.activations.find((name) => !entryOf(catalogue.activations, name));
        unread.push({
          key: 'act',
          text: String(bad),
          reason: `expected one of ${catalogue.activations.map(({ name }) => name).join(', ')}`,
        });
        settings.activations = known.length > 0 ? known : instead.activations;
      }
    }
  };
  fitSettings(state, start);
  for (const run of state.runs) {
    const { layers, ...init } = run.init;
    run.init = fit(catalogue.initializers, init, 'runs', { name: 'he_normal' });
    layers?.forEach((/** @type {any} */ choice, /** @type {number} */ l) => {
      if (choice !== null)
        run.init = withLayer(run.init, l, fit(catalogue.initializers, choice, 'runs', null));
    });
    fitSettings(run.own, state);
  }
  return unread;
}
