// Arguments that no caller should give: each call gives a result or a documented error, and the lab
// stays usable.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportScript } from '../../src/js/exports/export-script.js';
import { networkOf, readTensors } from '../../src/js/exports/weights.js';
import { butterfly, loadLab } from '../../src/js/index.js';
import { createPool } from '../../src/js/pool.js';

const lab = await loadLab();

/** @param {object} target */
function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const transferred = new Uint8Array(8);
structuredClone(transferred, { transfer: [transferred.buffer] });

/** @param {number} depth */
const nested = (depth) => {
  /** @type {object} */
  let value = {};
  for (let i = 0; i < depth; i += 1) value = { init: value };
  return value;
};

/** @type {Record<string, any>} */
const circular = {};
circular.init = circular;

const throwing = {
  get name() {
    throw new Error('of the caller');
  },
};

/** By what they are. @type {Record<string, any>} */
const hostile = {
  undefined,
  null: null,
  symbol: Symbol('x'),
  bigint: 10n,
  NaN,
  Infinity,
  zero: 0,
  negative: -1,
  text: 'x',
  'empty text': '',
  'a name of every object': '__proto__',
  function: () => 1,
  'empty list': [],
  'list with a hole': [, 1], // eslint-disable-line no-sparse-arrays
  object: {},
  'object without a prototype': Object.create(null),
  'throwing getter': throwing,
  'throwing conversion': {
    [Symbol.toPrimitive]() {
      throw new Error('of the caller');
    },
  },
  'revoked proxy': revoked({}),
  'revoked proxy of a list': revoked([]),
  'revoked proxy of a function': revoked(() => 1),
  'transferred bytes': transferred,
  'shared bytes': new Uint8Array(new SharedArrayBuffer(8)),
  'list of bigints': new BigInt64Array(2),
  map: new Map(),
  promise: Promise.resolve(),
  'circular object': circular,
  // Copying it fails, and so does copying each of its parts.
  'deep object': nested(20_000),
};

/**
 * Calls with every hostile value.
 *
 * @param {string} name
 * @param {(value: any) => unknown} call
 */
async function tryAll(name, call) {
  for (const [what, value] of Object.entries(hostile)) {
    try {
      await call(value);
    } catch (thrown) {
      const { code, message } = /** @type {any} */ (thrown);
      assert.ok(thrown instanceof Error, `${name}, ${what}`);
      assert.ok(typeof code === 'string' && code !== 'internal', `${name}, ${what}: ${message}`);
    }
  }
}

/**
 * Replaces one argument after the other.
 *
 * @param {Record<string, [object: any, args: unknown[]]>} calls by the name of the method
 */
async function tryArguments(calls) {
  for (const [method, [object, args]] of Object.entries(calls))
    for (const i of args.keys())
      await tryAll(`${method}, argument ${i}`, async (value) => {
        const result = await object[method](...args.with(i, value));
        result?.dispose?.();
      });
}

const spec = { layers: [3], iterations: 2 };
const field = { activation: 'tanh', weightVariance: 2, biasVariance: 0 };

test('hostile arguments: the lab and its theory', async () => {
  const p = new Float64Array(5);
  const { theory } = lab;
  await tryArguments({
    validate: [lab, [spec]],
    loadDataset: [lab, ['digits']],
    dataset: [lab, [{ name: 'moons' }, 'sigmoid']],
    createSession: [lab, [spec]],
    run: [lab, [spec, {}]],
    runAll: [lab, [[spec]]],
    weightStandardDeviation: [lab, [{ name: 'he_normal' }, 3, 4]],
    principalPlane: [lab, [[p, p]]],
    planeThrough: [lab, [[p, p, p]]],
    meanField: [theory, [field, 1]],
    nextVariance: [theory, [field, 1]],
    nextCorrelation: [theory, [field, 1, 0.5]],
    edgeOfChaos: [theory, ['tanh', 0.1]],
    shape: [theory, [[3, 4]]],
    varianceFactors: [theory, [1, 2, 3, 0]],
    residualGrowth: [theory, [1, 2, 3, 0]],
    normalizedGradientGrowth: [theory, ['relu', 'batch']],
  });
  await tryAll('signal', (signal) => lab.run(spec, { signal }));
  await tryAll('butterfly, spec', (value) => butterfly(lab, value, { iterations: 1, every: 1 }));
  await tryAll('butterfly, options', (value) => butterfly(lab, spec, value));
  await tryAll('butterfly, iterations', (value) => butterfly(lab, spec, { iterations: value, every: 1 }));
  assert.equal((await lab.run(spec)).final.iteration, 2);
});

test('hostile arguments: a session', async () => {
  const session = lab.createSession(spec);
  const p = session.parameters();
  const grid = { x1: [-1, 1], x2: [-1, 1], columns: 2, rows: 2 };
  const plane = { origin: p, directions: [p, p], x: [0, 1], y: [0, 1], columns: 2, rows: 2 };
  await tryArguments({
    step: [session, [1]],
    predict: [session, [grid, {}]],
    predictUnits: [session, [grid, {}]],
    predictPoints: [session, [[[1, 2]]]],
    diagnostics: [session, [{}]],
    curvature: [session, [{}]],
    landscape: [session, [plane]],
    setParameters: [session, [p]],
    restore: [session, [session.snapshot()]],
  });
  for (const [method, names] of /** @type {const} */ ([
    ['diagnostics', ['largestCosine', 'singularValues']],
    ['curvature', ['iterations']],
  ]))
    for (const name of names)
      await tryAll(name, (value) => session[method](/** @type {any} */ ({ [name]: value })));
  for (const name of Object.keys(plane))
    await tryAll(name, (value) => session.landscape(/** @type {any} */ ({ ...plane, [name]: value })));
  session.setParameters(p);
  assert.deepEqual(session.parameters(), p);
  session.dispose();
});

test('hostile arguments: loading the module', async () => {
  await tryAll('options', loadLab);
  for (const name of ['wasmUrl', 'wasmBinary', 'wasmModule'])
    await tryAll(name, (value) => loadLab({ [name]: value }));
});

test('hostile arguments: a pool', async () => {
  const pool = createPool({ size: 1 });
  await tryAll('options', (value) => createPool(value).dispose());
  for (const name of ['size', 'wasmUrl', 'wasmBinary', 'workerUrl'])
    await tryAll(name, (value) => createPool({ size: 1, [name]: value }).dispose());
  await tryAll('specs', (value) => pool.run(value));
  await tryAll('a spec', (value) => pool.run([spec, value]));
  await tryAll('options of a run', (value) => pool.run([spec], value));
  await tryAll('signal', (signal) => pool.run([spec], { signal }));
  assert.equal((await pool.run([spec])).length, 1);
  pool.dispose();
});

test('hostile arguments: weights and scripts', async () => {
  await tryAll('file', readTensors);
  await tryAll('array', (value) => networkOf({ 'a.weight': value }));
  await tryAll('shape', (shape) => networkOf({ 'a.weight': { shape, data: new Float64Array(2) } }));
  await tryAll('framework', (value) => exportScript(value, /** @type {any} */ ({})));
});

test('names the option that is no object', () => {
  const session = lab.createSession(spec);
  for (const call of [
    () => session.curvature(/** @type {any} */ (20)),
    () => session.diagnostics(/** @type {any} */ ('all')),
    () => createPool(/** @type {any} */ (4)),
  ])
    assert.throws(call, { name: 'TypeError', code: 'wrong-type', field: 'options' });
  session.dispose();
});
