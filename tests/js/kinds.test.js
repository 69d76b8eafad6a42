// Experiments of the newer kinds: each is read, completed, trained and written back by its fields.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Ajv from 'ajv/dist/2020.js';
import { loadLab } from '../../src/js/index.js';
import { Lab } from '../../src/js/lab.js';
import { loadModule } from '../../src/js/load.js';
import { LIMITS, OUTPUTS, PRECISIONS, SKIP_SCALES } from '../../src/js/limits.js';
import { createPool } from '../../src/js/pool.js';
import { experimentSchema } from '../../src/js/schema.js';

const lab = await loadLab();
const matches = new Ajv({ strict: false, allowUnionTypes: true }).compile(experimentSchema(lab.catalogue));

const base = {
  dataset: { name: 'moons' },
  layers: [8, 8, 8],
  activations: 'relu',
  iterations: 30,
  record: 10,
};
const he = { name: 'he_normal', seed: 3 };

/** @type {Record<string, any>} */
const kinds = {
  softmax: { ...base, init: he, dataset: { name: 'spiral', arms: 3 }, output: 'softmax' },
  linear: { ...base, init: he, dataset: { name: 'plane' }, output: 'linear' },
  skip: { ...base, init: he, skip: { scale: '1/sqrt(L)' } },
  'learned skip': { ...base, init: he, skip: { scale: 0, learned: true } },
  batch: { ...base, init: he, normalization: 'batch' },
  layer: { ...base, init: he, normalization: { name: 'layer', epsilon: 1e-3 } },
  'skip and layer': { ...base, init: he, skip: {}, normalization: 'layer' },
  slope: { ...base, init: he, activations: { name: 'leaky_relu', slope: 0.2 } },
  mup: { ...base, init: he, parametrization: { name: 'mup', baseWidth: 4 } },
  frozen: { ...base, init: he, frozen: [0, 2] },
  biases: {
    ...base,
    init: { ...he, bias: { name: 'constant', value: 0.1 }, outputBias: { name: 'log_odds' } },
  },
  formula: { ...base, init: { name: 'formula', std: 'sqrt(2 / n_in)', seed: 3 } },
  standardized: { ...base, init: he, dataset: { name: 'moons', standardize: true } },
};

for (const [name, spec] of Object.entries(kinds))
  test(`trains and lowers the cost: ${name}`, async () => {
    const result = await lab.run({ ...spec, optimizer: { name: 'gd', learningRate: 0.05 } });
    assert.ok(
      result.final.cost < result.history[0].cost,
      `${result.history[0].cost} to ${result.final.cost}`,
    );
    assert.ok(matches(spec), JSON.stringify(matches.errors));
    assert.ok(matches(result.spec), JSON.stringify(matches.errors));
    assert.deepEqual(lab.validate(result.spec), result.spec);
  });

test('does not change the weights of a frozen layer', async () => {
  const session = lab.createSession(kinds.frozen);
  const before = session.parameters();
  session.step(5);
  const after = session.parameters();
  for (const [l, layer] of session.network.layers.entries()) {
    const part = [layer.weights, layer.biases + layer.out];
    const same = JSON.stringify([...before.slice(...part)]) === JSON.stringify([...after.slice(...part)]);
    assert.equal(same, [0, 2].includes(l), `layer ${l}`);
  }
  session.dispose();
});

test('rejects too much work before it starts, and names the field', () => {
  const large = { dataset: { name: 'flower', samples: 10000 }, layers: [2048, 1024] };
  assert.throws(() => lab.validate(large), { field: 'layers', code: 'wrong-count' });
  const lsuv = { layers: [2048, 2048], init: { name: 'lsuv' } };
  assert.throws(() => lab.validate(lsuv), { field: 'layers[1]', message: /lsuv needs too long/ });
});

test('disposes of a session and of a pool by their symbol', async () => {
  const session = lab.createSession({});
  session[Symbol.dispose]();
  assert.throws(() => session.metrics(), { code: 'disposed' });
  const pool = createPool({ size: 1 });
  pool[Symbol.dispose]();
  await assert.rejects(pool.run([{}]), { name: 'AbortError' });
});

test('frees sessions that are dropped without dispose()', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const module = await loadModule();
  /** @type {any[]} */
  const handles = [];
  const observed = Object.create(module, {
    createSession: {
      value(/** @type {any} */ spec) {
        const handle = module.createSession(spec);
        handles.push(handle);
        return handle;
      },
    },
  });
  const other = new Lab(observed);
  for (let i = 0; i < 50; i += 1) other.createSession({ iterations: 0 });
  // The last one may still lie on the stack.
  for (let i = 0; i < 100 && handles.filter((each) => each.isDeleted()).length < 49; i += 1) {
    collect();
    await setTimeout(10);
  }
  assert.ok(handles.filter((each) => each.isDeleted()).length >= 49);
});

test('gives the documented error for revoked proxies as arguments', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const session = lab.createSession({});
  const any = /** @type {any} */ (proxy);
  for (const call of [
    () => lab.validate(any),
    () => session.step(any),
    () => session.predict(any),
    () => session.restore(any),
    () => session.setParameters(any),
    () => session.predictPoints(any),
    () => lab.theory.edgeOfChaos(any, 0),
  ])
    assert.throws(call, { name: 'TypeError', code: 'not-plain-data' });
  session.dispose();
});

test('predicts one softmax probability for each class, with the sum 1', () => {
  const session = lab.createSession(kinds.softmax);
  const grid = {
    x1: /** @type {[number, number]} */ ([-1, 1]),
    x2: /** @type {[number, number]} */ ([-1, 1]),
  };
  const field = session.predict({ ...grid, columns: 4, rows: 3 });
  assert.equal(field.length, 3 * 12);
  for (let cell = 0; cell < 12; cell += 1)
    assert.ok(Math.abs(field[cell] + field[12 + cell] + field[24 + cell] - 1) < 1e-6);
  assert.equal(session.predictPoints([[0.1, 0.2]]).length, 3);
  session.dispose();
});

test('predicts in the data’s coordinates for a standardized experiment', () => {
  const x = [
    [1000, 5],
    [2000, 6],
    [3000, 7],
    [4000, 9],
  ];
  const spec = {
    layers: [3],
    iterations: 0,
    dataset: { name: 'points', standardize: true, train: { x, y: [0, 1, 0, 1] } },
  };
  const mean = [0, 1].map((f) => x.reduce((sum, row) => sum + row[f], 0) / 4);
  const deviation = mean.map((m, f) => Math.sqrt(x.reduce((sum, row) => sum + (row[f] - m) ** 2, 0) / 4));
  const scaled = x.map((row) => row.map((value, f) => (value - mean[f]) / deviation[f]));
  const session = lab.createSession(spec);
  const plain = lab.createSession({
    ...spec,
    dataset: { name: 'points', train: { x: scaled, y: [0, 1, 0, 1] } },
  });
  assert.deepEqual(session.predictPoints(x), plain.predictPoints(scaled));
  assert.equal(session.metrics().cost, plain.metrics().cost);
  session.dispose();
  plain.dispose();
});

test('rejects combinations that do not fit, and names the field', () => {
  /** @type {[any, string][]} */
  const wrong = [
    [{ layers: [4, 5], skip: {} }, 'layers[1]'],
    [{ skip: { scale: '2/L' } }, 'skip.scale'],
    [{ skip: { scale: 1, learnt: true } }, 'skip.learnt'],
    [{ skip: { learned: 1 } }, 'skip.learned'],
    [{ normalization: 'group' }, 'normalization.name'],
    [{ normalization: { name: 'layer', momentum: 0.9 } }, 'normalization.momentum'],
    [{ parametrization: { name: 'mup', baseWidth: 0 } }, 'parametrization.baseWidth'],
    [{ frozen: [2], layers: [4] }, 'frozen[0]'],
    [{ dataset: { name: 'plane' }, output: 'softmax' }, 'dataset.name'],
    [{ dataset: { name: 'flower', standardize: 'yes' } }, 'dataset.standardize'],
    [{ activations: [{ name: 'relu', slope: 0.1 }] }, 'activations[0].slope'],
    [{ activations: [3] }, 'activations[0]'],
    [{ init: { name: 'zeros', bias: { name: 'ones' } } }, 'init.bias.name'],
  ];
  for (const [spec, field] of wrong)
    assert.throws(() => lab.validate(spec), { field }, `${JSON.stringify(spec)} names ${field}`);
});

test('has every field of the table in its types, off by default unless written', async () => {
  const { readFileSync } = await import('node:fs');
  const types = readFileSync(new URL('../../src/js/types.ts', import.meta.url), 'utf8');
  const spec = /export interface Spec \{(.*?)\n\}/s.exec(types)?.[1] ?? '';
  const typed = [...spec.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  assert.deepEqual(typed.sort(), lab.catalogue.fields.map(({ name }) => name).sort());
  const defaults = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (lab.validate({})));
  for (const { name, value } of lab.catalogue.fields)
    if (!['dataset', 'init', 'optimizer'].includes(name)) assert.deepEqual(defaults[name], value, name);
});

test('has the core’s limits in the module for code that runs before the core', () => {
  assert.deepEqual(lab.catalogue.limits, LIMITS);
  assert.deepEqual(lab.catalogue.outputs, [...OUTPUTS]);
  assert.deepEqual(lab.catalogue.precisions, [...PRECISIONS]);
  assert.deepEqual(lab.catalogue.skipScales, [...SKIP_SCALES]);
});
