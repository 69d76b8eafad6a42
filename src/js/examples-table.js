/**
 * Labelled examples from a table: which column is the label, which are features, and what is wrong
 * with a row.
 */
import { readCell, readRows } from './csv.js';

/** @typedef {import('./csv.js').Row} Row */

/**
 * What is wrong with a table.
 *
 * @typedef {object} Fault
 * @property {'columns' | 'number' | 'label' | 'few' | 'many'} kind the number of columns, a
 *   feature, a label, or the number of examples
 * @property {number} line from 1 on; 0 where the whole table is meant
 * @property {string} found
 */

/**
 * @typedef {object} ExamplesTable
 * @property {string[]} names of the features, in the order of `rows`; x1, x2, … without a heading
 * @property {number[][]} rows the features of each example
 * @property {number[]} labels 0, 1, …, one for each example
 * @property {Fault[]} faults
 * @property {boolean} heading whether the first line names the columns
 */

/** Larger values would overflow in the products of a network before it has learned anything. */
const MOST_ABSOLUTE = 1e12;
/** Names of the label's column; the first that occurs is it. */
const LABEL_NAMES = ['label', 'labels', 'class', 'target', 'klasse', 'y'];
/** Names of columns that count the rows, as pandas writes them. */
const INDEX_NAMES = ['', 'index', 'id', 'unnamed: 0'];

/** @param {string} cell */
const isNumber = (cell) => !Number.isNaN(readCell(cell));

/** @param {string} cell */
const nameOf = (cell) => cell.toLowerCase();

/** @param {string[]} cells of the first row */
const isHeading = (cells) =>
  cells.every((cell) => !isNumber(cell)) || cells.some((cell) => LABEL_NAMES.includes(nameOf(cell)));

/**
 * Finds the columns by their names. Features that are called x1, x2, … come in this order, others
 * in that of the table.
 *
 * @param {string[]} cells the heading
 * @returns {{ label: number, features: number[] }}
 */
function columnsByName(cells) {
  const names = cells.map(nameOf);
  const found = LABEL_NAMES.map((name) => names.indexOf(name)).find((column) => column >= 0) ?? -1;
  // In "x,y,class-of-point" y is a coordinate.
  const isCoordinate = names[found] === 'y' && names.includes('x') && found < names.length - 1;
  const label = found < 0 || isCoordinate ? names.length - 1 : found;
  const features = [...names.keys()].filter(
    (column) => column !== label && !INDEX_NAMES.includes(names[column]),
  );
  const place = (/** @type {number} */ column) => Number(/^x_?(\d+)$/.exec(names[column])?.[1] ?? NaN);
  if (features.every((column) => !Number.isNaN(place(column)))) features.sort((a, b) => place(a) - place(b));
  return { label, features };
}

/**
 * Finds the columns of a table without a heading: the label is the last one. A first column that
 * counts the rows is left out where `features` shows that it is not a feature.
 *
 * @param {Row[]} rows
 * @param {number | undefined} features
 */
function columnsByPlace(rows, features) {
  const count = rows[0]?.cells.length ?? 0;
  const start = Number(rows[0]?.cells[0]);
  const counts = (start === 0 || start === 1) && rows.every(({ cells }, i) => Number(cells[0]) === start + i);
  const first = features !== undefined && count === features + 2 && counts ? 1 : 0;
  const label = features === undefined ? count - 1 : features + first;
  return { label, features: Array.from({ length: Math.max(0, label - first) }, (_, i) => first + i) };
}

/**
 * Numbers the classes: 0, 1, …, or -1 and 1, or false and true.
 *
 * @param {string[]} cells
 * @param {number} classes largest number of classes
 * @returns {number[]} NaN for a cell that names no class
 */
function classesOf(cells, classes) {
  const words = new Map([
    ['false', 0],
    ['true', 1],
  ]);
  const values = cells.map((cell) => words.get(cell.toLowerCase()) ?? readCell(cell));
  const isSigned = values.every((value) => value === -1 || value === 1) && values.includes(-1);
  if (isSigned) return values.map((value) => (value === 1 ? 1 : 0));
  return values.map((value) => (Number.isInteger(value) && value >= 0 && value < classes ? value : NaN));
}

/**
 * Reads labelled examples from CSV.
 *
 * @param {string} text with or without a heading; the label's column is called "label", "class",
 *   "target" or "y", or is the last
 * @param {object} [options]
 * @param {number} [options.features] how many there must be; default: those of the first row
 * @param {number} [options.classes] how many there may be
 * @returns {ExamplesTable} rows with a fault are left out
 */
export function readExamplesTable(text, { features: wanted, classes = 2 } = {}) {
  const all = readRows(text);
  const heading = all.length > 0 && isHeading(all[0].cells);
  const rows = heading ? all.slice(1) : all;
  const { label, features } = heading ? columnsByName(all[0].cells) : columnsByPlace(rows, wanted);
  const width = heading
    ? all[0].cells.length
    : features.reduce((most, column) => Math.max(most, column), label) + 1;
  /** @type {Fault[]} */
  const faults = [];
  if (heading && wanted !== undefined && features.length !== wanted)
    faults.push({ kind: 'columns', line: all[0].line, found: String(features.length + 1) });
  const whole = rows.filter(({ line, cells }) => {
    if (cells.length === width) return true;
    faults.push({ kind: 'columns', line, found: String(cells.length) });
    return false;
  });
  const labels = classesOf(
    whole.map(({ cells }) => cells[label]),
    classes,
  );
  /** @type {ExamplesTable} */
  const table = {
    names: features.map((column, i) => (heading ? all[0].cells[column] : `x${i + 1}`)),
    rows: [],
    labels: [],
    faults,
    heading,
  };
  for (const [i, { line, cells }] of whole.entries()) {
    const bad = features.find((column) => !(Math.abs(readCell(cells[column])) <= MOST_ABSOLUTE));
    if (bad !== undefined) faults.push({ kind: 'number', line, found: cells[bad] });
    else if (Number.isNaN(labels[i])) faults.push({ kind: 'label', line, found: cells[label] });
    else {
      table.rows.push(features.map((column) => readCell(cells[column])));
      table.labels.push(labels[i]);
    }
  }
  faults.sort((a, b) => a.line - b.line);
  return table;
}
