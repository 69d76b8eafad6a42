// The page for iframes: one experiment and nothing around it but its controls. The query says which: the attributes of
// <init-lab> by their names, or the text of a lab link; `lang` is the language. Tells its height to the page around it:
// { type: 'init-lab:height', height } in CSS pixels, so that the iframe can be made to fit.

import './init-lab.js';
import { linkIn } from './state/store.js';
import { embedTexts } from './texts/embed.js';
import { languages, textsOf } from './texts/index.js';

const ATTRIBUTES = ['preset', 'experiment', 'seed', 'hide', 'height', 'theme', 'autoplay'];
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

const place = /** @type {HTMLElement} */ (document.getElementById('place'));
// Without an origin no worker can be started from an address.
if (origin === 'null') place.textContent = textsOf(embedTexts)('sandbox');
else place.append(element);

new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  // The height is no secret, and the page around may be anyone's.
  parent.postMessage({ type: 'init-lab:height', height }, '*');
}).observe(document.documentElement);
