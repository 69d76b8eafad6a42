// Refuses runs that do not fit into the module's memory, or whose first picture would keep the
// reader waiting for too long, before they allocate or compute anything.

import { dataError } from '../../src/js/errors.js';

/** @typedef {import('./types.js').Spec} Spec */

/**
 * The most bytes that all runs of a race may take. The module can have 2 GiB; examples and
 * predictions need some of it.
 */
const MAX_BYTES = 1.5 * 2 ** 30;
/**
 * Copies of the parameters that a run holds: weights, gradient, two moments of the optimizer, one
 * snapshot.
 */
const COPIES = 5;
/** The assumed numbers of inputs and outputs; other data sets change the estimate little. */
const INPUTS = 2;
const OUTPUTS = 1;
/**
 * The most seconds until all runs of a race show their first picture. A reader who wants more can
 * train on the command line.
 */
const MAX_SECONDS = 10;
/**
 * Rates of one core of a server, measured on hidden layers of 1024 to 4096 units: a parameter is
 * drawn in 0.36 µs, and an example passes 2.3e9 parameters a second.
 */
const SECONDS_PER_DRAW = 0.36e-6;
const SECONDS_PER_PASS = 1 / 2.3e9;
/** Places of the coarsest field, which every first picture has. */
const FIELD = 28 ** 2;

/**
 * Returns the number of examples of a data set, test examples included; 0 for an unknown data set.
 * @param {import('../../src/js/lab.js').Lab} lab
 * @param {Spec['dataset']} dataset
 */
export function exampleCount(lab, dataset) {
  if (dataset?.train !== undefined)
    return [dataset.train, dataset.test].reduce((sum, points) => sum + Number(points?.y?.length ?? 0), 0);
  const row = lab.catalogue.datasets.find(({ name }) => name === dataset?.name);
  if (row === undefined) return 0;
  return ['samples', 'testSamples'].reduce(
    (sum, name) =>
      sum + Number(dataset[name] ?? row.parameters.find((each) => each.name === name)?.value ?? 0),
    0,
  );
}

/**
 * @param {Spec} spec
 * @returns {number} an estimate; 0 for a spec that the core will reject
 */
function parameterCount({ layers = [] }) {
  if (!Array.isArray(layers)) return 0;
  const sizes = [INPUTS, ...layers.map(Number), OUTPUTS];
  let parameters = 0;
  for (let l = 1; l < sizes.length; l += 1) parameters += sizes[l] * (sizes[l - 1] + 1);
  return parameters || 0;
}

/**
 * Returns which runs fit, in their order, and for the others how much is left.
 * @param {Map<string, number>} needs by run id
 * @param {number} most
 * @returns {Map<string, { needed: number, left: number }>} the runs that do not fit
 */
function excess(needs, most) {
  let left = most;
  const refused = new Map();
  for (const [id, needed] of needs) {
    if (needed > left) refused.set(id, { needed, left });
    // What is no number is no valid spec, which the core rejects.
    else left -= needed || 0;
  }
  return refused;
}

/**
 * @param {import('../../src/js/lab.js').Lab} lab
 * @param {import('./types.js').RunSpec[]} specs
 * @returns {(id: string) => void} throws a Problem for a run that does not fit together with the
 *   earlier runs
 */
export function checkBounds(lab, specs) {
  const parameters = new Map(specs.map(({ id, spec }) => [id, parameterCount(spec)]));
  const perRun = (/** @type {(spec: Spec, parameters: number) => number} */ need) =>
    new Map(specs.map(({ id, spec }) => [id, need(spec, parameters.get(id) ?? 0)]));
  const bytes = excess(
    perRun(({ precision }, count) => COPIES * count * (precision === 'float32' ? 4 : 8)),
    MAX_BYTES,
  );
  const seconds = excess(
    perRun(
      ({ dataset }, count) =>
        count * (SECONDS_PER_DRAW + (exampleCount(lab, dataset) + FIELD) * SECONDS_PER_PASS),
    ),
    MAX_SECONDS,
  );
  return (id) => {
    const large = bytes.get(id);
    const megabytes = (/** @type {number} */ count) => Math.round(count / 2 ** 20);
    if (large)
      throw dataError(RangeError, {
        code: 'too-large',
        field: 'layers',
        value: megabytes(large.needed),
        expected: { kind: 'memory', high: megabytes(large.left) },
      });
    const slow = seconds.get(id);
    if (slow)
      throw dataError(RangeError, {
        code: 'too-slow',
        field: 'layers',
        value: Math.ceil(slow.needed),
        expected: { kind: 'seconds', high: Math.floor(slow.left) },
      });
  };
}
