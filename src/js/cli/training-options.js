/** Options and helpers that several commands share, and a pool that Ctrl-C interrupts. */
import { InvalidArgumentError, Option } from 'commander';
import { MOST_WORKERS } from '../pool-member.js';
import { createPool } from '../pool.js';
import { createProgress } from './progress.js';
import { usageSentence } from './usage-sentences.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../pool.js').Pool} Pool */
/** @typedef {import('../pool.js').PoolProgress} PoolProgress */

/** @typedef {{ workers?: number, progress?: boolean }} TrainingOptions */

/**
 * What the work of withPool gets.
 *
 * @typedef {object} PoolTools
 * @property {Pool} pool
 * @property {AbortSignal} signal aborted by Ctrl-C
 * @property {() => void} stop aborts the signal
 * @property {(progress: PoolProgress) => void} onProgress
 */

/** Reads a number; NaN for an empty text, which Number would read as 0. @param {string} text */
export const numberIn = (text) => (text.trim() === '' ? NaN : Number(text));

/**
 * @param {string} text
 * @returns {number} finite
 */
export function readNumber(text) {
  const value = numberIn(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError(usageSentence('not-a-number'));
  return value;
}

/**
 * @param {number} least
 * @param {number} [most]
 * @returns {(text: string) => number}
 */
export const wholeNumber =
  (least, most = Infinity) =>
  (text) => {
    const value = numberIn(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(usageSentence('not-a-whole-number', { low: least }));
    if (value > most) throw new InvalidArgumentError(usageSentence('too-many', { high: most }));
    return value;
  };

/**
 * Collects the values of a repeatable option.
 *
 * @param {string} text
 * @param {string[]} [before]
 */
export const collect = (text, before = []) => [...before, text];

/**
 * Adds the argument and the options that say which experiments a command takes; inputs.js reads
 * them.
 *
 * @param {Command} command
 * @returns {Command}
 */
export const withInputOptions = (command) =>
  command
    .argument(
      '<spec>',
      'a JSON or YAML file, an export of the page, the name of a preset, or - for standard input',
    )
    .option(
      '--set <field=value>',
      'replace a field, such as iterations=100 or init.std=0.1 (repeatable)',
      collect,
    )
    .option('--data <file>', 'train on the examples of a CSV file: feature columns and a column "label"')
    .option('--test <file>', 'with --data: the examples to test on')
    .option(
      '--standardize',
      'shift and scale every feature to mean 0 and variance 1 of the training examples',
    );

/**
 * Adds --workers and --progress.
 *
 * @param {Command} command
 */
export const withTrainingOptions = (command) =>
  command
    .addOption(
      new Option(
        '-w, --workers <n>',
        'worker threads (default: one for each processor, at most 16)',
      ).argParser(wholeNumber(1, MOST_WORKERS)),
    )
    .option('--progress', 'show progress on standard error, even if it is not a terminal')
    .option('--no-progress', 'show no progress');

/**
 * Runs work with a pool that Ctrl-C interrupts.
 *
 * @template T
 * @param {TrainingOptions} options
 * @param {(tools: PoolTools) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withPool(options, work) {
  const pool = createPool({ size: options.workers });
  const progress = createProgress(options.progress);
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work({ pool, signal: interruption.signal, stop, onProgress: progress.update });
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    progress.end();
    pool.dispose();
  }
}
