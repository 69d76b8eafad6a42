// Base class of two heat maps of the same axes side by side, trained while they are looked at. A
// subclass names the trainings, the colours of the cells and the words.

import { css, html, nothing } from 'lit';
import { shared } from '../components/element.js';
import { paintHeatmap } from '../plots/heatmap.js';
import { coloursOf, css as cssColour, onThemeChange } from '../plots/palette.js';
import { bar } from '../story/bar.js';
import { figureButton } from '../story/figure-button.js';
import { StoryElement } from '../story/story-element.js';
import { SweepRunner } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';
import { styleProperties } from '../templates/style-properties.js';

/** @typedef {import('../story/map-figure.js').Drawing} Drawing */
/** @typedef {Pick<Drawing, 'title' | 'caption' | 'legend'>} Texts */
/** @typedef {{ map: number, row: number, column: number }} Cell map: 0 for the left one, 1 */
/**
 * @typedef {{ share: number, text: unknown, plain?: string }} Tick share: of the axis' length, from
 *   its start; plain: the text without markup
 */

export class PairMap extends StoryElement {
  static properties = { cursor: { state: true } };
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
        margin: 0 0 0.25rem 3.25rem;
        font-size: var(--text);
      }
      .map {
        display: grid;
        grid-template-columns: 1.25rem 2rem minmax(0, 1fr);
      }
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: var(--aspect, 1);
        cursor: pointer;
      }
      .side {
        writing-mode: vertical-rl;
        transform: rotate(180deg);
        text-align: center;
      }
      .side,
      .rows,
      .columns,
      .axis,
      .legend,
      .reading {
        color: var(--quiet);
        font-size: var(--small);
      }
      .rows,
      .columns {
        position: relative;
        font-variant-numeric: tabular-nums;
      }
      .rows span {
        position: absolute;
        right: 0.375rem;
        bottom: var(--at);
        transform: translateY(50%);
      }
      .field {
        position: relative;
      }
      .field span {
        position: absolute;
        left: var(--at);
        bottom: var(--up);
        padding: 0 0.375rem;
        transform: translate(-50%, 50%);
        background: color-mix(in srgb, var(--paper) 80%, transparent);
        color: var(--ink);
        font-size: var(--small);
        white-space: nowrap;
        pointer-events: none;
      }
      .columns,
      .axis {
        grid-column: 3;
      }
      .columns {
        height: 1.5rem;
        margin-top: 0.25rem;
      }
      .columns span {
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
      .missing {
        background: repeating-linear-gradient(135deg, var(--line) 0 3px, var(--paper) 3px 5px);
      }
      .reading,
      .found {
        min-height: 2.8em;
        max-width: 44rem;
      }
      .found {
        font-size: var(--small);
      }
      .reading a {
        color: inherit;
      }
      @media print {
        .reading {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.runner = new SweepRunner(this);
    /** @type {Cell | null} */
    this.cursor = null;
    this.byMouse = true;
  }

  /** Headings of the two maps. @returns {string[]} */
  get names() {
    return [];
  }

  get rows() {
    return 1;
  }

  get columns() {
    return 1;
  }

  /** Titles of the axes. @returns {{ row: string, column: string }} */
  get axes() {
    return { row: '', column: '' };
  }

  /** @returns {{ rows: Tick[], columns: Tick[] }} */
  get ticks() {
    return { rows: [], columns: [] };
  }

  /** The trainings in their order, the most telling ones first. @returns {any[]} */
  specs() {
    return [];
  }

  /**
   * Keeps what a training has reached.
   *
   * @param {number} _index of the training
   * @param {import('../story/sweep-memory.js').Outcome} _result
   */
  take(_index, _result) {}

  /**
   * How the cells of a map look.
   *
   * @param {number} _map
   * @param {import('../plots/palette.js').Colours} _colours
   * @param {CSSStyleDeclaration} _style of an element in the theme
   * @returns {(row: number, column: number) => import('../plots/heatmap.js').Cell | null}
   */
  painter(_map, _colours, _style) {
    return () => null;
  }

  /**
   * A dashed line over a map, in columns and rows from its lower left edge.
   *
   * @param {number} _map
   * @returns {{ column: number, row: number }[]}
   */
  curve(_map) {
    return [];
  }

  /**
   * Returns the link to the lab with a cell.
   *
   * @param {Cell} _cell
   */
  address(_cell) {
    return './index.html';
  }

  /** The sentence about the cell under the cursor. @returns {unknown} */
  get reading() {
    return '';
  }

  /** Rows of the table that is saved, its head first. @returns {{ name: string, rows: any[][] }} */
  get table() {
    return { name: '', rows: [[]] };
  }

  /**
   * Words over a map.
   *
   * @param {number} _map
   * @returns {{ row: number, column: number, text: string }[]}
   */
  regions(_map) {
    return [];
  }

  /**
   * The texts of a figure.
   *
   * @param {Element} _themed
   * @returns {Texts}
   */
  figureTexts(_themed) {
    return { title: '', caption: '', legend: [] };
  }

  /**
   * Draws the maps for a file, with the colours of an element's theme.
   *
   * @param {Element} themed
   * @returns {Drawing}
   */
  drawing(themed) {
    const [colours, style] = [coloursOf(themed), getComputedStyle(themed)];
    const plain = (/** @type {Tick[]} */ ticks) =>
      ticks.map(({ share, text, plain: name }) => ({ share, text: name ?? String(text) }));
    const [first] = this.canvases;
    return {
      ...this.figureTexts(themed),
      name: this.table.name.replace('.csv', ''),
      panels: this.names.map((name, map) => {
        const paint = this.painter(map, colours, style);
        return {
          name,
          aspect: first.clientWidth / first.clientHeight,
          rows: this.rows,
          columns: this.columns,
          colour: (row, column) => {
            const cell = paint(row, column);
            return cell === null ? null : cssColour(cell.colour);
          },
          line: null,
          curve: this.curve(map),
          regions: this.regions(map),
          axes: this.axes,
          ticks: { rows: plain(this.ticks.rows), columns: plain(this.ticks.columns) },
        };
      }),
    };
  }

  /** What the colours mean, below the maps. @returns {unknown} */
  legend() {
    return nothing;
  }

  /** What the complete maps show. @returns {unknown} */
  conclusion() {
    return nothing;
  }

  /** @param {number} map */
  labelOf(map) {
    return this.names[map];
  }

  attached() {
    const observer = new ResizeObserver(() => this.requestUpdate());
    for (const canvas of this.canvases) observer.observe(canvas);
    this.onceSeen(() => this.begin());
    this.cleanups.push(
      () => observer.disconnect(),
      onThemeChange(() => this.requestUpdate()),
    );
  }

  /** Trains all cells, whether or not the maps are in sight. */
  begin() {
    if (this.runner.total > 0) return this.runner.resume();
    return this.runner.begin(this.specs(), (index, result) => this.take(index, result));
  }

  get canvases() {
    return /** @type {HTMLCanvasElement[]} */ ([...this.renderRoot.querySelectorAll('canvas')]);
  }

  updated() {
    const colours = coloursOf(this);
    for (const [map, canvas] of this.canvases.entries()) {
      const ratio = Math.min(devicePixelRatio, 2);
      const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) =>
        Math.round(side * ratio),
      );
      if (width === 0) continue;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      paintHeatmap(canvas, colours, {
        rows: this.rows,
        columns: this.columns,
        cell: this.painter(map, colours, getComputedStyle(this)),
        line: null,
        curve: this.curve(map),
        cursor: this.cursor?.map === map ? this.cursor : null,
      });
    }
  }

  /**
   * @param {PointerEvent | MouseEvent} event
   * @param {number} map
   * @returns {Cell}
   */
  cellAt(event, map) {
    const box = this.canvases[map].getBoundingClientRect();
    const part = (/** @type {number} */ share, /** @type {number} */ count) =>
      Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    return {
      map,
      row: part((box.bottom - event.clientY) / box.height, this.rows),
      column: part((event.clientX - box.left) / box.width, this.columns),
    };
  }

  /** @param {Cell} cell */
  open(cell) {
    location.href = this.address(cell);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} map
   */
  key(event, map) {
    const start = this.cursor?.map === map ? this.cursor : { map, row: 0, column: 0 };
    if (event.key === 'Enter' && this.cursor !== null) this.open(this.cursor);
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
      map,
      row: Math.min(this.rows - 1, Math.max(0, start.row + move[0])),
      column: Math.min(this.columns - 1, Math.max(0, start.column + move[1])),
    };
  }

  async save() {
    const [{ csvText }, { saveText }] = await Promise.all([
      import('../../src/js/csv.js'),
      import('../exports/save.js'),
    ]);
    const { name, rows } = this.table;
    saveText(name, csvText(rows[0], rows.slice(1)), 'text/csv');
  }

  render() {
    return html`<div class="bar">
        ${this.runner.bar()}
        <button type="button" ?disabled=${this.runner.done === 0} @click=${() => this.save()}>CSV</button>
        ${figureButton({ draw: (themed) => this.drawing(themed), disabled: !this.runner.complete })}
      </div>
      <div class="maps">${this.names.map((_, map) => this.map(map))}</div>
      <p class="legend">${this.legend()}</p>
      <p class="reading" aria-live="polite">
        ${this.reading}
        ${this.cursor === null ? nothing : html`<a href=${this.address(this.cursor)}>${words('phase.open')}</a>`}
      </p>
      ${this.conclusion()}`;
  }

  /** @param {number} map */
  map(map) {
    const point = (/** @type {PointerEvent} */ event) => (this.cursor = this.cellAt(event, map));
    const press = (/** @type {PointerEvent} */ event) => {
      this.byMouse = event.pointerType === 'mouse';
      point(event);
    };
    const open = (/** @type {MouseEvent} */ event) => {
      // A finger's tap only reads the value: a finger cannot hover.
      if (this.byMouse) this.open(this.cellAt(event, map));
    };
    const { rows, columns } = this.ticks;
    return html`<div>
      <h3>${this.names[map]}</h3>
      <div class="map">
        <div class="side" aria-hidden="true">${this.axes.row}</div>
        <div class="rows" aria-hidden="true">
          ${rows.map(({ share, text }) => html`<span ${styleProperties({ '--at': `${100 * share}%` })}>${text}</span>`)}
        </div>
        <div class="field">
          <canvas
            role="application"
            tabindex="0"
            aria-label=${this.labelOf(map)}
            @pointermove=${point}
            @pointerdown=${press}
            @click=${open}
            @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event, map)}
          ></canvas>
          ${this.regions(map).map(
            ({ row, column, text }) =>
              html`<span
                aria-hidden="true"
                ${styleProperties({
                  '--at': `${(100 * (column + 0.5)) / this.columns}%`,
                  '--up': `${(100 * (row + 0.5)) / this.rows}%`,
                })}
                >${text}</span
              >`,
          )}
        </div>
        <div class="columns" aria-hidden="true">
          ${columns.map(({ share, text }) => html`<span ${styleProperties({ '--at': `${100 * share}%` })}>${text}</span>`)}
        </div>
        <div class="axis" aria-hidden="true">${this.axes.column}</div>
      </div>
    </div>`;
  }
}
