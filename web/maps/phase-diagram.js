// Depth against weight standard deviation: which networks learn. The pool trains a coarse map
// first, then a fine one.

import { html, nothing } from 'lit';
import { define, shared } from '../components/element.js';
import { formula } from '../templates/formula.js';
import { styleProperties } from '../templates/style-properties.js';
import { paintHeatmap } from '../plots/heatmap.js';
import { coloursOf, mix, onThemeChange, rgb } from '../plots/palette.js';
import { ask } from '../race/race.js';
import { saveText } from '../exports/save.js';
import { compact } from '../texts/format.js';
import { bar, choice } from '../story/bar.js';
import { figureButton } from '../story/figure-button.js';
import { labAddress } from '../story/lab-address.js';
import {
  CHOICES,
  COLUMNS,
  CRITICAL,
  DEPTHS,
  GAINS,
  SEEDS,
  cellSpec,
  columnOf,
  gainAt,
  jobs,
  placeOf,
  reachOf,
  readChoices,
  writeChoices,
} from './phase-experiments.js';
import { CAUSES } from './phase-causes.js';
import { drawing } from './phase-figure.js';
import { phaseStyles } from './phase-styles.js';
import { conclusionOf, kindsOf, legendText, readingOf } from './phase-words.js';
import { PhaseResults } from './phase-results.js';
import { StoryElement } from '../story/story-element.js';
import { SweepRunner } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';

/**
 * Returns the style that positions a word.
 *
 * @param {number} share of the axis' length
 * @param {number} [down] share of the height, from the top
 */
const placed = (share, down = 0) =>
  styleProperties({ '--at': `${100 * share}%`, '--down': `${100 * down}%` });

export class PhaseDiagram extends StoryElement {
  static properties = {
    activation: { state: true },
    network: { state: true },
    output: { state: true },
    data: { state: true },
    method: { state: true },
    brief: { type: Boolean },
    reach: { state: true },
    measure: { state: true },
    cursor: { state: true },
  };
  static styles = [shared, bar, phaseStyles];

  constructor() {
    super();
    const chosen = readChoices('');
    this.activation = chosen.activation;
    this.network = chosen.network;
    this.output = chosen.output;
    this.data = chosen.data;
    this.method = chosen.method;
    this.measure = chosen.measure;
    /** Trains every second row and column only and offers fewer choices, for the article. */
    this.brief = false;
    /**
     * The depth that theory predicts a signal reaches, in columns and rows from the lower left
     * corner.
     *
     * @type {{ column: number, row: number }[]}
     */
    this.reach = [];
    this.runner = new SweepRunner(this);
    /** @type {{ row: number, column: number } | null} */
    this.cursor = null;
    this.byMouse = true;
    this.jobs = jobs();
    this.results = new PhaseResults();
    this.paintRequested = false;
  }

  firstUpdated() {
    if (this.brief) this.jobs = jobs(2);
    else Object.assign(this, readChoices(location.hash));
    super.firstUpdated();
  }

  attached() {
    const canvas = this.canvas;
    const observer = new ResizeObserver(() => {
      canvas.width = Math.round(canvas.clientWidth * Math.min(devicePixelRatio, 2));
      canvas.height = Math.round(canvas.clientHeight * Math.min(devicePixelRatio, 2));
      this.paint();
    });
    observer.observe(canvas);
    if (!this.brief) {
      const follow = () => {
        Object.assign(this, readChoices(location.hash));
        this.restart();
      };
      addEventListener('hashchange', follow);
      this.cleanups.push(() => removeEventListener('hashchange', follow));
    }
    this.onceSeen(() => this.begin());
    this.cleanups.push(
      () => observer.disconnect(),
      onThemeChange(() => this.paint()),
    );
  }

  get canvas() {
    return /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
  }

  /** Starts or resumes the training, even if the map is not visible. */
  begin() {
    if (this.runner.total === 0) this.restart();
    else this.runner.resume();
  }

  /** Discards all results and trains the map of the current choices. */
  restart() {
    // Errors are reported by the training runs, which fail for the same reason.
    this.askTheory().catch(() => {});
    this.results = new PhaseResults(this.brief ? 2 : 1);
    this.runner.begin(
      this.jobs.map((job) => cellSpec(this, job)),
      (index, { history, final }) => {
        const { row, column, seed } = this.jobs[index];
        this.results.set(row, column, SEEDS.indexOf(seed), { first: history[0], final });
      },
    );
  }

  /** Asks the core for the depth that a signal reaches at each weight size. */
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

  /**
   * The mean over a cell's draws.
   *
   * @param {number} row
   * @param {number} column
   * @returns {number | null} a share 0 … 1, or a cost
   */
  value(row, column) {
    return this.results.value(row, column, this.measure);
  }

  /**
   * How much a cell has learned: 0 for chance, 1 for all correct or a cost of 0.
   *
   * @param {number} row
   * @param {number} column
   * @returns {number | null}
   */
  learned(row, column) {
    const value = this.value(row, column);
    if (value === null) return null;
    const share = this.measure === 'trainAccuracy' ? 2 * (value - 0.5) : 1 - value / this.idleCost;
    return Math.min(1, Math.max(0, share));
  }

  /** The cost of a constant prediction: ln 2, or half a squared 1 for tanh. */
  get idleCost() {
    return this.output === 'sigmoid' ? Math.LN2 : 0.5;
  }

  /** Paints at most once per animation frame. */
  requestPaint() {
    if (this.paintRequested) return;
    this.paintRequested = true;
    requestAnimationFrame(() => {
      this.paintRequested = false;
      if (this.isConnected) this.paint();
    });
  }

  updated() {
    this.requestPaint();
  }

  /**
   * Returns the cells' colours.
   *
   * @param {import('../plots/palette.js').Colours} colours
   * @param {CSSStyleDeclaration} style of an element in the theme
   */
  painter(colours, style) {
    const causes = Object.fromEntries(
      Object.entries(CAUSES).map(([cause, name]) => [cause, rgb(style.getPropertyValue(name))]),
    );
    return (/** @type {number} */ row, /** @type {number} */ column) => {
      const learned = this.learned(row, column);
      if (learned === null) return null;
      const cause = this.causeOf(row, column);
      // Cells that learned are light; the others have the colour of their cause.
      const colour = causes[cause === null || cause === 'learned' ? this.nearestCause(column) : cause];
      return {
        colour: mix(colour, colours.paper, 0.2 + 0.8 * learned),
        // The mean of some seeds is no result yet.
        preliminary: this.results.done(row, column) < 1,
      };
    };
  }

  paint() {
    if (this.canvas.width === 0) return;
    const colours = coloursOf(this);
    paintHeatmap(this.canvas, colours, {
      rows: DEPTHS.length,
      columns: COLUMNS,
      cell: this.painter(colours, getComputedStyle(this)),
      line: this.line,
      // Theory's reach applies to plain networks only.
      curve: this.network === 'plain' ? this.reach : [],
      cursor: this.cursor,
    });
  }

  /**
   * The nearest fault of a partly trained cell.
   *
   * @param {number} column
   * @returns {'vanished' | 'exploded' | 'other'}
   */
  nearestCause(column) {
    if (this.network !== 'plain') return 'other';
    return GAINS[column] < CRITICAL[this.activation] ? 'vanished' : 'exploded';
  }

  /** The position of the critical scale, in columns from the left edge. */
  get line() {
    return columnOf(CRITICAL[this.activation]);
  }

  /**
   * Returns the link to the lab with a cell's first draw beside the critical scale at the same
   * depth.
   *
   * @param {{ row: number, column: number }} cell
   */
  address(cell) {
    // The lab also shows the test examples; a cell trains without them.
    const { dataset, ...spec } = cellSpec(this, { ...cell, seed: SEEDS[0] });
    const { name, samples } = dataset;
    const own = { ...spec, dataset: { name, samples } };
    const critical = { ...own, init: { ...own.init, gain: CRITICAL[this.activation] } };
    return labAddress([own, critical], 100);
  }

  /** @param {{ row: number, column: number }} cell */
  open(cell) {
    location.href = this.address(cell);
  }

  /**
   * A tap moves the cursor and opens nothing, because a finger cannot hover.
   *
   * @param {PointerEvent} event
   */
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
    // A training that is missing has a row without results.
    const rows = this.results.cells.flatMap((cell, index) =>
      SEEDS.map((seed, draw) => [
        DEPTHS[Math.floor(index / COLUMNS)],
        GAINS[index % COLUMNS],
        seed,
        cell[draw]?.final.cost,
        cell[draw]?.final.trainAccuracy,
      ]),
    );
    const head = ['depth', 'gain', 'seed', 'cost', 'trainAccuracy'];
    saveText('init-lab-phase.csv', csvText(head, rows), 'text/csv');
  }

  /** @param {keyof typeof CHOICES} name */
  choice(name) {
    const options = /** @type {readonly string[]} */ (CHOICES[name]);
    const choose = (/** @type {string} */ value) => {
      /** @type {any} */ (this)[name] = value;
      if (!this.brief) history.replaceState(null, '', `#${writeChoices(this)}`);
      if (name !== 'measure') this.restart();
    };
    const labels = Object.fromEntries(options.map((option) => [option, words(`phase.${name}.${option}`)]));
    return choice(words(`phase.${name}`), [...options], this[name], choose, labels);
  }

  render() {
    return html`<div class="bar">
        ${this.choice('activation')} ${this.choice('network')} ${this.choice('output')}
        ${this.brief ? nothing : html`${this.choice('data')} ${this.choice('method')}`}
        ${this.choice('measure')} ${this.runner.bar()}
        ${
          this.brief
            ? nothing
            : html`<button type="button" ?disabled=${this.runner.done === 0} @click=${() => this.save()}>
                  CSV
                </button>
                ${figureButton({ draw: (themed) => drawing(this, themed), disabled: !this.runner.complete })}`
        }
      </div>
      <div class="map">
        <div class="critical" aria-hidden="true">
          <span ${placed(this.line / COLUMNS)}>${words(`phase.critical.${this.activation}`)}</span>
        </div>
        <div class="side" aria-hidden="true">${words('phase.depths')}</div>
        <div class="depth" aria-hidden="true">
          ${[1, 8, 16, 24, 32].map((depth) => html`<span ${placed(placeOf(depth) / DEPTHS.length)}>${depth}</span>`)}
        </div>
        <div class="field">
          <canvas
            role="application"
            tabindex="0"
            aria-label=${words(`phase.label.${this.measure}`)}
            @pointermove=${(/** @type {PointerEvent} */ event) => (this.cursor = this.cellAt(event))}
            @pointerdown=${(/** @type {PointerEvent} */ event) => this.press(event)}
            @click=${(/** @type {MouseEvent} */ event) => this.pick(event)}
            @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}
          ></canvas>
          ${this.words.map(
            ({ share, down, text }) => html`<span aria-hidden="true" ${placed(share, down)}>${text}</span>`,
          )}
        </div>
        <div class="size" aria-hidden="true">
          ${[0.25, 0.5, 1, 2, 4].map((gain) => html`<span ${placed(columnOf(gain) / COLUMNS)}>${compact(gain)}</span>`)}
        </div>
        <div class="axis" aria-hidden="true">${formula(words('phase.axis'))}</div>
      </div>
      <p class="reading" aria-live="polite">
        ${formula(readingOf(this))}
        ${this.cursor === null ? nothing : html`<a href=${this.address(this.cursor)}>${words('phase.open')}</a>`}
      </p>
      <p class="legend">
        ${[...kindsOf(this), /** @type {const} */ ('missing')].map(
          (kind) => html`<span class="together"><i class=${kind}></i> ${legendText(this, kind)}</span>`,
        )}
        ${
          this.network === 'plain'
            ? html`<span class="together"
                ><svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
                  <path d="M0 4H24" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="6 3" /></svg
                >${words(`phase.reach.${this.activation}`)}</span
              >`
            : nothing
        }
      </p>
      <p class="found">${conclusionOf(this)}</p>`;
  }

  /**
   * Returns why a cell's networks did not learn.
   *
   * @param {number} row
   * @param {number} column
   */
  causeOf(row, column) {
    return this.results.cause(row, column, this.activation, this.idleCost, this.network === 'plain');
  }

  /** Labels inside the map, in its deep part, where the three regions are far apart. */
  get words() {
    if (!this.runner.complete || this.network !== 'plain') return [];
    const middle = this.line / COLUMNS;
    return [
      { share: middle / 2, down: 0.35, text: words('phase.region.small') },
      { share: middle, down: 0.7, text: words('phase.region.learns') },
      { share: (1 + middle) / 2, down: 0.35, text: words(`phase.region.large.${this.activation}`) },
    ];
  }
}

define('phase-diagram', PhaseDiagram);
