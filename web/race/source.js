// Where the worker's lab comes from: the one place that knows how the module reaches a page.

import { loadLab } from '../../src/js/index.js';

/** @returns {Promise<any>} */
export const openLab = () => loadLab();
