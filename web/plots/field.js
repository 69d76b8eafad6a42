// A decision field on a canvas: the probability as colour, the boundary as a line, the examples as
// dots. It knows nothing about training.

import { eachLine } from './contours.js';
import { outlineMark } from './class-marks.js';
import { classFields, css, fieldRamp, mix, targetColour } from './palette.js';

/** @typedef {import('./palette.js').Colours} Colours */
/** @typedef {{ x1: [number, number], x2: [number, number] }} Extent */
/**
 * @typedef {object} Field
 * @property {Float32Array} values
 * @property {number} columns
 * @property {number} rows
 * @property {Extent} extent
 * @property {Float32Array} [contour]
 * @property {'probability' | 'classes' | 'values' | 'none'} [kind] of the values: P of class 1 (as
 *   when left out), the largest probability, a number, nothing
 * @property {Uint8Array} [best] of classes: the one with the largest probability
 * @property {number} [classes]
 * @property {[number, number]} [range] of values: the ends of the colour scale
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
    /** Of each class: colours from undecided to certain. @type {Uint32Array[]} */
    this.classRamps = [];
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
    this.classRamps = classFields(colours).map((colour) =>
      words(Array.from({ length: 256 }, (_, i) => mix(colours.fieldPaper, colour, i / 255))),
    );
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
    if (!(picture.clean ?? false) && picture.field.kind !== 'none') this.paintPoints(picture);
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
  paintValues(field, classes) {
    const { values, columns, rows } = field;
    const ramp = /** @type {Uint32Array} */ (this.ramp);
    const { small, painted } = this;
    if (painted?.values === values && painted.ramp === ramp && painted.classes === classes) return;
    if (small.width !== columns || small.height !== rows) [small.width, small.height] = [columns, rows];
    const context = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
    const image = context.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const colour = this.pixelsOf(field, classes);
    let unknown = false;
    for (let i = 0; i < pixels.length; i += 1) {
      // Leave NaN transparent, so that the hatching shows.
      if (Number.isNaN(values[i])) unknown = true;
      else pixels[i] = colour(i);
    }
    context.putImageData(image, 0, 0);
    this.painted = { values, ramp, classes, unknown };
  }

  /**
   * Returns the function from a cell of the grid to its colour.
   * @param {Field} field
   * @param {boolean} classes paint the class instead of the probability
   * @returns {(cell: number) => number}
   */
  pixelsOf({ kind, values, best, classes: count = 2, range = [0, 1] }, classes) {
    const ramp = /** @type {Uint32Array} */ (this.ramp);
    const { classRamps } = this;
    if (kind === 'classes' && best !== undefined) {
      const chance = 1 / count;
      return (i) => {
        const own = classRamps[best[i] % classRamps.length];
        return own[classes ? 225 : byte((values[i] - chance) / (1 - chance))];
      };
    }
    if (kind === 'values') {
      const [low, high] = range;
      return (i) => ramp[byte((values[i] - low) / (high - low))];
    }
    return classes ? (i) => ramp[values[i] > 0.5 ? 225 : 30] : (i) => ramp[byte(values[i])];
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
      if (train) this.drawDots(context, train, field, wrong?.subarray(0, trained) ?? null, false);
      if (test && showTest) this.drawDots(context, test, field, wrong?.subarray(trained) ?? null, true);
    }
    this.context.drawImage(this.dots, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Points} points
   * @param {Field} field
   * @param {Uint8Array | null} wrong
   * @param {boolean} rings
   */
  drawDots(context, points, { extent, kind, range: [low, high] = [0, 1] }, wrong, rings) {
    const colours = /** @type {Colours} */ (this.colours);
    const { classes, paper, ink } = colours;
    const real = kind === 'values';
    const m = points.y.length;
    const side = this.canvas.width;
    const crowd = Math.min(1, Math.sqrt(400 / Math.max(m, 1)));
    const radius = Math.max(1.3, Math.min(4.5, side / this.unit / 110)) * this.unit * Math.max(0.5, crowd);
    for (let i = 0; i < m; i += 1) {
      const x = ((points.x[i] - extent.x1[0]) / (extent.x1[1] - extent.x1[0])) * side;
      const y = ((extent.x2[1] - points.x[m + i]) / (extent.x2[1] - extent.x2[0])) * side;
      const label = real ? 0 : Math.round(points.y[i]);
      const colour = real
        ? targetColour(colours, (points.y[i] - low) / (high - low))
        : classes[label % classes.length];
      context.globalAlpha = wrong !== null && !wrong[i] ? 0.16 : 1;
      outlineMark(context, label, x, y, radius * (rings ? 1.15 : 1));
      if (rings) {
        context.lineWidth = 1.5 * this.unit;
        context.fillStyle = css(paper, 0.85);
        context.fill();
        context.strokeStyle = css(colour);
        context.stroke();
      } else {
        // The outline surrounds the mark and separates it from a field of the same colour.
        context.lineWidth = 2.2 * this.unit;
        // A target near the middle has the colour of the paper, so its outline is ink.
        context.strokeStyle = css((wrong !== null && wrong[i]) || real ? ink : paper, 0.95);
        if (real) context.lineWidth = this.unit;
        context.stroke();
        context.fillStyle = css(colour);
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }
}

/** @param {number} share 0 … 1, others are cut */
const byte = (share) => Math.round(255 * (share > 0 ? (share < 1 ? share : 1) : 0));

/**
 * Returns colours as RGBA words for ImageData.
 * @param {import('./palette.js').Rgb[]} colours
 */
function words(colours) {
  const bytes = Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
  return new Uint32Array(bytes.buffer);
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
export function valueAt({ values, best, columns, rows, extent }, u, v) {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(u * columns)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor(v * rows)));
  return {
    x1: extent.x1[0] + u * (extent.x1[1] - extent.x1[0]),
    x2: extent.x2[1] - v * (extent.x2[1] - extent.x2[0]),
    p: values[row * columns + column],
    label: best?.[row * columns + column] ?? 0,
  };
}

/** Cache of `undecided`, by its argument. @type {WeakMap<Float32Array, boolean>} */
const found = new WeakMap();

/**
 * Returns whether P is within 0.01 of chance over the whole field, or a value the same everywhere:
 * such a field looks blank.
 * @param {Field} field
 */
export function undecided({ values, kind, classes = 2, range: [low, high] = [0, 1] }) {
  if (kind === 'none') return false;
  let answer = found.get(values);
  if (answer === undefined) {
    const near = 0.01 * (high - low);
    const middle = kind === 'values' ? values[0] : 1 / classes;
    answer = values.every((p) => Math.abs(p - middle) < near);
    found.set(values, answer);
  }
  return answer;
}
