// The worker out of the page's own code, as a blob: for a page on disk, and for an element whose file lies on another host,
// neither of which may start a worker from an address.

import InlineWorker from './worker.js?worker&inline';

/** @returns {Worker} */
export const startWorker = () => new InlineWorker({ name: 'init-lab' });
