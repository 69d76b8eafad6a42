/**
 * Runs one JavaScript peer in a process of its own:
 *
 *   node peer.js NAME JOB PRECISION ITERATIONS SECONDS
 *
 * Prints the costs at iteration 0 and after ITERATIONS, and the time of an iteration in the fastest
 * stretch, in the form of job.hpp.
 */
import { argv } from 'node:process';
import { readJob } from './job.js';

/**
 * @typedef {object} Training
 * @property {(n: number) => void} step n iterations
 * @property {() => number} cost of the current parameters
 */

/**
 * @type {Record<string, () => Promise<{ create(job: import('./job.js').Job, precision: string):
 *   Training | Promise<Training> }>>}
 */
const peers = {
  module: () => import('./peer-module.js'),
  plain: () => import('./peer-plain.js'),
  generated: () => import('./peer-generated.js'),
  'tfjs-cpu': () => import('./peer-tfjs-cpu.js'),
  'tfjs-wasm': () => import('./peer-tfjs-wasm.js'),
};

const [, , name, path, precision, iterations, seconds] = argv;
const { create } = await peers[name]();
const training = await create(readJob(path), precision);
const first = training.cost();
training.step(Number(iterations));
const last = training.cost();

const timeOf = (/** @type {number} */ n) => {
  const start = performance.now();
  training.step(n);
  return performance.now() - start;
};
let n = 1;
while (timeOf(n) < 1 && n < 1 << 20) n *= 2;
const times = [];
for (let spent = 0; spent < Number(seconds) * 1000 || times.length < 5; spent += times[times.length - 1])
  times.push(timeOf(n));
console.log(JSON.stringify({ costs: [first, last], microseconds: (Math.min(...times) / n) * 1000 }));
