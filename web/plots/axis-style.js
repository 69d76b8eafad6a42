// The axes of both kinds of charts, in this project's style of uPlot.

import { chartFont, css } from './palette.js';

/**
 * Returns the look of an axis: numbers without a line and without ticks.
 * @param {import('./palette.js').Colours} colours
 * @param {number} scale of text
 * @returns {import('uplot').Axis}
 */
export const axisStyle = (colours, scale) => ({
  stroke: css(colours.quiet),
  font: chartFont(scale),
  grid: { stroke: css(colours.line), width: 1 },
  ticks: { show: false },
  border: { show: false },
});

/**
 * Returns the ticks that are drawn, null in place of the others: on a logarithmic axis the powers
 * of ten are enough.
 * @param {(number | null)[]} ticks
 * @param {boolean} log
 */
export const shownTicks = (ticks, log) =>
  ticks.map((tick) => (log && tick !== null && Math.log10(tick) % 1 !== 0 ? null : tick));
