import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { settings } from './fuzz/settings.js';
import { seeded, small } from './support.js';

const lab = await loadLab();

/**
 * What validate throws for a spec.
 *
 * @param {any} spec
 * @returns {any}
 */
function errorOf(spec) {
  try {
    lab.validate(spec);
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

test('completes an empty spec to the planar notebook of the course', () => {
  const spec = lab.validate({});
  assert.equal(spec.dataset.name, 'flower');
  assert.equal(spec.dataset.samples, 400);
  assert.deepEqual(spec.layers, [4]);
  assert.deepEqual(spec.activations, ['tanh']);
  assert.equal(spec.output, 'sigmoid');
  assert.equal(spec.optimizer.learningRate, 1.2);
  assert.equal(spec.iterations, 10000);
  assert.equal(spec.precision, 'float64');
});

test('leaves a complete spec unchanged', () => {
  const once = lab.validate(small);
  assert.deepEqual(lab.validate(once), once);
});

test('uses one activation name for all hidden layers', () => {
  assert.deepEqual(lab.validate({ layers: [3, 2, 1], activations: 'relu' }).activations, [
    'relu',
    'relu',
    'relu',
  ]);
});

test('accepts every entry of the catalogue with all its defaults', () => {
  const { datasets, initializers, activations, optimizers, outputs, precisions } = lab.catalogue;
  for (const { name, parameters, hasTargets } of datasets) {
    if (hasTargets) continue;
    const { dataset } = lab.validate({ dataset: { name } });
    for (const info of parameters) assert.equal(dataset[info.name], info.value, `${name}.${info.name}`);
  }
  for (const { name, madeFor } of initializers) {
    lab.validate({ init: { name } });
    lab.validate({ layers: madeFor.map(() => 2), activations: madeFor });
  }
  for (const { name } of activations) lab.validate({ activations: [name] });
  for (const { name } of optimizers) lab.validate({ optimizer: { name } });
  for (const output of outputs) lab.validate({ output: /** @type {any} */ (output) });
  for (const precision of precisions) lab.validate({ precision: /** @type {any} */ (precision) });
});

test('accepts the bounds of every parameter, and rejects values beyond them', () => {
  const lists = /** @type {const} */ ([
    ['dataset', lab.catalogue.datasets.filter(({ hasTargets }) => !hasTargets)],
    ['init', lab.catalogue.initializers],
    ['optimizer', lab.catalogue.optimizers],
  ]);
  for (const [field, entries] of lists) {
    for (const { name, parameters } of entries) {
      for (const { name: key, min, max, kind } of parameters) {
        if (kind !== 'number' && kind !== 'integer') continue;
        const spec = (/** @type {number} */ value) => ({ [field]: { name, [key]: value } });
        lab.validate(spec(min));
        lab.validate(spec(max));
        for (const beyond of [
          min - Math.max(1, Math.abs(min)),
          max + Math.max(1, Math.abs(max)),
          NaN,
          Infinity,
        ]) {
          const error = errorOf(spec(beyond));
          assert.equal(error.name, 'RangeError', `${field}.${key} = ${beyond}`);
          assert.equal(error.field, `${field}.${key}`);
        }
      }
    }
  }
});

test('names the field, the value and the accepted values in an error with a stable code', () => {
  const cases = [
    [{ init: { name: 'normal', std: -1 } }, RangeError, 'out-of-range', 'init.std', -1],
    [{ init: { name: 'norml' } }, RangeError, 'unknown-name', 'init.name', 'norml'],
    [{ init: { name: 'normal', sigma: 1 } }, RangeError, 'unknown-parameter', 'init.sigma', 1],
    [{ init: { name: 'normal', seed: 1.5 } }, RangeError, 'not-an-integer', 'init.seed', 1.5],
    [
      { optimizer: { name: 'gd', learningRate: NaN } },
      RangeError,
      'not-finite',
      'optimizer.learningRate',
      NaN,
    ],
    [{ iterations: '10' }, TypeError, 'wrong-type', 'iterations', '10'],
    [{ iterations: -1 }, RangeError, 'out-of-range', 'iterations', -1],
    [{ layers: [0] }, RangeError, 'out-of-range', 'layers[0]', 0],
    [{ layers: 4 }, TypeError, 'wrong-type', 'layers', 4],
    [{ layers: Array(258).fill(2) }, RangeError, 'wrong-count', 'layers', 258],
    [{ activations: Array(258).fill('relu') }, RangeError, 'wrong-count', 'activations', 258],
    [{ layers: [2, 2], activations: ['relu', 'rleu'] }, RangeError, 'unknown-name', 'activations[1]', 'rleu'],
    [{ epochs: 7 }, TypeError, 'unknown-field', 'epochs', 7],
    [{ dataset: null }, TypeError, 'wrong-type', 'dataset', null],
    [
      { init: { name: 'zeros', layers: [null, { name: 'nrml' }] } },
      RangeError,
      'unknown-name',
      'init.layers[1].name',
      'nrml',
    ],
    [
      { init: { name: 'zeros', layers: [{ name: 'normal', seed: 5 }] } },
      RangeError,
      'unknown-parameter',
      'init.layers[0].seed',
      5,
    ],
    [{ iterations: 3e9 }, RangeError, 'out-of-range', 'iterations', 3e9],
    [
      { dataset: { name: 'circles', train: { x: [[1, 2]], y: [0] } } },
      TypeError,
      'unknown-field',
      'dataset.train',
      { type: 'object' },
    ],
    [
      { dataset: { name: 'points', train: { features: 3, x: [[1, 2]], y: [0] } } },
      RangeError,
      'out-of-range',
      'dataset.train.features',
      3,
    ],
  ];
  for (const [spec, type, code, field, value] of cases) {
    const error = errorOf(spec);
    assert.equal(error.constructor, type, String(field));
    assert.deepEqual([error.code, error.field, error.value], [code, field, value]);
    assert.equal(typeof error.expected.kind, 'string');
    assert.ok(error.message.startsWith(`${field} `), error.message);
  }
});

test('gives a network as many inputs as the caller’s points have features', () => {
  const x = [
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 1],
  ];
  const session = lab.createSession({
    dataset: { name: 'points', train: { x, y: [0, 1, 1, 0] } },
    layers: [3],
  });
  assert.equal(session.network.layers[0].in, 3);
  session.step(10);
  assert.equal(session.predictPoints(x).length, 4);
  session.dispose();
});

test('reads points as rows and as one flat list equally', () => {
  const rows = {
    x: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    y: [0, 1, 0],
  };
  const flat = { features: 2, x: new Float64Array([1, 3, 5, 2, 4, 6]), y: new Float64Array([0, 1, 0]) };
  assert.deepEqual(
    lab.dataset({ name: 'points', train: rows }),
    lab.dataset({ name: 'points', train: flat }),
  );
});

test('rejects points with rows of different length, invalid labels or gaps, and names their position', () => {
  const train = (/** @type {any} */ points) => errorOf({ dataset: { name: 'points', train: points } }).field;
  assert.equal(train({ x: [[1, 2], [3]], y: [0, 1] }), 'dataset.train.x[1]');
  assert.equal(
    train({
      x: [
        [1, 2],
        [3, 4],
      ],
      y: [0, 2],
    }),
    'dataset.train.y[1]',
  );
  assert.equal(
    train({
      x: [
        [1, 2],
        [3, NaN],
      ],
      y: [0, 1],
    }),
    'dataset.train.x[1][1]',
  );
  assert.equal(train({ x: [[1, 2]], y: [0, 1] }), 'dataset.train.x');
  assert.equal(train({ x: [], y: [] }), 'dataset.train.y');
});

test('rejects getters, functions and proxies that throw before C++ reads them', () => {
  const throwing = {
    get iterations() {
      throw new Error('mine');
    },
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const [spec, field, value] of /** @type {[any, string, any][]} */ ([
    [throwing, 'iterations', undefined],
    [{ record: 1, init: () => 1 }, 'init', { type: 'function' }],
    [revoked.proxy, 'spec', { type: 'proxy' }],
    [{ init: { name: Symbol('x') } }, 'init.name', { type: 'symbol' }],
    [{ layers: [4, () => 1] }, 'layers[1]', { type: 'function' }],
    [() => 1, 'spec', { type: 'function' }],
    [new Map(), 'spec', { type: 'Map' }],
    [new Date(), 'spec', { type: 'Date' }],
  ])) {
    const error = errorOf(spec);
    assert.equal(error.name, 'TypeError');
    assert.equal(error.code, 'not-plain-data');
    assert.deepEqual([error.field, error.value], [field, value]);
    assert.ok(error.message.startsWith(`${field} `), error.message);
  }
  const dataset = { name: 'points', train: { x: () => 1, y: [0] } };
  assert.throws(() => lab.dataset(/** @type {any} */ (dataset)), { field: 'dataset.train.x' });
});

test('does not accept properties that every object has as fields of an experiment', () => {
  for (const key of ['constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(errorOf({ [key]: 1 }).field, key);
    assert.equal(errorOf({ init: { name: key } }).code, 'unknown-name');
    assert.equal(errorOf({ init: { name: 'normal', [key]: 1 } }).code, 'unknown-parameter');
  }
  assert.equal(errorOf(JSON.parse('{"__proto__": {"iterations": 1}}')).field, '__proto__');
});

test('rejects a spec that is no object', () => {
  for (const value of [null, 1, 'flower', true, [], [1, 2]]) {
    const error = errorOf(value);
    assert.equal(error.name, 'TypeError', String(value));
    assert.equal(error.field, 'spec');
  }
});

test('rejects sizes beyond the limits at once', () => {
  assert.equal(errorOf({ layers: [5000] }).field, 'layers[0]');
  assert.equal(errorOf({ layers: new Array(300).fill(2) }).field, 'layers');
  assert.equal(errorOf({ iterations: 1e9 }).field, 'iterations');
  assert.equal(errorOf({ iterations: 1e300 }).field, 'iterations');
  assert.equal(errorOf({ layers: new Array(200).fill(4096) }).code, 'wrong-count');
  assert.equal(errorOf({ dataset: { name: 'flower', samples: 1e9 } }).field, 'dataset.samples');
});

test('accepts or rejects any spec with a named error', () => {
  const { seed } = settings;
  const random = seeded(seed);
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  const oddities = () =>
    pick([
      0,
      -0,
      1,
      -1,
      0.5,
      1e308,
      -1e308,
      NaN,
      Infinity,
      2 ** 31,
      2 ** 32,
      2 ** 53,
      '',
      'relu',
      'normal',
      '0',
      'ü\u{1f33c}\0',
      null,
      undefined,
      true,
      [],
      {},
      [[]],
      [null],
      [1, 'a'],
      new Float64Array(3),
      new Uint8Array(2),
      new Date(0),
      /x/,
      10n,
      new Map([[1, 2]]),
      { name: 'normal' },
      { name: 3 },
      { length: 1e9 },
      { x: { length: 3 }, y: [1] },
      new Array(5),
    ]);
  const keys = [
    'dataset',
    'layers',
    'activations',
    'output',
    'init',
    'optimizer',
    'iterations',
    'record',
    'precision',
    'other',
  ];
  const names = ['normal', 'flower', 'points', 'gd', 'lsuv', 'nothing'];
  for (let i = 0; i < 3000; i += 1) {
    /** @type {any} */
    const spec = {};
    for (let k = 0; k < 1 + random() * 3; k += 1) {
      const part = { name: pick(names), [pick(['std', 'seed', 'samples', 'train', 'layers'])]: oddities() };
      spec[pick(keys)] = random() < 0.5 ? oddities() : part;
    }
    try {
      lab.validate(spec);
    } catch (thrown) {
      const error = /** @type {any} */ (thrown);
      const told = error.name === 'TypeError' || error.name === 'RangeError';
      assert.ok(
        told && typeof error.code === 'string' && error.code !== 'internal',
        `seed ${seed}, round ${i}: ${error.stack}`,
      );
    }
  }
});

test('returns copies of results', () => {
  const session = lab.createSession(small);
  const before = session.metrics();
  session.parameters().fill(NaN);
  session.history().length = 0;
  session.spec.layers[0] = 99;
  assert.deepEqual(session.metrics(), before);
  assert.equal(session.history().length, 1);
  session.dispose();
});

test('keeps results valid when the module’s memory grows', () => {
  const session = lab.createSession(small);
  const parameters = session.parameters();
  const copy = Array.from(parameters);
  const big = lab.createSession({ layers: [2048, 2048] });
  assert.equal(parameters.length, copy.length);
  assert.deepEqual(Array.from(parameters), copy);
  big.dispose();
  session.dispose();
});

test('reports the progress of a run, which ends like a session', async () => {
  /** @type {number[]} */
  const seen = [];
  const result = await lab.run(small, { onProgress: ({ iteration }) => seen.push(iteration) });
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 60);
  const session = lab.createSession(small);
  session.step(60);
  assert.deepEqual(result.history, session.history());
  assert.deepEqual(result.final, session.metrics());
  assert.deepEqual(result.parameters, session.parameters());
  session.dispose();
});

test('stops a run by its signal and disposes of its session', async () => {
  const before = lab.heapInUse();
  const reason = new Error('enough');
  const controller = new AbortController();
  const running = lab.run(
    { iterations: 1e8 },
    { signal: controller.signal, onProgress: () => controller.abort(reason) },
  );
  await assert.rejects(running, (error) => error === reason);
  assert.ok(lab.heapInUse() <= before + 4096);
});

test('starts no run with an aborted signal, not even one without iterations', async () => {
  for (const iterations of [0, 1e8])
    await assert.rejects(lab.run({ iterations }, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});

test('rejects a run with the error of its invalid field', async () => {
  await assert.rejects(lab.run({ iterations: -1 }), { name: 'RangeError', field: 'iterations' });
});

test('gives several experiments in one call the results of single calls', async () => {
  const specs = [small, { ...small, init: { name: 'zeros' } }];
  const together = lab.runAll(specs);
  for (const [i, spec] of specs.entries()) assert.deepEqual(together[i], await lab.run(spec));
});

test('names the position of the first invalid experiment in a list', () => {
  const bad = { iterations: -1 };
  const refused = (/** @type {any} */ specs, /** @type {object} */ error) =>
    assert.throws(() => lab.runAll(specs), error);
  refused([small, small, bad, { layers: ['4'] }], { name: 'RangeError', field: 'iterations', index: 2 });
  refused([small, { init: () => 1 }], { code: 'not-plain-data', field: 'init', index: 1 });
  refused([small, null], { name: 'TypeError', field: 'spec', index: 1 });
  refused({ 0: small }, { name: 'TypeError', field: 'specs' });
});

test('computes the weight standard deviation of the initializer’s formula', () => {
  assert.equal(lab.weightStandardDeviation({ name: 'he_normal' }, 50, 10), Math.sqrt(2 / 50));
  assert.equal(lab.weightStandardDeviation({ name: 'glorot_normal' }, 50, 10), Math.sqrt(2 / 60));
  assert.throws(() => lab.weightStandardDeviation({ name: 'he_normal' }, 0, 10), {
    field: 'fanIn',
    code: 'out-of-range',
  });
});

test('gives the published points of the edge of chaos', () => {
  const point = lab.theory.meanField({
    activation: 'tanh',
    weightVariance: 1.687975,
    biasVariance: 0.038041,
  });
  assert.ok(Math.abs(point.fixedVariance - 0.5) < 1e-5);
  assert.ok(Math.abs(point.chi1 - 1) < 1e-5);
  // Where SiLU's signals go to depends on where they come from.
  const silu = { activation: 'silu', weightVariance: 2.5, biasVariance: 0 };
  assert.equal(lab.theory.meanField(silu).fixedVariance, 0);
  assert.equal(lab.theory.meanField(silu, 10).fixedVariance, Infinity);
  assert.ok(Number.isNaN(lab.theory.meanField(silu, 10).fixedCorrelation));
  assert.throws(() => lab.theory.meanField(silu, 0), { field: 'start' });
  assert.throws(
    () => lab.theory.meanField({ activation: 'tanh', weightVariance: NaN, biasVariance: 0 }),
    RangeError,
  );
  assert.ok(Math.abs(lab.theory.shape(new Array(10).fill(50)).lengthFluctuation - 2.594) < 1e-3);
});
