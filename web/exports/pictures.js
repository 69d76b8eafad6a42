// Pictures to keep: one field, or the whole row with its names and figures, on paper of the page's theme.

import { coloursOf, css } from '../plots/palette.js';

/** @typedef {{ canvas: HTMLCanvasElement, title: string, lines: string[] }} Part */

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export const toPng = (canvas) =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))),
      'image/png',
    );
  });

/**
 * @param {Part[]} parts in the order of the row
 * @param {string} caption
 * @param {number} [side] pixels of a field
 * @returns {HTMLCanvasElement}
 */
export function rowPicture(parts, caption, side = 480) {
  const [margin, gap, line] = [36, 28, 26];
  const columns = Math.min(4, parts.length);
  const rows = Math.ceil(parts.length / columns);
  const cell = side + line * 4 + 12;
  const canvas = document.createElement('canvas');
  canvas.width = 2 * margin + columns * side + (columns - 1) * gap;
  canvas.height = 2 * margin + rows * cell + line;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { paper, ink, quiet } = coloursOf(document.documentElement);
  const font = (/** @type {number} */ weight) => `${weight} 18px system-ui, sans-serif`;
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
  context.fillText(caption, margin, canvas.height - margin - 4, canvas.width - 2 * margin);
  return canvas;
}
