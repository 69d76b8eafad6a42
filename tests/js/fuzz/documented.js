// The form that every error of the lab must have, for any input.
import assert from 'node:assert/strict';
import { UsageError } from '../../../src/js/cli/exit.js';

/**
 * Asserts that an error is one that the documentation promises.
 *
 * @param {unknown} error
 */
function assertDocumented(error) {
  const isKnown = [TypeError, RangeError, UsageError].some((Kind) => error instanceof Kind);
  assert.ok(isKnown, String(error));
  const { code, field, message } = /** @type {import('../../../src/js/types.js').LabError} */ (error);
  assert.ok(typeof code === 'string' && code !== 'internal', message);
  if (code !== 'out-of-memory' && code !== 'bad-weights') assert.equal(typeof field, 'string', message);
  assert.doesNotMatch(message, /undefined is|\[object Object\]|NaN is/);
}

/**
 * Returns the result of `work`, or undefined after a documented error.
 *
 * @template T
 * @param {() => T} work
 * @returns {T | undefined}
 */
export function resultOf(work) {
  try {
    return work();
  } catch (error) {
    assertDocumented(error);
    return undefined;
  }
}
