// Marks at the values of lines, which tell them apart besides their colours: eight, as there are colours of runs.

import { svg } from 'lit';

/** Disc, square, triangle, diamond, triangle on its tip, plus, cross, ring: paths around 0, of about one area. */
const MARKS = [
  'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0',
  'M-2.9 -2.9H2.9V2.9H-2.9Z',
  'M0 -4L3.9 2.9H-3.9Z',
  'M0 -4.2L4.2 0L0 4.2L-4.2 0Z',
  'M0 4L3.9 -2.9H-3.9Z',
  'M-1.2 -4H1.2V-1.2H4V1.2H1.2V4H-1.2V1.2H-4V-1.2H-1.2Z',
  'M-3.8 -2.1L-2.1 -3.8L0 -1.7L2.1 -3.8L3.8 -2.1L1.7 0L3.8 2.1L2.1 3.8L0 1.7L-2.1 3.8L-3.8 2.1L-1.7 0Z',
  'M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0M-1.8 0a1.8 1.8 0 1 1 3.6 0a1.8 1.8 0 1 1 -3.6 0',
];

/** The colour of a slot, 0 … 7. @param {number} slot */
export const colourOf = (slot) => `var(--run-${slot + 1})`;

/** @param {number} slot 0 … 7 @param {number} x @param {number} y */
export const mark = (slot, x, y) =>
  svg`<path d=${MARKS[slot]} transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" fill=${colourOf(slot)} fill-rule="evenodd" />`;

/** A piece of line with its mark, for a list of names. @param {number} slot */
export const marked = (slot) =>
  svg`<path d="M0 5H20" stroke=${colourOf(slot)} stroke-width="1.4" />${mark(slot, 10, 5)}`;
