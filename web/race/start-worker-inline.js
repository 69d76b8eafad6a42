// Starts the worker from the page's own code, as a blob. A page on disk, and an element whose file
// is on another host, may not start a worker from an address.

import code from 'virtual:worker-code';
import { scriptUrl } from './script-url.js';

/** @returns {{ worker: Worker, address: string }} */
export function startWorker() {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    return { worker: new Worker(scriptUrl(address), { name: 'init-lab' }), address };
  } finally {
    // The worker has started to load the blob.
    URL.revokeObjectURL(address);
  }
}
