// A decision field on a canvas: the probability as colour, the boundary as a line, the examples as
// dots. It knows nothing about training.

import { eachLine } from './contours.js';
import { css, fieldRamp } from './palette.js';

/** @typedef {import('./palette.js').Colours} Colours */
/** @typedef {{ x1: [number, number], x2: [number, number] }} Extent */
/**
 * @typedef {{ values: Float32Array, columns: number, rows: number, extent: Extent, contour?:
 *   Float32Array }} Field
 */
/** @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Points x1 of all, then x2 of all */

/**
 * @typedef {object} FieldPicture
 * @property {Field} field
 * @property {Points} [train]
 * @property {Points} [test]
 * @property {boolean} [classes] paint the class instead of the probability
 * @property {boolean} [clean] leave the points out
 * @property {boolean} [showTest]
 * @property {Uint8Array | null} [wrong] 1 for a misclassified example, train then test; the others
 *   are then faded
 * @property {{ contour: Float32Array, colour: string }[]} [lines] more lines, such as the units'
 *   own boundaries
 */

export class FieldPainter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.small = document.createElement('canvas');
    this.dots = document.createElement('canvas');
    this.dotsKey = {};
    /** @type {Uint32Array | null} */
    this.ramp = null;
    /**
     * The contents of `small`, and whether some of its values are NaN.
     * @type {{ values: Float32Array, ramp: Uint32Array, classes: boolean, unknown: boolean } |
     *   null}
     */
    this.painted = null;
    /** @type {Colours | null} */
    this.colours = null;
  }

  /** @param {Colours} colours */
  setColours(colours) {
    this.colours = colours;
    this.ramp = fieldRamp(colours);
    this.dotsKey = {};
  }

  /**
   * Makes the bitmap as large as the canvas on the screen.
   * @param {number} side CSS pixels
   * @param {number} ratio device pixels per CSS pixel
   */
  resize(side, ratio) {
    const size = Math.max(1, Math.round(side * ratio));
    // A new canvas has 300 by 150 pixels, so one side may match by chance.
    if (this.canvas.width !== size || this.canvas.height !== size) {
      this.canvas.width = size;
      this.canvas.height = size;
      this.dotsKey = {};
    }
    this.unit = ratio;
  }

  unit = 1;

  /** @param {FieldPicture} picture */
  paint(picture) {
    const { context, canvas } = this;
    if (this.ramp === null || this.colours === null) return;
    this.paintValues(picture.field, picture.classes ?? false);
    context.imageSmoothingEnabled = !(picture.classes ?? false) || picture.field.columns >= 150;
    context.imageSmoothingQuality = 'medium';
    // Antialiased edges are partly transparent, so clear the previous picture.
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (this.painted?.unknown) this.hatch();
    context.drawImage(this.small, 0, 0, canvas.width, canvas.height);
    for (const { contour, colour } of picture.lines ?? []) this.strokeLines(contour, colour, 1);
    if (!(picture.clean ?? false)) this.paintPoints(picture);
    if (picture.field.contour) this.strokeLines(picture.field.contour, css(this.colours.ink), 1.6);
  }

  /** Hatches the whole canvas at the screen's resolution. The field is painted on top. */
  hatch() {
    const { context, canvas } = this;
    const { fieldPaper, quiet } = /** @type {Colours} */ (this.colours);
    context.fillStyle = css(fieldPaper);
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = css(quiet, 0.55);
    context.lineWidth = this.unit;
    context.beginPath();
    for (let x = -canvas.height; x < canvas.width; x += 7 * this.unit) {
      context.moveTo(x, canvas.height);
      context.lineTo(x + canvas.height, 0);
    }
    context.stroke();
  }

  /**
   * @param {Field} field
   * @param {boolean} classes
   */
  paintValues({ values, columns, rows }, classes) {
    const ramp = /** @type {Uint32Array} */ (this.ramp);
    const { small, painted } = this;
    if (painted?.values === values && painted.ramp === ramp && painted.classes === classes) return;
    if (small.width !== columns || small.height !== rows) [small.width, small.height] = [columns, rows];
    const context = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
    const image = context.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    let unknown = false;
    for (let i = 0; i < pixels.length; i += 1) {
      const p = values[i];
      if (Number.isNaN(p)) {
        // Leave NaN transparent, so that the hatching shows.
        unknown = true;
      } else if (classes) pixels[i] = ramp[p > 0.5 ? 225 : 30];
      else pixels[i] = ramp[Math.round(255 * (p < 0 ? 0 : p > 1 ? 1 : p))];
    }
    context.putImageData(image, 0, 0);
    this.painted = { values, ramp, classes, unknown };
  }

  /**
   * @param {Float32Array} contour
   * @param {string} colour
   * @param {number} width CSS pixels
   */
  strokeLines(contour, colour, width) {
    const { context, canvas } = this;
    context.strokeStyle = colour;
    context.lineWidth = width * this.unit;
    context.lineJoin = 'round';
    context.beginPath();
    eachLine(contour, (points) => {
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = [points[i] * canvas.width, points[i + 1] * canvas.height];
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    });
    context.stroke();
  }

  /** Draws the examples once and copies them from then on. @param {FieldPicture} picture */
  paintPoints(picture) {
    const { train, test, showTest, wrong, field } = picture;
    const key = { train, test, showTest, wrong, x: field.extent.x1[0], size: this.canvas.width };
    if (!same(key, this.dotsKey)) {
      this.dotsKey = key;
      this.dots.width = this.canvas.width;
      this.dots.height = this.canvas.height;
      const context = /** @type {CanvasRenderingContext2D} */ (this.dots.getContext('2d'));
      const trained = train?.y.length ?? 0;
      if (train) this.drawDots(context, train, field.extent, wrong?.subarray(0, trained) ?? null, false);
      if (test && showTest)
        this.drawDots(context, test, field.extent, wrong?.subarray(trained) ?? null, true);
    }
    this.context.drawImage(this.dots, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Points} points
   * @param {Extent} extent
   * @param {Uint8Array | null} wrong
   * @param {boolean} rings
   */
  drawDots(context, points, extent, wrong, rings) {
    const { class0, class1, paper, ink } = /** @type {Colours} */ (this.colours);
    const m = points.y.length;
    const side = this.canvas.width;
    const crowd = Math.min(1, Math.sqrt(400 / Math.max(m, 1)));
    const radius = Math.max(1.3, Math.min(4.5, side / this.unit / 110)) * this.unit * Math.max(0.5, crowd);
    for (let i = 0; i < m; i += 1) {
      const x = ((points.x[i] - extent.x1[0]) / (extent.x1[1] - extent.x1[0])) * side;
      const y = ((extent.x2[1] - points.x[m + i]) / (extent.x2[1] - extent.x2[0])) * side;
      const colour = points.y[i] > 0.5 ? class1 : class0;
      context.globalAlpha = wrong !== null && !wrong[i] ? 0.16 : 1;
      outlineMark(context, points.y[i] > 0.5 ? 1 : 0, x, y, radius * (rings ? 1.15 : 1));
      if (rings) {
        context.lineWidth = 1.5 * this.unit;
        context.fillStyle = css(paper, 0.85);
        context.fill();
        context.strokeStyle = css(colour);
        context.stroke();
      } else {
        // The outline surrounds the mark and separates it from a field of the same colour.
        context.lineWidth = 2.2 * this.unit;
        context.strokeStyle = css(wrong !== null && wrong[i] ? ink : paper, 0.95);
        context.stroke();
        context.fillStyle = css(colour);
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }
}

/**
 * Draws the outline of an example: a disc for class 0, a diamond of the same area for class 1,
 * because some readers and printers cannot distinguish the colours.
 * @param {CanvasRenderingContext2D} context
 * @param {0 | 1} label
 * @param {number} x
 * @param {number} y
 * @param {number} radius of the disc
 */
function outlineMark(context, label, x, y, radius) {
  context.beginPath();
  if (label === 0) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const reach = radius * Math.sqrt(Math.PI / 2);
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.closePath();
}

/**
 * @param {Record<string, any>} a
 * @param {Record<string, any>} b
 */
const same = (a, b) => Object.keys(a).every((key) => a[key] === b[key]);

/**
 * Returns the field's value at a position of the picture.
 *
 * @param {Field} field
 * @param {number} u 0 … 1 from the left
 * @param {number} v 0 … 1 from the top
 */
export function valueAt({ values, columns, rows, extent }, u, v) {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(u * columns)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor(v * rows)));
  return {
    x1: extent.x1[0] + u * (extent.x1[1] - extent.x1[0]),
    x2: extent.x2[1] - v * (extent.x2[1] - extent.x2[0]),
    p: values[row * columns + column],
  };
}

/** Cache of `undecided`, by its argument. @type {WeakMap<Float32Array, boolean>} */
const found = new WeakMap();

/**
 * Returns whether P is within 0.01 of 1/2 over the whole field, which then looks blank.
 * @param {Field} field
 */
export function undecided({ values }) {
  let answer = found.get(values);
  if (answer === undefined) {
    answer = values.every((p) => Math.abs(p - 0.5) < 0.01);
    found.set(values, answer);
  }
  return answer;
}
