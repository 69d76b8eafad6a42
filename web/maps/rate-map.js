// Learning rate against factor of randn, for gradient descent and Adam: two maps of the same
// networks, side by side.

import { css, html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { define, shared } from '../components/element.js';
import { formula } from '../templates/formula.js';
import { watchSight } from '../browser/sight.js';
import { saveText } from '../exports/save.js';
import { ask } from '../race/race.js';
import { paintHeatmap } from '../plots/heatmap.js';
import { coloursOf, mix, onThemeChange, rgb } from '../plots/palette.js';
import { compact, cost, percent } from '../texts/format.js';
import { bar } from '../story/bar.js';
import { labAddress } from '../story/lab-address.js';
import { FACTORS, METHODS, RATES, outcomeOf, placeOn, rateSpec } from './rate-experiments.js';
import { StoryElement } from '../story/story-element.js';
import { SweepRunner } from '../story/sweep-runner.js';
import { words } from '../story/words.js';

/** @typedef {{ method: number, row: number, column: number }} Cell */
/** @typedef {import('./rate-experiments.js').Metrics} Metrics */

/** Colours of the cells that did not learn, by the names of the runs' colours in the theme. */
const COLOURS = /** @type {const} */ ({ slow: '--run-2', large: '--run-3', stuck: '--run-1' });

/**
 * The cells in the order of their training: every eighth row and column first, then every fourth,
 * second and all.
 */
const CELLS = RATES.flatMap((_, row) =>
  FACTORS.flatMap((__, column) => METHODS.map((___, method) => ({ method, row, column }))),
).sort((a, b) => strideOf(a) - strideOf(b));

/** @param {Cell} cell */
function strideOf({ row, column }) {
  return [8, 4, 2, 1].findIndex((step) => row % step === 0 && column % step === 0);
}

/**
 * Returns the style that positions a number of an axis.
 *
 * @param {string} property
 * @param {number} share
 */
const placed = (property, share) =>
  ref((element) =>
    /** @type {HTMLElement | undefined} */ (element)?.style.setProperty(property, `${100 * share}%`),
  );

export class RateMap extends StoryElement {
  static properties = { cursor: { state: true }, limit: { state: true } };
  static styles = [
    shared,
    bar,
    css`
      .maps {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: 1rem 1.5rem;
      }
      h3 {
        margin: 0 0 0.25rem 3rem;
        font-size: var(--text);
      }
      .map {
        display: grid;
        grid-template-columns: 1.25rem 1.75rem minmax(0, 1fr);
      }
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        cursor: pointer;
      }
      .side {
        writing-mode: vertical-rl;
        transform: rotate(180deg);
        text-align: center;
      }
      .side,
      .rates,
      .factors,
      .axis,
      .legend,
      .reading {
        color: var(--quiet);
        font-size: var(--small);
      }
      .rates,
      .factors {
        position: relative;
        font-variant-numeric: tabular-nums;
      }
      .rates span {
        position: absolute;
        right: 0.375rem;
        bottom: var(--at);
        transform: translateY(50%);
      }
      .factors,
      .axis {
        grid-column: 3;
      }
      .factors {
        height: 1.375rem;
      }
      .factors span {
        position: absolute;
        left: var(--at);
        transform: translateX(-50%);
      }
      .axis {
        text-align: center;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        margin: 0.5rem 0;
      }
      .legend i {
        display: inline-block;
        width: 1rem;
        height: 0.75rem;
        forced-color-adjust: none;
        print-color-adjust: exact;
      }
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
      .missing {
        background: repeating-linear-gradient(135deg, var(--line) 0 3px, var(--paper) 3px 5px);
      }
      .reading {
        min-height: 2.8em;
      }
      .reading a {
        color: inherit;
      }
    `,
  ];

  constructor() {
    super();
    this.runner = new SweepRunner(this);
    /**
     * Results by method, row and column.
     *
     * @type {({ first: Metrics, final: Metrics } | undefined)[][][]}
     */
    this.results = METHODS.map(() => RATES.map(() => []));
    /**
     * The rates above which gradient descent overshoots at iteration 0.
     *
     * @type {{ column: number, row: number }[]}
     */
    this.limit = [];
    /** @type {Cell | null} */
    this.cursor = null;
    this.byMouse = true;
  }

  firstUpdated() {
    const observer = new ResizeObserver(() => this.requestUpdate());
    for (const canvas of this.canvases) observer.observe(canvas);
    const stopWatching = watchSight(this, (seen) => {
      if (!seen) return;
      stopWatching();
      this.begin();
    });
    this.cleanups.push(
      () => observer.disconnect(),
      stopWatching,
      onThemeChange(() => this.requestUpdate()),
    );
  }

  /** Trains all cells, even if the maps are not visible. */
  begin() {
    if (this.runner.total > 0) return this.runner.resume();
    // Errors are reported by the training runs, which fail for the same reason.
    this.measureLimit().catch(() => {});
    return this.runner.begin(
      CELLS.map(({ method, row, column }) => rateSpec(METHODS[method], row, column)),
      (index, { history, final }) => {
        const { method, row, column } = CELLS[index];
        this.results[method][row][column] = { first: history[0], final };
      },
    );
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

  get canvases() {
    return /** @type {HTMLCanvasElement[]} */ ([...this.renderRoot.querySelectorAll('canvas')]);
  }

  updated() {
    const colours = coloursOf(this);
    const style = getComputedStyle(this);
    const failed = Object.fromEntries(
      Object.entries(COLOURS).map(([outcome, name]) => [outcome, rgb(style.getPropertyValue(name))]),
    );
    for (const [method, canvas] of this.canvases.entries()) {
      const side = Math.round(canvas.clientWidth * Math.min(devicePixelRatio, 2));
      if (side === 0) continue;
      if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
      paintHeatmap(canvas, colours, {
        rows: RATES.length,
        columns: FACTORS.length,
        cell: (row, column) => {
          const result = this.results[method][row][column];
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
        },
        line: null,
        curve: METHODS[method] === 'gd' ? this.limit : [],
        cursor: this.cursor?.method === method ? this.cursor : null,
      });
    }
  }

  /**
   * @param {PointerEvent | MouseEvent} event
   * @param {number} method
   * @returns {Cell}
   */
  cellAt(event, method) {
    const box = this.canvases[method].getBoundingClientRect();
    const part = (/** @type {number} */ share, /** @type {number} */ count) =>
      Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    return {
      method,
      row: part((box.bottom - event.clientY) / box.height, RATES.length),
      column: part((event.clientX - box.left) / box.width, FACTORS.length),
    };
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} method
   */
  key(event, method) {
    const start = this.cursor?.method === method ? this.cursor : { method, row: 0, column: 0 };
    if (event.key === 'Enter' && this.cursor !== null) location.href = this.address(this.cursor);
    const moves = /** @type {Record<string, number[]>} */ ({
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [1, 0],
      ArrowDown: [-1, 0],
    });
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.cursor = {
      method,
      row: Math.min(RATES.length - 1, Math.max(0, start.row + move[0])),
      column: Math.min(FACTORS.length - 1, Math.max(0, start.column + move[1])),
    };
  }

  /**
   * Returns the link to the lab with a cell and, beside it, He at the same learning rate.
   * @param {Cell} cell
   */
  address({ method, row, column }) {
    const { dataset, ...spec } = rateSpec(METHODS[method], row, column);
    const own = { ...spec, dataset: { name: dataset.name } };
    return labAddress([own, { ...own, init: { name: 'he_normal', seed: own.init.seed } }], 300);
  }

  get reading() {
    if (this.cursor === null) return words('rates.hint');
    const { method, row, column } = this.cursor;
    const final = this.results[method][row][column]?.final;
    return words('rates.cell', {
      method: words(`rates.method.${METHODS[method]}`),
      factor: compact(FACTORS[column]),
      rate: compact(RATES[row]),
      value:
        final === undefined
          ? words('rates.cell.none')
          : words('rates.cell.value', { accuracy: percent(final.trainAccuracy), cost: cost(final.cost, 3) }),
    });
  }

  async save() {
    const { csvText } = await import('../../src/js/csv.js');
    const rows = CELLS.map(({ method, row, column }) => {
      const final = this.results[method][row][column]?.final;
      return [METHODS[method], RATES[row], FACTORS[column], final?.cost, final?.trainAccuracy];
    });
    saveText(
      'init-lab-rates.csv',
      csvText(['method', 'learning_rate', 'factor', 'cost', 'train_accuracy'], rows),
      'text/csv',
    );
  }

  render() {
    return html`<div class="bar">
        ${this.runner.bar()}
        <button type="button" ?disabled=${this.runner.done === 0} @click=${() => this.save()}>CSV</button>
      </div>
      <div class="maps">${METHODS.map((_, method) => this.map(method))}</div>
      <p class="legend">
        ${['slow', 'learned', 'large', 'stuck', 'missing'].map(
          (kind) => html`<span><i class=${kind}></i> ${words(`rates.legend.${kind}`)}</span>`,
        )}
        <span
          ><svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
            <path d="M0 4H24" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="6 3" />
          </svg>
          ${formula(words('rates.line'))}</span
        >
      </p>
      <p class="reading" aria-live="polite">
        ${this.reading}
        ${this.cursor === null ? nothing : html`<a href=${this.address(this.cursor)}>${words('phase.open')}</a>`}
      </p>`;
  }

  /** @param {number} method */
  map(method) {
    const name = words(`rates.method.${METHODS[method]}`);
    const point = (/** @type {PointerEvent} */ event) => (this.cursor = this.cellAt(event, method));
    const press = (/** @type {PointerEvent} */ event) => {
      this.byMouse = event.pointerType === 'mouse';
      point(event);
    };
    const open = (/** @type {MouseEvent} */ event) => {
      // A tap only reads the value, because a finger cannot hover.
      if (this.byMouse) location.href = this.address(this.cellAt(event, method));
    };
    return html`<div>
      <h3>${name}</h3>
      <div class="map">
        <div class="side" aria-hidden="true">${words('rates.axis.rate')}</div>
        <div class="rates" aria-hidden="true">
          ${[0.001, 0.01, 0.1, 1, 10].map((rate) => html`<span ${placed('--at', placeOn(RATES, rate) / RATES.length)}>${compact(rate)}</span>`)}
        </div>
        <canvas
          role="application"
          tabindex="0"
          aria-label=${words('rates.label', { method: name })}
          @pointermove=${point}
          @pointerdown=${press}
          @click=${open}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event, method)}
        ></canvas>
        <div class="factors" aria-hidden="true">
          ${[0.001, 0.01, 0.1, 1, 10].map((factor) => html`<span ${placed('--at', placeOn(FACTORS, factor) / FACTORS.length)}>${compact(factor)}</span>`)}
        </div>
        <div class="axis" aria-hidden="true">${words('rates.axis.factor')}</div>
      </div>
    </div>`;
  }
}

define('rate-map', RateMap);
