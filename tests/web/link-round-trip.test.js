// Every experiment that the core accepts is restored unchanged from a link.

import { errorSentence } from '../../src/js/error-sentences.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadLab } from '../../src/js/index.js';
import { MOST_GIVEN } from '../../web/state/codec.js';
import { linkOfJson } from '../../web/state/given.js';
import { fitToCatalogue } from '../../web/state/fit.js';
import { specOf } from '../../web/state/specs.js';
import { readLink, startState } from '../../web/state/table.js';
import { settings } from '../js/fuzz/settings.js';
import { modernSpec } from '../js/fuzz/specs.js';

const lab = await loadLab();
await lab.loadDataset('digits');

/**
 * The experiment in full, without what the lab sets itself and without layers at the end that have
 * no initializer of their own.
 * @param {any} spec
 */
function complete(spec) {
  const full = { ...lab.validate(spec), record: 1 };
  const layers = [...(full.init.layers ?? [])];
  while (layers.length > 0 && layers.at(-1) === null) layers.pop();
  return { ...full, init: { ...full.init, layers } };
}

/**
 * Returns the experiment that the lab opens from the link of an experiment.
 * @param {any} spec
 */
function throughLink(spec) {
  const { link, unread } = linkOfJson(JSON.stringify(spec));
  const read = readLink(link);
  const unfit = fitToCatalogue(read.state, /** @type {any} */ (lab.catalogue), startState());
  assert.deepEqual([...unread, ...read.unread, ...unfit], [], link);
  return specOf(read.state, read.state.runs[0]);
}

test('restores an experiment from its link', () => {
  fc.assert(
    fc.property(modernSpec(lab.catalogue), (given) => {
      // As JSON, which has no -0.
      const spec = JSON.parse(JSON.stringify({ ...given, iterations: Math.max(1, given.iterations ?? 1) }));
      let wanted;
      try {
        wanted = complete(spec);
      } catch {
        // The core refuses most random experiments; fast-check draws another in place of each.
        fc.pre(false);
      }
      assert.deepEqual(complete(throughLink(spec)), wanted);
    }),
    { seed: settings.seed, numRuns: 40, maxSkipsPerRun: 1000 },
  );
});

test('restores each field of modern networks from a link', () => {
  const base = { dataset: { name: 'spiral', arms: 3 }, layers: [6, 6, 6], output: 'softmax', iterations: 50 };
  const weights = [0.1, -2.5e-7, 1 / 3];
  for (const part of [
    { skip: { scale: '1/sqrt(L)' } },
    { skip: { scale: 0, learned: true } },
    { normalization: { name: 'batch', momentum: 0.99, epsilon: 1e-3 } },
    { normalization: 'layer' },
    { parametrization: { name: 'mup', baseWidth: 32 } },
    { frozen: [0, 3] },
    { activations: [{ name: 'leaky_relu', slope: 0.2 }, 'relu', { name: 'sine', frequency: 5 }] },
    { dataset: { name: 'digits', samples: 100, standardize: true } },
    { dataset: { name: 'plane', noise: 0.1 }, output: 'linear' },
    { init: { name: 'zeros', bias: { name: 'constant', value: 0.3 }, outputBias: { name: 'log_odds' } } },
    { init: { name: 'formula', std: 'min(1, sqrt(2 / n_in)) * 0.9 ^ layer' } },
    { init: { name: 'variance_scaling', scale: 2, mode: 'fan_avg', distribution: 'uniform' } },
    {
      init: { name: 'he_normal', layers: [null, { name: 'given', parameters: Array(42).fill(weights[2]) }] },
    },
  ]) {
    const spec = { ...base, ...part };
    assert.deepEqual(complete(throughLink(spec)), complete(spec), JSON.stringify(part));
  }
});

test('restores points of several classes, real targets and a test part from a link', () => {
  const x = [
    [0, 0],
    [1, 2],
    [2, 1],
    [3, 3],
  ];
  for (const [y, output] of /** @type {const} */ ([
    [[0, 1, 2, 2], 'softmax'],
    [[0.5, -1.25, 7, 3], 'linear'],
  ])) {
    const part = { x, y };
    const { dataset } = throughLink({ dataset: { name: 'points', train: part, test: part }, output });
    for (const { x: points, y: labels } of [dataset.train, dataset.test]) {
      assert.equal(points.length, 4);
      labels.forEach((/** @type {number} */ label, /** @type {number} */ i) =>
        assert.ok(Math.abs(label - y[i]) < 0.01, `${label}, not ${y[i]}`),
      );
      assert.ok(Math.abs(points[3][0] - 3) < 0.01);
    }
  }
});

test('names the part of a field of modern networks that is not valid', () => {
  for (const [link, sentence] of /** @type {const} */ ([
    ['out=cube', /expected one of sigmoid, tanh, softmax, linear/],
    ['skip=half', /expected a finite number/],
    ['skip=1,often', /expected scale/],
    ['skip=1e7', /from -1000000 to 1000000/],
    ['norm=group', /expected one of none, batch, layer/],
    ['norm=batch,momentum:2', /expected a number from 0 to 1/],
    ['par=mup,baseWidth:0', /expected a whole number from 1 to/],
    ['frozen=0', /expected a whole number from 1 to/],
    ['act=leaky_relu:slope:3', /expected a number from 0 to 1/],
    ['act=leaky_relu:slope', /expected a finite number/],
    ['runs=variance_scaling,mode:sideways', /expected one of fan_in/],
    ['runs=zeros/bias=sideways', /expected one of zeros, constant/],
    ['runs=given,parameters:_AAAA', new RegExp(`expected at most ${MOST_GIVEN} numbers`)],
    ['data=points,0,1,AAAA,BBBB,CC', /four characters/],
    ['data=targets,0,1,0,1,AAAABB', /2 to/],
  ])) {
    const { state, unread } = readLink(link);
    const all = [...unread, ...fitToCatalogue(state, /** @type {any} */ (lab.catalogue), startState())];
    assert.equal(all.length, 1, link);
    assert.match(errorSentence(all[0].error ?? assert.fail(link)), sentence, link);
    for (const run of state.runs) lab.validate(/** @type {any} */ (specOf(state, run)));
  }
});

test('accepts the scales of skip connections that the core accepts', () => {
  for (const scale of [0, -3, 1e6, -1e6, 1.001e6, -2e6]) {
    const { state } = readLink(`net=3,3&skip=${scale}`);
    const unread = fitToCatalogue(state, /** @type {any} */ (lab.catalogue), startState());
    const validate = () => lab.validate({ layers: [3, 3], skip: { scale } });
    if (unread.length === 0) assert.equal(validate().skip?.scale, scale);
    else assert.throws(validate, { field: 'skip.scale' });
    assert.equal(state.skip === null, unread.length > 0);
  }
});
