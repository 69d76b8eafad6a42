// The page's only worker: starts it, calls it, notices when it stops answering, and restarts it.

import { wrap } from 'comlink';
import { LabProblem } from './problem.js';
import { startWorker } from './start-worker.js';

/** @typedef {import('comlink').Remote<import('./service.js').RaceService>} Service */
/** @typedef {import('./types.js').WorkerMessage} WorkerMessage */

/** Milliseconds between two pings. */
const PING_EVERY = 1000;
/** Milliseconds without an answer until the page names what it is waiting for. */
const SILENT_AFTER = 5000;
/**
 * A check that is this late was delayed by a frozen or hidden page, so the worker gets more time.
 */
const FROZEN = 3 * PING_EVERY;
/**
 * Milliseconds to wait for the browser's report of a policy violation, which is a separate event
 * from the worker's error.
 */
const POLICY_REPORT = 50;

/**
 * The part that a page waits for: the worker's script, the WebAssembly module, or an answer of a
 * worker that has answered before.
 * @typedef {'script' | 'module' | 'answer'} Waiting
 */

/**
 * Events: `message` (detail: WorkerMessage), `waiting` when `waiting` has changed, `dead` when the
 * worker has stopped for good (detail: LabProblem), `restart` when a new worker has replaced the
 * old one.
 */
export class Engine extends EventTarget {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Service | null} */
  #service = null;
  /** Functions that reject the unanswered questions. @type {Set<(error: Error) => void>} */
  #unanswered = new Set();
  /** @type {LabProblem | null} */
  #dead = null;
  /** @type {Waiting | null} */
  #waiting = null;
  #started = false;
  #loaded = false;
  /** When the oldest unanswered ping was sent, null when all are answered. @type {number | null} */
  #pingedAt = null;
  #startedAt = 0;
  #checkedAt = 0;
  /** The directive of the page's policy that was violated last. @type {string | null} */
  #breach = null;
  /** @type {Promise<import('./types.js').Catalogue>} */
  catalogue = /** @type {any} */ (undefined);

  constructor() {
    super();
    globalThis.document?.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      this.#breach = effectiveDirective;
    });
    this.#start();
    setInterval(() => this.#check(), PING_EVERY);
  }

  /** Why the worker no longer answers, null while it does. */
  get dead() {
    return this.#dead;
  }

  /** The part that has not answered for some seconds, null if none. */
  get waiting() {
    return this.#waiting;
  }

  /**
   * @template T
   * @param {(service: Service) => Promise<T>} question
   * @returns {Promise<T>} rejects with a LabProblem
   */
  ask(question) {
    if (this.#dead !== null) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#unanswered.add(reject);
      question(/** @type {Service} */ (this.#service))
        .then(resolve, (problem) => reject(problem instanceof Error ? problem : new LabProblem(problem)))
        .finally(() => this.#unanswered.delete(reject));
    });
  }

  /**
   * Sends a command and ignores its answer.
   * @param {(service: Service) => Promise<unknown>} command
   */
  send(command) {
    if (this.#dead === null) command(/** @type {Service} */ (this.#service)).catch(() => {});
  }

  /** Replaces the worker with a new one, which has no races. */
  restart() {
    this.#worker?.terminate();
    this.#reject(new LabProblem({ code: 'restarted', message: 'the worker was restarted' }));
    this.#start();
    this.dispatchEvent(new Event('restart'));
  }

  #start() {
    this.#dead = null;
    this.#breach = null;
    this.#started = false;
    this.#loaded = false;
    this.#pingedAt = null;
    this.#startedAt = performance.now();
    this.#checkedAt = this.#startedAt;
    this.#setWaiting(null);
    try {
      const { worker, address } = startWorker();
      this.#worker = worker;
      this.#service = wrap(worker);
      worker.addEventListener('message', (event) => this.#receive(event.data));
      worker.addEventListener('error', (event) => {
        if (worker === this.#worker) this.#fail(event, address);
      });
    } catch (error) {
      this.#die({ code: 'no-worker', message: /** @type {Error} */ (error).message });
    }
    this.catalogue = this.ask((service) => service.catalogue());
    this.catalogue.then(
      () => (this.#loaded = true),
      () => (this.#loaded = true),
    );
    this.#ping();
  }

  /** @param {any} data a message of the worker; Comlink handles its own messages */
  #receive(data) {
    if (data?.type !== 'frame' && data?.type !== 'failed') return;
    this.#answered();
    this.dispatchEvent(new CustomEvent('message', { detail: /** @type {WorkerMessage} */ (data) }));
  }

  /**
   * @param {ErrorEvent} event has a message if the script threw an error, and none if it could not
   *   be loaded
   * @param {string} address of the script
   */
  #fail({ message }, address) {
    if (message) {
      this.#die({ code: 'worker-stopped', message, value: message });
      return;
    }
    const worker = this.#worker;
    setTimeout(() => {
      if (worker !== this.#worker) return;
      if (this.#breach !== null)
        this.#die({ code: 'worker-blocked', message: `blocked by ${this.#breach}`, value: this.#breach });
      else this.#die({ code: 'worker-missing', message: `could not load ${address}`, value: address });
    }, POLICY_REPORT);
  }

  /** @param {import('./types.js').Problem} problem */
  #die(problem) {
    this.#dead = new LabProblem(problem);
    this.#setWaiting(null);
    this.#reject(this.#dead);
    this.dispatchEvent(new CustomEvent('dead', { detail: this.#dead }));
  }

  /** @param {LabProblem} error */
  #reject(error) {
    for (const reject of this.#unanswered) reject(error);
    this.#unanswered.clear();
  }

  #ping() {
    if (this.#dead !== null || this.#pingedAt !== null) return;
    this.#pingedAt = performance.now();
    const service = this.#service;
    this.ask((asked) => asked.ping()).then(
      () => {
        if (service !== this.#service) return;
        this.#started = true;
        this.#answered();
      },
      () => {},
    );
  }

  #answered() {
    this.#pingedAt = null;
    if (this.#waiting !== 'module' || this.#loaded) this.#setWaiting(null);
  }

  #check() {
    const now = performance.now();
    if (now - this.#checkedAt > FROZEN) {
      // The page was frozen: measure the silence from now on.
      this.#startedAt = now;
      if (this.#pingedAt !== null) this.#pingedAt = now;
    }
    this.#checkedAt = now;
    if (this.#dead !== null) return;
    if (this.#pingedAt !== null && now - this.#pingedAt > SILENT_AFTER)
      this.#setWaiting(this.#started ? 'answer' : 'script');
    else if (!this.#loaded && now - this.#startedAt > SILENT_AFTER) this.#setWaiting('module');
    else if (this.#loaded && this.#pingedAt === null) this.#setWaiting(null);
    this.#ping();
  }

  /** @param {Waiting | null} waiting */
  #setWaiting(waiting) {
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.dispatchEvent(new Event('waiting'));
  }
}
