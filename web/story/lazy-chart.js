// How far the weights moved from their start over the factor of randn: small starts move far, large
// ones hardly. Below, three networks' first layers before and after.

import { css, html, nothing, svg } from 'lit';
import { define, shared } from '../components/element.js';
import { compact, coordinate, percent } from '../texts/format.js';
import { colourOf } from '../plots/marks.js';
import { slotOfStart } from '../state/start-slots.js';
import { bar } from './bar.js';
import { FACTORS, SEEDS, WIDTHS, bends, lazySpec, travelled } from './lazy-experiments.js';
import { StoryElement } from './story-element.js';
import { SweepRunner } from './sweep-runner.js';
import { words } from './map-words.js';

/** Factors whose first layers are drawn. */
const INSETS = [0.1, 1, 10];
/** The greatest width on the page, in CSS pixels. */
const MOST_WIDTH = 704;
const HEIGHT = 260;
const LEFT = 66;
const BOTTOM = 224;
/** Ends of the axis of distances. */
const [LEAST, GREATEST] = [0.1, 30];
/** Half of the side of the plane that the insets show. */
const REACH = 1.4;

/** At iteration 0 and at the end, for each factor and seed; the first seed first. */
const TRAININGS = SEEDS.flatMap((seed) =>
  FACTORS.flatMap((factor) => [
    { factor, seed, end: false },
    { factor, seed, end: true },
  ]),
);

/**
 * @param {number} value
 * @param {number} width of the chart
 */
const xOf = (value, width) =>
  LEFT +
  12 +
  (Math.log(value / FACTORS[0]) / Math.log(FACTORS[FACTORS.length - 1] / FACTORS[0])) * (width - LEFT - 36);
/** @param {number} value */
const yOf = (value) =>
  BOTTOM -
  (Math.log(Math.min(GREATEST, Math.max(LEAST, value)) / LEAST) / Math.log(GREATEST / LEAST)) * (BOTTOM - 12);

export class LazyChart extends StoryElement {
  static styles = [
    shared,
    bar,
    css`
      svg {
        display: block;
        max-width: 100%;
        font-size: 13px;
        fill: var(--quiet);
      }
      .grid {
        stroke: var(--line);
      }
      .insets {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 12rem));
        gap: 0.5rem 1.25rem;
        margin-top: 0.5rem;
      }
      .insets svg {
        width: 100%;
        border: 1px solid var(--line);
      }
      .insets p {
        margin: 0.25rem 0 0;
        font-size: var(--small);
      }
      .before {
        stroke: var(--quiet);
        stroke-dasharray: 0.06 0.05;
        stroke-width: 0.018;
      }
      .after {
        stroke: var(--ink);
        stroke-width: 0.022;
      }
      .ring {
        fill: none;
        stroke: var(--line);
        stroke-width: 0.12;
      }
    `,
  ];

  constructor() {
    super();
    this.runner = new SweepRunner(this);
    /**
     * Parameters at iteration 0 and results, by factor and seed.
     *
     * @type {Map<string, { before?: ArrayLike<number>, after?: ArrayLike<number>, test?: number }>}
     */
    this.known = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.watchRoom();
  }

  attached() {
    this.onceSeen(() => this.begin());
  }

  /** Trains all factors, whether or not the chart is in sight. */
  begin() {
    if (this.runner.total > 0) return this.runner.resume();
    // What the tab keeps of a training lacks the parameters, which the chart needs.
    this.runner.prepare(
      TRAININGS.map(({ factor, seed, end }) => lazySpec(factor, seed, end ? undefined : 0)),
      (index, result) => {
        const { factor, seed, end } = TRAININGS[index];
        const { parameters } = /** @type {import('../../src/js/types.js').Result} */ (result);
        const known = this.known.get(`${factor} ${seed}`) ?? {};
        this.known.set(
          `${factor} ${seed}`,
          end
            ? { ...known, after: parameters, test: result.final.testAccuracy }
            : { ...known, before: parameters },
        );
      },
    );
    return this.runner.resume();
  }

  /**
   * @param {number} factor
   * @param {number} seed
   */
  distance(factor, seed) {
    const { before, after, test = 0 } = this.known.get(`${factor} ${seed}`) ?? {};
    if (before === undefined || after === undefined) return null;
    return { before, after, test, moved: travelled(WIDTHS, before, after) };
  }

  /** The dots with their axes. @param {number} width */
  chart(width) {
    const dots = FACTORS.flatMap((factor) =>
      SEEDS.flatMap((seed) => {
        const known = this.distance(factor, seed);
        if (known === null) return [];
        const colour = colourOf(slotOfStart({ name: 'normal', std: factor }));
        // Hollow where the network has not learned.
        return [
          svg`<circle cx=${xOf(factor, width)} cy=${yOf(known.moved)} r="5" stroke=${colour} stroke-width="2"
            fill=${known.test >= 0.75 ? colour : 'var(--paper)'}></circle>`,
        ];
      }),
    );
    return html`<svg width=${width} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${this.summary}>
      ${[0.1, 0.3, 1, 3, 10, 30].map(
        (value) =>
          svg`<line class="grid" x1=${LEFT} x2=${width - 12} y1=${yOf(value)} y2=${yOf(value)}></line>
              <text text-anchor="end" x=${LEFT - 6} y=${yOf(value) + 4}>${percent(value, 0)}</text>`,
      )}
      ${INSETS.map((factor) => svg`<text text-anchor="middle" x=${xOf(factor, width)} y=${BOTTOM + 16}>× ${compact(factor)}</text>`)}
      <text text-anchor="middle" x=${(LEFT + width) / 2} y=${BOTTOM + 34}>${words('sweep.axis.factor')}</text>
      ${dots}
    </svg>`;
  }

  render() {
    return html`<div class="bar">${this.runner.bar()}</div>
      ${this.room === 0 ? nothing : this.chart(Math.min(MOST_WIDTH, this.room))}
      <div class="insets">${INSETS.map((factor) => this.inset(factor))}</div>`;
  }

  /** A factor's first layer before and after. @param {number} factor */
  inset(factor) {
    const known = this.distance(factor, SEEDS[0]);
    const lines = (/** @type {ArrayLike<number>} */ parameters, /** @type {string} */ kind) =>
      bends(parameters, 3 * REACH).map(
        ([x1, y1, x2, y2]) => svg`<line class=${kind} x1=${x1} y1=${-y1} x2=${x2} y2=${-y2}></line>`,
      );
    return html`<div>
      <svg
        viewBox="${-REACH} ${-REACH} ${2 * REACH} ${2 * REACH}"
        role="img"
        aria-label=${words('lazy.inset', { factor: compact(factor) })}
      >
        <circle class="ring" r="1"></circle>
        <circle class="ring" r="0.8"></circle>
        ${known === null ? '' : svg`${lines(known.before, 'before')}${lines(known.after, 'after')}`}
      </svg>
      <p>
        ×
        ${compact(factor)}${known === null ? '' : `: ${words('lazy.moved', { share: percent(known.moved, 0) })}`}
      </p>
    </div>`;
  }

  /** The chart in words. */
  get summary() {
    const parts = INSETS.flatMap((factor) => {
      const known = this.distance(factor, SEEDS[0]);
      return known === null ? [] : [`× ${compact(factor)}: ${coordinate(100 * known.moved, 0)} %`];
    });
    return words('lazy.label', { values: parts.join('; ') });
  }
}

define('lazy-chart', LazyChart);
