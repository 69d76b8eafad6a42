// The lab page: begins with a look at what the browser can do, so that an old one gets a sentence instead of a blank.

import { catalogue } from './race/race.js';

const able =
  typeof WebAssembly === 'object' &&
  'adoptedStyleSheets' in Document.prototype &&
  typeof ResizeObserver === 'function';

if (able) {
  // The worker loads the module while the page loads its parts; a failure is told by the lab when it stands.
  catalogue().catch(() => {});
  import('./components/site-header.js');
  import('./components/lab-app.js');
} else {
  const note = document.getElementById('unsupported');
  if (note) note.hidden = false;
}
