// A number per layer for several networks, on a log axis: marks joined by a thin line, one line per
// network. Values near 0 and diverging values are drawn on extra rows at the bottom and top, so
// that they do not compress the others.

import { html, svg } from 'lit';
import { colourOf, mark } from './marks.js';

/** Smaller values are rounding errors. */
const SMALLEST = 1e-15;
/** A larger signal has exploded; diverging values reach up to 10³⁰⁸. */
const LARGEST = 1e12;

/**
 * Returns the width of each of two charts, forward and backward: side by side, 2 rem apart, if
 * there is room.
 * @param {number} room CSS pixels
 * @returns {number}
 */
export const widthOfTwo = (room) => (room > 600 ? (room - 32) / 2 : room);

/**
 * @typedef {object} LayerLine
 * @property {string} name
 * @property {number} slot of the colour and mark, see marks.js
 * @property {number[]} values by layer, the output's last; NaN is left out
 * @property {number[]} [theory] drawn dotted
 * @property {number[]} [before] the values at the start, drawn as a thin line
 */

/**
 * @param {LayerLine[]} lines
 * @param {string[]} layers names under the axis
 * @param {string} label for screen readers
 * @param {{ width: number, height?: number, apart?: boolean }} size CSS pixels; whether the last
 *   layer is set apart
 * @param {(value: number) => string} format of values on the axis
 */
export function layerLines(lines, layers, label, size, format) {
  const [width, height] = [
    Math.max(240, Math.floor(size.width)),
    Math.max(120, Math.floor(size.height ?? 160)),
  ];
  const [left, right] = [58, 10];
  const drawable = (/** @type {number} */ value) => value > SMALLEST && value <= LARGEST;
  const nothing = (/** @type {number} */ value) => value <= SMALLEST;
  const boundless = (/** @type {number} */ value) => value > LARGEST;
  const has = (/** @type {(value: number) => boolean} */ of) => lines.some(({ values }) => values.some(of));
  const [foot, head] = [height - 22, 8];
  const [top, bottom] = [head + (has(boundless) ? 16 : 0), height - foot + (has(nothing) ? 16 : 0)];
  const all = lines
    .flatMap(({ values, theory, before }) => [...values, ...(theory ?? []), ...(before ?? [])])
    .filter(drawable);
  const low = all.length > 0 ? Math.floor(Math.log10(Math.max(1e-30, Math.min(...all)))) : -1;
  const high = all.length > 0 ? Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all)))) : 0;
  // The output layer is set apart because its activation function differs.
  const gap = size.apart && layers.length > 1 ? 0.5 : 0;
  const x = (/** @type {number} */ layer) =>
    left +
    ((layer + 0.5 + (layer === layers.length - 1 ? gap : 0)) * (width - left - right)) /
      (layers.length + gap);
  const y = (/** @type {number} */ value) => {
    if (nothing(value)) return foot;
    if (boundless(value)) return head;
    return top + ((high - Math.log10(value)) / (high - low)) * (height - top - bottom);
  };
  /**
   * Several networks may have no signal in one layer, so spread their marks.
   * @param {number} line
   * @param {number} value
   */
  const aside = (line, value) => (drawable(value) ? 0 : (line - (lines.length - 1) / 2) * 4);
  const every = Math.max(1, Math.ceil((high - low) / 4));
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => low + i * every);
  const named = Math.ceil(layers.length / 12);
  const path = (/** @type {number[]} */ values) => {
    let pen = 'M';
    return values
      .map((value, l) => {
        if (gap > 0 && l === values.length - 1) return '';
        return drawable(value)
          ? `${pen === 'M' ? ((pen = 'L'), 'M') : 'L'}${x(l).toFixed(1)} ${y(value).toFixed(1)}`
          : '';
      })
      .join('');
  };
  const marks = [
    ...ticks.map((tick) => ({ at: y(10 ** tick), text: format(10 ** tick), dash: '' })),
    ...(has(nothing) ? [{ at: foot, text: '≈ 0', dash: '1 3' }] : []),
    ...(has(boundless) ? [{ at: head, text: `> ${format(LARGEST)}`, dash: '1 3' }] : []),
  ];
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${marks.map(
      ({ at, text, dash }) =>
        svg`<path d="M${left} ${at}H${width - right}" stroke="var(--line)" stroke-dasharray=${dash} /><text x=${left - 8} y=${at + 4} text-anchor="end">${text}</text>`,
    )}
    ${layers.map((name, l) => (l % named === 0 || l === layers.length - 1 ? svg`<text x=${x(l)} y=${height - 4} text-anchor="middle">${name}</text>` : ''))}
    ${lines.map(
      ({ slot, values, theory, before }, line) => svg`
        ${before ? svg`<path d=${path(before)} fill="none" stroke=${colourOf(slot)} stroke-width="1" opacity="0.6" />` : ''}
        ${theory ? svg`<path d=${path(theory)} fill="none" stroke=${colourOf(slot)} stroke-width="1" stroke-dasharray="2 4" />` : ''}
        <path d=${path(values)} fill="none" stroke=${colourOf(slot)} stroke-width="1.4" />
        ${values.map((value, l) => (Number.isNaN(value) ? '' : mark(slot, x(l) + aside(line, value), y(value))))}`,
    )}
  </svg>`;
}
