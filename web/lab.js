// The lab page: begins with a look at what the browser can do, so that an old one gets a sentence instead of a blank.

import { followAddress, keepIds, linkIn } from './state/store.js';
import { LabModel } from './state/model.js';

const able =
  typeof WebAssembly === 'object' &&
  'adoptedStyleSheets' in Document.prototype &&
  typeof ResizeObserver === 'function';

if (able) {
  // The worker loads the module and begins to train while the page loads its parts.
  const model = LabModel.fromLink(linkIn(location));
  followAddress(model.store, (state, unread) => {
    model.open(keepIds(state, model.store.state), unread);
    if (state.at !== null) model.seek(state.at);
  });
  model.start();
  import('./components/site-header.js');
  import('./components/lab-app.js').then(({ LabApp }) => {
    const app = new LabApp();
    app.model = model;
    document.getElementById('lab')?.append(app);
  });
} else {
  const note = document.getElementById('unsupported');
  if (note) note.hidden = false;
}
