// A grid of coloured cells with a vertical line, a curve and a cursor. It knows nothing about the
// meaning of the cells.

import { css } from './palette.js';

/**
 * @typedef {{ colour: import('./palette.js').Rgb, preliminary: boolean }} Cell `preliminary`:
 *   hatched, because its value may change
 *
 * @typedef {object} HeatmapContents
 * @property {number} rows
 * @property {number} columns
 * @property {(row: number, column: number) => Cell | null} cell null for an unknown cell; row 0 is
 *   at the bottom
 * @property {number | null} line position of the vertical line, in columns from the left edge
 * @property {{ column: number, row: number }[]} curve a dashed line through these points, in
 *   columns and rows from the lower left edge
 * @property {{ row: number, column: number } | null} cursor
 */

/**
 * Returns a pattern of diagonal stripes.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./palette.js').Rgb} colour
 * @param {number} size
 */
function hatching(context, colour, size) {
  const tile = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const stripes = /** @type {CanvasRenderingContext2D} */ (tile.getContext('2d'));
  stripes.strokeStyle = css(colour, 0.75);
  stripes.lineWidth = size / 4;
  for (const shift of [-size, 0, size]) {
    stripes.moveTo(shift, size);
    stripes.lineTo(shift + size, 0);
  }
  stripes.stroke();
  return /** @type {CanvasPattern} */ (context.createPattern(tile, 'repeat'));
}

/**
 * Paints over the whole canvas.
 *
 * @param {HTMLCanvasElement} canvas its width and height are in canvas pixels
 * @param {import('./palette.js').Colours} colours
 * @param {HeatmapContents} contents
 */
export function paintHeatmap(canvas, colours, { rows, columns, cell, line, curve, cursor }) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { width, height } = canvas;
  context.fillStyle = css(colours.paper);
  context.fillRect(0, 0, width, height);
  // Put edges on whole pixels, so that neighbouring cells have no seam.
  const x = (/** @type {number} */ column) => Math.round((column * width) / columns);
  const y = (/** @type {number} */ row) => Math.round(height - (row * height) / rows);
  const hatch = hatching(context, colours.paper, Math.max(4, Math.round(width / columns / 4)));
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const known = cell(row, column);
      const box = /** @type {const} */ ([
        x(column),
        y(row + 1),
        x(column + 1) - x(column),
        y(row) - y(row + 1),
      ]);
      context.fillStyle = css(known?.colour ?? colours.line);
      context.fillRect(...box);
      if (known !== null && !known.preliminary) continue;
      context.fillStyle = hatch;
      context.fillRect(...box);
    }
  }
  const thickness = Math.max(2, width / 300);
  /**
   * Draw a white outline first, because a line of one colour would be invisible on some cells.
   * @param {Path2D} path
   * @param {import('./palette.js').Rgb} colour
   * @param {number[]} [dash]
   */
  const stroke = (path, colour, dash = []) => {
    for (const [widening, shade] of /** @type {const} */ ([
      [2.5, colours.paper],
      [1, colour],
    ])) {
      context.lineWidth = widening * thickness;
      context.strokeStyle = css(shade);
      context.setLineDash(widening > 1 ? [] : dash);
      context.stroke(path);
    }
    context.setLineDash([]);
  };
  if (line !== null) {
    const path = new Path2D();
    path.moveTo((line * width) / columns, 0);
    path.lineTo((line * width) / columns, height);
    stroke(path, colours.class0);
  }
  const path = new Path2D();
  for (const { column, row } of curve)
    path.lineTo((column * width) / columns, height - (row * height) / rows);
  stroke(path, colours.class0, [width / 80, width / 160]);
  if (cursor !== null) {
    const { row, column } = cursor;
    const ring = new Path2D();
    ring.rect(x(column), y(row + 1), x(column + 1) - x(column), y(row) - y(row + 1));
    stroke(ring, colours.ink);
  }
}
