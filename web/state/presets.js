// Converts experiments between the files of src/js/experiments/ and the lab's state, and finds the
// preset that a state matches.

import { expected } from '../../src/js/errors.js';
import { badPart } from './codec.js';
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
 * The core's default settings; a test compares them with the core. The page itself opens with other
 * values (see startState), because a visitor without an experiment should see four starts.
 */
const CORE_SETTINGS = {
  dataset: { name: 'flower' },
  layers: [4],
  activations: ['tanh'],
  skip: null,
  normalization: { name: 'none' },
  parametrization: { name: 'standard' },
  frozen: [],
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
 * Returns the link of the experiment alone: without the speed and without what is shown.
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
 * Reads a link that may name a preset (preset=zeros). The link's other parts override the preset.
 * @param {Preset[]} presets
 * @param {string} link
 * @returns {ReturnType<typeof readLink>}
 */
export function readWithPreset(presets, link) {
  const [, name] = /(?:^|[#?&])preset=([^&]*)/.exec(link) ?? [];
  if (name === undefined) return readLink(link);
  const preset = presets.find(({ id }) => id === name);
  const rest = link.replace(/^[#?]/, '').split('&');
  // Later parts of a link override earlier ones.
  const read = readLink(
    [...(preset ? [writeLink(stateOf(preset))] : []), ...rest.filter((part) => !/^preset=/.test(part))].join(
      '&',
    ),
  );
  const error = badPart(name, expected.oneOf(presets.map(({ id }) => id)));
  return { ...read, unread: [...(preset ? [] : [{ key: 'preset', text: name, error }]), ...read.unread] };
}

/**
 * @param {Record<string, string>} words
 * @param {string} language
 */
export const inLanguage = (words, language) => words[language] ?? words.en;
