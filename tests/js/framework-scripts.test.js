// The exported scripts are run with NumPy and PyTorch and must come to the lab's figures.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { exportScript } from '../../src/js/exports/export-script.js';
import { hasLines, initLine } from '../../src/js/exports/framework-lines.js';
import { CASES, he } from './script-cases.js';
import { near, runScripts, scriptOf } from './script-runs.js';
import { python, root, temporaryFolder } from './support.js';

const folder = temporaryFolder();

/** @type {import('../../src/js/index.js').Lab} */
let lab;
before(async () => {
  lab = await loadLab();
  await lab.loadDataset('digits');
});

/**
 * Compares the figures of scripts with the lab's.
 *
 * @param {import('../../src/js/exports/export-script.js').Framework} framework
 * @param {[name: string, spec: any, tolerance: number][]} cases
 */
function compare(framework, cases) {
  const runs = cases.map(([name, spec, tolerance]) => ({
    name,
    tolerance,
    ...scriptOf(lab, spec, framework),
  }));
  const printed = runScripts(runs.map(({ script }) => script));
  for (const [i, { name, tolerance, metrics }] of runs.entries()) {
    near(printed[i].train, metrics.trainAccuracy, 1e-9, name);
    near(printed[i].test, metrics.testAccuracy, 1e-9, name);
    near(printed[i].cost, metrics.cost, tolerance, name);
  }
}

for (const entry of CASES) {
  test(`NumPy reaches the same accuracy and cost: ${entry[0]}`, () => compare('numpy', [entry]));
}

/**
 * Costs from logits stay finite where the lab's are infinite, and chaos amplifies another order of
 * sums.
 */
const isComparable = (/** @type {[string, any, number]} */ [name]) =>
  !/infinite|runs out|overflows/.test(name);

test('PyTorch reaches the same accuracies and costs', () => {
  compare(
    'torch',
    CASES.filter(isComparable).map(([name, spec, tolerance]) => [name, spec, Math.max(tolerance, 1e-10)]),
  );
});

test('PyTorch’s script writes the trained network as ONNX', () => {
  const file = join(folder, 'onnx.py');
  const network = join(folder, 'network.onnx');
  const { script } = scriptOf(lab, { layers: [3], activations: 'relu', init: he, iterations: 2 }, 'torch');
  writeFileSync(file, script);
  execFileSync(python, [file, network], { stdio: 'ignore' });
  const text = readFileSync(network, 'latin1');
  for (const name of ['layers.0.weight', 'layers.1.bias', 'Gemm', 'Relu'])
    assert.ok(text.includes(name), name);
});

test('PyTorch’s script moves the running averages by its training only', () => {
  const spec = { layers: [3], activations: 'relu', normalization: 'batch', init: he, iterations: 2 };
  const file = join(folder, 'averages.py');
  const measured = `
before = [buffer.clone() for buffer in model.buffers()]
with torch.no_grad():
    cost(x, y)
assert all(torch.equal(a, b) for a, b in zip(before, model.buffers()))
cost(x, y)
assert not all(torch.equal(a, b) for a, b in zip(before, model.buffers()))
`;
  writeFileSync(file, scriptOf(lab, spec, 'torch').script + measured);
  execFileSync(python, [file], { stdio: 'ignore' });
});

test('JAX’s script agrees within the error of finite differences', () => {
  compare(
    'jax',
    CASES.filter(isComparable).map(([name, spec]) => [name, { ...spec, iterations: 3 }, 1e-6]),
  );
});

test('the Keras script calls only functions that Keras 3 has', () => {
  const files = CASES.map(([, spec], i) => {
    const file = join(folder, `keras-${i}.py`);
    writeFileSync(file, scriptOf(lab, { ...spec, iterations: 1 }, 'keras').script);
    return file;
  });
  execFileSync(python, [join(root, 'tests', 'js', 'check_keras_calls.py'), ...files]);
});

test('every framework has an expression for each activation of the catalogue', () => {
  const files = lab.catalogue.activations.map(({ name }, i) => {
    for (const framework of /** @type {const} */ (['numpy', 'torch', 'jax'])) {
      const spec = { layers: [2], activations: name, iterations: 1 };
      assert.doesNotThrow(() => scriptOf(lab, spec, framework), `${name}, ${framework}`);
    }
    const file = join(folder, `keras-activation-${i}.py`);
    writeFileSync(file, scriptOf(lab, { layers: [2], activations: name, iterations: 1 }, 'keras').script);
    return file;
  });
  // Keras knows activations by name: the check finds a name that it has not.
  execFileSync(python, [join(root, 'tests', 'js', 'check_keras_calls.py'), ...files]);
});

test('the lines of PyTorch and NumPy draw the lab’s weight standard deviation', () => {
  const [fanIn, fanOut] = [300, 200];
  const inits = lab.catalogue.initializers.flatMap(({ name, parameters }) => {
    const values = Object.fromEntries(parameters.map((info) => [info.name, info.value]));
    const init = { name, ...values, ...('gain' in values ? { gain: 1.5 } : {}) };
    const names = (/** @type {string} */ parameter) =>
      parameters.find((info) => info.name === parameter)?.names ?? [];
    return [
      init,
      ...names('mode').flatMap((mode) =>
        names('distribution').map((distribution) => ({ ...init, mode, distribution, scale: 1.7 })),
      ),
    ];
  });
  const rows = inits.flatMap((init) =>
    /** @type {const} */ (['torch', 'numpy']).flatMap((framework) => {
      const line = initLine(framework, init);
      const std = lab.weightStandardDeviation(/** @type {any} */ (init), fanIn, fanOut);
      return line ? [{ framework, line, std }] : [];
    }),
  );
  assert.ok(rows.length >= 40);
  const draws = rows.map(({ framework, line }) =>
    framework === 'torch'
      ? `w = torch.empty(${fanOut}, ${fanIn})\nwith torch.no_grad():\n    ${line}\nprint(w.std().item())`
      : `w = ${line}\nassert w.shape == (n_out, n_in)\nprint(w.std())`,
  );
  const program = `import math
import numpy as np
import scipy.stats
import torch
from torch import nn
torch.manual_seed(1)
np.random.seed(1)
rng = np.random.default_rng(1)
n_in, n_out = ${fanIn}, ${fanOut}
${draws.join('\n')}`;
  const measured = execFileSync(python, ['-c', program], { encoding: 'utf8' }).trim().split('\n').map(Number);
  // 60,000 draws: the standard error of a standard deviation is 0.3 %.
  for (const [i, { line, std }] of rows.entries())
    assert.ok(Math.abs(measured[i] - std) <= 0.015 * std, `${line}: ${measured[i]}, expected ${std}`);
});

test('every initializer has a row of framework lines', () => {
  for (const { name } of lab.catalogue.initializers) assert.ok(hasLines(name), name);
});

test('NumPy’s and PyTorch’s scripts agree on skips, normalization, rates of layers and frozen layers', () => {
  const skip = (/** @type {number} */ scale, learned = false) => ({ skip: { scale, learned } });
  const normalization = { name: /** @type {const} */ ('layer'), momentum: 0.9, epsilon: 1e-5 };
  for (const [optimizer, changes] of /** @type {[any, any[]][]} */ ([
    [{ name: 'gd', learningRate: 0.1 }, [{}, skip(0.5), skip(1), {}]],
    [
      { name: 'adam', learningRate: 0.01 },
      [{ normalization }, { ...skip(0.5, true), normalization }, { ...skip(1, true), normalization }, {}],
    ],
    [
      { name: 'momentum', learningRate: 0.1 },
      [
        { weightFactor: 2, biasFactor: 2, normalization },
        { biasFactor: 2, normalization },
        { frozen: true },
        { weightFactor: 0.5 },
      ],
    ],
  ])) {
    const session = lab.createSession({
      layers: [5, 5, 5],
      activations: 'elu',
      init: he,
      optimizer,
      iterations: 40,
    });
    const { spec, network } = session;
    const layers = network.layers.map((layer, l) => ({ ...layer, ...changes[l] }));
    const data = lab.dataset(spec.dataset, spec.output);
    const run = {
      spec,
      network: { ...network, layers },
      activations: lab.catalogue.activations,
      iterations: 40,
      metrics: null,
      data,
      initial: session.parameters(),
      title: 'test',
    };
    session.dispose();
    const [numpy, torch] = runScripts([exportScript('numpy', run), exportScript('torch', run)]);
    near(numpy.cost, torch.cost, 1e-9, JSON.stringify(changes));
    assert.equal(numpy.train, torch.train);
  }
});
