/** What the commands that train have in common: their options, workers, progress, and an end by Ctrl-C. */
import { InvalidArgumentError, Option } from 'commander';
import { createPool } from '../pool.js';
import { createProgress } from './progress.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../pool.js').Pool} Pool */
/** @typedef {import('../pool.js').PoolProgress} PoolProgress */

/** @typedef {{ workers?: number, progress?: boolean }} TrainingOptions */

/** NaN for empty text too, of which Number would make 0. @param {string} text */
export const numberIn = (text) => (text.trim() === '' ? NaN : Number(text));

/** @param {string} text @returns {number} finite */
export function readNumber(text) {
  const value = numberIn(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
}

/** @param {number} least @returns {(text: string) => number} */
export const wholeNumber = (least) => (text) => {
  const value = numberIn(text);
  if (!Number.isInteger(value) || value < least) {
    throw new InvalidArgumentError(`Expected a whole number, at least ${least}.`);
  }
  return value;
};

/** For options that may be given several times. @param {string} text @param {string[]} [before] */
export const collect = (text, before = []) => [...before, text];

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
      ).argParser(wholeNumber(1)),
    )
    .option('--progress', 'show progress on standard error even where that is no terminal')
    .option('--no-progress', 'show none');

/**
 * Runs work with a pool that Ctrl-C interrupts.
 *
 * @template T
 * @param {TrainingOptions} options
 * @param {(tools: { pool: Pool, signal: AbortSignal, stop: () => void, onProgress: (progress: PoolProgress) => void }) => Promise<T>} work
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
