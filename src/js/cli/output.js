/** Standard output: tables for people, and writing that waits for the reader. */

/** The sentence about numbers in the help of commands that write JSON. */
export const JSON_HELP =
  'JSON has no infinite or undefined numbers: the strings "Infinity", "-Infinity" and "NaN" stand for them.';

/** @typedef {import('../csv.js').Cell} Cell */

/** Control characters and marks that reorder a line. */
const UNPRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Returns text of a file or name as a terminal may show it: it could be a command to the terminal.
 *
 * @param {string} text
 */
export const printable = (text) => text.replace(UNPRINTABLE, '\ufffd');

/**
 * @param {Cell} cell
 * @returns {string}
 */
const cellText = (cell) => (cell === undefined || cell === null ? '' : printable(String(cell)));

/**
 * Returns a table in columns of equal width; columns of numbers are right-aligned.
 *
 * @param {string[]} head
 * @param {Cell[][]} rows
 * @returns {string} ends with a line break
 */
export function tableText(head, rows) {
  const texts = [head, ...rows.map((row) => row.map(cellText))];
  // Not by spreading the rows into Math.max: a sweep may have a million.
  const widths = head.map((_, column) =>
    texts.reduce((most, row) => Math.max(most, [...(row[column] ?? '')].length), 0),
  );
  const isNumeric = head.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || cellText(row[column]) === ''),
  );
  const line = (/** @type {string[]} */ row) =>
    head
      .map((_, column) => {
        const text = row[column] ?? '';
        const space = ' '.repeat(widths[column] - [...text].length);
        return isNumeric[column] ? space + text : text + space;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(texts[0]), rule, ...texts.slice(1).map(line)].join('\n') + '\n';
}

/** The reader of standard output has closed the pipe, as `| head` does. This is not a failure. */
export class ClosedPipeError extends Error {}

/**
 * Writes to standard output and waits until the reader keeps up.
 *
 * @param {string | Uint8Array} text
 * @returns {Promise<void>}
 * @throws {ClosedPipeError} when the pipe is closed
 */
export function write(text) {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
      else if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') reject(new ClosedPipeError());
      else reject(error);
    });
  });
}

/**
 * Writes text piece by piece, in order, while trainings go on.
 *
 * @param {() => void} onError called once when a write fails, to end the trainings
 */
export function createWriter(onError) {
  /** @type {Promise<void>} */
  let last = Promise.resolve();
  return {
    /** @param {string} text */
    write(text) {
      last = last.then(() => write(text));
      last.catch(onError);
    },
    /** Resolves when everything is written. @throws {ClosedPipeError} or the error of a write */
    finished: () => last,
  };
}
