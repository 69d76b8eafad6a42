// The page "Why": gives every figure the experiment that its claim names.

import experiments from '../src/js/experiments/claims.json';
import './components/site-header.js';

const links = new Map(experiments.map(({ id, link }) => [id, link]));
for (const figure of document.querySelectorAll('lab-figure')) {
  figure.setAttribute('experiment', links.get(figure.getAttribute('claim') ?? '') ?? '');
}

for (const link of document.querySelectorAll('a[data-claim]')) {
  link.setAttribute('href', `./index.html#${links.get(link.getAttribute('data-claim') ?? '') ?? ''}`);
}

// Only now, as an element reads its experiment when it is born.
await import('./components/lab-figure.js');
await import('./story/story-butterfly.js');
await import('./story/phase-diagram.js');
await import('./story/print-figures.js');
