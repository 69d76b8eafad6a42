// Many independent trainings for one component: spread over the pool, with progress, pause and
// resume. Results appear as they arrive; finished results survive a reload of the page.

import { html, nothing } from 'lit';
import { createPool } from '../../src/js/pool.js';
import { trustOwnScripts } from '../race/script-url.js';
import { duration, whole } from '../texts/format.js';
import { errorText } from '../texts/index.js';
import { keepOutcomes, keptOutcomes } from './sweep-memory.js';
import { words } from './map-words.js';

/** @typedef {import('../../src/js/lab.js').Spec} Spec */
/** @typedef {import('./sweep-memory.js').Outcome} Outcome */

/**
 * With at most this many trainings, each is long, so the number of finished ones does not show
 * progress.
 */
const FEW = 20;

/** Milliseconds without a report after which the workers may be dead: a browser does not tell. */
const SILENT_AFTER = 8000;
const CHECK_EVERY = 1000;

/** A ReactiveController for Lit. */
export class SweepRunner {
  /** @param {import('lit').ReactiveControllerHost} host renders again when results arrive */
  constructor(host) {
    this.host = host;
    /** @type {Spec[]} */
    this.specs = [];
    /** @type {(index: number, result: Outcome) => void} */
    this.take = () => {};
    /**
     * What of an outcome is kept.
     *
     * @type {(outcome: Outcome) => Outcome}
     */
    this.shorten = (outcome) => outcome;
    /**
     * Called with the records of unfinished trainings.
     *
     * @type {((index: number, records: import('../race/types.js').Metrics[]) => void) | undefined}
     */
    this.watch = undefined;
    /** Results of the finished trainings, by their index. @type {Map<number, Outcome>} */
    this.finished = new Map();
    /** The finished share, 0 … 1, including parts of unfinished trainings. */
    this.fraction = 0;
    this.secondsLeft = Infinity;
    this.problem = '';
    /** Whether the workers have not reported for some seconds. */
    this.silent = false;
    /** Whether results are stored for the tab. */
    this.keeps = false;
    /** @type {AbortController | null} */
    this.stop = null;
    /** Whether the trainings ran when the host left the page; they go on when it comes back. */
    this.interrupted = false;
    host.addController(this);
  }

  get total() {
    return this.specs.length;
  }

  get done() {
    return this.finished.size;
  }

  get running() {
    return this.stop !== null;
  }

  get complete() {
    return this.total > 0 && this.done === this.total;
  }

  /**
   * Trains these specs instead of the previous ones.
   *
   * @param {Spec[]} specs in the order of their importance
   * @param {(index: number, result: Outcome) => void} take
   */
  begin(specs, take) {
    this.prepare(specs, take);
    this.keeps = true;
    this.finished = keptOutcomes(specs);
    for (const [index, outcome] of this.finished) {
      try {
        take(index, outcome);
      } catch {
        // The stored result lacks a part that is needed now, so train it again.
        this.finished.delete(index);
      }
    }
    return this.resume();
  }

  /**
   * Sets the specs without starting, and without storing results.
   * @param {Spec[]} specs
   * @param {(index: number, result: Outcome) => void} take
   * @param {SweepRunner['watch']} [watch]
   */
  prepare(specs, take, watch) {
    this.pause();
    Object.assign(this, {
      specs,
      take,
      watch,
      finished: new Map(),
      fraction: 0,
      secondsLeft: Infinity,
      problem: '',
      keeps: false,
    });
  }

  pause() {
    this.stop?.abort();
    this.stop = null;
    this.host.requestUpdate();
  }

  /** Trains the specs that have no result. */
  async resume() {
    if (this.running || this.complete) return;
    const stop = new AbortController();
    const { finished, take, watch, specs, keeps, done, total } = this;
    // Unfinished trainings start again after a pause.
    Object.assign(this, { stop, problem: '', fraction: done / total, secondsLeft: Infinity });
    this.host.requestUpdate();
    const silence = this.watchSilence();
    const rest = specs.map((_, index) => index).filter((index) => !finished.has(index));
    trustOwnScripts();
    const pool = createPool();
    // This event is the last one that a page receives when the reader leaves it.
    const keep = () => keeps && keepOutcomes(specs, finished);
    addEventListener('pagehide', keep);
    try {
      await pool.run(
        rest.map((index) => specs[index]),
        {
          keep: false,
          signal: stop.signal,
          onResult: (i, result) => {
            if (stop.signal.aborted) return;
            silence.heard();
            finished.set(rest[i], this.shorten({ final: result.final, history: result.history }));
            take(rest[i], result);
            this.host.requestUpdate();
          },
          ...(watch && {
            onRecords: (i, records) => {
              if (stop.signal.aborted) return;
              watch(rest[i], records);
              this.host.requestUpdate();
            },
          }),
          onProgress: ({ fraction, secondsLeft }) => {
            if (stop.signal.aborted) return;
            silence.heard();
            const before = this.progress;
            this.fraction = (done + fraction * (total - done)) / total;
            this.secondsLeft = secondsLeft;
            // Reports arrive more often than their text changes.
            if (this.progress !== before) this.host.requestUpdate();
          },
        },
      );
    } catch (error) {
      if (!stop.signal.aborted) this.problem = errorText(/** @type {Error} */ (error));
    } finally {
      silence.end();
      pool.dispose();
      removeEventListener('pagehide', keep);
      keep();
      if (this.stop === stop) this.stop = null;
      this.host.requestUpdate();
    }
  }

  /** Notices workers that report nothing, whether killed or still loading. */
  watchSilence() {
    let heardAt = performance.now();
    let checkedAt = heardAt;
    const set = (/** @type {boolean} */ silent) => {
      if (silent === this.silent) return;
      this.silent = silent;
      this.host.requestUpdate();
    };
    const check = () => {
      const now = performance.now();
      // The page itself was frozen: measure from now on.
      if (now - checkedAt > 3 * CHECK_EVERY) heardAt = now;
      checkedAt = now;
      set(now - heardAt > SILENT_AFTER);
    };
    const timer = setInterval(check, CHECK_EVERY);
    return {
      heard: () => {
        heardAt = performance.now();
        set(false);
      },
      end: () => {
        clearInterval(timer);
        set(false);
      },
    };
  }

  /** Trains the specs that have no result with new workers. */
  restart() {
    this.pause();
    return this.resume();
  }

  hostDisconnected() {
    this.interrupted = this.running;
    this.pause();
  }

  hostConnected() {
    if (this.interrupted) this.resume();
    this.interrupted = false;
  }

  /** The progress as text. */
  get progress() {
    const parts = [words('runner.trainings', { done: whole(this.done), total: whole(this.total) })];
    if (this.running && this.total < FEW) parts.push(`${Math.floor(100 * this.fraction)} %`);
    if (this.running && Number.isFinite(this.secondsLeft))
      parts.push(words('runner.left', { time: duration(this.secondsLeft) }));
    return parts.join(', ');
  }

  /** The button, the progress and the remaining time, for the host's bar. */
  bar() {
    if (this.total === 0) return nothing;
    return html`${
        this.complete
          ? nothing
          : html`<span class="running"
              ><button
                type="button"
                class=${this.running || this.done > 0 ? '' : 'main'}
                @click=${() => (this.running ? this.pause() : this.resume())}
              >
                ${words(this.running ? 'runner.pause' : this.done === 0 ? 'runner.start' : 'runner.resume')}
              </button>
              <progress
                aria-label=${words('runner.progress')}
                value=${this.running ? this.fraction : this.done / this.total}
              ></progress
            ></span>`
      }
      <span>${this.progress}</span>
      ${
        this.silent && this.running
          ? html`<span role="alert"
              >${words('runner.silent')}
              <button type="button" @click=${() => this.restart()}>${words('runner.retry')}</button></span
            >`
          : nothing
      }
      ${this.problem === '' ? nothing : html`<span role="alert">${this.problem}</span>`}`;
  }
}

/**
 * @param {number[]} values
 * @param {number} part 0 … 1
 * @returns {number | null} linear between neighbours, as NumPy's quantile; null without values
 */
export function quantile(values, part) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low === high ? low : low + (at - Math.floor(at)) * (high - low);
}

/**
 * Returns the indices 0 … count - 1: every eighth first, then every fourth, every second, all. So a
 * coarse picture appears early.
 * @param {number} count
 */
export const coarseFirst = (count) => {
  const stride = (/** @type {number} */ place) => [8, 4, 2, 1].findIndex((step) => place % step === 0);
  return Array.from({ length: count }, (_, place) => place).sort((a, b) => stride(a) - stride(b));
};
