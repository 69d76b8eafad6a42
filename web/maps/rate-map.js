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
  SEEDS,
  hasDeadLayer,
  medianResult,
  outcomeOf,
  placeOn,
  rateSpec,
} from './rate-experiments.js';

/** @typedef {import('./pair-map.js').Cell} Cell */
/** @typedef {import('./rate-experiments.js').Metrics} Metrics */
/**
 * @typedef {{ first: Metrics, final: Metrics, parameters: ArrayLike<number>, seed: number }}
 *   Trained
 */

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
 * The trainings in their order: every eighth row and column first, then every fourth, second and
 * all, each with all seeds.
 */
const JOBS = RATES.flatMap((_, row) =>
  FACTORS.flatMap((__, column) =>
    METHODS.flatMap((___, map) => SEEDS.map((seed) => ({ map, row, column, seed }))),
  ),
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
     * The results so far by method, row and column, in any order of their seeds.
     *
     * @type {Trained[][][][]}
     */
    this.results = METHODS.map(() => RATES.map(() => FACTORS.map(() => [])));
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
    return JOBS.map(({ map, row, column, seed }) => rateSpec(METHODS[map], row, column, seed));
  }

  /**
   * @param {number} index
   * @param {import('../story/sweep-memory.js').Outcome} result
   */
  take(index, result) {
    const { history, final, parameters } = /** @type {import('../../src/js/types.js').Result} */ (result);
    // The tab's memory holds no parameters.
    if (parameters === undefined) throw new TypeError('a result without its parameters');
    const { map, row, column, seed } = JOBS[index];
    this.results[map][row][column].push({ first: history[0], final, parameters, seed });
  }

  /** The result that stands for a cell. @param {Cell} cell */
  resultOf({ map, row, column }) {
    return medianResult(this.results[map][row][column]);
  }

  /**
   * Returns the outcome of a training, null while it is not known.
   *
   * @param {Trained | undefined} result
   */
  outcome(result) {
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
      const result = this.resultOf({ map, row, column });
      const outcome = this.outcome(result);
      if (result === undefined || outcome === null) return null;
      const { trainAccuracy: accuracy } = result.final;
      return {
        colour:
          outcome === 'learned'
            ? mix(shown.stuck, colours.paper, Math.min(1, Math.max(0, 4 * (accuracy - 0.75))))
            : shown[outcome],
        preliminary: this.results[map][row][column].length < SEEDS.length,
      };
    };
  }

  /** The lab with a cell and, beside it, He at the same learning rate. @param {Cell} cell */
  address(cell) {
    const { map, row, column } = cell;
    const { dataset, ...spec } = rateSpec(METHODS[map], row, column, this.resultOf(cell)?.seed);
    const own = { ...spec, dataset: { name: dataset.name } };
    return labAddress([own, { ...own, init: { name: 'he_normal', seed: own.init.seed } }], 300);
  }

  /** Names the large regions once all cells are trained. @param {number} map */
  regions(map) {
    if (!this.runner.complete) return [];
    const kinds = /** @type {const} */ ({ slow: ['slow'], learns: ['learned'], large: ['large', 'dead'] });
    return Object.entries(kinds).flatMap(([name, outcomes]) => {
      const place = middleOf(this.rows, this.columns, (row, column) => {
        const outcome = this.outcome(this.resultOf({ map, row, column }));
        return outcome !== null && /** @type {readonly string[]} */ (outcomes).includes(outcome);
      });
      return place === null ? [] : [{ ...place, text: words(`rates.region.${name}`) }];
    });
  }

  get reading() {
    if (this.cursor === null) return words('rates.hint');
    const { map, row, column } = this.cursor;
    const result = this.resultOf(this.cursor);
    const outcome = this.outcome(result);
    return words('rates.cell', {
      method: this.names[map],
      factor: compact(FACTORS[column]),
      rate: compact(RATES[row]),
      value:
        result === undefined || outcome === null
          ? words('rates.cell.none')
          : words('rates.cell.value', {
              outcome: words(`rates.outcome.${outcome}`),
              accuracy: percent(result.final.trainAccuracy),
              cost: cost(result.final.cost, 3),
              done: this.results[map][row][column].length,
              all: SEEDS.length,
            }),
    });
  }

  get table() {
    const rows = JOBS.map(({ map, row, column, seed }) => {
      const result = this.results[map][row][column].find((each) => each.seed === seed);
      const outcome = this.outcome(result) ?? undefined;
      const { cost: end, trainAccuracy } = result?.final ?? {};
      return [METHODS[map], RATES[row], FACTORS[column], seed, end, trainAccuracy, outcome];
    });
    return {
      name: 'init-lab-rates.csv',
      rows: [['method', 'learningRate', 'factor', 'seed', 'cost', 'trainAccuracy', 'outcome'], ...rows],
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
      caption: words('rates.caption', {
        iterations: whole(ITERATIONS),
        seeds: SEEDS.length,
        progress: this.runner.progress,
      }),
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
