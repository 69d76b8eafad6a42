// The lab as its components see it: the state that the reader sets, the race that follows it, and what both are called.

import { Race, catalogue } from '../race/race.js';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { Names } from './names.js';
import { fitToCatalogue, settingsOf, specOf } from './specs.js';
import { essence } from './presets.js';
import { Store } from './store.js';
import { readLink, startState } from './table.js';

/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Unread} Unread */

/** Events: `change` (the state or what is known of it), `frame` (a new picture of the race). */
export class LabModel extends EventTarget {
  /** @param {Store} store @param {Unread[]} unread */
  constructor(store, unread = []) {
    super();
    this.store = store;
    this.unread = unread;
    /** @type {import('../race/race.js').Catalogue | null} */
    this.catalogue = null;
    /** @type {Error | null} */
    this.broken = null;
    this.race = new Race();
    this.autoplay = true;
    /** Whether the network is drawn: the pictures of its units take longer to make than all other pictures together. */
    this.drawsNetwork = true;
    /** Colour slot of each run, kept while runs are reordered. @type {Map<string, number>} */
    this.slots = new Map();
    this.sentRuns = '';
    /** The names of the runs, and what they were made from. @type {{ from: unknown[], names: Names } | null} */
    this.named = null;
    /** Whether what was changed while the module loaded begins anew. */
    this.restartDue = false;
    /** What can be taken back, in words, with the states before and after it. @type {{ text: string, before: import('./table.js').LabState, after: import('./table.js').LabState } | null} */
    this.undo = null;
    /** The reader's own points, while another data set is in use. @type {import('./codec.js').OwnPoints | null} */
    this.keptPoints = null;
    /** What the reader asked for; the race may have stopped by itself. */
    this.playingWanted = false;
    this.placeDue = false;
    this.giveSlots();
    store.addEventListener('change', (event) =>
      this.follow(/** @type {CustomEvent} */ (event).detail.restart),
    );
    this.race.addEventListener('frame', () => {
      const { frame } = this.race;
      // A frame from before the last command still tells of the old state.
      if (frame === null) return;
      const answered = frame.order === this.race.order;
      if (answered && !frame.playing && this.playingWanted) {
        this.playingWanted = false;
        this.dispatchEvent(new Event('change'));
      }
      // The link names the iteration that the race came to rest at.
      if (answered && this.placeDue) {
        this.placeDue = false;
        this.rememberPlace(frame.position);
      }
      this.dispatchEvent(new Event('frame'));
    });
    this.race.addEventListener('data', () => this.dispatchEvent(new Event('change')));
    this.race.addEventListener('failed', (event) => this.fail(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {string} link */
  static fromLink(link) {
    const { state, unread } = readLink(link);
    return new LabModel(new Store(state), unread);
  }

  /** Loads the module and lets the runs go. */
  async start() {
    // The worker has its orders before the module has loaded, and begins while the page still draws itself.
    const sent = this.send(true);
    this.setOff();
    try {
      [this.catalogue] = await Promise.all([catalogue(), sent]);
      const unfit = fitToCatalogue(this.store.state, this.catalogue, startState());
      // The state was changed in place: what it was called meanwhile no longer holds.
      this.named = null;
      this.unread = [...this.unread, ...unfit];
      // With what was changed in the meantime.
      const again = unfit.length > 0 || this.restartDue;
      this.restartDue = false;
      await this.send(again);
      if (again) this.setOff();
    } catch (error) {
      this.fail(/** @type {Error} */ (error));
      return;
    }
    this.dispatchEvent(new Event('change'));
  }

  /** Nothing can be trained, or no longer. @param {Error} error */
  fail(error) {
    this.broken = error;
    this.dispatchEvent(new Event('change'));
  }

  /** The iteration that the race stands at or goes to. */
  get position() {
    return this.store.state.at ?? this.race.frame?.position ?? 0;
  }

  /** To the place of the link, or off from the start. */
  setOff() {
    const { at } = this.store.state;
    if (at !== null) this.race.seek(at);
    else if (this.autoplay) this.begin();
  }

  /** Into training, or to its end. */
  begin() {
    if (this.calm) this.race.seek(this.store.state.iterations);
    else this.play(true);
  }

  /** Whether the reader asked the system for less motion: the end is then shown at once, and nothing plays by itself. */
  get calm() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  /** Shows what of a link could not be read. @param {Unread[]} unread */
  tellUnread(unread) {
    this.unread = unread;
    this.dispatchEvent(new Event('change'));
  }

  /** Offers to take something back that hurts; null takes the offer away. @param {string | null} text @param {import('./table.js').LabState} [before] */
  offerUndo(text, before = this.store.state) {
    this.undo = text === null ? null : { text, before, after: this.store.state };
    this.dispatchEvent(new Event('change'));
  }

  takeBack() {
    if (this.undo === null) return;
    const { before, after } = this.undo;
    const now = this.store.state;
    /** How it is watched stays, where it was changed since. @type {Record<string, any>} */
    const kept = { at: now.at };
    for (const field of /** @type {const} */ (['speed', 'stop', 'chart', 'scale', 'show']))
      if (now[field] !== after[field]) kept[field] = now[field];
    this.store.set({ ...before, ...kept });
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

  /** Another state, as a link or an attribute has it, once what the catalogue does not know is out of it. @param {import('./table.js').LabState} state @param {Unread[]} unread @param {{ restart?: boolean }} [options] */
  open(state, unread, options) {
    const unfit = this.catalogue === null ? [] : fitToCatalogue(state, this.catalogue, startState());
    this.store.set(state, options);
    this.tellUnread([...unread, ...unfit]);
  }

  /** @param {boolean} restart */
  follow(restart) {
    const { dataset } = settingsOf(this.store.state, this.selectedRun);
    if (dataset.name === 'points') this.keptPoints = dataset.own;
    // Taking back would take the later change with it.
    if (this.undo !== null && essence(this.undo.after) !== essence(this.store.state)) this.undo = null;
    this.giveSlots();
    // After an experiment that could not go on, the next one begins.
    const again = this.broken !== null && this.catalogue !== null;
    if (again) this.broken = null;
    if (this.catalogue !== null) this.send(restart || again).catch((error) => this.fail(error));
    else this.restartDue ||= restart;
    if (again) this.setOff();
    this.dispatchEvent(new Event('change'));
  }

  /** Tells the race what the state says. @param {boolean} restart */
  async send(restart) {
    const { state } = this.store;
    this.race.pace(state.speed, state.stop);
    this.race.focus({
      id: this.selectedRun.id,
      units: this.drawsNetwork,
      points: state.show.includes('wrong'),
      lines: state.show.includes('units'),
    });
    const runs = state.runs.map((run) => ({ id: run.id, spec: specOf(state, run) }));
    const key = JSON.stringify([runs, state.iterations]);
    if (key === this.sentRuns && !restart) return;
    this.sentRuns = key;
    await this.race.setRuns(runs, { restart, limit: state.iterations });
  }

  /** Whether none of the runs could be built: their cards say why. */
  get stuck() {
    return this.race.problems.size === this.store.state.runs.length;
  }

  get running() {
    return this.playingWanted && !this.stuck;
  }

  /** @param {boolean} playing */
  play(playing) {
    this.playingWanted = playing;
    this.race.play(playing);
    this.placeDue = !playing;
    if (playing) this.rememberPlace(null);
    this.dispatchEvent(new Event('change'));
  }

  /** @param {number} iteration */
  seek(iteration) {
    if (this.playingWanted) this.play(false);
    this.placeDue = false;
    const at = Math.max(0, Math.min(this.store.state.iterations, Math.round(iteration)));
    this.race.seek(at);
    this.rememberPlace(at);
  }

  /** The place in time is part of the link while the race stands. @param {number | null} at */
  rememberPlace(at) {
    if (at !== this.store.state.at) this.store.set({ at });
  }

  /** Same weights again. */
  reset() {
    this.race.seek(0);
    this.rememberPlace(this.playingWanted ? null : 0);
  }

  /** The next seed for all weights, from iteration 0. */
  redraw() {
    const { state } = this.store;
    const next = (/** @type {number} */ seed) => (seed + 1) % 4294967296;
    const runs = state.runs.map((run) =>
      run.own.seed === undefined ? run : { ...run, own: { ...run.own, seed: next(run.own.seed) } },
    );
    this.store.set({ seed: next(state.seed), runs, at: null }, { restart: true });
    this.play(true);
  }

  giveSlots() {
    const { runs } = this.store.state;
    for (const id of this.slots.keys()) if (!runs.some((run) => run.id === id)) this.slots.delete(id);
    for (const run of runs) {
      if (this.slots.has(run.id)) continue;
      const taken = new Set(this.slots.values());
      this.slots.set(run.id, [0, 1, 2, 3, 4, 5, 6, 7].find((slot) => !taken.has(slot)) ?? 0);
    }
  }

  /** @param {string} id 0 … 7 */
  slotOf(id) {
    return this.slots.get(id) ?? 0;
  }

  /** What the runs are called now. @returns {Names} */
  get names() {
    const from = [this.store.state, this.catalogue, language.tag];
    if (this.named === null || this.named.from.some((part, i) => part !== from[i]))
      this.named = { from, names: new Names(this.store.state, this.catalogue) };
    return this.named.names;
  }

  /** What a run is called, or would be if it were as here. @param {RunChoice} run */
  nameOf(run) {
    return this.names.of(run);
  }

  /** The run that the drawn network and the signals show. @returns {RunChoice} */
  get selectedRun() {
    const { runs, selected, solo } = this.store.state;
    return runs[Math.min(solo >= 0 ? solo : selected, runs.length - 1)];
  }

  dispose() {
    this.race.dispose();
  }
}
