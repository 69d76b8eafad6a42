/**
 * Comma-separated values, read and written by Papa Parse: quoting, the delimiter, and a guard
 * against formulas.
 */
import Papa from 'papaparse';

/** @typedef {string | number | boolean | null | undefined} Cell */

/**
 * Text that a spreadsheet takes for a formula. Papa Parse's own pattern overlooks text with a line
 * break.
 */
const FORMULA = /^\s*[=+\-@\t\r]/;

/**
 * Returns CSV text (RFC 4180, with a line feed at the end of each line).
 *
 * @param {string[]} head
 * @param {Cell[][]} rows text that a spreadsheet would take for a formula gets an apostrophe in
 *   front; numbers stay as they are
 * @returns {string}
 */
export const csvText = (head, rows) =>
  `${Papa.unparse([head, ...rows], { newline: '\n', escapeFormulae: FORMULA })}\n`;

/** Rounds for a table; the JSON output has every digit. @param {number} value */
export const short = (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : value);

/** @typedef {{ line: number, cells: string[] }} Row `line` counts from 1; cells are trimmed */

/** The first line of a file may name the delimiter, as Excel writes it. */
const DELIMITER_LINE = /^sep=(.)\r?\n/i;

/**
 * Finds the delimiter of a table in its first line of data. A semicolon or a tab wins over a comma,
 * which is a decimal comma then; without any of them spaces separate the columns.
 *
 * @param {string} text
 * @returns {string}
 */
function delimiterOf(text) {
  const line = text.split(/\r\n|\r|\n/).find((each) => each.trim() !== '' && !each.startsWith('#')) ?? '';
  const unquoted = line.replace(/"[^"]*"/g, '');
  return ['\t', ';', ','].find((delimiter) => unquoted.includes(delimiter)) ?? ' ';
}

/**
 * Reads the rows of a table. Skips empty lines and comments (#), drops a byte order mark and
 * delimiters at a line's end.
 *
 * @param {string} text comma, semicolon, tab or spaces between the columns
 * @returns {Row[]}
 */
export function readRows(text) {
  let body = text.replace(/^\uFEFF/, '');
  const named = DELIMITER_LINE.exec(body);
  if (named) body = body.slice(named[0].length);
  const delimiter = named?.[1] ?? delimiterOf(body);
  // Papa Parse knows no runs of spaces.
  if (delimiter === ' ') body = body.replace(/^ +| +(?=\r?\n|\r|$)/gm, '').replace(/ +/g, ' ');
  const { data } = Papa.parse(body.replace(/\r\n?/g, '\n'), { delimiter, newline: '\n' });
  let line = named ? 2 : 1;
  return /** @type {string[][]} */ (data).flatMap((fields) => {
    const own = line;
    // A quoted field may hold line breaks.
    line += 1 + fields.join('').split('\n').length - 1;
    const cells = fields.map((field) => field.trim());
    while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
    return cells.length === 0 || cells[0].startsWith('#') ? [] : [{ line: own, cells }];
  });
}

/**
 * Reads a number as people and spreadsheets write it: decimal point or comma, hyphen or minus sign.
 *
 * @param {string} cell
 * @returns {number} NaN for any other text
 */
export function readCell(cell) {
  if (cell === '') return NaN;
  return Number(cell.replace('\u2212', '-').replace(/^([+-]?\d*),(\d+(e[+-]?\d+)?)$/i, '$1.$2'));
}

/**
 * Decodes the bytes of a text file: UTF-8, or UTF-16 with a byte order mark, as Excel's "Unicode
 * text" has it.
 *
 * @param {ArrayBuffer | Uint8Array} bytes
 * @returns {string}
 */
export function decodeText(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
