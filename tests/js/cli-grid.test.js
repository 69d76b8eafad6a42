import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { gridPoints, readAxis, shardOf, withField } from '../../src/js/cli/grid.js';
import { small } from './support.js';

const lab = await loadLab();

test('reads an axis of numbers, words and lists', () => {
  assert.deepEqual(readAxis('init.std=0.01,0.1,1'), { path: 'init.std', values: [0.01, 0.1, 1] });
  assert.deepEqual(readAxis('init.name=zeros, he_normal').values, ['zeros', 'he_normal']);
  assert.deepEqual(readAxis('layers=[4],[10,5],[]').values, [[4], [10, 5], []]);
  assert.deepEqual(readAxis('init={name: zeros, seed: 1},{name: he_normal}').values, [
    { name: 'zeros', seed: 1 },
    { name: 'he_normal' },
  ]);
  assert.deepEqual(readAxis('init={name: he_normal, layers: [null, {name: zeros}]},{name: zeros}').values, [
    { name: 'he_normal', layers: [null, { name: 'zeros' }] },
    { name: 'zeros' },
  ]);
});

test('reads ranges of whole numbers, evenly spaced and log-spaced values', () => {
  assert.deepEqual(readAxis('init.seed=1..5').values, [1, 2, 3, 4, 5]);
  assert.deepEqual(readAxis('init.seed=7,1..3').values, [7, 1, 2, 3]);
  assert.deepEqual(readAxis('init.std=0..1:5').values, [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(readAxis('init.std=-1..1:3').values, [-1, 0, 1]);
  assert.deepEqual(readAxis('init.value=-0.3..0.6:4').values, [-0.3, 0, 0.3, 0.6]);
  assert.equal(readAxis('init.value=-1e-5..0.7:70002').values[1], 0);
  assert.deepEqual(readAxis('init.std=1e-3..1e2:6:log').values, [0.001, 0.01, 0.1, 1, 10, 100]);
});

test('rejects a malformed axis and names its field', () => {
  for (const text of [
    '',
    'init.std',
    '=1',
    'init.std=',
    'init.std=1..',
    'init..std=1',
    'init.std=a..b',
    'init.seed=5..1',
    'init.std=0.1..1',
    'init.std=0..1:1',
    'init.std=0..1:5:log',
    'init.std=1..2:3:cubic',
    'init.seed=1..1e9',
    'layers=[[4,2]',
  ]) {
    assert.throws(
      () => gridPoints(small, [readAxis(text)], lab),
      (error) => typeof (/** @type {any} */ (error).field) === 'string',
      text,
    );
  }
});

test('sets a nested field in a copy', () => {
  const changed = withField(small, 'init.seed', 9);
  assert.equal(/** @type {any} */ (changed.init).seed, 9);
  assert.equal(small.init.seed, 3);
  const layers = [];
  layers[1] = { std: 2 };
  assert.deepEqual(withField({}, 'init.layers[1].std', 2), { init: { layers } });
  assert.throws(() => withField({ iterations: 3 }, 'iterations.count', 1), { field: 'iterations' });
});

test('sets a field of a missing object, starting from its defaults', () => {
  const defaults = lab.validate({});
  for (const [path, value] of /** @type {[string, unknown][]} */ ([
    ['init.seed', 7],
    ['init.layers[0]', { name: 'constant', value: 4 }],
    ['optimizer.learningRate', 0.125],
    ['dataset.noise', 0.125],
    ['layers[1]', 3],
    ['activations[0]', 'relu'],
  ])) {
    const set = withField({}, path, value, defaults);
    assert.deepEqual(lab.validate(set), lab.validate(withField(defaults, path, value)), path);
    const [{ spec }] = gridPoints({}, [{ path, values: [value] }], lab);
    assert.deepEqual(spec, lab.validate(set), path);
  }
  // A name is that of another, whose parameters are its own.
  for (const name of ['he_normal', 'zeros'])
    assert.deepEqual(withField({}, 'init.name', name, defaults), { init: { name } });
  assert.deepEqual(defaults, lab.validate({}), 'the defaults stay as they are');
});

test('gives the same experiments for any order of fields', () => {
  const axes = [
    { path: 'optimizer.batchSize', values: [32] },
    { path: 'init.seed', values: [5] },
    { path: 'optimizer.name', values: ['adam'] },
    { path: 'init.name', values: ['he_normal'] },
  ];
  const optimizer = { name: 'adam', batchSize: 32 };
  const expected = lab.validate({ optimizer, init: { name: 'he_normal', seed: 5 } });
  for (const order of [axes, [...axes].reverse()])
    assert.deepEqual(gridPoints({}, order, lab)[0].spec, expected);
});

test('rejects an invalid index of a list and names it', () => {
  for (const [path, last] of /** @type {[string, string][]} */ ([
    ['layers[258]', 'layers[257]'],
    ['layers[4294967295]', 'layers[257]'],
    ['layers[99999999999999999999]', 'layers[257]'],
    ['layers.length', 'layers[257]'],
    ['init.layers[1000].std', 'init.layers[257]'],
    ['init.layers.first.std', 'init.layers[257]'],
  ])) {
    const spec = { layers: [4], init: { name: 'zeros', layers: [null] } };
    const field = path.replace('.std', '');
    assert.throws(
      () => withField(spec, path, 3),
      (/** @type {any} */ error) =>
        error.field === field && error.code === 'not-an-index' && error.message.includes(`to ${last}`),
      path,
    );
  }
  assert.deepEqual(withField({ layers: [4] }, 'layers[01]', 3), { layers: [4, 3] });
  const y = Array(400).fill(0);
  const { dataset } = withField({ dataset: { name: 'points', y } }, 'dataset.y[400]', 1);
  assert.equal(/** @type {any} */ (dataset).y.length, 401);
});

test('treats a field called __proto__ as any other field', () => {
  const changed = withField({}, '__proto__', { polluted: true });
  assert.ok(Object.hasOwn(changed, '__proto__'));
  withField({}, 'constructor.prototype.polluted', true);
  assert.ok(Object.hasOwn(withField({}, '__proto__.polluted', true), '__proto__'));
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test('makes every combination, the last axis fastest, each complete', () => {
  const points = gridPoints(small, [readAxis('init.seed=1,2'), readAxis('iterations=10,20,30')], lab);
  assert.deepEqual(
    points.map(({ values }) => [values['init.seed'], values.iterations]),
    [
      [1, 10],
      [1, 20],
      [1, 30],
      [2, 10],
      [2, 20],
      [2, 30],
    ],
  );
  for (const { spec } of points) assert.deepEqual(lab.validate(spec), spec);
});

test('drops the former initializer’s own parameters and keeps shared ones', () => {
  const base = { ...small, init: { name: 'normal', std: 0.5, seed: 9 } };
  const [zeros, normal] = gridPoints(base, [readAxis('init.name=zeros,normal')], lab);
  assert.deepEqual(zeros.spec.init, { name: 'zeros', seed: 9 });
  assert.equal(/** @type {any} */ (normal.spec.init).std, 0.5);
  assert.throws(() => gridPoints(base, [readAxis('init.name=zeros'), readAxis('init.std=1')], lab), {
    field: 'init.std',
  });
});

test('names the field of an invalid value', () => {
  assert.throws(() => gridPoints(small, [readAxis('init.gain=1,-1')], lab), {
    name: 'RangeError',
    field: 'init.gain',
    value: -1,
  });
  assert.throws(
    () => gridPoints(small, [readAxis('init.seed=1..1000'), readAxis('iterations=1..2000')], lab),
    { field: 'grid' },
  );
});

test('makes disjoint shards that cover the grid', () => {
  const list = Array.from({ length: 17 }, (_, i) => i);
  const parts = [1, 2, 3, 4, 5].map((i) => shardOf(list, `${i}/5`));
  assert.deepEqual(
    parts.flat().sort((a, b) => a - b),
    list,
  );
  assert.deepEqual(shardOf(list, '1/1'), list);
  for (const shard of ['0/2', '3/2', '1', 'a/b', '1/0', '1/2/3', '']) {
    assert.throws(() => shardOf(list, shard), { field: 'shard' });
  }
});

test('sets an object before its fields, and rejects a repeated field', () => {
  const axes = [
    { path: 'init.seed', values: [1, 2] },
    { path: 'init', values: [{ name: 'he_normal' }, { name: 'normal' }] },
  ];
  const points = gridPoints({ layers: [3] }, axes, lab);
  assert.deepEqual(
    points.map(({ spec }) => /** @type {any} */ (spec.init).seed),
    points.map(({ values }) => values['init.seed']),
  );
  const twice = [axes[0], { path: 'init.seed', values: [3] }];
  assert.throws(() => gridPoints({ layers: [3] }, twice, lab), { field: 'grid', value: 'init.seed' });
});
