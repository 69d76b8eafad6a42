// Depth against weight standard deviation: which networks learn. Coarse first, then fine, by the pool of workers.

import { LitElement, css, html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { define, shared } from '../components/element.js';
import { formula } from '../components/formula.js';
import { paintHeatmap } from '../plots/heatmap.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { watchSight } from '../components/sight.js';
import { ask } from '../race/race.js';
import { saveText } from '../exports/save.js';
import { bar, choice } from './bar.js';
import { labAddress } from './lab-address.js';
import {
  COLUMNS,
  CRITICAL,
  DEPTHS,
  GAINS,
  CHOICES,
  reachOf,
  SEEDS,
  cellSpec,
  columnOf,
  gainAt,
  jobs,
  placeOf,
  readChoices,
  saidOf,
  writeChoices,
} from './phase-experiments.js';
import { SweepRunner } from './sweep-runner.js';

/** Places an axis' word. @param {number} share of the axis' length */
const placed = (share) =>
  ref((element) =>
    /** @type {HTMLElement | undefined} */ (element)?.style.setProperty('--at', `${100 * share}%`),
  );

export class PhaseDiagram extends LitElement {
  static properties = {
    activation: { state: true },
    output: { state: true },
    data: { state: true },
    method: { state: true },
    brief: { type: Boolean },
    reach: { state: true },
    measure: { state: true },
    cursor: { state: true },
  };
  static styles = [
    shared,
    bar,
    css`
      .map {
        display: grid;
        grid-template-columns: auto auto minmax(0, 1fr);
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
        grid-column: 3;
        color: var(--quiet);
        font-size: var(--small);
      }
      .critical,
      .size {
        position: relative;
        height: 1.25rem;
      }
      .critical span,
      .size span {
        position: absolute;
        left: var(--at);
        transform: translateX(-50%);
        white-space: nowrap;
      }
      .critical span {
        color: var(--ink);
      }
      .side {
        writing-mode: vertical-rl;
        transform: rotate(180deg);
        text-align: center;
        color: var(--quiet);
        font-size: var(--small);
      }
      .depth {
        position: relative;
        width: 1.25rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      .depth span {
        position: absolute;
        right: 0;
        bottom: var(--at);
        transform: translateY(50%);
      }
      .axis {
        text-align: center;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.5rem;
        margin-top: 0.5rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      .legend i {
        width: 8rem;
        height: 0.75rem;
        print-color-adjust: exact;
        forced-color-adjust: none;
        background: linear-gradient(
          to right,
          color-mix(in srgb, var(--paper), var(--ink) 6%),
          color-mix(in srgb, var(--paper), var(--ink) 90%)
        );
      }
      .together {
        white-space: nowrap;
      }
      .legend svg {
        display: inline;
        margin-right: 0.5rem;
      }
      .found {
        min-height: 3em;
        max-width: 44rem;
        margin: 0.5rem 0 0.25rem;
        font-size: var(--small);
      }
      .said {
        min-height: 2.8em;
        max-width: 44rem;
        font-size: var(--small);
      }
      @media print {
        .said {
          display: none;
        }
      }
      .said a {
        color: inherit;
      }
    `,
  ];

  constructor() {
    super();
    const chosen = readChoices('');
    this.activation = chosen.activation;
    this.output = chosen.output;
    this.data = chosen.data;
    this.method = chosen.method;
    this.measure = chosen.measure;
    /** Every second row and column, and no choices: for a page that has more to say. */
    this.brief = false;
    /** How deep a signal reaches by theory: rows over columns, both from the lower left edge. @type {{ column: number, row: number }[]} */
    this.reach = [];
    this.runner = new SweepRunner(this);
    /** @type {{ row: number, column: number } | null} */
    this.cursor = null;
    this.byMouse = true;
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
    if (this.brief) this.jobs = jobs(2);
    else {
      const choose = () => Object.assign(this, readChoices(location.hash));
      const follow = () => {
        choose();
        this.restart();
      };
      choose();
      addEventListener('hashchange', follow);
      this.leavings.push(() => removeEventListener('hashchange', follow));
    }
    const leave = watchSight(this, (seen) => {
      if (!seen) return;
      leave();
      this.begin();
    });
    this.leavings.push(
      () => observer.disconnect(),
      leave,
      onThemeChange(() => this.paint()),
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const leave of this.leavings) leave();
  }

  get canvas() {
    return /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
  }

  /** Trains what is missing, whether or not the map has been seen. */
  begin() {
    if (this.runner.total === 0) this.restart();
    else this.runner.resume();
  }

  /** Forgets what was computed and begins anew. */
  restart() {
    // Why theory does not answer the trainings tell, which do not run either.
    this.askTheory().catch(() => {});
    this.cells = DEPTHS.flatMap(() => GAINS.map(() => /** @type {typeof this.cells[0]} */ ([])));
    this.runner.begin(
      this.jobs.map((job) => cellSpec(this, job)),
      (index, { final }) => {
        const { row, column, seed } = this.jobs[index];
        this.cells[row * COLUMNS + column][SEEDS.indexOf(seed)] = final;
      },
    );
  }

  /** Asks the core how deep a signal reaches from each size. */
  async askTheory() {
    const { activation } = this;
    const columns = Array.from({ length: 4 * COLUMNS + 1 }, (_, i) => i / 4);
    const points = await ask((lab) =>
      lab.meanFields(
        columns.map((column) => ({ activation, weightVariance: gainAt(column) ** 2, biasVariance: 0 })),
      ),
    );
    if (activation !== this.activation) return;
    this.reach = columns.map((column, i) => ({ column, row: placeOf(reachOf(points[i])) }));
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
      curve: this.reach,
      cursor: this.cursor,
    });
  }

  /** Where theory's size stands, in columns from the left edge. */
  get line() {
    return columnOf(CRITICAL[this.activation]);
  }

  /** The lab with a cell's first draw, and with the examples to test that a cell goes without. @param {{ row: number, column: number }} cell */
  address(cell) {
    const { dataset, ...spec } = cellSpec(this, { ...cell, seed: SEEDS[0] });
    const { name, samples } = dataset;
    return labAddress([{ ...spec, dataset: { name, samples } }], 100);
  }

  /** @param {{ row: number, column: number }} cell */
  open(cell) {
    location.href = this.address(cell);
  }

  /** A finger's tap only points, as it cannot point before. @param {PointerEvent} event */
  press(event) {
    this.byMouse = event.pointerType === 'mouse';
    this.cursor = this.cellAt(event);
  }

  /** @param {MouseEvent} event */
  pick(event) {
    if (this.byMouse) this.open(this.cellAt(event));
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
    if (event.key === 'Enter' && this.cursor !== null) this.open(at);
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.cursor = {
      row: Math.min(DEPTHS.length - 1, Math.max(0, at.row + move[0])),
      column: Math.min(COLUMNS - 1, Math.max(0, at.column + move[1])),
    };
  }

  async save() {
    const { csvText } = await import('../../src/js/csv.js');
    const rows = this.cells.flatMap((cell, index) =>
      cell.map((final, draw) => [
        DEPTHS[Math.floor(index / COLUMNS)],
        GAINS[index % COLUMNS],
        SEEDS[draw],
        final?.cost,
        final?.trainAccuracy,
      ]),
    );
    const head = ['depth', 'gain', 'seed', 'cost', 'train_accuracy'];
    saveText('init-lab-phase.csv', csvText(head, rows), 'text/csv');
  }

  /** @param {'activation' | 'output' | 'data' | 'method' | 'measure'} name */
  choice(name) {
    const { label, options } = CHOICES[name];
    const choose = (/** @type {string} */ value) => {
      /** @type {any} */ (this)[name] = value;
      if (!this.brief) history.replaceState(null, '', `#${writeChoices(this)}`);
      if (name !== 'measure') this.restart();
    };
    return choice(label, Object.keys(options), this[name], choose, options);
  }

  get found() {
    if (this.runner.done === 0) return 'Nothing is trained yet.';
    return saidOf((row, column) => this.shade(row, column));
  }

  get said() {
    if (this.cursor === null)
      return 'Point at a cell, tap it or use the arrow keys for its value; a click or Enter opens it in the lab.';
    const { row, column } = this.cursor;
    const found = this.value(row, column);
    const share = this.measure === 'trainAccuracy';
    const known = share ? `${(100 * Number(found)).toFixed(1)} %` : `cost ${Number(found).toPrecision(3)}`;
    const value = found === null ? 'not computed yet' : known;
    const layers = DEPTHS[row] === 1 ? '1 hidden layer' : `${DEPTHS[row]} hidden layers`;
    return `${layers}, weight standard deviation ${GAINS[column]} / √n_in: ${value}`;
  }

  render() {
    return html`<div class="bar">
        ${this.choice('activation')} ${this.choice('output')}
        ${this.brief ? nothing : html`${this.choice('data')} ${this.choice('method')}`}
        ${this.choice('measure')} ${this.runner.bar()}
        ${
          this.brief
            ? nothing
            : html`<button type="button" ?disabled=${this.runner.done === 0} @click=${() => this.save()}>
                CSV
              </button>`
        }
      </div>
      <div class="map">
        <div class="critical" aria-hidden="true">
          <span ${placed(this.line / COLUMNS)}
            >${this.activation === 'relu' ? '√2: He' : '1: edge of chaos'}</span
          >
        </div>
        <div class="side" aria-hidden="true">hidden layers</div>
        <div class="depth" aria-hidden="true">
          ${[1, 8, 16, 24, 32].map((depth) => html`<span ${placed(placeOf(depth) / DEPTHS.length)}>${depth}</span>`)}
        </div>
        <canvas
          role="application"
          tabindex="0"
          aria-label=${`${this.measure === 'cost' ? 'Cost' : 'Training accuracy'} over depth and weight standard deviation`}
          @pointermove=${(/** @type {PointerEvent} */ event) => (this.cursor = this.cellAt(event))}
          @pointerdown=${(/** @type {PointerEvent} */ event) => this.press(event)}
          @click=${(/** @type {MouseEvent} */ event) => this.pick(event)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}
        ></canvas>
        <div class="size" aria-hidden="true">
          ${[0.25, 0.5, 1, 2, 4].map((gain) => html`<span ${placed(columnOf(gain) / COLUMNS)}>${gain}</span>`)}
        </div>
        <div class="axis" aria-hidden="true">weight standard deviation · √n<sub>in</sub></div>
      </div>
      <p class="said" aria-live="polite">
        ${formula(this.said)}
        ${this.cursor === null ? nothing : html`<a href=${this.address(this.cursor)}>Open in the lab</a>`}
      </p>
      <p class="legend">
        ${this.measure === 'cost' ? `cost ${this.idleCost.toPrecision(3)} or more` : '50 % right or fewer'}
        <i></i>
        ${this.measure === 'cost' ? 'cost 0' : '100 %'}
        <span class="together"
          ><svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
            <path d="M0 4H24" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="6 3" /></svg
          >six of theory’s depth scales</span
        >
      </p>
      <p class="found">${this.found}</p>`;
  }
}

define('phase-diagram', PhaseDiagram);
