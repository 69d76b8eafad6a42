// init-lab: a laboratory for how a neural network's weights should start.

export { butterfly } from './butterfly.js';
export { Lab, Session, loadLab } from './lab.js';

/** @typedef {import('./types.js').Spec} Spec */
/** @typedef {import('./types.js').CompleteSpec} CompleteSpec */
/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./types.js').Metrics} Metrics */
/** @typedef {import('./types.js').Diagnostics} Diagnostics */
/** @typedef {import('./types.js').Catalogue} Catalogue */
/** @typedef {import('./types.js').LabError} LabError */
