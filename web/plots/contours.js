// The level line of a field that is sampled on a grid, by marching squares (d3-contour), as flat
// arrays that can cross a message.

import { contours } from 'd3-contour';

/**
 * Returns the lines where the field passes through `level`. Values belong to the middle of their
 * cells.
 * @param {Float32Array} values columns × rows, row by row
 * @param {number} columns
 * @param {number} rows
 * @param {number} level
 * @returns {Float32Array} polylines one after another: the point count, then u, v of each point, 0
 *   … 1 from the field's top left corner. Without lines along the border of the grid, and without
 *   lines around one or two cells, which appear where a band is narrower than a cell
 */
export function contourLines(values, columns, rows, level) {
  const shape = contours()
    .size([columns, rows])
    .contour(/** @type {any} */ (values), level);
  /** @type {number[]} */
  const flat = [];
  for (const polygon of shape.coordinates) {
    for (const ring of polygon) {
      if (isSpeck(ring)) continue;
      let start = flat.length;
      flat.push(0);
      for (let i = 0; i + 1 < ring.length; i += 1) {
        const [ax, ay] = ring[i];
        const [bx, by] = ring[i + 1];
        if (onBorder(ax, bx, columns) || onBorder(ay, by, rows)) {
          start = close(flat, start);
          continue;
        }
        if (flat[start] === 0) push(flat, start, ax / columns, ay / rows);
        push(flat, start, bx / columns, by / rows);
      }
      if (flat[start] === 0) flat.length = start;
    }
  }
  return Float32Array.from(flat);
}

/**
 * Returns the field blurred with its neighbours (1 2 1 in each direction, divided by 4), so that a
 * line along a steep edge of a coarse grid shows no stairs. The line moves by less than half a
 * cell.
 * @param {Float32Array} values
 * @param {number} columns
 * @param {number} rows
 * @returns {Float32Array}
 */
export function softened(values, columns, rows) {
  const across = new Float32Array(values.length);
  const both = new Float32Array(values.length);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      const i = r * columns + c;
      const [before, after] = [c > 0 ? i - 1 : i, c + 1 < columns ? i + 1 : i];
      across[i] = (values[before] + 2 * values[i] + values[after]) / 4;
    }
  }
  for (let r = 0; r < rows; r += 1) {
    const [above, below] = [r > 0 ? columns : 0, r + 1 < rows ? columns : 0];
    for (let i = r * columns; i < (r + 1) * columns; i += 1) {
      both[i] = (across[i - above] + 2 * across[i] + across[i + below]) / 4;
    }
  }
  return both;
}

/**
 * Returns whether a segment touches the outer half cell, where d3-contour closes its regions.
 * @param {number} a
 * @param {number} b
 * @param {number} size
 */
const onBorder = (a, b, size) => Math.min(a, b) < 0.5 || Math.max(a, b) > size - 0.5;

/**
 * Returns whether a closed line spans at most two cells in each direction.
 * @param {number[][]} ring
 */
const isSpeck = (ring) =>
  [0, 1].every((axis) => {
    const along = ring.map((point) => point[axis]);
    return Math.max(...along) - Math.min(...along) < 3;
  });

/**
 * @param {number[]} flat
 * @param {number} start
 * @param {number} u
 * @param {number} v
 */
function push(flat, start, u, v) {
  flat.push(u, v);
  flat[start] += 1;
}

/**
 * Ends a polyline and starts the next.
 * @param {number[]} flat
 * @param {number} start
 */
function close(flat, start) {
  if (flat[start] === 0) return start;
  flat.push(0);
  return flat.length - 1;
}

/**
 * Calls `line` with the points of each polyline.
 * @param {Float32Array} flat in the form of contourLines
 * @param {(points: Float32Array) => void} line u, v, u, v, …
 */
export function eachLine(flat, line) {
  for (let at = 0; at < flat.length;) {
    const count = flat[at];
    line(flat.subarray(at + 1, at + 1 + 2 * count));
    at += 1 + 2 * count;
  }
}
