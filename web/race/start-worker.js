/// <reference types="vite/client" />

// Starts the worker from its own file. One-file builds use start-worker-inline.js instead (see
// scripts/one-file.mjs).

import workerUrl from './worker.js?worker&url';
import { scriptUrl } from './script-url.js';

/** @returns {{ worker: Worker, address: string }} */
export function startWorker() {
  const address = new URL(workerUrl, import.meta.url).href;
  return { worker: new Worker(scriptUrl(address), { type: 'module', name: 'init-lab' }), address };
}
