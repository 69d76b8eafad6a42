// The page "Embed": its one live example, and which presets there are.

import './components/site-header.js';
import './init-lab.js';
import { presets } from './state/preset-files.js';

const place = /** @type {HTMLElement} */ (document.getElementById('presets'));
for (const [i, { id }] of presets.entries()) {
  if (i > 0) place.append(', ');
  place.append(Object.assign(document.createElement('code'), { textContent: id }));
}
