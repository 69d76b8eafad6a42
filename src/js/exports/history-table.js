/** The recorded costs and accuracies of several runs as one CSV table. */
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
    ['run', 'iteration', 'cost', 'train_accuracy', 'test_accuracy'],
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
