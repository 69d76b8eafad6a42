// The shapes of what passes between a page and the worker that trains. Types only; nothing here runs.

/**
 * The package's own, see src/js/types.ts:
 * @typedef {import('../../src/js/types.js').Metrics} Metrics
 * @typedef {import('../../src/js/types.js').Diagnostics} Diagnostics
 * @typedef {import('../../src/js/types.js').LayerDiagnostics} LayerDiagnostics
 * @typedef {import('../../src/js/types.js').Distribution} Distribution
 * @typedef {import('../../src/js/types.js').LayerPrediction} Prediction
 * @typedef {import('../../src/js/types.js').Dataset} Dataset
 * @typedef {import('../../src/js/types.js').Points} Points
 *
 * @typedef {Record<string, any>} Spec an experiment, its parts read field by field
 * @typedef {{ id: string, spec: Spec }} RunSpec
 *
 * @typedef {import('../../src/js/extent.js').Extent} Extent
 *
 * @typedef {object} Field P(y = 1) on a grid, row by row, row 0 at the top
 * @property {Float32Array} values
 * @property {number} columns
 * @property {number} rows
 * @property {Extent} extent
 * @property {Float32Array} contour the line at 0.5: see plots/contours.js
 *
 * @typedef {object} DrawnNetwork
 * @property {Float64Array} parameters W1, b1, W2, b2, …
 * @property {import('../../src/js/types.js').Network['layers']} layers
 * @property {number} size columns and rows of each unit's field
 * @property {Extent} extent
 * @property {Float32Array[][]} units activation of each hidden unit (the first 16 of a layer) on that grid
 *
 * @typedef {object} RunState what a run's state is called, with the numbers that its sentence needs
 * @property {string} kind a key of texts: `state.<kind>`
 * @property {'good' | 'waiting' | 'bad'} tone
 * @property {Record<string, number>} values
 *
 * @typedef {object} RunFrame
 * @property {string} id
 * @property {number} iteration
 * @property {Metrics} metrics
 * @property {number | null} brokenAt since when the cost is infinite or NaN, if it is
 * @property {Field} field of a run that stands, that of an earlier frame: the worker does not send it again
 * @property {Metrics[]} history recorded metrics, from `historyFrom` on
 * @property {number} historyFrom
 * @property {Diagnostics} [diagnostics]
 * @property {RunState} [state]
 * @property {Prediction[] | null} [predicted] by layer, at iteration 0; with the diagnostics
 * @property {DrawnNetwork | null} network
 * @property {Float32Array[]} [unitLines] where each hidden unit changes sign, as contour lines, those of the first layer first
 * @property {Uint8Array | null} [wrong] for each training example, then each test example: 1 when misclassified
 *
 * @typedef {{ kind: 'none' | 'cost' | 'accuracy', value: number }} Stop
 * @typedef {{ kind: 'iteration' | 'cost' | 'accuracy', value: number, id: string | null }} StopReason
 *
 * @typedef {object} Frame
 * @property {number} position iteration that the race is at
 * @property {number} head greatest iteration ever reached
 * @property {number} order number of the last command to play or pause that was heard
 * @property {boolean} playing
 * @property {boolean} catchingUp some run is behind the position
 * @property {number} rate iterations per second, smoothed
 * @property {StopReason | null} stopped
 * @property {RunFrame[]} runs
 *
 * @typedef {{ message: string, code?: string, field?: string, value?: string, expected?: string }} Problem
 */

export {};
