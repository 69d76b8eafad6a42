// One race: several trainings of equal rank, kept in lockstep. Runs in the worker, knows no DOM and no messages.
//
// The race has one position, in iterations. A run that is behind it (new, changed, or just sent back in time) catches
// up as fast as it can; when all have arrived, playing moves the position on. Training is deterministic, so going
// back is: restore the nearest snapshot before, and train from there. The bits are those of the first time.

import { contourLines, softened } from '../plots/contours.js';
import { MOST_UNITS } from '../plots/network.js';
import { unitCurves, unitLines } from './boundaries.js';
import { Run } from './run.js';
import { describeState } from './status.js';

/** @typedef {import('./types.js').RunSpec} RunSpec */
/** @typedef {import('./types.js').RunFrame} RunFrame */
/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('./types.js').Stop} Stop */
/** @typedef {import('./types.js').Extent} Extent */

/** Columns and rows of a field while it moves, and when it stands still. */
const MOVING_GRID = 96;
const STILL_GRID = 256;
const UNIT_GRID = 28;
/** Columns and rows of grids, from the finest on: few steps, so that a field keeps its grid while its cost is measured anew. */
const GRIDS = [256, 128, 96, 64, 48];
/** A picture may be as coarse as this, but is never left out. */
const LEAST_GRID = 28;
/** What a picture of one run may take, in seconds: wide networks are drawn more coarsely. */
const MOVING_SECONDS = 0.02;
const STILL_SECONDS = 0.25;
/** A frame at rest does as many runs as fit into this, the next one the others: who waits is heard in between. */
const STILL_FRAME_SECONDS = 0.4;
/** Milliseconds at rest before the fine picture is made: the coarse one, which shows the rest, is to be on the screen by then. */
export const SETTLE = 60;
/** Milliseconds between two diagnoses while the race moves, or ten times what the last one took. */
const DIAGNOSE_EVERY = 250;

/** How far apart the recorded iterations are, so that a whole training has about 500 of them. @param {number} iterations */
const recordInterval = (iterations) => Math.max(1, Math.round(iterations / 500));

/** P - 1/2 on a grid: small starts differ from 1/2 by less than a float near 1/2 can tell. @param {Run} run @param {number} size @returns {Float32Array} */
const centred = ({ session, extent }, size) =>
  session.predict({ ...extent, columns: size, rows: size }, { centred: true });

/** The field with its boundary, which is found before the half is added. @param {Float32Array} values as above @param {Run} run @param {ArrayBuffer[]} transfer @returns {import('./types.js').Field} */
function fieldOf(values, { extent }, transfer) {
  const size = Math.sqrt(values.length);
  const contour = contourLines(size >= STILL_GRID ? values : softened(values, size, size), size, size, 0);
  for (let i = 0; i < values.length; i += 1) values[i] += 0.5;
  transfer.push(/** @type {ArrayBuffer} */ (values.buffer), /** @type {ArrayBuffer} */ (contour.buffer));
  return { values, columns: size, rows: size, extent, contour };
}

/**
 * The field as it is to be shown: coarse in motion, fine at rest. What stands while others move is sent once as finely as at
 * rest, then not again.
 * @param {Run} run @param {boolean} still @param {(wanted: number, seconds: number) => number} finest see RaceCore @param {ArrayBuffer[]} transfer
 */
function newField(run, still, finest, transfer) {
  if (!still) {
    const values = centred(run, finest(MOVING_GRID, MOVING_SECONDS));
    if (!run.standsAs(values)) {
      run.shownFine = false;
      return fieldOf(values, run, transfer);
    }
    if (run.shownFine) return undefined;
  }
  run.shownFine = true;
  return fieldOf(centred(run, finest(STILL_GRID, STILL_SECONDS)), run, transfer);
}

export class RaceCore {
  /** @param {import('../../src/js/lab.js').Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Run[]} */
    this.runs = [];
    this.position = 0;
    /** Number of the last command to play or pause that was heard. */
    this.order = 0;
    /** Greatest position that the race was at with these runs. */
    this.front = 0;
    this.playing = false;
    this.speed = 1000;
    this.limit = 10000;
    /** @type {Stop} */
    this.stop = { kind: 'none', value: 0 };
    /** Runs that had met the condition when the reader played on. @type {Set<string>} */
    this.passed = new Set();
    /** Run whose units are drawn. @type {string | null} */
    this.focus = null;
    this.wantUnits = false;
    /** Whether frames say which points are misclassified. */
    this.wantPoints = false;
    /** Whether frames hold the first hidden layer's own boundaries. */
    this.wantLines = false;
    /** Whether the last piece of work found that the pace asks for nothing yet. */
    this.idling = false;
    /** @type {import('./types.js').StopReason | null} */
    this.stopped = null;
    this.changed = true;
    this.owed = 0;
    this.lastTime = performance.now();
    this.rate = 0;
    this.stillSent = false;
    /** Whether the last frame showed the race at rest. */
    this.rested = false;
    this.restedAt = 0;
    // The first pictures of a page are not to wait for measurements.
    this.diagnoseFrom = performance.now() + 2 * DIAGNOSE_EVERY;
    /** The runs that have been shown and measured at this rest. @type {Set<string>} */
    this.restedRuns = new Set();
  }

  /**
   * Makes these the runs. One whose spec did not change keeps its training; the others start at 0 and catch up.
   * @param {RunSpec[]} specs @param {{ restart?: boolean, limit: number }} options
   * @returns {{ id: string, error: import('./types.js').Problem }[]} what could not be built
   */
  setRuns(specs, { restart = false, limit }) {
    this.limit = limit;
    const interval = recordInterval(limit);
    const old = new Map(this.runs.map((run) => [run.id, run]));
    const problems = [];
    /** @type {Run[]} */
    const runs = [];
    for (const spec of specs) {
      const known = old.get(spec.id);
      if (known !== undefined && known.key === JSON.stringify(spec.spec) && known.interval === interval) {
        runs.push(known);
        old.delete(spec.id);
        continue;
      }
      try {
        runs.push(new Run(this.lab, spec, interval));
      } catch (error) {
        problems.push({ id: spec.id, error: problemOf(error) });
      }
    }
    for (const run of old.values()) run.dispose();
    this.runs = runs;
    if (restart) {
      this.seek(0);
      this.front = 0;
    }
    this.front = Math.min(this.front, limit);
    this.position = Math.min(this.position, limit);
    this.stopped = null;
    this.touch();
    return problems;
  }

  touch() {
    this.changed = true;
    this.stillSent = false;
    this.rested = false;
    this.restedRuns.clear();
  }

  /** Moves the whole race to an iteration, past or future. @param {number} iteration */
  seek(iteration) {
    this.position = Math.max(0, Math.min(this.limit, Math.round(iteration)));
    for (const run of this.runs) if (run.iteration > this.position) run.goBack(this.position);
    this.stopped = null;
    this.passed = new Set();
    this.owed = 0;
    this.touch();
  }

  /** @param {boolean} playing */
  play(playing) {
    if (playing && this.position >= this.limit) this.seek(0);
    if (playing) {
      this.stopped = null;
      // Who plays on after a stop wants to go beyond it.
      this.passed = new Set(this.runs.filter((run) => this.meets(run)).map(({ id }) => id));
    }
    this.playing = playing;
    this.owed = 0;
    this.lastTime = performance.now();
    this.touch();
  }

  get behind() {
    return this.runs.filter((run) => run.iteration < this.position);
  }

  get busy() {
    return this.runs.length > 0 && (this.behind.length > 0 || (this.playing && this.position < this.limit));
  }

  /** Works for about this long. @param {number} seconds */
  work(seconds) {
    const now = performance.now();
    const elapsed = Math.min(0.1, (now - this.lastTime) / 1000);
    this.lastTime = now;
    const behind = this.behind;
    this.idling = false;
    if (behind.length > 0) {
      for (const run of behind) run.train(this.position, seconds / behind.length);
      this.touch();
      return;
    }
    if (!this.playing || this.runs.length === 0) return;
    const cost = this.runs.reduce((sum, run) => sum + run.secondsPerIteration, 0);
    const affordable = Math.max(1, Math.floor(seconds / cost));
    this.owed = Math.min(this.owed + elapsed * this.speed, affordable + 1);
    const steps = this.speed === Infinity ? affordable : Math.floor(Math.min(this.owed, affordable));
    if (steps < 1) {
      this.idling = true;
      return;
    }
    this.owed -= steps;
    // Ends on a recorded iteration when one lies on the way, so that stop conditions are seen where they are met.
    const interval = recordInterval(this.limit);
    const target = Math.min(this.limit, this.position + steps);
    const boundary =
      this.stop.kind === 'none'
        ? target
        : Math.min(target, (Math.floor(this.position / interval) + 1) * interval);
    const before = this.position;
    this.position = boundary;
    for (const run of this.runs) run.train(boundary, Infinity);
    if (elapsed > 0) this.rate += 0.1 * ((boundary - before) / Math.max(elapsed, 1e-3) - this.rate);
    this.checkStop(before);
    this.touch();
  }

  /** Whether a run is where the race is to stop. @param {Run} run */
  meets(run) {
    if (this.stop.kind !== 'cost' && this.stop.kind !== 'accuracy') return false;
    const { cost, trainAccuracy } = run.session.metrics();
    return this.stop.kind === 'cost' ? cost <= this.stop.value : trainAccuracy >= this.stop.value;
  }

  /** @param {number} before where the race was a moment ago */
  checkStop(before) {
    const arrived = () => this.runs.find((run) => !this.passed.has(run.id) && this.meets(run));
    if (arrived() !== undefined) {
      // It came there on one of the iterations since: they are walked again, one at a time.
      const end = this.position;
      this.position = before;
      for (const run of this.runs) {
        run.goBack(before);
        run.train(before, Infinity);
      }
      while (this.position < end && arrived() === undefined) {
        this.position += 1;
        for (const run of this.runs) run.train(this.position, Infinity);
      }
      this.playing = false;
      const { kind, value } = /** @type {import('./types.js').StopReason} */ (this.stop);
      this.stopped = { kind, value, id: arrived()?.id ?? null };
    } else if (this.position >= this.limit) {
      this.playing = false;
      this.stopped = { kind: 'iteration', value: this.limit, id: null };
    }
  }

  /** Whether a frame is worth sending. */
  get pending() {
    if (this.settling) return performance.now() - this.restedAt >= SETTLE;
    return this.changed || (!this.stillSent && !this.busy);
  }

  /** Whether the race has been shown at rest, and not yet on the fine grid. */
  get settling() {
    return this.rested && !this.stillSent && !this.busy;
  }

  /** Whether the race stands still and no frame has shown it so. */
  get arriving() {
    return !this.busy && !this.rested;
  }

  /** @returns {{ frame: Frame, transfer: ArrayBuffer[] }} */
  frame() {
    // When the race comes to rest it shows so at once, on the coarse grid; the fine one and the measurements are in the
    // next frame.
    const quiet = !this.busy;
    const still = quiet && this.rested;
    this.rested = quiet;
    const now = performance.now();
    if (quiet) this.restedAt = now;
    const diagnose = !quiet && now >= this.diagnoseFrom;
    /** @type {ArrayBuffer[]} */
    const transfer = [];
    const runs = this.runs.map((run) => {
      const spent = (performance.now() - now) / 1000;
      // What has been shown at rest stands, and what is to be shown so next waits as it was.
      if (still && (this.restedRuns.has(run.id) || spent > STILL_FRAME_SECONDS))
        return this.unchangedFrame(run);
      if (still) this.restedRuns.add(run.id);
      return this.runFrame(run, still, still || diagnose, transfer);
    });
    const end = performance.now();
    if (diagnose) this.diagnoseFrom = end + Math.max(DIAGNOSE_EVERY, 10 * (end - now));
    this.changed = false;
    this.stillSent = still && this.runs.every(({ id }) => this.restedRuns.has(id));
    return {
      frame: {
        position: this.position,
        head: (this.front = Math.max(this.front, this.position)),
        order: this.order,
        playing: this.playing,
        catchingUp: this.behind.length > 0,
        rate: this.rate,
        stopped: this.stopped,
        runs,
      },
      transfer,
    };
  }

  /** The finest grid that can be computed within about so many seconds: one for all runs of the same size. @param {Run} run @param {number} wanted columns and rows @param {number} seconds */
  finest(run, wanted, seconds) {
    const alike = this.runs.filter(({ size }) => size === run.size);
    const perPlace = Math.max(...alike.map(({ secondsPerPlace }) => secondsPerPlace));
    return GRIDS.find((size) => size <= wanted && size * size * perPlace <= seconds) ?? LEAST_GRID;
  }

  /** Where a run is, with a field and measurements that are those of before. @param {Run} run @returns {RunFrame} */
  unchangedFrame(run) {
    const metrics = run.session.metrics();
    const frame = {
      id: run.id,
      iteration: run.iteration,
      metrics,
      brokenAt: run.brokenSince(metrics.cost),
      field: /** @type {any} */ (undefined),
      history: run.history.slice(run.sentHistory),
      historyFrom: run.sentHistory,
      network: null,
    };
    run.sentHistory = run.history.length;
    return frame;
  }

  /** @param {Run} run @param {boolean} still @param {boolean} diagnose @param {ArrayBuffer[]} transfer @returns {RunFrame} */
  runFrame(run, still, diagnose, transfer) {
    const { session, extent } = run;
    const frame = this.unchangedFrame(run);
    const { metrics } = frame;
    const finest = (/** @type {number} */ wanted, /** @type {number} */ seconds) =>
      this.finest(run, wanted, seconds);
    frame.field = /** @type {import('./types.js').Field} */ (newField(run, still, finest, transfer));
    const isFinite = Number.isFinite(metrics.cost);
    if (isFinite) run.finiteFrom = Math.min(run.finiteFrom, run.iteration);
    // A cost beside a state that speaks of another kind of cost would be a contradiction.
    if (diagnose || isFinite !== run.diagnosedFinite) {
      run.diagnosedFinite = isFinite;
      const diagnostics = session.diagnostics();
      frame.diagnostics = diagnostics;
      frame.predicted = run.atStart.predicted;
      frame.state = describeState(session.spec, diagnostics, metrics, {
        start: run.atStart.diagnostics,
        startCost: run.history[0].cost,
        brokenAt: frame.brokenAt,
        wasFinite: run.finiteFrom < run.iteration,
        moving: run.movesAt(metrics.cost),
        ones: run.ones,
        before: still ? undefined : run.said,
      });
      run.said = frame.state.kind;
    }
    if (this.wantPoints) frame.wrong = run.misclassified();
    if (this.wantLines) {
      // Those of the deeper layers are sampled, which takes longer: they follow with the measurements.
      if (diagnose)
        run.curves = unitCurves(
          session,
          extent,
          finest(still ? STILL_GRID / 2 : MOVING_GRID / 2, still ? STILL_SECONDS : MOVING_SECONDS),
        );
      frame.unitLines = [...unitLines(session, extent), ...run.curves];
    }
    if (this.wantUnits && run.id === this.focus && (diagnose || still)) {
      frame.network = this.drawnNetwork(run, extent, still ? UNIT_GRID * 2 : UNIT_GRID);
    }
    return frame;
  }

  /** Weights and every unit's own field, for the drawn network. @param {Run} run @param {Extent} extent @param {number} size */
  drawnNetwork(run, extent, size) {
    const { layers } = run.session.network;
    const parameters = run.session.parameters();
    const grid = { ...extent, columns: size, rows: size };
    return {
      parameters,
      layers,
      size,
      extent,
      units: run.session.predictUnits(grid, { most: MOST_UNITS }),
    };
  }

  /** @param {string} id */
  find(id) {
    const run = this.runs.find((candidate) => candidate.id === id);
    if (run === undefined) throw new RangeError(`There is no run ${id}.`);
    return run;
  }

  dispose() {
    for (const run of this.runs) run.dispose();
    this.runs = [];
  }
}

/** What a caller is told of an error of the core, in a form that crosses a message. @param {unknown} error @returns {import('./types.js').Problem} */
export function problemOf(error) {
  const { message, code, field, value, expected } = /** @type {any} */ (error);
  return { message: String(message ?? error), code, field, value, expected };
}
