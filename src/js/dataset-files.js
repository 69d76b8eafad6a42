// The files of data sets that are too large for the module. Each is a module of its own, imported
// on demand.

import { bytesOf } from './load.js';

/**
 * By name of the data set; written out, so that bundlers make a file of each.
 *
 * @type {Record<string, () => Promise<{ default: string }>>}
 */
const files = { digits: () => import('./data/digits.js') };

/**
 * Whether a data set has a file.
 *
 * @param {unknown} name
 */
export const hasFile = (name) => Object.hasOwn(files, String(name));

/**
 * Reads the file of a data set.
 *
 * @param {string} name of a data set that needs a file, as the catalogue says
 * @returns {Promise<Uint8Array>}
 */
export async function readDatasetFile(name) {
  return bytesOf((await files[name]()).default);
}

/**
 * Finds the name of an experiment's data set.
 *
 * @param {any} spec anything that a caller may pass as an experiment
 * @returns {unknown} undefined if it has none
 */
export function datasetNameOf(spec) {
  try {
    return spec?.dataset?.name;
  } catch {
    // A revoked proxy, or a getter that throws: the module reports the experiment as it is.
    return undefined;
  }
}
