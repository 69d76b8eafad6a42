// Width against learning rate, under the standard parametrization and under µP: the valley of good
// rates slants on the left and stands on the right.

import { css, html } from 'lit';
import { define } from '../components/element.js';
import { mix, rgb } from '../plots/palette.js';
import { cost, whole } from '../texts/format.js';
import { labAddress } from '../story/lab-address.js';
import { quantile } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';
import { PairMap } from './pair-map.js';
import {
  EXPONENTS,
  IDLE_COST,
  ITERATIONS,
  JOBS,
  KINDS,
  SEEDS,
  WIDTHS,
  bestOf,
  jobsOf,
  widthSpec,
} from './width-experiments.js';

/** @typedef {import('./pair-map.js').Cell} Cell */

/** The cost that has the colour of the page. */
const LEAST_COST = 0.003;

/** @param {number} column */
const rateText = (column) => html`2<sup>${String(EXPONENTS[column]).replace('-', '−')}</sup>`;

/** Rows of the brief map: 16, 64 and 256 units. */
const BRIEF = [0, 2, 4];

/** The same without markup. @param {number} column */
const plainRate = (column) =>
  `2${[...String(EXPONENTS[column])].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('')}`;

export class WidthMap extends PairMap {
  static properties = { ...PairMap.properties, brief: { type: Boolean } };
  static styles = [
    ...PairMap.styles,
    css`
      :host {
        --aspect: 3 / 2;
      }
      :host([brief]) {
        --aspect: 3;
      }
      sup {
        line-height: 0;
      }
      .legend .ramp {
        width: 4rem;
        background: linear-gradient(to right, var(--paper), var(--run-2));
        border: 1px solid var(--strong-line);
      }
      .diverged {
        background: var(--run-3);
      }
    `,
  ];

  constructor() {
    super();
    /** Whether it trains three widths from one seed only, for the article. */
    this.brief = false;
    /** Costs by map, row, column and seed. @type {number[][][][]} */
    this.costs = KINDS.map(() => WIDTHS.map(() => EXPONENTS.map(() => [])));
  }

  get names() {
    return KINDS.map((kind) => words(`width.kind.${kind}`));
  }

  /** Places in WIDTHS of the rows. */
  get widths() {
    return this.brief ? BRIEF : WIDTHS.map((_, row) => row);
  }

  get seeds() {
    return this.brief ? SEEDS.slice(0, 1) : SEEDS;
  }

  /** The trainings. */
  get jobs() {
    return this.brief ? jobsOf(this.widths, this.seeds) : JOBS;
  }

  get rows() {
    return this.widths.length;
  }

  get columns() {
    return EXPONENTS.length;
  }

  get axes() {
    return { row: words('width.axis.units'), column: words('rates.axis.rate') };
  }

  get ticks() {
    return {
      rows: this.widths.map((width, row) => ({ share: (row + 0.5) / this.rows, text: whole(WIDTHS[width]) })),
      columns: EXPONENTS.map((_, column) => ({
        share: (column + 0.5) / EXPONENTS.length,
        text: rateText(column),
        plain: plainRate(column),
      })).filter((_, column) => column % 2 === 0),
    };
  }

  /** @param {number} map */
  labelOf(map) {
    return words('width.label', { kind: this.names[map] });
  }

  specs() {
    return this.jobs.map(widthSpec);
  }

  /**
   * @param {number} index
   * @param {import('../story/sweep-memory.js').Outcome} result
   */
  take(index, { final }) {
    const { map, row, column, seed } = this.jobs[index];
    // A cost that is no number is as bad as an infinite one.
    this.costs[map][row][column][SEEDS.indexOf(seed)] = Number.isNaN(final.cost) ? Infinity : final.cost;
  }

  /**
   * Median and number of the seeds that are trained; the row counts in the map.
   *
   * @param {number} map
   * @param {number} row
   * @param {number} column
   */
  known(map, row, column) {
    const costs = this.costs[map][this.widths[row]][column].filter((value) => value !== undefined);
    return { median: quantile(costs, 0.5), done: costs.length };
  }

  /**
   * The column of each width's best rate.
   *
   * @param {number} map
   */
  best(map) {
    return this.widths.map((_, row) =>
      bestOf(EXPONENTS.map((__, column) => this.known(map, row, column).median)),
    );
  }

  /** The line through the best rates, once all seeds are trained. @param {number} map */
  curve(map) {
    if (!this.runner.complete) return [];
    return this.best(map).map((column, row) => ({ column: column + 0.5, row: row + 0.5 }));
  }

  /**
   * @param {number} map
   * @param {import('../plots/palette.js').Colours} colours
   * @param {CSSStyleDeclaration} style
   */
  painter(map, colours, style) {
    const [high, diverged] = ['--run-2', '--run-3'].map((name) => rgb(style.getPropertyValue(name)));
    return (/** @type {number} */ row, /** @type {number} */ column) => {
      const { median, done } = this.known(map, row, column);
      if (median === null) return null;
      const share = Math.log(median / LEAST_COST) / Math.log(IDLE_COST / LEAST_COST);
      return {
        colour: median > IDLE_COST ? diverged : mix(colours.paper, high, Math.min(1, Math.max(0, share))),
        preliminary: done < this.seeds.length,
      };
    };
  }

  /** The lab with both parametrizations at a cell's width and rate. @param {Cell} cell */
  address(cell) {
    const specs = KINDS.map((_, map) => {
      // The lab also shows the test examples, which a cell is trained without.
      const { dataset, ...spec } = widthSpec({ ...cell, row: this.widths[cell.row], map, seed: SEEDS[0] });
      return { ...spec, dataset: { name: dataset.name } };
    });
    return labAddress(cell.map === 0 ? specs : specs.toReversed(), 30);
  }

  get reading() {
    if (this.cursor === null) return words('rates.hint');
    const { map, row, column } = this.cursor;
    const { median, done } = this.known(map, row, column);
    const value =
      median === null
        ? words('rates.cell.none')
        : words('width.cell.value', {
            cost: Number.isFinite(median) ? cost(median, 3) : words('sweep.infinite'),
            done,
            all: this.seeds.length,
          });
    return html`${words('width.cell', { kind: this.names[map], units: whole(WIDTHS[this.widths[row]]) })}
    ${rateText(column)}: ${value}`;
  }

  get table() {
    const rows = this.jobs.map(({ map, row, column, seed }) => [
      KINDS[map],
      WIDTHS[row],
      2 ** EXPONENTS[column],
      seed,
      this.costs[map][row][column][SEEDS.indexOf(seed)],
    ]);
    return {
      name: 'init-lab-width.csv',
      rows: [['parametrization', 'width', 'learningRate', 'seed', 'cost'], ...rows],
    };
  }

  figureTexts() {
    return {
      title: words('maps.width.heading'),
      legend: [
        { colour: 'var(--paper)', text: words('width.legend.low') },
        { colour: 'var(--run-2)', text: words('width.legend.high') },
        { colour: 'var(--run-3)', text: words('width.legend.diverged') },
        { colour: 'var(--class-0)', text: words('width.legend.best'), dash: '6 4' },
      ],
      caption: words('width.caption', {
        iterations: ITERATIONS,
        seeds: this.seeds.length,
        progress: this.runner.progress,
      }),
    };
  }

  legend() {
    return html`<span><i class="ramp"></i> ${words('width.legend.cost')}</span>
      <span><i class="diverged"></i> ${words('width.legend.diverged')}</span>
      <span><i class="missing"></i> ${words('width.legend.missing')}</span>
      <span
        ><svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
          <path d="M0 4H24" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="6 3" />
        </svg>
        ${words('width.legend.best')}</span
      >`;
  }

  /** The sentence below the maps. It draws conclusions from the whole maps only. */
  conclusion() {
    const { done, total, complete } = this.runner;
    if (total === 0) return html`<p class="found"></p>`;
    if (!complete)
      return html`<p class="found">${words('phase.waiting', { done: whole(done), total: whole(total) })}</p>`;
    const [first, last] = [0, this.rows - 1];
    return html`<p class="found">
      ${words('width.found', { narrow: WIDTHS[this.widths[first]], wide: WIDTHS[this.widths[last]] })}
      ${KINDS.map((_, map) => {
        const best = this.best(map);
        return html`${this.names[map]}: ${rateText(best[first])} →
        ${rateText(best[last])}${map === 0 ? '; ' : '.'}`;
      })}
    </p>`;
  }
}

define('width-map', WidthMap);
