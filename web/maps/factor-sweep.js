// Final cost over the factor of randn, at four iterations of the training: "smaller is worse"
// appears as "smaller is later".

import { html } from 'lit';
import { define } from '../components/element.js';
import { ask } from '../race/race.js';
import { UNITS } from '../story/bar.js';
import { labAddress } from '../story/lab-address.js';
import { SweepChart } from './sweep-chart.js';
import { compact, whole } from '../texts/format.js';
import { coarseFirst, quantile } from '../story/sweep-runner.js';
import { words } from '../story/words.js';

/** Four factors per power of ten. */
const FACTORS = Array.from({ length: 21 }, (_, i) => Number((10 ** (-3 + i / 4)).toPrecision(3)));
/**
 * Iterations, each about three times the one before; so is the factor at the plateau's edge. The
 * third is the course's.
 */
const MOMENTS = [2000, 5000, 15000, 45000];
const COLOURS = [0, 2, 1, 3];
const SEEDS = [3, 4, 5, 6, 7, 8, 9, 10];
const RULES = [
  { name: 'he_normal', label: 'He' },
  { name: 'glorot_normal', label: 'Glorot' },
];
/** The available networks: the course's network and deeper ones. */
const NETWORKS = /** @type {Record<string, number[]>} */ ({
  course: [10, 5],
  '10, 10, 10, 10': [10, 10, 10, 10],
  '10 × 8': Array(8).fill(10),
});

export class FactorSweep extends SweepChart {
  static properties = {
    ...SweepChart.properties,
    network: { state: true },
    activation: { state: true },
    output: { state: true },
    rate: { state: true },
  };

  constructor() {
    super();
    this.network = Object.keys(NETWORKS)[0];
    this.activation = 'relu';
    this.output = 'sigmoid';
    /** Learning rate. */
    this.rate = '0.01';
    /** Outcomes of He's and Glorot's starts. @type {import('./sweep-chart.js').Outcome[][]} */
    this.rules = RULES.map(() => []);
    /**
     * The least and greatest weight standard deviation that each rule gives a layer.
     *
     * @type {{ from: number, to: number, label: string }[]}
     */
    this.ranges = [];
  }

  get spans() {
    return this.ranges;
  }

  get x() {
    return FACTORS;
  }

  get axisName() {
    return words('sweep.axis.factor');
  }

  get draws() {
    return SEEDS.length;
  }

  get lines() {
    return MOMENTS.map((moment, i) => ({
      name: words('sweep.after', { iterations: whole(moment) }),
      colour: COLOURS[i],
    }));
  }

  get marks() {
    return [0.01, 0.1, 10].map((x) => ({ x, label: `× ${compact(x)}` }));
  }

  get levels() {
    return RULES.flatMap(({ label }, rule) => {
      const median = quantile(
        this.rules[rule].map((outcome) => outcome[this.measure]),
        0.5,
      );
      return median === null ? [] : [{ y: median, label: words('sweep.end', { name: label }) }];
    });
  }

  restart() {
    this.rules = RULES.map(() => []);
    // Errors are reported by the training runs, which fail for the same reason.
    this.askRanges().catch(() => {});
    super.restart();
  }

  /** Asks the core which factors He and Glorot would give the layers of this network. */
  async askRanges() {
    const { network } = this;
    const widths = [2, ...NETWORKS[network], 1];
    const ranges = await Promise.all(
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
    if (network !== this.network) return;
    this.ranges = ranges;
    this.requestDraw();
  }

  trainings() {
    const base = this.base();
    const rules = SEEDS.flatMap((seed) =>
      RULES.map(({ name }, rule) => ({
        spec: { ...base, init: { name, seed } },
        take: (/** @type {import('./sweep-chart.js').Result} */ { final }) => {
          this.rules[rule].push(final);
          return [];
        },
      })),
    );
    const factors = SEEDS.flatMap((seed, s) =>
      coarseFirst(FACTORS.length).map((x) => ({
        spec: { ...base, init: { name: 'normal', std: FACTORS[x], seed } },
        take: (/** @type {import('./sweep-chart.js').Result} */ { history }) =>
          MOMENTS.map((moment, line) => {
            const outcome = history.find(({ iteration }) => iteration === moment);
            if (outcome === undefined) throw new RangeError(`The history lacks iteration ${moment}`);
            return { point: { x, line, seed: s }, outcome };
          }),
      })),
    );
    // First one draw of every factor, then the rules, then the other draws.
    return [...factors.slice(0, FACTORS.length), ...rules, ...factors.slice(FACTORS.length)];
  }

  base() {
    return {
      dataset: { name: 'circles' },
      layers: NETWORKS[this.network],
      activations: this.activation,
      output: this.output,
      optimizer: { name: 'gd', learningRate: Number(this.rate) },
      iterations: MOMENTS[MOMENTS.length - 1],
      record: 1000,
    };
  }

  /** Returns the link to the lab with this factor beside He. @param {number} index */
  address(index) {
    const starts = [{ name: 'normal', std: FACTORS[index] }, { name: 'he_normal' }];
    return labAddress(
      starts.map((init) => ({ ...this.base(), init: { ...init, seed: SEEDS[0] } })),
      3000,
    );
  }

  controls() {
    return html`${this.choice(words('sweep.network'), 'network', Object.keys(NETWORKS), { ...Object.fromEntries(Object.keys(NETWORKS).map((key) => [key, key])), course: words('sweep.network.course') })}
    ${this.choice(words('sweep.units'), 'activation', Object.keys(UNITS), UNITS)}
    ${this.choice(words('sweep.output'), 'output', ['sigmoid', 'tanh'], { sigmoid: words('phase.output.sigmoid'), tanh: 'tanh' })}
    ${this.choice(words('sweep.rate'), 'rate', ['0.01', '0.1'], { 0.01: compact(0.01), 0.1: compact(0.1) })}`;
  }
}

define('factor-sweep', FactorSweep);
