// Many independent trainings for one component: spread over the pool, with progress, pause and
// going on. Results appear as they come; what is trained stays trained, also when the page is
// loaded anew.

import { html, nothing } from 'lit';
import { createPool } from '../../src/js/pool.js';
import { whole } from '../texts/format.js';
import { keepOutcomes, keptOutcomes } from './sweep-memory.js';
import { words } from './words.js';

/** @typedef {import('../../src/js/lab.js').Spec} Spec */
/** @typedef {import('./sweep-memory.js').Outcome} Outcome */

/** So few trainings are long ones: how many are done does not show that anything moves. */
const FEW = 20;

/** A ReactiveController of Lit. */
export class SweepRunner {
  /** @param {import('lit').ReactiveControllerHost} host is drawn anew when something has come */
  constructor(host) {
    this.host = host;
    host.addController(this);
    /** @type {Spec[]} */
    this.specs = [];
    /** @type {(index: number, result: Outcome) => void} */
    this.take = () => {};
    /**
     * Told what trainings under way record, where somebody asks.
     *
     * @type {((index: number, records: import('../race/types.js').Metrics[]) => void) | undefined}
     */
    this.watch = undefined;
    /** What the trainings that are done ended with, by their index. @type {Map<number, Outcome>} */
    this.finished = new Map();
    /** 0 … 1, the parts of trainings under way included. */
    this.fraction = 0;
    this.secondsLeft = Infinity;
    this.problem = '';
    /** Whether what is done is kept for the tab. */
    this.keeps = false;
    /** @type {AbortController | null} */
    this.stop = null;
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
   * Trains these instead of what was trained before.
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
        // What was kept lacks what is wanted now: it is trained anew.
        this.finished.delete(index);
      }
    }
    return this.resume();
  }

  /**
   * The same without beginning, and without keeping what comes.
   *
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

  /** Trains what is missing. */
  async resume() {
    if (this.running || this.complete) return;
    const stop = new AbortController();
    const { finished, take, watch, specs, keeps, done, total } = this;
    // What was under way when it was paused begins anew.
    Object.assign(this, { stop, problem: '', fraction: done / total, secondsLeft: Infinity });
    this.host.requestUpdate();
    const rest = specs.map((_, index) => index).filter((index) => !finished.has(index));
    const pool = createPool();
    // A page that is left is told so last of all by this event.
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
            finished.set(rest[i], { final: result.final, history: result.history });
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
            const before = this.progress;
            this.fraction = (done + fraction * (total - done)) / total;
            this.secondsLeft = secondsLeft;
            // Reports come more often than they have something new to say.
            if (this.progress !== before) this.host.requestUpdate();
          },
        },
      );
    } catch (error) {
      if (!stop.signal.aborted) this.problem = /** @type {Error} */ (error).message;
    } finally {
      pool.dispose();
      removeEventListener('pagehide', keep);
      keep();
      if (this.stop === stop) this.stop = null;
      this.host.requestUpdate();
    }
  }

  hostDisconnected() {
    this.pause();
  }

  /** The progress in words. */
  get progress() {
    const parts = [words('runner.trainings', { done: whole(this.done), total: whole(this.total) })];
    if (this.running && this.total < FEW) parts.push(`${Math.floor(100 * this.fraction)} %`);
    if (this.running && Number.isFinite(this.secondsLeft))
      parts.push(words('runner.left', { seconds: Math.ceil(this.secondsLeft) }));
    return parts.join(', ');
  }

  /** The button, the progress and what is left, for the host's bar. */
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
      ${this.problem === '' ? nothing : html`<span role="alert">${this.problem}</span>`}`;
  }
}

/**
 * @param {number[]} values
 * @param {number} part 0 … 1
 * @returns {number | null} linear between neighbours, as NumPy's quantile; null of nothing
 */
export function quantile(values, part) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low === high ? low : low + (at - Math.floor(at)) * (high - low);
}

/**
 * Places 0 … count - 1, every eighth first, then every fourth, second, all: a coarse picture stands
 * early.
 *
 * @param {number} count
 */
export const coarseFirst = (count) => {
  const stride = (/** @type {number} */ place) => [8, 4, 2, 1].findIndex((step) => place % step === 0);
  return Array.from({ length: count }, (_, place) => place).sort((a, b) => stride(a) - stride(b));
};
