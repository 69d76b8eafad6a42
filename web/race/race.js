// A race as a page sees it: the page sets runs and sends commands, the race sends frames. One
// worker per page does all training.

import { Engine } from './engine.js';
import { LabProblem } from './problem.js';

/** @typedef {import('./types.js').RunSpec} RunSpec */
/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('./types.js').RunFrame} RunFrame */
/** @typedef {import('./types.js').CompleteRunFrame} CompleteRunFrame */
/** @typedef {import('./types.js').Metrics} Metrics */
/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').ParameterInfo} ParameterInfo */
/** @typedef {import('./types.js').Entry} Entry */
/** @typedef {import('./types.js').Catalogue} Catalogue */
/** @typedef {import('./engine.js').Service} Service */

/** Milliseconds between two frames of a hidden page, which gets no animation frames. */
const HIDDEN_PACE = 250;

/** @type {Engine | null} */
let engine = null;

/** Returns the page's worker and starts it when first needed. */
export const theEngine = () => (engine ??= new Engine());

/** @returns {Promise<Catalogue>} once the module has loaded */
export const catalogue = () => theEngine().catalogue;

/**
 * Asks the lab a question that needs no race: `ask((lab) => lab.shape([8, 8]))`.
 * @template T
 * @param {(service: Service) => Promise<T>} question
 * @returns {Promise<T>}
 */
export const ask = (question) => theEngine().ask(question);

let nextId = 1;

/**
 * Events: `frame` (detail: Frame) for each shown frame, `data` when the data sets of the runs and
 * the failures are known, `failed` (detail: Error) when the race cannot continue, `restart` when
 * the worker was replaced and needs the runs again.
 */
export class Race extends EventTarget {
  #engine = theEngine();
  #id = nextId++;
  #disposed = false;
  /** Frames that arrived and have not been shown. @type {Frame[]} */
  #waiting = [];
  /** Number of the last play or pause command; frames say which one the worker has executed. */
  #order = 0;
  /** Calls of setRuns that have not been answered. */
  #unanswered = 0;
  /** @type {[string, (event: any) => void][]} */
  #listeners = [
    ['message', ({ detail }) => this.#receive(detail)],
    ['dead', ({ detail }) => this.#fail(detail)],
    ['restart', () => this.#restart()],
  ];

  constructor() {
    super();
    for (const [name, listener] of this.#listeners) this.#engine.addEventListener(name, listener);
    /** The newest frame that was shown. @type {Frame | null} */
    this.frame = null;
    /** Newest frame of each run. @type {Map<string, CompleteRunFrame>} */
    this.latest = new Map();
    /** All recorded metrics of each run. @type {Map<string, Metrics[]>} */
    this.histories = new Map();
    /** @type {Map<string, import('./types.js').Dataset>} */
    this.datasets = new Map();
    /** What the output of each run says. @type {Map<string, import('./types.js').Answers>} */
    this.answers = new Map();
    /** Layers of each run. @type {Map<string, import('../../src/js/types.js').NetworkLayer[]>} */
    this.layers = new Map();
    /** Complete specs, as the core filled them in. @type {Map<string, any>} */
    this.specs = new Map();
    /** Why runs could not be created. @type {Map<string, Problem>} */
    this.problems = new Map();
  }

  /** Whether the newest frame is older than the last play or pause command. */
  get stale() {
    return (this.frame?.order ?? 0) < this.#order;
  }

  /** Whether the worker has not confirmed the last runs that were set. */
  get settingRuns() {
    return this.#unanswered > 0;
  }

  /**
   * @param {RunSpec[]} runs
   * @param {{ restart?: boolean, limit: number }} options
   */
  async setRuns(runs, options) {
    if (this.#disposed) return;
    this.#unanswered += 1;
    const { problems, data } = await this.#engine
      .ask((service) => service.setRuns(this.#id, runs, options))
      .finally(() => (this.#unanswered -= 1));
    // Show the waiting frames first: they were made for the old runs.
    this.#show();
    this.problems = new Map(problems.map(({ id, error }) => [id, error]));
    const before = this.datasets;
    this.datasets = new Map(
      data.flatMap((run) => {
        const known = run.data ?? before.get(run.id);
        return known ? [[run.id, known]] : [];
      }),
    );
    this.specs = new Map(data.map((run) => [run.id, run.spec]));
    this.answers = new Map(data.map((run) => [run.id, run.answers]));
    this.layers = new Map(data.map((run) => [run.id, run.layers]));
    for (const kept of [this.latest, this.histories])
      for (const id of kept.keys()) if (!this.datasets.has(id)) kept.delete(id);
    this.dispatchEvent(new Event('data'));
  }

  /** @param {boolean} playing */
  play(playing) {
    this.#order += 1;
    const order = this.#order;
    this.#send((service) => service.play(this.#id, playing, order));
  }

  /** @param {number} iteration */
  seek(iteration) {
    this.#send((service) => service.seek(this.#id, iteration));
  }

  /**
   * @param {number} speed iterations per second, or Infinity
   * @param {import('./types.js').Stop} stop
   */
  setPace(speed, stop) {
    this.#send((service) => service.setPace(this.#id, speed, stop));
  }

  /**
   * @param {import('./types.js').Wanted} wanted what a frame contains besides fields and metrics
   */
  setWanted(wanted) {
    this.#send((service) => service.setWanted(this.#id, wanted));
  }

  /** Returns everything about a run at its present iteration. @param {string} id */
  result(id) {
    return this.#engine.ask((service) => service.result(this.#id, id));
  }

  /**
   * Returns the output of every run for examples.
   * @param {number[][]} rows one row an example
   */
  predict(rows) {
    return this.#engine.ask((service) => service.predict(this.#id, rows));
  }

  /** Measures signals, weights and curvature of a run at its present weights. @param {string} id */
  measurements(id) {
    return this.#engine.ask((service) => service.measurements(this.#id, id));
  }

  /** Returns the cost around a run's path and the curvature at its weights. @param {string} id */
  landscape(id) {
    return this.#engine.ask((service) => service.landscape(this.#id, id));
  }

  /**
   * Returns the cost between 0, the start of one run and the weights of another.
   * @param {{ small: string, best: string }} ids
   */
  sharedLandscape(ids) {
    return this.#engine.ask((service) => service.sharedLandscape(this.#id, ids));
  }

  dispose() {
    this.#send((service) => service.disposeRace(this.#id));
    this.#disposed = true;
    for (const [name, listener] of this.#listeners) this.#engine.removeEventListener(name, listener);
  }

  /** @param {(service: Service) => Promise<unknown>} command */
  #send(command) {
    // After dispose(), a command would create the race again.
    if (!this.#disposed) this.#engine.send(command);
  }

  /** @param {import('./types.js').WorkerMessage} message */
  #receive(message) {
    if (message.race !== this.#id) return;
    if (message.type === 'failed') this.#fail(new LabProblem(message.problem));
    else this.#queue(message.frame);
  }

  /**
   * The worker has dropped the race; the next command will create it again.
   * @param {Error} error
   */
  #fail(error) {
    this.#order = 0;
    this.#waiting = [];
    this.dispatchEvent(new CustomEvent('failed', { detail: error }));
  }

  #restart() {
    this.#order = 0;
    this.#waiting = [];
    this.dispatchEvent(new Event('restart'));
  }

  /** Shows frames at the screen's refresh rate. @param {Frame} frame */
  #queue(frame) {
    this.#waiting.push(frame);
    // Show a race at rest without delay, so that a click on pause has an effect at once.
    if ((!frame.playing && !frame.catchingUp) || frame.order < this.#order) {
      this.#show();
      return;
    }
    if (this.#waiting.length > 1) return;
    if (document.visibilityState === 'visible') requestAnimationFrame(() => this.#show());
    else setTimeout(() => this.#show(), HIDDEN_PACE);
  }

  #show() {
    const frames = this.#waiting;
    this.#waiting = [];
    let fresh = false;
    for (const frame of frames) {
      for (const run of frame.runs) this.#keep(run);
      this.#send((service) => service.acknowledge(this.#id));
      // Skip frames made before the last play or pause command: they show an outdated state.
      if (frame.order < this.#order) continue;
      this.frame = frame;
      fresh = true;
    }
    if (fresh) this.dispatchEvent(new CustomEvent('frame', { detail: this.frame }));
  }

  /**
   * Fills in the parts of a run's frame that did not change since the previous frame.
   * @param {RunFrame} run
   */
  #keep(run) {
    const before = this.latest.get(run.id);
    run.field ??= before?.field;
    run.reading ??= before?.reading;
    // The run has been removed meanwhile.
    if (run.field === undefined) return;
    run.diagnostics ??= before?.diagnostics;
    run.predicted ??= before?.predicted;
    run.weights ??= before?.weights;
    run.startSignals ??= before?.startSignals;
    // The last description stays valid, with its own numbers and iteration, until the next
    // diagnosis.
    run.state ??= before?.state;
    run.network ??= before?.network ?? null;
    run.wrong ??= before?.wrong;
    run.unitLines ??= before?.unitLines;
    this.latest.set(run.id, /** @type {CompleteRunFrame} */ (run));
    const history = run.historyFrom === 0 ? [] : (this.histories.get(run.id) ?? []);
    // Not by spreading them: a frame after a long silence may bring more than a call can take.
    for (const metrics of run.history) history.push(metrics);
    this.histories.set(run.id, history);
  }
}
