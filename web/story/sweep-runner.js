// Many independent trainings for one component: spread over the pool, with progress, pause and going on. Results appear
// as they come; what is trained stays trained.

import { html, nothing } from 'lit';
import { createPool } from '../../src/js/pool.js';

/** @typedef {import('../../src/js/lab.js').Spec} Spec */
/** @typedef {import('../../src/js/lab.js').Result} Result */

/** A ReactiveController of Lit. */
export class SweepRunner {
  /** @param {import('lit').ReactiveControllerHost} host is drawn anew when something has come */
  constructor(host) {
    this.host = host;
    host.addController(this);
    /** @type {Spec[]} */
    this.specs = [];
    /** @type {(index: number, result: Result) => void} */
    this.take = () => {};
    /** Indices of the trainings that are done. @type {Set<number>} */
    this.finished = new Set();
    this.secondsLeft = Infinity;
    this.problem = '';
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

  /** Forgets what was computed and trains these. @param {Spec[]} specs in the order of their importance @param {(index: number, result: Result) => void} take */
  begin(specs, take) {
    this.pause();
    Object.assign(this, { specs, take, finished: new Set(), secondsLeft: Infinity });
    return this.resume();
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
    Object.assign(this, { stop, problem: '' });
    this.host.requestUpdate();
    const { finished, take } = this;
    const rest = this.specs.map((_, index) => index).filter((index) => !finished.has(index));
    const pool = createPool();
    try {
      await pool.run(
        rest.map((index) => this.specs[index]),
        {
          keep: false,
          signal: stop.signal,
          onResult: (i, result) => {
            if (stop.signal.aborted) return;
            finished.add(rest[i]);
            take(rest[i], result);
            this.host.requestUpdate();
          },
          onProgress: ({ secondsLeft }) => {
            this.secondsLeft = secondsLeft;
          },
        },
      );
    } catch (error) {
      if (!stop.signal.aborted) this.problem = /** @type {Error} */ (error).message;
    } finally {
      pool.dispose();
      if (this.stop === stop) this.stop = null;
      this.host.requestUpdate();
    }
  }

  hostDisconnected() {
    this.pause();
  }

  /** The button, the progress and what is left, for the host's bar. */
  bar() {
    const left =
      this.running && Number.isFinite(this.secondsLeft) ? `, ${Math.ceil(this.secondsLeft)} s left` : '';
    return html`${
        this.complete
          ? nothing
          : html`<button type="button" @click=${() => (this.running ? this.pause() : this.resume())}>
                ${this.running ? 'Pause' : this.done === 0 ? 'Start' : 'Go on'}
              </button>
              <progress
                aria-label="Trainings done"
                value=${this.done}
                max=${Math.max(1, this.total)}
              ></progress>`
      }
      <span>${this.total === 0 ? nothing : `${this.done} of ${this.total} trainings${left}`}</span>
      ${this.problem === '' ? nothing : html`<span role="alert">${this.problem}</span>`}`;
  }
}

/** @param {number[]} values @param {number} part 0 … 1 @returns {number | null} linear between neighbours, as NumPy's quantile; null of nothing */
export function quantile(values, part) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low === high ? low : low + (at - Math.floor(at)) * (high - low);
}

/** Places 0 … count - 1, every eighth first, then every fourth, second, all: a coarse picture stands early. @param {number} count */
export const coarseFirst = (count) => {
  const stride = (/** @type {number} */ place) => [8, 4, 2, 1].findIndex((step) => place % step === 0);
  return Array.from({ length: count }, (_, place) => place).sort((a, b) => stride(a) - stride(b));
};
