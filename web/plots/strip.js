// A deep or wide network on a canvas: one row per layer with the state of its units, the size of
// its signals, and the functions of the units that vary most.

import { NetworkPainter } from './network.js';
import { css, mix } from './palette.js';
import { ROW_UNITS } from './strip-shape.js';

/**
 * @typedef {object} RowMeasure of one layer
 * @property {number} units
 * @property {number} dead how many units are 0 on every example
 * @property {number} saturated the share of the activations that lie where the slope is almost 0
 * @property {number} forward root mean square of the activations
 * @property {number} backward root mean square of the gradients
 *
 * @typedef {import('./network.js').NetworkPicture & { measures: RowMeasure[], words: RowWords }}
 *   RowPicture
 * @typedef {object} RowWords
 * @property {string} layer
 * @property {string} output
 * @property {string} active
 * @property {string} saturated
 * @property {string} dead
 * @property {string} forward
 * @property {string} backward
 * @property {string} out short for output
 * @property {string} units
 * @property {string} some short for units
 * @property {string} weights of units that see pictures
 * @property {(value: number) => string} tick
 */

/** Height of a row, of the heading, and of the axis below, in CSS pixels. */
const [ROW, HEAD, FOOT] = [26, 34, 20];
/** Side of a unit, and the distance between two. */
const [SIDE, STEP] = [20, 24];
const MARGIN = 6;
/** Smaller and larger signals are drawn at the ends of the axis. */
const [SMALLEST, LARGEST] = [1e-15, 1e12];

export class StripPainter extends NetworkPainter {
  /**
   * @param {RowPicture} picture
   * @param {number} room CSS pixels
   * @param {number} ratio device pixels per CSS pixel
   */
  paint(picture, room, ratio) {
    if (this.colours === null) return;
    const { measures, layers } = picture;
    const width = Math.floor(room);
    const height = HEAD + layers.length * ROW + FOOT;
    this.clear(width, height, ratio);
    const narrow = width < 600;
    const { words } = picture;
    const [states, forward, backward, units] = narrow ? [46, 108, 184, 260] : [54, 234, 350, 466];
    const [wide, part] = narrow ? [50, 64] : [160, 92];
    this.names(picture, narrow);
    this.states(picture, states, wide, narrow);
    this.sizes(
      measures.map((row) => row.forward),
      forward,
      part,
      words.forward,
      picture,
    );
    this.sizes(
      measures.map((row) => row.backward),
      backward,
      part,
      words.backward,
      picture,
    );
    const left = units + SIDE / 2;
    const fits = Math.max(1, Math.min(ROW_UNITS, Math.floor((width - units - MARGIN) / STEP)));
    const title = picture.output.kind === 'none' ? words.weights : words.units;
    this.heading(narrow ? words.some : title, units);
    this.columns = [];
    const rows = layers.map(({ out }, layer) => {
      const known = this.known(picture, layer, out);
      return Array.from({ length: Math.min(fits, known) }, (_, at) => ({
        layer,
        unit: picture.shown?.[layer]?.[at] ?? at,
        at,
        x: left + at * STEP,
        y: HEAD + (layer + 0.5) * ROW,
        side: SIDE,
        frame: 2,
      }));
    });
    this.places = rows.slice(0, -1).flat();
    rows.forEach((places, layer) => this.units(picture, places, layer + 1));
    this.mark(this.placeOf(picture.chosen));
  }

  /**
   * The number of units of a layer whose picture is known.
   * @param {RowPicture} picture
   * @param {number} layer
   * @param {number} out
   */
  known({ layers, units, output }, layer, out) {
    // Units that see pictures are drawn in the first layer only, as their weights.
    if (output.kind === 'none') return layer === 0 ? units[0].length : 0;
    return layer === layers.length - 1 ? out : units[layer].length;
  }

  /** A row has no edges that could be clicked. @returns {null} */
  edgeAt() {
    return null;
  }

  /**
   * @param {string} text
   * @param {number} x
   */
  heading(text, x) {
    const { context } = this;
    context.font = '12px system-ui, sans-serif';
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillStyle = css(/** @type {import('./palette.js').Colours} */ (this.colours).quiet);
    context.fillText(text, x, HEAD / 2 - 2);
  }

  /**
   * @param {RowPicture} picture
   * @param {boolean} narrow
   */
  names({ layers, words }, narrow) {
    const { context } = this;
    const { quiet, line } = /** @type {import('./palette.js').Colours} */ (this.colours);
    this.heading(words.layer, MARGIN);
    layers.forEach((_, layer) => {
      const y = HEAD + (layer + 0.5) * ROW;
      context.fillStyle = css(quiet);
      const last = narrow ? words.out : words.output;
      context.fillText(layer === layers.length - 1 ? last : String(layer + 1), MARGIN, y);
      context.strokeStyle = css(line);
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(MARGIN, y + ROW / 2);
      context.lineTo(this.canvas.clientWidth - MARGIN, y + ROW / 2);
      context.stroke();
    });
  }

  /**
   * A bar per layer: the shares of active, saturated and dead units.
   * @param {RowPicture} picture
   * @param {number} x
   * @param {number} width
   * @param {boolean} narrow
   */
  states({ measures, words }, x, width, narrow) {
    const { context } = this;
    const { paper, ink, class1 } = /** @type {import('./palette.js').Colours} */ (this.colours);
    const shades = [css(mix(paper, class1, 0.35)), css(mix(paper, ink, 0.45)), css(ink)];
    if (narrow) this.heading(words.dead, x);
    else {
      let at = x;
      [words.active, words.saturated, words.dead].forEach((word, i) => {
        context.fillStyle = shades[i];
        context.fillRect(at, HEAD / 2 - 6, 8, 8);
        this.heading(word, at + 11);
        at += 15 + context.measureText(word).width;
      });
    }
    measures.forEach(({ units, dead, saturated }, layer) => {
      const shareDead = dead / units;
      const shareSaturated = Math.max(0, Math.min(1 - shareDead, saturated || 0));
      let at = x;
      for (const [i, share] of [1 - shareDead - shareSaturated, shareSaturated, shareDead].entries()) {
        context.fillStyle = shades[i];
        context.fillRect(at, HEAD + layer * ROW + 7, share * width, ROW - 14);
        at += share * width;
      }
    });
  }

  /**
   * A dot per layer on a logarithmic axis, joined from row to row.
   * @param {number[]} values
   * @param {number} x
   * @param {number} width
   * @param {string} title
   * @param {RowPicture} picture
   */
  sizes(values, x, width, title, { words }) {
    const { context } = this;
    const { ink, quiet, line, paper } = /** @type {import('./palette.js').Colours} */ (this.colours);
    this.heading(title, x);
    const logs = values.map((value) =>
      value >= 0 ? Math.log10(Math.min(LARGEST, Math.max(SMALLEST, value))) : Math.log10(LARGEST),
    );
    const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
    const span = Math.max(1, high - low);
    const place = (/** @type {number} */ log) => x + 4 + ((log - low) / span) * (width - 8);
    const foot = HEAD + values.length * ROW;
    context.lineWidth = 1;
    for (const [i, end] of [low, low + span].entries()) {
      context.strokeStyle = css(line);
      context.beginPath();
      context.moveTo(place(end), HEAD);
      context.lineTo(place(end), foot);
      context.stroke();
      context.fillStyle = css(quiet);
      context.textAlign = i === 0 ? 'left' : 'right';
      context.fillText(words.tick(10 ** end), i === 0 ? x : x + width, foot + FOOT / 2);
    }
    context.strokeStyle = css(quiet);
    context.beginPath();
    logs.forEach((log, layer) => {
      const y = HEAD + (layer + 0.5) * ROW;
      if (layer === 0) context.moveTo(place(log), y);
      else context.lineTo(place(log), y);
    });
    context.stroke();
    logs.forEach((log, layer) => {
      context.beginPath();
      context.arc(place(log), HEAD + (layer + 0.5) * ROW, 3.5, 0, 2 * Math.PI);
      context.fillStyle = css(ink);
      context.fill();
      context.strokeStyle = css(paper);
      context.stroke();
    });
  }
}
