/** The result file of a sweep: one JSON line for each finished training, so that a killed sweep can go on where it was. */
import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { fromJson } from './output.js';
import { UsageError } from './errors.js';

/**
 * @typedef {object} SweepRecord
 * @property {string} id which experiment it is: a hash of its complete spec
 * @property {Record<string, unknown>} values what the grid set, by field
 * @property {import('../types.js').Metrics} final
 * @property {import('../types.js').Metrics[]} [history]
 */

/** @param {string} path @param {string} text @throws {UsageError} where it cannot be written to */
function addText(path, text) {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw new UsageError(`"${path}" cannot be written: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {import('../types.js').Metrics} metrics */
const readMetrics = (metrics) => {
  const entries = Object.entries(metrics).map(([key, value]) => [key, fromJson(value)]);
  return /** @type {import('../types.js').Metrics} */ (Object.fromEntries(entries));
};

/**
 * Reads what is there and makes the file ready to be added to: a last line that was cut off in writing is taken away.
 *
 * @param {string} path need not exist
 * @returns {Map<string, SweepRecord>} by id
 * @throws {UsageError} when a whole line is no result of a sweep, so that no other file is written into by mistake
 */
export function openResultFile(path) {
  /** @type {Map<string, SweepRecord>} */
  const records = new Map();
  // A place that cannot be written to is to be heard of before hours of training, not after.
  addText(path, '');
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  for (const [i, line] of bytes.subarray(0, end).toString('utf8').split('\n').entries()) {
    if (line === '') continue;
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      throw new UsageError(
        `${path}, line ${i + 1} is not JSON; expected the result file of a sweep (a line that was cut off can be deleted)`,
      );
    }
    if (typeof record?.id !== 'string' || typeof record.final !== 'object') {
      throw new UsageError(`${path}, line ${i + 1} is no result; expected the result file of a sweep`);
    }
    const { final, history } = record;
    records.set(record.id, {
      ...record,
      final: readMetrics(final),
      ...(history ? { history: history.map(readMetrics) } : {}),
    });
  }
  if (end < bytes.length) truncateSync(path, end);
  return records;
}

/**
 * Adds a line; it is in the file when this returns.
 *
 * @param {string} path
 * @param {string} line without its line break
 */
export const addLine = (path, line) => addText(path, `${line}\n`);
