/** The recorded costs and accuracies of several runs as one CSV table, with the names of JSON. */
import { csvText } from '../csv.js';

/** @typedef {import('../types.js').Metrics} Metrics */

/**
 * Returns one row for each run and recorded iteration.
 *
 * @param {{ name: string, history: Metrics[] }[]} runs
 * @returns {string} an accuracy without examples is an empty cell
 */
export const historyCsv = (runs) =>
  csvText(
    ['experiment', 'iteration', 'cost', 'trainAccuracy', 'testAccuracy'],
    runs.flatMap(({ name, history }) =>
      history.map(({ iteration, cost, trainAccuracy, testAccuracy }) => [
        name,
        iteration,
        cost,
        trainAccuracy,
        Number.isNaN(testAccuracy) ? '' : testAccuracy,
      ]),
    ),
  );
