// An experiment that a page hands over as JSON, made into the text of a link: what reads links then checks every value.

import { stateOf } from './presets.js';
import { writeLink } from './table.js';

/** @typedef {import('./table.js').Unread} Unread */

/**
 * @param {string} text an experiment as the command line takes it ({ "layers": …, "init": { "name": …, "seed": … } }), or a preset
 * ({ "shared": …, "runs": [ … ] })
 * @returns {{ link: string, unread: Unread[] }} the link is empty when nothing could be made of it
 */
export function linkOfJson(text) {
  try {
    const given = JSON.parse(text);
    const { shared = {}, runs, speed = 1000 } = 'runs' in given ? given : presetOfSpec(given);
    const { activations } = shared;
    const settings = typeof activations === 'string' ? { ...shared, activations: [activations] } : shared;
    const preset = { id: '', order: 0, title: {}, sentence: {}, shared: settings, runs, speed };
    return { link: writeLink(stateOf(preset)), unread: [] };
  } catch (error) {
    const reason = `expected an experiment or a preset as JSON (${/** @type {Error} */ (error).message})`;
    return { link: '', unread: [{ key: 'experiment', text, reason }] };
  }
}

/** @param {Record<string, any>} spec */
function presetOfSpec({ init = { name: 'he_normal' }, ...rest }) {
  const { seed, ...start } = init;
  return { shared: seed === undefined ? rest : { ...rest, seed }, runs: [{ init: start }] };
}
