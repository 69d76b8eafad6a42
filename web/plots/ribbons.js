// Several draws of one quantity over a parameter: the median as a line, the middle half as a
// ribbon. uPlot with this project's style and a logarithmic x axis.

import uPlot from 'uplot';
import { axisStyle, shownTicks } from './axis-style.js';
import { drawMark } from './marks.js';
import { chartFont, css, rgb, textScale } from './palette.js';
import { unscaledPointer } from './pointer.js';

/**
 * @typedef {object} Ribbon
 * @property {string} label
 * @property {number} slot of its colour and mark, see marks.js
 * @property {number[] | undefined} dash of the line
 * @property {(number | null)[]} low
 * @property {(number | null)[]} middle
 * @property {(number | null)[]} high
 * @property {{ x: number, y: number }[]} seeds single draws, drawn as small marks without a line
 *
 * @typedef {object} RibbonsOptions
 * @property {boolean} log logarithmic y axis
 * @property {[number, number]} y
 * @property {{ x: number, label: string }[]} marks vertical lines
 * @property {{ y: number, label: string }[]} levels horizontal lines
 * @property {{ from: number, to: number, label: string }[]} spans ranges of the x axis, marked at
 *   the bottom
 * @property {boolean} eachX whether every value has its number on the x axis
 * @property {(value: number) => string} formatX
 * @property {(value: number) => string} format
 */

/**
 * Returns the axes: x below, y at the left.
 * @param {number[]} x
 * @param {RibbonsOptions} options
 * @param {import('./palette.js').Colours} colours
 * @param {number} scale of text
 * @returns {uPlot.Axis[]}
 */
function axesOf(x, options, colours, scale) {
  const axis = axisStyle(colours, scale);
  return [
    {
      ...axis,
      size: 28 * scale,
      grid: { show: false },
      ...(options.eachX ? { splits: () => x, filter: (_, splits) => splits } : {}),
      values: (_, ticks) => ticks.map((tick) => label(tick, options.formatX)),
    },
    {
      ...axis,
      size: 56 * scale,
      space: 32 * scale,
      grid: { ...axis.grid, filter: (_, ticks) => shownTicks(ticks, options.log) },
      values: (_, ticks) => ticks.map((tick) => label(tick, options.format)),
    },
  ];
}

/**
 * Returns the series of a ribbon: its lower edge, its line, its upper edge.
 * @param {Ribbon} ribbon
 * @param {import('./palette.js').Colours} colours
 * @returns {uPlot.Series[]}
 */
function seriesOf({ slot, dash }, colours) {
  const edge = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
  const line = { ...edge, stroke: colours.runs[slot], width: 2, ...(dash ? { dash } : {}) };
  return [edge, line, { ...edge }];
}

export class RibbonsChart {
  /**
   * @param {HTMLElement} host
   * @param {(index: number) => void} onHover called with the value under the pointer, when it
   *   changes
   * @param {(index: number) => void} onPick called after a click with the mouse; a tap only points
   */
  constructor(host, onHover, onPick) {
    this.host = host;
    this.onHover = onHover;
    this.onPick = onPick;
    /** @type {uPlot | null} */
    this.plot = null;
  }

  /**
   * Rebuilds the plot: a sweep shows only a few results a second.
   * @param {number[]} x ascending, positive
   * @param {Ribbon[]} ribbons
   * @param {RibbonsOptions} options
   * @param {import('./palette.js').Colours} colours
   */
  draw(x, ribbons, options, colours) {
    this.plot?.destroy();
    const within = (/** @type {number} */ value) => Math.min(options.y[1], Math.max(options.y[0], value));
    const drawable = (/** @type {(number | null)[]} */ values) =>
      values.map((value) => (value === null || Number.isNaN(value) ? null : within(value)));
    const scale = textScale();
    this.plot = new uPlot(
      {
        width: Math.max(240, this.host.clientWidth),
        height: Math.max(160, this.host.clientHeight),
        legend: { show: false },
        padding: [22 * scale, 12, 0, 0],
        cursor: {
          points: { show: false },
          drag: { x: false, y: false },
          y: false,
          bind: { ...unscaledPointer, mouseleave: () => null },
        },
        scales: {
          x: { time: false, distr: 3, range: () => [x[0], x[x.length - 1]] },
          y: { distr: options.log ? 3 : 1, range: () => options.y },
        },
        axes: axesOf(x, options, colours, scale),
        series: [{}, ...ribbons.flatMap((ribbon) => seriesOf(ribbon, colours))],
        bands: ribbons.map(({ slot }, i) => ({
          series: [3 * i + 3, 3 * i + 1],
          fill: css(rgb(colours.runs[slot]), 0.18),
        })),
        hooks: {
          draw: [
            (plot) => {
              for (const { slot, middle, seeds } of ribbons) {
                const put = (/** @type {number} */ at, /** @type {number} */ value, size = 1) =>
                  drawMark(
                    plot.ctx,
                    slot,
                    plot.valToPos(at, 'x', true),
                    plot.valToPos(within(value), 'y', true),
                    size * scale * devicePixelRatio,
                    { colour: colours.runs[slot], paper: css(colours.paper) },
                  );
                for (const { x: at, y } of seeds) put(at, y, 0.8);
                for (const [i, value] of middle.entries()) if (value !== null) put(x[i], value);
              }
              drawLines(plot, options, colours, scale);
            },
          ],
          setCursor: [
            ({ cursor: { left, idx } }) => {
              if (typeof left === 'number' && left >= 0 && typeof idx === 'number') this.onHover(idx);
            },
          ],
          ready: [
            (plot) => {
              let byMouse = true;
              plot.over.addEventListener('pointerdown', ({ pointerType }) => {
                byMouse = pointerType === 'mouse';
              });
              plot.over.addEventListener('click', () => {
                if (byMouse && typeof plot.cursor.idx === 'number') this.onPick(plot.cursor.idx);
              });
            },
          ],
        },
      },
      [x, ...ribbons.flatMap(({ low, middle, high }) => [low, middle, high].map(drawable))],
      this.host,
    );
  }

  /** Moves the cursor to an x value, as pointing does. @param {number} index */
  point(index) {
    const x = this.plot?.data[0][index];
    if (this.plot && typeof x === 'number') this.plot.setCursor({ left: this.plot.valToPos(x, 'x'), top: 1 });
  }

  destroy() {
    this.plot?.destroy();
  }
}

/**
 * uPlot marks ticks between powers of ten, which it leaves out, by null.
 * @param {number | null} tick
 * @param {(value: number) => string} format
 */
const label = (tick, format) => (tick === null ? '' : format(tick));

/** Height of a level's name above or below its line, in CSS pixels. */
const ROOM = 17;

/**
 * Places the names of horizontal lines: above their line, or below it if another line or the plot's
 * edge is close above.
 * @param {number[]} lines heights of the lines
 * @param {number} top of the plot
 * @returns {number[]} baselines; all in CSS pixels from the top
 */
export function namesOfLevels(lines, top) {
  return lines.map((y) => {
    if (y - ROOM >= top && !lines.some((other) => other < y && other > y - ROOM)) return y - 5;
    let low = y;
    for (const other of lines.toSorted((a, b) => a - b)) if (other > low && other < low + ROOM) low = other;
    return low + 13;
  });
}

/**
 * @param {uPlot} plot
 * @param {RibbonsOptions} options
 * @param {import('./palette.js').Colours} colours
 * @param {number} scale of text
 */
function drawLines({ ctx: context, bbox, valToPos }, { marks, levels, spans }, colours, scale) {
  const ratio = devicePixelRatio;
  context.save();
  context.strokeStyle = css(colours.ink, 0.55);
  context.fillStyle = css(colours.quiet);
  context.lineWidth = ratio;
  context.font = chartFont(scale * ratio);
  context.setLineDash([3 * ratio, 3 * ratio]);
  const line = (/** @type {number[]} */ [x1, y1, x2, y2]) => {
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  };
  const right = bbox.left + bbox.width;
  for (const mark of marks) {
    const x = valToPos(mark.x, 'x', true);
    // A name at an end of the axis stays inside the plot.
    const half = context.measureText(mark.label).width / 2;
    context.textAlign = x - half < bbox.left ? 'left' : x + half > right ? 'right' : 'center';
    line([x, bbox.top, x, bbox.top + bbox.height]);
    context.fillText(mark.label, x, bbox.top - 7 * ratio);
  }
  const shown = levels
    .map((level) => ({ ...level, at: valToPos(level.y, 'y', true) }))
    .filter(({ at }) => at >= bbox.top && at <= bbox.top + bbox.height);
  for (const { at } of shown) line([bbox.left, at, bbox.left + bbox.width, at]);
  context.setLineDash([]);
  context.lineJoin = 'round';
  // Give words a background, so that they stay readable over curves.
  const word = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.save();
    context.strokeStyle = css(colours.paper, 0.85);
    context.lineWidth = 4 * ratio;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
    context.restore();
  };
  const baselines = namesOfLevels(
    shown.map(({ at }) => at / ratio),
    bbox.top / ratio,
  );
  for (const [i, level] of shown.entries()) {
    // Alternate between the ends, because adjacent labels would overlap.
    const atEnd = i % 2 === 0;
    context.textAlign = atEnd ? 'right' : 'left';
    const inset = 4 * ratio;
    word(level.label, bbox.left + (atEnd ? bbox.width - inset : inset), baselines[i] * ratio);
  }
  context.lineWidth = 3 * ratio;
  context.textAlign = 'right';
  for (const [i, span] of spans.entries()) {
    const y = bbox.top + bbox.height - (8 + 15 * i) * ratio;
    const from = valToPos(span.from, 'x', true);
    // Draw a range of no length as a point.
    line([from, y, Math.max(valToPos(span.to, 'x', true), from + 3 * ratio), y]);
    word(span.label, from - 6 * ratio, y + 4 * ratio);
  }
  context.restore();
}
