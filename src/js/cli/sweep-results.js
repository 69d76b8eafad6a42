/** The trainings of a sweep and their results, as the commands sweep and merge share them. */
import { createHash } from 'node:crypto';
import { csvText, short } from '../csv.js';
import { gridPoints, readAxis } from './grid.js';
import { jsonText } from '../json.js';
import { mapExperiments } from './inputs.js';
import { tableText } from './output.js';

/** @typedef {import('./grid.js').Point} Point */
/** @typedef {import('../experiments.js').NamedSpec} NamedSpec */
/** @typedef {import('../types.js').Result} Result */
/** @typedef {import('../csv.js').Cell} Cell */
/** @typedef {import('./result-file.js').SweepRecord} SweepRecord */

/**
 * @typedef {Point & { id: string, name: string }} SweepPoint `name` is empty if there is only one
 *   experiment
 */

/**
 * @param {import('../types.js').Spec} spec complete, so that spelling out a default changes nothing
 */
const idOf = (spec) => createHash('sha256').update(jsonText(spec)).digest('hex').slice(0, 16);

/**
 * Returns the trainings of a sweep. Combinations that lead to the same experiment count once: two
 * runs of a preset are the same if the grid sets everything in which they differ.
 *
 * @param {import('../lab.js').Lab} lab
 * @param {NamedSpec[]} experiments
 * @param {string[]} grid axes as on the command line
 * @returns {SweepPoint[]}
 */
export function sweepPoints(lab, experiments, grid) {
  const axes = grid.map((text) => readAxis(text));
  /** @type {Map<string, SweepPoint>} */
  const points = new Map();
  mapExperiments(experiments, ({ name, spec }) => {
    for (const point of gridPoints(spec, axes, lab)) {
      const id = idOf(point.spec);
      if (!points.has(id)) points.set(id, { ...point, id, name: experiments.length > 1 ? name : '' });
    }
  });
  return [...points.values()];
}

/**
 * Returns the record of a training, whether it was just done or comes from a result file, perhaps
 * of another grid.
 *
 * @param {SweepPoint} point
 * @param {Pick<Result, 'final'> & Partial<Pick<Result, 'history'>>} result
 * @param {boolean} withHistory
 * @returns {SweepRecord}
 */
export const recordOf = ({ id, name, values }, { final, history }, withHistory) => ({
  id,
  ...(name ? { name } : {}),
  values,
  final,
  ...(withHistory ? { history } : {}),
});

/**
 * Returns head and rows of a table: the values of the grid, then the final metrics.
 *
 * @param {SweepPoint[]} points
 * @param {SweepRecord[]} records of the points
 * @param {(value: number) => number} format
 * @returns {[string[], Cell[][]]}
 */
function columns(points, records, format) {
  const paths = Object.keys(points[0]?.values ?? {});
  const named = points.some(({ name }) => name !== points[0].name);
  const rows = points.map(({ name, values }, i) => {
    const { final } = records[i];
    const own = paths.map((path) =>
      typeof values[path] === 'object' ? jsonText(values[path]) : values[path],
    );
    const measured = [final.cost, final.trainAccuracy, final.testAccuracy].map(format);
    return /** @type {Cell[]} */ ([...(named ? [name] : []), ...own, ...measured]);
  });
  return [[...(named ? ['experiment'] : []), ...paths, 'cost', 'trainAccuracy', 'testAccuracy'], rows];
}

/**
 * Returns all results in one format.
 *
 * @param {SweepPoint[]} points
 * @param {SweepRecord[]} records of the points
 * @param {{ json?: boolean, csv?: boolean }} options a table for people if both are missing
 * @returns {string}
 */
export function resultsText(points, records, { json, csv }) {
  if (json) return `${jsonText(records, 2)}\n`;
  if (csv) return csvText(...columns(points, records, Number));
  return tableText(...columns(points, records, short));
}
