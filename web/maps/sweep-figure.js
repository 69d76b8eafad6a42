// A sweep as a figure for a file.

import { html, nothing, svg } from 'lit';
import { DASHES, colourOf, mark } from '../plots/marks.js';
import { words } from '../story/map-words.js';

/** The room around the plot, in CSS pixels. */
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 16, 40, 44];
/** Shares on a linear axis. */
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * Returns the place of a value on an axis; values beyond its ends lie at the ends.
 * @param {[number, number]} values at the ends
 * @param {[number, number]} places of the ends
 * @param {boolean} log
 */
function scaleOf([least, greatest], [from, to], log) {
  const of = (/** @type {number} */ value) => (log ? Math.log(value) : value);
  return (/** @type {number} */ value) => {
    const within = Math.min(greatest, Math.max(least, value));
    return from + ((to - from) * (of(within) - of(least))) / (of(greatest) - of(least));
  };
}

/** The powers of ten in a range. @param {[number, number]} range */
const decades = ([least, greatest]) => {
  const first = Math.ceil(Math.log10(least) - 1e-9);
  const count = Math.floor(Math.log10(greatest) + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => 10 ** (first + i));
};

/** @param {(readonly [number, number])[]} points */
const pathOf = (points) =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/**
 * @param {import('./sweep-chart.js').SweepChart} sweep
 * @param {{ width: number, height: number }} room in CSS pixels
 * @returns {import('../story/map-figure.js').Chart}
 */
function chartOf(sweep, { width, height }) {
  const { x, lines } = sweep;
  const { log, y, marks, levels, spans, eachX, format, formatX } = sweep.options;
  const range = /** @type {[number, number]} */ ([x[0], x[x.length - 1]]);
  const [right, foot] = [width - RIGHT, height - BOTTOM];
  const across = scaleOf(range, [LEFT, right], true);
  const up = scaleOf(y, [foot, TOP], log);
  const colour = (/** @type {number} */ line) => colourOf(lines[line].colour);
  const text = (
    /** @type {string} */ words_,
    /** @type {number} */ at,
    /** @type {number} */ down,
    anchor = 'middle',
  ) => svg`<text x=${at.toFixed(1)} y=${down.toFixed(1)} text-anchor=${anchor}>${words_}</text>`;
  const places = (/** @type {(number | null)[]} */ values) =>
    values.flatMap((value, i) =>
      value === null || Number.isNaN(value) ? [] : [/** @type {const} */ ([across(x[i]), up(value)])],
    );
  const heights = log ? decades(y) : SHARES.filter((share) => share >= y[0] && share <= y[1]);
  const template = html`<svg viewBox="0 0 ${width} ${height}" role="img">
    ${heights.map(
      (value) =>
        svg`<path d=${`M${LEFT} ${up(value).toFixed(1)}H${right}`} stroke="var(--line)" />${text(format(value), LEFT - 8, up(value) + 4, 'end')}`,
    )}
    ${(eachX ? x : decades(range)).map((value) => text(formatX(value), across(value), foot + 18))}
    ${text(sweep.axisName, (LEFT + right) / 2, foot + 36)}
    ${text(words(`sweep.measure.${sweep.measure}`), 0, TOP - 26, 'start')}
    ${marks.map(({ x: at, label }) => {
      const place = across(at);
      const anchor = place < LEFT + 20 ? 'start' : place > right - 20 ? 'end' : 'middle';
      return svg`<path d=${`M${place.toFixed(1)} ${TOP}V${foot}`} stroke="var(--quiet)" stroke-dasharray="3 3" />${text(label, place, TOP - 7, anchor)}`;
    })}
    ${sweep.ribbons.map(({ low, high }, line) => {
      const outline = pathOf([...places(high), ...places(low).reverse()]);
      return outline === ''
        ? nothing
        : svg`<path d=${`${outline}Z`} fill=${colour(line)} fill-opacity="0.18" />`;
    })}
    ${sweep.ribbons.map(
      ({ middle }, line) =>
        svg`<path d=${pathOf(places(middle))} fill="none" stroke=${colour(line)} stroke-width="2" stroke-dasharray=${DASHES[lines[line].colour]?.join(' ') ?? 'none'} />`,
    )}
    ${sweep.ribbons.map(({ middle }, line) => places(middle).map(([at, level]) => mark(lines[line].colour, at, level)))}
    ${levels.map(
      ({ y: at, label }) =>
        svg`<path d=${`M${LEFT} ${up(at).toFixed(1)}H${right}`} stroke="var(--quiet)" stroke-dasharray="3 3" />${text(label, right - 4, up(at) - 5, 'end')}`,
    )}
    ${spans.map(({ from, to, label }, i) => {
      const at = foot - 8 - 15 * i;
      const [start, end] = [across(from), across(to)];
      return svg`<path d=${`M${start.toFixed(1)} ${at}H${Math.max(end, start + 3).toFixed(1)}`} stroke="var(--quiet)" stroke-width="3" />${text(label, start - 6, at + 4, 'end')}`;
    })}
  </svg>`;
  return { template, width, height };
}

/**
 * @param {import('./sweep-chart.js').SweepChart} sweep
 * @returns {import('../story/map-figure.js').Drawing}
 */
export function drawing(sweep) {
  return {
    name: 'init-lab-sweep',
    title: sweep.heading,
    chart: (room) => chartOf(sweep, room),
    legend: sweep.lines.map(({ name, colour: slot }) => ({
      colour: colourOf(slot),
      text: name,
      dash: DASHES[slot]?.join(' ') ?? 'none',
    })),
    caption: words('sweep.caption', { progress: sweep.runner.progress }),
  };
}
