// The exported scripts of random experiments are run with NumPy and PyTorch and must come to the
// lab's figures.
import { test } from 'node:test';
import fc from 'fast-check';
import { loadLab } from '../../../src/js/index.js';
import { near, runScripts, scriptOf } from '../script-runs.js';
import { settings } from './settings.js';
import { gentleSpec } from './specs.js';

const lab = await loadLab();
await lab.loadDataset('digits');

/** @param {any} spec */
function isAccepted(spec) {
  try {
    lab.validate(spec);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether batch normalization gets a batch of one example, which PyTorch refuses.
 * @param {any} spec
 */
function hasBatchOfOne({ normalization, dataset, output, optimizer: { batchSize = 0 } }) {
  const m = lab.dataset(dataset, output).train.y.length;
  const size = batchSize > 0 ? Math.min(batchSize, m) : m;
  return normalization.name === 'batch' && (size === 1 || m % size === 1);
}

for (const framework of /** @type {const} */ (['numpy', 'torch'])) {
  test(`the ${framework} scripts of random experiments come to the lab’s figures`, () => {
    const isTrainable = (/** @type {any} */ spec) =>
      isAccepted(spec) && !(framework === 'torch' && hasBatchOfOne(spec));
    const specs = fc.sample(gentleSpec(lab.catalogue).filter(isTrainable), {
      ...settings,
      numRuns: Math.ceil(settings.numRuns / 20),
    });
    const runs = specs.map((spec) => ({ spec, ...scriptOf(lab, spec, framework) }));
    const printed = runScripts(runs.map(({ script }) => script));
    for (const [i, { spec, metrics }] of runs.entries()) {
      const name = JSON.stringify(spec);
      near(printed[i].cost, metrics.cost, 1e-7, name);
      near(printed[i].train, metrics.trainAccuracy, 1e-6, name);
      near(printed[i].test, metrics.testAccuracy, 1e-6, name);
    }
  });
}
