// The page for iframes: one experiment with its controls. Its query has the attributes of
// <init-lab> or the text of a lab link, and the language as `lang`. The page sends its height to
// the surrounding page, which can resize the iframe: { type: 'init-lab:height', height } in CSS
// pixels.
//
// In the built site this is a classic script beside init-lab.js (see scripts/one-file.mjs): a frame
// with sandbox="allow-scripts" has no origin, so a host without CORS headers sends it no module
// scripts.

import { ATTRIBUTES } from './attributes.js';
import './init-lab.js';
import { linkIn } from './state/store.js';
import { languages } from './texts/index.js';

const query = new URLSearchParams(location.search);
const element = document.createElement('init-lab');
for (const name of ATTRIBUTES) {
  const value = query.get(name);
  if (value !== null) element.setAttribute(name, value);
}
const tag = query.get('lang') ?? 'en';
if (Object.hasOwn(languages, tag.toLowerCase().split('-')[0])) document.documentElement.lang = tag;
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
const link = linkIn({ hash: '', search: location.search }, ATTRIBUTES);
if (link !== '') element.setAttribute('experiment', link);

/** The height is not confidential, so any page may receive it. */
function sendHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  parent.postMessage({ type: 'init-lab:height', height }, '*');
}

// Forward the prediction to a learning platform around the frame.
element.addEventListener('predicted', (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  parent.postMessage({ type: 'init-lab:predicted', ...detail }, '*');
});
// In the built site init-lab.js is a script of its own, which can be missing.
if (customElements.get('init-lab')) document.getElementById('unloaded')?.remove();
document.getElementById('place')?.append(element);
if (typeof ResizeObserver === 'function') new ResizeObserver(sendHeight).observe(document.documentElement);
else sendHeight();
