/** What commands write to standard output: JSON that keeps infinities, tables for people, CSV for spreadsheets. */

/**
 * JSON text. Numbers that JSON cannot hold become the strings "Infinity", "-Infinity" and "NaN"; typed arrays become lists.
 *
 * @param {unknown} value
 * @param {number} [indent]
 * @returns {string}
 */
export function jsonText(value, indent) {
  const replace = (/** @type {string} */ _, /** @type {unknown} */ item) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
    return ArrayBuffer.isView(item) ? Array.from(/** @type {Float64Array} */ (item)) : item;
  };
  return JSON.stringify(value, replace, indent);
}

/** What the commands' help says of it. */
export const JSON_HELP =
  'JSON has no numbers for what is infinite or undefined: the strings "Infinity", "-Infinity" and "NaN" stand for them.';

/**
 * A number from jsonText's output as it was before.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
export const fromJson = (value) =>
  value === 'Infinity' || value === '-Infinity' || value === 'NaN' ? Number(value) : value;

/** @typedef {string | number | boolean | null | undefined} Cell */

/** @param {Cell} cell @returns {string} */
const shown = (cell) => (cell === undefined || cell === null ? '' : String(cell));

/**
 * A table in columns of equal width; numbers stand on the right.
 *
 * @param {string[]} head
 * @param {Cell[][]} rows
 * @returns {string} ends with a line break
 */
export function tableText(head, rows) {
  const texts = [head, ...rows.map((row) => row.map(shown))];
  const widths = head.map((_, column) => Math.max(...texts.map((row) => [...(row[column] ?? '')].length)));
  const right = head.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || shown(row[column]) === ''),
  );
  const line = (/** @type {string[]} */ row) =>
    head
      .map((_, column) => {
        const text = row[column] ?? '';
        const space = ' '.repeat(widths[column] - [...text].length);
        return right[column] ? space + text : text + space;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(texts[0]), rule, ...texts.slice(1).map(line)].join('\n') + '\n';
}

/**
 * Comma-separated values after RFC 4180, with a line feed at the end of each line.
 *
 * @param {string[]} head
 * @param {Cell[][]} rows
 * @returns {string}
 */
export function csvText(head, rows) {
  const field = (/** @type {Cell} */ cell) => {
    const text = shown(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((row) => row.map(field).join(',')).join('\n') + '\n';
}

/** Shortened for a table; every digit is in the JSON. @param {number} value */
export const short = (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : value);

/** Whatever reads standard output has gone: nothing more is to be written, and that is no failure. */
export class ReaderGone extends Error {}

/**
 * Writes to standard output and waits until the reader keeps up.
 *
 * @param {string | Uint8Array} text
 * @returns {Promise<void>}
 * @throws {ReaderGone} when the pipe is closed, as `| head` does
 */
export function write(text) {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
      else if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') reject(new ReaderGone());
      else reject(error);
    });
  });
}
