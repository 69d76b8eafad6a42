// Starts the worker from the page's own code, as a blob: for a page on disk and for an element
// whose file lies on another host, neither of which may start a worker from an address.

import code from 'virtual:worker-code';
import { scriptUrl } from './script-url.js';

/** @returns {{ worker: Worker, address: string }} */
export function startWorker() {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    return { worker: new Worker(scriptUrl(address), { name: 'init-lab' }), address };
  } finally {
    // The worker has begun to fetch it.
    URL.revokeObjectURL(address);
  }
}
