// Parts of the lab that are loaded when first needed: dialogs, file import, exports.

import { errorText, t } from '../texts/index.js';

/** @typedef {import('../components/lab-app.js').LabApp} LabApp */

const SHEETS = {
  'lab-copy': () => import('../components/lab-copy.js'),
  'lab-embed': () => import('../components/lab-embed.js'),
  'lab-experiments': () => import('../components/lab-experiments.js'),
  'lab-name': () => import('../components/lab-name.js'),
  'lab-picture': () => import('../components/lab-picture.js'),
  'lab-points': () => import('../components/lab-points.js'),
  'lab-tour': () => import('../components/lab-tour.js'),
};

/**
 * Loads a part. If that fails, for instance offline, the model shows a notice, and the next call
 * tries again.
 * @template T
 * @param {LabApp} app
 * @param {() => Promise<T>} load
 * @returns {Promise<T | null>}
 */
const fetched = (app, load) =>
  load().then(
    (part) => {
      if (app.model.unread[0]?.missing) app.model.showUnread([]);
      return part;
    },
    () => {
      app.model.showUnread([{ key: '', text: '', missing: true }]);
      return null;
    },
  );

/**
 * @param {LabApp} app
 * @param {keyof typeof SHEETS} name
 * @param {Record<string, unknown>} [properties]
 */
export async function openSheet(app, name, properties = {}) {
  if ((await fetched(app, /** @type {() => Promise<unknown>} */ (SHEETS[name]))) === null) return;
  const host = /** @type {HTMLElement} */ (app.renderRoot.querySelector('#sheets'));
  const sheet = Object.assign(document.createElement(name), { model: app.model, ...properties });
  sheet.addEventListener('close', () => sheet.remove());
  host.replaceChildren(sheet);
}

/**
 * Handles a file that is dropped anywhere on the lab.
 * @param {LabApp} app
 * @param {DragEvent} event
 */
export async function dropFile(app, event) {
  const file = event.dataTransfer?.files[0];
  if (file === undefined) return;
  event.preventDefault();
  await (await fetched(app, () => import('../actions/dropped-files.js')))?.openFile(app, file);
}

/**
 * Runs an export.
 *
 * @param {LabApp} app
 * @param {{ what: string, run: string, text?: string }} wanted an export by name, or a text to copy
 * @returns {Promise<string>} a message for the reader
 */
export async function exportResult(app, { what, run, text }) {
  const parts = await fetched(app, () =>
    Promise.all([import('../exports/export-actions.js'), import('../exports/copy.js')]),
  );
  if (parts === null) return '';
  const [{ runExport }, { CopyRefused, copy }] = parts;
  try {
    if (text !== undefined) return await copy(text);
    return (await runExport(app.model, what, run, app.pictures)) ?? '';
  } catch (error) {
    if (!(error instanceof CopyRefused))
      return t('share.broken', { message: errorText(/** @type {Error} */ (error)) });
    await openSheet(app, 'lab-copy', { text: error.text });
    return '';
  }
}

/** Prints the experiment as a handout instead of the lab. @param {LabApp} app */
export async function printHandout(app) {
  if ((await fetched(app, () => import('../components/lab-handout.js'))) === null) return;
  const host = /** @type {HTMLElement} */ (app.renderRoot.querySelector('#sheets'));
  const handout = Object.assign(document.createElement('lab-handout'), { model: app.model });
  host.replaceChildren(handout);
  await /** @type {import('../components/lab-handout.js').LabHandout} */ (handout).updateComplete;
  app.toggleAttribute('handout', true);
  addEventListener(
    'afterprint',
    () => {
      app.toggleAttribute('handout', false);
      handout.remove();
    },
    { once: true },
  );
  print();
}
