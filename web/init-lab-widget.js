// The element in a notebook: an ES module for anywidget (Jupyter, JupyterLite) and MyST. The
// model's traits `experiment` (the text of a link, or JSON), `preset`, `seed`, `hide`, `theme`,
// `height` and `autoplay` set the element's attributes, also when they change later; `iteration`
// follows the training.

import { ATTRIBUTES } from './attributes.js';
import './init-lab.js';

/** The least time between two reports of the iteration to a kernel, in milliseconds. */
const REPORT_EVERY = 1000;

/**
 * The parts of anywidget's and MyST's model that this module uses. Some hosts lack methods, and
 * MyST's renderer has methods that throw.
 * @typedef {object} WidgetModel
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} [set]
 * @property {() => void} [save_changes]
 * @property {(event: string, listener: () => void) => void} [on]
 * @property {(event: string, listener: () => void) => void} [off]
 */

/**
 * Calls a method that a host may lack.
 * @param {() => void} call
 * @returns {boolean} whether the host has it
 */
function offered(call) {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 * @returns {() => void} removes the element
 */
function render({ model, el }) {
  const element = /** @type {import('./init-lab.js').InitLab} */ (document.createElement('init-lab'));
  const stops = ATTRIBUTES.map((name) => {
    const follow = () => {
      const value = model.get(name) ?? '';
      if (value === '') element.removeAttribute(name);
      else element.setAttribute(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    };
    follow();
    offered(() => model.on?.(`change:${name}`, follow));
    return () => offered(() => model.off?.(`change:${name}`, follow));
  });
  let reportedAt = -Infinity;
  let reports = true;
  element.addEventListener('progress', (event) => {
    const { iteration, iterations } = /** @type {any} */ (event).detail;
    const now = performance.now();
    if (!reports || (iteration < iterations && now - reportedAt < REPORT_EVERY)) return;
    reportedAt = now;
    reports = offered(() => {
      model.set?.('iteration', iteration);
      model.save_changes?.();
    });
  });
  el.append(element);
  return () => {
    for (const stop of stops) stop();
    element.remove();
  };
}

export { render };
export default { render };
