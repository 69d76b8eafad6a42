// A race: several trainings that advance together. Runs in the worker and knows neither the page
// nor messages.
//
// The race has one position, in iterations. A run behind the position (new, changed, or moved back
// in time) catches up as fast as it can. Once all runs are there, playing advances the position.
// Training is deterministic, so going back restores the last snapshot before the wanted iteration
// and trains from there, which gives the same bits as the first time.

import { checkBounds, exampleCount } from './bounds.js';
import { Pictures } from './frames.js';
import { problemOf } from './problem.js';
import { Run } from './run.js';

/** @typedef {import('./types.js').RunSpec} RunSpec */
/** @typedef {import('./types.js').Stop} Stop */

/**
 * Iterations between two recorded metrics: about 500 records in a whole training.
 * @param {number} iterations
 */
const recordInterval = (iterations) => Math.max(1, Math.round(iterations / 500));

/** A longer training has at least this many records, however much one costs. */
const LEAST_RECORDS = 100;

/**
 * Returns how many iterations take as long as one record, which evaluates all examples. It is
 * more than one for small batches of many examples.
 * @param {import('../../src/js/lab.js').Lab} lab
 * @param {import('./types.js').Spec} spec
 */
function recordCost(lab, { dataset, optimizer }) {
  const batch = Number(optimizer?.batchSize) || 0;
  if (batch <= 0) return 1;
  // An iteration takes each example forward, backward and into the gradient.
  return Math.ceil(exampleCount(lab, dataset) / batch / 3) || 1;
}

/** The most seconds that count between two calls of `work`, so that a long pause causes no jump. */
const MAX_ELAPSED = 0.1;

/**
 * Returns a function that draws each data set once.
 * @param {import('../../src/js/lab.js').Lab} lab
 */
function sharedData(lab) {
  /** @type {Map<string, import('./types.js').Dataset>} */
  const drawn = new Map();
  return (/** @type {import('../../src/js/types.js').CompleteSpec} */ { dataset, output }) => {
    // Own points are not drawn, and a key of them would take longer than their copy.
    if (dataset.train !== undefined) return lab.dataset(dataset, output);
    const key = JSON.stringify([dataset, output]);
    const data = drawn.get(key) ?? lab.dataset(dataset, output);
    drawn.set(key, data);
    return data;
  };
}

export class RaceCore {
  #lab;
  /** @type {Run[]} */
  #runs = [];
  #position = 0;
  /** The greatest position that these runs have reached. */
  #front = 0;
  #playing = false;
  #speed = 1000;
  #limit = 10000;
  /** Iterations between two recorded metrics. */
  #interval = recordInterval(10000);
  /** @type {Stop} */
  #stop = { kind: 'none', value: 0 };
  /**
   * Ids of the runs that had met the stop condition when the reader continued.
   * @type {Set<string>}
   */
  #exempt = new Set();
  /** @type {import('./types.js').StopReason | null} */
  #stopped = null;
  /** Number of the last play or pause command. */
  #order = 0;
  /** Iterations that are due at the chosen pace and not yet trained. */
  #owed = 0;
  #workedAt = performance.now();
  /** Iterations per second, smoothed. */
  #rate = 0;
  #idling = false;

  /**
   * @param {import('../../src/js/lab.js').Lab} lab
   * @param {() => number} [now] clock of the pictures, in milliseconds, which tests set
   */
  constructor(lab, now = () => performance.now()) {
    this.#lab = lab;
    this.pictures = new Pictures(this, now);
  }

  get runs() {
    return this.#runs;
  }

  get position() {
    return this.#position;
  }

  get playing() {
    return this.#playing;
  }

  get limit() {
    return this.#limit;
  }

  get stopped() {
    return this.#stopped;
  }

  /** Whether the last call of `work` found nothing to train yet, because the pace is slow. */
  get idling() {
    return this.#idling;
  }

  /** The runs that have not reached the position. */
  get behind() {
    return this.#runs.filter((run) => run.iteration < this.#position);
  }

  get busy() {
    const advances = this.#playing && this.#position < this.#limit;
    return this.#runs.length > 0 && (advances || this.behind.length > 0);
  }

  /**
   * Sets the runs. A run whose spec did not change keeps its training; the others start at
   * iteration 0 and catch up.
   * @param {RunSpec[]} specs
   * @param {{ restart?: boolean, limit: number }} options `limit`: iterations of the whole training
   * @returns {{ id: string, error: import('./types.js').Problem }[]} the runs that could not be
   *   created
   */
  setRuns(specs, { restart = false, limit }) {
    this.#limit = limit;
    const cost = Math.max(...specs.map(({ spec }) => recordCost(this.#lab, spec)), 1);
    const interval = Math.max(recordInterval(limit), Math.min(cost, Math.ceil(limit / LEAST_RECORDS)));
    this.#interval = interval;
    const old = new Map(this.#runs.map((run) => [run.id, run]));
    const problems = [];
    /** @type {Run[]} */
    const runs = [];
    const check = checkBounds(this.#lab, specs);
    const dataOf = sharedData(this.#lab);
    for (const spec of specs) {
      const known = old.get(spec.id);
      if (known !== undefined && known.key === JSON.stringify(spec.spec) && known.interval === interval) {
        runs.push(known);
        old.delete(spec.id);
        continue;
      }
      // Free the memory of a run before creating its replacement.
      known?.dispose();
      old.delete(spec.id);
      try {
        check(spec.id);
        runs.push(new Run(this.#lab, spec, interval, dataOf));
      } catch (error) {
        problems.push({ id: spec.id, error: problemOf(error) });
      }
    }
    for (const run of old.values()) run.dispose();
    this.#runs = runs;
    if (restart) {
      this.seek(0);
      this.#front = 0;
    }
    this.#front = Math.min(this.#front, limit);
    this.#position = Math.min(this.#position, limit);
    this.#stopped = null;
    this.pictures.invalidate();
    return problems;
  }

  /** Moves the race to an iteration, in the past or future. @param {number} iteration */
  seek(iteration) {
    this.#position = Math.max(0, Math.min(this.#limit, Math.round(iteration)));
    for (const run of this.#runs) if (run.iteration > this.#position) run.goBack(this.#position);
    this.#stopped = null;
    this.#exempt.clear();
    this.#owed = 0;
    this.pictures.invalidate();
  }

  /**
   * @param {boolean} playing
   * @param {number} [order] number of this command, which frames repeat
   */
  play(playing, order = this.#order) {
    this.#order = order;
    if (playing && this.#position >= this.#limit) this.seek(0);
    if (playing) {
      this.#stopped = null;
      // The reader who continues after a stop wants to go beyond it.
      this.#exempt = new Set(this.#runs.filter((run) => this.#meetsStop(run)).map(({ id }) => id));
    }
    this.#playing = playing;
    this.#owed = 0;
    this.#workedAt = performance.now();
    this.pictures.invalidate();
  }

  /**
   * @param {number} speed iterations per second, or Infinity
   * @param {Stop} [stop] condition on which the race stops
   */
  setPace(speed, stop = this.#stop) {
    this.#speed = speed;
    if (stop.kind !== this.#stop.kind || stop.value !== this.#stop.value) this.#exempt.clear();
    this.#stop = stop;
  }

  /** Trains for about this many seconds. @param {number} seconds */
  work(seconds) {
    const now = performance.now();
    const elapsed = Math.min(MAX_ELAPSED, (now - this.#workedAt) / 1000);
    this.#workedAt = now;
    const { behind } = this;
    this.#idling = false;
    if (behind.length > 0) {
      for (const run of behind) run.train(this.#position, seconds / behind.length);
      this.pictures.invalidate();
    } else if (this.#playing && this.#runs.length > 0) this.#advance(seconds, elapsed);
  }

  /**
   * Advances the position as far as the pace and the time allow.
   * @param {number} seconds for training
   * @param {number} elapsed seconds since the last call
   */
  #advance(seconds, elapsed) {
    const cost = this.#runs.reduce((sum, run) => sum + run.secondsPerIteration, 0);
    const affordable = Math.max(1, Math.floor(seconds / cost));
    this.#owed = Math.min(this.#owed + elapsed * this.#speed, affordable + 1);
    const steps = this.#speed === Infinity ? affordable : Math.floor(Math.min(this.#owed, affordable));
    if (steps < 1) {
      this.#idling = true;
      return;
    }
    this.#owed -= steps;
    const before = this.#position;
    let target = Math.min(this.#limit, before + steps);
    if (this.#stop.kind !== 'none') {
      // End on a recorded iteration, so that a stop condition is noticed near the iteration at
      // which it is met.
      target = Math.min(target, (Math.floor(before / this.#interval) + 1) * this.#interval);
    }
    this.#trainTo(target);
    if (elapsed > 0) this.#rate += 0.1 * ((target - before) / Math.max(elapsed, 1e-3) - this.#rate);
    this.#checkStop(before);
    this.pictures.invalidate();
  }

  /** @param {number} position */
  #trainTo(position) {
    this.#position = position;
    for (const run of this.#runs) run.train(position, Infinity);
  }

  /** Returns whether a run meets the stop condition. @param {Run} run */
  #meetsStop(run) {
    if (this.#stop.kind !== 'cost' && this.#stop.kind !== 'accuracy') return false;
    const { cost, trainAccuracy } = run.session.metrics();
    return this.#stop.kind === 'cost' ? cost <= this.#stop.value : trainAccuracy >= this.#stop.value;
  }

  /**
   * Stops the race at the first iteration that meets the condition, or at the end.
   * @param {number} before earlier position
   */
  #checkStop(before) {
    const arrived = () => this.#runs.find((run) => !this.#exempt.has(run.id) && this.#meetsStop(run));
    if (arrived() !== undefined) {
      // The condition was met at some iteration since then: repeat them one by one.
      const end = this.#position;
      for (const run of this.#runs) run.goBack(before);
      this.#trainTo(before);
      while (this.#position < end && arrived() === undefined) this.#trainTo(this.#position + 1);
      this.#playing = false;
      const { kind, value } = /** @type {import('./types.js').StopReason} */ (this.#stop);
      this.#stopped = { kind, value, id: arrived()?.id ?? null };
    } else if (this.#position >= this.#limit) {
      this.#playing = false;
      this.#stopped = { kind: 'iteration', value: this.#limit, id: null };
    }
  }

  /** @returns {{ frame: import('./types.js').Frame, transfer: ArrayBuffer[] }} */
  frame() {
    const { runs, transfer } = this.pictures.take();
    this.#front = Math.max(this.#front, this.#position);
    return {
      frame: {
        position: this.#position,
        head: this.#front,
        order: this.#order,
        playing: this.#playing,
        catchingUp: this.behind.length > 0,
        rate: this.#rate,
        stopped: this.#stopped,
        runs,
      },
      transfer,
    };
  }

  /** @param {string} id */
  find(id) {
    const run = this.#runs.find((candidate) => candidate.id === id);
    if (run === undefined) throw new RangeError(`unknown run "${id}"`);
    return run;
  }

  dispose() {
    for (const run of this.#runs) run.dispose();
    this.#runs = [];
  }
}
