// One training of a race with its past: the recorded metrics, and snapshots from which it can
// return to any iteration.

import { extentOf } from '../../src/js/extent.js';
import { answersOf, labelsOf } from './answers.js';
import { Stillness } from './stillness.js';
import { describeState } from './status.js';
import { inputSize, labelStatistics } from './status-facts.js';
import { keepingSizes, weightSizes } from './weight-sizes.js';

/** @typedef {import('./types.js').RunSpec} RunSpec */
/** @typedef {import('./types.js').Diagnostics} Diagnostics */
/** @typedef {import('./types.js').RunState} RunState */

/** Limits of a run's snapshots. Beyond them every second snapshot is dropped. */
const MAX_SNAPSHOTS = 400;
const MAX_SNAPSHOT_BYTES = 24e6;

/**
 * Initial estimate, deliberately low: an estimate that is too low corrects itself quickly, one that
 * is too high blocks the worker.
 */
const MULTIPLY_ADDS_PER_SECOND = 3e9;

/** The most iterations that are repeated to find the first infinite or NaN cost. */
const MAX_SEARCH = 5000;

/** @typedef {'number' | 'infinite' | 'nan'} CostKind */

/**
 * @param {number} cost
 * @returns {CostKind}
 */
const kindOf = (cost) => (Number.isNaN(cost) ? 'nan' : Number.isFinite(cost) ? 'number' : 'infinite');

export class Run {
  /** @type {{ iteration: number, bytes: Uint8Array }[]} */
  #snapshots = [];
  /** @type {number} */
  #snapshotInterval;
  /**
   * The iterations at which the cost changed its kind.
   * @type {{ iteration: number, kind: CostKind }[]}
   */
  #turns = [];
  /**
   * Iterations and seconds since `secondsPerIteration` was last updated; one step may be too short
   * for the clock.
   */
  #timed = { iterations: 0, seconds: 0 };
  /**
   * @type {{ diagnostics: Diagnostics, predicted: import('./types.js').Prediction[] | null } |
   *   null}
   */
  #start = null;
  /** First iteration at which the cost was finite. */
  #finiteFrom = Infinity;
  /** The kind of the last state, for hysteresis. @type {string | undefined} */
  #lastKind = undefined;
  /** The newest diagnostics, null after a jump in time. @type {Diagnostics | null} */
  #diagnostics = null;
  #sentHistory = 0;
  #sentData = false;

  /**
   * @param {import('../../src/js/lab.js').Lab} lab
   * @param {RunSpec} run
   * @param {number} interval iterations between two recorded metrics
   * @param {(spec: import('../../src/js/types.js').CompleteSpec) => import('./types.js').Dataset}
   *   [dataOf] gives the data set of an experiment; runs may share one
   * @throws {import('../../src/js/types.js').LabError} when the experiment is invalid
   */
  constructor(lab, { id, spec }, interval, dataOf = ({ dataset, output }) => lab.dataset(dataset, output)) {
    this.id = id;
    this.key = JSON.stringify(spec);
    this.interval = interval;
    // This class records the metrics, because the core's history would not survive a jump in time.
    this.session = lab.createSession({ ...spec, record: Math.max(1, spec.iterations ?? 1) });
    this.data = dataOf(this.session.spec);
    this.labels = labelStatistics(this.session.spec, this.data.train.y);
    this.answers = answersOf(this.session, this.data, this.labels.cost);
    this.inputSize = inputSize(this.data.train.x);
    /** @type {import('./types.js').Metrics[]} */
    this.history = [];
    /** @type {import('./types.js').RunLayer[]} */
    this.layers = this.session.network.layers.map((layer) => ({
      ...layer,
      traits: /** @type {import('./types.js').ActivationTraits} */ (
        lab.catalogue.activations.find(({ name }) => name === layer.activation)
      ),
    }));
    /** Number of parameters. */
    this.size = this.session.parameters().length;
    const count = this.data.train.y.length;
    /** Examples of one iteration. */
    this.examples = Math.min(Number(this.session.spec.optimizer.batchSize) || count, count);
    /** Measured during training; before that, estimated from the number of multiply-adds. */
    this.secondsPerIteration = (3 * this.size * this.examples) / MULTIPLY_ADDS_PER_SECOND;
    /**
     * Boundaries of the units of the deeper layers, as last sampled.
     * @type {Float32Array[]}
     */
    this.curves = [];
    this.extent = extentOf([this.data.train, this.data.test]);
    this.stillness = new Stillness();
    /** Sizes of the initial weights, and the sizes that keep a signal. */
    this.startWeights = weightSizes(this.session);
    this.keepingSizes = keepingSizes(lab, this.session);
    /** Whether no frame has shown the sizes of the weights. */
    this.weightsPending = true;
    this.#snapshotInterval = interval;
    this.#record();
  }

  get iteration() {
    return this.session.iteration;
  }

  /**
   * Estimated seconds of one prediction: about a third of an iteration, which also runs backward
   * and computes the gradient.
   */
  get secondsPerPrediction() {
    return this.secondsPerIteration / 3 / this.examples;
  }

  /** Greatest recorded iteration. */
  get head() {
    return this.history[this.history.length - 1].iteration;
  }

  /**
   * Diagnostics and predicted signals of the initial weights. Measured when first needed, so that
   * the page's first frame does not wait for them.
   */
  get start() {
    if (this.#start === null) {
      const present = this.session.snapshot();
      // Measured before the first iteration, the newest diagnostics are the start's.
      const known = this.iteration === 0 ? this.#diagnostics : null;
      this.session.restore(this.#snapshots[0].bytes);
      this.#start = {
        diagnostics: known ?? this.session.diagnostics({ singularValues: false }),
        predicted: this.session.predictedSignals(),
      };
      this.session.restore(present);
    }
    return this.#start;
  }

  /**
   * @returns {import('./types.js').Metrics[]} the recorded metrics that have not been sent yet, and
   *   marks them as sent
   */
  takeNewHistory() {
    const fresh = this.history.slice(this.#sentHistory);
    this.#sentHistory = this.history.length;
    return fresh;
  }

  /** Returns the data set the first time, then null: the page keeps it. */
  takeData() {
    if (this.#sentData) return null;
    this.#sentData = true;
    return this.data;
  }

  /** @returns {Diagnostics} of the present weights */
  diagnose() {
    this.#diagnostics = this.session.diagnostics();
    return this.#diagnostics;
  }

  /**
   * Describes the run by its present metrics and its newest diagnostics, which may be some frames
   * old. So the description never contradicts the metrics of the same frame.
   * @param {import('./types.js').Metrics} metrics of the present iteration
   * @param {{ hysteresis: boolean }} options whether a state near a threshold keeps its name
   * @returns {RunState | undefined} undefined until the run has been diagnosed
   */
  describe(metrics, { hysteresis }) {
    if (Number.isFinite(metrics.cost)) this.#finiteFrom = Math.min(this.#finiteFrom, this.iteration);
    if (this.#diagnostics === null) return undefined;
    const state = describeState({
      spec: this.session.spec,
      rectifiers: this.layers.slice(0, -1).map(({ traits }) => traits.rectifier),
      diagnostics: this.#diagnostics,
      metrics,
      start: this.start.diagnostics,
      startCost: this.history[0].cost,
      labels: this.labels,
      inputSize: this.inputSize,
      brokenAt: this.brokenSince(metrics.cost),
      wasFinite: this.#finiteFrom < this.iteration,
      moving: this.#moved(metrics.cost),
      before: hysteresis ? this.#lastKind : undefined,
    });
    this.#lastKind = state.kind;
    return state;
  }

  /**
   * Returns whether the cost has changed during the last tenth of the training.
   * @param {number} cost at present
   */
  #moved(cost) {
    const then = this.history.findLast(({ iteration }) => iteration <= 0.9 * this.iteration)?.cost ?? cost;
    return !(Math.abs(cost - then) <= 1e-3 * Math.abs(then));
  }

  /**
   * Records the metrics of this iteration unless they are known, and takes a snapshot when one is
   * due.
   */
  #record() {
    const { iteration } = this;
    if (this.history.length === 0 || iteration > this.head) {
      const metrics = this.session.metrics();
      const kind = kindOf(metrics.cost);
      const before = this.#turns[this.#turns.length - 1]?.kind ?? 'number';
      if (kind !== before) this.#turns.push({ iteration: this.#findTurn(metrics, kind), kind });
      this.history.push(metrics);
    }
    const last = this.#snapshots[this.#snapshots.length - 1];
    if (last !== undefined && iteration < last.iteration + this.#snapshotInterval) return;
    this.#snapshots.push({ iteration, bytes: this.session.snapshot() });
    const bytes = this.#snapshots.length * this.#snapshots[0].bytes.length;
    if (this.#snapshots.length > MAX_SNAPSHOTS || bytes > MAX_SNAPSHOT_BYTES) {
      this.#snapshots = this.#snapshots.filter((_, i) => i % 2 === 0);
      this.#snapshotInterval *= 2;
    }
  }

  /**
   * Repeats the iterations since the last snapshot one by one and returns the first whose cost is
   * of this kind.
   * @param {import('./types.js').Metrics} metrics of the present iteration
   * @param {CostKind} kind
   */
  #findTurn(metrics, kind) {
    const end = metrics.iteration;
    const before = this.#snapshots[this.#snapshots.length - 1];
    if (before === undefined || kind === 'number' || end - before.iteration > MAX_SEARCH) return end;
    this.session.restore(before.bytes);
    let found = end;
    while (this.session.iteration < end && found === end) {
      this.session.step(1);
      if (kindOf(this.session.metrics().cost) === kind) found = this.session.iteration;
    }
    if (this.session.iteration < end) this.session.step(end - this.session.iteration);
    return found;
  }

  /**
   * @param {number} cost at present
   * @returns {number | null} since which iteration the cost is infinite or NaN, null while it is
   *   finite
   */
  brokenSince(cost) {
    const kind = kindOf(cost);
    if (kind === 'number') return null;
    const turn = this.#turns.findLast((one) => one.kind === kind && one.iteration <= this.iteration);
    return turn?.iteration ?? this.iteration;
  }

  /**
   * Trains towards an iteration and records on the way.
   * @param {number} target iteration
   * @param {number} seconds after which training is interrupted
   */
  train(target, seconds) {
    const deadline = performance.now() + seconds * 1000;
    while (this.iteration < target) {
      const { iteration } = this;
      const boundary = (Math.floor(iteration / this.interval) + 1) * this.interval;
      const left = (deadline - performance.now()) / 1000;
      const affordable = Math.max(1, Math.floor(left / this.secondsPerIteration));
      this.#step(Math.min(boundary, target, iteration + affordable) - iteration);
      if (this.iteration === boundary) this.#record();
      if (performance.now() >= deadline) break;
    }
  }

  /** Runs iterations and measures their time. @param {number} iterations */
  #step(iterations) {
    const start = performance.now();
    this.session.step(iterations);
    const timed = this.#timed;
    timed.iterations += iterations;
    timed.seconds += (performance.now() - start) / 1000;
    if (timed.iterations < 20 && timed.seconds < 0.02) return;
    this.secondsPerIteration += 0.3 * (timed.seconds / timed.iterations - this.secondsPerIteration);
    this.#timed = { iterations: 0, seconds: 0 };
  }

  /** Returns to the last snapshot at or before an earlier iteration. @param {number} iteration */
  goBack(iteration) {
    const snapshot = this.#snapshots.findLast((each) => each.iteration <= iteration) ?? this.#snapshots[0];
    this.session.restore(snapshot.bytes);
    this.#diagnostics = null;
  }

  /**
   * Returns the parameters at iterations spread over the training so far.
   * @param {number} most the number of vectors; the first is the start, the last one the present
   *   weights
   * @returns {Float64Array[]}
   */
  path(most) {
    const present = this.session.snapshot();
    const past = this.#snapshots.filter(({ iteration }) => iteration < this.iteration || iteration === 0);
    const step = Math.max(1, Math.ceil(past.length / Math.max(1, most - 1)));
    const vectors = past
      .filter((_, i) => i % step === 0)
      .slice(0, Math.max(1, most - 1))
      .map(({ bytes }) => {
        this.session.restore(bytes);
        return this.session.parameters();
      });
    this.session.restore(present);
    return most > 1 ? [...vectors, this.session.parameters()] : vectors;
  }

  /**
   * @returns {Uint8Array | null} 1 per misclassified example: training examples, then test
   *   examples; null for values, which have no class
   */
  misclassified() {
    if (this.answers.kind === 'values') return null;
    const parts = [this.data.train, this.data.test].map((points) => {
      const labels = labelsOf(this.session, this.answers, points);
      return Array.from(points.y, (label, i) => (labels[i] === label ? 0 : 1));
    });
    return Uint8Array.from(parts.flat());
  }

  dispose() {
    this.session.dispose();
  }
}
