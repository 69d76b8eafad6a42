// Refuses runs that do not fit into the module's memory before they allocate any of it.

import { dataError } from '../../src/js/errors.js';

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
 * @param {import('./types.js').Spec} spec
 * @returns {number} an estimate in bytes; 0 for a spec that the core will reject
 */
function bytesOf({ layers = [], precision }) {
  if (!Array.isArray(layers)) return 0;
  const sizes = [INPUTS, ...layers.map(Number), OUTPUTS];
  let parameters = 0;
  for (let l = 1; l < sizes.length; l += 1) parameters += sizes[l] * (sizes[l - 1] + 1);
  return COPIES * parameters * (precision === 'float32' ? 4 : 8) || 0;
}

/**
 * @param {import('./types.js').RunSpec[]} specs
 * @returns {(id: string) => void} throws a Problem for a run that does not fit together with the
 *   earlier runs
 */
export function checkMemory(specs) {
  const bytes = new Map(specs.map(({ id, spec }) => [id, bytesOf(spec)]));
  let total = 0;
  const fits = new Map(
    [...bytes].map(([id, needed]) => {
      if (total + needed <= MAX_BYTES) total += needed;
      else return [id, MAX_BYTES - total];
      return [id, null];
    }),
  );
  return (id) => {
    const left = fits.get(id) ?? null;
    if (left === null) return;
    const megabytes = (/** @type {number} */ count) => Math.round(count / 2 ** 20);
    throw dataError(RangeError, {
      code: 'too-large',
      field: 'layers',
      value: megabytes(bytes.get(id) ?? 0),
      expected: { kind: 'memory', high: megabytes(left) },
    });
  };
}
