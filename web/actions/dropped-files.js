// Reads a file that is dropped on the lab: an experiment as JSON, weights, or a table of points.

import { beginningOf, namesJson } from '../state/points-table.js';
import { fileSizeError } from '../state/file-size.js';
import { linkOfJson } from '../state/given.js';
import { presets } from '../state/preset-files.js';
import { readWithPreset } from '../state/presets.js';
import { replace } from './replace.js';
import { namesWeights, openWeights } from './weights-file.js';

/**
 * The largest JSON file, in bytes. An export of eight large networks takes a few MB; reading more
 * would block the page.
 */
const MOST_BYTES = 32e6;

/**
 * @param {import('../components/lab-app.js').LabApp} app
 * @param {File} file
 */
export async function openFile(app, file) {
  if (namesWeights(file)) {
    app.renderRoot.querySelector('#sheets')?.replaceChildren();
    await openWeights(app.model, file);
    return;
  }
  const beginning = await beginningOf(file);
  if (!namesJson(file) && !/^\s*[[{]/.test(beginning)) {
    app.dispatchEvent(new CustomEvent('points', { detail: { text: beginning } }));
    return;
  }
  app.renderRoot.querySelector('#sheets')?.replaceChildren();
  const error = fileSizeError(file, MOST_BYTES);
  if (error) {
    app.model.showUnread([{ key: file.name, text: '', error, nothing: true }]);
    return;
  }
  const { link, unread, nothing } = linkOfJson(await file.text());
  if (nothing) {
    app.model.showUnread(unread.map((part) => ({ ...part, key: file.name, nothing })));
    return;
  }
  const read = readWithPreset(presets, link);
  replace(app.model, read.state, [...unread, ...read.unread]);
}
