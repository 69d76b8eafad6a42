// The sizes of each layer's weights: one row per layer, a ridge over |w| on one logarithmic axis.
// The start is an outline, the present weights are filled, and a band marks the sizes that keep a
// signal's size.

import { html, svg } from 'lit';
import { BINS, HIGH, LOW } from './weight-bins.js';

/**
 * @typedef {ArrayLike<number>} Sizes counts of weights, see weight-bins.js
 *
 * @typedef {object} WeightRow
 * @property {string} name
 * @property {Sizes} start
 * @property {Sizes} now
 * @property {[number, number] | null} keeps the sizes that keep the signal, or null if they are
 *   unknown
 */

/** The most rows of a strip. Of more layers, some from the first to the last are shown. */
const MOST_ROWS = 5;
/** Room for the layers' names, the axis' numbers and each of these numbers, in CSS pixels. */
const LEFT = 28;
const AXIS = 14;
const NUMBER = 25;

/** Returns the position of a size on the axis, 0 … 1. @param {number} size */
const along = (size) => Math.min(1, Math.max(0, (Math.log10(size) - LOW) / (HIGH - LOW)));

/**
 * Weights of a ridge's smoothing, so that a layer of few weights gives a shape instead of single
 * spikes.
 */
const KERNEL = [0.06, 0.24, 0.4, 0.24, 0.06];

/**
 * @param {Sizes} sizes
 * @returns {number[]} the bins between the walls, smoothed
 */
const smoothed = (sizes) =>
  Array.from({ length: BINS }, (_, bin) =>
    KERNEL.reduce((sum, share, k) => {
      const from = bin + k - 2;
      return sum + (from >= 0 && from < BINS ? share * sizes[1 + from] : 0);
    }, 0),
  );

/**
 * @param {WeightRow[]} rows first layer first
 * @param {string} colour of the run
 * @param {string} label for screen readers
 * @param {number} width CSS pixels
 * @param {number} height
 * @param {(size: number) => string} text writes a size on the axis
 */
export function weightStrip(rows, colour, label, width, height, text) {
  const drawn = Math.min(MOST_ROWS, rows.length);
  const shown = Array.from(
    { length: drawn },
    (_, i) => rows[drawn > 1 ? Math.round((i * (rows.length - 1)) / (drawn - 1)) : 0],
  );
  const length = width - LEFT - 16;
  const x = (/** @type {number} */ share) => (LEFT + 6 + share * length).toFixed(1);
  const room = (height - AXIS) / shown.length;
  const each = length < NUMBER * (HIGH - LOW) ? 2 : 1;
  return html`<svg
    class="weights"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label=${label}
  >
    ${shown.map(({ name, start, now, keeps }, row) => {
      const foot = (row + 1) * room;
      const [before, after] = [smoothed(start), smoothed(now)];
      const most = Math.max(0.1, ...before, ...after);
      const high = (/** @type {number} */ share) => (foot - (room - 1.5) * share).toFixed(1);
      const ridge = (/** @type {number[]} */ bins) =>
        `M${x(0)} ${foot.toFixed(1)}${bins.map((count, bin) => `L${x((bin + 0.5) / BINS)} ${high(count / most)}`).join('')}L${x(1)} ${foot.toFixed(1)}`;
      const total = Array.from(now).reduce((sum, count) => sum + count, 0) || 1;
      // Weights beyond an end of the axis are a bar at that end; its height is their share.
      const wall = (/** @type {number} */ count, /** @type {number} */ end) =>
        count === 0
          ? ''
          : svg`<path d="M${x(end)} ${foot.toFixed(1)}V${high(Math.max(0.2, count / total))}" stroke=${colour} stroke-width="4" />`;
      return svg`
        ${keeps ? svg`<path d="M${x(along(keeps[0]))} ${(foot - room + 1).toFixed(1)}H${x(along(keeps[1]))}V${foot.toFixed(1)}H${x(along(keeps[0]))}Z" fill="var(--band)" />` : ''}
        <path d="M${LEFT} ${foot.toFixed(1)}H${width}" stroke="var(--line)" />
        <text x=${LEFT - 6} y=${(foot - room / 2 + 4).toFixed(1)} text-anchor="end">${name}</text>
        <path d="${ridge(after)}Z" fill=${colour} fill-opacity="0.6" />
        <path d=${ridge(before)} fill="none" stroke="var(--ink)" stroke-width="1" />
        ${wall(now[0], 0)}${wall(now[BINS + 1], 1)}`;
    })}
    ${Array.from({ length: HIGH - LOW + 1 }, (_, i) =>
      i % each === 0
        ? svg`<text x=${x(i / (HIGH - LOW))} y=${height - 2} text-anchor="middle">${text(10 ** (LOW + i))}</text>`
        : '',
    )}
  </svg>`;
}
