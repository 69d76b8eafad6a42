// Depth against weight standard deviation: which networks learn. Coarse first, then fine, by the pool of workers.

import { LitElement, css, html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { define, shared } from '../components/element.js';
import { paintHeatmap } from '../plots/heatmap.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { newId, startState, writeLink } from '../state/table.js';
import { saveText } from '../exports/save.js';
import { SweepRunner } from './sweep-runner.js';

const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32];
const COLUMNS = 24;
const LEAST = 0.25;
const GREATEST = 4;
const GAINS = Array.from({ length: COLUMNS }, (_, c) =>
  Number((LEAST * (GREATEST / LEAST) ** (c / (COLUMNS - 1))).toPrecision(3)),
);
const SEEDS = [3, 4, 5];
const WIDTH = 10;
const ITERATIONS = 500;
const LEARNING_RATE = 0.1;
/** Weight standard deviation times the root of the fan-in that keeps a signal's size: He et al. 2015; for tanh the edge of chaos at bias 0, Poole et al. 2016. */
const CRITICAL = { relu: Math.SQRT2, tanh: 1 };

/** @typedef {{ row: number, column: number, seed: number }} Job */

/** Every eighth cell, then every fourth, second, all; then the other draws. @returns {Job[]} */
function jobs() {
  const stride = (/** @type {Job} */ { row, column }) =>
    [8, 4, 2, 1].findIndex((step) => row % step === 0 && column % step === 0);
  return SEEDS.flatMap((seed) =>
    DEPTHS.flatMap((_, row) => GAINS.map((__, column) => ({ row, column, seed }))).sort(
      (a, b) => stride(a) - stride(b),
    ),
  );
}

export class PhaseDiagram extends LitElement {
  static properties = {
    activation: { state: true },
    output: { state: true },
    measure: { state: true },
    cursor: { state: true },
  };
  static styles = [
    shared,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 1rem;
        min-height: 2.5rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      .map {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.25rem 0.5rem;
        max-width: 44rem;
      }
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 4 / 3;
        cursor: pointer;
      }
      .critical,
      .size,
      .axis {
        grid-column: 2;
        color: var(--quiet);
        font-size: var(--small);
      }
      .critical span {
        position: relative;
        left: var(--at);
        display: inline-block;
        transform: translateX(-50%);
        color: var(--ink);
      }
      .axis {
        text-align: center;
      }
      .legend {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        margin-top: 0.5rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      .legend i {
        width: 8rem;
        height: 0.75rem;
        background: linear-gradient(
          to right,
          color-mix(in srgb, var(--paper), var(--ink) 6%),
          color-mix(in srgb, var(--paper), var(--ink) 90%)
        );
      }
      .depth,
      .size {
        display: flex;
        justify-content: space-between;
        color: var(--quiet);
        font-size: var(--small);
      }
      .depth {
        flex-direction: column-reverse;
        text-align: right;
      }
      .said {
        min-height: 1.5rem;
        font-size: var(--small);
      }
      progress {
        width: 8rem;
        accent-color: var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {'relu' | 'tanh'} */
    this.activation = 'relu';
    /** @type {'sigmoid' | 'tanh'} */
    this.output = 'sigmoid';
    /** @type {'trainAccuracy' | 'cost'} */
    this.measure = 'trainAccuracy';
    this.runner = new SweepRunner(this);
    /** @type {{ row: number, column: number } | null} */
    this.cursor = null;
    this.jobs = jobs();
    /** What each cell's draws ended with. @type {{ trainAccuracy: number, cost: number }[][]} */
    this.cells = [];
    /** @type {(() => void)[]} */
    this.leavings = [];
  }

  firstUpdated() {
    const canvas = this.canvas;
    const observer = new ResizeObserver(() => {
      canvas.width = Math.round(canvas.clientWidth * Math.min(devicePixelRatio, 2));
      canvas.height = Math.round(canvas.clientHeight * Math.min(devicePixelRatio, 2));
      this.paint();
    });
    observer.observe(canvas);
    this.leavings.push(
      () => observer.disconnect(),
      onThemeChange(() => this.paint()),
    );
    this.restart();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const leave of this.leavings) leave();
  }

  get canvas() {
    return /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
  }

  /** Forgets what was computed and begins anew. */
  restart() {
    this.cells = DEPTHS.flatMap(() => GAINS.map(() => /** @type {typeof this.cells[0]} */ ([])));
    this.runner.begin(
      this.jobs.map((job) => this.spec(job)),
      (index, { final }) => {
        const { row, column, seed } = this.jobs[index];
        this.cells[row * COLUMNS + column][SEEDS.indexOf(seed)] = final;
      },
    );
  }

  /** @param {Job} job */
  spec({ row, column, seed }) {
    return {
      dataset: { name: 'circles', samples: 100, testSamples: 0 },
      layers: Array(DEPTHS[row]).fill(WIDTH),
      activations: this.activation,
      output: this.output,
      init: { name: 'lecun_normal', gain: GAINS[column], seed },
      optimizer: { name: 'gd', learningRate: LEARNING_RATE },
      iterations: ITERATIONS,
      // Shades need no more digits, and it takes half the time.
      precision: /** @type {const} */ ('float32'),
      record: ITERATIONS,
    };
  }

  /** The mean of a cell's draws, or that of the coarser cell that stands for it. @param {number} row @param {number} column @returns {number | null} a share 0 … 1, or a cost */
  value(row, column) {
    for (const step of [1, 2, 4, 8]) {
      const cell = (this.cells[(row - (row % step)) * COLUMNS + column - (column % step)] ?? [])
        .filter((final) => final !== undefined)
        .map((final) => final[this.measure]);
      // A cost that is no number is as bad as one without bounds.
      const mean = cell.reduce((sum, one) => sum + (Number.isNaN(one) ? Infinity : one), 0) / cell.length;
      if (cell.length > 0) return mean;
    }
    return null;
  }

  /** How strong a cell's shade is: 0 for chance, 1 for all right, or for a cost of 0. @param {number} row @param {number} column @returns {number | null} */
  shade(row, column) {
    const value = this.value(row, column);
    if (value === null) return null;
    if (this.measure === 'trainAccuracy') return 2 * (value - 0.5);
    return 1 - value / this.idleCost;
  }

  /** The cost of a network that answers the same for all: ln 2, or half a squared 1 for tanh. */
  get idleCost() {
    return this.output === 'sigmoid' ? Math.LN2 : 0.5;
  }

  /** Paints with the screen's rhythm, however fast results come. */
  soon() {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.paint();
    });
  }

  updated() {
    this.soon();
  }

  paint() {
    if (this.canvas.width === 0) return;
    paintHeatmap(this.canvas, coloursOf(this), {
      rows: DEPTHS.length,
      columns: COLUMNS,
      value: (row, column) => this.shade(row, column),
      line: this.line,
      cursor: this.cursor,
    });
  }

  /** Where theory's size stands, in columns from the left edge. */
  get line() {
    const along = Math.log(CRITICAL[this.activation] / LEAST) / Math.log(GREATEST / LEAST);
    return (COLUMNS - 1) * along + 0.5;
  }

  /** @param {{ row: number, column: number }} cell */
  open({ row, column }) {
    const { dataset, layers, output, init, optimizer, precision } = this.spec({
      row,
      column,
      seed: SEEDS[0],
    });
    const { seed, ...start } = init;
    location.href = `./index.html#${writeLink({
      ...startState(),
      dataset: { name: dataset.name, samples: dataset.samples },
      layers,
      activations: [this.activation],
      output: /** @type {'sigmoid' | 'tanh'} */ (output),
      optimizer,
      precision,
      iterations: ITERATIONS,
      seed,
      speed: 100,
      runs: [{ id: newId(), init: start, name: '', own: {} }],
      selected: 0,
    })}`;
  }

  /** @param {PointerEvent | MouseEvent} event */
  cellAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const part = (/** @type {number} */ value, /** @type {number} */ count) =>
      Math.min(count - 1, Math.max(0, Math.floor(value * count)));
    return {
      row: part((box.bottom - event.clientY) / box.height, DEPTHS.length),
      column: part((event.clientX - box.left) / box.width, COLUMNS),
    };
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const moves = /** @type {Record<string, number[]>} */ ({
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [1, 0],
      ArrowDown: [-1, 0],
    });
    const at = this.cursor ?? { row: 0, column: 0 };
    if (event.key === 'Enter') this.open(at);
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.cursor = {
      row: Math.min(DEPTHS.length - 1, Math.max(0, at.row + move[0])),
      column: Math.min(COLUMNS - 1, Math.max(0, at.column + move[1])),
    };
  }

  save() {
    const rows = this.cells.flatMap((cell, at) =>
      cell.map(
        (final, draw) =>
          `${DEPTHS[Math.floor(at / COLUMNS)]},${GAINS[at % COLUMNS]},${SEEDS[draw]},${final?.cost},${final?.trainAccuracy}`,
      ),
    );
    saveText('init-lab-phase.csv', `depth,gain,seed,cost,train_accuracy\n${rows.join('\n')}\n`, 'text/csv');
  }

  get said() {
    if (this.cursor === null)
      return 'Point at a cell, or use the arrow keys; Enter or a click opens it in the lab.';
    const { row, column } = this.cursor;
    const found = this.value(row, column);
    const share = this.measure === 'trainAccuracy';
    const known = share ? `${(100 * Number(found)).toFixed(1)} %` : `cost ${Number(found).toPrecision(3)}`;
    const value = found === null ? 'not computed yet' : known;
    return `${DEPTHS[row]} hidden layers, weight standard deviation ${GAINS[column]} / √n_in: ${value}`;
  }

  render() {
    const choice = (
      /** @type {string} */ label,
      /** @type {'activation' | 'output'} */ name,
      /** @type {string[]} */ options,
    ) =>
      html`<label
        >${label}
        <select
          @change=${(/** @type {Event} */ event) => {
            /** @type {any} */ (this)[name] = /** @type {HTMLSelectElement} */ (event.target).value;
            this.restart();
          }}
        >
          ${options.map((option) => html`<option value=${option} ?selected=${this[name] === option}>${option}</option>`)}
        </select></label
      >`;
    return html`<div class="bar">
        ${choice('hidden units', 'activation', ['relu', 'tanh'])}
        ${choice('output', 'output', ['sigmoid', 'tanh'])}
        <label
          >colour
          <select
            @change=${(/** @type {Event} */ event) => {
              this.measure = /** @type {any} */ (event.target).value;
            }}
          >
            <option value="trainAccuracy">training accuracy</option>
            <option value="cost">cost</option>
          </select></label
        >
        ${this.runner.bar()}
        <button type="button" ?disabled=${this.runner.done === 0} @click=${() => this.save()}>CSV</button>
      </div>
      <div class="map">
        <div class="critical" aria-hidden="true">
          <span
            ${ref((element) => {
              const at = `${(100 * this.line) / COLUMNS}%`;
              /** @type {HTMLElement | undefined} */ (element)?.style.setProperty('--at', at);
            })}
            >${this.activation === 'relu' ? '√2: He' : '1: edge of chaos'}</span
          >
        </div>
        <div class="depth" aria-hidden="true"><span>1</span><span>hidden layers</span><span>32</span></div>
        <canvas
          role="img"
          tabindex="0"
          aria-label=${`${this.measure === 'cost' ? 'Cost' : 'Training accuracy'} over depth and weight standard deviation. ${this.said}`}
          @pointermove=${(/** @type {PointerEvent} */ event) => (this.cursor = this.cellAt(event))}
          @pointerleave=${() => (this.cursor = null)}
          @click=${(/** @type {MouseEvent} */ event) => this.open(this.cellAt(event))}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}
        ></canvas>
        <div class="size" aria-hidden="true">
          <span>${LEAST}</span><span>${Math.sqrt(LEAST * GREATEST)}</span><span>${GREATEST}</span>
        </div>
        <div class="axis" aria-hidden="true">weight standard deviation · √n<sub>in</sub></div>
      </div>
      <p class="legend">
        ${this.measure === 'cost' ? `cost ${this.idleCost.toPrecision(3)} or more` : '50 % right or fewer'}
        <i></i>
        ${this.measure === 'cost' ? 'cost 0' : '100 %'}
      </p>
      <p class="said" aria-live="polite">${this.said}</p>`;
  }
}

define('phase-diagram', PhaseDiagram);
