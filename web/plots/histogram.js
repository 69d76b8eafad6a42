// A histogram as one path: equal bins from left to right; the fullest bin is as high as the
// picture.

import { html, svg } from 'lit';

/**
 * @param {ArrayLike<number>} counts
 * @param {string} label for screen readers
 * @param {{ width?: number, height?: number }} [size] in the units of the picture
 */
export function histogramBars(counts, label, { width = 160, height = 44 } = {}) {
  const most = Math.max(1, ...Array.from(counts));
  const step = width / counts.length;
  let path = `M0 ${height}`;
  for (let i = 0; i < counts.length; i += 1) {
    const y = (height * (1 - counts[i] / most)).toFixed(1);
    path += `V${y}H${((i + 1) * step).toFixed(1)}`;
  }
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${label} preserveAspectRatio="none">
    ${svg`<path d="${path}V${height}Z" fill="var(--strong-line)" /><path d="M0 ${height}H${width}" stroke="var(--line)" />`}
  </svg>`;
}
