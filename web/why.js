// The page "Why": gives every figure the experiment that its claim names, and lists the article's
// steps.

import experiments from '../src/js/experiments/claims.json';
import './components/site-header.js';
import { wordsOf, translatePage } from './texts/page.js';

const links = new Map(experiments.map(({ id, link }) => [id, link]));
for (const figure of document.querySelectorAll('lab-figure')) {
  figure.setAttribute('experiment', links.get(figure.getAttribute('claim') ?? '') ?? '');
}

const words = await wordsOf('why');
const steps = /** @type {HTMLElement} */ (document.getElementById('steps'));

/** Links inside texts are new elements after each change of the language. */
function finish() {
  for (const link of document.querySelectorAll('a[data-claim]')) {
    link.setAttribute('href', `./index.html#${links.get(link.getAttribute('data-claim') ?? '') ?? ''}`);
  }
  const list = document.createElement('ol');
  for (const section of document.querySelectorAll('section[id]')) {
    const heading = section.querySelector('h2');
    if (heading === null || ['exercise', 'answer'].includes(section.id)) continue;
    const link = Object.assign(document.createElement('a'), {
      href: `#${section.id}`,
      textContent: heading.textContent,
    });
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  steps.setAttribute('aria-label', words('steps'));
  steps.replaceChildren(list);
}
await translatePage('why', finish);

// An element reads its experiment when it is created, so the elements come last.
await import('./components/lab-figure.js');
await import('./story/story-butterfly.js');
await import('./story/lazy-chart.js');
await import('./story/digit-starts.js');
await import('./maps/width-map.js');
await import('./maps/phase-diagram.js');
await import('./story/print-figures.js');
