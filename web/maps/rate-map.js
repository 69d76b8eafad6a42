// Learning rate against factor of randn, for gradient descent and Adam: two maps of the same
// networks, side by side.

import { css as sheet, html } from 'lit';
import { define } from '../components/element.js';
import { formula } from '../templates/formula.js';
import { ask } from '../race/race.js';
import { middleOf } from '../plots/middle.js';
import { coloursOf, css, mix, rgb } from '../plots/palette.js';
import { compact, cost, percent, whole } from '../texts/format.js';
import { labAddress } from '../story/lab-address.js';
import { words } from '../story/map-words.js';
import { PairMap } from './pair-map.js';
import {
  FACTORS,
  ITERATIONS,
  METHODS,
  RATES,
  hasDeadLayer,
  outcomeOf,
  placeOn,
  rateSpec,
} from './rate-experiments.js';

/** @typedef {import('./pair-map.js').Cell} Cell */
/** @typedef {import('./rate-experiments.js').Metrics} Metrics */

/** The colours of what did not learn, by the names of the runs' colours in the theme. */
const COLOURS = /** @type {const} */ ({ slow: '--run-2', large: '--run-3', dead: '--run-1' });
/** The kinds of cells that the legend explains. */
const KINDS = /** @type {const} */ (['slow', 'learned', 'large', 'dead', 'stuck']);
/** How much of the page's colour a cell has that learned a part only. */
const PART = 0.6;

/**
 * Returns the colours of the cells that did not learn.
 *
 * @param {import('../plots/palette.js').Colours} colours
 * @param {CSSStyleDeclaration} style of an element in the theme
 */
function failedColours({ paper }, style) {
  const of = (/** @type {keyof typeof COLOURS} */ kind, share = 0.15) =>
    mix(rgb(style.getPropertyValue(COLOURS[kind])), paper, share);
  return { slow: of('slow'), large: of('large'), dead: of('dead'), stuck: of('dead', PART) };
}

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
    sheet`
      .slow {
        background: var(--run-2);
      }
      .large {
        background: var(--run-3);
      }
      .dead {
        background: var(--run-1);
      }
      .stuck {
        background: color-mix(in srgb, var(--paper) 60%, var(--run-1));
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
     * @type {({ first: Metrics, final: Metrics, parameters: ArrayLike<number> } | undefined)[][][]}
     */
    this.results = METHODS.map(() => RATES.map(() => []));
    /** The training examples, to find dead layers. @type {ArrayLike<number> | null} */
    this.inputs = null;
    /** Outcomes that are known. @type {Map<object, import('./rate-experiments.js').Outcome>} */
    this.outcomes = new Map();
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
    ask((lab) => lab.trainingInputs(rateSpec('gd', 0, 0).dataset)).then(
      (inputs) => {
        this.inputs = inputs;
        this.requestUpdate();
      },
      () => {},
    );
    return CELLS.map(({ map, row, column }) => rateSpec(METHODS[map], row, column));
  }

  /**
   * @param {number} index
   * @param {import('../story/sweep-memory.js').Outcome} result
   */
  take(index, result) {
    const { history, final, parameters } = /** @type {import('../../src/js/types.js').Result} */ (result);
    // The tab's memory holds no parameters.
    if (parameters === undefined) throw new TypeError('a result without its parameters');
    const { map, row, column } = CELLS[index];
    this.results[map][row][column] = { first: history[0], final, parameters };
  }

  /**
   * Returns the outcome of a cell, null while it is not known.
   *
   * @param {number} map
   * @param {number} row
   * @param {number} column
   */
  outcome(map, row, column) {
    const result = this.results[map][row][column];
    if (result === undefined || this.inputs === null) return null;
    const known = this.outcomes.get(result);
    if (known !== undefined) return known;
    const outcome = outcomeOf(result.first, result.final, hasDeadLayer(result.parameters, this.inputs));
    this.outcomes.set(result, outcome);
    return outcome;
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
    const shown = failedColours(colours, style);
    return (/** @type {number} */ row, /** @type {number} */ column) => {
      const outcome = this.outcome(map, row, column);
      const accuracy = this.results[map][row][column]?.final.trainAccuracy ?? 0;
      if (outcome === null) return null;
      return {
        colour:
          outcome === 'learned'
            ? mix(shown.stuck, colours.paper, Math.min(1, Math.max(0, 4 * (accuracy - 0.75))))
            : shown[outcome],
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

  /** Names the large regions once all cells are trained. @param {number} map */
  regions(map) {
    if (!this.runner.complete) return [];
    const kinds = /** @type {const} */ ({ slow: ['slow'], learns: ['learned'], large: ['large', 'dead'] });
    return Object.entries(kinds).flatMap(([name, outcomes]) => {
      const place = middleOf(this.rows, this.columns, (row, column) => {
        const outcome = this.outcome(map, row, column);
        return outcome !== null && /** @type {readonly string[]} */ (outcomes).includes(outcome);
      });
      return place === null ? [] : [{ ...place, text: words(`rates.region.${name}`) }];
    });
  }

  get reading() {
    if (this.cursor === null) return words('rates.hint');
    const { map, row, column } = this.cursor;
    const final = this.results[map][row][column]?.final;
    const outcome = this.outcome(map, row, column);
    return words('rates.cell', {
      method: this.names[map],
      factor: compact(FACTORS[column]),
      rate: compact(RATES[row]),
      value:
        final === undefined || outcome === null
          ? words('rates.cell.none')
          : words('rates.cell.value', {
              outcome: words(`rates.outcome.${outcome}`),
              accuracy: percent(final.trainAccuracy),
              cost: cost(final.cost, 3),
            }),
    });
  }

  get table() {
    const rows = CELLS.map(({ map, row, column }) => {
      const final = this.results[map][row][column]?.final;
      const outcome = this.outcome(map, row, column) ?? undefined;
      return [METHODS[map], RATES[row], FACTORS[column], final?.cost, final?.trainAccuracy, outcome];
    });
    return {
      name: 'init-lab-rates.csv',
      rows: [['method', 'learningRate', 'factor', 'cost', 'trainAccuracy', 'outcome'], ...rows],
    };
  }

  /** @param {Element} themed */
  figureTexts(themed) {
    const colours = coloursOf(themed);
    const shown = { ...failedColours(colours, getComputedStyle(themed)), learned: colours.paper };
    return {
      title: words('maps.rate.heading'),
      legend: [
        ...KINDS.map((kind) => ({
          colour: css(shown[kind]),
          text: words(`rates.legend.${kind}`),
        })),
        { colour: 'var(--class-0)', text: words('rates.line'), dash: '6 4' },
      ],
      caption: words('rates.caption', { iterations: whole(ITERATIONS), progress: this.runner.progress }),
    };
  }

  legend() {
    return html`${[...KINDS, 'missing'].map(
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
