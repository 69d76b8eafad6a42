// Learning rate against factor of randn, for gradient descent and Adam: two maps of the same
// networks, side by side.

import { css, html } from 'lit';
import { define } from '../components/element.js';
import { formula } from '../templates/formula.js';
import { ask } from '../race/race.js';
import { mix, rgb } from '../plots/palette.js';
import { compact, cost, percent, whole } from '../texts/format.js';
import { labAddress } from '../story/lab-address.js';
import { words } from '../story/words.js';
import { PairMap } from './pair-map.js';
import { FACTORS, ITERATIONS, METHODS, RATES, outcomeOf, placeOn, rateSpec } from './rate-experiments.js';

/** @typedef {import('./pair-map.js').Cell} Cell */
/** @typedef {import('./rate-experiments.js').Metrics} Metrics */

/** The colours of what did not learn, by the names of the runs' colours in the theme. */
const COLOURS = /** @type {const} */ ({ slow: '--run-2', large: '--run-3', stuck: '--run-1' });

/**
 * The cells in the order of their training: every eighth row and column first, then every fourth,
 * second and all.
 */
const CELLS = RATES.flatMap((_, row) =>
  FACTORS.flatMap((__, column) => METHODS.map((___, map) => ({ map, row, column }))),
).sort((a, b) => strideOf(a) - strideOf(b));

/** @param {Cell} cell */
function strideOf({ row, column }) {
  return [8, 4, 2, 1].findIndex((step) => row % step === 0 && column % step === 0);
}

const TICKS = [0.001, 0.01, 0.1, 1, 10];

export class RateMap extends PairMap {
  static properties = { ...PairMap.properties, limit: { state: true } };
  static styles = [
    ...PairMap.styles,
    css`
      .slow {
        background: var(--run-2);
      }
      .large {
        background: var(--run-3);
      }
      .stuck {
        background: var(--run-1);
      }
      .learned {
        border: 1px solid var(--strong-line);
        background: var(--paper);
      }
    `,
  ];

  constructor() {
    super();
    /**
     * Results by method, row and column.
     *
     * @type {({ first: Metrics, final: Metrics } | undefined)[][][]}
     */
    this.results = METHODS.map(() => RATES.map(() => []));
    /**
     * The rates above which steps of gradient descent overshoot at iteration 0.
     *
     * @type {{ column: number, row: number }[]}
     */
    this.limit = [];
  }

  get names() {
    return METHODS.map((method) => words(`rates.method.${method}`));
  }

  get rows() {
    return RATES.length;
  }

  get columns() {
    return FACTORS.length;
  }

  get axes() {
    return { row: words('rates.axis.rate'), column: words('rates.axis.factor') };
  }

  get ticks() {
    const of = (/** @type {number[]} */ values) =>
      TICKS.map((value) => ({ share: placeOn(values, value) / values.length, text: compact(value) }));
    return { rows: of(RATES), columns: of(FACTORS) };
  }

  /** @param {number} map */
  labelOf(map) {
    return words('rates.label', { method: this.names[map] });
  }

  specs() {
    // Errors are reported by the training runs, which fail for the same reason.
    this.measureLimit().catch(() => {});
    return CELLS.map(({ map, row, column }) => rateSpec(METHODS[map], row, column));
  }

  /**
   * @param {number} index
   * @param {import('../story/sweep-memory.js').Outcome} result
   */
  take(index, { history, final }) {
    const { map, row, column } = CELLS[index];
    this.results[map][row][column] = { first: history[0], final };
  }

  /** Measures 2 / λ_max of the cost's Hessian at the initial weights of each factor. */
  async measureLimit() {
    const specs = FACTORS.map((_, column) => rateSpec('gd', 0, column));
    const curvatures = await ask((lab) => lab.curvatures(specs));
    this.limit = curvatures.map(({ greatest }, column) => ({
      column: column + 0.5,
      row: placeOn(RATES, 2 / greatest),
    }));
  }

  /** @param {number} map */
  curve(map) {
    return METHODS[map] === 'gd' ? this.limit : [];
  }

  /**
   * @param {number} map
   * @param {import('../plots/palette.js').Colours} colours
   * @param {CSSStyleDeclaration} style
   */
  painter(map, colours, style) {
    const failed = Object.fromEntries(
      Object.entries(COLOURS).map(([outcome, name]) => [outcome, rgb(style.getPropertyValue(name))]),
    );
    return (/** @type {number} */ row, /** @type {number} */ column) => {
      const result = this.results[map][row][column];
      if (result === undefined) return null;
      const outcome = outcomeOf(result.first, result.final);
      const share = Math.min(1, Math.max(0, 2 * (result.final.trainAccuracy - 0.5)));
      return {
        colour:
          outcome === 'learned'
            ? mix(failed.stuck, colours.paper, share)
            : mix(failed[outcome], colours.paper, 0.15),
        preliminary: false,
      };
    };
  }

  /** The lab with a cell and, beside it, He at the same learning rate. @param {Cell} cell */
  address({ map, row, column }) {
    const { dataset, ...spec } = rateSpec(METHODS[map], row, column);
    const own = { ...spec, dataset: { name: dataset.name } };
    return labAddress([own, { ...own, init: { name: 'he_normal', seed: own.init.seed } }], 300);
  }

  get reading() {
    if (this.cursor === null) return words('rates.hint');
    const { map, row, column } = this.cursor;
    const final = this.results[map][row][column]?.final;
    return words('rates.cell', {
      method: this.names[map],
      factor: compact(FACTORS[column]),
      rate: compact(RATES[row]),
      value:
        final === undefined
          ? words('rates.cell.none')
          : words('rates.cell.value', { accuracy: percent(final.trainAccuracy), cost: cost(final.cost, 3) }),
    });
  }

  get table() {
    const rows = CELLS.map(({ map, row, column }) => {
      const final = this.results[map][row][column]?.final;
      return [METHODS[map], RATES[row], FACTORS[column], final?.cost, final?.trainAccuracy];
    });
    return {
      name: 'init-lab-rates.csv',
      rows: [['method', 'learning_rate', 'factor', 'cost', 'train_accuracy'], ...rows],
    };
  }

  get figureTexts() {
    return {
      title: words('maps.rate.heading'),
      legend: [
        ...['slow', 'learned', 'large', 'stuck'].map((kind) => ({
          colour:
            kind === 'learned'
              ? 'var(--paper)'
              : `var(${COLOURS[/** @type {keyof typeof COLOURS} */ (kind)]})`,
          text: words(`rates.legend.${kind}`),
        })),
        { colour: 'var(--class-0)', text: words('rates.line'), dash: '6 4' },
      ],
      caption: words('rates.caption', { iterations: whole(ITERATIONS), progress: this.runner.progress }),
    };
  }

  legend() {
    return html`${['slow', 'learned', 'large', 'stuck', 'missing'].map(
        (kind) => html`<span><i class=${kind}></i> ${words(`rates.legend.${kind}`)}</span>`,
      )}
      <span
        ><svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
          <path d="M0 4H24" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="6 3" />
        </svg>
        ${formula(words('rates.line'))}</span
      >`;
  }
}

define('rate-map', RateMap);
