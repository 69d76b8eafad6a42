// Luck: one hundred seeds of each initializer, with a dot for the training accuracy of each.

import { css, html, nothing, svg } from 'lit';
import { tableStyles } from '../components/common-styles.js';
import { define, shared } from '../components/element.js';
import { compact, percent, wholePercent } from '../texts/format.js';
import { colourOf } from '../plots/marks.js';
import { slotOfStart } from '../state/start-slots.js';
import { bar } from '../story/bar.js';
import { figureButton } from '../story/figure-button.js';
import { StoryElement } from '../story/story-element.js';
import { SweepRunner, quantile } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';

const SEEDS = 100;
const ITERATIONS = 1000;
/** The initializers. A start without a name is named by its factor. */
const STARTS = [
  { init: { name: 'normal', std: 0.1 } },
  { init: { name: 'normal', std: 1 } },
  { init: { name: 'normal', std: 10 } },
  { name: 'He', init: { name: 'he_normal' } },
  { name: 'Glorot', init: { name: 'glorot_normal' } },
];
/** The greatest width, in CSS pixels. */
const MOST_WIDTH = 864;
const ROW = 72;
/** Accuracies at the two ends of the axis. */
const LEAST = 0.4;
/** The greatest and least radius of a dot, and the share by which it shrinks until all dots fit. */
const [RADIUS, LEAST_RADIUS, SHRINK] = [2.75, 1, 0.9];

/** @param {{ name?: string, init: { std?: number } }} start */
const labelOf = ({ name, init }) => name ?? `× ${compact(init.std ?? 1)}`;

/** The first seed of every start, then the second, and so on. */
const TRAININGS = Array.from({ length: SEEDS * STARTS.length }, (_, i) => ({
  seed: Math.floor(i / STARTS.length),
  start: i % STARTS.length,
}));

/**
 * @param {number} accuracy
 * @param {number} width of the chart
 */
const placeOf = (accuracy, width) => 72 + ((accuracy - LEAST) / (1 - LEAST)) * (width - 96);

/**
 * Places dots without overlap: each dot takes the free position nearest to the row's middle.
 *
 * @param {number[]} values places along the axis
 * @param {number} radius
 * @returns {{ x: number, y: number }[]} y from the middle
 */
function swarm(values, radius) {
  const size = 2 * radius;
  const offset = (/** @type {number} */ step) =>
    (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * radius * 0.9;
  /** @type {{ x: number, y: number }[]} */
  const placed = [];
  for (const x of values) {
    const near = placed.filter((other) => Math.abs(other.x - x) < size);
    const free = (/** @type {number} */ y) =>
      near.every((other) => Math.hypot(other.x - x, other.y - y) >= size - 1e-9);
    let step = 0;
    // 0, 1, −1, 2, −2 … half-dots from the middle, at most the row's height.
    while (!free(offset(step)) && step < (2 * ROW) / radius) step += 1;
    placed.push({ x, y: offset(step) });
  }
  return placed;
}

export class LuckChart extends StoryElement {
  static styles = [
    shared,
    bar,
    tableStyles,
    css`
      svg {
        display: block;
        max-width: 100%;
        font-size: 13px;
        fill: var(--quiet);
      }
      thead th {
        color: var(--quiet);
      }
      @media (max-width: 26rem) {
        th,
        td {
          padding-right: 0.375rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.runner = new SweepRunner(this);
    /** Training accuracies by start, in the order of their arrival. @type {number[][]} */
    this.accuracies = STARTS.map(() => []);
    /** Radii at which all dots fit so far, by the chart's width. @type {Map<number, number>} */
    this.radii = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.watchRoom();
  }

  attached() {
    this.onceSeen(() => this.begin());
  }

  /** Trains all seeds, even if the chart is not visible. */
  begin() {
    if (this.runner.total > 0) return this.runner.resume();
    return this.runner.begin(
      TRAININGS.map(({ seed, start }) => ({
        dataset: { name: 'circles', testSamples: 0 },
        layers: [10, 5],
        activations: 'relu',
        init: { ...STARTS[start].init, seed },
        optimizer: { name: 'gd', learningRate: 0.1 },
        iterations: ITERATIONS,
        precision: /** @type {const} */ ('float32'),
        record: ITERATIONS,
      })),
      (index, { final }) => this.accuracies[TRAININGS[index].start].push(final.trainAccuracy),
    );
  }

  /**
   * Places the dots of all rows, of one size.
   *
   * @param {number} width of the chart
   */
  swarms(width) {
    const places = this.accuracies.map((row) =>
      row.map((accuracy) => placeOf(Math.max(LEAST, accuracy), width)),
    );
    for (let radius = this.radii.get(width) ?? RADIUS; ; radius *= SHRINK) {
      const rows = places.map((row) => swarm(row, radius));
      const fits = rows.flat().every(({ y }) => Math.abs(y) + radius <= ROW / 2);
      if (!fits && radius * SHRINK >= LEAST_RADIUS) continue;
      this.radii.set(width, radius);
      return { rows, radius };
    }
  }

  /**
   * @param {number} start
   * @param {{ x: number, y: number }[]} dots
   * @param {number} radius
   */
  row(start, dots, radius) {
    const middle = (start + 0.5) * ROW;
    return svg`<text fill="var(--ink)" x="0" y=${middle + 4}>${labelOf(STARTS[start])}</text>
      <g fill=${colourOf(slotOfStart(STARTS[start].init))}>
        ${dots.map(({ x, y }) => svg`<circle cx=${x} cy=${middle + y} r=${radius}></circle>`)}
      </g>`;
  }

  /**
   * Some of the seeds are no result yet, so only all of them have a median.
   *
   * @param {number} start
   */
  summary(start) {
    const values = this.accuracies[start];
    const text = (/** @type {number} */ part) =>
      values.length < SEEDS ? '–' : percent(/** @type {number} */ (quantile(values, part)));
    const done =
      values.length < SEEDS ? words('luck.done', { done: values.length, all: SEEDS }) : String(SEEDS);
    return { done, median: text(0.5), worst: text(0), best: text(1) };
  }

  /** The dots with their axis. @param {number} width */
  chart(width) {
    const place = (/** @type {number} */ share) => placeOf(share, width);
    const height = STARTS.length * ROW;
    const { rows, radius } = this.swarms(width);
    const label = STARTS.map((one, start) => {
      const summary = { start: labelOf(one), ...this.summary(start) };
      return words(this.accuracies[start].length < SEEDS ? 'luck.label.partial' : 'luck.label', summary);
    });
    return html`<svg
      width=${width}
      viewBox="0 0 ${width} ${height + 36}"
      role="img"
      aria-label=${label.join('; ')}
    >
      ${[0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map(
        (share) =>
          svg`<line stroke="var(--line)" x1=${place(share)} x2=${place(share)} y1="0" y2=${height}></line>
              <text text-anchor="middle" x=${place(share)} y=${height + 15}>${wholePercent(share)}</text>`,
      )}
      <text text-anchor="middle" x=${place(0.7)} y=${height + 32}>${words('luck.axis')}</text>
      ${rows.map((dots, start) => this.row(start, dots, radius))}
    </svg>`;
  }

  /** @returns {import('../story/map-figure.js').Drawing} */
  drawing() {
    return {
      name: 'init-lab-luck',
      title: words('maps.luck.heading'),
      chart: ({ width: room }) => {
        const width = Math.min(MOST_WIDTH, room);
        return { template: this.chart(width), width, height: STARTS.length * ROW + 36 };
      },
      legend: [],
      caption: words('luck.caption', { progress: this.runner.progress }),
    };
  }

  render() {
    return html`<div class="bar">
        ${this.runner.bar()} ${figureButton({ draw: () => this.drawing(), disabled: !this.runner.complete })}
      </div>
      ${this.room === 0 ? nothing : this.chart(Math.min(MOST_WIDTH, this.room))}
      <table>
        <thead>
          <tr>
            <th scope="col">${words('luck.start')}</th>
            <th scope="col">${words('luck.count')}</th>
            <th scope="col">${words('luck.worst')}</th>
            <th scope="col">${words('luck.median')}</th>
            <th scope="col">${words('luck.best')}</th>
          </tr>
        </thead>
        <tbody>
          ${STARTS.map((one, start) => {
            const { done, median, worst, best } = this.summary(start);
            return html`<tr>
              <th scope="row">${labelOf(one)}</th>
              <td>${done}</td>
              <td>${worst}</td>
              <td>${median}</td>
              <td>${best}</td>
            </tr>`;
          })}
        </tbody>
      </table>`;
  }
}

define('luck-chart', LuckChart);
