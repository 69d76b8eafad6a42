/** init-lab reproduce: compares measured figures with the reference figures. */
import { join } from 'node:path';
import { jsonText } from '../json.js';
import { readPictures } from '../pictures.js';
import { referenceExperiments, reproduce } from '../reproduce.js';
import { EXIT, UsageError } from './exit.js';
import { readBytes } from './inputs.js';
import { JSON_HELP, tableText, write } from './output.js';
import { withPool, withTrainingOptions } from './training-options.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../reproduce.js').Comparison} Comparison */
/** @typedef {import('../reference.js').ReferenceExperiment} ReferenceExperiment */

/** @type {Record<string, string>} */
const LABELS = { trainAccuracy: 'train accuracy', testAccuracy: 'test accuracy' };

/** @param {string} metric */
const labelOf = (metric) => LABELS[metric] ?? metric.replace('costAt', 'cost at ');

/** @param {number} tolerance */
const toleranceText = (tolerance) => (tolerance === 0 ? 'exactly' : `to ${Number(tolerance.toPrecision(2))}`);

/**
 * Returns one table for each section, then a summary line.
 *
 * @param {ReferenceExperiment[]} experiments
 * @param {Comparison[]} comparisons
 */
function reportText(experiments, comparisons) {
  const sections = [...new Set(experiments.map(({ section }) => section))];
  const head = ['initialization', 'figure', 'NumPy', 'measured', 'compared', 'agrees'];
  const tables = sections.map((section) => {
    const members = experiments.filter((experiment) => experiment.section === section);
    const rows = members.flatMap(({ id, label }) =>
      comparisons
        .filter((comparison) => comparison.id === id)
        .map(({ metric, expected, measured, tolerance, agrees }) => [
          label,
          labelOf(metric),
          String(expected),
          String(measured),
          toleranceText(tolerance),
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
    : `${comparisons.length - agreeing} of ${comparisons.length} figures disagree.`;
  return `${tables.join('\n')}\n${verdict}\n`;
}

/**
 * @param {string} folder
 * @returns {ReturnType<typeof readPictures>}
 * @throws {UsageError} naming the file that cannot be read or is not a file of pictures
 */
function picturesIn(folder) {
  if (folder === '')
    throw new UsageError('empty-option', {
      field: '--pictures',
      value: '',
      accepted: 'the folder with the two .h5 files',
    });
  const paths = {
    train: join(folder, 'train_catvnoncat.h5'),
    test: join(folder, 'test_catvnoncat.h5'),
  };
  try {
    return readPictures({ train: readBytes(paths.train), test: readBytes(paths.test) });
  } catch (error) {
    const { code, field, message: reason } = /** @type {import('../types.js').LabError} */ (error);
    if (code !== 'not-pictures') throw error;
    const value = field === 'test' ? paths.test : paths.train;
    throw new UsageError('bad-file', { field: '--pictures', value, reason }, { cause: error });
  }
}

/** @param {Command} program */
export function addReproduce(program) {
  const command = program
    .command('reproduce')
    .summary("compare with the figures of the course's code")
    .description(
      "Trains the course's experiments and compares the measured figures with those of the course's NumPy code.\nExit status: 0 if all agree, 1 if any disagrees.",
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
    await write(options.json ? `${jsonText(comparisons, 2)}\n` : reportText(experiments, comparisons));
    if (comparisons.some(({ agrees }) => !agrees)) process.exitCode = EXIT.failure;
  });
}
