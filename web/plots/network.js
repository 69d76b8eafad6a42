// A network drawn on a canvas: a column of units per layer, every unit a thumbnail of the function
// it computes, every edge a weight. Units that compute the same function share a bar of one tint at
// their side.

import { LIMITS } from '../../src/js/limits.js';
import { classFields, css, fieldRamp, mix } from './palette.js';

/** @typedef {import('./palette.js').Colours} Colours */
/**
 * @typedef {object} NetworkPicture
 * @property {Float64Array} parameters
 * @property {{ in: number, out: number, weights: number, biases: number,
 *   traits: { low: number, high: number } }[]} layers
 * @property {number} size columns and rows of a unit's field
 * @property {Float32Array[][]} units
 * @property {number[][]} [shown] indices of these units in their layers, if not the first ones
 * @property {number[][]} groups for each layer and unit the first unit of the layer that computes
 *   the same function
 * @property {number[][]} dead for each layer the units that are 0 on every example
 * @property {import('./field.js').Field} output
 * @property {{ layer: number, unit: number } | null} chosen the unit that gets a frame of its own
 *
 * @typedef {{ layer: number, unit: number, at?: number, x: number, y: number, side: number, frame:
 *   number }} Place CSS pixels, middle of the unit, and the greatest thickness of a frame that does
 *   not touch a neighbour's; `at`: its index among the units of the picture, if not its own
 */

/** The most units of a layer that are drawn. */
export const MOST_UNITS = LIMITS.unitsDrawn;
/** The smallest and largest side of a unit, in CSS pixels. */
const SMALLEST = 8;
const LARGEST = 36;
/** The least distance between columns, so that edges between the smallest units are visible. */
const NEAREST = SMALLEST + 5;
/** The least distance between columns if the network is wider than its room anyway. */
const ROOMY = 20;
/** Margin at both sides, and room below for the number of units that are not drawn. */
const MARGIN = 6;
const LABELS = 14;
/** How near a pointer must be to an edge, in CSS pixels. */
const NEAR_EDGE = 5;
const TINTS = /** @type {const} */ ([4, 2, 6, 5, 1]);

export class NetworkPainter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.thumb = document.createElement('canvas');
    /** @type {Colours | null} */
    this.colours = null;
    /** @type {Uint32Array | null} */
    this.ramp = null;
    /** @type {Place[]} */
    this.places = [];
    /** The units of each layer, the inputs first. @type {Place[][]} */
    this.columns = [];
  }

  /** @param {Colours} colours */
  setColours(colours) {
    this.colours = colours;
    this.ramp = fieldRamp(colours);
  }

  /**
   * @param {NetworkPicture} picture
   * @param {number} room the width in CSS pixels; the drawing is wider if the columns would overlap
   * @param {number} ratio device pixels per CSS pixel
   */
  paint(picture, room, ratio) {
    if (this.colours === null) return;
    // A picture is one unit: the weights of its pixels are seen in the units of the first layer.
    const inputs = picture.layers[0].in;
    const widths = [isPlane(picture) ? inputs : 1, ...picture.layers.map(({ out }) => out)];
    const tallest = Math.min(MOST_UNITS, Math.max(...widths));
    const wide = (/** @type {number} */ across) => (widths.length - 1) * across + SMALLEST + 2 * MARGIN;
    const width = wide(NEAREST) <= room ? room : wide(ROOMY);
    const side = Math.max(SMALLEST, Math.min(LARGEST, width / (widths.length * 1.9), 260 / tallest - 4));
    const columnHeight = Math.max(96, tallest * (side + 5) + 8);
    const height = columnHeight + (Math.max(...widths) > MOST_UNITS ? LABELS : 0);
    this.clear(width, height, ratio);
    const columns = widths.map((count, column) =>
      this.column(count, column, widths.length, width, columnHeight, side),
    );
    this.places = columns.slice(1, -1).flat();
    this.columns = isPlane(picture) ? columns : [];
    picture.layers.forEach((layer, l) => {
      if (l > 0 || isPlane(picture)) this.edges(picture, layer, columns[l], columns[l + 1]);
    });
    columns.forEach((places, column) => this.units(picture, places, column));
    this.labels(columns, widths, height);
    this.mark(this.placeOf(picture.chosen));
  }

  /**
   * Empties the canvas and gives it a size.
   * @param {number} width CSS pixels
   * @param {number} height
   * @param {number} ratio device pixels per CSS pixel
   */
  clear(width, height, ratio) {
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) {
      [this.canvas.width, this.canvas.height] = [w, h];
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
  }

  /**
   * Returns a unit's position in the drawing, if it is drawn.
   * @param {{ layer: number, unit: number } | null} chosen
   */
  placeOf(chosen) {
    return this.places.find(({ layer, unit }) => layer === chosen?.layer && unit === chosen.unit);
  }

  /**
   * Draws a frame around a unit, outside the frame that it already has.
   * @param {Place | undefined} place
   */
  mark(place) {
    if (place === undefined) return;
    const { x, y, side, frame } = place;
    const half = side / 2 + Math.max(1, frame) + 1;
    this.context.lineWidth = 2;
    this.context.strokeStyle = css(/** @type {Colours} */ (this.colours).accent);
    this.context.strokeRect(x - half, y - half, 2 * half, 2 * half);
  }

  /**
   * @param {number} count
   * @param {number} column
   * @param {number} columns
   * @param {number} width
   * @param {number} height
   * @param {number} side
   * @returns {Place[]}
   */
  column(count, column, columns, width, height, side) {
    const shown = Math.min(count, MOST_UNITS);
    const gap = Math.min(side + 12, (height - 8) / shown);
    const across = (width - side - 2 * MARGIN) / Math.max(1, columns - 1);
    const x = side / 2 + MARGIN + column * across;
    const frame = Math.min(3, (Math.min(gap, across) - side) / 2 - 1);
    return Array.from({ length: shown }, (_, unit) => ({
      layer: column - 1,
      unit,
      x,
      y: height / 2 + (unit - (shown - 1) / 2) * gap,
      side,
      frame,
    }));
  }

  /**
   * @param {NetworkPicture} picture
   * @param {NetworkPicture['layers'][0]} layer
   * @param {Place[]} from
   * @param {Place[]} to
   */
  edges({ parameters }, layer, from, to) {
    const { context } = this;
    const { class0, class1, line } = /** @type {Colours} */ (this.colours);
    let largest = 0;
    for (let i = 0; i < layer.in * layer.out; i += 1) {
      const size = Math.abs(parameters[layer.weights + i]);
      if (size > largest && size < Infinity) largest = size;
    }
    for (const end of to) {
      for (const start of from) {
        const weight = parameters[layer.weights + end.unit * layer.in + start.unit];
        const size = largest > 0 ? Math.min(1, Math.abs(weight) / largest) : 0;
        context.strokeStyle =
          weight === 0 || Number.isNaN(weight)
            ? css(line)
            : css(weight > 0 ? class1 : class0, 0.25 + 0.65 * size);
        context.lineWidth = weight === 0 ? 1 : 0.4 + 2.6 * size * Math.min(1, end.side / 14);
        context.setLineDash(weight === 0 ? [2, 3] : []);
        const [x0, x1] = [start.x + start.side / 2, end.x - end.side / 2];
        const bend = (x1 - x0) / 2;
        context.beginPath();
        context.moveTo(x0, start.y);
        context.bezierCurveTo(x0 + bend, start.y, x1 - bend, end.y, x1, end.y);
        context.stroke();
      }
    }
    context.setLineDash([]);
  }

  /**
   * @param {NetworkPicture} picture
   * @param {Place[]} places
   * @param {number} column
   */
  units(picture, places, column) {
    const { context } = this;
    const { ink, quiet, paper } = /** @type {Colours} */ (this.colours);
    const layer = column - 1;
    const last = column === picture.layers.length;
    const tints = this.tintsOf(picture.groups[layer] ?? []);
    for (const { unit, at = unit, x, y, side, frame } of places) {
      const [left, top] = [x - side / 2, y - side / 2];
      context.fillStyle = css(paper);
      context.fillRect(left, top, side, side);
      if (column === 0) {
        if (isPlane(picture)) this.input(unit, left, top, side);
      } else if (!isPlane(picture)) {
        if (column === 1) this.weights(picture, unit, left, top, side);
      } else if (last) this.output(picture.output, unit, left, top, side);
      else if (picture.units[layer]?.[at]) {
        this.thumbnail(
          picture.units[layer][at],
          picture.size,
          left,
          top,
          side,
          squash(picture.layers[layer]),
        );
      }
      context.lineWidth = 1;
      context.strokeStyle = css(quiet, 0.6);
      context.strokeRect(left - 0.5, top - 0.5, side + 1, side + 1);
      const tint = last || column === 0 ? undefined : tints.get(unit);
      if (tint !== undefined) {
        context.strokeStyle = tint;
        const away = 0.5 + frame / 2;
        context.lineWidth = frame;
        context.strokeRect(left - away, top - away, side + 2 * away, side + 2 * away);
      }
      if (!last && column > 0 && picture.dead[layer]?.includes(unit)) {
        context.strokeStyle = css(ink);
        context.lineWidth = 1.2;
        context.beginPath();
        context.moveTo(left, top + side);
        context.lineTo(left + side, top);
        context.stroke();
      }
    }
  }

  /**
   * Writes below each column how many units are not drawn, if there is room.
   * @param {Place[][]} columns
   * @param {number[]} widths
   * @param {number} height
   */
  labels(columns, widths, height) {
    const { context } = this;
    context.fillStyle = css(/** @type {Colours} */ (this.colours).quiet);
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'center';
    let end = -Infinity;
    columns.forEach((places, column) => {
      const more = widths[column] - places.length;
      if (more === 0) return;
      const text = `+${more}`;
      const half = context.measureText(text).width / 2;
      if (places[0].x - half < end + 3) return;
      context.fillText(text, places[0].x, height - 2);
      end = places[0].x + half;
    });
  }

  /**
   * Assigns the tint of each group of units that compute the same function.
   * @param {number[]} group
   * @returns {Map<number, string>}
   */
  tintsOf(group) {
    const members = new Map();
    for (const first of group) members.set(first, (members.get(first) ?? 0) + 1);
    const shared = [...members].filter(([, size]) => size > 1).map(([first]) => first);
    const { runs } = /** @type {Colours} */ (this.colours);
    return new Map(
      group.flatMap((first, unit) => {
        const at = shared.indexOf(first);
        return at < 0 ? [] : [/** @type {[number, string]} */ ([unit, runs[TINTS[at % TINTS.length]]])];
      }),
    );
  }

  /**
   * Draws an input as a ramp from left to right or from bottom to top.
   * @param {number} unit
   * @param {number} left
   * @param {number} top
   * @param {number} side
   */
  input(unit, left, top, side) {
    const { field0, field1, fieldPaper } = /** @type {Colours} */ (this.colours);
    const steps = 16;
    for (let i = 0; i < steps; i += 1) {
      const p = (i + 0.5) / steps;
      this.context.fillStyle = css(
        p < 0.5 ? mix(fieldPaper, field0, 1 - 2 * p) : mix(fieldPaper, field1, 2 * p - 1),
      );
      if (unit === 0) this.context.fillRect(left + (i * side) / steps, top, side / steps + 0.5, side);
      else this.context.fillRect(left, top + side - ((i + 1) * side) / steps, side, side / steps + 0.5);
    }
  }

  /**
   * Draws the region of one class, or the value of the only output.
   * @param {NetworkPicture['output']} output
   * @param {number} unit
   * @param {number} left
   * @param {number} top
   * @param {number} side
   */
  output({ values, columns, kind, best, range: [low, high] = [0, 1] }, unit, left, top, side) {
    if (kind !== 'classes' || best === undefined) {
      this.thumbnail(values, columns, left, top, side, (value) => (value - low) / (high - low));
      return;
    }
    const colours = classFields(/** @type {Colours} */ (this.colours));
    const { context } = this;
    const cell = side / 12;
    context.fillStyle = css(colours[unit % colours.length]);
    // A unit is small: every twelfth part of its side is enough.
    for (let r = 0; r < 12; r += 1)
      for (let c = 0; c < 12; c += 1) {
        const at = Math.floor(((r + 0.5) / 12) * columns) * columns + Math.floor(((c + 0.5) / 12) * columns);
        if (best[at] === unit) context.fillRect(left + c * cell, top + r * cell, cell + 0.3, cell + 0.3);
      }
  }

  /**
   * Draws the weights of a unit that sees pictures as a picture.
   * @param {NetworkPicture} picture
   * @param {number} unit
   * @param {number} left
   * @param {number} top
   * @param {number} side
   */
  weights({ parameters, layers: [layer] }, unit, left, top, side) {
    const own = Float32Array.from(
      parameters.subarray(layer.weights + unit * layer.in, layer.weights + (unit + 1) * layer.in),
    );
    const most = own.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) || 1;
    this.thumbnail(own, Math.sqrt(layer.in), left, top, side, (weight) => 0.5 + weight / (2 * most));
  }

  /**
   * @param {Float32Array} values
   * @param {number} size
   * @param {number} left
   * @param {number} top
   * @param {number} side
   * @param {(value: number) => number} place to 0 … 1
   */
  thumbnail(values, size, left, top, side, place) {
    const { thumb } = this;
    if (thumb.width !== size) [thumb.width, thumb.height] = [size, size];
    const context = /** @type {CanvasRenderingContext2D} */ (thumb.getContext('2d'));
    const image = context.createImageData(size, size);
    const pixels = new Uint32Array(image.data.buffer);
    const ramp = /** @type {Uint32Array} */ (this.ramp);
    for (let i = 0; i < pixels.length; i += 1) {
      const p = place(values[i]);
      pixels[i] = ramp[Math.round(255 * (p > 0 ? (p < 1 ? p : 1) : 0))];
    }
    context.putImageData(image, 0, 0);
    this.context.imageSmoothingEnabled = true;
    this.context.drawImage(thumb, left, top, side, side);
  }

  /**
   * Finds the edge that is nearest to a position, if one is near.
   * @param {number} x CSS pixels
   * @param {number} y
   * @returns {{ layer: number, unit: number, from: number } | null} the weight of unit `from` below
   */
  edgeAt(x, y) {
    let best = null;
    let least = NEAR_EDGE;
    for (let c = 1; c < this.columns.length; c += 1) {
      const [below, column] = [this.columns[c - 1], this.columns[c]];
      const [x0, x1] = [below[0].x + below[0].side / 2, column[0].x - column[0].side / 2];
      const share = (x - x0) / (x1 - x0);
      if (!(share > 0 && share < 1)) continue;
      // The edges are drawn as Bézier curves that start and end horizontally: the height at a share
      // of the way is that of the curve at the parameter with this share.
      const height = smoothShare(share);
      for (const start of below)
        for (const end of column) {
          const distance = Math.abs(start.y + height * (end.y - start.y) - y);
          if (distance >= least) continue;
          least = distance;
          best = { layer: c - 1, unit: end.unit, from: start.unit };
        }
    }
    return best;
  }

  /**
   * @param {number} x CSS pixels
   * @param {number} y
   * @returns {Place | null}
   */
  unitAt(x, y) {
    return (
      this.places.find(
        (place) => Math.abs(place.x - x) <= place.side / 2 && Math.abs(place.y - y) <= place.side / 2,
      ) ?? null
    );
  }
}

/**
 * Returns how far a curve has risen at a share of its way. Its control points lie in the middle:
 * x(t) = 1.5 t (1 - t) + t^3 + ..., solved for t by bisection.
 * @param {number} share 0 … 1
 */
function smoothShare(share) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 20; i += 1) {
    const t = (low + high) / 2;
    const x = 1.5 * t * (1 - t) + t ** 3;
    if (x < share) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return 3 * t ** 2 - 2 * t ** 3;
}

/** Whether the examples are points of a plane, not pictures. @param {NetworkPicture} picture */
const isPlane = ({ output }) => output.kind !== 'none';

/**
 * Returns a function from an activation's value to 0 … 1, with 0.5 for 0 (for a sigmoid: for 0.5).
 * @param {{ traits: { low: number, high: number } }} layer
 * @returns {(value: number) => number}
 */
export function squash({ traits: { low, high } }) {
  if (high < Infinity) return (value) => (value - low) / (high - low);
  // Unbounded activations: the value 1 reaches half of the upper range.
  return (value) => 0.5 + (0.5 * value) / (1 + Math.abs(value));
}
