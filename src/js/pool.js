/**
 * Trains many independent experiments on several workers at once: Web Workers in a page (and in Deno and Bun),
 * worker_threads in Node. The results do not depend on how many workers there are, nor on which one did what.
 *
 * Not for a training that is to be watched or stopped and resumed: that is a session (see lab.js) in one worker.
 */
import { transfer, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { checkRunOptions, fieldError, rangeError } from './errors.js';
import { nodeModule } from './node-modules.js';
import { plain } from './plain.js';

/** @typedef {import('./lab.js').Spec} Spec */
/** @typedef {import('./lab.js').Result} Result */

/**
 * @typedef {object} PoolOptions
 * @property {number} [size] workers, at least 1; default: one for each processor that the machine reports, at most 16
 * @property {string | URL} [wasmUrl] where init_lab.wasm lies, if not where a bundler or npm put it
 * @property {ArrayBuffer | Uint8Array} [wasmBinary] its bytes, instead of an address
 * @property {string | URL} [workerUrl] where pool-worker.js lies, bundled by you; only for bundlers that do not know
 *   `new Worker(new URL(…, import.meta.url))` (Vite and webpack do, esbuild does not)
 */

/**
 * @typedef {object} PoolProgress
 * @property {number} done trainings that are finished
 * @property {number} total trainings asked for
 * @property {number} fraction 0 … 1, the parts of unfinished trainings included
 * @property {number} secondsLeft estimated from the pace so far; Infinity in the first second
 */

/**
 * @typedef {object} PoolRunOptions
 * @property {(index: number, result: Result) => void} [onResult] called once for each spec, as soon as it is done; in the order
 *   of their completion, which depends on the machine
 * @property {(progress: PoolProgress) => void} [onProgress] called after each training and about ten times a second during a long one
 * @property {(index: number, records: import('./types.js').Metrics[]) => void} [onRecords] called about ten times a second
 *   during a long training with what it has recorded since the last call; its result holds all records, too
 * @property {boolean} [keep] false forgets each result after onResult, where there are too many to hold; run() then resolves to
 *   an empty list
 * @property {boolean} [together] false sends every result by itself, as soon as it is there; by default those of trainings
 *   of a few milliseconds come several at a time, which is faster
 * @property {AbortSignal} [signal] stops the trainings; run() then rejects with the signal's reason, as it does with what
 *   onResult, onProgress or onRecords throws
 */

/**
 * @typedef {object} Pool
 * @property {number} size number of workers
 * @property {(specs: readonly Spec[], options?: PoolRunOptions) => Promise<Result[]>} run trains every spec and resolves to the
 *   results in the order of the specs. If a spec cannot be trained, rejects with the error of the first such spec: the same
 *   RangeError or TypeError that the lab throws (code, field, value, expected), and its place among the specs as `index`.
 *   Several calls may be under way; they share the workers.
 * @property {() => void} dispose ends the workers; trainings under way are rejected with an AbortError
 */

/** What the worker offers; see pool-worker.js. @typedef {import('./pool-worker.js').PoolWorker} PoolWorker */
/** An error as it travels. @typedef {import('./pool-worker.js').PlainError} PlainError */

/**
 * One worker, and what it is doing.
 *
 * @typedef {object} Member
 * @property {PoolWorker} remote
 * @property {Promise<void>} opened resolves when its lab is there
 * @property {Promise<never>} failure rejects when the worker breaks, or has no lab
 * @property {(index: number, fraction: number, records: import('./types.js').Metrics[]) => void} onProgress set by whoever has work on it
 * @property {boolean} broken
 * @property {() => void} terminate
 */

const MOST_WORKERS = 16;
/** Small trainings are sent together until a message holds about this much work, as those before it make expect. */
const SECONDS_PER_MESSAGE = 0.05;
const MOST_PER_MESSAGE = 64;

/** @returns {number} processors that may be used at once */
function availableWorkers() {
  const os = nodeModule('node:os');
  const processors = globalThis.navigator?.hardwareConcurrency ?? os?.availableParallelism() ?? 2;
  return Math.max(1, Math.min(processors, MOST_WORKERS));
}

/** Apart from where Node's worker is made: bundlers would copy the file for a second time, unbundled. */
const here = import.meta.url;

/**
 * Starts a worker of whichever kind this engine has.
 *
 * @param {PoolOptions} options
 * @param {(error: Error) => void} onBroken
 */
function startWorker({ workerUrl }, onBroken) {
  if (typeof Worker === 'function') {
    const worker = workerUrl
      ? new Worker(workerUrl, { type: 'module' })
      : new Worker(new URL('./pool-worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('error', (event) =>
      onBroken(new Error(event.message || 'The worker did not start')),
    );
    return { endpoint: worker, terminate: () => worker.terminate() };
  }
  const threads = nodeModule('node:worker_threads');
  if (!threads) throw new Error('A pool needs Web Workers or worker_threads; this engine has neither');
  const address = workerUrl ?? new URL('./pool-worker.js', here);
  // A program given as text (node --input-type=module -e …) would hand that option on, with which no worker starts.
  const { execArgv } = globalThis.process;
  const asText = execArgv.some((option) => option.startsWith('--input-type'));
  const worker = new threads.Worker(new URL(address), asText ? { execArgv: [] } : {});
  worker.on('error', onBroken);
  worker.on('exit', (status) => onBroken(new Error(`A worker ended with status ${status}`)));
  return { endpoint: nodeEndpoint(worker), terminate: () => void worker.terminate() };
}

/**
 * As text, so that it can travel, and absolute, so that it means the same to the worker.
 *
 * @param {'wasmUrl' | 'workerUrl'} field
 * @param {string | URL} url
 * @throws {TypeError} where a page's address would have to complete it and there is none
 */
function absolute(field, url) {
  try {
    return new URL(url, globalThis.location?.href).href;
  } catch {
    const file = field === 'wasmUrl' ? 'init_lab.wasm' : 'pool-worker.js';
    throw fieldError(field, String(url), `an absolute address, such as file:///folder/${file}`);
  }
}

/**
 * The address of a worker's program is left as it is, for the engine to complete, which may do so by a page's `base`.
 *
 * @param {string | URL} workerUrl
 * @throws {TypeError} where no worker could ever start from it
 */
function checkWorkerUrl(workerUrl) {
  const address = absolute('workerUrl', workerUrl);
  if (typeof Worker !== 'function' && !/^(file|data):/.test(address))
    throw fieldError('workerUrl', address, 'the address of a file, such as file:///folder/pool-worker.js');
}

/**
 * @param {PoolOptions} options
 * @returns {Member}
 */
function createMember(options) {
  const { wasmUrl, wasmBinary } = options;
  /** @type {(error: Error) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => (member.broken = true));
  const { endpoint, terminate } = startWorker(options, (error) => fail(error));
  const remote = /** @type {PoolWorker} */ (/** @type {unknown} */ (wrap(endpoint)));
  const reports = new MessageChannel();
  reports.port1.onmessage = ({ data }) =>
    member.onProgress(.../** @type {Parameters<Member['onProgress']>} */ (data));
  const opened = remote
    .open({ wasmUrl, wasmBinary }, transfer(reports.port2, [reports.port2]))
    .then((error) => {
      if (error) throw revive(error);
    });
  opened.catch(fail);
  /** @type {Member} */
  const member = {
    remote,
    opened,
    failure,
    onProgress: () => {},
    broken: false,
    terminate() {
      // Bun would wait for it for ever.
      reports.port1.close();
      terminate();
    },
  };
  return member;
}

/** @type {Record<string, ErrorConstructor>} */
const errorTypes = { RangeError, TypeError };

/**
 * The error that a worker sent, as the lab threw it there.
 *
 * @param {PlainError} plain
 * @returns {Error}
 */
function revive({ name, message, ...rest }) {
  return Object.assign(new (errorTypes[name] ?? Error)(message), rest);
}

const aborted = () => new DOMException('The pool was disposed of', 'AbortError');

/**
 * Makes a pool. The workers start with the first run and stay until dispose(); in Node they keep the process alive.
 *
 * @param {PoolOptions} [options]
 * @returns {Pool}
 * @throws {RangeError} unless size is a whole number, at least 1
 * @throws {TypeError} for a wasmUrl or workerUrl that is no address
 * @example
 * const pool = createPool({ size: 4 });
 * const results = await pool.run([0.01, 0.1, 1].map((std) => ({ init: { name: 'normal', std } })));
 * pool.dispose();
 */
export function createPool(options = {}) {
  const size = options.size ?? availableWorkers();
  if (!Number.isInteger(size) || size < 1) throw rangeError('size', size, 'a whole number, at least 1');
  const { wasmUrl, workerUrl } = options;
  if (workerUrl !== undefined) checkWorkerUrl(workerUrl);
  const settled = { ...options, wasmUrl: wasmUrl === undefined ? undefined : absolute('wasmUrl', wasmUrl) };
  /** @type {Set<Member>} */
  const members = new Set();
  /** @type {Member[]} */
  const idle = [];
  /** @type {((member: Member | null) => void)[]} */
  const waiting = [];
  const disposal = new AbortController();

  /** A worker with nothing to do; null once the pool is disposed of. @returns {Promise<Member | null>} */
  function acquire() {
    if (disposal.signal.aborted) return Promise.resolve(null);
    const free = idle.pop();
    if (free) return Promise.resolve(free);
    if (members.size < size) {
      const member = createMember(settled);
      members.add(member);
      return Promise.resolve(member);
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** @param {Member} member */
  function release(member) {
    member.onProgress = () => {};
    if (member.broken) {
      member.terminate();
      members.delete(member);
      // Whoever waits for it gets a new one.
      const next = waiting.shift();
      if (next) acquire().then(next);
      return;
    }
    const next = waiting.shift();
    if (next) next(member);
    else idle.push(member);
  }

  /** @type {Pool['run']} */
  async function run(specs, { onResult, onProgress, onRecords, keep = true, together = true, signal } = {}) {
    if (!Array.isArray(specs)) throw fieldError('specs', specs, 'an array of experiments');
    checkRunOptions(signal, { onResult, onProgress, onRecords });
    signal?.throwIfAborted();
    if (disposal.signal.aborted) throw aborted();
    const total = specs.length;
    /** @type {Result[]} */
    const results = [];
    /** @type {Set<number>} */
    const finished = new Set();
    /** Fractions done of the trainings under way. @type {Map<number, number>} */
    const parts = new Map();
    /** Workers that have work of this run. @type {Set<Member>} */
    const mine = new Set();
    /** Stretches of specs that no worker has, [from, to) each; the last is taken from first. @type {[number, number][]} */
    const open = total > 0 ? [[0, total]] : [];
    let done = 0;
    let busySeconds = 0;
    /** @type {{ index: number, error: Error } | null} */
    let first = null;
    /** Nothing is begun or told of any more. */
    let halted = false;
    const start = performance.now();

    const report = () => {
      if (!onProgress) return;
      const whole = done + [...parts.values()].reduce((sum, part) => sum + part, 0);
      const seconds = (performance.now() - start) / 1000;
      const secondsLeft = whole > 0 && seconds > 1 ? (seconds / whole) * (total - whole) : Infinity;
      onProgress({ done, total, fraction: total > 0 ? whole / total : 1, secondsLeft });
    };

    /** @param {number} index @param {Error} error */
    const failed = (index, error) => {
      if (first === null || index < first.index) first = { index, error: Object.assign(error, { index }) };
      narrow();
    };

    /** Once a spec has failed only those before it are still wanted, for one of them may be the first that fails. */
    const narrow = () => {
      if (first === null) return;
      for (let i = open.length - 1; i >= 0; i -= 1) {
        open[i][1] = Math.min(open[i][1], first.index);
        if (open[i][0] >= open[i][1]) open.splice(i, 1);
      }
    };

    /** Whether a message was not sent for one of its specs. @param {number} from @param {number} to */
    const failedToTravel = (from, to) => {
      for (let i = from; i < to; i += 1) {
        try {
          plain(specs[i], 'spec');
        } catch (error) {
          failed(i, /** @type {Error} */ (error));
          giveBack(from, i);
          return true;
        }
      }
      return false;
    };

    const secondsPerMessage = together ? SECONDS_PER_MESSAGE : 0;

    const wanted = () => open.length > 0 && !halted;

    const batchSize = () => {
      if (done === 0 || !together) return 1;
      const affordable = Math.floor((secondsPerMessage * done) / busySeconds);
      const untaken = open.reduce((sum, [from, to]) => sum + to - from, 0);
      const fair = Math.ceil(untaken / (2 * size));
      return Math.max(1, Math.min(affordable, fair, MOST_PER_MESSAGE));
    };

    /** A message's worth of specs. @returns {[from: number, to: number]} */
    const take = () => {
      const stretch = open[open.length - 1];
      const from = stretch[0];
      const to = Math.min(from + batchSize(), stretch[1]);
      stretch[0] = to;
      if (to === stretch[1]) open.pop();
      return [from, to];
    };

    /** What a worker did not come to, as its trainings took longer than those before. @param {number} from @param {number} to */
    const giveBack = (from, to) => {
      if (from === to) return;
      open.push([from, to]);
      narrow();
    };

    /** Lets a worker train specs and takes in what comes back. @param {Member} member @param {number} from @param {number} to */
    const work = async (member, from, to) => {
      member.onProgress = (index, fraction, records) => {
        // Reports and results travel apart: one may still be on its way when its training is done.
        if (halted || index < from || finished.has(index)) return;
        parts.set(index, fraction);
        try {
          if (records.length > 0) onRecords?.(index, records);
          report();
        } catch (thrown) {
          halt(thrown);
        }
      };
      const began = performance.now();
      const { outcomes, error } = await Promise.race([
        // Nothing that was called off while the worker still opened its lab is begun there.
        member.opened.then(() =>
          halted
            ? { outcomes: [], error: null }
            : member.remote.train(specs.slice(from, to), from, secondsPerMessage, onRecords !== undefined),
        ),
        member.failure,
      ]);
      busySeconds += (performance.now() - began) / 1000;
      if (halted) return;
      for (let i = from; i < to; i += 1) parts.delete(i);
      for (const [i, result] of outcomes.entries()) {
        if (keep) results[from + i] = result;
        finished.add(from + i);
        done += 1;
        try {
          onResult?.(from + i, result);
        } catch (thrown) {
          // Not to be taken for a message that was not sent: these are trained.
          halt(thrown);
          return;
        }
      }
      if (error) failed(from + outcomes.length, revive(error));
      else giveBack(from + outcomes.length, to);
      report();
    };

    // One strand for each worker that can be of use; each takes the next specs until none are left.
    const strand = async () => {
      while (wanted()) {
        const member = await acquire();
        if (member === null) return;
        mine.add(member);
        if (wanted()) {
          const [from, to] = take();
          try {
            await work(member, from, to);
          } catch (thrown) {
            if (!failedToTravel(from, to)) halt(thrown);
          }
        }
        mine.delete(member);
        release(member);
      }
    };

    /** Ends the run before its time. @type {(reason: unknown) => void} */
    let halt = () => {};
    const interruption = new Promise((_, reject) => {
      halt = (reason) => {
        halted = true;
        for (const member of mine) void member.remote.cancel();
        reject(reason);
      };
    });
    const onAbort = () => halt(signal?.aborted ? signal.reason : aborted());
    signal?.addEventListener('abort', onAbort, { once: true });
    disposal.signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([Promise.all(Array.from({ length: Math.min(size, total) }, strand)), interruption]);
    } finally {
      halted = true;
      signal?.removeEventListener('abort', onAbort);
      disposal.signal.removeEventListener('abort', onAbort);
    }
    if (first !== null) throw /** @type {{ error: Error }} */ (first).error;
    return results;
  }

  return {
    size,
    run,
    dispose() {
      disposal.abort();
      for (const member of members) member.terminate();
      members.clear();
      idle.length = 0;
      for (const resolve of waiting.splice(0)) resolve(null);
    },
  };
}
