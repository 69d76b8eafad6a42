// The page "Embed": a live example and the names of the presets.

import './components/site-header.js';
import './init-lab.js';
import { presets } from './state/preset-files.js';
import { translatePage } from './texts/page.js';

const place = /** @type {HTMLElement} */ (document.getElementById('presets'));
for (const [i, { id }] of presets.entries()) {
  if (i > 0) place.append(', ');
  place.append(Object.assign(document.createElement('code'), { textContent: id }));
}

await translatePage('embedding');
