/** init-lab run: trains the experiments of a file or a preset and shows how they ended. */
import { Option } from 'commander';
import { without } from '../experiments.js';
import { loadLab } from '../lab.js';
import { ofEach, readWithChanges } from './inputs.js';
import { JSON_HELP, csvText, jsonText, short, tableText, write } from './output.js';
import { collect, withPool, withTrainingOptions } from './training.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').Result} Result */

/**
 * What is written of a training: without data that the caller gave, which can be large and are not new to him.
 *
 * @param {string} name
 * @param {Result} result
 * @param {boolean} withParameters
 */
function record(name, { spec, history, final, parameters }, withParameters) {
  const dataset = without(spec.dataset, ['train', 'test']);
  return { name, final, spec: { ...spec, dataset }, history, ...(withParameters ? { parameters } : {}) };
}

/** @param {{ name: string }[]} runs @param {Result[]} results */
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

/** @param {{ name: string }[]} runs @param {Result[]} results */
function histories(runs, results) {
  const head = ['experiment', 'iteration', 'cost', 'trainAccuracy', 'testAccuracy'];
  const rows = results.flatMap(({ history }, i) =>
    history.map((metrics) => [
      runs[i].name,
      metrics.iteration,
      metrics.cost,
      metrics.trainAccuracy,
      metrics.testAccuracy,
    ]),
  );
  return csvText(head, rows);
}

/** @param {Command} program */
export function addRun(program) {
  const command = program
    .command('run')
    .summary('train an experiment or a preset')
    .description('Trains every experiment of a file or preset and shows how it ended.')
    .argument('<spec>', 'a JSON or YAML file, the name of a preset, or - for standard input')
    .option(
      '--set <field=value>',
      'replace a field, such as iterations=100 or init.std=0.1 (repeatable)',
      collect,
    )
    .addOption(new Option('--json', 'results as one JSON list').conflicts(['jsonl', 'csv']))
    .addOption(
      new Option('--jsonl', 'results as JSON lines, one for each training, as they are done').conflicts(
        'csv',
      ),
    )
    .option('--csv', 'the recorded cost and accuracies of every training')
    .option('--parameters', 'with --json and --jsonl: the trained weights and biases too')
    .addHelpText(
      'after',
      `
Examples:
  $ init-lab run four-starts
  $ init-lab run experiment.yaml --set init.seed=7 --csv > history.csv
  $ echo '{"init": {"name": "he_normal"}}' | init-lab run - --jsonl | jq .final

init-lab schema says which fields an experiment has; all are optional.
${JSON_HELP}`,
    );
  withTrainingOptions(command).action(async (source, options) => {
    const lab = await loadLab();
    const runs = ofEach(readWithChanges(lab, source, options.set), ({ name, spec }) => ({
      name,
      spec: lab.validate(spec),
    }));
    await withPool(options, async ({ pool, signal, stop, onProgress }) => {
      /** @type {Promise<void>} */
      let writing = Promise.resolve();
      const onResult = (/** @type {number} */ i, /** @type {Result} */ result) => {
        if (!options.jsonl) return;
        const line = `${jsonText(record(runs[i].name, result, options.parameters))}\n`;
        writing = writing.then(() => write(line));
        writing.catch(stop);
      };
      const specs = runs.map(({ spec }) => spec);
      const results = await pool.run(specs, { signal, onProgress, onResult }).catch(async (error) => {
        await writing;
        throw error;
      });
      await writing;
      if (options.jsonl) return;
      if (options.csv) await write(histories(runs, results));
      else if (options.json) {
        const records = results.map((result, i) => record(runs[i].name, result, options.parameters));
        await write(`${jsonText(records, 2)}\n`);
      } else await write(summary(runs, results));
    });
  });
}
