// The lab page: begins with a look at what the browser can do, so that an old one gets a sentence instead of a blank.

import './components/site-header.js';
import { presets } from './state/preset-files.js';
import { readWithPreset } from './state/presets.js';
import { Store, followAddress, keepIds, linkIn } from './state/store.js';
import { LabModel } from './state/model.js';

const able =
  typeof WebAssembly === 'object' &&
  'adoptedStyleSheets' in Document.prototype &&
  'toSpliced' in Array.prototype;

/** @param {string} id of what the page has to say instead of the lab */
const say = (id) => document.getElementById(id)?.toggleAttribute('hidden', false);

if (able) {
  // The worker loads the module and begins to train while the page loads its parts.
  const read = (/** @type {string} */ link) => readWithPreset(presets, link);
  const given = read(linkIn(location));
  const model = new LabModel(new Store(given.state), { unread: given.unread });
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
    () => say('unloaded'),
  );
} else say('unsupported');
