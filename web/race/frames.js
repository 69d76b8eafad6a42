// Makes the frames of a race: its runs' metrics, states, measurements, and fields on grids that can
// be computed in time.
//
// While a race moves, its fields are coarse and measurements are rare. When it stops, the next
// frame shows that at once on the coarse grid; later frames add the fine grid and the measurements,
// a few runs at a time.

import { completeField, readingOf, sampleField } from './answers.js';
import { CHOSEN_AMONG, ROW_UNITS, inRows, mostActive } from '../plots/strip-shape.js';
import { unitCurves, unitLines } from './boundaries.js';
import { signalSizes, weightSizes } from './weight-sizes.js';

/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./types.js').RunFrame} RunFrame */

/**
 * Columns and rows of a field: while the race moves, at rest, and of a unit in the drawn network.
 */
const MOVING_GRID = 96;
const STILL_GRID = 256;
const UNIT_GRID = 28;
/** Few sizes, finest first, so that small changes of the measured time do not change the grid. */
const GRIDS = [256, 128, 96, 64, 48];
/** The coarsest grid. A field is never left out. */
const COARSEST_GRID = 28;
/** The most seconds for the field of one run; wide networks get a coarser grid. */
const MOVING_SECONDS = 0.02;
const STILL_SECONDS = 0.25;
/**
 * The most seconds for a frame at rest, so that messages are handled between frames; the next frame
 * shows the remaining runs.
 */
const STILL_FRAME_SECONDS = 0.4;
/**
 * Milliseconds at rest before the fine grid is drawn, so that the screen shows the coarse grid
 * first.
 */
export const SETTLE = 60;
/**
 * The least number of milliseconds between two rounds of measurements while the race moves. After
 * a slow round the next waits ten times the round's duration.
 */
const MEASURE_EVERY = 250;
/**
 * The seconds after which a frame of a moving race measures no further run. Seven runs of digits
 * take more than a second, so the next frames measure the others.
 */
const MEASURE_SECONDS = 0.05;
/** Milliseconds between two readings of example pictures while the race moves. */
const READ_EVERY = 200;

export class Pictures {
  #race;
  /** @type {import('./types.js').Wanted} */
  #wanted = { focus: null, units: 0, points: false, lines: false };
  /** Whether something has changed since the last frame. */
  #changed = true;
  /** Whether the last frame showed the race at rest, and since when. */
  #rested = false;
  #restedAt = 0;
  /**
   * Ids of the runs whose fine field and measurements have been sent since the race stopped.
   * @type {Set<string>}
   */
  #finished = new Set();
  #complete = false;
  #now;
  /** When the next round of measurements may begin. */
  #measureFrom;
  /**
   * Ids of the runs that the present round has not measured.
   * @type {Set<string>}
   */
  #unmeasured = new Set();
  /** Milliseconds that the present round has taken. */
  #measuring = 0;
  /** When the example pictures may be read again. */
  #readFrom = 0;

  /**
   * @param {import('./core.js').RaceCore} race
   * @param {() => number} now milliseconds
   */
  constructor(race, now) {
    this.#race = race;
    this.#now = now;
    // The first frames of a page are sent without measurements.
    this.#measureFrom = now() + 2 * MEASURE_EVERY;
  }

  /** @param {Partial<import('./types.js').Wanted>} wanted */
  want(wanted) {
    this.#wanted = { ...this.#wanted, ...wanted };
    this.invalidate();
  }

  /** Marks the last frame as outdated. */
  invalidate() {
    this.#changed = true;
    this.#complete = false;
    this.#rested = false;
    this.#finished.clear();
  }

  /** Whether the race is at rest and the page has everything. */
  get complete() {
    return this.#complete;
  }

  /** Whether a frame would show something new. */
  get pending() {
    if (this.settling) return this.#now() - this.#restedAt >= SETTLE;
    return this.#changed || (!this.#complete && !this.#race.busy);
  }

  /** Whether the race has been shown at rest, but not yet on the fine grid. */
  get settling() {
    return this.#rested && !this.#complete && !this.#race.busy;
  }

  /** Whether the race has come to rest and no frame has shown it. */
  get arriving() {
    return !this.#race.busy && !this.#rested;
  }

  /** @returns {{ runs: RunFrame[], transfer: ArrayBuffer[] }} */
  take() {
    const resting = !this.#race.busy;
    const still = resting && this.#rested;
    const now = this.#now();
    this.#rested = resting;
    if (resting) this.#restedAt = now;
    this.#beginRound(now);
    const read = resting || now >= this.#readFrom;
    if (read) this.#readFrom = now + READ_EVERY;
    /** @type {ArrayBuffer[]} */
    const transfer = [];
    const secondsSince = (/** @type {number} */ start) => (this.#now() - start) / 1000;
    let measuredOne = false;
    const runs = this.#race.runs.map((run) => {
      // Send only metrics for a run that is finished, or when this frame's time is used up.
      if (still && (this.#finished.has(run.id) || secondsSince(now) > STILL_FRAME_SECONDS))
        return this.#metricsOnly(run, { still });
      if (still) this.#finished.add(run.id);
      const turn = !resting && this.#unmeasured.has(run.id);
      const measure = still || (turn && (!measuredOne || secondsSince(now) < MEASURE_SECONDS));
      if (measure) measuredOne = true;
      if (turn && measure) this.#unmeasured.delete(run.id);
      return this.#wholeFrame(run, { still, measure, read, transfer });
    });
    if (measuredOne && !resting) this.#endRound(now);
    this.#changed = false;
    this.#complete = still && this.#race.runs.every(({ id }) => this.#finished.has(id));
    return { runs, transfer };
  }

  /** Begins a round of measurements when one is due. @param {number} now */
  #beginRound(now) {
    const ids = new Set(this.#race.runs.map(({ id }) => id));
    // A run that was removed cannot be measured.
    for (const id of this.#unmeasured) if (!ids.has(id)) this.#unmeasured.delete(id);
    if (this.#unmeasured.size > 0 || now < this.#measureFrom) return;
    this.#unmeasured = ids;
    this.#measuring = 0;
  }

  /**
   * Counts the time of a frame with measurements, and ends the round after its last run.
   * @param {number} start of the frame
   */
  #endRound(start) {
    const end = this.#now();
    this.#measuring += end - start;
    if (this.#unmeasured.size === 0) this.#measureFrom = end + Math.max(MEASURE_EVERY, 10 * this.#measuring);
  }

  /**
   * @param {Run} run
   * @param {{ still: boolean }} options
   * @returns {RunFrame} without a field: the page keeps the previous one
   */
  #metricsOnly(run, { still }) {
    const metrics = run.session.metrics();
    const history = run.takeNewHistory();
    return {
      id: run.id,
      iteration: run.iteration,
      metrics,
      brokenAt: run.brokenSince(metrics.cost),
      state: run.describe(metrics, { hysteresis: !still }),
      history,
      historyFrom: run.history.length - history.length,
      network: null,
    };
  }

  /**
   * @param {Run} run
   * @param {{ still: boolean, measure: boolean, read: boolean, transfer: ArrayBuffer[] }} options
   * @returns {RunFrame}
   */
  #wholeFrame(run, { still, measure, read, transfer }) {
    const { session, extent } = run;
    const diagnostics = measure ? run.diagnose() : undefined;
    const frame = this.#metricsOnly(run, { still });
    frame.field = this.#newField(run, still, transfer);
    if (read && !run.answers.drawn && run.answers.kind !== 'values')
      frame.reading = readingOf(session, run.answers, run.data);
    if (diagnostics !== undefined) {
      frame.diagnostics = diagnostics;
      frame.predicted = run.start.predicted;
      frame.startSignals = signalSizes(run.start.diagnostics);
    }
    if (measure || run.weightsPending) {
      run.weightsPending = false;
      frame.weights = { start: run.startWeights, now: weightSizes(session), keeps: run.keepingSizes };
    }
    const { focus, units, points, lines } = this.#wanted;
    if (points) frame.wrong = run.misclassified();
    if (lines && run.answers.drawn) {
      // The boundaries of the deeper layers must be sampled, which takes longer, so update them
      // together with the measurements.
      if (measure) {
        const [grid, seconds] = still ? [STILL_GRID, STILL_SECONDS] : [MOVING_GRID, MOVING_SECONDS];
        run.curves = unitCurves(run, this.#finestGrid(run, grid / 2, seconds));
      }
      frame.unitLines = [...unitLines(session, extent), ...run.curves];
    }
    if (units > 0 && run.id === focus && measure)
      frame.network = drawnNetwork(run, still ? 2 * UNIT_GRID : UNIT_GRID, units);
    return frame;
  }

  /**
   * Returns the field of a run: coarse while the race moves, fine at rest. A field that does not
   * change while other runs move is sent once on the fine grid, then not again.
   * @param {Run} run
   * @param {boolean} still whether the race rests
   * @param {ArrayBuffer[]} transfer
   * @returns {import('./types.js').Field | undefined}
   */
  #newField(run, still, transfer) {
    const { stillness, session, answers, extent } = run;
    const fieldOn = (/** @type {ReturnType<typeof sampleField>} */ sampled) => {
      const field = completeField(sampled, answers, extent, sampled.values.length >= STILL_GRID ** 2);
      for (const { buffer } of [field.values, field.contour, ...(field.best ? [field.best] : [])])
        transfer.push(/** @type {ArrayBuffer} */ (buffer));
      return field;
    };
    const sample = (/** @type {number} */ size) => sampleField(session, answers, extent, size);
    if (!still) {
      const sampled = sample(this.#finestGrid(run, MOVING_GRID, MOVING_SECONDS));
      if (!stillness.sees(sampled.values, run.iteration)) {
        stillness.fine = false;
        return fieldOn(sampled);
      }
      if (stillness.fine) return undefined;
    }
    stillness.fine = true;
    return fieldOn(sample(this.#finestGrid(run, STILL_GRID, STILL_SECONDS)));
  }

  /**
   * Returns the finest grid that can be computed in this time. Runs of one size get the same grid.
   * @param {Run} run
   * @param {number} most columns and rows
   * @param {number} seconds
   */
  #finestGrid(run, most, seconds) {
    const alike = this.#race.runs.filter(({ size }) => size === run.size);
    const perPrediction = Math.max(...alike.map(({ secondsPerPrediction }) => secondsPerPrediction));
    return GRIDS.find((size) => size <= most && size * size * perPrediction <= seconds) ?? COARSEST_GRID;
  }
}

/**
 * @param {Run} run
 * @param {number} size columns and rows of each unit's field
 * @param {number} most units of a layer
 * @returns {import('./types.js').DrawnNetwork}
 */
function drawnNetwork({ session, extent, answers, layers }, size, most) {
  const drawn = { parameters: session.parameters(), layers, size, extent };
  if (!answers.drawn) return { ...drawn, units: blankUnits(layers, most) };
  const grid = { ...extent, columns: size, rows: size };
  if (!inRows(layers)) return { ...drawn, units: session.predictUnits(grid, { most }) };
  const known = session.predictUnits(grid, { most: CHOSEN_AMONG });
  const shown = known.map((units) => mostActive(units, ROW_UNITS));
  return { ...drawn, shown, units: known.map((units, l) => shown[l].map((unit) => units[unit])) };
}

/**
 * Units without a field, where the examples do not have two features.
 * @param {import('../../src/js/types.js').NetworkLayer[]} layers
 * @param {number} most
 */
const blankUnits = (layers, most) =>
  layers
    .slice(0, -1)
    .map(({ out }) => Array.from({ length: Math.min(out, most) }, () => new Float32Array(0)));
