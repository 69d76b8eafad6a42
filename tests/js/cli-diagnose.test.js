// The commands diagnose, butterfly and theory: measurements of starts and of trained networks, and
// predictions.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSafetensors } from '../../src/js/exports/weights.js';
import { runCli, temporaryFolder } from './support.js';

const experiment = {
  dataset: { name: 'circles' },
  layers: [10, 5],
  activations: 'relu',
  optimizer: { name: 'gd', learningRate: 0.01 },
};
const diagnose = async (/** @type {object} */ init, /** @type {string[]} */ ...options) => {
  const { status, text, stderr } = await runCli(['diagnose', '-', ...options], {
    input: JSON.stringify({ ...experiment, init }),
  });
  assert.equal(status, 0, stderr);
  return text;
};

test('diagnose finds all units of a layer of zeros equal', async () => {
  const [{ layers, predicted }] = JSON.parse(await diagnose({ name: 'zeros' }, '--json'));
  assert.equal(layers.length, 3);
  assert.equal(predicted.length, 3);
  assert.equal(layers[0].preActivation.variance, 0);
  assert.equal(layers[0].distinct, 1);
  assert.equal(layers[0].rank, 0);
});

test('diagnose measures during training, and predicts only at the start', async () => {
  const text = await diagnose({ name: 'he_normal', seed: 3 }, '--at', '500,0,100', '--csv');
  const [head, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const of = (/** @type {string[]} */ row, /** @type {string} */ name) => {
    assert.ok(head.includes(name), `${name} in ${head}`);
    return row[head.indexOf(name)];
  };
  assert.deepEqual(
    rows.map((row) => of(row, 'iteration')),
    ['0', '0', '0', '100', '100', '100', '500', '500', '500'],
  );
  for (const row of rows) {
    const ratio = (0.01 * Number(of(row, '|dJ/dW|'))) / Number(of(row, '|W|'));
    assert.ok(Math.abs(Number(of(row, 'update / W')) / ratio - 1) < 1e-4, 'gradient descent’s step');
    assert.equal(of(row, 'theory z²') === '', of(row, 'iteration') !== '0');
  }
  // He et al. 2015: n_in Var W = 2.
  for (const row of rows.slice(0, 3)) assert.ok(Math.abs(Number(of(row, 'n_in Var W')) - 2) < 1e-9);
});

test('diagnose predicts one singular value for orthogonal weights', async () => {
  const [{ layers, predicted }] = JSON.parse(await diagnose({ name: 'orthogonal', gain: 1.5 }, '--json'));
  for (const [l, { singularValues }] of layers.entries()) {
    for (const value of [...singularValues, predicted[l].leastSingularValue])
      assert.ok(Math.abs(value - 1.5) < 1e-12, `layer ${l + 1}: ${value}`);
  }
});

test('diagnose gives the curvature of the cost and the distance from the start in each format', async () => {
  const [start, later] = JSON.parse(
    await diagnose({ name: 'he_normal', seed: 3 }, '--at', '0,500', '--json'),
  );
  // Reference values for the notebook's exercise 5.
  assert.ok(Math.abs(start.curvature.greatest / 1.338 - 1) < 2e-3);
  assert.ok(Math.abs(start.curvature.least / -0.453 - 1) < 2e-3);
  assert.equal(start.distance, 0);
  assert.ok(later.distance > 0);
  const csv = await diagnose({ name: 'he_normal', seed: 3 }, '--csv');
  assert.match(csv.split('\n')[0], /λ max,λ min,rate \* λ max,iterations to leave/);
  const text = await diagnose({ name: 'he_normal', seed: 3 });
  assert.match(text, /below 2: steps are stable/);
});

test('diagnose names each layer of each experiment in its tables', async () => {
  const { text } = await runCli(['diagnose', 'exercise-5']);
  for (const name of ['Signals', 'Weights and units']) assert.match(text, new RegExp(`^${name}`, 'm'));
  const { status, stderr } = await runCli(['diagnose', 'exercise-5', '--at', '1.5']);
  assert.equal(status, 2);
  assert.match(stderr, /^error: --at must be a whole number from .*, but is 1\.5/);
});

test('theory writes the edge of chaos and the predictions for narrow layers', async () => {
  const { text } = await runCli(['theory', 'relu', '--weight-variance', '2', '--layers', '3,2', '--json']);
  const { chi1, depthScale, edgeOfChaos, shape } = JSON.parse(text);
  assert.ok(Math.abs(chi1 - 1) < 1e-9);
  assert.equal(depthScale, 'Infinity');
  assert.ok(Math.abs(edgeOfChaos.weightVariance - 2) < 1e-9);
  // Lu et al. 2020; Hanin & Rolnick 2018.
  assert.ok(Math.abs(shape.bornDeadBound - (1 - (7 / 8) * (3 / 4))) < 1e-12);
  assert.ok(Math.abs(shape.lengthFluctuation - (1 + 5 / 3) * (1 + 5 / 2)) < 1e-12);
  assert.ok(Math.abs(shape.widthSum - 5 / 6) < 1e-12);
});

test('theory shows the predictions for narrow layers as a table', async () => {
  const { text } = await runCli(['theory', 'relu', '--weight-variance', '2', '--layers', '3,2']);
  for (const [name, value] of /** @type {[string, number][]} */ ([
    ['width sum', 5 / 6],
    ['spread', (1 + 5 / 3) * (1 + 5 / 2)],
    ['P(born dead)', 1 - (7 / 8) * (3 / 4)],
  ])) {
    const line = text.split('\n').find((each) => each.startsWith(name)) ?? '';
    const shown = Number(/ +(\S+)/.exec(line.slice(name.length))?.[1]);
    assert.ok(Math.abs(shown - value) < 1e-5, line);
  }
});

test('diagnose rejects weights for another number of features', async () => {
  const folder = temporaryFolder();
  const [weights, data] = [join(folder, 'weights.safetensors'), join(folder, 'data.csv')];
  writeFileSync(
    weights,
    writeSafetensors({
      'a.weight': { shape: [1, 2], data: Float64Array.of(1, 2) },
      'a.bias': { shape: [1], data: Float64Array.of(3) },
    }),
  );
  writeFileSync(data, 'a,b,c,label\n1,2,3,0\n2,1,0,1\n');
  const { status, stderr } = await runCli(['diagnose', weights, '--data', data]);
  assert.equal(status, 2);
  assert.equal(stderr.trim(), 'error: the weights take 2 features, the data have 3');
});

test('butterfly finds × 10 chaotic, but not He', async () => {
  const { text } = await runCli(['butterfly', '-', '--iterations', '400', '--every', '200', '--json'], {
    input: JSON.stringify([
      { ...experiment, init: { name: 'normal', std: 10, seed: 3 } },
      { ...experiment, init: { name: 'he_normal', seed: 3 } },
    ]),
  });
  const [large, he] = JSON.parse(text);
  assert.deepEqual(
    large.distances.map((/** @type {any} */ { iteration }) => iteration),
    [0, 200, 400],
  );
  assert.ok(large.distances[0].distance < 1e-14);
  assert.ok(large.distances[2].distance > 1e-3, `× 10 at 400: ${large.distances[2].distance}`);
  assert.ok(he.distances[2].distance < 1e-15, `He at 400: ${he.distances[2].distance}`);
});

test('theory gives the growth of gradients under normalization', async () => {
  const { text } = await runCli(['theory', 'relu', '--weight-variance', '2', '--json']);
  const { normalizedGradientGrowth } = JSON.parse(text);
  assert.ok(Math.abs(normalizedGradientGrowth.batch - Math.sqrt(Math.PI / (Math.PI - 1))) < 1e-9);
  assert.ok(Math.abs(normalizedGradientGrowth.layer - 1) < 1e-9);
});

test('theory gives the growth of signals over skip connections for each branch scale', async () => {
  const args = ['theory', 'relu', '--weight-variance', '2', '--branches', '64'];
  const { residualGrowth } = JSON.parse((await runCli([...args, '--json'])).text);
  // De & Smith 2020: (1 + s²)^L under He's start.
  for (const [scale, expected] of /** @type {[string, number][]} */ ([
    ['1', 2 ** 64],
    ['1/sqrt(L)', (1 + 1 / 64) ** 64],
    ['1/L', (1 + 1 / 64 ** 2) ** 64],
  ]))
    assert.ok(Math.abs(residualGrowth[scale] / expected - 1) < 1e-12, `${scale}: ${residualGrowth[scale]}`);
  assert.match((await runCli(args)).text, /^skips × 1\/sqrt\(L\) +2\.697/m);
  const { status, stderr } = await runCli(['theory', 'tanh', '--weight-variance', '2', '--branches', '4']);
  assert.equal(status, 2);
  assert.match(
    stderr,
    /^error: --branches is known for the activations relu, leaky_relu, linear, but .* is tanh$/m,
  );
});
