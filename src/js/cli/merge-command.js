/**
 * init-lab merge: joins the result files of a sweep's parts, and checks that nothing is missing.
 */
import { Option } from 'commander';
import { shardOf } from './grid.js';
import { jsonText } from '../json.js';
import { loadLab } from '../lab.js';
import { EXIT, UsageError } from './exit.js';
import { packageInfo } from './inputs.js';
import { write } from './output.js';
import { checkHeads, headLine, readResultFile } from './result-file.js';
import { recordOf, resultsText, sweepPoints } from './sweep-results.js';
import { usageSentence } from './usage-sentences.js';

/** @typedef {import('./result-file.js').SweepHead} SweepHead */
/** @typedef {import('./result-file.js').SweepRecord} SweepRecord */
/** @typedef {import('./sweep-results.js').SweepPoint} SweepPoint */
/** @typedef {{ path: string, head: SweepHead, records: Map<string, SweepRecord> }} Part */

/** Missing trainings that the error names. */
const MOST_NAMED = 5;

/**
 * @param {string[]} paths
 * @returns {Part[]}
 * @throws {UsageError} when they are not parts of one sweep
 */
function readParts(paths) {
  const parts = paths.map((path) => {
    try {
      const { heads, records } = readResultFile(path);
      if (heads.length === 0) throw new UsageError('empty-result-file', { value: path });
      return { path, head: heads[heads.length - 1], heads, records };
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError('unreadable', { value: path, reason: /** @type {Error} */ (error).message });
    }
  });
  const [first] = parts;
  for (const { path, head, heads } of parts) {
    checkHeads(path, heads, { ...first.head, version: packageInfo.version });
    if (jsonText(head.grid) !== jsonText(first.head.grid))
      throw new UsageError('other-grid', { value: path, first: first.path });
  }
  return parts;
}

/** The values of the grid, to name a training. @param {SweepPoint} point */
const nameOf = ({ name, values }) =>
  [
    name,
    ...Object.entries(values).map(
      ([path, value]) => `${path}=${typeof value === 'object' ? jsonText(value) : value}`,
    ),
  ]
    .filter(Boolean)
    .join(' ');

/**
 * Says which trainings are missing: whole parts without a file, and trainings that a part's file
 * lacks.
 *
 * @param {Part[]} parts
 * @param {SweepPoint[]} points
 * @param {SweepPoint[]} missing
 * @returns {string}
 */
function missingText(parts, points, missing) {
  const lines = [usageSentence('missing-trainings', { missing: missing.length, all: points.length })];
  const shards = new Map(parts.flatMap(({ path, head }) => (head.shard ? [[head.shard, path]] : [])));
  const counts = new Set([...shards.keys()].map((shard) => shard.split('/')[1]));
  const named = new Set();
  if (counts.size === 1) {
    const [count] = counts;
    for (let i = 1; i <= Number(count); i += 1) {
      const shard = `${i}/${count}`;
      const own = shardOf(points, shard).filter((point) => missing.includes(point));
      if (own.length === 0) continue;
      const path = shards.get(shard);
      if (path === undefined) {
        lines.push(usageSentence('missing-part', { shard }));
        for (const point of own) named.add(point);
      } else lines.push(usageSentence('incomplete-part', { value: path, shard, missing: own.length }));
    }
  }
  const others = missing.filter((point) => !named.has(point));
  for (const point of others.slice(0, MOST_NAMED)) lines.push(`  ${nameOf(point)}`);
  if (others.length > MOST_NAMED)
    lines.push(usageSentence('more-missing', { count: others.length - MOST_NAMED }));
  return lines.join('\n');
}

/** @param {import('commander').Command} program */
export function addMerge(program) {
  program
    .command('merge')
    .summary('join the result files of a sweep')
    .description(
      `Joins the result files that the parts of a sweep wrote, and checks that they belong together and are complete. Writes the
result file that one machine would have written, in the order of the grid.`,
    )
    .argument('<file...>', 'the result files, such as part-*.jsonl')
    .addOption(new Option('--json', 'results as one JSON list').conflicts('csv'))
    .option('--csv', 'results as comma-separated values')
    .addHelpText(
      'after',
      `
Exit status 1 if trainings are missing: the error names them, and init-lab sweep --resume trains them.

Example:
  $ init-lab merge part-*.jsonl > all.jsonl`,
    )
    .action(async (paths, options) => {
      const parts = readParts(paths);
      const lab = await loadLab();
      const { experiments, grid } = parts[0].head;
      const points = sweepPoints(lab, experiments, grid);
      /** @type {Map<string, SweepRecord>} */
      const records = new Map();
      for (const { path, records: own } of parts)
        for (const [id, record] of own) {
          const other = records.get(id);
          if (other && jsonText(other.final) !== jsonText(record.final))
            throw new UsageError('other-result', { value: path, point: jsonText(record.values) });
          records.set(id, record);
        }
      const missing = points.filter(({ id }) => !records.has(id));
      if (missing.length > 0) {
        process.stderr.write(`error: ${missingText(parts, points, missing)}\n`);
        process.exitCode = EXIT.failure;
        return;
      }
      const shown = points.map((point) => {
        const record = /** @type {SweepRecord} */ (records.get(point.id));
        return recordOf(point, record, record.history !== undefined);
      });
      if (options.json || options.csv) await write(resultsText(points, shown, options));
      else {
        await write(headLine({ version: packageInfo.version, experiments, grid }));
        for (const record of shown) await write(`${jsonText(record)}\n`);
      }
    });
}
