// Training accuracy over the depth, with and without skip connections, on the digits.

import { define } from '../components/element.js';
import { labAddress } from '../story/lab-address.js';
import { words } from '../story/map-words.js';
import { SweepChart } from './sweep-chart.js';

const DEPTHS = [4, 8, 16, 32, 64, 128, 256];
/** The networks, with the scale of their skip connections' branches. */
const NETWORKS = /** @type {const} */ ([
  { key: 'plain', add: {}, colour: 0 },
  { key: 'skip', add: { skip: { scale: '1' } }, colour: 2 },
  { key: 'scaled', add: { skip: { scale: '1/sqrt(L)' } }, colour: 3 },
]);
const SEEDS = [3, 4, 5];
const WIDTH = 32;
const ITERATIONS = 300;

export class SkipSweep extends SweepChart {
  constructor() {
    super();
    this.measure = /** @type {import('./sweep-chart.js').Measure} */ ('trainAccuracy');
  }

  get x() {
    return DEPTHS;
  }

  get heading() {
    return words('maps.skips.heading');
  }

  get axisName() {
    return words('phase.depths');
  }

  get column() {
    return 'depth';
  }

  get draws() {
    return SEEDS.length;
  }

  get lines() {
    return NETWORKS.map(({ key, colour }) => ({ name: words(`phase.network.${key}`), colour }));
  }

  get eachX() {
    return true;
  }

  get leastAccuracy() {
    return 0;
  }

  get bottom() {
    return 0.1;
  }

  /** One seed of each depth first; shallow networks, which are done soon, come first. */
  trainings() {
    return SEEDS.flatMap((seed, s) =>
      DEPTHS.flatMap((_, x) =>
        NETWORKS.map((__, line) => ({
          spec: this.spec(x, line, seed),
          take: (/** @type {import('./sweep-chart.js').Result} */ { final }) => [
            { point: { x, line, seed: s }, outcome: final },
          ],
        })),
      ),
    );
  }

  /**
   * @param {number} x
   * @param {number} line
   * @param {number} seed
   */
  spec(x, line, seed) {
    return {
      ...NETWORKS[line].add,
      dataset: { name: 'digits', testSamples: 0 },
      layers: Array(DEPTHS[x]).fill(WIDTH),
      activations: 'relu',
      output: 'softmax',
      init: { name: 'he_normal', seed },
      optimizer: { name: 'gd', learningRate: 0.05, batchSize: 64 },
      iterations: ITERATIONS,
      // The chart needs no more digits, and float32 takes half the time.
      precision: 'float32',
      record: ITERATIONS,
    };
  }

  /** All three networks of this depth, side by side. @param {number} index */
  address(index) {
    return labAddress(
      NETWORKS.map((_, line) => {
        // The lab also shows the test examples, which the sweep is trained without.
        const { dataset, ...spec } = this.spec(index, line, SEEDS[0]);
        return { ...spec, dataset: { name: dataset.name } };
      }),
      30,
    );
  }
}

define('skip-sweep', SkipSweep);
