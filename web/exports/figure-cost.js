// The cost over the iterations in a figure, as vectors.

import { linearTop } from '../plots/cost-axis.js';
import { DASHES, colourOf } from '../plots/marks.js';
import { compact, whole } from '../texts/format.js';
import { element, escaped } from './svg.js';

/**
 * Draws the cost over the iterations as vectors, with the lab's axis.
 * @param {import('../state/model.js').LabModel} model
 * @param {number} width
 * @param {number} height
 */
export function costChart(model, width, height) {
  const { runs, iterations, scale } = model.store.state;
  const log = scale === 'log';
  const histories = runs.map((run) => model.race.histories.get(run.id) ?? []);
  const values = histories
    .flat()
    .map((metrics) => metrics.cost)
    .filter((value) => Number.isFinite(value) && value > 0);
  const highest = Math.max(...values, 1e-9);
  const most = linearTop(runs.map(({ id }) => model.race.answers.get(id)?.plateau ?? 0));
  const top = log ? 10 ** Math.ceil(Math.log10(highest)) : Math.min(most, Math.max(0.1, highest));
  const bottom = log ? 10 ** Math.floor(Math.log10(Math.min(...values, top / 10))) : 0;
  const [left, right, foot] = [52, 110, height - 22];
  const x = (/** @type {number} */ iteration) => left + ((width - left - right) * iteration) / iterations;
  const y = (/** @type {number} */ value) => {
    const share = log
      ? (Math.log10(value) - Math.log10(bottom)) / (Math.log10(top) - Math.log10(bottom))
      : value / top;
    return 6 + (foot - 6) * (1 - Math.min(1, Math.max(0, share)));
  };
  const ticks = log
    ? Array.from({ length: Math.round(Math.log10(top / bottom)) + 1 }, (_, i) => bottom * 10 ** i)
    : evenTicks(top);
  const grid = ticks
    .map(
      (tick) =>
        element('path', {
          d: `M${left} ${y(tick).toFixed(1)}H${(width - right).toFixed(1)}`,
          stroke: 'var(--line)',
        }) + element('text', { x: left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, escaped(compact(tick))),
    )
    .join('');
  const names = [0, iterations / 2, iterations]
    .map((at) => `<text x="${x(at).toFixed(1)}" y="${height - 4}" text-anchor="middle">${whole(at)}</text>`)
    .join('');
  /** @type {number[]} */
  const taken = [];
  const lines = runs.map((run, r) => {
    const slot = model.slotOf(run.id);
    const points = histories[r].filter((metrics) => Number.isFinite(metrics.cost) && metrics.cost > 0);
    const path = points
      .map((m, i) => `${i === 0 ? 'M' : 'L'}${x(m.iteration).toFixed(1)} ${y(m.cost).toFixed(1)}`)
      .join('');
    const last = points[points.length - 1];
    let at = last ? y(last.cost) + 4 : foot;
    while (taken.some((other) => Math.abs(other - at) < 14)) at -= 14;
    taken.push(at);
    const line = element('path', {
      d: path,
      fill: 'none',
      stroke: colourOf(slot),
      'stroke-width': 1.8,
      'stroke-dasharray': DASHES[slot]?.join(' ') ?? 'none',
    });
    const label = { x: width - right + 8, y: at, fill: colourOf(slot) };
    return (
      line + infinite(histories[r], x, colourOf(slot)) + element('text', label, escaped(model.nameOf(run)))
    );
  });
  return `${grid}${names}${lines.join('')}`;
}

/**
 * Returns three to six round values from 0 to at most `top`.
 * @param {number} top
 */
function evenTicks(top) {
  const power = 10 ** Math.floor(Math.log10(top / 3));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * power).findLast((each) => each * 3 <= top) ?? power;
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) =>
    Number((i * step).toPrecision(6)),
  );
}

/**
 * A line along the upper edge where the cost is infinite or not a number.
 * @param {import('../race/types.js').Metrics[]} history
 * @param {(iteration: number) => number} x
 * @param {string} colour
 */
function infinite(history, x, colour) {
  const lost = history.filter(({ cost }) => !Number.isFinite(cost));
  if (lost.length === 0) return '';
  const [from, to] = [lost[0], lost[lost.length - 1]].map(({ iteration }) => x(iteration));
  const sign = Number.isNaN(lost[lost.length - 1].cost) ? 'NaN' : '∞';
  return (
    element('path', {
      d: `M${from.toFixed(1)} 2H${Math.max(to, from + 4).toFixed(1)}`,
      stroke: colour,
      'stroke-width': 2,
    }) + element('text', { x: Math.max(to, from + 4) + 4, y: 6, fill: colour }, sign)
  );
}
