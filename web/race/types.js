// Types of all data that a page and its worker exchange. This file has no code.

/**
 * Types of the package, see src/js/types.ts:
 * @typedef {import('../../src/js/types.js').Metrics} Metrics
 * @typedef {import('../../src/js/types.js').Diagnostics} Diagnostics
 * @typedef {import('../../src/js/types.js').LayerDiagnostics} LayerDiagnostics
 * @typedef {import('../../src/js/types.js').Distribution} Distribution
 * @typedef {import('../../src/js/types.js').LayerPrediction} Prediction
 * @typedef {import('../../src/js/types.js').Dataset} Dataset
 * @typedef {import('../../src/js/types.js').Points} Points
 *
 * @typedef {Record<string, any>} Spec an experiment
 * @typedef {{ id: string, spec: Spec }} RunSpec
 *
 * @typedef {import('../../src/js/extent.js').Extent} Extent
 *
 * @typedef {object} Answers what the output of a run says
 * @property {'probability' | 'classes' | 'values'} kind of class 1; of each class; a number
 * @property {boolean} drawn whether the examples have two features, so that there is a field
 * @property {number} classes 0 for values
 * @property {[number, number]} range of the values
 * @property {number} plateau cost of the best constant output
 *
 * @typedef {object} Field the output on a grid, row by row, row 0 at the top
 * @property {'probability' | 'classes' | 'values' | 'none'} [kind] what the values are: P(y = 1),
 *   the largest probability, a number; "none" where the examples do not have two features
 * @property {Float32Array} values
 * @property {Uint8Array} [best] of classes: the one with the largest probability
 * @property {number} [classes]
 * @property {[number, number]} [range] of values: what the ends of the colour scale stand for
 * @property {number} columns
 * @property {number} rows
 * @property {Extent} extent
 * @property {Float32Array} contour the boundaries between classes, or lines of equal value, see
 *   plots/contours.js
 *
 * @typedef {object} Reading how a run reads pictures
 * @property {Uint8Array} labels of the test examples
 * @property {Uint16Array} confusion how often each class (row) is read as each class (column)
 *
 * @typedef {object} ActivationTraits properties of an activation, from the catalogue
 * @property {number} low no value is less; -Infinity where there is no bound
 * @property {number} high no value is greater; Infinity where there is no bound
 * @property {number} atZero value at z = 0
 * @property {boolean} rectifier whether its units can be dead
 *
 * @typedef {import('../../src/js/types.js').NetworkLayer & { traits: ActivationTraits }} RunLayer
 *
 * @typedef {object} DrawnNetwork
 * @property {Float64Array} parameters W1, b1, W2, b2, …
 * @property {RunLayer[]} layers
 * @property {number} size columns and rows of each unit's field
 * @property {Extent} extent
 * @property {Float32Array[][]} units activation of each drawn hidden unit on that grid
 * @property {number[][]} [shown] indices of these units in their layers, if not the first ones
 *
 * @typedef {object} RunState the status of a run
 * @property {string} kind key of the texts `state.<kind>` and `state.<kind>.why`
 * @property {'good' | 'waiting' | 'bad'} tone
 * @property {Record<string, number>} values numbers that the texts contain
 * @property {number} iteration at which these numbers hold
 *
 * @typedef {{ activation: number[], preActivationGradient: number[] }} SignalSizes root mean
 *   squares by layer
 *
 * @typedef {object} Weights sizes of the weights by layer, counted in the bins of
 *   plots/weight-bins.js
 * @property {Uint32Array[]} start
 * @property {Uint32Array[]} now
 * @property {([number, number] | null)[]} keeps the sizes of weights that keep a signal, see
 *   weight-sizes.js
 *
 * @typedef {object} Landscape the cost on a plane of parameter space
 * @property {Float64Array} cost size × size, row 0 at the top
 * @property {Float32Array[]} lines contour lines, see plots/heights.js
 * @property {number} size columns and rows
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {{ id: string, places: [number, number][] }[]} paths of runs, the start first
 * @property {number} share of the path's spread that lies in the plane; NaN unless the plane is the
 *   path's own
 * @property {[number, number]} [zero] the point where all weights are 0, if the plane contains it
 *
 * @typedef {object} RunFrame
 * @property {string} id
 * @property {number} iteration
 * @property {Metrics} metrics
 * @property {number | null} brokenAt first iteration of the present infinite or NaN cost, null
 *   while the cost is finite
 * @property {Field} [field] missing when it has not changed since the previous frame
 * @property {Metrics[]} history recorded metrics from index `historyFrom` on
 * @property {number} historyFrom
 * @property {Diagnostics} [diagnostics] missing when they were not measured for this frame
 * @property {RunState} [state] missing until the run has been diagnosed since its last jump in time
 * @property {Prediction[] | null} [predicted] by layer, at iteration 0; comes with the diagnostics
 * @property {Weights} [weights] missing when they were not counted for this frame
 * @property {SignalSizes} [startSignals] comes with the diagnostics
 * @property {Reading} [reading] of examples that are pictures
 * @property {DrawnNetwork | null} network
 * @property {Float32Array[]} [unitLines] where each hidden unit changes sign, as contour lines,
 *   first layer first
 * @property {Uint8Array | null} [wrong] 1 per misclassified example: training examples, then test
 *   examples
 *
 * @typedef {RunFrame & { field: Field }} CompleteRunFrame a frame in which the page has filled in
 *   the unchanged parts
 *
 * @typedef {{ kind: 'none' | 'cost' | 'accuracy', value: number }} Stop
 * @typedef {{ kind: 'iteration' | 'cost' | 'accuracy', value: number, id: string | null }}
 *   StopReason
 *
 * @typedef {object} Wanted what a frame contains besides fields and metrics
 * @property {string | null} focus id of the run whose units are drawn
 * @property {number} units how many units of each layer are drawn, 0 for no network
 * @property {boolean} points whether the misclassified examples are marked
 * @property {boolean} lines whether the boundaries of the hidden units are drawn
 *
 * @typedef {object} Frame
 * @property {number} position iteration of the race
 * @property {number} head greatest iteration reached so far
 * @property {number} order number of the last play or pause command that the worker has executed
 * @property {boolean} playing
 * @property {boolean} catchingUp whether some run is behind the position
 * @property {number} rate iterations per second, smoothed
 * @property {StopReason | null} stopped
 * @property {RunFrame[]} runs
 *
 * @typedef {object} Problem an error in the form that crosses a message
 * @property {string} message
 * @property {string} [code]
 * @property {string} [field]
 * @property {any} [value]
 * @property {any} [expected]
 */

/**
 * The protocol. A page calls the methods of RaceService (service.js) through Comlink; a failing
 * method throws a Problem. The worker also sends these messages on its own:
 *
 * @typedef {{ type: 'frame', race: number, frame: Frame }} FrameMessage
 * @typedef {{ type: 'failed', race: number, problem: Problem }} FailedMessage this race cannot
 *   continue
 * @typedef {FrameMessage | FailedMessage} WorkerMessage
 */

/**
 * The parts of the catalogue that pages read.
 * @typedef {import('../../src/js/types.js').ParameterInfo} ParameterInfo
 * @typedef {{ name: string, label: string, help?: string, formula?: string, citation?: string,
 *   madeFor?: string[], parameters: ParameterInfo[], gain?: number, gainNote?: string, needsData?:
 *   boolean, features?: number, hasTargets?: boolean, needsFile?: boolean }} Entry
 * @typedef {{ datasets: Entry[], initializers: Entry[], activations: Entry[], optimizers: Entry[],
 *   normalizations: Entry[], parametrizations: Entry[], biasStarts: Entry[],
 *   precisions: ('float64' | 'float32')[],
 *   fields: import('../../src/js/types.js').FieldInfo[] }} Catalogue
 */

export {};
