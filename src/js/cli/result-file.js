/**
 * The result file of a sweep. Its first line says by which version and from which experiments it
 * was made; each further line is one training. A sweep that was killed continues where it stopped;
 * a foreign file is refused and left unchanged.
 */
import { appendFileSync, closeSync, openSync, readSync, truncateSync } from 'node:fs';
import { lock } from 'proper-lockfile';
import { isObject } from '../errors.js';
import { jsonText, numberFromJson } from '../json.js';
import { UsageError } from './exit.js';
import { checkResultFile } from './file-checks.js';
import { usageSentence } from './usage-sentences.js';

/** @typedef {import('../types.js').Metrics} Metrics */
/** @typedef {import('../experiments.js').NamedSpec} NamedSpec */

/**
 * The first line of a result file, as {"sweep": …}. A sweep with another grid or part adds a line
 * of its own.
 *
 * @typedef {object} SweepHead
 * @property {string} version of Init Lab
 * @property {NamedSpec[]} experiments that the grid varies
 * @property {string[]} grid the axes, as on the command line
 * @property {string} [shard] "3/8"
 */

/**
 * One training.
 *
 * @typedef {object} SweepRecord
 * @property {string} id a hash of the complete spec
 * @property {string} [name] of the experiment, where there are several
 * @property {Record<string, unknown>} values that the grid set, by field
 * @property {Metrics} final
 * @property {Metrics[]} [history]
 */

/** @typedef {{ head: SweepHead } | { record: SweepRecord }} Entry a line */

const METRICS = ['iteration', 'cost', 'trainAccuracy', 'testAccuracy'];
const HEAD_BEGINNING = '{"sweep":{"version":"';
const LINE_FEED = 10;
const BYTES_AT_ONCE = 1 << 20;
/** A lock whose process died is free after this time. */
const LOCK_MILLISECONDS = 10_000;

/**
 * @param {string} path
 * @param {string} text
 */
function addText(path, text) {
  try {
    appendFileSync(path, text);
  } catch (error) {
    const { code = '', message: reason } = /** @type {NodeJS.ErrnoException} */ (error);
    const data = { value: path, reason };
    // The disk is full: the command line is right, and the lines that are written stay valid.
    if (['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code))
      throw Object.assign(new Error(usageSentence('unwritable', data)), data, { code });
    throw new UsageError('unwritable', data);
  }
}

/**
 * @param {unknown} value
 * @returns {Metrics | undefined} undefined for any other value
 */
function readMetrics(value) {
  const entries = Object.entries(value ?? {}).map(([key, item]) => [key, numberFromJson(item)]);
  const metrics = Object.fromEntries(entries);
  return METRICS.every((key) => typeof metrics[key] === 'number') ? metrics : undefined;
}

/**
 * @param {any} head
 * @returns {head is SweepHead}
 */
const isHead = (head) =>
  isObject(head) &&
  typeof head.version === 'string' &&
  Array.isArray(head.experiments) &&
  head.experiments.every((each) => isObject(each) && isObject(each.spec)) &&
  Array.isArray(head.grid) &&
  head.grid.every((axis) => typeof axis === 'string');

/**
 * @param {string} text a line
 * @returns {Entry | undefined} undefined for any other JSON
 * @throws {SyntaxError} for text that is not JSON
 */
function readEntry(text) {
  const content = JSON.parse(text);
  if (!isObject(content)) return undefined;
  if ('sweep' in content) return isHead(content.sweep) ? { head: content.sweep } : undefined;
  const final = readMetrics(content.final);
  const history = Array.isArray(content.history) ? content.history.map(readMetrics) : undefined;
  if (typeof content.id !== 'string' || !final || (content.history && !history?.every(Boolean)))
    return undefined;
  const record = /** @type {SweepRecord} */ ({ ...content, final, ...(history ? { history } : {}) });
  return { record };
}

/**
 * Reads a file line by line, because a whole file may be longer than a string can be.
 *
 * @param {string} path
 * @param {number} [bytesAtOnce] held in memory beside the current line
 * @returns {Generator<Buffer>} each line with its line break, which the last may lack
 */
export function* linesOf(path, bytesAtOnce = BYTES_AT_ONCE) {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(bytesAtOnce);
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
 * @typedef {object} ResultFile
 * @property {SweepHead[]} heads
 * @property {Map<string, SweepRecord>} records by id
 * @property {number} end bytes of whole lines: what follows was cut off while it was written
 * @property {boolean} lacksLineBreak whether the last whole line has no line break yet
 */

/**
 * Reads a result file.
 *
 * @param {string} path
 * @returns {ResultFile}
 * @throws {UsageError} when the file is not the result file of a sweep
 */
export function readResultFile(path) {
  checkResultFile(path);
  /** @type {ResultFile} */
  const file = { heads: [], records: new Map(), end: 0, lacksLineBreak: false };
  let number = 0;
  for (const line of linesOf(path)) {
    number += 1;
    const isWhole = line.at(-1) === LINE_FEED;
    const text = line.toString('utf8').trim();
    const refuse = (/** @type {string} */ problem) =>
      new UsageError('damaged-line', { path, line: number, problem });
    let entry;
    try {
      entry = text === '' ? undefined : readEntry(text);
    } catch {
      // Only a head can tell that a file is a sweep's: without one, a cut-off line must be the
      // beginning of one.
      const isCutOff =
        file.heads.length > 0 ||
        text.startsWith(HEAD_BEGINNING.slice(0, text.length)) ||
        HEAD_BEGINNING.startsWith(text);
      if (!isWhole && isCutOff) return file;
      throw refuse('is not JSON');
    }
    if (text !== '' && !entry) throw refuse('is not a result');
    if (entry && 'head' in entry) file.heads.push(entry.head);
    else if (entry && file.heads.length === 0) throw refuse('does not say which sweep made it');
    else if (entry) file.records.set(entry.record.id, entry.record);
    file.end += line.length;
    file.lacksLineBreak = !isWhole;
  }
  return file;
}

/**
 * @param {SweepHead} head
 * @returns {string}
 */
export const headLine = (head) => `${jsonText({ sweep: head })}\n`;

/**
 * Checks that a result file belongs to a sweep. Its grid and its part may be others: a grid can be
 * extended.
 *
 * @param {string} path
 * @param {SweepHead[]} heads of the file
 * @param {SweepHead} expected
 * @throws {UsageError} when it was made by another version or from other experiments
 */
export function checkHeads(path, heads, expected) {
  const foreign = heads.find(({ version }) => version !== expected.version);
  if (foreign)
    throw new UsageError('other-version', {
      value: path,
      found: foreign.version,
      accepted: expected.version,
    });
  // Names do not count: they may come from the name of the experiment's file.
  const specsOf = (/** @type {SweepHead} */ { experiments }) => jsonText(experiments.map(({ spec }) => spec));
  if (heads.some((head) => specsOf(head) !== specsOf(expected)))
    throw new UsageError('other-experiments', { value: path });
}

/**
 * Opens a result file to add to it: locks it, removes a line that was cut off while it was written,
 * and adds the head.
 *
 * @param {string} path need not exist
 * @param {SweepHead} head
 * @param {(error: Error) => void} onLockLost
 * @returns {Promise<{ records: Map<string, SweepRecord>, add: (record: SweepRecord) => void, close:
 *   () => Promise<void> }>} a record is in the file when add() returns
 * @throws {UsageError} when the file is not this sweep's, cannot be written, or is in use
 */
export async function openResultFile(path, head, onLockLost) {
  checkResultFile(path);
  // Fails now if the place cannot be written, not after hours of training.
  addText(path, '');
  const release = await lockFile(path, onLockLost);
  try {
    const { heads, records, end, lacksLineBreak } = readResultFile(path);
    checkHeads(path, heads, head);
    truncateSync(path, end);
    if (lacksLineBreak) addText(path, '\n');
    if (heads.length === 0 || headLine(heads[heads.length - 1]) !== headLine(head))
      addText(path, headLine(head));
    return { records, add: (record) => addText(path, `${jsonText(record)}\n`), close: release };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Locks a file against other processes, on a network file system too. Waits for a lock that a
 * killed process left.
 *
 * @param {string} path
 * @param {(error: Error) => void} onLost
 * @returns {Promise<() => Promise<void>>} releases it
 */
async function lockFile(path, onLost) {
  try {
    return await lock(path, {
      stale: LOCK_MILLISECONDS,
      update: LOCK_MILLISECONDS / 5,
      // A live process renews its lock, so it is still locked after this time.
      retries: { retries: 6, factor: 1, minTimeout: LOCK_MILLISECONDS / 5 },
      onCompromised: onLost,
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ELOCKED') throw error;
    throw new UsageError('file-in-use', { value: path }, { cause: error });
  }
}
