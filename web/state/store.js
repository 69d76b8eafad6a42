// The state in use: changes go in, listeners hear of them, and the address bar follows.

import { experimentLink } from './presets.js';
import { MOST_RUNS, SETTINGS, newId, readLink, startState, writeLink } from './table.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Setting} Setting */

/** What a run that is added starts from: the first of these that none has yet. */
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

/**
 * Events: `change`, detail { restart: boolean } — whether the change is to be seen from iteration 0
 * on.
 */
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
    // A place in time that has fallen off the end is moved to it.
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
   * Gives a run another start, and chooses it: what is said below the cards is then of this run.
   * @param {string} id
   * @param {RunChoice['init']} init
   */
  begin(id, init) {
    const runs = this.state.runs.map((run) => (run.id === id ? { ...run, init } : run));
    this.set({ runs, selected: this.indexOf(id) });
  }

  /**
   * Changes a setting: for one run when it has its own, else for all.
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
   * Gives a run its own copy of a setting, or links it to the shared one again.
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
   * @param {RunChoice} [like] else a start that no run has yet
   * @returns {boolean} false when there are eight already
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
   * @param {number} to index that it is to have
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
 * Settings that a run has of its own, in the table's order.
 * @param {RunChoice} run
 * @returns {Setting[]}
 */
export const ownSettings = (run) =>
  /** @type {Setting[]} */ (Object.keys(SETTINGS)).filter((setting) => run.own[setting] !== undefined);

/**
 * What a query may hold besides an experiment: the language, and what learning platforms and
 * trackers append.
 */
const FOREIGN_PARAMETERS = /^(lang|utm_\w+|fbclid|gclid|msclkid)$/;

/**
 * The link in an address, sign by sign: URLSearchParams would change some. Course notes link with
 * "?…" as well: a query is read when there is no "#…".
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
 * Milliseconds between two replacements of one entry: browsers refuse an address that is written
 * 100 times in half a minute.
 */
const SPACING = 400;

/**
 * Keeps the address bar and a store in step. A change of the experiment adds an entry to the
 * browser's history, so that "back" undoes what the reader did; while it is one gesture (a slider
 * that is dragged) it replaces the entry, as do the place in time, the speed and what is shown.
 * Entries are added at once; replacements that follow each other fast are gathered. What the
 * browser refuses is tried again, and nobody else hears of it.
 * @param {Store} store
 * @param {(state: LabState, unread: import('./table.js').Unread[]) => void} arrive shows what the
 *   address says after a step through the history, or a link that was pasted
 * @param {Window} [page]
 * @param {(link: string) => ReturnType<typeof readLink>} [read]
 */
export function followAddress(store, arrive, page = window, read = readLink) {
  /** What the address says, and what it is to say. */
  let written = writeLink(store.state);
  let wanted = written;
  let experiment = experimentLink(store.state);
  let lastChange = -Infinity;
  let lastWrite = -Infinity;
  let arriving = false;
  /** How what is wanted is to be written. @type {'pushState' | 'replaceState'} */
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
    // Without a link the query would be read again, if it is one.
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
        // What still waits belongs to the entry before.
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
    // What still waited was for the entry that has been left.
    clearTimeout(timer);
    timer = undefined;
    way = 'replaceState';
    const { state, unread } = read(linkIn(page.location));
    if (unread.length > 0 || writeLink(state) !== wanted) {
      lastChange = -Infinity;
      // What stands in the address stays there, though the lab would write it otherwise.
      arriving = true;
      arrive(state, unread);
      arriving = false;
    }
    wanted = written = writeLink(store.state);
  });
}

/**
 * Runs that are the same as before keep their id, and so their training.
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
