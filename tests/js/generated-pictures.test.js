// The drawn pictures, and what the picture page says of them.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { generatePictures } from '../../src/js/generated-pictures.js';
import { loadLab } from '../../src/js/index.js';
import { STARTS, pictureSpec } from '../../web/maps/picture-experiments.js';

/** @type {any} */
let lab;
before(async () => {
  lab = await loadLab();
});

test('draws pictures with the course’s shape, whole bytes, and the same content each time', () => {
  const { train, test: rest } = generatePictures();
  for (const [part, m] of /** @type {const} */ ([
    [train, 209],
    [rest, 50],
  ])) {
    assert.equal(part.features, 64 * 64 * 3);
    assert.equal(part.x.length, 64 * 64 * 3 * m);
    assert.equal(part.y.length, m);
    assert.ok(part.x.every((value) => value >= 0 && value <= 1));
    assert.ok(part.x.every((value) => Math.abs(value * 255 - Math.round(value * 255)) < 1e-9));
    const share = part.y.reduce((sum, label) => sum + label, 0) / m;
    // Drawn with chance 0.35: within three standard errors.
    assert.ok(Math.abs(share - 0.35) < 3 * Math.sqrt((0.35 * 0.65) / m), `class 1: ${share}`);
  }
  assert.deepEqual(generatePictures().train.x, train.x);
  assert.notDeepEqual(train.x.subarray(0, 100), rest.x.subarray(0, 100));
});

test('only the scale of the later layers decides whether the network learns', async () => {
  const dataset = generatePictures();
  /** @type {Record<string, number>} */
  const cost = {};
  for (const start of STARTS.filter(({ id }) => !id.startsWith('factor'))) {
    const { final } = await lab.run(pictureSpec(start, dataset, 200));
    cost[start.id] = final.cost;
  }
  assert.ok(cost.xavier < 0.45, `1/√n: ${cost.xavier}`);
  assert.ok(cost.small > 0.6, `× 0.01: ${cost.small}`);
  assert.ok(Math.abs(cost['small-first'] - cost.xavier) < 0.02, `× 0.01 first: ${cost['small-first']}`);
  assert.ok(Math.abs(cost['small-later'] - cost.small) < 0.02, `× 0.01 later: ${cost['small-later']}`);
});

test('one factor for all layers can learn too, from a cost above 4', async () => {
  const start = STARTS.find(({ id }) => id === 'factor-0.3') ?? assert.fail();
  const { history, final } = await lab.run(pictureSpec(start, generatePictures(), 200));
  assert.ok(history[0].cost > 4, `cost at 0: ${history[0].cost}`);
  assert.ok(final.cost < 0.3, `cost at 200: ${final.cost}`);
});
