/** init-lab field: decision boundaries as a PNG picture. */
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { encode } from 'fast-png';
import { fieldError } from '../errors.js';
import { extentOf } from '../extent.js';
import { loadLab } from '../lab.js';
import { UsageError } from './errors.js';
import { ofEach, readWithChanges } from './inputs.js';
import { write } from './output.js';
import { collect, numberIn, wholeNumber, withPool, withTrainingOptions } from './training.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').Grid} Grid */
/** @typedef {import('../types.js').Points} Points */
/** @typedef {[number, number, number]} Rgb */

/** The page's colours in its light theme: orange and blue that colour-blind readers tell apart. */
const colours = {
  class0: /** @type {Rgb} */ ([0xd5, 0x5e, 0x00]),
  class1: /** @type {Rgb} */ ([0x00, 0x72, 0xb2]),
  field0: /** @type {Rgb} */ ([0xea, 0xa7, 0x75]),
  field1: /** @type {Rgb} */ ([0x79, 0xb2, 0xd4]),
  paper: /** @type {Rgb} */ ([0xfc, 0xfb, 0xf8]),
  ink: /** @type {Rgb} */ ([0x1c, 0x1e, 0x21]),
};
/** Pixels between two fields. */
const GAP = 8;
/** A canvas of three bytes each, and the PNG made of it, are held in memory. */
const MOST_PIXELS = 2 ** 28;

/** @param {Rgb} from @param {Rgb} to @param {number} t @returns {Rgb} */
const mix = (from, to, t) =>
  /** @type {Rgb} */ (from.map((channel, i) => Math.round(channel + t * (to[i] - channel))));

/** P(y = 1) - 1/2 as a colour: paper where it is undecided. @param {number} value @returns {Rgb} */
const fieldColour = (value) =>
  value < 0 ? mix(colours.paper, colours.field0, -2 * value) : mix(colours.paper, colours.field1, 2 * value);

/** A picture to paint on, three bytes a pixel. */
class Canvas {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(3 * width * height);
    for (let i = 0; i < width * height; i += 1) this.data.set(colours.paper, 3 * i);
  }

  /** @param {number} x @param {number} y @param {Rgb} colour */
  dot(x, y, colour) {
    if (x >= 0 && x < this.width && y >= 0 && y < this.height)
      this.data.set(colour, 3 * (y * this.width + x));
  }

  /**
   * A field, with a line where it changes sign.
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
   * Examples with a rim, discs of class 0 and diamonds of class 1, as on the page.
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

  png() {
    return encode({ width: this.width, height: this.height, data: this.data, channels: 3, depth: 8 });
  }
}

/** @param {string} text @returns {[number, number, number, number]} */
function readRange(text) {
  const bounds = text.split(',').map(numberIn);
  const [left, right, bottom, top] = bounds;
  if (bounds.length !== 4 || !bounds.every(Number.isFinite) || !(left < right && bottom < top))
    throw new InvalidArgumentError('Expected LEFT,RIGHT,BOTTOM,TOP in ascending order.');
  return [left, right, bottom, top];
}

/** @param {string} path of a file to be @throws {UsageError} when it, or its folder, cannot be written to */
function mustBeWritable(path) {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error('it is a folder');
    accessSync(there ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`"${path}" cannot be written: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {Command} program */
export function addField(program) {
  const command = program
    .command('field')
    .summary('draw decision boundaries as a PNG')
    .description('Trains and draws the decision boundary; of a preset those of all runs, side by side.')
    .argument('<spec>', 'a JSON or YAML file, the name of a preset, or - for standard input')
    .option('-o, --output <file>', 'where to write the PNG (default: standard output)')
    .option('--set <field=value>', 'replace a field, such as iterations=100 (repeatable)', collect)
    .addOption(new Option('--size <pixels>', 'side of each field').argParser(wholeNumber(16)).default(400))
    .addOption(
      new Option('--range <bounds>', 'LEFT,RIGHT,BOTTOM,TOP (default: around the data)').argParser(readRange),
    )
    .option('--no-points', 'leave out the training examples')
    .addHelpText('after', '\nExample:\n  $ init-lab field four-starts -o starts.png');
  withTrainingOptions(command).action(async (source, options) => {
    if (options.size > 4096) throw new UsageError(`--size is ${options.size}; expected at most 4096`);
    if (options.output === '') throw new UsageError('--output is ""; expected the name of a file');
    if (options.output === undefined && process.stdout.isTTY) {
      throw new UsageError('a PNG is nothing for a terminal; expected --output FILE or a pipe');
    }
    // A place that cannot be written to is to be heard of before the training, not after.
    if (options.output !== undefined) mustBeWritable(options.output);
    const lab = await loadLab();
    const specs = ofEach(readWithChanges(lab, source, options.set), ({ spec }) => {
      const complete = lab.validate(spec);
      const { features } = lab.dataset(complete.dataset).train;
      if (features !== 2) throw fieldError('dataset.train.features', features, '2, to draw a plane');
      return complete;
    });
    const { size } = options;
    const width = specs.length * (size + GAP) - GAP;
    if (width * size > MOST_PIXELS)
      throw new UsageError(
        `--size ${size} makes a picture of ${width} x ${size} pixels; expected at most ${MOST_PIXELS} in all`,
      );
    const results = await withPool(options, ({ pool, signal, onProgress }) =>
      pool.run(specs, { signal, onProgress }),
    );
    const canvas = new Canvas(width, size);
    for (const [i, { spec, parameters }] of results.entries()) {
      const session = lab.createSession({ ...spec, iterations: 0 });
      try {
        session.setParameters(parameters);
        const { train, test } = lab.dataset(spec.dataset);
        const extent = options.range
          ? { x1: options.range.slice(0, 2), x2: options.range.slice(2) }
          : extentOf([train, test]);
        /** @type {Grid} */
        const grid = { ...extent, columns: size, rows: size };
        const left = i * (size + GAP);
        canvas.field(session.predict(grid, { centred: true }), grid, left);
        if (options.points) canvas.points(train, grid, left);
      } finally {
        session.dispose();
      }
    }
    const png = canvas.png();
    if (options.output === undefined) await write(png);
    else writeFileSync(options.output, png);
  });
}
