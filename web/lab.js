// The page "Lab". The worker loads the module and starts training while the page loads its parts.

import './components/site-header.js';
import { supported } from './browser/supported.js';
import { presets } from './state/preset-files.js';
import { readWithPreset } from './state/presets.js';
import { Store, followAddress, keepIds, linkIn } from './state/store.js';
import { LabModel } from './state/model.js';

/**
 * Shows or hides one of the messages that the page can show instead of the lab.
 * @param {'unsupported' | 'unloaded'} id
 * @param {boolean} shown
 */
function show(id, shown) {
  const text = document.getElementById(id);
  text?.toggleAttribute('hidden', !shown);
  text?.classList.add('now');
}

function openLab() {
  const read = (/** @type {string} */ link) => readWithPreset(presets, link);
  const { state: first, unread: notRead } = read(linkIn(location));
  const model = new LabModel(new Store(first), { unread: notRead });
  followAddress(
    model.store,
    (state, unread) => {
      model.open(keepIds(state, model.store.state), unread);
      if (state.at !== null) model.seek(state.at);
    },
    window,
    read,
  );
  model.start();
  import('./components/lab-app.js').then(
    ({ LabApp }) => {
      const app = new LabApp();
      app.model = model;
      document.getElementById('lab')?.append(app);
    },
    () => show('unloaded', true),
  );
}

show('unloaded', false);
if (supported) openLab();
else show('unsupported', true);
