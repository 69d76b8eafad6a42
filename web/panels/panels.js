// The panels of the lab that are loaded when needed. A new panel is one row here.

import { html } from 'lit';

/** @typedef {import('../state/model.js').LabModel} LabModel */

/**
 * @typedef {object} Panel
 * @property {() => Promise<unknown>} load defines the element
 * @property {Partial<import('../race/types.js').Wanted>} wants the parts of each frame that it
 *   needs while it is shown, see LabModel.want
 * @property {(model: LabModel) => unknown} [below] the element, if every experiment has it below
 *   the charts
 */

/** Panels by the names of their elements, in the order of the page. */
const PANELS = {
  'lab-predict': { load: () => import('../components/lab-predict.js'), wants: {} },
  'lab-digits': { load: () => import('../components/lab-digits.js'), wants: {} },
  'lab-reading': { load: () => import('../components/lab-reading.js'), wants: {} },
  'lab-inside': {
    load: () => import('../components/lab-inside.js'),
    wants: {},
    below: (/** @type {LabModel} */ model) => html`<lab-inside .model=${model}></lab-inside>`,
  },
  'lab-landscape': {
    load: () => import('../components/lab-landscape.js'),
    wants: {},
    below: (/** @type {LabModel} */ model) => html`<lab-landscape .model=${model}></lab-landscape>`,
  },
};

/** The panels below the charts. @type {[name: keyof typeof PANELS, panel: Panel][]} */
const BELOW = /** @type {any} */ (
  Object.entries(/** @type {Record<string, Panel>} */ (PANELS)).filter(([, { below }]) => below)
);

/** Loads the panels below the charts. @param {LabModel} model */
export const loadBelow = (model) => Promise.all(BELOW.map(([name]) => loadPanel(name, model)));

/** The panels below the charts, once they are loaded. @param {LabModel} model */
export const panelsBelow = (model) => BELOW.map(([, { below }]) => below?.(model));

/**
 * Loads a panel. If that fails (usually offline), the model shows a notice, and the panel is loaded
 * again once the connection returns.
 * @param {keyof typeof PANELS} name
 * @param {LabModel} model
 * @returns {Promise<void>} when the panel is defined
 */
async function loadPanel(name, model) {
  for (let failed = false; ; failed = true) {
    try {
      await PANELS[name].load();
      model.want(name, PANELS[name].wants);
      // Keep the notice of another panel that is still missing.
      if (failed && model.unread[0]?.missing) model.showUnread([]);
      return;
    } catch {
      model.showUnread([{ key: '', text: '', missing: true }]);
      await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
    }
  }
}

/** Names of the panels whose loading has begun. */
const begun = new Set();

/**
 * Loads a panel that is shown only for some data sets. Renders may call it as often as they like.
 * @param {keyof typeof PANELS} name
 * @param {LabModel} model
 */
export function loadOnce(name, model) {
  if (begun.has(name)) return;
  begun.add(name);
  loadPanel(name, model);
}
