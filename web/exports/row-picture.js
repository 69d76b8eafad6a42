// Pictures to download: one field, or the whole row with names and figures, in the page's theme.

import { dataError } from '../../src/js/errors.js';
import { coloursOf, css } from '../plots/palette.js';

/** @typedef {{ canvas: HTMLCanvasElement, title: string, lines: string[] }} Part */

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob>}
 */
export const toPng = (canvas) =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(dataError(Error, { code: 'picture-not-encoded' }))),
      'image/png',
    );
  });

/**
 * @param {Part[]} parts in the order of the row
 * @param {string} caption
 * @param {string} link below the caption
 * @param {number} [side] pixels of a field
 * @returns {HTMLCanvasElement}
 */
export function rowPicture(parts, caption, link, side = 480) {
  const [margin, gap, line] = [36, 28, 26];
  const columns = Math.min(4, parts.length);
  const rows = Math.ceil(parts.length / columns);
  const cell = side + line * 4 + 12;
  const canvas = document.createElement('canvas');
  canvas.width = 2 * margin + columns * side + (columns - 1) * gap;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { paper, ink, quiet } = coloursOf(document.documentElement);
  const font = (/** @type {number} */ weight) => `${weight} 18px system-ui, sans-serif`;
  context.font = font(400);
  const below = [caption, ...brokenLines(context, link, canvas.width - 2 * margin)];
  canvas.height = 2 * margin + rows * cell + below.length * line;
  context.fillStyle = css(paper);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'top';
  parts.forEach((part, i) => {
    const x = margin + (i % columns) * (side + gap);
    const y = margin + Math.floor(i / columns) * cell;
    context.fillStyle = css(ink);
    context.font = font(600);
    context.fillText(part.title, x, y, side);
    context.drawImage(part.canvas, x, y + line, side, side);
    context.font = font(400);
    context.fillStyle = css(quiet);
    part.lines.forEach((text, row) => context.fillText(text, x, y + line + side + 8 + row * line, side));
  });
  context.font = font(400);
  below.forEach((text, row) => context.fillText(text, margin, margin + rows * cell + row * line));
  return canvas;
}

/**
 * Breaks text into lines, at any character: links have no spaces.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
function brokenLines(context, text, width) {
  const lines = [''];
  for (const sign of text) {
    const longer = lines[lines.length - 1] + sign;
    if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(sign);
  }
  return lines;
}
