// Keyboard shortcuts of the lab. They have no effect while the reader types or a control uses the
// key.

import { letterKeysEnabled } from './key-choice.js';
import { openSheet } from '../panels/sheets.js';

/**
 * Returns whether the focused control uses the key itself.
 * @param {EventTarget | undefined} target
 * @param {string} key
 */
function taken(target, key) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('textarea, select, input:not([type=range], [type=checkbox]), [contenteditable]'))
    return true;
  if (target.matches('input[type=range]')) return /^Arrow|^Home$|^End$|^Page/.test(key);
  if (target.matches('button, a, summary, input[type=checkbox]')) return key === ' ' || key === 'Enter';
  return target.matches('[role=menu] *, dialog *');
}

/**
 * @param {import('../components/lab-app.js').LabApp} app
 * @returns {() => void} stops listening
 */
export function listenToKeys(app) {
  const listener = (/** @type {KeyboardEvent} */ event) => {
    // Many keyboards need Alt for brackets, or AltGr, which Windows reports as Ctrl and Alt.
    const typed = event.altKey && /^[[\]]$/.test(event.key);
    if (event.defaultPrevented || (event.altKey && !typed)) return;
    const path = event.composedPath();
    if (taken(path[0], event.key) || path.some((part) => part instanceof HTMLDialogElement)) return;
    const command = (event.ctrlKey || event.metaKey) && !typed;
    if (!command && event.key.length === 1 && event.key !== ' ' && !letterKeysEnabled()) return;
    const action = command ? undoOf(app, event) : actionOf(app, event);
    if (action === null) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

/**
 * @param {import('../components/lab-app.js').LabApp} app
 * @param {KeyboardEvent} event
 */
const undoOf = ({ model }, { key }) => (key === 'z' && model.undoText !== null ? () => model.undo() : null);

/**
 * @param {import('../components/lab-app.js').LabApp} app
 * @param {KeyboardEvent} event
 * @returns {(() => void) | null}
 */
function actionOf(app, { key, shiftKey }) {
  const { model } = app;
  const { store } = model;
  const { state } = store;
  const { position } = model;
  const jump = shiftKey ? Math.max(1, Math.round(state.iterations / 20)) : 1;
  const run = model.selectedRun;
  if (/^[1-8]$/.test(key)) {
    const index = Number(key) - 1;
    return index < state.runs.length
      ? () => store.set({ selected: index, solo: state.solo >= 0 ? index : -1 })
      : null;
  }
  /** @type {Record<string, () => void>} */
  const actions = {
    ' ': () => model.play(!model.running),
    '.': () => model.seek(position + 1),
    ',': () => model.seek(position - 1),
    ArrowRight: () => model.seek(position + jump),
    ArrowLeft: () => model.seek(position - jump),
    Home: () => model.seek(0),
    End: () => model.seek(state.iterations),
    r: () => model.reset(),
    n: () => model.redraw(),
    s: () => store.set({ solo: state.solo >= 0 ? -1 : state.selected }),
    l: () => store.set({ scale: state.scale === 'log' ? 'linear' : 'log' }),
    a: () => store.set({ chart: state.chart === 'cost' ? 'accuracy' : 'cost' }),
    d: () => store.addRun(run),
    m: () => app.rename(run.id),
    Delete: () => model.removeRun(run.id),
    e: () => openSheet(app, 'lab-experiments'),
    '[': () => store.moveRun(run.id, -1),
    ']': () => store.moveRun(run.id, 1),
    '?': () => openSheet(app, 'lab-tour'),
  };
  return actions[key] ?? null;
}
