/** init-lab sweep: trains every combination of the values that fields can take. */
import { createHash } from 'node:crypto';
import { Option } from 'commander';
import { loadLab } from '../lab.js';
import { gridPoints, readAxis, shardOf } from '../sweep.js';
import { UsageError } from './errors.js';
import { ofEach, readWithChanges } from './inputs.js';
import { JSON_HELP, csvText, jsonText, short, tableText, write } from './output.js';
import { addLine, openResultFile } from './result-file.js';
import { collect, withPool, withTrainingOptions } from './training.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../sweep.js').Point} Point */
/** @typedef {import('../types.js').Result} Result */
/** @typedef {import('./result-file.js').SweepRecord} SweepRecord */

/** @typedef {Point & { id: string, name: string }} SweepPoint */

/** @param {import('../types.js').Spec} spec complete, so that what a default is makes no difference */
const idOf = (spec) => createHash('sha256').update(jsonText(spec)).digest('hex').slice(0, 16);

/**
 * One form for what was just trained and for what a result file held, whose grid may have had other fields.
 *
 * @param {SweepPoint} point
 * @param {Pick<Result, 'final' | 'history'>} result
 * @param {boolean} withHistory
 * @returns {SweepRecord}
 */
const recordOf = ({ id, name, values }, { final, history }, withHistory) => ({
  id,
  ...(name ? { name } : {}),
  values,
  final,
  ...(withHistory ? { history } : {}),
});

/**
 * Head and rows of a table: what the grid set, then how the training ended.
 *
 * @param {SweepPoint[]} points
 * @param {Map<string, SweepRecord>} records
 * @param {(value: number) => number} shown
 * @returns {[string[], import('./output.js').Cell[][]]}
 */
function columns(points, records, shown) {
  const paths = Object.keys(points[0]?.values ?? {});
  const named = points.some(({ name }) => name !== points[0].name);
  const rows = points.map(({ id, name, values }) => {
    const { final } = /** @type {SweepRecord} */ (records.get(id));
    const own = paths.map((path) =>
      typeof values[path] === 'object' ? jsonText(values[path]) : values[path],
    );
    const measured = [final.cost, final.trainAccuracy, final.testAccuracy].map(shown);
    return /** @type {import('./output.js').Cell[]} */ ([...(named ? [name] : []), ...own, ...measured]);
  });
  return [[...(named ? ['experiment'] : []), ...paths, 'cost', 'trainAccuracy', 'testAccuracy'], rows];
}

/**
 * Each experiment once, however many combinations lead to it: two runs of a preset are the same when the grid sets all
 * that told them apart.
 *
 * @param {SweepPoint[]} points
 * @returns {SweepPoint[]}
 */
function distinct(points) {
  /** @type {Map<string, SweepPoint>} */
  const first = new Map();
  for (const point of points) if (!first.has(point.id)) first.set(point.id, point);
  return [...first.values()];
}

/** @param {Command} program */
export function addSweep(program) {
  const command = program
    .command('sweep')
    .summary('train every combination of values')
    .description('Trains every combination of the values that fields of an experiment can take.')
    .argument('<spec>', 'a JSON or YAML file, the name of a preset, or - for standard input')
    .option('-g, --grid <field=values>', 'values of a field (repeatable; the last varies fastest)', collect)
    .option('--seeds <values>', 'short for --grid init.seed=VALUES')
    .option('--set <field=value>', 'replace a field in all of them (repeatable)', collect)
    .option('--resume <file>', 'keep results in this file, and train only what it does not hold yet')
    .option('--shard <i/n>', 'train the i-th of n parts, on each of n machines another one')
    .option('--history', 'keep the recorded cost and accuracies, not only the last')
    .addOption(new Option('--json', 'results as one JSON list').conflicts(['jsonl', 'csv']))
    .addOption(new Option('--jsonl', 'results as JSON lines, as they are done').conflicts('csv'))
    .option('--csv', 'results as comma-separated values')
    .addHelpText(
      'after',
      `
Values:
  init.std=0.01,0.1,1              these
  init.seed=1..20                  whole numbers
  optimizer.learningRate=0..1:11   so many, evenly spaced
  init.std=1e-3..1e2:13:log        so many, evenly spaced in their logarithm
  init.name=he_normal,zeros        names; parameters that only the old name had are dropped
  layers=[4],[10,5],[10,10,10]     lists

Examples:
  $ init-lab sweep exercise-5 --grid init.std=1e-3..1e2:13:log --seeds 1..10 --csv > sweep.csv
  $ init-lab sweep base.yaml --grid init.std=0.01,1 --seeds 1..100 --resume results.jsonl
  $ init-lab sweep base.yaml --seeds 1..1000 --shard "$SLURM_ARRAY_TASK_ID/8" --resume part-$SLURM_ARRAY_TASK_ID.jsonl
  $ cat part-*.jsonl > all.jsonl && init-lab sweep base.yaml --seeds 1..1000 --resume all.jsonl --csv > sweep.csv

Results in the result file, in JSON and in JSON lines have the fields id, values, final and, with --history, history; of
several experiments also name.
${JSON_HELP}`,
    );
  withTrainingOptions(command).action(async (source, options) => {
    const lab = await loadLab();
    const grid = [
      ...(options.grid ?? []),
      ...(options.seeds === undefined ? [] : [`init.seed=${options.seeds}`]),
    ];
    if (grid.length === 0)
      throw new UsageError('nothing to sweep; expected --grid FIELD=VALUES or --seeds VALUES');
    const axes = grid.map((text) => readAxis(text));
    const paths = axes.map(({ path }) => path);
    const bases = readWithChanges(lab, source, options.set, paths);
    const all = distinct(
      ofEach(bases, (base) => {
        const name = bases.length > 1 ? base.name : '';
        return gridPoints(base.spec, axes, lab).map((point) => ({ ...point, name, id: idOf(point.spec) }));
      }).flat(),
    );
    const points = options.shard === undefined ? all : shardOf(all, options.shard);
    const records = options.resume === undefined ? new Map() : openResultFile(options.resume);
    // A result without the history that is now wanted has to be had again.
    const isDone = (/** @type {SweepPoint} */ { id }) =>
      records.has(id) && (!options.history || records.get(id).history);
    const missing = points.filter((point) => !isDone(point));
    const shownRecord = (/** @type {SweepPoint} */ point) =>
      recordOf(point, records.get(point.id), options.history);
    if (options.resume !== undefined && missing.length < points.length) {
      process.stderr.write(`${points.length - missing.length} of ${points.length} need no training\n`);
    }

    await withPool(options, async ({ pool, signal, stop, onProgress }) => {
      /** @type {Promise<void>} */
      let writing = Promise.resolve();
      const show = (/** @type {SweepRecord} */ record) => {
        writing = writing.then(() => write(`${jsonText(record)}\n`));
        // Told to whoever awaits it; here it only ends the training.
        writing.catch(stop);
      };
      if (options.jsonl) for (const point of points) if (isDone(point)) show(shownRecord(point));
      const onResult = (/** @type {number} */ i, /** @type {Result} */ result) => {
        const record = recordOf(missing[i], result, options.history);
        records.set(record.id, record);
        if (options.resume !== undefined) addLine(options.resume, jsonText(record));
        if (options.jsonl) show(record);
      };
      const specs = missing.map(({ spec }) => spec);
      // A sweep that is killed is to lose no training but the one under way.
      const together = options.resume === undefined;
      await pool.run(specs, { signal, onProgress, onResult, keep: false, together }).catch(async (error) => {
        await writing;
        throw error;
      });
      await writing;
    });
    if (options.jsonl) return;
    if (options.json) await write(`${jsonText(points.map(shownRecord), 2)}\n`);
    else if (options.csv) await write(csvText(...columns(points, records, Number)));
    else await write(tableText(...columns(points, records, short)));
  });
}
