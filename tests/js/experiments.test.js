import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { nameOfInit, readExperiments, specsOfPreset } from '../../src/js/experiments.js';
import { loadLab } from '../../src/js/index.js';
import { jsonText } from '../../src/js/json.js';
import { threadExperiments } from '../../src/js/reference.js';
import { experimentSchema } from '../../src/js/schema.js';
import { root, small } from './support.js';

const lab = await loadLab();
const schema = experimentSchema(lab.catalogue);
const matches = new Ajv2020({ strict: false }).compile(schema);

const folder = join(root, 'src', 'js', 'experiments');
const presets = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  .filter((content) => Array.isArray(content.runs));

test('the lab accepts every experiment of every preset', () => {
  assert.ok(presets.length > 5);
  for (const preset of presets) {
    for (const { name, spec } of specsOfPreset(preset)) {
      assert.ok(name.length > 0);
      lab.validate(spec);
      assert.ok(matches(spec), `${preset.id}: ${JSON.stringify(matches.errors)}`);
    }
  }
});

test('an experiment holds no -0, which JSON and links would turn into 0', () => {
  const spec = {
    dataset: {
      name: 'points',
      train: {
        x: [
          [-0, 1],
          [1, -0],
        ],
        y: [-0, 1],
      },
      test: { features: 2, x: [-0, 1], y: [-0] },
    },
    layers: [1],
    skip: { scale: -0 },
    init: {
      name: 'uniform',
      low: -0,
      high: 1,
      bias: { name: 'constant', value: -0 },
      layers: [{ name: 'given', parameters: new Float64Array([-0, 1, -0]) }],
    },
    iterations: -0,
  };
  const complete = lab.validate(/** @type {any} */ (spec));
  assert.deepEqual(lab.validate(JSON.parse(jsonText(complete))), complete);
});

test('four starts without a hidden layer reach the same line and cost', () => {
  const preset = presets.find(({ id }) => id === 'no-hidden-layer');
  const ends = specsOfPreset(preset).map(({ spec }) => {
    const session = lab.createSession(spec);
    const first = session.metrics().cost;
    session.step(/** @type {number} */ (spec.iterations));
    const { gradientNorm } = session.diagnostics().layers[0];
    const end = { first, gradientNorm, ...session.metrics(), parameters: [...session.parameters()] };
    session.dispose();
    return end;
  });
  const [best] = ends;
  assert.equal(ends.length, 4);
  // They began apart: × 10 far above all others.
  assert.ok(Math.max(...ends.map(({ first }) => first)) > 4 && Math.abs(best.first - Math.LN2) < 1e-12);
  for (const { cost, trainAccuracy, testAccuracy, gradientNorm, parameters } of ends) {
    assert.ok(gradientNorm < 1e-4, 'at the bottom');
    assert.equal(trainAccuracy, 0.85);
    assert.equal(testAccuracy, best.testAccuracy);
    assert.ok(Math.abs(cost - best.cost) < 1e-8, `${cost}, not ${best.cost}`);
    for (const [i, value] of parameters.entries())
      assert.ok(Math.abs(value - best.parameters[i]) < 1e-3, `${parameters}, not ${best.parameters}`);
  }
});

test('at the edge of stability, learning rate times curvature settles just below 2', () => {
  // Cohen et al. 2021: where the curvature grows that far, gradient descent keeps it near 2 / rate.
  const runs = specsOfPreset(presets.find(({ id }) => id === 'edge-of-stability'));
  for (const [run, low, high] of [
    [1, 1.6, 2],
    [2, 1.8, 2.15],
  ]) {
    const session = lab.createSession(runs[run].spec);
    session.step(5000);
    for (let i = 0; i < 5; i += 1) {
      session.step(1000);
      const { step } = session.curvature();
      assert.ok(step > low && step < high, `run ${run} at ${session.iteration}: ${step}`);
    }
    session.dispose();
  }
});

test('gives a run of a preset its own settings, then the shared ones and the shared seed', () => {
  const [first, second] = specsOfPreset({
    id: 'x',
    shared: { layers: [3], iterations: 10, seed: 7 },
    runs: [
      { init: { name: 'normal', std: 0.1 } },
      { init: { name: 'zeros', seed: 1 }, layers: [5], name: 'mine' },
    ],
  });
  assert.deepEqual(first, {
    name: 'normal std=0.1',
    spec: { layers: [3], iterations: 10, init: { name: 'normal', std: 0.1, seed: 7 } },
  });
  assert.deepEqual(second, {
    name: 'mine',
    spec: { layers: [5], iterations: 10, init: { name: 'zeros', seed: 1 } },
  });
});

test('reads a file with one experiment, several, or a preset, in JSON or YAML', () => {
  assert.deepEqual(readExperiments({ $schema: 'x.json', iterations: 5 }, 'one'), [
    { name: 'one', spec: { iterations: 5 } },
  ]);
  assert.deepEqual(
    readExperiments([{ iterations: 1 }, { iterations: 2 }], 'list').map(({ name }) => name),
    ['list[0]', 'list[1]'],
  );
  const yaml = parse('shared:\n  seed: 2\nruns:\n  - init: { name: he_normal }\n  - init: { name: zeros }\n');
  assert.equal(readExperiments(yaml, 'yaml').length, 2);
});

test('names the position of an entry that is no experiment', () => {
  for (const [content, field] of /** @type {[any, string][]} */ ([
    [null, 'x'],
    ['text', 'x'],
    [3, 'x'],
    [[1], 'x[0]'],
    [{ runs: [] }, 'runs'],
    [{ runs: 3 }, 'runs'],
    [{ runs: [null] }, 'runs[0]'],
    [{ runs: [{}] }, 'runs[0].init'],
    [{ shared: [], runs: [{}] }, 'shared'],
  ])) {
    assert.throws(() => readExperiments(content, 'x'), { name: 'TypeError', field, code: 'wrong-type' });
  }
  assert.throws(() => readExperiments({ runs: {} }, 'x'), { value: { type: 'object' } });
  assert.throws(() => readExperiments({ shared: [], runs: [{}] }, 'x'), { value: { type: 'array' } });
});

test('names an initializer by its name and parameters, without its seed', () => {
  assert.equal(nameOfInit({ name: 'normal', std: 0.01, seed: 3 }), 'normal std=0.01');
  assert.equal(nameOfInit({ name: 'zeros' }), 'zeros');
});

test('publishes the schema of the present catalogue', () => {
  const published = JSON.parse(readFileSync(join(root, 'dist/experiment.schema.json'), 'utf8'));
  assert.deepEqual(published, JSON.parse(JSON.stringify(schema)));
});

test('the schema accepts every default and every reference experiment', () => {
  assert.ok(matches({}));
  for (const spec of [
    small,
    lab.validate(small),
    ...threadExperiments.map((experiment) => experiment.spec),
  ]) {
    assert.ok(matches(spec), JSON.stringify(matches.errors));
  }
  for (const { name } of lab.catalogue.initializers)
    assert.ok(matches(lab.validate({ init: { name } })), name);
  for (const { name, hasTargets } of lab.catalogue.datasets)
    assert.ok(matches(lab.validate({ dataset: { name }, output: hasTargets ? 'linear' : 'sigmoid' })), name);
  assert.ok(matches({ dataset: { name: 'points', train: { x: [[1, 2]], y: [1] } } }));
  assert.ok(matches({ layers: [2], init: { name: 'zeros', layers: [null, { name: 'normal', std: 1 }] } }));
});

test('the schema accepts lists and presets, and rejects mistakes in them', () => {
  for (const preset of presets) assert.ok(matches(preset), `${preset.id}: ${JSON.stringify(matches.errors)}`);
  assert.ok(matches([{ iterations: 5 }, presets[0]]));
  for (const mistake of [
    [{ epochs: 5 }],
    { runs: [] },
    { runs: [{ init: { name: 'norml' } }] },
    { shared: { layers: [0] }, runs: [{ init: { name: 'zeros' } }] },
    { runs: [{ init: { name: 'zeros' } }], iterations: 5 },
  ])
    assert.ok(!matches(mistake), JSON.stringify(mistake));
});

test('the schema and the lab reject the same mistakes', () => {
  const mistakes = [
    { init: { name: 'norml' } },
    { init: { name: 'normal', std: -1 } },
    { init: { name: 'normal', sigma: 1 } },
    { init: {} },
    { init: { name: 'normal', seed: 1.5 } },
    { epochs: 1 },
    { layers: [0] },
    { layers: [4097] },
    { layers: new Array(258).fill(2) },
    { activations: 'rleu', layers: [1] },
    { output: 'step' },
    { iterations: -1 },
    { iterations: 100_000_001 },
    { record: 0 },
    { precision: 'float16' },
    { dataset: { name: 'flowers' } },
    { dataset: { name: 'points' } },
    { optimizer: { name: 'gd', beta1: 0.9 } },
  ];
  for (const spec of mistakes) {
    assert.throws(() => lab.validate(/** @type {any} */ (spec)), JSON.stringify(spec));
    assert.ok(!matches(spec), JSON.stringify(spec));
  }
});

test('the schema states the lab’s limits', () => {
  const { layers, iterations, record } = schema.$defs.experiment.properties;
  lab.validate({ layers: [layers.items.minimum, 1] });
  lab.validate({ layers: [layers.items.maximum] });
  lab.validate({ layers: new Array(layers.maxItems).fill(1) });
  for (const value of [iterations.minimum, iterations.maximum]) lab.validate({ iterations: value });
  for (const value of [record.minimum, record.maximum]) lab.validate({ record: value });
  const defaults = /** @type {any} */ (lab.validate({}));
  for (const field of ['layers', 'activations', 'output', 'iterations', 'record', 'precision']) {
    assert.deepEqual(schema.$defs.experiment.properties[field].default, defaults[field], field);
  }
});

test('the schema and the reader agree at the bounds of every range', () => {
  const zeros = { init: { name: 'zeros' } };
  /**
   * @param {object} train
   * @param {object} [more]
   */
  const points = (train, more) => ({ dataset: { name: 'points', train, ...more } });
  const two = { x: [[1], [2]], y: [0, 1] };
  /** @type {[unknown, boolean][]} */
  const edges = [
    [{}, true],
    [[], true],
    [[[{}]], true],
    [{ layers: [], activations: 'relu' }, true],
    [{ layers: [1.5] }, false],
    [{ iterations: null }, false],
    [{ record: 0 }, false],
    [{ $schema: 3 }, false],
    [points(two), true],
    [points(two, { test: { x: [], y: [] } }), true],
    [points({ x: [], y: [] }), false],
    [points({ x: [[]], y: [0] }), false],
    [points({ x: [1, 2], y: [0, 1] }), false],
    [points({ x: [1, 2], y: [0, 1], features: 1 }), true],
    [{ init: { name: 'zeros', layers: [] } }, true],
    [{ init: { name: 'zeros', layers: null } }, false],
    [{ runs: [] }, false],
    [{ runs: 'x' }, false],
    [{ runs: [{}] }, false],
    [{ runs: [zeros, { layers: [2] }] }, false],
    [{ shared: zeros, runs: [{}] }, true],
    [{ shared: [], runs: [zeros] }, false],
    [{ shared: { seed: -1 }, runs: [zeros] }, false],
    [{ runs: [{ ...zeros, name: 3 }] }, false],
    [{ runs: [zeros], $schema: 's', id: 'i', order: -1, title: { en: 't' }, sentence: {}, speed: 1 }, true],
    [{ runs: [zeros], $schema: 3 }, false],
    [{ runs: [zeros], id: 3 }, false],
    [{ runs: [zeros], order: 'x' }, false],
    [{ runs: [zeros], title: 'x' }, false],
    [{ runs: [zeros], sentence: { en: 3 } }, false],
    [{ runs: [zeros], speed: 0 }, false],
    [{ runs: [zeros], sped: 10 }, false],
  ];
  for (const [content, right] of edges) {
    const told = JSON.stringify(content);
    assert.equal(matches(content), right, `schema: ${told}`);
    const read = () => readExperiments(content, 'e').forEach(({ spec }) => lab.validate(spec));
    if (right) assert.doesNotThrow(read, told);
    else assert.throws(read, ({ code }) => typeof code === 'string', told);
  }
});
