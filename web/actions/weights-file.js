// Reads weights that are dropped on the lab as .npz or .safetensors, such as its own export, and
// adds a run that starts from them.

import { expected } from '../../src/js/errors.js';
import { networkOf, readTensors } from '../../src/js/exports/weights.js';
import { t } from '../texts/index.js';
import { MOST_GIVEN, badPart } from '../state/codec.js';
import { fileSizeError } from '../state/file-size.js';
import { fitsLink, runOfWeights } from '../state/given-weights.js';
import { entryOf } from '../state/specs.js';
import { MOST_RUNS } from '../state/table.js';

/** The largest file, in bytes. */
const MOST_BYTES = 64e6;

/** @param {File} file whether its name says that it holds weights */
export const namesWeights = ({ name }) => /\.(npz|safetensors)$/i.test(name);

/**
 * @param {import('../state/model.js').LabModel} model
 * @param {File} file
 */
export async function openWeights(model, file) {
  const show = (/** @type {import('../../src/js/error-sentences.js').ErrorData} */ error, nothing = true) =>
    model.showUnread([{ key: file.name, text: '', error, nothing }]);
  const tooLarge = fileSizeError(file, MOST_BYTES);
  if (tooLarge) {
    show(tooLarge);
    return;
  }
  let network;
  try {
    network = networkOf(readTensors(await file.arrayBuffer()));
  } catch (error) {
    show(/** @type {import('../../src/js/types.js').LabError} */ (error));
    return;
  }
  const { state } = model.store;
  const inputs = entryOf(model.catalogue?.datasets ?? [], state.dataset.name)?.features ?? 2;
  if (network.features !== inputs) {
    show(badPart(network.features, expected.rule('weights-inputs', String(inputs))));
    return;
  }
  const run = runOfWeights(state, network, file.name.replace(/\.\w+$/, ''));
  const full = state.runs.length >= MOST_RUNS;
  const runs = full
    ? state.runs.map((other) => (other.id === model.selectedRun.id ? run : other))
    : [...state.runs, run];
  model.store.set({ runs, selected: runs.indexOf(run), solo: -1, at: 0 });
  model.seek(0);
  model.offerUndo(t('undo.weights', { name: run.name }), state);
  const count = network.parameters.length;
  if (fitsLink(count)) model.showUnread([]);
  else show(badPart(count, expected.rule('weights-link', String(MOST_GIVEN))), false);
}
