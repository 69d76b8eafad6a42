// Iterations until a network leaves its plateau over the factor of randn, for one to three hidden
// layers: "smaller is worse" shows as "smaller is later".

import { html } from 'lit';
import { define } from '../components/element.js';
import { ask } from '../race/race.js';
import { UNITS } from '../story/bar.js';
import { labAddress } from '../story/lab-address.js';
import { SweepChart } from './sweep-chart.js';
import { compact, whole } from '../texts/format.js';
import { coarseFirst } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';

/** @typedef {import('../story/sweep-memory.js').Outcome} Result */

/** Four to a power of ten. */
const FACTORS = Array.from({ length: 13 }, (_, i) => Number((10 ** (-2 + i / 4)).toPrecision(3)));
/** Hidden layers of ten units each, and the line's colour. */
const DEPTHS = [
  { layers: 1, colour: 0 },
  { layers: 2, colour: 2 },
  { layers: 3, colour: 1 },
];
const SEEDS = [3, 4, 5, 6, 7];
const WIDTH = 10;
/** A network has left the plateau at ln 2 once its cost is below this, as in the article. */
const LEFT = 0.6;
const ITERATIONS = 50000;
const RECORD = 100;
const RULES = [
  { name: 'he_normal', label: 'He' },
  { name: 'glorot_normal', label: 'Glorot' },
];

/**
 * The record at which a training left the plateau.
 *
 * @param {Result} result
 */
const leaving = ({ history }) => history.find(({ cost }) => cost < LEFT);

export class FactorSweep extends SweepChart {
  static properties = {
    ...SweepChart.properties,
    activation: { state: true },
    rate: { state: true },
  };

  constructor() {
    super();
    this.measure = /** @type {import('./sweep-chart.js').Measure} */ ('wait');
    this.activation = 'relu';
    /** Learning rate. */
    this.rate = '0.1';
    /**
     * Least and greatest weight standard deviation that each rule gives a layer.
     *
     * @type {{ from: number, to: number, label: string }[]}
     */
    this.ranges = [];
    // Of hundreds of records two matter; all of them would fill the tab's memory.
    this.runner.shorten = (result) => ({
      ...result,
      history: [leaving(result), result.final].filter((one) => one !== undefined),
    });
  }

  get measures() {
    return /** @type {const} */ (['wait']);
  }

  get spans() {
    return this.ranges;
  }

  get x() {
    return FACTORS;
  }

  get heading() {
    return words('sweeps.factor.heading');
  }

  get axisName() {
    return words('sweep.axis.factor');
  }

  get column() {
    return 'factor';
  }

  get draws() {
    return SEEDS.length;
  }

  get lines() {
    return DEPTHS.map(({ layers, colour }) => ({
      name: words(layers === 1 ? 'sweep.layer' : 'sweep.layers', { layers }),
      colour,
    }));
  }

  get marks() {
    return [0.01, 0.1, 10].map((x) => ({ x, label: `× ${compact(x)}` }));
  }

  get levels() {
    return [{ y: ITERATIONS, label: words('sweep.wait.end') }];
  }

  get bottom() {
    return RECORD;
  }

  get top() {
    return 2 * ITERATIONS;
  }

  get options() {
    // Above the last iteration lies what has not left, at no number.
    const format = (/** @type {number} */ value) => (value > ITERATIONS ? '' : compact(value));
    return { ...super.options, format };
  }

  /** @param {number} value */
  textOf(value) {
    return Number.isFinite(value)
      ? words('sweep.wait.value', { iterations: whole(value) })
      : words('sweep.wait.none', { iterations: whole(ITERATIONS) });
  }

  restart() {
    // Errors are reported by the training runs, which fail for the same reason.
    this.askRanges().catch(() => {});
    super.restart();
  }

  /** Asks the core which factors He and Glorot would give the layers of these networks. */
  async askRanges() {
    const widths = [2, WIDTH, WIDTH, 1];
    this.ranges = await Promise.all(
      RULES.map(async ({ name, label }) => {
        const factors = await Promise.all(
          widths
            .slice(1)
            .map((fanOut, l) => ask((lab) => lab.weightStandardDeviation({ name }, widths[l], fanOut))),
        );
        return {
          from: Math.min(...factors),
          to: Math.max(...factors),
          label: words('sweep.factors', { name: label }),
        };
      }),
    );
    this.requestDraw();
  }

  trainings() {
    return SEEDS.flatMap((seed, s) =>
      coarseFirst(FACTORS.length).flatMap((x) =>
        DEPTHS.map((_, line) => ({
          spec: this.spec(x, line, seed),
          take: (/** @type {Result} */ result) => [
            { point: { x, line, seed: s }, outcome: { wait: leaving(result)?.iteration ?? Infinity } },
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
      layers: Array(DEPTHS[line].layers).fill(WIDTH),
      activations: this.activation,
      init: { name: 'normal', std: FACTORS[x], seed },
      optimizer: { name: 'gd', learningRate: Number(this.rate) },
      iterations: ITERATIONS,
      record: RECORD,
    };
  }

  /** The three depths from this factor. @param {number} index */
  address(index) {
    return labAddress(
      DEPTHS.map((_, line) => this.spec(index, line, SEEDS[0])),
      3000,
    );
  }

  controls() {
    return html`${this.choice(words('sweep.units'), 'activation', Object.keys(UNITS), UNITS)}
    ${this.choice(words('sweep.rate'), 'rate', ['0.1', '1'], { 0.1: compact(0.1), 1: compact(1) })}`;
  }
}

define('factor-sweep', FactorSweep);
