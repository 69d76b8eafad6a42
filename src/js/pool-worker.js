/**
 * The worker of pool.js: opens a lab of its own and trains the experiments of each message, one
 * after the other.
 */
import { expose, transfer } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadLab } from './lab.js';
import { nodeModule } from './node-modules.js';
import { train } from './training.js';

/** @typedef {import('./lab.js').Lab} Lab */
/** @typedef {import('./lab.js').Spec} Spec */
/** @typedef {import('./lab.js').Result} Result */

/**
 * An error as plain data: a cloned Error would lose its own fields.
 *
 * @typedef {{ name: string, message: string, code?: string, field?: string, value?: any, expected?:
 *   import('./types.js').Expected }} PlainError
 */

/**
 * The results of a message: of the specs before the first one that failed, and its error; or of
 * the specs that were trained within the time limit.
 *
 * @typedef {{ outcomes: Result[], error: PlainError | null }} Outcome
 */

/**
 * The part of a MessagePort that is used; programs for Node have no type for it.
 *
 * @typedef {{ postMessage: (message: unknown) => void }} Port
 */

/**
 * @typedef {object} PoolWorker
 * @property {(options: import('./load.js').LoadOptions, reports: Port) => Promise<PlainError |
 *   null>} open opens the lab; the progress of trainings goes to `reports`, as [index, fraction,
 *   records]
 * @property {(specs: Spec[], first: number, seconds: number, records?: boolean) =>
 *   Promise<Outcome>} train starts no training after so many seconds, so that no result waits for a
 *   long one; `first` is the index of specs[0] in the reports, which hold the metrics recorded
 *   since the last report if `records` is true
 * @property {() => Promise<void>} cancel stops the current training at its next pause
 */

/** Milliseconds between two pauses, in which messages (such as cancel) are handled. */
const STRETCH = 30;
const MILLISECONDS_BETWEEN_REPORTS = 100;

/** @type {Promise<Lab> | undefined} */
let lab;
/** @type {Port | undefined} */
let reports;
let stop = new AbortController();

/**
 * @param {unknown} thrown
 * @returns {PlainError}
 */
function packed(thrown) {
  const error = /** @type {PlainError} */ (thrown);
  const { name, message, code, field, value, expected } = error;
  return { name, message, code, field, value, expected };
}

/** Set while the worker waits for its own message. @type {(() => void) | undefined} */
let resume;

/** Returns a port whose messages come back to this worker and resume it. @returns {MessagePort} */
function createEcho() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resume?.();
  return port2;
}

// Not a timer: in browsers it takes at least 4 ms. Not in Node: a port there handles up to a
// thousand of its own messages before those of another port.
const echo = typeof setImmediate === 'function' ? undefined : createEcho();

/** Resolves after waiting messages were handled. @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => {
    if (!echo) {
      setImmediate(resolve);
      return;
    }
    resume = resolve;
    echo.postMessage(null);
  });
}

/**
 * Trains like Lab.run, but with one clock for all trainings of a message: a hundred short ones need
 * one pause.
 *
 * @param {Lab} opened
 * @param {Spec} spec
 * @param {{ paused: number, reported: number }} clock when the worker last paused and last reported
 * @param {(session: import('./lab.js').Session) => void} onProgress
 * @returns {Promise<Result>}
 * @throws {import('./types.js').LabError} for a wrong spec; the signal's reason when cancelled
 */
function trainWithPauses(opened, spec, clock, onProgress) {
  const { signal } = stop;
  return train(opened, spec, { least: STRETCH / 4, most: STRETCH / 2 }, async (session) => {
    const now = performance.now();
    if (now - clock.paused >= STRETCH) {
      await pause();
      clock.paused = performance.now();
      signal.throwIfAborted();
    }
    if (now - clock.reported >= MILLISECONDS_BETWEEN_REPORTS) {
      clock.reported = now;
      onProgress(session);
    }
  });
}

/** @type {PoolWorker} */
const worker = {
  async open(options, port) {
    reports = port;
    lab = loadLab(options);
    return lab.then(() => null, packed);
  },

  async train(specs, first, seconds, records = false) {
    /** @type {Result[]} */
    const outcomes = [];
    /** @type {PlainError | null} */
    let error = null;
    stop = new AbortController();
    try {
      const opened = await /** @type {Promise<Lab>} */ (lab);
      const now = performance.now();
      const clock = { paused: now, reported: now };
      for (const [i, spec] of specs.entries()) {
        let sent = 0;
        const report = (/** @type {import('./lab.js').Session} */ session) => {
          const fresh = records ? session.history().slice(sent) : [];
          sent += fresh.length;
          reports?.postMessage([first + i, session.iteration / session.spec.iterations, fresh]);
        };
        outcomes.push(await trainWithPauses(opened, spec, clock, report));
        if (performance.now() - now >= 1000 * seconds) break;
      }
    } catch (thrown) {
      error = packed(thrown);
    }
    return transfer(
      { outcomes, error },
      outcomes.map(({ parameters }) => /** @type {ArrayBuffer} */ (parameters.buffer)),
    );
  },

  async cancel() {
    stop.abort();
  },
};

const port = typeof Worker === 'function' ? undefined : nodeModule('node:worker_threads')?.parentPort;
expose(worker, port ? nodeEndpoint(port) : undefined);
