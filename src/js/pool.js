/**
 * Trains many independent experiments on several workers at once: Web Workers in a page (and in
 * Deno and Bun), worker_threads in Node. The results depend neither on the number of workers nor on
 * which worker trains which experiment.
 *
 * To watch, stop or resume a single training use a session instead (lab.js).
 */
import { checkRunOptions, expected, fieldError, isArray, rangeError } from './errors.js';
import { nodeModule } from './node-modules.js';
import { MOST_WORKERS, absoluteUrl, checkWorkerUrl, createMember } from './pool-member.js';
import { optionsOf, plain } from './plain.js';
import { PoolRun } from './pool-run.js';

/** @typedef {import('./lab.js').Spec} Spec */
/** @typedef {import('./lab.js').Result} Result */
/** @typedef {import('./pool-member.js').Member} Member */

/**
 * @typedef {object} PoolOptions
 * @property {number} [size] workers, 1 … 256; default: one for each processor that the machine
 *   reports, at most 16
 * @property {string | URL} [wasmUrl] where init_lab.wasm lies, if not where a bundler or npm put it
 * @property {ArrayBuffer | Uint8Array} [wasmBinary] its bytes, instead of an address
 * @property {string | URL} [workerUrl] where pool-worker.js lies, bundled by you; only for bundlers
 *   that do not support `new Worker(new URL(…, import.meta.url))` (Vite, webpack and Parcel do,
 *   esbuild and Rollup do not)
 */

/**
 * @typedef {object} PoolProgress
 * @property {number} done finished trainings
 * @property {number} total trainings of this run
 * @property {number} fraction 0 … 1, the parts of unfinished trainings included
 * @property {number} secondsLeft estimated from the pace so far; Infinity in the first second
 */

/**
 * @typedef {object} PoolRunOptions
 * @property {(index: number, result: Result) => void} [onResult] called once for each spec, as soon
 *   as it is trained; in the order of completion, which depends on the machine
 * @property {(progress: PoolProgress) => void} [onProgress] called after each training and about
 *   ten times a second during a long one
 * @property {(index: number, records: import('./types.js').Metrics[]) => void} [onRecords] called
 *   about ten times a second during a long training with the metrics recorded since the last call;
 *   the result holds all of them, too
 * @property {boolean} [keep] false forgets each result after onResult, for runs with too many
 *   results to hold; run() then resolves to an empty list
 * @property {boolean} [together] false sends every result by itself, at once; by default the
 *   results of short trainings (a few milliseconds) are sent several at a time, which is faster
 * @property {AbortSignal} [signal] stops the trainings; run() then rejects with the signal's
 *   reason, as it does with what onResult, onProgress or onRecords throws
 */

/**
 * @typedef {object} Pool
 * @property {number} size number of workers
 * @property {(specs: readonly Spec[], options?: PoolRunOptions) => Promise<Result[]>} run trains
 *   every spec and resolves to the results in the order of the specs. If a spec cannot be trained,
 *   rejects with the error of the first such spec: the RangeError or TypeError that the lab throws
 *   (code, field, value, expected), with its place among the specs as `index`. Several calls may be
 *   in progress; they share the workers.
 * @property {() => void} dispose ends the workers; trainings in progress are rejected with an
 *   AbortError
 */

const MOST_BY_DEFAULT = 16;

/** @returns {number} processors that may be used at once */
function availableWorkers() {
  const os = nodeModule('node:os');
  const processors = globalThis.navigator?.hardwareConcurrency ?? os?.availableParallelism() ?? 2;
  return Math.max(1, Math.min(processors, MOST_BY_DEFAULT));
}

const RUN_OPTIONS = /** @type {const} */ ([
  'onResult',
  'onProgress',
  'onRecords',
  'keep',
  'together',
  'signal',
]);

const disposedError = () => new DOMException('The pool was disposed of', 'AbortError');

/**
 * Makes a pool. The workers start with the first run and stay until dispose(); in Node they keep
 * the process alive.
 *
 * @param {PoolOptions} [options]
 * @returns {Pool & Disposable} `using pool = createPool()` disposes of it
 * @throws {RangeError} unless size is a whole number, 1 … 256
 * @throws {TypeError} for a wasmUrl or workerUrl that is not an address
 * @example
 * const pool = createPool({ size: 4 });
 * const results = await pool.run([0.01, 0.1, 1].map((std) => ({ init: { name: 'normal', std } })));
 * pool.dispose();
 */
export function createPool(options) {
  const given = optionsOf(options, ['size', 'wasmUrl', 'wasmBinary', 'workerUrl']);
  const { wasmUrl, workerUrl } = given;
  const size = given.size ?? availableWorkers();
  if (!Number.isInteger(size) || size < 1 || size > MOST_WORKERS)
    throw rangeError('size', size, expected.integer(1, MOST_WORKERS));
  if (workerUrl !== undefined) checkWorkerUrl(workerUrl);
  const memberOptions = {
    ...given,
    // Every worker gets a copy of its own.
    wasmBinary: plain(given.wasmBinary, 'wasmBinary'),
    wasmUrl: wasmUrl === undefined ? undefined : absoluteUrl('wasmUrl', wasmUrl),
  };
  /** @type {Set<Member>} */
  const members = new Set();
  /** @type {Member[]} */
  const idle = [];
  /** Callers that wait for a worker. @type {((member: Member | null) => void)[]} */
  const waiting = [];
  const disposal = new AbortController();

  /**
   * Returns an idle worker, or null once the pool is disposed of.
   *
   * @returns {Promise<Member | null>}
   */
  function acquire() {
    if (disposal.signal.aborted) return Promise.resolve(null);
    for (let free = idle.pop(); free; free = idle.pop()) {
      if (!free.broken) return Promise.resolve(free);
      // It has failed while it was idle.
      discard(free);
    }
    if (members.size < size) {
      const member = createMember(memberOptions);
      members.add(member);
      return Promise.resolve(member);
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** @param {Member} member */
  function discard(member) {
    member.terminate();
    members.delete(member);
  }

  /** @param {Member} member */
  function release(member) {
    member.onProgress = () => {};
    const next = waiting.shift();
    if (member.broken) {
      discard(member);
      // The next caller gets a new worker instead.
      if (next) acquire().then(next);
    } else if (next) next(member);
    else idle.push(member);
  }

  /** @type {Pool['run']} */
  async function run(specs, runOptions) {
    const chosen = optionsOf(runOptions, [...RUN_OPTIONS]);
    const { signal, onResult, onProgress, onRecords } = chosen;
    if (!isArray(specs)) throw fieldError('specs', specs, expected.type('array'));
    checkRunOptions(signal, { onResult, onProgress, onRecords });
    signal?.throwIfAborted();
    if (disposal.signal.aborted) throw disposedError();
    // A copy, as the caller may change the list meanwhile.
    const poolRun = new PoolRun([...specs], chosen, { size, acquire, release });
    const onAbort = () => poolRun.halt(signal?.aborted ? signal.reason : disposedError());
    const signals = [disposal.signal, ...(signal ? [signal] : [])];
    for (const each of signals) each.addEventListener('abort', onAbort, { once: true });
    try {
      return await poolRun.train();
    } finally {
      for (const each of signals) each.removeEventListener('abort', onAbort);
    }
  }

  function dispose() {
    disposal.abort();
    for (const member of members) member.terminate();
    members.clear();
    idle.length = 0;
    for (const resolve of waiting.splice(0)) resolve(null);
  }

  return { size, run, dispose, [Symbol.dispose]: dispose };
}
