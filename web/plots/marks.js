// The marks that distinguish runs besides colour: a dash pattern and a symbol in sixteen slots.
// Slots 8 … 15 are the lighter shades of slots 0 … 7 and have the same symbols, hollow. One table
// for canvas and SVG.

import { html, svg } from 'lit';

/**
 * Dash patterns in CSS pixels. Each repeats within a glyph, so that a legend shows it.
 * @type {(number[] | undefined)[]}
 */
export const DASHES = [
  [4, 4],
  [9, 2, 2, 2],
  [10, 3],
  undefined,
  [6, 2],
  [2, 3],
  [6, 2, 2, 2, 2, 2],
  [8, 3, 3, 3],
  [2, 5],
  [5, 2, 1, 2],
  [5, 4],
  [12, 2],
  [3, 2],
  [1, 3],
  [3, 2, 1, 2],
  [4, 2, 4, 4],
];

/**
 * Disc, square, triangle, diamond, inverted triangle, plus, cross, hexagon: paths around 0, of
 * about equal area.
 */
const MARKS = [
  'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z',
  'M-2.9 -2.9H2.9V2.9H-2.9Z',
  'M0 -4L3.9 2.9H-3.9Z',
  'M0 -4.2L4.2 0L0 4.2L-4.2 0Z',
  'M0 4L3.9 -2.9H-3.9Z',
  'M-1.2 -4H1.2V-1.2H4V1.2H1.2V4H-1.2V1.2H-4V-1.2H-1.2Z',
  'M-3.8 -2.1L-2.1 -3.8L0 -1.7L2.1 -3.8L3.8 -2.1L1.7 0L3.8 2.1L2.1 3.8L0 1.7L-2.1 3.8L-3.8 2.1L-1.7 0Z',
  'M-3.6 0L-1.8 -3.1H1.8L3.6 0L1.8 3.1H-1.8Z',
];

/** Returns whether a slot's mark is hollow. @param {number} slot */
const hollow = (slot) => slot >= MARKS.length;

/** Returns the colour of a slot, 0 … 15. @param {number} slot */
export const colourOf = (slot) => `var(--run-${slot + 1})`;

/**
 * @param {number} slot 0 … 15
 * @param {number} x
 * @param {number} y
 */
export const mark = (slot, x, y) =>
  svg`<path
    d=${MARKS[slot % MARKS.length]}
    transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"
    fill=${hollow(slot) ? 'var(--paper)' : colourOf(slot)}
    stroke=${colourOf(slot)}
    stroke-width=${hollow(slot) ? 1.4 : 0}
  />`;

/**
 * Draws a slot's mark on a canvas.
 * @param {CanvasRenderingContext2D} context
 * @param {number} slot 0 … 15
 * @param {number} x canvas pixels
 * @param {number} y
 * @param {number} scale canvas pixels per CSS pixel
 * @param {{ colour: string, paper: string }} colours
 */
export function drawMark(context, slot, x, y, scale, { colour, paper }) {
  const path = new Path2D(MARKS[slot % MARKS.length]);
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.fillStyle = hollow(slot) ? paper : colour;
  context.fill(path);
  if (hollow(slot)) {
    context.setLineDash([]);
    context.lineWidth = 1.4;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.restore();
}

/**
 * The symbol of a run in headings and legends: a piece of its line with its mark.
 *
 * @param {number} slot 0 … 15
 */
export const glyph = (slot) =>
  html`<svg class="glyph" width="28" height="10" viewBox="0 0 28 10" aria-hidden="true">
    ${svg`<path d="M0 5H28" stroke=${colourOf(slot)} stroke-width="2" stroke-dasharray=${DASHES[slot]?.join(' ') ?? ''} />${mark(slot, 14, 5)}`}
  </svg>`;
