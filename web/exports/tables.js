// Histories as CSV and whole results as JSON. Values that JSON has no number for become words.

/** @typedef {import('../race/types.js').Metrics} Metrics */

/** One row an iteration and run. @param {{ name: string, history: Metrics[] }[]} runs */
export function historyCsv(runs) {
  const quoted = (/** @type {string} */ name) => {
    // Names come with links from anywhere, and a spreadsheet would compute one that begins like a formula.
    const text = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = runs.flatMap(({ name, history }) =>
    history.map(({ iteration, cost, trainAccuracy, testAccuracy }) =>
      [quoted(name), iteration, cost, trainAccuracy, Number.isNaN(testAccuracy) ? '' : testAccuracy].join(
        ',',
      ),
    ),
  );
  return ['run,iteration,cost,train_accuracy,test_accuracy', ...rows, ''].join('\n');
}

/** @param {unknown} value */
export function toJson(value) {
  return JSON.stringify(
    value,
    (_, part) => {
      if (part instanceof Float64Array) return Array.from(part);
      return typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;
    },
    1,
  );
}
