// How the runs read pictures: draw a digit and see every run's answer; for the selected run which
// digits it confuses, and the weights of its first layer as pictures.

import { css, html, svg } from 'lit';
import { glyph } from '../plots/marks.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { paintPicture, paintWeights, sizedContext } from '../plots/grey-pictures.js';
import { digitOf } from '../state/drawn-digit.js';
import { textsUnder } from '../texts/index.js';
import { percent } from '../texts/format.js';
import '../texts/later.js';
import { LabElement, define, shared } from './element.js';

const words = textsUnder('digits');

/** Sides of the canvases, in CSS pixels. */
const PAD = 176;
const SEEN = 88;
const UNIT = 40;
/** The most units whose weights are drawn. */
const MOST_UNITS = 64;
/** Columns and rows of what is drawn, and the radius of the pen in them. */
const CELLS = 32;
const PEN = 1.7;

/** What the panel wants of the frames, by a name of its own. */
const WEIGHTS = 'lab-reading-weights';

/** @typedef {{ id: string, values: Float64Array }} Answer */

export class LabReading extends LabElement {
  static properties = {
    answers: { state: true },
    pixels: { state: true },
    example: { state: true },
  };
  static follows = ['change', 'frame'];
  static pace = 200;
  static styles = [
    shared,
    css`
      .both {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.5rem 2rem;
        align-items: start;
      }
      .pads {
        display: flex;
        gap: 1rem;
        align-items: end;
      }
      canvas {
        display: block;
        forced-color-adjust: none;
      }
      .pad {
        width: ${PAD}px;
        height: ${PAD}px;
        outline: 1px solid var(--strong-line);
        touch-action: none;
        cursor: crosshair;
      }
      .seen {
        width: ${SEEN}px;
        height: ${SEEN}px;
        outline: 1px solid var(--line);
      }
      .answers {
        display: grid;
        grid-template-columns: auto minmax(4rem, auto) auto auto 1fr;
        gap: 0.25rem 0.75rem;
        align-items: center;
        font-size: var(--small);
      }
      .answers li {
        display: contents;
        list-style: none;
      }
      .answers b {
        font-size: var(--number);
        line-height: 1;
      }
      .bars {
        width: 100%;
        max-width: 12rem;
        height: 1.5rem;
        fill: var(--strong-line);
      }
      .about {
        display: grid;
        grid-template-columns: fit-content(26rem) minmax(0, 1fr);
        gap: 0.5rem 2rem;
        align-items: start;
        margin-top: 0.75rem;
      }
      .units {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        font-size: var(--small);
        text-align: right;
      }
      th,
      td {
        min-width: 2rem;
        padding: 0.125rem 0.375rem;
        border: 1px solid var(--line);
        font-weight: 400;
      }
      th {
        color: var(--quiet);
      }
      td[data-right] {
        background: var(--raised);
        font-weight: 600;
      }
      td[data-wrong] {
        color: var(--bad);
        font-weight: 600;
      }
      caption,
      figcaption {
        padding: 0.25rem 0;
        color: var(--quiet);
        font-size: var(--small);
        text-align: left;
      }
      h3 {
        margin: 0.75rem 0 0.25rem;
      }
      @media (max-width: 44rem) {
        .both,
        .about {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    /** What has been drawn, CELLS by CELLS. */
    this.ink = new Uint8Array(CELLS ** 2);
    /** The picture that the runs see; null while there is none. @type {number[] | null} */
    this.pixels = null;
    /** Index of the test example that is shown instead of a drawing, or -1. */
    this.example = -1;
    /** @type {Answer[]} */
    this.answers = [];
    /** Whether a first test picture has been shown. */
    this.shown = false;
    /** Drawn units of a layer that the panel wants, so that it has the weights. */
    this.wanted = 0;
    /** Whether a question is on its way to the worker. */
    this.asking = false;
    /** The iteration at which the runs answered. */
    this.answeredAt = -1;
    /** Where the pen was last. @type {{ x: number, y: number } | null} */
    this.pen = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.cleanups.push(onThemeChange(() => this.paint()));
    this.listen(this.model, 'frame', () => this.ask());
    this.listen(this.model, 'change', () => this.ask(true));
    this.cleanups.push(() => this.model.want(WEIGHTS, null));
  }

  willUpdate() {
    // The weights of the first layer come with the drawn network.
    const wanted = this.isShown ? 1 : 0;
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.model.want(WEIGHTS, { units: wanted });
  }

  updated() {
    this.updatedFirst();
    this.paint();
  }

  /** Whether the examples of the selected run are pictures. */
  get isShown() {
    return this.model.race.answers.get(this.model.selectedRun.id)?.drawn === false;
  }

  get test() {
    return this.model.race.datasets.get(this.model.selectedRun.id)?.test;
  }

  /** Asks the runs what they see, again whenever they have trained. @param {boolean} [anyway] */
  async ask(anyway = false) {
    const position = this.model.race.frame?.position ?? 0;
    if (this.pixels === null || this.asking || (position === this.answeredAt && !anyway)) return;
    this.asking = true;
    const asked = this.pixels;
    try {
      this.answers = await this.model.race.predict([asked]);
      this.answeredAt = position;
    } catch {
      // The cards report a worker that has stopped.
    } finally {
      this.asking = false;
    }
    if (this.pixels !== asked) this.ask(true);
  }

  /** @param {PointerEvent} event */
  down(event) {
    /** @type {HTMLElement} */ (event.target).setPointerCapture(event.pointerId);
    if (this.example >= 0) this.ink.fill(0);
    this.example = -1;
    this.pen = null;
    this.draw(event);
  }

  /** @param {PointerEvent} event */
  draw(event) {
    if (!(event.buttons & 1)) return;
    const box = /** @type {HTMLElement} */ (event.target).getBoundingClientRect();
    const to = {
      x: ((event.clientX - box.left) / box.width) * CELLS,
      y: ((event.clientY - box.top) / box.height) * CELLS,
    };
    const from = this.pen ?? to;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
    for (let i = 0; i <= steps; i += 1)
      this.dot(from.x + (i / steps) * (to.x - from.x), from.y + (i / steps) * (to.y - from.y));
    this.pen = to;
    this.pixels = digitOf(this.ink, CELLS);
    this.ask(true);
  }

  /**
   * @param {number} x cells
   * @param {number} y
   */
  dot(x, y) {
    for (let row = 0; row < CELLS; row += 1)
      for (let column = 0; column < CELLS; column += 1)
        if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= PEN) this.ink[row * CELLS + column] = 1;
  }

  clear() {
    this.ink.fill(0);
    this.pixels = null;
    this.example = -1;
    this.answers = [];
  }

  /** Shows the first test picture, so that there are answers to look at before a drawing. */
  updatedFirst() {
    if (this.shown || !this.isShown || !this.test) return;
    this.shown = true;
    this.next();
  }

  /** Shows the next test example to the runs. */
  next() {
    const { test } = this;
    if (!test || test.y.length === 0) return;
    this.example = (this.example + 1) % test.y.length;
    const count = test.y.length;
    const pixels = Array.from({ length: test.features }, (_, pixel) => test.x[pixel * count + this.example]);
    this.ink = Uint8Array.from({ length: CELLS ** 2 }, () => 0);
    this.pixels = pixels;
    this.ask(true);
  }

  paint() {
    const colours = coloursOf(this);
    const find = (/** @type {string} */ name) =>
      /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector(name));
    const [pad, seen] = [find('.pad'), find('.seen')];
    if (pad) {
      const place = { left: 0, top: 0, side: PAD };
      const { example, pixels } = this;
      const context = sizedContext(pad, PAD, PAD);
      if (example >= 0) paintPicture(context, (cell) => pixels?.[cell] ?? 0, 8, place, colours);
      else paintPicture(context, (cell) => this.ink[cell], CELLS, place, colours);
    }
    if (seen) {
      const { pixels } = this;
      const place = { left: 0, top: 0, side: SEEN };
      paintPicture(sizedContext(seen, SEEN, SEEN), (cell) => pixels?.[cell] ?? 0, 8, place, colours);
    }
    const drawn = this.model.race.latest.get(this.model.selectedRun.id)?.network;
    if (!drawn) return;
    const [first] = drawn.layers;
    for (const [unit, canvas] of this.renderRoot
      .querySelectorAll(/** @type {'canvas'} */ ('.units canvas'))
      .entries()) {
      const from = first.weights + unit * first.in;
      const context = sizedContext(canvas, UNIT, UNIT);
      const place = { left: 0, top: 0, side: UNIT };
      paintWeights(context, drawn.parameters.subarray(from, from + first.in), place, colours);
    }
  }

  render() {
    const run = this.model.selectedRun;
    if (!this.isShown) return html``;
    return html`<section aria-labelledby="reading">
      <h2 id="reading">${words('title')}</h2>
      <div class="both">
        <div>
          <div class="pads">
            <canvas
              class="pad"
              role="img"
              aria-label=${words('pad')}
              @pointerdown=${this.down}
              @pointermove=${this.draw}
            ></canvas>
            <figure>
              <figcaption>${words('seen')}</figcaption>
              <canvas class="seen" role="img" aria-label=${words('seen')}></canvas>
            </figure>
          </div>
          <p class="row wrap">
            <button type="button" class="outline" @click=${() => this.clear()}>${words('clear')}</button>
            <button type="button" class="outline" @click=${() => this.next()}>${words('next')}</button>
          </p>
        </div>
        <div role="status">${this.answerList()}</div>
      </div>
      <div class="about">${this.confusion(run)} ${this.firstLayer(run)}</div>
    </section>`;
  }

  answerList() {
    if (this.pixels === null || this.answers.length === 0)
      return html`<p class="quiet small">${words('hint')}</p>`;
    const truth = this.example >= 0 ? this.test?.y[this.example] : undefined;
    const runs = this.state.runs.flatMap((run) => {
      const values = this.answers.find(({ id }) => id === run.id)?.values;
      return values ? [{ run, values }] : [];
    });
    return html`${truth === undefined ? '' : html`<p class="small">${words('truth', { label: truth })}</p>`}
      <ul class="answers">
        ${runs.map(({ run, values }) => {
          const best = values.indexOf(Math.max(...values));
          return html`<li>
            ${glyph(this.model.slotOf(run.id))}<span>${this.model.nameOf(run)}</span
            ><b>${Number.isNaN(values[0]) ? 'NaN' : best}</b
            ><span>${percent(values[best], 0)}</span>${bars(values)}
          </li>`;
        })}
      </ul>`;
  }

  /** @param {import('../state/table.js').RunChoice} run */
  firstLayer(run) {
    const drawn = this.model.race.latest.get(run.id)?.network;
    const units = Math.min(MOST_UNITS, drawn?.layers[0].out ?? 0);
    if (units === 0) return '';
    return html`<figure>
      <figcaption>${words('weights', { name: this.model.nameOf(run) })}</figcaption>
      <div class="units" role="img" aria-label=${words('weights', { name: this.model.nameOf(run) })}>
        ${Array.from({ length: units }, () => html`<canvas></canvas>`)}
      </div>
    </figure>`;
  }

  /** @param {import('../state/table.js').RunChoice} run */
  confusion(run) {
    const reading = this.model.race.latest.get(run.id)?.reading;
    if (reading === undefined) return '';
    const classes = Math.sqrt(reading.confusion.length);
    const all = Array.from({ length: classes }, (_, k) => k);
    const cell = (/** @type {number} */ row, /** @type {number} */ column) => {
      const count = reading.confusion[row * classes + column];
      return html`<td ?data-right=${row === column} ?data-wrong=${row !== column && count > 0}>
        ${count || ''}
      </td>`;
    };
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${words('confusion.title')}>
      <table>
        <caption>
          ${words('confusion', { name: this.model.nameOf(run) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words('confusion.corner')}</th>
            ${all.map((k) => html`<th scope="col">${k}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (row) =>
              html`<tr>
                <th scope="row">${row}</th>
                ${all.map((column) => cell(row, column))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

/** The probabilities of all classes as bars. @param {Float64Array} values */
const bars = (values) =>
  html`<svg class="bars" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
    ${Array.from(values, (p, k) => {
      const width = 100 / values.length;
      const height = 22 * (p > 0 ? p : 0) + 1;
      return svg`<rect x=${k * width + 1} y=${24 - height} width=${width - 2} height=${height} />`;
    })}
  </svg>`;

define('lab-reading', LabReading);
