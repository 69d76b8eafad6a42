// Property tests of the facade. A case gives a result or a documented error, never anything else.
// A case that failed becomes a test of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadLab } from '../../../src/js/index.js';
import { resultOf } from './documented.js';
import { settings } from './settings.js';
import { anything, damagedSpec, plausibleSpec } from './specs.js';

const lab = await loadLab();

/**
 * Trains a little and uses everything that a session has.
 *
 * @param {any} spec
 */
function train(spec) {
  const session = resultOf(() => lab.createSession(spec));
  if (!session) return;
  try {
    session.step(Math.min(session.spec.iterations, 30));
    const { cost, trainAccuracy } = session.metrics();
    assert.equal(typeof cost, 'number');
    assert.ok(!(trainAccuracy > 1), `accuracy ${trainAccuracy}`);
    const snapshot = session.snapshot();
    const before = session.parameters();
    session.step(2);
    session.restore(snapshot);
    assert.deepEqual(session.parameters(), before, 'restore gives back every parameter');
  } finally {
    session.dispose();
  }
}

test('trains every plausible experiment or names the field that it rejects', () => {
  fc.assert(fc.property(plausibleSpec(lab.catalogue), train), settings);
});

test('rejects damaged experiments with a documented error and stays usable', () => {
  fc.assert(
    fc.property(damagedSpec(lab.catalogue), (spec) => {
      resultOf(() => lab.validate(/** @type {any} */ (spec)));
    }),
    settings,
  );
  train({ iterations: 5 });
});

test('rejects values that are no experiment with a documented error', () => {
  fc.assert(
    fc.property(anything, (value) => {
      resultOf(() => lab.validate(/** @type {any} */ (value)));
      resultOf(() => lab.dataset(/** @type {any} */ (value)));
      resultOf(() => lab.theory.meanField(/** @type {any} */ (value)));
    }),
    settings,
  );
});

test('a completed experiment is its own completion and trains to the same bits', () => {
  fc.assert(
    fc.property(plausibleSpec(lab.catalogue), (spec) => {
      const complete = resultOf(() => lab.validate(/** @type {any} */ (spec)));
      if (!complete) return;
      assert.deepEqual(lab.validate(complete), complete);
      assert.deepEqual(lab.validate(JSON.parse(JSON.stringify(complete))), complete, 'JSON keeps it');
    }),
    settings,
  );
});

test('keeps no memory of rejected experiments', () => {
  const refuse = () =>
    fc.assert(
      fc.property(damagedSpec(lab.catalogue), (spec) => {
        resultOf(() => lab.validate(/** @type {any} */ (spec)));
      }),
      { seed: 7, numRuns: 300 },
    );
  refuse();
  const before = lab.heapInUse();
  refuse();
  assert.ok(lab.heapInUse() - before < 4096, `${lab.heapInUse() - before} bytes stay`);
});
