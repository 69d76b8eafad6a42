// Final cost over the learning rate, for each optimizer: does a better optimizer rescue a bad
// start?

import { html } from 'lit';
import { define } from '../components/element.js';
import { labAddress } from '../story/lab-address.js';
import { SweepChart } from './sweep-chart.js';
import { coarseFirst } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';

/** Four rates per power of ten. */
const RATES = Array.from({ length: 17 }, (_, i) => Number((10 ** (-4 + i / 4)).toPrecision(3)));
const METHODS = [
  { name: 'gd', colour: 0 },
  { name: 'momentum', colour: 2 },
  { name: 'rmsprop', label: 'RMSProp', colour: 1 },
  { name: 'adam', label: 'Adam', colour: 3 },
];
const SEEDS = [3, 4, 5, 6, 7];
const ITERATIONS = 2000;
const STARTS = /** @type {Record<string, import('../state/table.js').Choice>} */ ({
  'randn × 0.01': { name: 'normal', std: 0.01 },
  'randn × 0.1': { name: 'normal', std: 0.1 },
  'randn × 10': { name: 'normal', std: 10 },
  He: { name: 'he_normal' },
  zeros: { name: 'zeros' },
});

export class MethodSweep extends SweepChart {
  static properties = { ...SweepChart.properties, start: { state: true } };

  constructor() {
    super();
    this.start = Object.keys(STARTS)[0];
  }

  get x() {
    return RATES;
  }

  get heading() {
    return words('sweeps.method.heading');
  }

  get axisName() {
    return words('sweep.axis.rate');
  }

  get column() {
    return 'learningRate';
  }

  get draws() {
    return SEEDS.length;
  }

  get lines() {
    return METHODS.map(({ name, label, colour }) => ({ name: label ?? words(`sweep.${name}`), colour }));
  }

  get bottom() {
    return 0.001;
  }

  trainings() {
    return SEEDS.flatMap((seed, s) =>
      coarseFirst(RATES.length).flatMap((x) =>
        METHODS.map((_, line) => ({
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
      dataset: { name: 'circles' },
      layers: [10, 5],
      activations: 'relu',
      init: { ...STARTS[this.start], seed },
      optimizer: { name: METHODS[line].name, learningRate: RATES[x] },
      iterations: ITERATIONS,
      record: ITERATIONS,
    };
  }

  /** Returns the link to the lab with all four methods at this rate. @param {number} index */
  address(index) {
    return labAddress(
      METHODS.map((_, line) => this.spec(index, line, SEEDS[0])),
      500,
    );
  }

  controls() {
    return html`${this.choice(words('sweep.start'), 'start', Object.keys(STARTS), { ...Object.fromEntries(Object.keys(STARTS).map((key) => [key, key])), zeros: words('sweep.start.zeros') })}`;
  }
}

define('method-sweep', MethodSweep);
