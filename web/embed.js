// The page for iframes: the experiment of the query (a lab link after "?", or preset=NAME), and nothing around it but
// its controls. `hide` and `theme` as for <init-lab>. Tells its height to the page around it:
// { type: 'init-lab:height', height } in CSS pixels, so that the iframe can be made to fit.

import './init-lab.js';

const OWN = ['preset', 'hide', 'theme'];
const query = new URLSearchParams(location.search);
const element = document.createElement('init-lab');
for (const name of OWN) {
  const value = query.get(name);
  if (value !== null) element.setAttribute(name, value);
}
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
// The rest is the link, character by character: URLSearchParams would change its signs.
element.setAttribute(
  'experiment',
  location.search
    .slice(1)
    .split('&')
    .filter((part) => !OWN.includes(part.split('=')[0]))
    .join('&'),
);
document.getElementById('place')?.append(element);

new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  // The height is no secret, and the page around may be anyone's.
  parent.postMessage({ type: 'init-lab:height', height }, '*');
}).observe(document.documentElement);
