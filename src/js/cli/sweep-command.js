/** init-lab sweep: trains every combination of the values that fields can take. */
import { Option } from 'commander';
import { shardOf } from './grid.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { UsageError } from './exit.js';
import { packageInfo, readWithChanges } from './inputs.js';
import { JSON_HELP, createWriter, write } from './output.js';
import { openResultFile } from './result-file.js';
import { readShard } from './shard.js';
import { recordOf, resultsText, sweepPoints } from './sweep-results.js';
import { collect, withInputOptions, withPool, withTrainingOptions } from './training-options.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('../types.js').Result} Result */
/** @typedef {import('./result-file.js').SweepRecord} SweepRecord */
/** @typedef {import('./sweep-results.js').SweepPoint} SweepPoint */
/**
 * @typedef {{ jsonl?: boolean, json?: boolean, csv?: boolean, history?: boolean, resume?: string }}
 *   SweepOptions
 */

const HELP = `
Values:
  init.std=0.01,0.1,1              three values
  init.seed=1..20                  whole numbers
  optimizer.learningRate=0..1:11   11 values, evenly spaced
  init.std=1e-3..1e2:13:log        13 values, evenly spaced in their logarithm
  init.name=he_normal,zeros        names; parameters that only the old name has are dropped
  layers=[4],[10,5],[10,10,10]     lists

Examples:
  $ init-lab sweep exercise-5 --grid init.std=1e-3..1e2:13:log --seeds 1..10 --csv > sweep.csv
  $ init-lab sweep base.yaml --grid init.std=0.01,1 --seeds 1..100 --resume results.jsonl
  $ init-lab sweep base.yaml --seeds 1..1000 --shard auto --resume part-$SLURM_ARRAY_TASK_ID.jsonl
  $ init-lab merge part-*.jsonl --csv > sweep.csv

--shard auto reads the number of the task in an array of Slurm or Grid Engine. With --shard auto/8 it also reads that of
PBS, Torque, Kubernetes (indexed jobs) and GNU parallel, which do not say how many tasks there are. Each task needs a result
file of its own.

Results in the result file, in JSON and in JSON lines have the fields id, values, final, with --history also history, and for
several experiments also name. The first line of a result file says which version and experiments made it.
${JSON_HELP}`;

/**
 * Trains the points that have no record yet.
 *
 * @param {SweepPoint[]} points
 * @param {Map<string, SweepRecord>} records the trained ones, which it completes
 * @param {(record: SweepRecord) => void} save called for each new record
 * @param {SweepOptions & import('./training-options.js').TrainingOptions} options
 */
async function trainMissing(points, records, save, options) {
  // A record without a history counts as missing if the history is asked for.
  const isDone = (/** @type {SweepPoint} */ { id }) =>
    records.has(id) && (!options.history || records.get(id)?.history !== undefined);
  const missing = points.filter((point) => !isDone(point));
  if (options.resume !== undefined && missing.length < points.length)
    process.stderr.write(`${points.length - missing.length} of ${points.length} need no training\n`);
  await withPool(options, async ({ pool, signal, stop, onProgress }) => {
    const writer = createWriter(stop);
    const show = (/** @type {SweepRecord} */ record) => writer.write(`${jsonText(record)}\n`);
    if (options.jsonl)
      for (const point of points) {
        const record = isDone(point) ? records.get(point.id) : undefined;
        if (record) show(recordOf(point, record, options.history ?? false));
      }
    const onResult = (/** @type {number} */ i, /** @type {Result} */ result) => {
      const record = recordOf(missing[i], result, options.history ?? false);
      save(record);
      records.set(record.id, record);
      if (options.jsonl) show(record);
    };
    const specs = missing.map(({ spec }) => spec);
    // Results are saved one by one, so that a sweep that is killed loses only the trainings in
    // progress.
    const together = options.resume === undefined;
    await pool.run(specs, { signal, onProgress, onResult, keep: false, together }).catch(async (error) => {
      await writer.finished();
      throw error;
    });
    await writer.finished();
  });
}

/** @param {Command} program */
export function addSweep(program) {
  const command = withInputOptions(
    program
      .command('sweep')
      .summary('train every combination of values')
      .description('Trains every combination of the values that fields of an experiment can take.'),
  )
    .option('-g, --grid <field=values>', 'values of a field (repeatable; the last varies fastest)', collect)
    .option('--seeds <values>', 'short for --grid init.seed=VALUES')
    .option('--resume <file>', 'keep results in this file, and train only the missing ones')
    .option('--shard <part>', 'train the i-th of n parts: i/n, or auto in a task of a scheduler')
    .option('--history', 'keep the recorded cost and accuracies, not only the last ones')
    .addOption(new Option('--json', 'results as one JSON list').conflicts(['jsonl', 'csv']))
    .addOption(
      new Option('--jsonl', 'results as JSON lines, each written when its training ends').conflicts('csv'),
    )
    .option('--csv', 'results as comma-separated values')
    .addHelpText('after', HELP);
  withTrainingOptions(command).action(async (source, options) => {
    const seeds = options.seeds === undefined ? [] : [`init.seed=${options.seeds}`];
    const grid = [...(options.grid ?? []), ...seeds];
    if (grid.length === 0) throw new UsageError('nothing-to-sweep', { field: '--grid' });
    const shard = readShard(options.shard, process.env);
    const lab = await loadLab();
    const paths = grid.map((axis) => axis.split('=')[0]);
    const experiments = readWithChanges(lab, source, options, paths);
    const all = sweepPoints(lab, experiments, grid);
    const points = shard === undefined ? all : shardOf(all, shard);
    const head = {
      version: packageInfo.version,
      experiments,
      grid,
      ...(shard === undefined ? {} : { shard }),
    };
    /** @type {Error | undefined} */
    let lost;
    const file =
      options.resume === undefined
        ? undefined
        : await openResultFile(options.resume, head, (error) => (lost = error));
    const records = file?.records ?? new Map();
    try {
      await trainMissing(
        points,
        records,
        (record) => {
          if (lost) throw lost;
          file?.add(record);
        },
        options,
      );
    } finally {
      await file?.close().catch(() => {});
    }
    if (options.jsonl) return;
    const shown = points.map((point) =>
      recordOf(point, /** @type {SweepRecord} */ (records.get(point.id)), options.history ?? false),
    );
    await write(resultsText(points, shown, options));
  });
}
