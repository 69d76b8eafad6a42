// The worker of a page: shares its time between the races and sends their frames.
//
// After a frame, a race trains for as long as the frame took to make, so that deep networks with
// slow frames make progress. The frame that shows a pause is sent without delay.

import { expose } from 'comlink';
import { loadLab } from '../../src/js/index.js';
import { problemOf } from './problem.js';
import { SETTLE } from './frames.js';
import { RaceService } from './service.js';

/** @typedef {import('./service.js').Entry} Entry */

/** Seconds of training between two messages, so that a click on pause is handled at once. */
const SLICE = 0.007;
/** Milliseconds to sleep when every race is ahead of its pace. */
const IDLE = 4;

const channel = new MessageChannel();
let scheduled = false;

/**
 * Runs the loop after the messages that have arrived. A message is faster than a timer, which
 * browsers delay by 4 ms.
 */
function schedule() {
  if (scheduled) return;
  scheduled = true;
  channel.port2.postMessage(null);
}

const service = new RaceService(loadLab(), schedule);

/**
 * @param {import('./types.js').WorkerMessage} message
 * @param {Transferable[]} [transfer]
 */
const post = (message, transfer = []) => /** @type {any} */ (self).postMessage(message, transfer);

/**
 * Does the work of one race. If it fails (usually for lack of memory), this race ends and the
 * others continue.
 * @param {number} race
 * @param {() => void} work
 */
function attempt(race, work) {
  try {
    work();
  } catch (error) {
    service.races.get(race)?.core.dispose();
    service.races.delete(race);
    post({ type: 'failed', race, problem: problemOf(error) });
  }
}

/**
 * @param {number} race
 * @param {Entry} entry
 */
function sendFrame(race, entry) {
  const { core, credit, due } = entry;
  const start = performance.now();
  const { pending, arriving } = core.pictures;
  // Send the frame of a race that has just stopped at once, even without credit.
  if (!pending || !(arriving || (credit > 0 && (start >= due || !core.busy)))) return;
  const { frame, transfer } = core.frame();
  const end = performance.now();
  entry.due = end + (end - start);
  entry.credit -= 1;
  post({ type: 'frame', race, frame }, transfer);
}

channel.port1.onmessage = () => {
  scheduled = false;
  const busy = [...service.races].filter(([, { core }]) => core.busy);
  for (const [race, { core }] of busy) attempt(race, () => core.work(SLICE / busy.length));
  for (const [race, entry] of service.races) attempt(race, () => sendFrame(race, entry));
  const cores = [...service.races.values()].map(({ core }) => core);
  if (cores.some(({ pictures }) => pictures.settling)) setTimeout(schedule, SETTLE);
  if (!cores.some((core) => core.busy)) return;
  if (busy.every(([, { core }]) => core.idling)) setTimeout(schedule, IDLE);
  else schedule();
};

expose(service);
