// The page for iframes: one experiment and nothing around it but its controls. The query says which: the attributes of
// <init-lab> by their names, or the text of a lab link; `lang` is the language. Tells its height to the page around it:
// { type: 'init-lab:height', height } in CSS pixels, so that the iframe can be made to fit.

import './init-lab.js';
import { linkIn } from './state/store.js';
import { languages, setLanguage, t } from './texts/index.js';

const ATTRIBUTES = ['preset', 'experiment', 'seed', 'hide', 'height', 'theme', 'autoplay'];
const query = new URLSearchParams(location.search);
const element = document.createElement('init-lab');
for (const name of ATTRIBUTES) {
  const value = query.get(name);
  if (value !== null) element.setAttribute(name, value);
}
const tag = query.get('lang') ?? 'en';
const [base] = tag.toLowerCase().split('-');
if (Object.hasOwn(languages, base)) document.documentElement.lang = tag;
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
const link = linkIn({ hash: '', search: location.search }, ATTRIBUTES);
if (link !== '') element.setAttribute('experiment', link);

const place = /** @type {HTMLElement} */ (document.getElementById('place'));
if (origin === 'null') {
  // A worker cannot be started from a frame without an origin. Without the table the text stays English.
  await setLanguage(base).catch(() => {});
  place.textContent = t('embed.sandbox');
} else {
  place.append(element);
}

new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  // The height is no secret, and the page around may be anyone's.
  parent.postMessage({ type: 'init-lab:height', height }, '*');
}).observe(document.documentElement);
