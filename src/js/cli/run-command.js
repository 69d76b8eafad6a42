/** init-lab run: trains the experiments of a file or a preset and shows their final metrics. */
import { Option } from 'commander';
import { short } from '../csv.js';
import { without } from '../experiments.js';
import { historyCsv } from '../exports/history-table.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { mapExperiments, readWithChanges } from './inputs.js';
import { JSON_HELP, createWriter, tableText, write } from './output.js';
import { withInputOptions, withPool, withTrainingOptions } from './training-options.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').Result} Result */

/**
 * The JSON record of a training. It omits user-supplied points: they may be large and the caller
 * has them.
 *
 * @param {string} name
 * @param {Result} result
 * @param {boolean} withParameters
 */
function record(name, { spec, history, final, parameters }, withParameters) {
  const dataset = without(spec.dataset, ['train', 'test']);
  return { name, final, spec: { ...spec, dataset }, history, ...(withParameters ? { parameters } : {}) };
}

/**
 * @param {{ name: string }[]} runs
 * @param {Result[]} results
 */
function summary(runs, results) {
  const head = ['experiment', 'iterations', 'cost', 'train accuracy', 'test accuracy'];
  const rows = results.map(({ final }, i) => [
    runs[i].name,
    final.iteration,
    short(final.cost),
    short(final.trainAccuracy),
    short(final.testAccuracy),
  ]);
  return tableText(head, rows);
}

/** @param {Command} program */
export function addRun(program) {
  const command = withInputOptions(
    program
      .command('run')
      .summary('train an experiment or a preset')
      .description('Trains every experiment of a file or preset and shows its final cost and accuracies.'),
  )
    .addOption(new Option('--json', 'results as one JSON list').conflicts(['jsonl', 'csv']))
    .addOption(
      new Option('--jsonl', 'results as JSON lines, each written when its training ends').conflicts('csv'),
    )
    .option('--csv', 'the recorded cost and accuracies of every training')
    .option('--parameters', 'with --json and --jsonl: also the trained weights and biases')
    .addHelpText(
      'after',
      `
Examples:
  $ init-lab run four-starts
  $ init-lab run experiment.yaml --set init.seed=7 --csv > history.csv
  $ init-lab run he --data train.csv --test test.csv --standardize
  $ echo '{"init": {"name": "he_normal"}}' | init-lab run - --jsonl | jq .final

The fields of an experiment are optional; init-lab schema lists them.
${JSON_HELP}`,
    );
  withTrainingOptions(command).action(async (source, options) => {
    const lab = await loadLab();
    const runs = mapExperiments(readWithChanges(lab, source, options), ({ name, spec }) => ({
      name,
      spec: lab.validate(spec),
    }));
    await withPool(options, async ({ pool, signal, stop, onProgress }) => {
      const writer = createWriter(stop);
      const onResult = (/** @type {number} */ i, /** @type {Result} */ result) => {
        if (options.jsonl) writer.write(`${jsonText(record(runs[i].name, result, options.parameters))}\n`);
      };
      const specs = runs.map(({ spec }) => spec);
      const results = await pool.run(specs, { signal, onProgress, onResult }).catch(async (error) => {
        // The error of a write that stopped the trainings explains more than the interruption.
        await writer.finished();
        throw error;
      });
      await writer.finished();
      if (options.jsonl) return;
      if (options.csv)
        await write(historyCsv(results.map(({ history }, i) => ({ name: runs[i].name, history }))));
      else if (options.json) {
        const records = results.map((result, i) => record(runs[i].name, result, options.parameters));
        await write(`${jsonText(records, 2)}\n`);
      } else await write(summary(runs, results));
    });
  });
}
