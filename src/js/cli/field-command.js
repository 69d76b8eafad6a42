/** init-lab field: decision boundaries as a PNG picture. */
import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { extentOf } from '../extent.js';
import { loadLab } from '../lab.js';
import { LIMITS } from '../limits.js';
import { UsageError } from './exit.js';
import { FieldPicture } from './field-picture.js';
import { checkOutput } from './file-checks.js';
import { mapExperiments, readWithData } from './inputs.js';
import { write } from './output.js';
import {
  numberIn,
  wholeNumber,
  withInputOptions,
  withPool,
  withTrainingOptions,
} from './training-options.js';
import { usageSentence } from './usage-sentences.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').Grid} Grid */
/** @typedef {import('../types.js').Result} Result */

/** Pixels between two fields. */
const GAP = 8;
/** Bounds the memory of the canvas (three bytes a pixel) and of the PNG. */
const MOST_PIXELS = 2 ** 28;

/**
 * @param {string} text
 * @returns {[number, number, number, number]}
 */
function readRange(text) {
  const bounds = text.split(',').map(numberIn);
  const [left, right, bottom, top] = bounds;
  if (bounds.length !== 4 || !bounds.every(Number.isFinite) || !(left < right && bottom < top))
    throw new InvalidArgumentError(usageSentence('not-a-plane'));
  return [left, right, bottom, top];
}

/**
 * @param {import('../lab.js').Lab} lab
 * @param {Result[]} results
 * @param {{ size: number, range?: number[], points: boolean }} options
 */
function drawFields(lab, results, { size, range, points }) {
  const picture = new FieldPicture(results.length * (size + GAP) - GAP, size);
  for (const [i, { spec, parameters }] of results.entries()) {
    const session = lab.createSession({ ...spec, iterations: 0 });
    try {
      session.setParameters(parameters);
      const { train, test } = lab.dataset(spec.dataset, spec.output);
      const extent = range ? { x1: range.slice(0, 2), x2: range.slice(2) } : extentOf([train, test]);
      const grid = /** @type {Grid} */ ({ ...extent, columns: size, rows: size });
      const left = i * (size + GAP);
      picture.field(session.predict(grid, { centred: true }), grid, left);
      if (points) picture.points(train, grid, left);
    } finally {
      session.dispose();
    }
  }
  return picture.png();
}

/** @param {Command} program */
export function addField(program) {
  const command = withInputOptions(
    program
      .command('field')
      .summary('draw decision boundaries as a PNG')
      .description(
        'Trains and draws the decision boundary; for a preset, those of all its runs side by side.',
      ),
  )
    .option('-o, --output <file>', 'where to write the PNG (default: standard output)')
    .addOption(new Option('--size <pixels>', 'side of each field').argParser(wholeNumber(16)).default(400))
    .addOption(
      new Option('--range <bounds>', 'LEFT,RIGHT,BOTTOM,TOP (default: around the data)').argParser(readRange),
    )
    .option('--no-points', 'leave out the training examples')
    .addHelpText('after', '\nExample:\n  $ init-lab field four-starts -o starts.png');
  withTrainingOptions(command).action(async (source, options) => {
    const { size, output } = options;
    if (size > LIMITS.gridSide)
      throw new UsageError('above-limit', { field: '--size', value: size, high: LIMITS.gridSide });
    if (output === undefined && process.stdout.isTTY)
      throw new UsageError('terminal', { field: '--output', content: 'a PNG' });
    checkOutput(output);
    const lab = await loadLab();
    const specs = mapExperiments(await readWithData(lab, source, options), ({ spec }) => {
      const complete = lab.validate(spec);
      const { features } = lab.dataset(complete.dataset, complete.output).train;
      if (features !== 2)
        throw new UsageError('not-two-features', { field: 'dataset.train.features', value: features });
      return complete;
    });
    const width = specs.length * (size + GAP) - GAP;
    if (width * size > MOST_PIXELS)
      throw new UsageError('picture-too-large', {
        field: '--size',
        value: size,
        width,
        high: MOST_PIXELS,
      });
    const results = await withPool(options, ({ pool, signal, onProgress }) =>
      pool.run(specs, { signal, onProgress }),
    );
    const png = drawFields(lab, results, options);
    if (output === undefined) await write(png);
    else writeFileSync(output, png);
  });
}
