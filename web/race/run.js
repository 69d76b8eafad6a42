// One training of a race with its past: what it measured, and snapshots from which it can be anywhere in time again.

import { extentOf } from '../../src/js/extent.js';

/** @typedef {import('./types.js').RunSpec} RunSpec */

/** A run keeps at most this many snapshots and this many bytes of them; beyond, every second one is dropped. */
const MOST_SNAPSHOTS = 400;
const MOST_SNAPSHOT_BYTES = 24e6;

/** Of a slow machine: who begins too slowly is measured soon, and who begins too fast keeps the page waiting. */
const MULTIPLY_ADDS_PER_SECOND = 3e9;

/** Frames of one field at different iterations after which a run is taken to stand. */
const STANDING_FRAMES = 4;
/** Part of a field's greatest value by which it may change unseen. */
const UNSEEN = 1e-5;
/** Part by which it may have moved and still count as standing. */
const CREEPING = 1e-3;

/** @typedef {'number' | 'infinite' | 'nan'} CostKind */

/** @param {number} cost @returns {CostKind} */
const kindOf = (cost) => (Number.isNaN(cost) ? 'nan' : Number.isFinite(cost) ? 'number' : 'infinite');

/** One training in progress with its past. */
export class Run {
  /** @param {import('../../src/js/lab.js').Lab} lab @param {RunSpec} run @param {number} interval */
  constructor(lab, { id, spec }, interval) {
    this.id = id;
    this.key = JSON.stringify(spec);
    this.interval = interval;
    // The core need not keep a history of its own: this class records, so that it survives travels in time.
    this.session = lab.createSession({ ...spec, record: Math.max(1, spec.iterations ?? 1) });
    this.data = lab.dataset(this.session.spec.dataset);
    const { y } = this.data.train;
    /** Share of training examples of class 1. */
    this.ones = y.reduce((sum, label) => sum + label, 0) / y.length;
    /** @type {{ iteration: number, bytes: Uint8Array }[]} */
    this.snapshots = [];
    this.snapshotInterval = interval;
    /** @type {import('./types.js').Metrics[]} */
    this.history = [];
    /** Where the cost became infinite or NaN, exact to the iteration unless finding it took too long, and where it was a number again. @type {{ iteration: number, kind: CostKind }[]} */
    this.turns = [];
    /** Parameters. */
    this.size = this.session.parameters().length;
    const batchSize = Number(this.session.spec.optimizer.batchSize);
    /** Examples of an iteration. */
    this.examples = Math.min(batchSize || y.length, y.length);
    /** As measured; until then by the multiply-adds of an iteration, at a slow machine's pace. */
    this.secondsPerIteration = (3 * this.size * this.examples) / MULTIPLY_ADDS_PER_SECOND;
    /** What has been trained since that was measured last: a moment alone may be shorter than the clock can tell. */
    this.paced = { iterations: 0, seconds: 0 };
    /** See `atStart`. @type {ReturnType<Run['measureStart']> | null} */
    this.measuredStart = null;
    this.sentHistory = 0;
    /** Boundaries of the units beyond the first hidden layer, as last measured. @type {Float32Array[]} */
    this.curves = [];
    this.extent = extentOf([this.data.train, this.data.test]);
    /** See `standsAs`. @type {{ values: Float32Array | null, frames: number, iteration: number }} */
    this.seen = { values: null, frames: 0, iteration: 0 };
    /** The first iteration at which a cost that is a number was seen. */
    this.finiteFrom = Infinity;
    /** Whether the cost was a number when the run was last diagnosed. */
    this.diagnosedFinite = true;
    /** What was said of it last. @type {string | undefined} */
    this.said = undefined;
    /** Whether the field was last shown as finely as at rest. */
    this.shownFine = false;
    this.remember();
  }

  get iteration() {
    return this.session.iteration;
  }

  /** About what one place of a field takes. */
  get secondsPerPlace() {
    // An iteration takes each of its examples forward, back and into the gradient.
    return this.secondsPerIteration / 3 / this.examples;
  }

  /** Whether the field has been this one in several frames, as far as can be seen. @param {Float32Array} values P - 1/2 */
  standsAs(values) {
    const { seen } = this;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // A field that creeps is compared with what it was at first; one with NaN never stands.
    const within = (/** @type {number} */ part) =>
      seen.values?.length === values.length &&
      seen.values.every((value, i) => Math.abs(value - values[i]) <= part * largest);
    const { iteration } = this;
    if (within(UNSEEN)) {
      if (seen.iteration !== iteration) Object.assign(seen, { frames: seen.frames + 1, iteration });
    } else if (seen.frames >= STANDING_FRAMES && within(CREEPING)) {
      // Fine again, where it has moved a little: to and fro between fine and coarse would be seen more than the move.
      Object.assign(seen, { values: values.slice(), iteration });
      this.shownFine = false;
    } else {
      this.seen = { values: values.slice(), frames: 0, iteration };
    }
    return this.seen.frames >= STANDING_FRAMES;
  }

  /** Whether the cost has changed in the last tenth of the training so far. @param {number} cost that of now */
  movesAt(cost) {
    const then = this.history.findLast(({ iteration }) => iteration <= 0.9 * this.iteration)?.cost ?? cost;
    return !(Math.abs(cost - then) <= 1e-3 * Math.abs(then));
  }

  /** The start, measured when first asked for: the first picture of a page should not wait for it. */
  get atStart() {
    return (this.measuredStart ??= this.measureStart());
  }

  /** What the initializer made, before any training, and what theory expects of each layer's signals there. */
  measureStart() {
    const now = this.session.snapshot();
    this.session.restore(this.snapshots[0].bytes);
    const diagnostics = this.session.diagnostics({ singularValues: false });
    const predicted = this.session.predictedSignals();
    this.session.restore(now);
    return { diagnostics, predicted };
  }

  /** Greatest iteration ever recorded. */
  get head() {
    return this.history[this.history.length - 1].iteration;
  }

  /** Keeps what this iteration is remembered by: its metrics, and now and then a snapshot. */
  remember() {
    const at = this.iteration;
    if (this.history.length === 0 || at > this.head) {
      const metrics = this.session.metrics();
      const kind = kindOf(metrics.cost);
      const before = this.turns[this.turns.length - 1]?.kind ?? 'number';
      if (kind !== before) this.turns.push({ iteration: this.findTurn(metrics, kind), kind });
      this.history.push(metrics);
    }
    const last = this.snapshots[this.snapshots.length - 1];
    if (last === undefined || at >= last.iteration + this.snapshotInterval) {
      this.snapshots.push({ iteration: at, bytes: this.session.snapshot() });
      const bytes = this.snapshots.length * this.snapshots[0].bytes.length;
      if (this.snapshots.length > MOST_SNAPSHOTS || bytes > MOST_SNAPSHOT_BYTES) {
        this.snapshots = this.snapshots.filter((_, i) => i % 2 === 0);
        this.snapshotInterval *= 2;
      }
    }
  }

  /**
   * Walks the last interval again, one iteration at a time, to name the first whose cost is of this kind.
   * @param {import('./types.js').Metrics} metrics
   * @param {CostKind} kind
   */
  findTurn(metrics, kind) {
    const target = metrics.iteration;
    const before = this.snapshots[this.snapshots.length - 1];
    if (before === undefined || kind === 'number' || target - before.iteration > 5000) return target;
    this.session.restore(before.bytes);
    let found = target;
    while (this.session.iteration < target && found === target) {
      this.session.step(1);
      if (kindOf(this.session.metrics().cost) === kind) found = this.session.iteration;
    }
    if (this.session.iteration < target) this.session.step(target - this.session.iteration);
    return found;
  }

  /** Since when the cost is infinite or NaN, or null while it is a number. @param {number} cost */
  brokenSince(cost) {
    const kind = kindOf(cost);
    if (kind === 'number') return null;
    const turn = this.turns.findLast((one) => one.kind === kind && one.iteration <= this.iteration);
    return turn?.iteration ?? this.iteration;
  }

  /** Trains towards `target`, stopping at recorded iterations, for about `seconds`. @param {number} target @param {number} seconds */
  train(target, seconds) {
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      const at = this.iteration;
      if (at >= target) break;
      const boundary = (Math.floor(at / this.interval) + 1) * this.interval;
      const affordable = Math.max(
        1,
        Math.floor((deadline - performance.now()) / 1000 / this.secondsPerIteration),
      );
      this.step(Math.min(boundary, target, at + affordable) - at);
      if (this.iteration === boundary) this.remember();
      if (performance.now() >= deadline) break;
    }
  }

  /** Steps, and learns how long that takes. @param {number} iterations */
  step(iterations) {
    const start = performance.now();
    this.session.step(iterations);
    const { paced } = this;
    paced.iterations += iterations;
    paced.seconds += (performance.now() - start) / 1000;
    if (paced.iterations < 20 && paced.seconds < 0.02) return;
    this.secondsPerIteration += 0.3 * (paced.seconds / paced.iterations - this.secondsPerIteration);
    this.paced = { iterations: 0, seconds: 0 };
  }

  /** Goes to an iteration that lies before the present one. @param {number} iteration */
  goBack(iteration) {
    let best = this.snapshots[0];
    for (const snapshot of this.snapshots) if (snapshot.iteration <= iteration) best = snapshot;
    this.session.restore(best.bytes);
  }

  /** For each training example, then each test example: 1 where the prediction is not the label. */
  misclassified() {
    const parts = [this.data.train, this.data.test].map((points) => {
      const chances = this.session.predictPoints(points);
      return Array.from(points.y, (label, i) => ((chances[i] > 0.5 ? 1 : 0) === label ? 0 : 1));
    });
    return Uint8Array.from(parts.flat());
  }

  dispose() {
    this.session.dispose();
  }
}
