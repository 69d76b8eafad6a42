// The lab as its components see it: the state that the reader sets, the race that follows it, and what both are called.

import { Race, catalogue } from '../race/race.js';
import { layerName, t } from '../texts/index.js';
import { compact } from '../texts/format.js';
import { language } from '../texts/language.js';
import { entryOf, fitToCatalogue, mainParameter, settingsOf, specOf } from './specs.js';
import { essence } from './presets.js';
import { Store, ownSettings } from './store.js';
import { readLink, startState } from './table.js';

/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Unread} Unread */

/** Of the things that set a run apart, so many are in its name; its card lists all. */
const MOST_PARTS = 3;
/** Of what tells runs apart that would be called the same, so much is in their names besides. */
const MOST_DETAILS = 2;

/**
 * Events: `change` (the state or what is known of it), `frame` (a new picture of the race), `broken` (the module did
 * not load).
 */
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
    /** Names of the runs, and what they were made from. @type {{ known: unknown[], names: Map<RunChoice, string> }} */
    this.named = { known: [null], names: new Map() };
    /** What can be taken back, in words, with the state before it and what it made. @type {{ text: string, before: import('./table.js').LabState, made: string } | null} */
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
      this.catalogue = await catalogue();
    } catch (error) {
      this.broken = /** @type {Error} */ (error);
      this.dispatchEvent(new Event('broken'));
      this.dispatchEvent(new Event('change'));
      return;
    }
    const unfit = fitToCatalogue(this.store.state, this.catalogue, startState());
    this.unread = [...this.unread, ...unfit];
    await sent;
    if (unfit.length > 0) {
      await this.send(true);
      this.setOff();
    }
    this.dispatchEvent(new Event('change'));
  }

  /** To the place of the link, to the end, or into training. */
  setOff() {
    const { at, iterations } = this.store.state;
    if (at !== null) this.race.seek(at);
    else if (this.calm) this.race.seek(iterations);
    else if (this.autoplay) this.play(true);
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
    this.undo = text === null ? null : { text, before, made: essence(this.store.state) };
    this.dispatchEvent(new Event('change'));
  }

  takeBack() {
    if (this.undo === null) return;
    this.store.set({ ...this.undo.before, at: this.store.state.at });
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
    if (this.undo !== null && this.undo.made !== essence(this.store.state)) this.undo = null;
    this.giveSlots();
    if (this.catalogue !== null) this.send(restart);
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

  get running() {
    return this.playingWanted;
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

  /** What a run is called: the reader's name for it, else its initializer and what it has of its own. @param {RunChoice} run @returns {string} */
  nameOf(run) {
    const { state } = this.store;
    const known = [state, this.catalogue, language.tag];
    if (this.named.known.some((part, i) => part !== known[i]))
      this.named = { known, names: this.namesOf(state.runs) };
    const changed = () => this.namesOf(state.runs.map((other) => (other.id === run.id ? run : other)));
    return this.named.names.get(run) ?? changed().get(run) ?? '';
  }

  /** Names that tell runs apart: by what they differ in, and where that is nothing, by number. @param {RunChoice[]} runs @returns {Map<RunChoice, string>} */
  namesOf(runs) {
    const rows = runs.map((run) => {
      const parts = run.name === '' ? this.partsOf(run) : [run.name];
      const shown = parts.slice(0, MOST_PARTS);
      const details = run.name === '' ? this.detailsOf(run) : [];
      return { run, base: shown.join(' · '), left: parts.slice(MOST_PARTS), details };
    });
    /** @type {Map<string, number>} */
    const counts = new Map();
    return new Map(
      rows.map(({ run, base, left, details }) => {
        const twins = rows.filter((row) => row.base === base).map((row) => [...row.left, ...row.details]);
        const apart = [...left, ...details]
          .filter((part) => twins.some((parts) => !parts.includes(part)))
          .slice(0, MOST_DETAILS);
        const more = left.some((part) => !apart.includes(part)) ? ' …' : '';
        const name = [base, ...apart].join(' · ') + more;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        return [run, count === 1 ? name : `${name} (${count})`];
      }),
    );
  }

  /** What a name is made of. @param {RunChoice} run */
  partsOf(run) {
    return [
      this.initText(run.init),
      ...this.layersOf(run).map(([layer, choice]) => `${layer}: ${this.initText(choice)}`),
      ...ownSettings(run).map((setting) => this.settingText(run, setting)),
    ];
  }

  /** The other numbers that are set for this run. @param {RunChoice} run */
  detailsOf(run) {
    const { init, own } = run;
    const { initializers = [], datasets = [], optimizers = [] } = this.catalogue ?? {};
    /** @param {import('../race/race.js').Entry[]} entries @param {import('./table.js').Choice | undefined} choice @param {string} [main] */
    const details = (entries, choice, main = mainParameter(entryOf(entries, choice?.name ?? ''))?.name) =>
      Object.entries(choice ?? {})
        .filter(([key, value]) => typeof value === 'number' && key !== main)
        .map(([key, value]) => {
          const known = entryOf(entries, choice?.name ?? '')?.parameters.find(({ name }) => name === key);
          const label = t.maybe(`parameter.${key}.short`) ?? t.maybe(`parameter.${key}`) ?? known?.label;
          return `${label ?? key} ${/seed/i.test(key) ? value : compact(value)}`;
        });
    return [
      ...details(initializers, init),
      ...this.layersOf(run).flatMap(([, choice]) => details(initializers, choice)),
      ...details(datasets, own.dataset, ''),
      ...details(optimizers, own.optimizer, 'learningRate'),
    ];
  }

  /** Initializers of single layers, by the layer's name. @param {RunChoice} run @returns {[string, import('./table.js').Choice][]} */
  layersOf(run) {
    const count = settingsOf(this.store.state, run).layers.length + 1;
    return (run.init.layers ?? [])
      .slice(0, count)
      .flatMap((/** @type {import('./table.js').Choice | null} */ choice, /** @type {number} */ l) =>
        choice === null ? [] : [[layerName(l, count), choice]],
      );
  }

  /** @param {import('./table.js').Choice} init */
  initText(init) {
    if (init.name === 'normal') return `× ${compact(init.std ?? this.parameterDefault('normal', 'std'))}`;
    const entry = this.catalogue ? entryOf(this.catalogue.initializers, init.name) : undefined;
    const label = t.maybe(`init.${init.name}`) ?? entry?.label ?? init.name.replaceAll('_', ' ');
    const main = mainParameter(entry);
    const value = main ? init[main.name] : undefined;
    return value === undefined ? label : `${label} ${compact(value)}`;
  }

  /** @param {string} init @param {string} parameter */
  parameterDefault(init, parameter) {
    const entry = this.catalogue ? entryOf(this.catalogue.initializers, init) : undefined;
    return entry?.parameters.find(({ name }) => name === parameter)?.value ?? 0.01;
  }

  /** @param {RunChoice} run @param {import('./table.js').Setting} setting */
  settingText(run, setting) {
    const value = settingsOf(this.store.state, run)[setting];
    /** @param {'optimizers' | 'datasets' | 'activations'} list @param {string} name */
    const label = (list, name) =>
      t.maybe(`${list === 'activations' ? 'activation' : 'name'}.${name}`) ??
      (this.catalogue && entryOf(this.catalogue[list], name)?.label) ??
      name;
    if (setting === 'optimizer' || setting === 'dataset') {
      const { name, learningRate } = /** @type {import('./table.js').Choice} */ (value);
      const text = name === 'points' ? t('data.own') : label(`${setting}s`, name);
      return learningRate === undefined ? text : `${text} ${compact(learningRate)}`;
    }
    if (setting === 'layers') return ['2', .../** @type {number[]} */ (value), '1'].join('-');
    if (setting === 'activations')
      return /** @type {string[]} */ (value).map((name) => label('activations', name)).join(', ');
    if (setting === 'seed') return t('setting.seedIs', { seed: String(value) });
    return Array.isArray(value) ? value.join(', ') : String(value);
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
