// Reads points from a table that the reader pasted or dropped. It finds the columns by their names
// or by their content. A line that cannot be read becomes a fault with its line number.

import { decodeText, readCell, readRows } from '../../src/js/csv.js';
import { MOST_CLASSES, MOST_POINTS, snap } from './points-codec.js';

/** @typedef {import('../../src/js/csv.js').Row} Row */
/** @typedef {import('./points-codec.js').Point} Point */
/**
 * @typedef {{ kind: 'header' | 'columns' | 'number' | 'part' | 'classes' | 'few' | 'many', line:
 *   number, found: string }} Fault `line` counts from 1, and is 0 for the table as a whole
 */
/**
 * @typedef {object} Table
 * @property {Point[]} points without the lines that have faults
 * @property {Fault[]} faults
 * @property {boolean} heading whether the first line was read as names of columns
 * @property {string[]} classes the labels that became class 0, class 1, …, as they are written
 * @property {Point[]} test the rows that a column names as the test part
 * @property {boolean} real whether the labels are real targets
 */
/**
 * Which columns of a table are read.
 * @typedef {{ x1: number, x2: number, label: number, part: number }} Columns `part` is -1 where no
 *   column says which rows are for testing
 */

/** The largest coordinate. Beyond it the products of a network overflow in the first iteration. */
const MAX_COORDINATE = 1e12;

/**
 * The largest file, in bytes: larger than any table of points, so that a film dropped by mistake is
 * not read to its end.
 */
const MAX_BYTES = 4e6;

const LABEL_NAME = /^(label|labels|class|classes|y|target|targets|species|category|klasse)$/i;
const PART_NAME = /^(part|split|set|subset|teil)$/i;
const PART = /^(train|training|test|testing|val|validation|eval)$/i;
const TEST = /^(test|val|eval)/i;
const INDEX_NAME = /^(|index|id|row|nr|no|#|unnamed: ?0)$/i;
const X1_NAME = /^x[_ ]?1$/i;
const X2_NAME = /^x[_ ]?2$/i;

/**
 * @param {File} file
 * @returns {Promise<string>} the complete lines within the first MAX_BYTES
 */
export async function beginningOf(file) {
  const text = decodeText(await file.slice(0, MAX_BYTES).arrayBuffer());
  return file.size > MAX_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
}

/** @param {File} file whether its name says that it is an experiment, not a table */
export const namesJson = ({ name }) => /\.json$/i.test(name);

const isNumber = (/** @type {string | undefined} */ cell) => Number.isFinite(readCell(cell ?? ''));

/**
 * Returns whether the first row holds the names of the columns: words only, or a name of the labels
 * beside numbers (pandas writes the latter).
 * @param {Row[]} rows
 */
function hasHeading([first]) {
  if (first === undefined || first.cells.length < 2) return false;
  const words = first.cells.every((cell) => cell === '' || (/\p{L}/u.test(cell) && !isNumber(cell)));
  return words || first.cells.some((cell) => LABEL_NAME.test(cell));
}

/**
 * Returns whether a column counts the rows, starting from 0 or 1.
 * @param {Row[]} rows
 * @param {number} column
 */
const isIndex = (rows, column) => {
  const start = readCell(rows[0]?.cells[column] ?? '');
  return (
    (start === 0 || start === 1) && rows.every(({ cells }, i) => readCell(cells[column] ?? '') === start + i)
  );
};

/**
 * Finds the columns by their names; without names their order is x1, x2, label. A column that
 * counts the rows is skipped.
 * @param {string[]} names empty without a heading
 * @param {Row[]} rows below the heading
 * @returns {Columns | null} null unless there are exactly three
 */
function findColumns(names, rows) {
  const width = names.length || (rows[0]?.cells.length ?? 0);
  const by = (/** @type {RegExp} */ name) => names.findIndex((each) => name.test(each));
  const named = { x1: by(X1_NAME), x2: by(X2_NAME), label: by(LABEL_NAME) };
  const part = by(PART_NAME);
  if (Math.min(...Object.values(named)) >= 0) return { ...named, part };
  const all = Array.from({ length: width }, (_, column) => column).filter((column) => column !== part);
  const left =
    all.length > 3
      ? all.filter(
          (column) => !INDEX_NAME.test(names[column] ?? ' ') && !(column === 0 && isIndex(rows, column)),
        )
      : all;
  if (left.length !== 3) return null;
  const label = left.includes(named.label) ? named.label : left[2];
  const [x1, x2] = left.filter((column) => column !== label);
  return { x1, x2, label, part };
}

/** Returns the same text for equal labels, such as 1, 1.0 and 1.000000. @param {string} cell */
const canonical = (cell) => (isNumber(cell) ? String(readCell(cell)) : cell.toLowerCase());

/**
 * @param {string[]} labels
 * @returns {string[]} in the order of their classes
 */
function classesOf(labels) {
  const classes = [...new Set(labels)];
  // Sort numbers by value and words alphabetically: false before true, -1 before 1.
  classes.sort((a, b) => (isNumber(a) && isNumber(b) ? readCell(a) - readCell(b) : a < b ? -1 : 1));
  return classes.length === 1 && classes[0] === '1' ? ['0', '1'] : classes;
}

/**
 * @param {string} text comma, semicolon, tab or spaces between the columns; a heading in the first
 *   line is allowed
 * @returns {Table}
 */
export function readCsv(text) {
  const rows = readRows(text);
  const heading = hasHeading(rows);
  const names = heading ? rows[0].cells : [];
  const body = heading ? rows.slice(1) : rows;
  /** @type {Fault[]} */
  const faults = [];
  const columns = findColumns(names, body);
  if (columns === null) {
    const found = heading ? names.join(', ') : String(body[0]?.cells.length ?? 0);
    if (body.length === 0) faults.push({ kind: 'few', line: 0, found: '0' });
    else faults.push({ kind: heading ? 'header' : 'columns', line: body[0].line, found });
    return { points: [], test: [], faults, heading, classes: [], real: false };
  }
  const width = Math.max(...Object.values(columns)) + 1;
  /** @type {{ x1: number, x2: number, label: string, isTest: boolean }[]} */
  const read = [];
  for (const { line, cells } of body) {
    const coordinates = [cells[columns.x1], cells[columns.x2]];
    const bad = coordinates.find((cell) => !(Math.abs(readCell(cell ?? '')) <= MAX_COORDINATE));
    if (cells.length < width || (!heading && cells.length > Math.max(width, body[0].cells.length)))
      faults.push({ kind: 'columns', line, found: String(cells.length) });
    else if (bad !== undefined) faults.push({ kind: 'number', line, found: bad });
    else if (columns.part >= 0 && !PART.test(cells[columns.part]))
      faults.push({ kind: 'part', line, found: cells[columns.part] });
    else
      read.push({
        x1: readCell(coordinates[0]),
        x2: readCell(coordinates[1]),
        label: canonical(cells[columns.label]),
        isTest: columns.part >= 0 && TEST.test(cells[columns.part]),
      });
  }
  const classes = classesOf(read.map(({ label }) => label));
  const real = areTargets(classes);
  if (classes.length > MOST_CLASSES && !real)
    faults.push({ kind: 'classes', line: 0, found: classes.slice(0, 6).join(', ') });
  const partOf = (/** @type {boolean} */ wanted) =>
    read
      .filter(({ isTest }) => isTest === wanted)
      .map(({ x1, x2, label }) => ({ x1, x2, label: real ? readCell(label) : classes.indexOf(label) }));
  const [points, test] = [partOf(false), partOf(true)];
  const count = points.length + test.length;
  if (faults.length === 0 && points.length < 2)
    faults.push({ kind: 'few', line: 0, found: String(points.length) });
  if (count > MOST_POINTS) faults.push({ kind: 'many', line: 0, found: String(count) });
  return { points, test, faults, heading, classes: real ? [] : classes, real };
}

/**
 * Whether labels are real targets and not classes: at least three numbers, of which one is no
 * integer or which are more than there may be classes. Two numbers, such as 0.5 and 1.5, are two
 * classes.
 * @param {string[]} labels each once
 */
const areTargets = (labels) =>
  labels.length > 2 &&
  labels.every(isNumber) &&
  (labels.length > MOST_CLASSES || labels.some((label) => !Number.isInteger(readCell(label))));

/**
 * Returns as many points as a link can hold, spread evenly over the table, so that a table sorted
 * by class keeps the shares of its classes.
 * @param {Point[]} points
 * @param {number} [count]
 */
export const sampleOf = (points, count = MOST_POINTS) =>
  Array.from({ length: count }, (_, i) => points[Math.floor((i * points.length) / count)]);

/**
 * Returns as much of a table as a link can hold, with the same share for testing.
 * @param {Table} table
 * @returns {Table}
 */
export function sampled(table) {
  const { points, test } = table;
  const count = Math.round((MOST_POINTS * points.length) / (points.length + test.length));
  return { ...table, points: sampleOf(points, count), test: sampleOf(test, MOST_POINTS - count), faults: [] };
}

/**
 * Returns a range around numbers, with a positive margin even where all numbers are equal.
 * @param {number[]} values
 * @returns {[number, number]}
 */
function rangeOf(values) {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const margin = Math.max(0.04 * (most - least), 1e-6 * Math.abs(most), 1e-6);
  return [Number((least - margin).toPrecision(12)), Number((most + margin).toPrecision(12))];
}

/**
 * Moves points to the grid that a link can hold: the range of all coordinates in 4,095 steps.
 * @param {Point[]} points
 * @param {{ test?: Point[], real?: boolean }} [options] `real`: the labels are targets
 * @returns {import('./points-codec.js').OwnPoints}
 */
export function toOwnPoints(points, { test = [], real = false } = {}) {
  const all = [...points, ...test];
  const [low, high] = rangeOf(all.flatMap(({ x1, x2 }) => [x1, x2]));
  const targets = real ? rangeOf(all.map(({ label }) => label)) : undefined;
  const snapped = (/** @type {Point} */ { x1, x2, label }) => ({
    x1: snap(x1, low, high),
    x2: snap(x2, low, high),
    label: targets ? snap(label, ...targets) : label,
  });
  return {
    low,
    high,
    points: points.map(snapped),
    ...(test.length > 0 ? { test: test.map(snapped) } : {}),
    ...(targets ? { targets } : {}),
  };
}
