// The worker of a page: shares its time between the races and sends their frames.
//
// A frame is followed by as much training as it took, so that deep networks, whose frames take
// long, get on. The frame that shows a pause waits for nothing.

import { expose } from 'comlink';
import { loadLab } from '../../src/js/index.js';
import { problemOf } from './problem.js';
import { SETTLE } from './pictures.js';
import { RaceService } from './service.js';

/** @typedef {import('./service.js').Entry} Entry */

/** Seconds of training at a stretch, so that a click on pause is answered at once. */
const SLICE = 0.007;
/** Milliseconds to sleep where every race is ahead of its pace. */
const IDLE = 4;

const channel = new MessageChannel();
let scheduled = false;

/**
 * Runs `work` after the messages that have arrived. A message is faster than a timer, which
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
 * Runs work for one race. When it fails (most often for want of memory) this race ends, and the
 * others go on.
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
  // A race that has just come to rest says so at once, even beyond its credit.
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
