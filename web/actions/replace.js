// Replaces the open experiment by another one, with an offer to undo if it would be lost.

import { t } from '../texts/index.js';
import { presets } from '../state/preset-files.js';
import { presetOf } from '../state/presets.js';
import { keepIds } from '../state/store.js';

/**
 * @param {import('../state/model.js').LabModel} model
 * @param {import('../state/table.js').LabState} next
 * @param {import('../state/table.js').Unread[]} [unread] the parts of `next` that could not be read
 */
export function replace(model, next, unread = []) {
  const { state } = model.store;
  model.open(keepIds(next, state), unread, { restart: true });
  if (next.at === null && !model.reducedMotion) model.play(true);
  else model.seek(next.at ?? next.iterations);
  // A preset can be opened again from its list; the reader's own experiment cannot.
  if (presetOf(presets, state) === undefined) model.offerUndo(t('undo.replaced'), state);
}
