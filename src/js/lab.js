// The lab: experiments in, results out. Adds types, thrown errors and promises to the WebAssembly
// module.

import { readDatasetFile } from './dataset-files.js';
import { checkRunOptions, dataError, isArray } from './errors.js';
import { LIMITS } from './limits.js';
import { loadModule } from './load.js';
import { valueOf } from './module-value.js';
import { optionsOf, plain } from './plain.js';
import { Theory } from './theory.js';
import { train } from './training.js';

/** @typedef {import('../../dist/module/init_lab.mjs').InitLabModule} InitLabModule */
/** @typedef {import('./types.js').Spec} Spec */
/** @typedef {import('./types.js').CompleteSpec} CompleteSpec */
/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./types.js').Metrics} Metrics */
/** @typedef {import('./types.js').Grid} Grid */
/** @typedef {import('./types.js').LabError} LabError */

/** Frees the module's part of sessions that their owner dropped without `dispose()`. */
const dropped =
  typeof FinalizationRegistry === 'function'
    ? new FinalizationRegistry(
        (/** @type {import('../../dist/module/init_lab.mjs').ModuleSession} */ session) => {
          if (!session.isDeleted()) session.delete();
        },
      )
    : undefined;

/**
 * A training in progress. It holds memory of the module until `dispose()`, or `using session = …`
 * ends.
 */
export class Session {
  /** @type {import('../../dist/module/init_lab.mjs').ModuleSession} */
  #session;
  /** The experiment, with every default filled in. @type {CompleteSpec} */
  spec;
  /** Its layers, and where their parameters lie. @type {import('./types.js').Network} */
  network;

  /** @param {import('../../dist/module/init_lab.mjs').ModuleSession} session */
  constructor(session) {
    this.#session = session;
    this.spec = /** @type {CompleteSpec} */ (valueOf(session.spec()));
    this.network = /** @type {import('./types.js').Network} */ (valueOf(session.network()));
    dropped?.register(this, session, this);
  }

  /** Updates done so far. */
  get iteration() {
    return this.#living.iteration;
  }

  /**
   * Trains `n` more iterations, recording on the way; not limited by `spec.iterations`, but stops
   * at 100,000,000 in all.
   *
   * @param {number} n whole number, 0 … 100,000,000
   * @returns {number} the iteration reached
   */
  step(n) {
    return valueOf(this.#living.step(plain(n, 'n')));
  }

  /** Cost and accuracies of the current parameters. @returns {Metrics} */
  metrics() {
    return valueOf(this.#living.metrics());
  }

  /**
   * Metrics at iteration 0 and at every multiple of `spec.record` that was trained to since;
   * `restore()` drops those after its snapshot.
   *
   * @returns {Metrics[]}
   */
  history() {
    return valueOf(this.#living.history());
  }

  /**
   * Returns the output over a grid: P(y = 1) of a single sigmoid or tanh unit, the probability of
   * each class for softmax, the value of a linear output.
   *
   * @param {Grid} grid columns and rows at most `catalogue.limits.gridSide`
   * @param {object} [options]
   * @param {boolean} [options.centred] true gives P - 1/2 of a single unit, which keeps its digits
   *   near the boundary
   * @returns {Float32Array} rows by columns, row 0 at the top; for softmax one such field for each
   *   class, one after the other
   */
  predict(grid, options) {
    return valueOf(this.#living.predict(plain(grid, 'grid'), plain(options, 'options')?.centred ?? false));
  }

  /**
   * Activations of the hidden units over a grid, all in one pass.
   *
   * @param {Grid} grid at most 4096 x 4096, and no more points than can be held with the features
   *   and units of each
   * @param {object} [options]
   * @param {number} [options.most] units of a layer, the first ones; 1 … 4096
   * @returns {Float32Array[][]} by hidden layer and unit: rows by columns, row 0 at the top
   */
  predictUnits(grid, options) {
    return valueOf(
      this.#living.predictUnits(plain(grid, 'grid'), plain(options, 'options')?.most ?? LIMITS.units),
    );
  }

  /**
   * Returns the output for given examples, as `predict` does for a grid.
   *
   * @param {readonly import('./types.js').Numbers[] | { features: number, x:
   *   import('./types.js').Numbers }} points one row an example, or flat, features by examples
   * @returns {Float64Array} one number an example; for softmax class by class
   */
  predictPoints(points) {
    return valueOf(this.#living.predictPoints(plain(points, 'points')));
  }

  /**
   * Measures every layer on the training part: signals, gradients, dead, saturated and duplicated
   * units, how far the layer has moved since iteration 0. The two options leave out what takes
   * longest in wide layers.
   *
   * @param {object} [options]
   * @param {boolean} [options.largestCosine] false: `largestCosine` is NaN
   * @param {boolean} [options.singularValues] false: no singular values, and `rank` is -1
   * @returns {import('./types.js').Diagnostics}
   */
  diagnostics(options) {
    const names = /** @type {const} */ (['largestCosine', 'singularValues']);
    const { largestCosine = true, singularValues = true } = optionsOf(options, [...names]);
    return /** @type {import('./types.js').Diagnostics} */ (
      valueOf(this.#living.diagnostics(largestCosine, singularValues))
    );
  }

  /**
   * What theory predicts for the signals of every layer at iteration 0.
   *
   * @returns {import('./types.js').LayerPrediction[]}
   */
  predictedSignals() {
    return /** @type {import('./types.js').LayerPrediction[]} */ (valueOf(this.#living.predictedSignals()));
  }

  /**
   * Measures the curvature of the training cost at the current parameters: the greatest and the
   * least eigenvalue of its Hessian, by Lanczos iterations. Each iteration takes as long as about
   * three full-batch updates.
   *
   * @param {object} [options]
   * @param {number} [options.iterations] the most Lanczos iterations, 1 … 10,000; most networks
   *   need 20 to 200
   * @returns {import('./types.js').Curvature}
   */
  curvature(options) {
    const { iterations = 200 } = optionsOf(options, ['iterations']);
    return /** @type {import('./types.js').Curvature} */ (
      valueOf(this.#living.curvature(plain(iterations, 'iterations')))
    );
  }

  /**
   * Computes the training cost on a plane of parameter space, such as one of `lab.principalPlane`
   * or `lab.planeThrough`. The training does not change. Each point takes one forward pass over the
   * training part; a large map can be computed in strips, a range of `y` at a time.
   *
   * @param {object} grid
   * @param {import('./types.js').Numbers} grid.origin the parameter vector at x = y = 0
   * @param {readonly [import('./types.js').Numbers, import('./types.js').Numbers]} grid.directions
   *   of x and of y, as long as the parameter vector
   * @param {readonly [number, number]} grid.x the range of x
   * @param {readonly [number, number]} grid.y the range of y
   * @param {number} [grid.columns] 1 … 64
   * @param {number} [grid.rows] 1 … 64
   * @returns {Float64Array} rows by columns, row 0 at the top (greatest y), values at the middles
   *   of the cells; Infinity or NaN where the cost is
   */
  landscape(grid) {
    const names = /** @type {const} */ (['origin', 'directions', 'x', 'y', 'columns', 'rows']);
    const given = optionsOf(grid, [...names], 'landscape');
    const { columns = 64, rows = 64 } = given;
    return valueOf(this.#living.landscape(plain({ ...given, columns, rows }, 'landscape')));
  }

  /** W1, b1, W2, b2, … (W row by row), a copy. @returns {Float64Array} */
  parameters() {
    return valueOf(this.#living.parameters());
  }

  /**
   * Replaces the parameters; the optimizer's averages and the iteration stay.
   *
   * @param {import('./types.js').Numbers} values as many as `network.parameters`
   */
  setParameters(values) {
    valueOf(this.#living.setParameters(plain(values, 'parameters')));
  }

  /** All that `restore` needs to continue with the same bits. @returns {Uint8Array} */
  snapshot() {
    return valueOf(this.#living.snapshot());
  }

  /**
   * Goes back (or on) to a snapshot of a session with the same layers, training method and
   * precision.
   *
   * @param {Uint8Array} bytes
   */
  restore(bytes) {
    // Cloning the bytes would copy them once more. A view that was transferred has no bytes.
    const isWhole = ArrayBuffer.isView(bytes) && bytes.byteLength > 0;
    valueOf(this.#living.restore(isWhole ? bytes : plain(bytes, 'snapshot')));
  }

  /** Frees the module's memory. A second call does nothing. */
  dispose() {
    if (this.#session.isDeleted()) return;
    dropped?.unregister(this);
    this.#session.delete();
  }

  /**
   * Ends `using session = …`. Where the engine lacks the symbol, and so `using`, the method's name
   * is "undefined".
   */
  [Symbol.dispose]() {
    this.dispose();
  }

  /** The module's part, while there is one. */
  get #living() {
    if (!this.#session.isDeleted()) return this.#session;
    throw dataError(Error, { code: 'disposed' });
  }
}

/** The opened module. */
export class Lab {
  #module;
  /**
   * Files of data sets, by name: being loaded, or provided to the module.
   *
   * @type {Map<string, Promise<void>>}
   */
  #files = new Map();
  /**
   * Data sets, initializers, activations, training methods: what a spec can name.
   *
   * @type {import('./types.js').Catalogue}
   */
  catalogue;
  theory;

  /** @param {InitLabModule} module */
  constructor(module) {
    this.#module = module;
    this.catalogue = /** @type {import('./types.js').Catalogue} */ (module.catalogue());
    this.theory = new Theory(module);
  }

  /**
   * The experiment with every default filled in.
   *
   * @param {Spec} spec
   * @returns {CompleteSpec}
   * @throws {LabError} a TypeError or RangeError that names the field, the value and what was
   *   expected
   */
  validate(spec) {
    return /** @type {CompleteSpec} */ (valueOf(this.#module.complete(plain(spec, 'spec'))));
  }

  /**
   * Loads the file of a data set that has one ("digits"), so that `dataset`, `createSession` and
   * `runAll` take it. `run` does this by itself. Other data sets need no file: the call does
   * nothing for them.
   *
   * @param {unknown} name of a data set
   * @returns {Promise<void>} rejects where the file cannot be loaded; a later call tries again
   */
  async loadDataset(name) {
    const row = this.catalogue.datasets.find((each) => each.name === name);
    if (!row?.needsFile) return;
    if (!this.#files.has(row.name)) {
      const loading = readDatasetFile(row.name).then((bytes) => {
        valueOf(this.#module.provideDataset(row.name, bytes));
      });
      this.#files.set(row.name, loading);
      loading.catch(() => this.#files.delete(row.name));
    }
    await this.#files.get(row.name);
  }

  /**
   * Draws a data set.
   *
   * @param {import('./types.js').DatasetChoice} [dataset] the flower when left out
   * @param {import('./types.js').Spec['output']} [output] the experiment's: "softmax" takes every
   *   class, "sigmoid" and "tanh" (as when left out) two of them
   * @returns {import('./types.js').Dataset}
   */
  dataset(dataset, output) {
    return /** @type {any} */ (valueOf(this.#module.dataset(plain({ dataset, output }, 'spec'))));
  }

  /**
   * A training at iteration 0.
   *
   * @param {Spec} [spec]
   * @returns {Session}
   */
  createSession(spec = {}) {
    const session = valueOf(this.#module.createSession(plain(spec, 'spec')));
    try {
      return new Session(session);
    } catch (error) {
      session.delete();
      throw error;
    }
  }

  /**
   * Trains from iteration 0 to `spec.iterations`, and pauses for other work every few hundredths of
   * a second.
   *
   * @param {Spec} spec
   * @param {object} [options]
   * @param {(progress: { iteration: number, iterations: number }) => void} [options.onProgress]
   * @param {AbortSignal} [options.signal] aborting rejects with the signal's reason
   * @returns {Promise<Result>}
   */
  async run(spec, options) {
    const { onProgress, signal } = optionsOf(options, ['onProgress', 'signal']);
    checkRunOptions(signal, { onProgress });
    signal?.throwIfAborted();
    return train(this, spec, { least: 10, most: 40 }, async ({ iteration, spec: { iterations } }) => {
      onProgress?.({ iteration, iterations });
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    });
  }

  /**
   * Trains several experiments one after the other, in one call, without yielding; all are checked
   * before the first starts. For workers: see pool.js.
   *
   * @param {Spec[]} specs
   * @returns {Result[]}
   * @throws {LabError} the error of the first bad spec, with its place as `index`
   */
  runAll(specs) {
    try {
      return /** @type {Result[]} */ (valueOf(this.#module.runAll(plain(specs, 'specs'))));
    } catch (error) {
      for (const [index, spec] of isArray(specs) ? specs.entries() : []) {
        try {
          this.validate(spec);
        } catch (refusal) {
          throw Object.assign(/** @type {LabError} */ (refusal), { index });
        }
      }
      throw error;
    }
  }

  /**
   * Standard deviation of a weight of a layer; NaN for LSUV, whose weights follow the data.
   *
   * @param {import('./types.js').InitChoice} init
   * @param {number} fanIn
   * @param {number} fanOut
   */
  weightStandardDeviation(init, fanIn, fanOut) {
    return valueOf(
      this.#module.weightStandardDeviation(
        plain(init, 'init'),
        plain(fanIn, 'fanIn'),
        plain(fanOut, 'fanOut'),
      ),
    );
  }

  /**
   * Finds the plane that shows a path through parameter space best: its origin is the last vector,
   * its directions are the two first principal directions of the differences from it.
   *
   * @param {readonly import('./types.js').Numbers[]} vectors 1 … 256 of equal length, such as
   *   `session.parameters()` at several iterations
   * @returns {import('./types.js').Plane}
   */
  principalPlane(vectors) {
    return /** @type {import('./types.js').Plane} */ (
      valueOf(this.#module.principalPlane(plain(vectors, 'vectors')))
    );
  }

  /**
   * Finds the plane through three points of parameter space: the first lies at x = y = 0, the
   * second on the x axis, the third at y >= 0.
   *
   * @param {readonly [import('./types.js').Numbers, import('./types.js').Numbers,
   *   import('./types.js').Numbers]} vectors
   * @returns {import('./types.js').Plane}
   */
  planeThrough(vectors) {
    return /** @type {import('./types.js').Plane} */ (
      valueOf(this.#module.planeThrough(plain(vectors, 'vectors')))
    );
  }

  /** Bytes of the module's memory that are in use: for tests against leaks. */
  heapInUse() {
    return this.#module.heapInUse();
  }
}

/**
 * Opens the lab: in Node, a page or a worker. A page needs `script-src 'wasm-unsafe-eval'` in its
 * CSP and no special headers.
 *
 * @param {import('./load.js').LoadOptions} [options]
 * @returns {Promise<Lab>}
 * @throws {Error} with code 'unsupported' where WebAssembly lacks SIMD or exceptions, 'not-loaded'
 *   where the file cannot be read or belongs to another version; the first error is its `cause`
 */
export async function loadLab(options) {
  return new Lab(await loadModule(options));
}
