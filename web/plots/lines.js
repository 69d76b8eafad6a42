// Streaming lines over a shared x axis: uPlot with this project's style. Where values are infinite
// or NaN, a labelled bar of the line's colour runs along the top edge.

import uPlot from 'uplot';
import { axisStyle, shownTicks } from './axis-style.js';
import { chartFont, css, textScale } from './palette.js';
import { unscaledPointer } from './pointer.js';
import { drawMark } from './marks.js';
import { shortened } from './shortened.js';

/** @typedef {import('./palette.js').Colours} Colours */
/**
 * @typedef {{ label: string, colour: string, dash?: number[], mark?: number, values: (number |
 *   null)[] }} Line mark: slot of the mark at its end
 */
/**
 * @typedef {object} LinesOptions
 * @property {boolean} log logarithmic y axis
 * @property {[number, number]} x range of the x axis
 * @property {[number, number] | null} y range of the y axis, or null to follow the values
 * @property {number | null} cursor x of the standing cursor
 * @property {(value: number) => string} format of y values on the axis
 * @property {(value: number) => string} formatX
 * @property {(plot: uPlot, ticks: number[]) => (number | null)[]} [ticks] selects the y ticks that
 *   are drawn, if there are too many
 * @property {{ value: number, label: string }[]} [levels] y values with a dashed line
 * @property {boolean} labels whether the lines carry their names at the right end
 */

export class LinesChart {
  /**
   * @param {HTMLElement} host
   * @param {Colours} colours
   * @param {{ onHover: (index: number | null, left: number) => void, onPick: (x: number) => void }}
   *   listeners
   */
  constructor(host, colours, listeners) {
    this.host = host;
    this.colours = colours;
    this.listeners = listeners;
    /** @type {uPlot | null} */
    this.plot = null;
    this.shape = '';
    /** Read once when the plot is built, because each read makes the browser compute styles. */
    this.scale = 1;
    /** @type {Line[]} */
    this.lines = [];
    /** @type {LinesOptions | null} */
    this.options = null;
    /** @type {number[]} */
    this.x = [];
  }

  /**
   * @param {number[]} x
   * @param {Line[]} lines
   * @param {LinesOptions} options
   */
  draw(x, lines, options) {
    [this.x, this.lines, this.options] = [x, lines, options];
    const shape = JSON.stringify([
      options.log,
      options.labels,
      // Unchanged ticks would keep their texts after a change of language, so rebuild the plot
      // then.
      [options.format(0.5), options.formatX(1234), options.levels?.map(({ label }) => label)],
      lines.map(({ colour, dash, mark }) => [colour, dash, mark]),
    ]);
    if (this.plot === null || shape !== this.shape) {
      this.shape = shape;
      this.build();
      return;
    }
    this.plot.setData(this.plotted(), true);
  }

  /**
   * Returns the values as uPlot can draw them: null for values that the axis cannot show.
   * @returns {uPlot.AlignedData}
   */
  plotted() {
    const drawable = (/** @type {number | null} */ value) =>
      value !== null && Number.isFinite(value) && (!this.options?.log || value > 0) ? value : null;
    return [this.x, ...this.lines.map(({ values }) => values.map(drawable))];
  }

  /** @param {Colours} colours */
  setColours(colours) {
    this.colours = colours;
    if (this.options !== null) this.build();
  }

  /**
   * @param {number} width CSS pixels
   * @param {number} height CSS pixels
   */
  resize(width, height) {
    if (this.size && this.size.width === width && this.size.height === height) return;
    this.size = { width, height };
    this.plot?.setSize(this.size);
  }

  /** @type {{ width: number, height: number } | null} */
  size = null;

  /**
   * Moves the cursor to an x value, as pointing does, or removes it with null.
   * @param {number | null} index
   */
  point(index) {
    const left = index === null ? -10 : (this.plot?.valToPos(this.x[index], 'x') ?? -10);
    this.plot?.setCursor({ left, top: 1 });
  }

  build() {
    // Keep the cursor's position.
    const left = this.plot?.cursor.left ?? -10;
    this.plot?.destroy();
    const options = /** @type {LinesOptions} */ (this.options);
    const { ink } = this.colours;
    const scale = (this.scale = textScale());
    this.plot = new uPlot(
      {
        ...(this.size ?? { width: 600, height: 220 }),
        legend: { show: false },
        padding: [14 * scale, (options.labels ? 112 : 22) * scale, 0, 0],
        cursor: {
          points: { size: 7 },
          drag: { x: false, y: false },
          y: false,
          bind: { ...unscaledPointer, dblclick: () => null },
        },
        focus: { alpha: 1 },
        scales: {
          x: { time: false, range: () => /** @type {LinesOptions} */ (this.options).x },
          y: { distr: options.log ? 3 : 1, range: (_, low, high) => this.rangeY(low, high) },
        },
        axes: this.axes(options),
        series: [
          {},
          ...this.lines.map(({ label, colour, dash }) => ({
            label,
            stroke: colour,
            width: 1.8,
            ...(dash ? { dash } : {}),
            points: { show: false },
            spanGaps: false,
          })),
        ],
        hooks: {
          draw: [(plot) => this.drawMarks(plot, ink)],
          setCursor: [
            (plot) =>
              this.listeners.onHover(
                plot.cursor.left !== undefined && plot.cursor.left >= 0 ? (plot.cursor.idx ?? null) : null,
                plot.bbox.left / devicePixelRatio + (plot.cursor.left ?? 0),
              ),
          ],
          ready: [
            (plot) => {
              plot.setCursor({ left, top: 1 });
              plot.over.addEventListener('click', () => {
                if (plot.cursor.left !== undefined && plot.cursor.left >= 0)
                  this.listeners.onPick(plot.posToVal(plot.cursor.left, 'x'));
              });
            },
          ],
        },
      },
      this.plotted(),
      this.host,
    );
  }

  /**
   * The axes: x below, y at the left.
   * @param {LinesOptions} options
   * @returns {uPlot.Axis[]}
   */
  axes(options) {
    const { scale } = this;
    const axis = axisStyle(this.colours, scale);
    /** @type {uPlot.Axis.Filter} */
    const shown = (plot, ticks) => options.ticks?.(plot, ticks) ?? shownTicks(ticks, options.log);
    return [
      {
        ...axis,
        size: 28 * scale,
        grid: { show: false },
        space: 80 * scale,
        values: (_, ticks) => ticks.map((tick) => options.formatX(tick)),
      },
      {
        ...axis,
        size: 56 * scale,
        space: 26 * scale,
        filter: shown,
        grid: { ...axis.grid, filter: shown },
        values: (_, ticks) =>
          // The view may have changed since the plot was built.
          ticks.map((tick) => (tick === null ? '' : /** @type {LinesOptions} */ (this.options).format(tick))),
      },
    ];
  }

  /**
   * @param {number | null} low
   * @param {number | null} high
   * @returns {[number, number]}
   */
  rangeY(low, high) {
    const options = /** @type {LinesOptions} */ (this.options);
    if (options.y !== null) return options.y;
    if (low === null || high === null || !Number.isFinite(low)) return options.log ? [0.01, 1] : [0, 1];
    if (options.log) {
      const floor = 10 ** Math.floor(Math.log10(low));
      return [Math.max(floor, 1e-12), Math.max(10 ** Math.ceil(Math.log10(high)), floor * 10)];
    }
    const top = niceAbove(Math.max(high, 1e-9));
    return [Math.min(0, low), top];
  }

  /**
   * Draws the parts that uPlot lacks: the fixed cursor, names at the lines' ends, infinite and NaN
   * values.
   * @param {uPlot} plot
   * @param {import('./palette.js').Rgb} ink
   */
  drawMarks(plot, ink) {
    const { ctx: context, bbox } = plot;
    const ratio = devicePixelRatio;
    const options = /** @type {LinesOptions} */ (this.options);
    context.save();
    context.setLineDash([]);
    if (options.cursor !== null) {
      const x = Math.round(plot.valToPos(options.cursor, 'x', true)) + 0.5;
      context.strokeStyle = css(ink, 0.55);
      context.lineWidth = ratio;
      context.beginPath();
      context.moveTo(x, bbox.top);
      context.lineTo(x, bbox.top + bbox.height);
      context.stroke();
    }
    context.font = chartFont(this.scale * ratio);
    this.drawLevels(plot, ratio);
    context.textBaseline = 'middle';
    const broken = this.lines.filter(({ values }) =>
      values.some((value) => value !== null && !Number.isFinite(value)),
    );
    /** Left edges and middles of the labels drawn so far. @type {[number, number][]} */
    const words = [];
    broken.forEach((line, row) => this.drawUndrawable(plot, line, row, ratio, words));
    if (options.labels) this.drawLabels(plot, ratio);
    context.restore();
  }

  /**
   * @param {uPlot} plot
   * @param {number} ratio
   */
  drawLevels(plot, ratio) {
    const { ctx: context, bbox } = plot;
    context.textBaseline = 'bottom';
    context.textAlign = 'right';
    for (const { value, label } of this.options?.levels ?? []) {
      const y = plot.valToPos(value, 'y', true);
      if (!(y > bbox.top && y < bbox.top + bbox.height)) continue;
      context.strokeStyle = context.fillStyle = css(this.colours.quiet);
      context.lineWidth = ratio;
      context.setLineDash([2 * ratio, 3 * ratio]);
      context.beginPath();
      context.moveTo(bbox.left, y);
      context.lineTo(bbox.left + bbox.width, y);
      context.stroke();
      context.setLineDash([]);
      context.fillText(label, bbox.left + bbox.width - 4 * ratio, y - 2 * ratio);
    }
  }

  /**
   * @param {uPlot} plot
   * @param {Line} line
   * @param {number} row
   * @param {number} ratio
   * @param {[number, number][]} words
   */
  drawUndrawable(plot, line, row, ratio, words) {
    const { ctx: context, bbox } = plot;
    const y = bbox.top + (2 + row * 3) * ratio - 10 * ratio;
    for (let i = 0; i < line.values.length; i += 1) {
      const value = line.values[i];
      if (value === null || Number.isFinite(value)) continue;
      const first = i;
      // ∞ and NaN are separate ranges.
      while (i + 1 < line.values.length && Object.is(line.values[i + 1], value)) i += 1;
      const from = plot.valToPos(this.x[first], 'x', true);
      const to = Math.max(plot.valToPos(this.x[i], 'x', true), from + 3 * ratio);
      context.fillStyle = line.colour;
      context.fillRect(from, y, to - from, 2 * ratio);
      // There is no room for a label if another range follows closely.
      const next = line.values.findIndex(
        (later, at) => at > i && later !== null && later !== undefined && !Number.isFinite(later),
      );
      if (next >= 0 && plot.valToPos(this.x[next], 'x', true) - to < 30 * ratio) continue;
      const [aside, room] = [3 * ratio, 24 * ratio];
      // Place the label after its bar, before it, or below its end, away from the axis and the
      // lines' names.
      const behind = to + aside + room <= bbox.left + bbox.width;
      const before = from - aside - room >= bbox.left;
      context.textAlign = behind ? 'left' : 'right';
      const x = behind ? to + aside : before ? from - aside : to - aside;
      const left = behind ? x : x - room;
      let middle = behind || before ? y + ratio : y + 10 * ratio;
      // Move overlapping labels below each other; moved sideways, a label would name another
      // iteration.
      for (const [other, height] of words.toSorted((a, b) => a[1] - b[1]))
        if (Math.abs(other - left) < room && Math.abs(height - middle) < 11 * ratio)
          middle = height + 11 * ratio;
      words.push([left, middle]);
      context.fillText(Number.isNaN(value) ? 'NaN' : '∞', x, middle);
    }
  }

  /**
   * @param {uPlot} plot
   * @param {number} ratio
   */
  drawLabels(plot, ratio) {
    const { ctx: context, bbox } = plot;
    const { scale } = this;
    const height = 14 * scale * ratio;
    const bottom = bbox.top + bbox.height;
    const wanted = this.lines.map((line) => {
      let last = line.values.length - 1;
      while (last >= 0 && (line.values[last] === null || !Number.isFinite(line.values[last]))) last -= 1;
      const value = last >= 0 ? line.values[last] : null;
      const broken =
        last + 1 < line.values.length && line.values.some((v) => v !== null && !Number.isFinite(v));
      const known = value !== null && !(this.options?.log && value <= 0);
      const place = known ? plot.valToPos(value, 'y', true) : bottom;
      // A line outside the chart gets its name where it left the chart, or at its bar.
      const y = broken ? bbox.top : Math.min(Math.max(place, bbox.top), bottom);
      const x = last >= 0 ? plot.valToPos(this.x[last], 'x', true) : bbox.left;
      return { line, x, end: y, y };
    });
    wanted.sort((a, b) => a.y - b.y);
    for (let i = 1; i < wanted.length; i += 1) wanted[i].y = Math.max(wanted[i].y, wanted[i - 1].y + height);
    for (let i = wanted.length - 1; i >= 0; i -= 1) {
      const below = i + 1 < wanted.length ? wanted[i + 1].y - height : bottom;
      wanted[i].y = Math.min(wanted[i].y, below);
    }
    const x = bbox.left + bbox.width + 10 * ratio;
    const names = shortened(
      wanted.map(({ line }) => line.label),
      (text) => context.measureText(text).width <= 90 * scale * ratio,
    );
    context.textAlign = 'left';
    for (const [i, { line, x: end, end: level, y }] of wanted.entries()) {
      context.fillStyle = line.colour;
      if (line.mark !== undefined) {
        const colours = { colour: line.colour, paper: css(this.colours.paper) };
        drawMark(context, line.mark, end, level, ratio, colours);
        drawMark(context, line.mark, x + 4 * ratio, y, scale * ratio, colours);
      }
      context.fillText(names[i], x + (line.mark === undefined ? 0 : 12 * scale * ratio), y);
    }
  }

  destroy() {
    this.plot?.destroy();
    this.plot = null;
  }
}

/** Returns the next larger of 1, 1.5, 2, 3, 5, 7.5 times a power of ten. @param {number} value */
function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 5, 7.5, 10].find((step) => step * power >= value) ?? 10) * power;
}
