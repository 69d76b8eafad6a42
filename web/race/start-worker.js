// How the page's worker comes to life where files lie beside each other. In one-file builds start-worker-inline.js
// stands in its place (see scripts/one-file.mjs).

export const startWorker = () =>
  new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'init-lab' });
