// Points from a table that someone pasted or dropped: x1, x2, label. Every fault is named with its line.

import { MOST_POINTS, snap } from './codec.js';

/** @typedef {{ x1: number, x2: number, label: 0 | 1 }} Point */
/**
 * @typedef {{ kind: 'columns' | 'number' | 'label' | 'few' | 'many', line: number, found: string }} Fault
 * `found` is what stands there, `line` counts from 1
 */

/** The largest coordinate: beyond it the products of a network overflow before it has learned anything. */
const MOST = 1e12;

/** More than any table of so many points needs; a film that is dropped by mistake is not read to its end. */
const MOST_BYTES = 1e6;

/** @param {File} file @returns {Promise<string>} its beginning, as text */
export const beginningOf = (file) => file.slice(0, MOST_BYTES).text();

/** @param {File} file whether its name says that it is an experiment, and no table */
export const namesJson = ({ name }) => /\.json$/i.test(name);

/** Where a semicolon or a tab parts the columns, a comma is a decimal one, as spreadsheets of half of Europe write it. @param {string} row */
function cellsOf(row) {
  const marked = /[;\t]/.test(row);
  return row
    .split(marked ? /[;\t]/ : /,|\s+/)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    .filter((cell) => cell !== '')
    .map((cell) => (marked ? cell.replace(/^([+-]?\d*),(\d+(e[+-]?\d+)?)$/i, '$1.$2') : cell));
}

/**
 * @param {string} text comma, semicolon, tab or space between the columns; a heading in the first line is allowed
 * @returns {{ points: Point[], faults: Fault[], heading: boolean }}
 */
export function readCsv(text) {
  /** @type {Point[]} */
  const points = [];
  /** @type {Fault[]} */
  const faults = [];
  let heading = false;
  let first = true;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((raw, index) => {
      const row = raw.trim();
      if (row === '' || row.startsWith('#')) return;
      const cells = cellsOf(row);
      const [beginning, line] = [first, index + 1];
      first = false;
      if (beginning && cells.length === 3 && cells.every((cell) => Number.isNaN(Number(cell)))) {
        heading = true;
        return;
      }
      if (cells.length !== 3) {
        faults.push({ kind: 'columns', line, found: String(cells.length) });
        return;
      }
      const bad = cells.slice(0, 2).find((cell) => !(Math.abs(Number(cell)) <= MOST));
      if (bad !== undefined) faults.push({ kind: 'number', line, found: bad });
      else if (Number(cells[2]) !== 0 && Number(cells[2]) !== 1)
        faults.push({ kind: 'label', line, found: cells[2] });
      else points.push({ x1: Number(cells[0]), x2: Number(cells[1]), label: Number(cells[2]) === 1 ? 1 : 0 });
    });
  if (faults.length === 0 && points.length < 2)
    faults.push({ kind: 'few', line: 0, found: String(points.length) });
  if (points.length > MOST_POINTS) faults.push({ kind: 'many', line: 0, found: String(points.length) });
  return { points, faults, heading };
}

/** Points on the grid that a link can hold: the range of all coordinates in 4,095 steps. @param {Point[]} points @returns {import('./codec.js').OwnPoints} */
export function toOwnPoints(points) {
  const all = points.flatMap(({ x1, x2 }) => [x1, x2]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  // A margin, and where all points are one a range all the same.
  const margin = Math.max(0.04 * (high - low), 1e-6 * Math.abs(high), 1e-6);
  const [from, to] = [low - margin, high + margin].map((edge) => Number(edge.toPrecision(12)));
  return {
    low: from,
    high: to,
    points: points.map(({ x1, x2, label }) => ({ x1: snap(x1, from, to), x2: snap(x2, from, to), label })),
  };
}
