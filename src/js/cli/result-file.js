/** The result file of a sweep: one JSON line for each finished training, so that a killed sweep can go on where it was. */
import { appendFileSync, closeSync, openSync, readSync, truncateSync } from 'node:fs';
import { fromJson } from './output.js';
import { UsageError } from './errors.js';

/**
 * @typedef {object} SweepRecord
 * @property {string} id which experiment it is: a hash of its complete spec
 * @property {Record<string, unknown>} values what the grid set, by field
 * @property {import('../types.js').Metrics} final
 * @property {import('../types.js').Metrics[]} [history]
 */

const METRICS = ['iteration', 'cost', 'trainAccuracy', 'testAccuracy'];
/** What every line begins with: sweep.js writes the fields in this order. */
const BEGINNING = /^\{"id":"[0-9a-f]{16}","/;
const SAMPLE = `{"id":"${'0'.repeat(16)}","`;
const SECOND_FIELDS = ['name":"', 'values":{'];
const LINE_FEED = 10;
const BYTES_AT_ONCE = 1 << 20;

/** @param {string} path @param {string} text @throws {UsageError} where it cannot be written to */
function addText(path, text) {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw new UsageError(`"${path}" cannot be written: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {unknown} value @returns {import('../types.js').Metrics | undefined} undefined for what is none */
function readMetrics(value) {
  const entries = Object.entries(value ?? {}).map(([key, item]) => [key, fromJson(item)]);
  const metrics = Object.fromEntries(entries);
  return METRICS.every((key) => typeof metrics[key] === 'number') ? metrics : undefined;
}

/**
 * A line of the file as it was written.
 *
 * @param {string} line
 * @returns {SweepRecord | undefined} undefined for what is no result
 * @throws {SyntaxError} for what is no JSON
 */
function readRecord(line) {
  const record = JSON.parse(line);
  const final = readMetrics(record?.final);
  const history = Array.isArray(record?.history) ? record.history.map(readMetrics) : undefined;
  const isResult = typeof record?.id === 'string' && final && (!record.history || history?.every(Boolean));
  return isResult ? { ...record, final, ...(history ? { history } : {}) } : undefined;
}

/**
 * Whether a text that is no JSON can only be the beginning of a line of such a file.
 *
 * @param {string} text
 * @param {boolean} among whether all lines before it are results, and at least one is there
 */
function isCutOff(text, among) {
  // Of another file not even the end is to be taken away: without results before it, a whole id must tell.
  if (!BEGINNING.test(among ? text + SAMPLE.slice(text.length) : text)) return false;
  const rest = text.slice(SAMPLE.length);
  return SECOND_FIELDS.some((field) => field.startsWith(rest.slice(0, field.length)));
}

/**
 * The lines of a file one after the other, as all of them together may be longer than a string can be.
 *
 * @param {string} path
 * @returns {Generator<Buffer>} each with its line break, which the last may lack
 */
function* linesOf(path) {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(BYTES_AT_ONCE);
    /** @type {Buffer[]} */
    let parts = [];
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      let start = 0;
      while (start < length) {
        const end = chunk.subarray(0, length).indexOf('\n', start) + 1 || length;
        parts.push(Buffer.from(chunk.subarray(start, end)));
        start = end;
        if (chunk[end - 1] === LINE_FEED) {
          yield Buffer.concat(parts);
          parts = [];
        }
      }
    }
    if (parts.length > 0) yield Buffer.concat(parts);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads what is there and makes the file ready to be added to: a last line that was cut off in writing is taken away, or
 * given its line break if that is all it lacks.
 *
 * @param {string} path need not exist
 * @returns {Map<string, SweepRecord>} by id
 * @throws {UsageError} when a line is no result of a sweep, so that no other file is written into by mistake
 */
export function openResultFile(path) {
  /** @type {Map<string, SweepRecord>} */
  const records = new Map();
  // A place that cannot be written to is to be heard of before hours of training, not after.
  addText(path, '');
  let number = 0;
  let end = 0;
  for (const line of linesOf(path)) {
    number += 1;
    const isWhole = line.at(-1) === LINE_FEED;
    const text = line.toString('utf8').trim();
    let record;
    try {
      record = text === '' ? undefined : readRecord(text);
    } catch {
      if (!isWhole && isCutOff(text, records.size > 0)) {
        truncateSync(path, end);
        break;
      }
      throw new UsageError(
        `${path}, line ${number} is not JSON; expected the result file of a sweep (a line that was cut off can be deleted)`,
      );
    }
    end += line.length;
    if (text === '') continue;
    if (!record)
      throw new UsageError(
        `${path}, line ${number} is no result; expected the result file of a sweep (a damaged line can be deleted)`,
      );
    records.set(record.id, record);
    if (!isWhole) addText(path, '\n');
  }
  return records;
}

/**
 * Adds a line; it is in the file when this returns.
 *
 * @param {string} path
 * @param {string} line without its line break
 */
export const addLine = (path, line) => addText(path, `${line}\n`);
