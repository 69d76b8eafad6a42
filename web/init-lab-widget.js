// The element in a notebook: an ES module for anywidget (Jupyter, JupyterLite) and MyST. The model's traits `experiment`
// (a link's text or JSON), `preset`, `seed`, `hide`, `theme`, `height` and `autoplay` are the element's attributes, also
// when they change later; `iteration` follows the training.

import './init-lab.js';

const ATTRIBUTES = ['preset', 'experiment', 'seed', 'hide', 'theme', 'height', 'autoplay'];
/** A kernel is told of the iteration at most this often, in milliseconds. */
const PACE = 1000;

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
  const leavings = ATTRIBUTES.map((name) => {
    const follow = () => {
      const value = model.get(name) ?? '';
      if (value === '') element.removeAttribute(name);
      else element.setAttribute(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    };
    follow();
    model.on?.(`change:${name}`, follow);
    return () => model.off?.(`change:${name}`, follow);
  });
  let toldAt = -Infinity;
  element.addEventListener('progress', (event) => {
    const { iteration, iterations } = /** @type {any} */ (event).detail;
    const now = performance.now();
    if (iteration < iterations && now - toldAt < PACE) return;
    toldAt = now;
    model.set?.('iteration', iteration);
    model.save_changes?.();
  });
  el.append(element);
  return () => {
    for (const leave of leavings) leave();
    element.remove();
  };
}

export { render };
export default { render };
