// init-lab: a laboratory for how a neural network's weights should start.

export { butterfly } from './butterfly.js';
export { Lab, Session, loadLab } from './lab.js';

/** @typedef {import('./types.js').Choice} Choice */
/** @typedef {import('./types.js').Numbers} Numbers */
/** @typedef {import('./types.js').PointsInput} PointsInput */
/** @typedef {import('./types.js').DatasetChoice} DatasetChoice */
/** @typedef {import('./types.js').InitChoice} InitChoice */
/** @typedef {import('./types.js').Spec} Spec */
/** @typedef {import('./types.js').CompleteSpec} CompleteSpec */
/** @typedef {import('./types.js').Points} Points */
/** @typedef {import('./types.js').Dataset} Dataset */
/** @typedef {import('./types.js').Metrics} Metrics */
/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./types.js').Grid} Grid */
/** @typedef {import('./types.js').Network} Network */
/** @typedef {import('./types.js').NetworkLayer} NetworkLayer */
/** @typedef {import('./types.js').Distribution} Distribution */
/** @typedef {import('./types.js').LayerDiagnostics} LayerDiagnostics */
/** @typedef {import('./types.js').Diagnostics} Diagnostics */
/** @typedef {import('./types.js').Curvature} Curvature */
/** @typedef {import('./types.js').Plane} Plane */
/** @typedef {import('./types.js').LayerPrediction} LayerPrediction */
/** @typedef {import('./types.js').ParameterInfo} ParameterInfo */
/** @typedef {import('./types.js').CatalogueRow} CatalogueRow */
/** @typedef {import('./types.js').Catalogue} Catalogue */
/** @typedef {import('./types.js').MeanField} MeanField */
/** @typedef {import('./types.js').Activation} Activation */
/** @typedef {import('./types.js').Output} Output */
/** @typedef {import('./types.js').Skip} Skip */
/** @typedef {import('./types.js').FieldInfo} FieldInfo */
/** @typedef {import('./types.js').Limits} Limits */
/** @typedef {import('./types.js').Expected} Expected */
/** @typedef {import('./types.js').LabError} LabError */
/** @typedef {import('./load.js').LoadOptions} LoadOptions */
