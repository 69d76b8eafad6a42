// A number for each layer of several networks, on a log axis: dots joined by a thin line, one line a network.

import { html, svg } from 'lit';
import { compact } from '../texts/format.js';

/** Below this a value is what rounding left of 0. */
const SMALLEST = 1e-15;

/**
 * @param {{ name: string, colour: string, values: number[], theory?: number[] }[]} lines values by layer; 0 and what is no number are left out
 * @param {string[]} layers names under the axis
 * @param {string} label for readers who do not see it
 * @param {number} wanted width in CSS pixels
 */
export function layerLines(lines, layers, label, wanted) {
  const [width, height] = [Math.max(240, Math.floor(wanted)), 160];
  const [left, right, top, bottom] = [58, 10, 8, 22];
  const drawable = (/** @type {number} */ value) => Number.isFinite(value) && value > SMALLEST;
  const all = lines.flatMap(({ values, theory }) => [...values, ...(theory ?? [])]).filter(drawable);
  const low = all.length > 0 ? Math.floor(Math.log10(Math.max(1e-30, Math.min(...all)))) : -1;
  const high = all.length > 0 ? Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all)))) : 0;
  const x = (/** @type {number} */ layer) => left + ((layer + 0.5) * (width - left - right)) / layers.length;
  const y = (/** @type {number} */ value) =>
    top + ((high - Math.log10(value)) / (high - low)) * (height - top - bottom);
  const every = Math.max(1, Math.ceil((high - low) / 4));
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => low + i * every);
  const named = Math.ceil(layers.length / 12);
  const path = (/** @type {number[]} */ values) => {
    let pen = 'M';
    return values
      .map((value, l) =>
        drawable(value)
          ? `${pen === 'M' ? ((pen = 'L'), 'M') : 'L'}${x(l).toFixed(1)} ${y(value).toFixed(1)}`
          : '',
      )
      .join('');
  };
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${ticks.map(
      (tick) =>
        svg`<path d="M${left} ${y(10 ** tick)}H${width - right}" stroke="var(--line)" /><text x=${left - 8} y=${y(10 ** tick) + 4} text-anchor="end">${compact(10 ** tick)}</text>`,
    )}
    ${layers.map((name, l) => (l % named === 0 || l === layers.length - 1 ? svg`<text x=${x(l)} y=${height - 4} text-anchor="middle">${name}</text>` : ''))}
    ${lines.map(
      ({ colour, values, theory }) => svg`
        ${theory ? svg`<path d=${path(theory)} fill="none" stroke=${colour} stroke-width="1" stroke-dasharray="2 4" />` : ''}
        <path d=${path(values)} fill="none" stroke=${colour} stroke-width="1.4" />
        ${values.map((value, l) => (drawable(value) ? svg`<circle cx=${x(l)} cy=${y(value)} r="3.2" fill=${colour} />` : ''))}`,
    )}
  </svg>`;
}
