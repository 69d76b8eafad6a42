// A grid of cells from the paper's colour to the ink's, with a vertical line, a curve and a cursor. Knows nothing of what the cells mean.

import { css, mix } from './palette.js';

/**
 * @typedef {object} HeatmapContents
 * @property {number} rows
 * @property {number} columns
 * @property {(row: number, column: number) => number | null} value 0 (paper) … 1 (ink), null for not known; row 0 is at the bottom
 * @property {number | null} line where the line stands, in columns from the left edge
 * @property {{ column: number, row: number }[]} curve a dashed line through these places, in columns and rows from the lower left edge
 * @property {{ row: number, column: number } | null} cursor
 */

/**
 * Paints over the whole canvas.
 *
 * @param {HTMLCanvasElement} canvas its width and height are in canvas pixels
 * @param {import('./palette.js').Colours} colours
 * @param {HeatmapContents} contents
 */
export function paintHeatmap(canvas, colours, { rows, columns, value, line, curve, cursor }) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { width, height } = canvas;
  context.fillStyle = css(colours.paper);
  context.fillRect(0, 0, width, height);
  // Edges on whole pixels, so that neighbours leave no seam.
  const x = (/** @type {number} */ column) => Math.round((column * width) / columns);
  const y = (/** @type {number} */ row) => Math.round(height - (row * height) / rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const v = value(row, column);
      if (v === null) continue;
      context.fillStyle = css(mix(colours.paper, colours.ink, 0.06 + 0.84 * Math.min(1, Math.max(0, v))));
      context.fillRect(x(column), y(row + 1), x(column + 1) - x(column), y(row) - y(row + 1));
    }
  }
  context.lineWidth = Math.max(2, width / 300);
  if (line !== null) {
    context.strokeStyle = css(colours.class0);
    context.beginPath();
    context.moveTo((line * width) / columns, 0);
    context.lineTo((line * width) / columns, height);
    context.stroke();
  }
  context.strokeStyle = css(colours.class0);
  context.setLineDash([width / 80, width / 160]);
  context.beginPath();
  for (const { column, row } of curve)
    context.lineTo((column * width) / columns, height - (row * height) / rows);
  context.stroke();
  context.setLineDash([]);
  if (cursor !== null) {
    const { row, column } = cursor;
    context.strokeStyle = css(colours.class1);
    context.strokeRect(x(column), y(row + 1), x(column + 1) - x(column), y(row) - y(row + 1));
  }
}
