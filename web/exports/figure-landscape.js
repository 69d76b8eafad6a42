// Maps of the cost for a figure.

import { paintLandscape } from '../plots/landscape.js';
import { sharedPair } from '../state/landscape-pair.js';
import { t } from '../texts/index.js';
import '../texts/later.js';

/**
 * @typedef {{ name: string, slot: number | null, map: import('../race/types.js').Landscape }}
 *   NamedMap slot: of its run's colour, null for the shared map
 */

/**
 * Asks the worker for the map that all runs share, and for each run's own. A run that cannot be
 * measured has no map.
 * @param {import('../state/model.js').LabModel} model
 * @returns {Promise<NamedMap[]>}
 */
export async function landscapeMaps(model) {
  const { race, store } = model;
  /** @type {NamedMap[]} */
  const maps = [];
  const pair = sharedPair(model);
  try {
    if (pair !== null)
      maps.push({ name: t('landscape.shared'), slot: null, map: await race.sharedLandscape(pair) });
  } catch {
    // The runs have no common map.
  }
  for (const run of store.state.runs) {
    try {
      const { landscape } = await race.landscape(run.id);
      maps.push({ name: model.nameOf(run), slot: model.slotOf(run.id), map: landscape });
    } catch {
      // The card of the run says why it cannot be measured.
    }
  }
  return maps;
}

/**
 * @param {NamedMap} named
 * @param {import('../state/model.js').LabModel} model
 * @param {import('../plots/palette.js').Colours} colours
 * @param {number} side CSS pixels
 * @returns {string} the address of a picture
 */
export function landscapePicture({ map }, model, colours, side) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2 * side, height: 2 * side });
  const { runs } = model.store.state;
  const paths = map.paths
    .filter(({ id }) => runs.some((run) => run.id === id))
    .map(({ id, places }) => ({ places, slot: model.slotOf(id) }));
  paintLandscape(canvas, colours, { ...map, paths }, 2);
  return canvas.toDataURL('image/png');
}
