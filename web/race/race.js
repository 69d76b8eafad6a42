// A race as a page sees it: what to run goes in, frames come out. All training happens in one worker for the page.

import { startWorker } from './start-worker.js';

/** @typedef {import('./types.js').RunSpec} RunSpec */
/** @typedef {import('./types.js').Frame} Frame */
/** @typedef {import('./types.js').Metrics} Metrics */
/** @typedef {import('./types.js').Problem} Problem */

/**
 * What the lab offers to choose from.
 * @typedef {import('../../src/js/types.js').ParameterInfo} ParameterInfo
 * @typedef {{ name: string, label: string, help?: string, formula?: string, citation?: string, madeFor?: string[], parameters: ParameterInfo[], gain?: number, gainNote?: string, needsData?: boolean }} Entry
 * @typedef {{ datasets: Entry[], initializers: Entry[], activations: Entry[], optimizers: Entry[] }} Catalogue
 */

/** An error of the core, as the page shows it. */
class LabProblem extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.message);
    this.name = 'LabProblem';
    this.problem = problem;
  }
}

/** The page's one worker, made when the first race asks for it. */
class Engine {
  constructor() {
    /** @type {Map<number, Race>} */
    this.races = new Map();
    /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
    this.questions = new Map();
    this.nextRequest = 1;
    this.nextRace = 1;
    /** Why the worker answers no more. @type {Error | null} */
    this.dead = null;
    this.worker = startWorker();
    /** @type {Promise<Catalogue>} */
    this.catalogue = new Promise((resolve, reject) => {
      this.worker.addEventListener('message', ({ data }) => {
        if (data.type === 'ready') resolve(data.catalogue);
        if (data.type === 'broken') reject(new LabProblem(data.problem));
      });
      this.worker.addEventListener('error', (event) => {
        this.dead = new Error(event.message || 'The worker has stopped.');
        reject(this.dead);
        for (const question of this.questions.values()) question.reject(this.dead);
        this.questions.clear();
        for (const race of this.races.values()) race.fail(this.dead);
      });
    });
    // Who needs it asks for it, and hears why it does not come.
    this.catalogue.catch(() => {});
    this.worker.addEventListener('message', ({ data }) => this.receive(data));
  }

  /** @param {any} data */
  receive(data) {
    if (data.type === 'frame') this.races.get(data.race)?.receive(data.frame);
    if (data.type === 'failed') this.races.get(data.race)?.fail(new LabProblem(data.problem));
    if (data.type !== 'answer') return;
    const question = this.questions.get(data.request);
    this.questions.delete(data.request);
    if (data.problem) question?.reject(new LabProblem(data.problem));
    else question?.resolve(data.value);
  }

  /** @param {any} message @returns {Promise<any>} */
  ask(message) {
    if (this.dead !== null) return Promise.reject(this.dead);
    const request = this.nextRequest++;
    this.worker.postMessage({ ...message, request });
    return new Promise((resolve, reject) => this.questions.set(request, { resolve, reject }));
  }
}

/** @type {Engine | null} */
let engine = null;
const theEngine = () => (engine ??= new Engine());

/** @returns {Promise<Catalogue>} once the module has loaded */
export const catalogue = () => theEngine().catalogue;

/** Asks the lab something that needs no race: see the worker's questions. @param {{ type: string } & Record<string, any>} question @returns {Promise<any>} */
export const ask = (question) => theEngine().ask(question);

/** A state that was measured some frames ago, with the accuracies and the cost of now. @param {import('./types.js').RunState} state @param {Metrics} metrics @returns {import('./types.js').RunState} */
function withMetrics(state, { trainAccuracy: train, testAccuracy: test, cost }) {
  const now = Object.entries({ train, test, cost }).filter(([name]) => name in state.values);
  return { ...state, values: { ...state.values, ...Object.fromEntries(now) } };
}

/**
 * Events: `frame` (detail: Frame) for each picture, `data` when the runs' data sets are known and what could not be built,
 * `failed` (detail: Error) when the race cannot go on.
 */
export class Race extends EventTarget {
  constructor() {
    super();
    this.engine = theEngine();
    this.id = this.engine.nextRace++;
    this.engine.races.set(this.id, this);
    /** @type {Frame | null} */
    this.frame = null;
    /** Newest frame of each run. @type {Map<string, import('./types.js').RunFrame>} */
    this.latest = new Map();
    /** Whole recorded history of each run. @type {Map<string, Metrics[]>} */
    this.histories = new Map();
    /** @type {Map<string, import('./types.js').Dataset>} */
    this.datasets = new Map();
    /** Complete specs, as the core filled them in. @type {Map<string, any>} */
    this.specs = new Map();
    /** @type {Map<string, Problem>} */
    this.problems = new Map();
    /** Number of the last command to play or pause; frames say which they have heard. */
    this.order = 0;
    /** How often runs were set that are not known to be there. */
    this.asked = 0;
    /** Frames that arrived since the last one was shown. @type {Frame[]} */
    this.waiting = [];
  }

  /** Whether it was let go: the worker would make it anew for whoever told or asked it something. */
  get gone() {
    return !this.engine.races.has(this.id);
  }

  /** @param {RunSpec[]} runs @param {{ restart?: boolean, limit: number }} options */
  async setRuns(runs, options) {
    if (this.gone) return;
    this.asked += 1;
    const { problems, data } = await this.engine
      .ask({ type: 'runs', race: this.id, runs, ...options })
      .finally(() => (this.asked -= 1));
    // What is still to be shown came before.
    this.show();
    this.problems = new Map(problems.map((/** @type {any} */ p) => [p.id, p.error]));
    this.datasets = new Map(data.map((/** @type {any} */ d) => [d.id, d.data]));
    this.specs = new Map(data.map((/** @type {any} */ d) => [d.id, d.spec]));
    for (const kept of [this.latest, this.histories])
      for (const id of kept.keys()) if (!this.datasets.has(id)) kept.delete(id);
    this.dispatchEvent(new Event('data'));
  }

  /** @param {boolean} playing */
  play(playing) {
    this.order += 1;
    this.tell({ type: 'play', playing, order: this.order });
  }

  /** @param {number} iteration */
  seek(iteration) {
    this.tell({ type: 'seek', iteration });
  }

  /** @param {number} speed iterations per second, or Infinity @param {import('./types.js').Stop} stop */
  pace(speed, stop) {
    this.tell({ type: 'pace', speed, stop });
  }

  /** What frames are to hold besides the fields. @param {{ id: string | null, units: boolean, points: boolean, lines: boolean }} wanted the run whose units are drawn; whether misclassified points and the units' boundaries are wanted */
  focus(wanted) {
    this.tell({ type: 'focus', ...wanted });
  }

  /** Everything about a run at its present iteration. @param {string} id */
  result(id) {
    return this.engine.ask({ type: 'result', id, race: this.id });
  }

  /** It cannot go on; the worker has let it go and makes another one of what it is told next. @param {Error} error */
  fail(error) {
    this.order = 0;
    this.waiting = [];
    this.dispatchEvent(new CustomEvent('failed', { detail: error }));
  }

  /** @param {any} message */
  tell(message) {
    if (!this.gone) this.engine.worker.postMessage({ ...message, race: this.id });
  }

  /** Frames are shown with the screen's rhythm, and the worker is told when. @param {Frame} frame */
  receive(frame) {
    this.waiting.push(frame);
    // Rest is shown at once: a click on pause waits for nothing. Nor does it wait for the drawing of what came before it.
    if ((!frame.playing && !frame.catchingUp) || frame.order < this.order) {
      this.show();
      return;
    }
    if (this.waiting.length > 1) return;
    // A hidden page has no animation frames; it still follows, a few times a second.
    if (document.visibilityState === 'visible') requestAnimationFrame(() => this.show());
    else setTimeout(() => this.show(), 250);
  }

  show() {
    let fresh = false;
    const { waiting } = this;
    this.waiting = [];
    for (const frame of waiting) {
      for (const run of frame.runs) this.keep(run);
      this.tell({ type: 'shown' });
      // Made before the last click on play or pause was heard.
      if (frame.order < this.order) continue;
      this.frame = frame;
      fresh = true;
    }
    if (fresh) this.dispatchEvent(new CustomEvent('frame', { detail: this.frame }));
  }

  /** @param {import('./types.js').RunFrame} run */
  keep(run) {
    const before = this.latest.get(run.id);
    // A field that has not moved is not sent again; of a run that has gone since, nothing is known any more.
    if (run.field === undefined && before === undefined) return;
    run.field ??= /** @type {import('./types.js').RunFrame} */ (before).field;
    run.diagnostics ??= before?.diagnostics;
    run.predicted ??= before?.predicted;
    run.state ??= before?.state && withMetrics(before.state, run.metrics);
    run.network ??= before?.network ?? null;
    run.wrong ??= before?.wrong;
    run.unitLines ??= before?.unitLines;
    this.latest.set(run.id, run);
    const history = run.historyFrom === 0 ? [] : (this.histories.get(run.id) ?? []);
    history.push(...run.history);
    this.histories.set(run.id, history);
  }

  dispose() {
    this.tell({ type: 'dispose' });
    this.engine.races.delete(this.id);
  }
}
