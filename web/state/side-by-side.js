// Combines experiments in the core's form into one state of the lab, in which they are the runs.

import { CORE_DEFAULTS, stateOf } from './presets.js';
import { SETTINGS } from './table.js';

const NAMES = /** @type {import('./table.js').Setting[]} */ (Object.keys(SETTINGS));

/**
 * Fills in the defaults, and moves the seed out of the initializer.
 * @param {Record<string, any>} spec
 * @returns {Record<string, any>}
 */
function inFull({ init = CORE_DEFAULTS.init, activations = CORE_DEFAULTS.activations, ...rest }) {
  const { seed = CORE_DEFAULTS.seed, ...start } = init;
  const { normalization, parametrization, ...spec } = { ...CORE_DEFAULTS, ...rest };
  return {
    ...spec,
    activations: [activations].flat(),
    normalization: typeof normalization === 'string' ? { name: normalization } : normalization,
    parametrization: typeof parametrization === 'string' ? { name: parametrization } : parametrization,
    init: start,
    seed,
  };
}

/**
 * Returns the most frequent value. It becomes the shared setting; runs with other values get their
 * own.
 * @param {unknown[]} values
 */
function commonest(values) {
  const texts = values.map((value) => JSON.stringify(value));
  const count = (/** @type {string} */ text) => texts.filter((other) => other === text).length;
  const most = Math.max(...texts.map(count));
  return values[texts.findIndex((text) => count(text) === most)];
}

/**
 * @param {{ name?: string, spec: Record<string, any> }[]} experiments at least one; own points in
 *   the lab's form
 * @param {number} speed iterations per second
 * @returns {import('./table.js').LabState} with the last run selected, and the longest training's
 *   number of iterations
 */
export function sideBySide(experiments, speed) {
  const specs = experiments.map(({ spec }) => inFull(spec));
  const shared = Object.fromEntries(NAMES.map((name) => [name, commonest(specs.map((spec) => spec[name]))]));
  const runs = specs.map((spec, i) => {
    const own = NAMES.filter((name) => JSON.stringify(spec[name]) !== JSON.stringify(shared[name]));
    return {
      name: experiments[i].name,
      init: spec.init,
      ...Object.fromEntries(own.map((name) => [name, spec[name]])),
    };
  });
  const iterations = Math.max(...specs.map((spec) => spec.iterations));
  return stateOf({ shared: { ...shared, iterations }, runs, speed });
}
