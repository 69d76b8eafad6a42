import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';

const lab = await loadLab();

/** Returns a unit's values where its pre-activation goes from -400 to 400. @param {string} name */
function valuesOf(name) {
  const session = lab.createSession({
    layers: [1],
    activations: [name],
    init: { name: 'constant', value: 1 },
  });
  const { layers } = session.network;
  const parameters = new Float64Array(session.parameters().length);
  parameters[layers[0].weights] = 1;
  session.setParameters(parameters);
  const grid = { x1: [-400, 400], x2: [0, 1], columns: 4001, rows: 1 };
  const [[values]] = session.predictUnits(/** @type {any} */ (grid), { most: 1 });
  session.dispose();
  return values;
}

test('the catalogue states the bounds and the value at 0 of each activation, and which can die', () => {
  for (const { name, low, high, atZero, rectifier } of lab.catalogue.activations) {
    const values = valuesOf(name);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const negative = values.slice(0, 2000);
    assert.ok(least >= low && most <= high, `${name}: ${least} to ${most}`);
    if (low > -Infinity) assert.ok(least - low < 0.01, `${name}: ${least}`);
    if (high < Infinity) assert.ok(high - most < 0.01, `${name}: ${most}`);
    assert.ok(Math.abs(values[2000] - atZero) < 1e-6, `${name}: ${values[2000]}`);
    assert.equal(
      rectifier,
      negative.every((value) => value === 0),
      name,
    );
  }
});
