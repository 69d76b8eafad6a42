/// <reference types="vite/client" />
// Starts the worker where files lie beside each other. In one-file builds start-worker-inline.js
// takes its place (see scripts/one-file.mjs).

import workerUrl from './worker.js?worker&url';
import { scriptUrl } from './script-url.js';

/** @returns {{ worker: Worker, address: string }} */
export function startWorker() {
  const address = new URL(workerUrl, import.meta.url).href;
  return { worker: new Worker(scriptUrl(address), { type: 'module', name: 'init-lab' }), address };
}
