// The size of activations and gradients in each layer of a deep network at iteration 0, compared
// with theory.

import { css, html, nothing, svg } from 'lit';
import { tableStyles } from '../components/common-styles.js';
import { define, shared } from '../components/element.js';
import { compact, coordinate } from '../texts/format.js';
import { errorText } from '../texts/index.js';
import { layerLines, widthOfTwo } from '../plots/layers.js';
import { colourOf, glyph } from '../plots/marks.js';
import { ask } from '../race/race.js';
import { slotsOf } from '../state/start-slots.js';
import { UNITS, bar, choice } from '../story/bar.js';
import { figureButton } from '../story/figure-button.js';
import { StoryElement } from '../story/story-element.js';
import { words } from '../story/map-words.js';

const DEPTHS = [4, 8, 16, 32];
const WIDTHS = [10, 50, 100];
/** @type {{ key: string, init: import('../state/table.js').Choice }[]} */
const STARTS = [
  { key: 'half', init: { name: 'lecun_normal', gain: 0.5 } },
  { key: 'lecun', init: { name: 'lecun_normal' } },
  { key: 'he', init: { name: 'he_normal' } },
  { key: 'large', init: { name: 'lecun_normal', gain: 2.5 } },
  { key: 'glorot', init: { name: 'glorot_normal' } },
  { key: 'orthogonal', init: { name: 'orthogonal' } },
  { key: 'orthogonal2', init: { name: 'orthogonal', gain: Math.SQRT2 } },
  { key: 'factor', init: { name: 'normal', std: 0.1 } },
  { key: 'lsuv', init: { name: 'lsuv' } },
];
const SLOTS = slotsOf(STARTS.map(({ init }, i) => ({ id: String(i), init })));
/** In a figure: the least width of charts side by side, the height of each in a column. */
const [LEAST_BESIDE, LEAST_HEIGHT] = [400, 240];
/** The starts that are shown first. */
const FIRST = [0, 1, 2, 3];

/**
 * @typedef {{ diagnostics: import('../race/types.js').Diagnostics, predicted:
 *   import('../race/types.js').Prediction[] | null, chi1: number, fixedVariance: number }} Signals
 */
/** @typedef {{ lengthFluctuation: number, widthSum: number, bornDeadBound: number }} Shape */

export class DepthProfile extends StoryElement {
  static properties = {
    activation: { state: true },
    depth: { state: true },
    layerWidth: { state: true },
    signals: { state: true },
    chosen: { state: true },
    running: { state: true },
    problem: { state: true },
  };
  static styles = [
    shared,
    bar,
    tableStyles,
    css`
      :host {
        display: block;
      }
      .starts {
        overflow-x: auto;
      }
      th,
      td {
        padding: 0.125rem 1.5rem 0.125rem 0;
        white-space: nowrap;
      }
      @media (max-width: 40rem) {
        th,
        td {
          padding-right: 0.75rem;
        }
        thead th {
          white-space: normal;
          vertical-align: bottom;
        }
      }
      thead th {
        color: var(--quiet);
      }
      th label {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 1.5rem;
      }
      th svg {
        width: 20px;
        height: 10px;
      }
      .both {
        display: grid;
        gap: 0 2rem;
        min-height: 12rem;
      }
      .both.beside {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      .narrow {
        max-width: 42rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      figure {
        margin: 0;
      }
      figure svg {
        display: block;
        width: 100%;
        font-size: 12px;
        fill: var(--quiet);
      }
      h3 {
        margin: 0.5rem 0 0.25rem;
        font-size: var(--text);
      }
    `,
  ];

  constructor() {
    super();
    this.activation = 'relu';
    this.depth = 16;
    this.layerWidth = 50;
    this.problem = '';
    /** Indices in STARTS of the starts that are drawn, ascending. */
    this.chosen = FIRST;
    /** Signals of the starts measured so far, in the order of STARTS. @type {Signals[]} */
    this.signals = [];
    this.running = false;
    /** Theory's prediction for narrow rectified layers of this shape. @type {Shape | null} */
    this.shape = null;
    /** Number of the last measurement that was started or cancelled. */
    this.asked = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.watchRoom();
  }

  attached() {
    this.resume();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.pause();
  }

  /** Clear the figures, so that none appears under another start's name. */
  restart() {
    Object.assign(this, { signals: [], shape: null });
    this.resume();
  }

  pause() {
    this.asked += 1;
    this.running = false;
  }

  /**
   * Measures the missing starts one after the other, so that the worker can answer other questions
   * in between.
   */
  async resume() {
    const asked = ++this.asked;
    Object.assign(this, { running: true, problem: '' });
    try {
      const layers = Array(this.depth).fill(this.layerWidth);
      const shape = await ask((lab) => lab.shape(layers));
      if (asked === this.asked) this.shape = shape;
      while (asked === this.asked && this.signals.length < STARTS.length) {
        const signals = await this.one(STARTS[this.signals.length].init);
        if (asked === this.asked) this.signals = [...this.signals, signals];
      }
    } catch (error) {
      if (asked === this.asked) this.problem = errorText(/** @type {Error} */ (error));
    }
    if (asked === this.asked) this.running = false;
  }

  /**
   * Measures one start, and asks theory for the factor by which a layer multiplies a gradient's
   * square.
   *
   * @param {import('../state/table.js').Choice} init
   * @returns {Promise<Signals>}
   */
  async one(init) {
    const { activation, depth, layerWidth: n } = this;
    const [measured, deviation] = await Promise.all([
      ask((lab) =>
        lab.signals({
          dataset: { name: 'circles' },
          layers: Array(depth).fill(n),
          activations: activation,
          init: { ...init, seed: 3 },
        }),
      ),
      ask((lab) => lab.weightStandardDeviation(init, n, n)),
    ]);
    // Theory does not cover weights that depend on the data.
    if (Number.isNaN(deviation)) return { ...measured, chi1: NaN, fixedVariance: NaN };
    const field = { activation, weightVariance: n * deviation ** 2, biasVariance: 0 };
    const [{ chi1, fixedVariance }] = await ask((lab) => lab.meanFields([field]));
    return { ...measured, chi1, fixedVariance };
  }

  /**
   * Returns the fixed variance. On ReLU's edge of chaos every variance is fixed.
   *
   * @param {Signals} known
   */
  fixed({ fixedVariance, chi1 }) {
    if (Number.isNaN(fixedVariance)) return '–';
    return this.activation === 'relu' && Math.abs(chi1 - 1) < 1e-9
      ? words('profile.any')
      : compact(fixedVariance);
  }

  /**
   * Returns the factor by which a layer multiplies a gradient's square: the geometric mean over the
   * hidden layers.
   *
   * @param {number} start
   */
  measured(start) {
    const squares = this.signals[start].diagnostics.layers
      .slice(0, -1)
      .map(({ preActivationGradient: { mean, variance } }) => variance + mean * mean);
    return (squares[0] / squares[squares.length - 1]) ** (1 / (squares.length - 1));
  }

  /** The starts that are drawn. */
  get known() {
    return this.chosen.filter((i) => i < this.signals.length);
  }

  /**
   * @param {string} title
   * @param {'activation' | 'preActivationGradient'} signal
   * @param {{ width: number, height?: number }} size
   */
  chart(title, signal, size) {
    const lines = this.known.map((i) => ({
      name: words(`profile.${STARTS[i].key}`),
      slot: SLOTS.get(String(i)) ?? 0,
      values: this.signals[i].diagnostics.layers.map(({ [signal]: { mean, variance } }) =>
        Math.sqrt(variance + mean * mean),
      ),
      theory: this.signals[i].predicted?.map((layer) => Math.sqrt(layer[signal])),
    }));
    const ends = lines
      .map(({ name, values }) =>
        words('profile.ends', { name, first: compact(values[0]), last: compact(values[values.length - 1]) }),
      )
      .join('; ');
    const names = Array.from({ length: this.depth + 1 }, (_, l) =>
      l === this.depth ? words('profile.output') : String(l + 1),
    );
    const label = words('profile.label', { title, ends });
    return layerLines(lines, names, label, { ...size, apart: true }, compact);
  }

  /**
   * @param {string} title
   * @param {'activation' | 'preActivationGradient'} signal
   */
  figure(title, signal) {
    return html`<figure>
      <h3>${title}</h3>
      ${this.chart(title, signal, { width: widthOfTwo(this.room) })}
    </figure>`;
  }

  /** Both charts as one figure for a file. @returns {import('../story/map-figure.js').Drawing} */
  drawing() {
    const { activation, depth, layerWidth } = this;
    return {
      name: 'init-lab-signals',
      title: words('sweeps.depth.heading'),
      chart: (room) => this.bothCharts(room),
      legend: this.known.map((i) => ({
        colour: colourOf(SLOTS.get(String(i)) ?? 0),
        text: words(`profile.${STARTS[i].key}`),
        dash: 'none',
      })),
      caption: words('profile.caption', {
        units: activation === 'relu' ? 'ReLU' : activation,
        depth,
        width: layerWidth,
      }),
    };
  }

  /**
   * Both charts in one drawing: side by side, or one below the other where that is too narrow.
   *
   * @param {{ width: number, height: number }} room CSS pixels
   * @returns {import('../story/map-figure.js').Chart}
   */
  bothCharts(room) {
    const head = 28;
    const beside = room.width >= 2 * LEAST_BESIDE;
    const width = beside ? room.width / 2 : room.width;
    const height = beside ? room.height : LEAST_HEIGHT;
    const total = { width: room.width, height: beside ? height : 2 * height };
    const panels = /** @type {const} */ ([
      ['profile.activations', 'activation'],
      ['profile.gradients', 'preActivationGradient'],
    ]);
    const template = html`<svg viewBox="0 0 ${total.width} ${total.height}" role="img">
      ${panels.map(
        ([title, signal], i) =>
          svg`<svg x=${beside ? i * width : 0} y=${head + (beside ? 0 : i * height)} width=${width} height=${height - head}>${this.chart(
            words(title),
            signal,
            { width, height: height - head },
          )}</svg><text x=${beside ? i * width : 0} y=${14 + (beside ? 0 : i * height)} font-size="14" font-weight="600" fill="var(--ink)">${words(title)}</text>`,
      )}
    </svg>`;
    return { template, ...total };
  }

  render() {
    const choose = (/** @type {Partial<DepthProfile>} */ choices) => {
      Object.assign(this, choices);
      this.restart();
    };
    const { activation, depth, layerWidth } = this;
    return html`<div class="bar">
        ${choice(words('profile.units'), ['relu', 'tanh'], activation, (value) => choose({ activation: value }), UNITS)}
        ${choice(words('profile.depth'), DEPTHS, depth, (value) => choose({ depth: value }))}
        ${choice(words('profile.width'), WIDTHS, layerWidth, (value) => choose({ layerWidth: value }))}
        ${this.progress()}
        ${figureButton({ draw: () => this.drawing(), disabled: this.signals.length < STARTS.length })}
      </div>
      <div class="starts" role="region" aria-label=${words('profile.starts')} tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${words('profile.start')}</th>
              <th scope="col">q*</th>
              <th scope="col">χ<sub>1</sub></th>
              <th scope="col">${words('profile.chi.measured')}</th>
            </tr>
          </thead>
          <tbody>
            ${STARTS.map((_, i) => this.start(i))}
          </tbody>
        </table>
      </div>
      ${this.problem === '' ? '' : html`<p role="alert">${this.problem}</p>`}
      <div class="both ${widthOfTwo(this.room) < this.room ? 'beside' : ''}">
        ${
          this.signals.length === 0 || this.room === 0
            ? html`<p>${words(this.running ? 'profile.measuring' : 'profile.waiting')}</p>`
            : html`${this.figure(words('profile.activations'), 'activation')}
              ${this.figure(words('profile.gradients'), 'preActivationGradient')}`
        }
      </div>
      ${this.shape === null ? '' : this.narrow(this.shape)}`;
  }

  /** The sentence with theory's prediction for He's start in narrow layers. @param {Shape} shape */
  narrow({ widthSum, lengthFluctuation, bornDeadBound }) {
    return html`<p class="narrow">
      ${words('profile.narrow', { widths: compact(widthSum), spread: compact(lengthFluctuation), dead: compact(bornDeadBound) })}
    </p>`;
  }

  progress() {
    const [done, all] = [this.signals.length, STARTS.length];
    return html`${
        done === all
          ? nothing
          : html`<button type="button" @click=${() => (this.running ? this.pause() : this.resume())}>
                ${words(this.running ? 'runner.pause' : 'runner.resume')}
              </button>
              <progress aria-label=${words('profile.progress')} value=${done} max=${all}></progress>`
      } <span>${words('profile.done', { done, all })}</span>`;
  }

  /** @param {number} i */
  start(i) {
    const { key } = STARTS[i];
    const known = this.signals[i];
    const toggle = (/** @type {Event} */ event) => {
      const { checked } = /** @type {HTMLInputElement} */ (event.target);
      this.chosen = STARTS.map((_, at) => at).filter((at) => (at === i ? checked : this.chosen.includes(at)));
    };
    return html`<tr>
      <th scope="row">
        <label class="reach"
          ><input type="checkbox" .checked=${this.chosen.includes(i)} @change=${toggle} />
          ${glyph(SLOTS.get(String(i)) ?? 0)}${words(`profile.${key}`)}</label
        >
      </th>
      <td>${known === undefined ? '–' : this.fixed(known)}</td>
      <td>${known === undefined || Number.isNaN(known.chi1) ? '–' : coordinate(known.chi1, 3)}</td>
      <td>${known === undefined ? '–' : coordinate(this.measured(i), 3)}</td>
    </tr>`;
  }
}

define('depth-profile', DepthProfile);
