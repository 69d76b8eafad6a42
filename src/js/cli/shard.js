/**
 * --shard: which part of a sweep this process trains, given as i/n or read from the environment of
 * a scheduler.
 */
import { UsageError } from './exit.js';

/**
 * The environment variables in which a scheduler says which of its tasks this is.
 *
 * @typedef {object} Scheduler
 * @property {string} name
 * @property {string} index the task's number
 * @property {string} [first] the number of the first task
 * @property {string} [last] the number of the last task
 * @property {string} [step] the distance of two numbers
 * @property {string} [count] how many tasks there are
 * @property {number} [base] the number of the first task, for schedulers that do not say
 */

/** @type {Scheduler[]} */
const SCHEDULERS = [
  {
    name: 'Slurm',
    index: 'SLURM_ARRAY_TASK_ID',
    first: 'SLURM_ARRAY_TASK_MIN',
    last: 'SLURM_ARRAY_TASK_MAX',
    step: 'SLURM_ARRAY_TASK_STEP',
    count: 'SLURM_ARRAY_TASK_COUNT',
  },
  {
    name: 'Grid Engine',
    index: 'SGE_TASK_ID',
    first: 'SGE_TASK_FIRST',
    last: 'SGE_TASK_LAST',
    step: 'SGE_TASK_STEPSIZE',
  },
  { name: 'PBS', index: 'PBS_ARRAY_INDEX', base: 1 },
  { name: 'Torque', index: 'PBS_ARRAYID', base: 1 },
  { name: 'Kubernetes', index: 'JOB_COMPLETION_INDEX', base: 0 },
  { name: 'GNU parallel', index: 'PARALLEL_SEQ', base: 1 },
];

const isWhole = (/** @type {string | undefined} */ text) => /^\d+$/.test(text ?? '');

/**
 * Reads the place of this task from the environment.
 *
 * @param {Record<string, string | undefined>} env
 * @param {number | undefined} wanted number of parts that the command line asks for
 * @returns {string} "3/8"
 */
function shardFromEnvironment(env, wanted) {
  // Grid Engine sets its variables to "undefined" outside of an array.
  const present = SCHEDULERS.filter(({ index }) => isWhole(env[index]));
  if (present.length === 0)
    throw new UsageError('no-task', { field: '--shard', names: SCHEDULERS.map(({ index }) => index) });
  if (present.length > 1) {
    const schedulers = present.map(({ name, index }) => `${name} (${index})`).join(' and ');
    throw new UsageError('several-schedulers', { field: '--shard', schedulers });
  }
  const [{ name, index, first, last, step, count, base }] = present;
  const number = (/** @type {string | undefined} */ key, /** @type {number} */ fallback) =>
    key !== undefined && isWhole(env[key]) ? Number(env[key]) : fallback;
  const start = number(first, base ?? NaN);
  const stride = Math.max(1, number(step, 1));
  const spanned = (number(last, NaN) - start) / stride + 1;
  const parts = wanted ?? spanned;
  if (Number.isNaN(parts)) throw new UsageError('unknown-task-count', { field: '--shard', scheduler: name });
  const hasGaps = !Number.isNaN(spanned) && number(count, spanned) !== spanned;
  if (hasGaps || (!Number.isNaN(spanned) && spanned !== parts))
    throw new UsageError('other-task-count', {
      field: '--shard',
      scheduler: name,
      count: number(count, spanned),
      low: start,
      high: env[last ?? ''],
      parts,
    });
  const i = (Number(env[index]) - start) / stride + 1;
  if (!(Number.isInteger(i) && i >= 1 && i <= parts))
    throw new UsageError('task-out-of-range', {
      field: index,
      value: env[index],
      low: start,
      high: start + (parts - 1) * stride,
      parts,
    });
  return `${i}/${parts}`;
}

/**
 * Reads the option --shard.
 *
 * @param {string | undefined} text "3/8", "auto" or "auto/8"
 * @param {Record<string, string | undefined>} env
 * @returns {string | undefined} "3/8"; grid.js checks it
 */
export function readShard(text, env) {
  const auto = /^auto(?:\/(\d+))?$/.exec(text ?? '');
  if (!auto) return text;
  return shardFromEnvironment(env, auto[1] === undefined ? undefined : Number(auto[1]));
}
