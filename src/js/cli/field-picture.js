/** A picture of decision boundaries: fields side by side, with the examples on them. */
import { encode } from 'fast-png';

/** @typedef {import('../types.js').Grid} Grid */
/** @typedef {import('../types.js').Points} Points */
/** @typedef {[number, number, number]} Rgb */

/**
 * The page's colours in its light theme: orange and blue, which colour-blind readers can tell
 * apart.
 */
export const colours = {
  class0: /** @type {Rgb} */ ([0xd5, 0x5e, 0x00]),
  class1: /** @type {Rgb} */ ([0x00, 0x72, 0xb2]),
  field0: /** @type {Rgb} */ ([0xea, 0xa7, 0x75]),
  field1: /** @type {Rgb} */ ([0x79, 0xb2, 0xd4]),
  paper: /** @type {Rgb} */ ([0xfc, 0xfb, 0xf8]),
  ink: /** @type {Rgb} */ ([0x1c, 0x1e, 0x21]),
};
/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} t
 * @returns {Rgb}
 */
const mix = (from, to, t) =>
  /** @type {Rgb} */ (from.map((channel, i) => Math.round(channel + t * (to[i] - channel))));

/**
 * The colour of P(y = 1) - 1/2; the paper's colour at 0.
 *
 * @param {number} value
 * @returns {Rgb}
 */
const fieldColour = (value) =>
  value < 0 ? mix(colours.paper, colours.field0, -2 * value) : mix(colours.paper, colours.field1, 2 * value);

/** A canvas with three bytes a pixel. */
export class FieldPicture {
  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(3 * width * height);
    for (let i = 0; i < width * height; i += 1) this.data.set(colours.paper, 3 * i);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Rgb} colour
   */
  dot(x, y, colour) {
    if (x >= 0 && x < this.width && y >= 0 && y < this.height)
      this.data.set(colour, 3 * (y * this.width + x));
  }

  /**
   * Draws a field, with a line where it changes sign.
   *
   * @param {Float32Array} field P(y = 1) - 1/2, rows by columns
   * @param {Grid} grid
   * @param {number} left
   */
  field(field, { columns, rows }, left) {
    for (let r = 0; r < rows; r += 1) {
      for (let c = 0; c < columns; c += 1) {
        const here = field[r * columns + c];
        const right = c + 1 < columns ? field[r * columns + c + 1] : here;
        const below = r + 1 < rows ? field[(r + 1) * columns + c] : here;
        const boundary = here > 0 !== right > 0 || here > 0 !== below > 0;
        this.dot(left + c, r, boundary ? colours.ink : fieldColour(here));
      }
    }
  }

  /**
   * Draws examples as the page does: discs for class 0, diamonds for class 1, each with a rim.
   *
   * @param {Points} points
   * @param {Grid} grid
   * @param {number} left
   */
  points({ x, y }, { x1, x2, columns, rows }, left) {
    const radius = Math.max(1.5, columns / 160);
    // Half the diagonal of a diamond with the area of a disc of radius 1.
    const diamond = Math.sqrt(Math.PI / 2);
    const reach = Math.ceil(diamond * radius) + 2;
    for (let i = 0; i < y.length; i += 1) {
      const column = ((x[i] - x1[0]) / (x1[1] - x1[0])) * columns - 0.5;
      const row = ((x2[1] - x[y.length + i]) / (x2[1] - x2[0])) * rows - 0.5;
      const colour = y[i] === 1 ? colours.class1 : colours.class0;
      for (let r = Math.floor(row) - reach; r <= row + reach; r += 1) {
        for (let c = Math.floor(column) - reach; c <= column + reach; c += 1) {
          const [across, down] = [c - column, r - row];
          const distance =
            y[i] === 1 ? (Math.abs(across) + Math.abs(down)) / diamond : Math.hypot(across, down);
          if (distance <= radius) this.dot(left + c, r, colour);
          else if (distance <= radius + 0.8) this.dot(left + c, r, colours.paper);
        }
      }
    }
  }

  /** @returns {Uint8Array} the picture as a PNG file */
  png() {
    return encode({ width: this.width, height: this.height, data: this.data, channels: 3, depth: 8 });
  }
}
