// The element in a notebook: an ES module for anywidget (Jupyter, JupyterLite) and MyST. The model's traits `experiment`
// (a link's text or JSON), `preset`, `seed`, `hide`, `theme` and `height` become the element's attributes; `iteration`
// follows the training; setting `experiment` from Python starts the new one.

import './init-lab.js';

const ATTRIBUTES = ['preset', 'experiment', 'seed', 'hide', 'theme', 'height'];

/**
 * The part of anywidget's and MyST's model that is used.
 * @typedef {object} WidgetModel
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} [set]
 * @property {() => void} [save_changes]
 * @property {(event: string, listener: () => void) => void} [on]
 * @property {(event: string, listener: () => void) => void} [off]
 */

/**
 * @param {{ model: WidgetModel, el: HTMLElement }} given
 * @returns {() => void} takes the element away again
 */
function render({ model, el }) {
  const element = /** @type {import('./init-lab.js').InitLab} */ (document.createElement('init-lab'));
  for (const name of ATTRIBUTES) {
    const value = model.get(name);
    if (value === undefined || value === null || value === '') continue;
    element.setAttribute(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const follow = () => {
    const value = model.get('experiment') ?? '';
    element.experiment = typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  model.on?.('change:experiment', follow);
  element.addEventListener('done', () => {
    model.set?.('iteration', element.model.race.frame?.position ?? 0);
    model.save_changes?.();
  });
  el.append(element);
  return () => {
    model.off?.('change:experiment', follow);
    element.remove();
  };
}

export { render };
export default { render };
