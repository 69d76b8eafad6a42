/** The worker's side of pool.js: opens a lab of its own and trains what it is sent, one experiment after the other. */
import { expose, transfer } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadLab } from './load.js';
import { nodeModule } from './node-modules.js';

/** @typedef {import('./lab.js').Lab} Lab */
/** @typedef {import('./lab.js').Spec} Spec */
/** @typedef {import('./lab.js').Result} Result */

/**
 * An error as plain data: a cloned Error would lose its own fields on the way.
 *
 * @typedef {{ name: string, message: string, code?: string, field?: string, value?: string, expected?: string }} PlainError
 */

/**
 * What became of a message's specs: the results of those before the first that could not be trained, and its error.
 *
 * @typedef {{ outcomes: Result[], error: PlainError | null }} Outcome
 */

/** @typedef {(index: number, fraction: number) => void} Report */

/**
 * @typedef {object} PoolWorker
 * @property {(options: import('./load.js').LoadOptions, report: Report) => Promise<PlainError | null>} open
 * @property {(specs: Spec[]) => Promise<Outcome>} train
 * @property {() => Promise<void>} cancel stops at the next pause of the training under way
 */

const MILLISECONDS_BETWEEN_REPORTS = 100;

/** @type {Promise<Lab> | undefined} */
let lab;
/** @type {Report} */
let report = () => {};
let stop = new AbortController();

/** @param {unknown} thrown @returns {PlainError} */
function plain(thrown) {
  const error = /** @type {PlainError} */ (thrown);
  const { name, message, code, field, value, expected } = error;
  return { name, message, code, field, value, expected };
}

/** @type {PoolWorker} */
const worker = {
  async open(options, onProgress) {
    report = onProgress;
    lab = loadLab(options);
    return lab.then(() => null, plain);
  },

  async train(specs) {
    /** @type {Result[]} */
    const outcomes = [];
    /** @type {PlainError | null} */
    let error = null;
    stop = new AbortController();
    const { signal } = stop;
    try {
      const opened = await /** @type {Promise<Lab>} */ (lab);
      let last = performance.now();
      for (const [index, spec] of specs.entries()) {
        const total = Math.max(1, spec.iterations ?? 1);
        const onProgress = (/** @type {{ iteration: number, iterations?: number }} */ progress) => {
          if (performance.now() - last < MILLISECONDS_BETWEEN_REPORTS) return;
          last = performance.now();
          report(index, Math.min(1, progress.iteration / (progress.iterations ?? total)));
        };
        outcomes.push(await opened.run(spec, { signal, onProgress }));
      }
    } catch (thrown) {
      error = plain(thrown);
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

const port =
  typeof WorkerGlobalScope === 'function' ? undefined : nodeModule('node:worker_threads')?.parentPort;
expose(worker, port ? nodeEndpoint(port) : undefined);
