// Points from a table that someone pasted or dropped: x1, x2, label.

import { decodeText } from '../../src/js/csv.js';
import { readExamplesTable } from '../../src/js/examples-table.js';
import { MOST_POINTS, snap } from './codec.js';

/** @typedef {{ x1: number, x2: number, label: 0 | 1 }} Point */
/** @typedef {import('../../src/js/examples-table.js').Fault} Fault */

/** Larger than any table of so many points: of another file, such as a film, only the beginning is read. */
const MOST_BYTES = 1e6;

/** @param {File} file @returns {Promise<string>} its beginning, as text */
export const beginningOf = async (file) => decodeText(await file.slice(0, MOST_BYTES).arrayBuffer());

/** @param {File} file whether its name says that it is an experiment, and no table */
export const namesJson = ({ name }) => /\.json$/i.test(name);

/**
 * Reads points with two features and a label, each fault with its line.
 *
 * @param {string} text
 * @returns {{ points: Point[], faults: Fault[], heading: boolean }}
 */
export function readCsv(text) {
  const { rows, labels, faults, heading } = readExamplesTable(text, { features: 2 });
  const points = rows.map(([x1, x2], i) => ({ x1, x2, label: /** @type {0 | 1} */ (labels[i]) }));
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
