// The lab as its components see it: the state that the reader edits, the race that trains it, and
// the names and colours of the runs.

import { Race, catalogue, theEngine } from '../race/race.js';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { Names } from './names.js';
import { Playback, reducedMotion } from './playback.js';
import { Prediction } from './prediction.js';
import { fitToCatalogue } from './fit.js';
import { settingsOf, specOf } from './specs.js';
import { slotsOf } from './start-slots.js';
import { Store } from './store.js';
import { readLink, startState } from './table.js';
import { Undo } from './undo.js';
import { LIMITS } from '../../src/js/limits.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Unread} Unread */

/** Seeds wrap around: after the largest one comes 0. */
const SEEDS = LIMITS.seed + 1;

/**
 * Events: `change` (the state, or what the model knows about it, has changed), `frame` (the race
 * has a new frame).
 */
export class LabModel extends EventTarget {
  #autoplay;
  /**
   * The parts of a frame that each panel needs, by the panel's name.
   * @type {Map<string, Partial<import('../race/types.js').Wanted>>}
   */
  #wants = new Map();
  /** @type {import('../race/types.js').Catalogue | null} */
  #catalogue = null;
  /** @type {Error | null} */
  #broken = null;
  #undo = new Undo();
  /** Parts of links, files and attributes that could not be read. @type {Unread[]} */
  #unread;
  /** @type {import('./points-codec.js').OwnPoints | null} */
  #ownPoints = null;
  /** The runs as they were last sent, so that only changes are sent. */
  #sentRuns = '';
  /** Whether a change made while the module loaded restarts the race. */
  #restartPending = false;
  /**
   * Cache of `names`, with the values it was computed from.
   * @type {{ from: unknown[], names: Names } | null}
   */
  #names = null;
  /**
   * Cache of `slotOf`, with the runs it was computed from.
   * @type {{ runs: RunChoice[], slots: Map<string, number> } | null}
   */
  #slots = null;
  #onWaiting = () => this.#changed();

  /**
   * @param {Store} store
   * @param {object} [options]
   * @param {Unread[]} [options.unread] parts of the link that could not be read
   * @param {boolean} [options.autoplay] whether training begins by itself where the link names no
   *   iteration
   */
  constructor(store, { unread = [], autoplay = true } = {}) {
    super();
    this.store = store;
    this.race = new Race();
    this.playback = new Playback(store, this.race);
    this.prediction = new Prediction(this);
    this.#unread = unread;
    this.#autoplay = autoplay;
    store.addEventListener('change', (event) =>
      this.#follow(/** @type {CustomEvent} */ (event).detail.restart),
    );
    this.playback.addEventListener('change', () => this.#changed());
    this.race.addEventListener('frame', () => this.dispatchEvent(new Event('frame')));
    this.race.addEventListener('data', () => this.#changed());
    this.race.addEventListener('failed', (event) => this.#fail(/** @type {CustomEvent} */ (event).detail));
    this.race.addEventListener('restart', () => this.#resume());
    theEngine().addEventListener('waiting', this.#onWaiting);
  }

  /**
   * @param {string} link
   * @param {{ autoplay?: boolean }} [options]
   */
  static fromLink(link, options) {
    const { state, unread } = readLink(link);
    return new LabModel(new Store(state), { unread, ...options });
  }

  /** The catalogue, null until the module has loaded. */
  get catalogue() {
    return this.#catalogue;
  }

  /** Why nothing can be trained, null if training works. */
  get broken() {
    return this.#broken;
  }

  get unread() {
    return this.#unread;
  }

  /**
   * The part that has not answered for some seconds, null if none.
   * @returns {import('../race/engine.js').Waiting | null}
   */
  get waiting() {
    return theEngine().waiting;
  }

  /** Whether changes will restart the race once the module has loaded. */
  get restartPending() {
    return this.#restartPending;
  }

  /** Loads the module and starts the race. */
  async start() {
    // Send the commands before the module has loaded, so that the worker starts while the page
    // draws itself.
    const sent = this.#send(true);
    this.playback.setOff(this.#autoplay && !this.prediction.wanted);
    try {
      const [known] = await Promise.all([catalogue(), sent]);
      this.#catalogue = known;
      const unfit = fitToCatalogue(this.store.state, known, startState());
      // The state was changed in place, so the cached names and slots are invalid.
      this.#names = null;
      this.#slots = null;
      this.#unread = [...this.#unread, ...unfit];
      const again = unfit.length > 0 || this.#restartPending;
      this.#restartPending = false;
      await this.#send(again);
      if (again) this.playback.setOff(this.#autoplay && !this.prediction.wanted);
    } catch (error) {
      this.#fail(/** @type {Error} */ (error));
      return;
    }
    this.#changed();
  }

  /** Replaces the page's worker with a new one, which continues at the same iteration. */
  restartWorker() {
    theEngine().restart();
  }

  /** Sends the runs, the iteration and the pace to a new worker. */
  #resume() {
    this.#broken = null;
    this.#sentRuns = '';
    if (this.#catalogue === null) this.start();
    else {
      this.#send(false).catch((error) => this.#fail(error));
      this.playback.resume();
    }
    this.#changed();
  }

  /** @param {Error} error */
  #fail(error) {
    // The old worker's question failed because a new worker replaced it and answers it anew.
    if (/** @type {any} */ (error).problem?.code === 'restarted') return;
    this.#broken = error;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** Shows which parts of a link, file or attribute could not be read. @param {Unread[]} unread */
  showUnread(unread) {
    this.#unread = unread;
    this.#changed();
  }

  /** A description of the change that can be undone; null if there is none. */
  get undoText() {
    return this.#undo.text;
  }

  /**
   * Offers to undo a change that has been made.
   * @param {string} text
   * @param {LabState} before
   */
  offerUndo(text, before) {
    this.#undo.offer(text, before, this.store.state);
    this.#changed();
  }

  dismissUndo() {
    this.#undo.clear();
    this.#changed();
  }

  undo() {
    const before = this.#undo.stateBefore(this.store.state);
    if (before !== null) this.store.set(before);
  }

  /** The reader's own points, even while another data set is in use. */
  get ownPoints() {
    return this.#ownPoints;
  }

  /** @param {import('./points-codec.js').OwnPoints | null} points */
  keepOwnPoints(points) {
    this.#ownPoints = points;
  }

  /** @param {string} id */
  removeRun(id) {
    const { state } = this.store;
    const run = state.runs.find((candidate) => candidate.id === id);
    if (run === undefined || state.runs.length === 1) return;
    const text = t('undo.removed', { name: this.nameOf(run) });
    this.store.removeRun(id);
    this.offerUndo(text, state);
  }

  /**
   * Shows the state of a link or an attribute, without the entries that the catalogue lacks.
   * @param {LabState} state
   * @param {Unread[]} unread
   * @param {{ restart?: boolean }} [options]
   */
  open(state, unread, options) {
    const unfit = this.#catalogue === null ? [] : fitToCatalogue(state, this.#catalogue, startState());
    this.store.set(state, options);
    this.showUnread([...unread, ...unfit]);
  }

  /**
   * Follows a change of the state.
   * @param {boolean} restart whether the race starts again at iteration 0
   */
  #follow(restart) {
    const { dataset } = settingsOf(this.store.state, this.selectedRun);
    if (dataset.name === 'points') this.#ownPoints = dataset.own;
    this.#undo.follow(this.store.state);
    // If the last experiment failed, load the module again for the next one.
    const again = this.#broken !== null && this.#catalogue !== null;
    if (again) this.#broken = null;
    if (this.#catalogue !== null) this.#send(restart || again).catch((error) => this.#fail(error));
    else this.#restartPending ||= restart;
    if (again) this.playback.setOff(this.#autoplay && !this.prediction.wanted);
    this.#changed();
  }

  /** Sends the state to the race. @param {boolean} restart */
  async #send(restart) {
    const { state } = this.store;
    this.race.setPace(state.speed, state.stop);
    this.#sendWanted();
    const runs = state.runs.map((run) => ({ id: run.id, spec: specOf(state, run) }));
    const key = JSON.stringify([runs, state.iterations]);
    if (key === this.#sentRuns && !restart) return;
    this.#sentRuns = key;
    await this.race.setRuns(runs, { restart, limit: state.iterations });
  }

  #sendWanted() {
    const { show } = this.store.state;
    const wants = [...this.#wants.values()];
    this.race.setWanted({
      focus: this.selectedRun.id,
      units: Math.max(0, ...wants.map(({ units = 0 }) => units)),
      points: show.includes('wrong'),
      lines: show.includes('units'),
    });
  }

  /**
   * Declares which parts of a frame a panel needs besides fields and metrics. Only needed parts are
   * computed: the units' fields take longer than all other pictures together.
   * @param {string} panel
   * @param {Partial<import('../race/types.js').Wanted> | null} wants null when the panel is removed
   */
  want(panel, wants) {
    if (wants === null) this.#wants.delete(panel);
    else this.#wants.set(panel, wants);
    this.#sendWanted();
  }

  /** Whether none of the runs could be created. Their cards show the reasons. */
  get stuck() {
    return this.race.problems.size === this.store.state.runs.length;
  }

  get running() {
    return this.playback.playing && !this.stuck;
  }

  /** Whether the reader asked the system for less motion. */
  get reducedMotion() {
    return reducedMotion();
  }

  /** The iteration that the race is at, or is moving to. */
  get position() {
    return this.playback.position;
  }

  /**
   * Returns the widths of all layers of a run: "2-10-5-1".
   * @param {RunChoice} run
   * @param {number[]} layers the hidden ones
   */
  shapeOf(run, layers) {
    const { [layers.length]: last } = this.race.layers.get(run.id) ?? [];
    const inputs = this.race.layers.get(run.id)?.[0].in ?? 2;
    return [inputs, ...layers, last?.out ?? 1].join('-');
  }

  begin() {
    this.playback.begin();
  }

  /** @param {boolean} playing */
  play(playing) {
    this.playback.play(playing);
  }

  /** @param {number} iteration */
  seek(iteration) {
    this.playback.seek(iteration);
  }

  reset() {
    this.playback.reset();
  }

  /** Draws all weights from the next seed, and plays from iteration 0. */
  redraw() {
    const { state } = this.store;
    const next = (/** @type {number} */ seed) => (seed + 1) % SEEDS;
    const runs = state.runs.map((run) =>
      run.own.seed === undefined ? run : { ...run, own: { ...run.own, seed: next(run.own.seed) } },
    );
    this.store.set({ seed: next(state.seed), runs, at: null }, { restart: true });
    this.play(true);
  }

  /**
   * @param {string} id of a run
   * @returns {number} its colour, dash and mark, see start-slots.js
   */
  slotOf(id) {
    const { runs } = this.store.state;
    if (this.#slots?.runs !== runs) this.#slots = { runs, slots: slotsOf(runs) };
    return this.#slots.slots.get(id) ?? 0;
  }

  /** @returns {Names} of the runs */
  get names() {
    const from = [this.store.state, this.#catalogue, language.tag];
    if (this.#names === null || this.#names.from.some((part, i) => part !== from[i]))
      this.#names = { from, names: new Names(this.store.state, this.#catalogue) };
    return this.#names.names;
  }

  /**
   * Returns the name of a run, which need not be part of the state.
   * @param {RunChoice} run
   */
  nameOf(run) {
    return this.names.nameOf(run);
  }

  /** The run whose network and signals are shown. @returns {RunChoice} */
  get selectedRun() {
    const { runs, selected, solo } = this.store.state;
    return runs[Math.min(solo >= 0 ? solo : selected, runs.length - 1)];
  }

  dispose() {
    theEngine().removeEventListener('waiting', this.#onWaiting);
    this.race.dispose();
  }
}
