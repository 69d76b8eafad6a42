/** init-lab reproduce: the reference figures beside the measured ones. */
import { join } from 'node:path';
import { readPictures } from '../pictures.js';
import { referenceExperiments, reproduce } from '../reproduce.js';
import { EXIT, UsageError } from './errors.js';
import { readBytes } from './inputs.js';
import { JSON_HELP, jsonText, tableText, write } from './output.js';
import { withPool, withTrainingOptions } from './training.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../reproduce.js').Comparison} Comparison */
/** @typedef {import('../reference.js').ReferenceExperiment} ReferenceExperiment */

/** @type {Record<string, string>} */
const words = { trainAccuracy: 'train accuracy', testAccuracy: 'test accuracy' };

/** @param {string} metric */
const inWords = (metric) => words[metric] ?? metric.replace('costAt', 'cost at ');

/** @param {number} tolerance */
const closeness = (tolerance) => (tolerance === 0 ? 'exactly' : `to ${Number(tolerance.toPrecision(2))}`);

/**
 * One table for each section, then the summary line.
 *
 * @param {ReferenceExperiment[]} experiments
 * @param {Comparison[]} comparisons
 */
function page(experiments, comparisons) {
  const sections = [...new Set(experiments.map(({ section }) => section))];
  const head = ['initialization', 'figure', 'NumPy', 'measured', 'compared', 'agrees'];
  const tables = sections.map((section) => {
    const members = experiments.filter((experiment) => experiment.section === section);
    const rows = members.flatMap(({ id, label }) =>
      comparisons
        .filter((comparison) => comparison.id === id)
        .map(({ metric, expected, measured, tolerance, agrees }) => [
          label,
          inWords(metric),
          String(expected),
          String(measured),
          closeness(tolerance),
          agrees ? 'yes' : 'NO',
        ]),
    );
    const notes = members.flatMap(({ label, note }) => (note ? [`${label}: ${note}\n`] : []));
    return `${section}\n\n${tableText(head, rows)}\n${notes.join('')}`;
  });
  const agreeing = comparisons.filter(({ agrees }) => agrees).length;
  const all = agreeing === comparisons.length;
  const verdict = all
    ? `All ${comparisons.length} figures agree.`
    : `${comparisons.length - agreeing} of ${comparisons.length} figures do not agree.`;
  return `${tables.join('\n')}\n${verdict}\n`;
}

/**
 * @param {string} folder
 * @returns {ReturnType<typeof readPictures>}
 * @throws {UsageError} that names the file which cannot be read, or holds no pictures
 */
function picturesIn(folder) {
  if (folder === '') throw new UsageError('--pictures is ""; expected the folder of the two .h5 files');
  const paths = {
    train: join(folder, 'train_catvnoncat.h5'),
    test: join(folder, 'test_catvnoncat.h5'),
  };
  try {
    return readPictures({ train: readBytes(paths.train), test: readBytes(paths.test) });
  } catch (error) {
    const { code, field, message } = /** @type {import('../types.js').LabError} */ (error);
    if (code !== 'not-pictures') throw error;
    throw new UsageError(`"${field === 'test' ? paths.test : paths.train}": ${message}`, { cause: error });
  }
}

/** @param {Command} program */
export function addReproduce(program) {
  const command = program
    .command('reproduce')
    .summary("compare with the figures of the course's code")
    .description(
      "Trains the course's experiments and shows the figures that the course's code gives with NumPy beside the measured ones.\nEnds with status 0 when all agree, 1 when one does not.",
    )
    .option('--json', 'the comparisons as JSON')
    .option(
      '--pictures <folder>',
      "include the course's cat pictures: the folder of train_catvnoncat.h5 and test_catvnoncat.h5",
    )
    .addHelpText('after', `\n${JSON_HELP}`);
  withTrainingOptions(command).action(async (options) => {
    const pictures = options.pictures === undefined ? undefined : picturesIn(options.pictures);
    const experiments = referenceExperiments(pictures);
    const comparisons = await withPool(options, ({ pool, ...rest }) => reproduce(experiments, pool, rest));
    await write(options.json ? `${jsonText(comparisons, 2)}\n` : page(experiments, comparisons));
    if (comparisons.some(({ agrees }) => !agrees)) process.exitCode = EXIT.failure;
  });
}
