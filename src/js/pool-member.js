/** One worker of a pool: how it starts on each engine, and how its errors come back. */
import { transfer, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { dataError, expected, fieldError } from './errors.js';
import { nodeModule } from './node-modules.js';
import { movedWorkerAddress } from './package-files.js';

/** What the worker offers. @typedef {import('./pool-worker.js').PoolWorker} PoolWorker */
/** An error as plain data. @typedef {import('./pool-worker.js').PlainError} PlainError */
/** @typedef {import('./pool.js').PoolOptions} PoolOptions */

/**
 * One worker and its state.
 *
 * @typedef {object} Member
 * @property {PoolWorker} remote
 * @property {Promise<void>} opened resolves when its lab is open
 * @property {Promise<never>} failure rejects when the worker breaks or cannot open a lab
 * @property {(index: number, fraction: number, records: import('./types.js').Metrics[]) => void}
 *   onProgress set by the run that uses the worker
 * @property {boolean} broken
 * @property {() => void} terminate
 */

/** The most workers of a pool: each has a module with memory of its own. */
export const MOST_WORKERS = 256;

/** A variable, because bundlers would otherwise copy the worker's file a second time, unbundled. */
const here = import.meta.url;

/** @param {string | URL} reason */
const stopped = (reason) => dataError(Error, { code: 'worker-stopped', value: String(reason) });

/**
 * Starts a worker of the kind that this engine has.
 *
 * @param {PoolOptions} options
 * @param {(error: Error) => void} onBroken
 */
function startWorker({ workerUrl: givenUrl }, onBroken) {
  const workerUrl = givenUrl ?? movedWorkerAddress();
  if (typeof Worker === 'function') {
    const worker = workerUrl
      ? new Worker(workerUrl, { type: 'module' })
      : new Worker(new URL('./pool-worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('error', ({ message }) => onBroken(stopped(message || workerUrl || 'error')));
    return { endpoint: worker, terminate: () => worker.terminate() };
  }
  const threads = nodeModule('node:worker_threads');
  if (!threads) throw dataError(Error, { code: 'unsupported', expected: expected.rule('no-workers') });
  const address = workerUrl ?? new URL('./pool-worker.js', here);
  // A worker inherits --input-type (node --input-type=module -e …) and does not start with it.
  const { execArgv } = globalThis.process;
  const asText = execArgv.some((option) => option.startsWith('--input-type'));
  const worker = new threads.Worker(new URL(address), asText ? { execArgv: [] } : {});
  worker.on('error', onBroken);
  worker.on('exit', (status) => onBroken(stopped(`exit status ${status}`)));
  return { endpoint: nodeEndpoint(worker), terminate: () => void worker.terminate() };
}

/**
 * Returns an address as absolute text, so that it can be posted and means the same to the worker.
 *
 * @param {'wasmUrl' | 'workerUrl'} field
 * @param {string | URL} url
 * @throws {TypeError} for a relative address where there is no page to complete it
 */
export function absoluteUrl(field, url) {
  try {
    return new URL(url, globalThis.location?.href).href;
  } catch {
    const file = field === 'wasmUrl' ? 'init_lab.wasm' : 'pool-worker.js';
    throw fieldError(field, url, expected.rule('absolute-address', file));
  }
}

/**
 * Checks the address of the worker's program. The address itself stays as the caller wrote it: the
 * engine may complete it by the page's `base`.
 *
 * @param {string | URL} workerUrl
 * @throws {TypeError} for an address from which no worker can start
 */
export function checkWorkerUrl(workerUrl) {
  const address = absoluteUrl('workerUrl', workerUrl);
  if (typeof Worker !== 'function' && !/^(file|data):/.test(address))
    throw fieldError('workerUrl', address, expected.rule('worker-address'));
}

/**
 * Starts a worker and opens a lab in it.
 *
 * @param {PoolOptions} options
 * @returns {Member}
 */
export function createMember(options) {
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
      // An open port would keep Bun alive.
      reports.port1.close();
      terminate();
    },
  };
  return member;
}

/** @type {Record<string, ErrorConstructor>} */
const errorTypes = { RangeError, TypeError };

/**
 * Makes an Error of the plain data that a worker sent.
 *
 * @param {PlainError} plain
 * @returns {Error}
 */
export function revive({ name, message, ...rest }) {
  return Object.assign(new (errorTypes[name] ?? Error)(message), rest);
}
