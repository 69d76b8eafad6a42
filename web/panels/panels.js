// The panels of the lab that are loaded when needed. A new panel is one row here.

/**
 * @typedef {object} Panel
 * @property {() => Promise<unknown>} load defines the element
 * @property {Partial<import('../race/types.js').Wanted>} wants the parts of each frame that it
 *   needs while it is shown, see LabModel.want
 */

/** Panels by the names of their elements. @satisfies {Record<string, Panel>} */
const PANELS = {
  'lab-inside': { load: () => import('../components/lab-inside.js'), wants: {} },
  'lab-digits': { load: () => import('../components/lab-digits.js'), wants: {} },
  'lab-reading': { load: () => import('../components/lab-reading.js'), wants: {} },
  'lab-landscape': { load: () => import('../components/lab-landscape.js'), wants: {} },
};

/**
 * Loads a panel. If that fails (usually offline), the model shows a notice, and the panel is loaded
 * again once the connection returns.
 * @param {keyof typeof PANELS} name
 * @param {import('../state/model.js').LabModel} model
 * @returns {Promise<void>} when the panel is defined
 */
export async function loadPanel(name, model) {
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
 * @param {import('../state/model.js').LabModel} model
 */
export function loadOnce(name, model) {
  if (begun.has(name)) return;
  begun.add(name);
  loadPanel(name, model);
}
