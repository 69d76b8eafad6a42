/**
 * One call of pool.run: hands specs to workers, collects results and progress, and ends early on an
 * error.
 */
import { plain } from './plain.js';
import { revive } from './pool-member.js';
import { SpecQueue } from './pool-queue.js';

/** @typedef {import('./types.js').Spec} Spec */
/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./pool.js').PoolRunOptions} PoolRunOptions */
/** @typedef {import('./pool-member.js').Member} Member */

/**
 * The pool's workers, as a run uses them.
 *
 * @typedef {object} Workers
 * @property {number} size
 * @property {() => Promise<Member | null>} acquire resolves to null once the pool is disposed of
 * @property {(member: Member) => void} release
 */

/**
 * Small trainings share a message until it holds about this much work, estimated from those before.
 */
const SECONDS_PER_MESSAGE = 0.05;
const MOST_PER_MESSAGE = 64;

export class PoolRun {
  #specs;
  #options;
  #workers;
  #queue;
  #started = performance.now();
  /** In the order of the specs. @type {Result[]} */
  #results = [];
  /** Indices of specs that are trained. @type {Set<number>} */
  #finished = new Set();
  /** Fractions done of the trainings in progress, by index. @type {Map<number, number>} */
  #fractions = new Map();
  /** Workers that train for this run now. @type {Set<Member>} */
  #busy = new Set();
  #busySeconds = 0;
  /** @type {{ index: number, error: Error } | null} */
  #firstFailure = null;
  /** True once the run has been aborted or has failed: nothing more is started or reported. */
  #halted = false;
  /** @type {(reason: unknown) => void} */
  #reject = () => {};

  /**
   * @param {readonly Spec[]} specs
   * @param {PoolRunOptions} options
   * @param {Workers} workers
   */
  constructor(specs, options, workers) {
    this.#specs = specs;
    this.#options = options;
    this.#workers = workers;
    this.#queue = new SpecQueue(specs.length);
  }

  /**
   * Trains every spec.
   *
   * @returns {Promise<Result[]>} in the order of the specs
   * @throws {Error} of the first spec that cannot be trained, with its place as `index`; or the
   *   reason of halt()
   */
  async train() {
    const interruption = new Promise((_, reject) => (this.#reject = reject));
    const strands = Math.min(this.#workers.size, this.#specs.length);
    try {
      await Promise.race([Promise.all(Array.from({ length: strands }, () => this.#strand())), interruption]);
    } finally {
      this.#halted = true;
    }
    if (this.#firstFailure !== null) throw this.#firstFailure.error;
    return this.#results;
  }

  /**
   * Ends the run early.
   *
   * @param {unknown} reason train() rejects with it
   */
  halt(reason) {
    this.#halted = true;
    for (const member of this.#busy) void member.remote.cancel();
    this.#reject(reason);
  }

  get #hasWork() {
    return this.#queue.length > 0 && !this.#halted;
  }

  /** Uses one worker at a time until no spec is left. */
  async #strand() {
    while (this.#hasWork) {
      const member = await this.#workers.acquire();
      if (member === null) return;
      this.#busy.add(member);
      if (this.#hasWork) {
        const [from, to] = this.#queue.take(this.#messageLength());
        try {
          await this.#trainOn(member, from, to);
        } catch (thrown) {
          if (!this.#rejectUncloneable(from, to)) this.halt(thrown);
        }
      }
      this.#busy.delete(member);
      this.#workers.release(member);
    }
  }

  /** How many specs the next message carries. */
  #messageLength() {
    const done = this.#finished.size;
    if (done === 0 || this.#options.together === false) return 1;
    const affordable = Math.floor((SECONDS_PER_MESSAGE * done) / this.#busySeconds);
    const fair = Math.ceil(this.#queue.length / (2 * this.#workers.size));
    return Math.max(1, Math.min(affordable, fair, MOST_PER_MESSAGE));
  }

  /**
   * Lets a worker train the specs from `from` to `to` and takes in the results.
   *
   * @param {Member} member
   * @param {number} from
   * @param {number} to
   */
  async #trainOn(member, from, to) {
    const { together = true, onRecords } = this.#options;
    const seconds = together ? SECONDS_PER_MESSAGE : 0;
    member.onProgress = (index, fraction, records) => {
      // Reports travel on a port of their own and can arrive after the training's result.
      if (this.#halted || index < from || this.#finished.has(index)) return;
      this.#fractions.set(index, fraction);
      this.#callBack(() => {
        if (records.length > 0) onRecords?.(index, records);
        this.#reportProgress();
      });
    };
    const began = performance.now();
    const outcome = await Promise.race([
      member.opened.then(() =>
        // The run may have been halted while the worker opened its lab.
        this.#halted
          ? null
          : member.remote.train(this.#specs.slice(from, to), from, seconds, onRecords !== undefined),
      ),
      member.failure,
    ]);
    this.#busySeconds += (performance.now() - began) / 1000;
    if (this.#halted || outcome === null) return;
    const { outcomes, error } = outcome;
    for (let i = from; i < to; i += 1) this.#fractions.delete(i);
    for (const [i, result] of outcomes.entries()) if (!this.#takeResult(from + i, result)) return;
    const next = from + outcomes.length;
    if (error) this.#fail(next, revive(error));
    else this.#queue.putBack(next, to);
    this.#reportProgress();
  }

  /**
   * @param {number} index
   * @param {Result} result
   * @returns {boolean} whether the run goes on
   */
  #takeResult(index, result) {
    const { keep = true, onResult } = this.#options;
    if (keep) this.#results[index] = result;
    this.#finished.add(index);
    return this.#callBack(() => onResult?.(index, result));
  }

  /**
   * Calls the caller's functions; what they throw ends the run. Caught here because #strand would
   * take it for a message that could not be posted.
   *
   * @param {() => void} work
   * @returns {boolean} whether the run goes on
   */
  #callBack(work) {
    try {
      work();
      return true;
    } catch (thrown) {
      this.halt(thrown);
      return false;
    }
  }

  #reportProgress() {
    const { onProgress } = this.#options;
    if (!onProgress) return;
    const total = this.#specs.length;
    const done = this.#finished.size;
    const trained = [...this.#fractions.values()].reduce((sum, fraction) => sum + fraction, done);
    const seconds = (performance.now() - this.#started) / 1000;
    const secondsLeft = trained > 0 && seconds > 1 ? (seconds / trained) * (total - trained) : Infinity;
    onProgress({ done, total, fraction: total > 0 ? trained / total : 1, secondsLeft });
  }

  /**
   * Notes the error of a spec. Only the specs before it stay in the queue: one of them may be the
   * first that fails.
   *
   * @param {number} index
   * @param {Error} error
   */
  #fail(index, error) {
    if (this.#firstFailure === null || index < this.#firstFailure.index)
      this.#firstFailure = { index, error: Object.assign(error, { index }) };
    this.#queue.dropFrom(this.#firstFailure.index);
  }

  /**
   * Finds the spec that could not be cloned for postMessage, if any, and notes its error.
   *
   * @param {number} from
   * @param {number} to
   * @returns {boolean} whether there is one
   */
  #rejectUncloneable(from, to) {
    for (let i = from; i < to; i += 1) {
      try {
        plain(this.#specs[i], 'spec');
      } catch (error) {
        this.#fail(i, /** @type {Error} */ (error));
        this.#queue.putBack(from, i);
        return true;
      }
    }
    return false;
  }
}
