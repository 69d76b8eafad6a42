// Makes the frames of a race: the fields of its runs, on grids that fit the time, their metrics,
// states and measurements.
//
// A race in motion is shown on coarse grids and measured now and then. When it comes to rest, the
// next frame shows so at once on the coarse grid; the frames after that contain the fine grid and
// the measurements, some runs at a time.

import { contourLines, softened } from '../plots/contours.js';
import { unitCurves, unitLines } from './boundaries.js';
import { signalSizes, weightSizes } from './weight-sizes.js';

/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./types.js').RunFrame} RunFrame */

/** Columns and rows of a field in motion, at rest, and of a unit's field in the drawn network. */
const MOVING_GRID = 96;
const STILL_GRID = 256;
const UNIT_GRID = 28;
/** Few sizes, finest first, so that a field keeps its grid although its cost is measured anew. */
const GRIDS = [256, 128, 96, 64, 48];
/** A field may be as coarse as this, but is never left out. */
const COARSEST_GRID = 28;
/** Seconds that the field of one run may take; wide networks are drawn more coarsely. */
const MOVING_SECONDS = 0.02;
const STILL_SECONDS = 0.25;
/**
 * Seconds of one frame at rest, so that messages are handled between frames; the next frame shows
 * the other runs.
 */
const STILL_FRAME_SECONDS = 0.4;
/**
 * Milliseconds at rest before the fine grid is drawn: the coarse one should be on the screen by
 * then.
 */
export const SETTLE = 60;
/** Milliseconds between two diagnoses in motion, at least; or ten times what the last one took. */
const DIAGNOSE_EVERY = 250;

/**
 * Returns P - 1/2 on a square grid: small initial weights give values that differ from 1/2 by less
 * than a float resolves.
 * @param {Run} run
 * @param {number} size
 * @returns {Float32Array}
 */
const centredField = ({ session, extent }, size) =>
  session.predict({ ...extent, columns: size, rows: size }, { centred: true });

/**
 * Completes a field with its boundary, which is found before 1/2 is added.
 * @param {Float32Array} values P - 1/2
 * @param {Run} run
 * @param {ArrayBuffer[]} transfer
 * @returns {import('./types.js').Field}
 */
function completeField(values, { extent }, transfer) {
  const size = Math.sqrt(values.length);
  const contour = contourLines(size >= STILL_GRID ? values : softened(values, size, size), size, size, 0);
  for (let i = 0; i < values.length; i += 1) values[i] += 0.5;
  transfer.push(/** @type {ArrayBuffer} */ (values.buffer), /** @type {ArrayBuffer} */ (contour.buffer));
  return { values, columns: size, rows: size, extent, contour };
}

export class Pictures {
  #race;
  /** @type {import('./types.js').Wanted} */
  #wanted = { focus: null, units: 0, points: false, lines: false };
  /** Whether something has changed since the last frame. */
  #changed = true;
  /** Whether the last frame showed the race at rest, and when it did. */
  #rested = false;
  #restedAt = 0;
  /**
   * Ids of the runs that have been drawn finely and measured since the race came to rest.
   * @type {Set<string>}
   */
  #finished = new Set();
  #complete = false;
  #now;
  #diagnoseFrom;

  /**
   * @param {import('./core.js').RaceCore} race
   * @param {() => number} now milliseconds
   */
  constructor(race, now) {
    this.#race = race;
    this.#now = now;
    // The first pictures of a page do not wait for measurements.
    this.#diagnoseFrom = now() + 2 * DIAGNOSE_EVERY;
  }

  /** @param {Partial<import('./types.js').Wanted>} wanted */
  want(wanted) {
    this.#wanted = { ...this.#wanted, ...wanted };
    this.invalidate();
  }

  /** Notes that the frame that was taken last no longer holds. */
  invalidate() {
    this.#changed = true;
    this.#complete = false;
    this.#rested = false;
    this.#finished.clear();
  }

  /** Whether the race rests and everything has been shown. */
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
    const diagnose = !resting && now >= this.#diagnoseFrom;
    /** @type {ArrayBuffer[]} */
    const transfer = [];
    const secondsSince = (/** @type {number} */ start) => (this.#now() - start) / 1000;
    const runs = this.#race.runs.map((run) => {
      // A run that has been finished stays as it is; one whose turn has not come waits as it was.
      if (still && (this.#finished.has(run.id) || secondsSince(now) > STILL_FRAME_SECONDS))
        return this.#metricsOnly(run, { still });
      if (still) this.#finished.add(run.id);
      return this.#wholeFrame(run, { still, diagnose: still || diagnose, transfer });
    });
    const end = this.#now();
    if (diagnose) this.#diagnoseFrom = end + Math.max(DIAGNOSE_EVERY, 10 * (end - now));
    this.#changed = false;
    this.#complete = still && this.#race.runs.every(({ id }) => this.#finished.has(id));
    return { runs, transfer };
  }

  /**
   * @param {Run} run
   * @param {{ still: boolean }} options
   * @returns {RunFrame} without a field, which remains that of the frame before
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
   * @param {{ still: boolean, diagnose: boolean, transfer: ArrayBuffer[] }} options
   * @returns {RunFrame}
   */
  #wholeFrame(run, { still, diagnose, transfer }) {
    const { session, extent } = run;
    const diagnostics = diagnose ? run.diagnose() : undefined;
    const frame = this.#metricsOnly(run, { still });
    frame.field = this.#newField(run, still, transfer);
    if (diagnostics !== undefined) {
      frame.diagnostics = diagnostics;
      frame.predicted = run.start.predicted;
      frame.startSignals = signalSizes(run.start.diagnostics);
    }
    if (diagnose || run.weightsPending) {
      run.weightsPending = false;
      frame.weights = { start: run.startWeights, now: weightSizes(session), keeps: run.keepingSizes };
    }
    const { focus, units, points, lines } = this.#wanted;
    if (points) frame.wrong = run.misclassified();
    if (lines) {
      // The boundaries of the deeper layers are sampled, which takes longer: they are renewed with
      // the measurements.
      if (diagnose) {
        const [grid, seconds] = still ? [STILL_GRID, STILL_SECONDS] : [MOVING_GRID, MOVING_SECONDS];
        run.curves = unitCurves(session, extent, this.#finestGrid(run, grid / 2, seconds));
      }
      frame.unitLines = [...unitLines(session, extent), ...run.curves];
    }
    if (units > 0 && run.id === focus && diagnose)
      frame.network = drawnNetwork(run, still ? 2 * UNIT_GRID : UNIT_GRID, units);
    return frame;
  }

  /**
   * Returns the field of a run: coarse in motion, fine at rest. A field that is still while other
   * runs move is sent once on the fine grid, then not again.
   * @param {Run} run
   * @param {boolean} still whether the race rests
   * @param {ArrayBuffer[]} transfer
   * @returns {import('./types.js').Field | undefined}
   */
  #newField(run, still, transfer) {
    const { stillness } = run;
    if (!still) {
      const values = centredField(run, this.#finestGrid(run, MOVING_GRID, MOVING_SECONDS));
      if (!stillness.sees(values, run.iteration)) {
        stillness.fine = false;
        return completeField(values, run, transfer);
      }
      if (stillness.fine) return undefined;
    }
    stillness.fine = true;
    return completeField(centredField(run, this.#finestGrid(run, STILL_GRID, STILL_SECONDS)), run, transfer);
  }

  /**
   * Returns the finest grid that can be computed in this time: the same for all runs of one size.
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
function drawnNetwork({ session, extent }, size, most) {
  return {
    parameters: session.parameters(),
    layers: session.network.layers,
    size,
    extent,
    units: session.predictUnits({ ...extent, columns: size, rows: size }, { most }),
  };
}
