import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldError, rangeError } from '../../src/js/errors.js';
import { loadLab } from '../../src/js/index.js';

const lab = await loadLab();

/** @param {any} spec @returns {any} */
function refusalOf(spec) {
  try {
    lab.validate(spec);
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('what JavaScript refuses looks as what the lab refuses, whatever the value', () => {
  for (const [make, spec] of /** @type {[typeof fieldError, any][]} */ ([
    ...['many', null, true, {}, [1, 2]].map((iterations) => [fieldError, { iterations }]),
    [fieldError, { layers: 3 }],
    [rangeError, { iterations: -1 }],
    [rangeError, { record: 0 }],
  ])) {
    const theirs = refusalOf(spec);
    const [[field, value]] = Object.entries(spec);
    const ours = /** @type {any} */ (make(field, value, theirs.expected));
    const parts = (/** @type {any} */ error) => {
      const { name, message, code, field: place, value: shown, expected } = error;
      return { name, message, code, place, shown, expected };
    };
    assert.deepEqual(parts(ours), parts(theirs));
  }
});
