// Stores a sweep's results for the browser tab. A reader who opens a run in the lab and returns, or
// reloads the page, continues where the sweep was. The same experiment gives the same bits, so
// stored results never become outdated.

import { jsonText } from '../../src/js/json.js';

/** @typedef {import('../../src/js/lab.js').Spec} Spec */
/** @typedef {import('../../src/js/lab.js').Result} Result */
/** @typedef {Pick<Result, 'final' | 'history'>} Outcome the parts of a result that sweeps use */
/**
 * @typedef {[iteration: number, cost: number, trainAccuracy: number, testAccuracy: number]} Row of
 *   a history
 */

/**
 * A key for a sweep. The pages' sweeps are grids, so their first and last specs and their size
 * identify them.
 * @param {Spec[]} specs
 */
const keyOf = (specs) =>
  `init-lab sweep ${JSON.stringify([specs.length, specs[0], specs[specs.length - 1]])}`;

/**
 * @param {Spec[]} specs
 * @param {Map<number, Outcome>} outcomes by the spec's index
 */
export function keepOutcomes(specs, outcomes) {
  const rows = [...outcomes].map(([index, { history }]) => [
    index,
    history.map((one) => [one.iteration, one.cost, one.trainAccuracy, one.testAccuracy]),
  ]);
  try {
    sessionStorage.setItem(keyOf(specs), jsonText(rows));
  } catch {
    // The storage is full or forbidden, so the sweep will start again next time.
  }
}

/**
 * @param {unknown} value
 * @returns {Row | null}
 */
function readRow(value) {
  if (!Array.isArray(value) || value.length !== 4) return null;
  const row = /** @type {Row} */ (value.map(Number));
  return Number.isInteger(row[0]) ? row : null;
}

/**
 * @param {Spec[]} specs
 * @returns {Map<number, Outcome>} the stored results that are complete
 */
export function keptOutcomes(specs) {
  /** @type {Map<number, Outcome>} */
  const outcomes = new Map();
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(keyOf(specs)) ?? '[]');
  } catch {
    return outcomes;
  }
  for (const entry of Array.isArray(kept) ? kept : []) {
    const [index, list] = Array.isArray(entry) ? entry : [];
    const rows = Array.isArray(list) ? list.map(readRow) : [];
    const history = rows.flatMap((row) =>
      row ? [{ iteration: row[0], cost: row[1], trainAccuracy: row[2], testAccuracy: row[3] }] : [],
    );
    const final = history[history.length - 1];
    if (specs[index]?.iterations === undefined || final?.iteration !== specs[index].iterations) continue;
    if (history.length === rows.length) outcomes.set(index, { history, final });
  }
  return outcomes;
}
