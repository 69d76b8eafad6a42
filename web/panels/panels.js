// The panels of the lab that are loaded when they are needed. A new panel is one row here.

/**
 * @typedef {object} Panel
 * @property {() => Promise<unknown>} load defines the element
 * @property {Partial<import('../race/types.js').Wanted>} wants what it wants of each frame while it
 *   is shown, see LabModel.want
 */

/** By the names of their elements. @satisfies {Record<string, Panel>} */
export const PANELS = {
  'lab-inside': { load: () => import('../components/lab-inside.js'), wants: {} },
  'lab-landscape': { load: () => import('../components/lab-landscape.js'), wants: {} },
};

/**
 * Loads a panel. When that fails (most often without a connection) the model shows a notice, and
 * the panel is loaded again once the connection is back.
 * @param {keyof typeof PANELS} name
 * @param {import('../state/model.js').LabModel} model
 * @returns {Promise<void>} when the panel is there
 */
export async function loadPanel(name, model) {
  for (let failed = false; ; failed = true) {
    try {
      await PANELS[name].load();
      model.want(name, PANELS[name].wants);
      // The notice of another panel, which is still missing, stays.
      if (failed && model.unread[0]?.missing) model.showUnread([]);
      return;
    } catch {
      model.showUnread([{ key: '', text: '', reason: '', missing: true }]);
      await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
    }
  }
}
