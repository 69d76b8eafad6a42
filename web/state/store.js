// Holds the current state: accepts changes, notifies listeners, and keeps the address bar up to
// date.

import { experimentLink } from './presets.js';
import { MOST_RUNS, SETTINGS, newId, readLink, startState, writeLink } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Setting} Setting */

/** A new run gets the first of these starts that no run has. */
const ADDED_STARTS = [
  { name: 'normal', std: 1 },
  { name: 'he_normal' },
  { name: 'glorot_normal' },
  { name: 'lecun_normal' },
  { name: 'normal', std: 0.1 },
  { name: 'normal', std: 10 },
  { name: 'orthogonal' },
  { name: 'zeros' },
];

/**
 * @param {RunChoice[]} runs
 * @param {import('./codec.js').Choice} init
 */
const isTaken = (runs, init) => runs.some((run) => JSON.stringify(run.init) === JSON.stringify(init));

/** Events: `change`, detail { restart: boolean }: whether the race starts again at iteration 0. */
export class Store extends EventTarget {
  /** @param {LabState} [state] */
  constructor(state = startState()) {
    super();
    this.state = state;
  }

  /**
   * @param {Partial<LabState>} change
   * @param {{ restart?: boolean }} [options]
   */
  set(change, { restart = false } = {}) {
    const state = { ...this.state, ...change };
    // An iteration beyond the end of the training moves to the end.
    if (state.at !== null) state.at = Math.min(state.at, state.iterations);
    this.state = state;
    this.dispatchEvent(new CustomEvent('change', { detail: { restart } }));
  }

  /** @param {string} id */
  indexOf(id) {
    return this.state.runs.findIndex((run) => run.id === id);
  }

  /**
   * @param {string} id
   * @param {Partial<RunChoice>} change
   */
  setRun(id, change) {
    this.set({ runs: this.state.runs.map((run) => (run.id === id ? { ...run, ...change } : run)) });
  }

  /**
   * Gives a run another start and selects it, so that the panels below the cards show this run.
   * @param {string} id
   * @param {RunChoice['init']} init
   */
  begin(id, init) {
    const runs = this.state.runs.map((run) => (run.id === id ? { ...run, init } : run));
    this.set({ runs, selected: this.indexOf(id) });
  }

  /**
   * Changes a setting: the run's own copy if it has one, or else the shared setting.
   * @param {Setting} setting
   * @param {any} value
   * @param {string | null} [id]
   */
  setSetting(setting, value, id = null) {
    const run = id === null ? undefined : this.state.runs.find((candidate) => candidate.id === id);
    if (run !== undefined && run.own[setting] !== undefined)
      this.setRun(run.id, { own: { ...run.own, [setting]: value } });
    else this.set({ [setting]: value });
  }

  /**
   * Gives a run its own copy of a setting, or removes that copy.
   * @param {string} id
   * @param {Setting} setting
   * @param {boolean} unlinked
   */
  unlink(id, setting, unlinked) {
    const run = this.state.runs.find((candidate) => candidate.id === id);
    if (run === undefined) return;
    const own = { ...run.own };
    if (unlinked) /** @type {any} */ (own)[setting] = structuredClone(this.state[setting]);
    else delete own[setting];
    this.setRun(id, { own });
  }

  /**
   * @param {RunChoice} [like] the run to copy; without it the run gets a start that no run has
   * @returns {boolean} false if there are already MOST_RUNS runs
   */
  addRun(like) {
    const { runs } = this.state;
    if (runs.length >= MOST_RUNS) return false;
    const run = like
      ? { ...structuredClone(like), id: newId() }
      : {
          id: newId(),
          init: ADDED_STARTS.find((init) => !isTaken(runs, init)) ?? ADDED_STARTS[0],
          name: '',
          own: {},
        };
    const at = like ? runs.findIndex(({ id }) => id === like.id) + 1 : runs.length;
    this.set({ runs: [...runs.slice(0, at), run, ...runs.slice(at)], selected: at, solo: -1 });
    return true;
  }

  /** @param {string} id */
  removeRun(id) {
    const { runs, selected } = this.state;
    if (runs.length === 1) return;
    const left = runs.filter((run) => run.id !== id);
    const kept = left.indexOf(runs[selected]);
    this.set({ runs: left, selected: kept < 0 ? Math.min(selected, left.length - 1) : kept, solo: -1 });
  }

  /**
   * @param {string} id
   * @param {number} by -1 or 1
   */
  moveRun(id, by) {
    const from = this.indexOf(id);
    this.placeRun(id, from + by);
  }

  /**
   * @param {string} id
   * @param {number} to its new index
   */
  placeRun(id, to) {
    const runs = [...this.state.runs];
    const from = this.indexOf(id);
    if (from < 0 || to < 0 || to >= runs.length || to === from) return;
    const { selected, solo } = this.state;
    const [chosen, large] = [runs[selected]?.id, runs[solo]?.id];
    const [run] = runs.splice(from, 1);
    runs.splice(to, 0, run);
    const placeOf = (/** @type {string | undefined} */ sought) =>
      runs.findIndex(({ id: other }) => other === sought);
    this.set({ runs, selected: placeOf(chosen), solo: placeOf(large) });
  }

  /**
   * @param {string} what one of SHOWABLE
   * @param {boolean} on
   */
  show(what, on) {
    const rest = this.state.show.filter((shown) => shown !== what);
    this.set({ show: on ? [...rest, what] : rest });
  }
}

/**
 * Returns the settings that a run does not share, in the table's order.
 * @param {RunChoice} run
 * @returns {Setting[]}
 */
export const ownSettings = (run) =>
  /** @type {Setting[]} */ (Object.keys(SETTINGS)).filter((setting) => run.own[setting] !== undefined);

/**
 * Parameters of a query that do not belong to the experiment: the language, and those that learning
 * platforms and trackers append.
 */
const FOREIGN_PARAMETERS = /^(lang|utm_\w+|fbclid|gclid|msclkid)$/;

/**
 * Returns the link in an address unchanged; URLSearchParams would change some characters. Course
 * notes also link with "?…", so the query is read if there is no "#…".
 * @param {{ hash: string, search: string }} address
 * @param {string[]} [others] parameters of the query that are not the link's
 */
export function linkIn({ hash, search }, others = []) {
  if (hash.length > 1) return hash.slice(1);
  const parts = search.slice(1).split('&');
  const isLink = (/** @type {string} */ key) => !FOREIGN_PARAMETERS.test(key) && !others.includes(key);
  return parts.filter((part) => isLink(part.split('=')[0])).join('&');
}

/**
 * Milliseconds between two replacements of one entry: browsers refuse more than 100 changes of the
 * address in 30 seconds.
 */
const SPACING = 400;

/**
 * Synchronizes the address bar with a store. A change of the experiment adds an entry to the
 * browser's history, so that "back" undoes it. Later changes of the same gesture (a dragged slider)
 * replace the entry, as do changes of the iteration, the speed and the display. Entries are added
 * at once; frequent replacements are combined. A change that the browser refuses is tried again
 * later.
 * @param {Store} store
 * @param {(state: LabState, unread: import('./table.js').Unread[]) => void} arrive shows the
 *   address's state after a step through the history, or a pasted link
 * @param {Window} [page]
 * @param {(link: string) => ReturnType<typeof readLink>} [read]
 */
export function followAddress(store, arrive, page = window, read = readLink) {
  /** The link in the address bar, and the link it should show. */
  let written = writeLink(store.state);
  let wanted = written;
  let experiment = experimentLink(store.state);
  let lastChange = -Infinity;
  let lastWrite = -Infinity;
  let arriving = false;
  /** How the next change is written. @type {'pushState' | 'replaceState'} */
  let way = 'replaceState';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (wanted === written) {
      way = 'replaceState';
      return;
    }
    const { pathname, search } = page.location;
    // An address without "#…" is read by its query, so a query that holds a link must go.
    const bare = pathname + (linkIn({ hash: '', search }) === '' ? search : '');
    lastWrite = performance.now();
    try {
      page.history[way](null, '', wanted === '' ? bare : `#${wanted}`);
      written = wanted;
      way = 'replaceState';
    } catch {
      timer = setTimeout(write, 5 * SPACING);
    }
  };

  store.addEventListener('change', () => {
    const link = writeLink(store.state);
    const before = experiment;
    experiment = experimentLink(store.state);
    if (arriving || link === wanted) return;
    const now = performance.now();
    if (experiment !== before) {
      if (now - lastChange >= 800) {
        // Write a pending replacement first: it belongs to the previous entry.
        write();
        way = 'pushState';
      }
      lastChange = now;
    }
    wanted = link;
    const wait = way === 'pushState' ? 0 : lastWrite + SPACING - now;
    if (wait <= 0) write();
    else timer ??= setTimeout(write, wait);
  });
  page.addEventListener('pagehide', write);
  page.addEventListener('popstate', () => {
    // A pending replacement belongs to the entry that has been left.
    clearTimeout(timer);
    timer = undefined;
    way = 'replaceState';
    const { state, unread } = read(linkIn(page.location));
    if (unread.length > 0 || writeLink(state) !== wanted) {
      lastChange = -Infinity;
      // Leave the address as it is, even if the lab would write the same state differently.
      arriving = true;
      arrive(state, unread);
      arriving = false;
    }
    wanted = written = writeLink(store.state);
  });
}

/**
 * Gives runs that did not change their previous ids, so that they keep their training.
 * @param {LabState} next
 * @param {LabState} before
 * @returns {LabState}
 */
export function keepIds(next, before) {
  const free = [...before.runs];
  const runs = next.runs.map((run) => {
    const at = free.findIndex(
      ({ init, own }) => JSON.stringify([init, own]) === JSON.stringify([run.init, run.own]),
    );
    return at < 0 ? run : { ...run, id: free.splice(at, 1)[0].id };
  });
  return { ...next, runs };
}
