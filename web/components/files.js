// What a file that is dropped on the lab holds: an experiment as JSON, or else a table of points.

import { beginningOf, namesJson } from '../state/csv.js';
import { linkOfJson } from '../state/given.js';
import { readLink } from '../state/table.js';
import { replace } from './replace.js';

/** @param {import('./lab-app.js').LabApp} app @param {File} file */
export async function openFile(app, file) {
  const beginning = await beginningOf(file);
  if (!namesJson(file) && !/^\s*[[{]/.test(beginning)) {
    app.dispatchEvent(new CustomEvent('points', { detail: { text: beginning } }));
    return;
  }
  app.renderRoot.querySelector('#sheets')?.replaceChildren();
  const { link, unread, nothing } = linkOfJson(await file.text());
  if (nothing) {
    app.model.tellUnread(unread.map((part) => ({ ...part, key: file.name, nothing })));
    return;
  }
  const read = readLink(link);
  replace(app.model, read.state, [...unread, ...read.unread]);
}
