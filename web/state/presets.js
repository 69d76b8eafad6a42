// Experiments as data: from a file in src/js/experiments/ to the state of the lab, and which of
// them a state is.

import { newId, readLink, startState, writeLink } from './table.js';

/**
 * @typedef {Partial<import('./table.js').Settings> & { iterations?: number }} Shared
 * @typedef {object} Preset a file of src/js/experiments/
 * @property {string} id the file's name
 * @property {number} order place in the list
 * @property {Record<string, string>} title by language
 * @property {Record<string, string>} sentence by language
 * @property {number} speed iterations per second at which it is best watched
 * @property {Shared} shared
 * @property {({ init: import('./codec.js').Choice, name?: string } &
 *   Partial<import('./table.js').Settings>)[]} runs
 */

/**
 * What the core takes where an experiment does not say; a test holds it against the core. The page
 * itself starts otherwise (see startState), for who comes without an experiment.
 */
const CORE_SETTINGS = {
  dataset: { name: 'flower' },
  layers: [4],
  activations: ['tanh'],
  output: /** @type {const} */ ('sigmoid'),
  optimizer: { name: 'gd', learningRate: 1.2 },
  iterations: 10000,
  precision: /** @type {const} */ ('float64'),
  seed: 3,
};
export const CORE_DEFAULTS = { ...CORE_SETTINGS, init: { name: 'normal', std: 0.01, seed: 2 } };

/**
 * @param {Pick<Preset, 'shared' | 'runs' | 'speed'>} preset
 * @returns {import('./table.js').LabState}
 */
export function stateOf({ shared, runs, speed }) {
  return {
    ...startState(),
    ...structuredClone({ ...CORE_SETTINGS, ...shared }),
    speed,
    runs: runs.map(({ init, name = '', ...own }) => ({
      id: newId(),
      init: { ...init },
      name,
      own: structuredClone(own),
    })),
    selected: runs.length - 1,
  };
}

/**
 * What makes a state the experiment that it is: not how fast it goes or what is shown.
 * @param {import('./table.js').LabState} state
 */
export function experimentLink(state) {
  const { speed, stop, chart, scale, show, solo, selected, predict, at } = startState();
  return writeLink({ ...state, speed, stop, chart, scale, show, solo, selected, predict, at });
}

/**
 * @param {Preset[]} presets
 * @param {import('./table.js').LabState} state
 * @returns {Preset | undefined}
 */
export function presetOf(presets, state) {
  const wanted = experimentLink(state);
  return presets.find((preset) => experimentLink(stateOf(preset)) === wanted);
}

/**
 * Reads a link that may name a preset (preset=zeros): what stands beside it in the link overrules
 * it.
 * @param {Preset[]} presets
 * @param {string} link
 * @returns {ReturnType<typeof readLink>}
 */
export function readWithPreset(presets, link) {
  const [, name] = /(?:^|[#?&])preset=([^&]*)/.exec(link) ?? [];
  if (name === undefined) return readLink(link);
  const preset = presets.find(({ id }) => id === name);
  const rest = link.replace(/^[#?]/, '').split('&');
  // What stands later in a link overrules what stands before.
  const read = readLink(
    [...(preset ? [writeLink(stateOf(preset))] : []), ...rest.filter((part) => !/^preset=/.test(part))].join(
      '&',
    ),
  );
  const reason = `expected one of ${presets.map(({ id }) => id).join(', ')}`;
  return { ...read, unread: [...(preset ? [] : [{ key: 'preset', text: name, reason }]), ...read.unread] };
}

/**
 * @param {Record<string, string>} words
 * @param {string} language
 */
export const inLanguage = (words, language) => words[language] ?? words.en;
