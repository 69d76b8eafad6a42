// Converts the state of the lab to the core's experiments.

import { SETTINGS } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Settings} Settings */
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
