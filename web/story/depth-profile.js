// The size of activations and gradients in each layer of a deep network at iteration 0, against theory's.

import { LitElement, css, html } from 'lit';
import { define, shared } from '../components/element.js';
import { layerLines } from '../plots/layers.js';
import { Race } from '../race/race.js';

const DEPTHS = [4, 8, 16, 32];
const WIDTHS = [10, 50, 100];
const STARTS = [
  { label: 'standard deviation 0.5 / √n', init: { name: 'lecun_normal', gain: 0.5 }, colour: 2 },
  { label: 'LeCun: 1 / √n', init: { name: 'lecun_normal' }, colour: 1 },
  { label: 'He: √2 / √n', init: { name: 'he_normal' }, colour: 4 },
  { label: '2.5 / √n', init: { name: 'lecun_normal', gain: 2.5 }, colour: 3 },
];

/** @typedef {{ diagnostics: import('../race/types.js').Diagnostics, predicted: import('../race/types.js').Prediction[] | null }} Signals */

export class DepthProfile extends LitElement {
  static properties = {
    activation: { state: true },
    depth: { state: true },
    layerWidth: { state: true },
    signals: { state: true },
    problem: { state: true },
    room: { state: true },
  };
  static styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .bar,
      .key {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 1rem;
        min-height: 2.5rem;
        padding: 0;
        margin: 0;
        list-style: none;
        color: var(--quiet);
        font-size: var(--small);
      }
      .key svg {
        width: 0.875rem;
        height: 3px;
        margin-right: 0.375rem;
        vertical-align: middle;
      }
      .both {
        display: flex;
        flex-wrap: wrap;
        gap: 0 2rem;
        min-height: 12rem;
      }
      figure {
        flex: 1 1 18rem;
        min-width: 0;
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
    this.room = 0;
    /** @type {Signals[]} */
    this.signals = [];
    /** Number of the last measurement that was asked for. */
    this.asked = 0;
  }

  firstUpdated() {
    this.race = new Race();
    this.observer = new ResizeObserver(([{ contentRect }]) => {
      this.room = Math.floor(contentRect.width);
    });
    this.observer.observe(this);
    this.measure();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer?.disconnect();
    this.race?.dispose();
  }

  async measure() {
    this.asked += 1;
    const { asked, race } = this;
    try {
      const signals = await Promise.all(
        STARTS.map(({ init }) =>
          race?.ask({
            type: 'signals',
            spec: {
              dataset: { name: 'circles' },
              layers: Array(this.depth).fill(this.layerWidth),
              activations: this.activation,
              init: { ...init, seed: 3 },
            },
          }),
        ),
      );
      if (asked === this.asked) Object.assign(this, { signals, problem: '' });
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    }
  }

  /** @param {string} title @param {'activation' | 'preActivationGradient'} signal */
  figure(title, signal) {
    const lines = STARTS.map(({ label, colour }, i) => ({
      name: label,
      colour: `var(--run-${colour})`,
      values: this.signals[i].diagnostics.layers.map(({ [signal]: { mean, variance } }) =>
        Math.sqrt(variance + mean * mean),
      ),
      theory: this.signals[i].predicted?.map((layer) => Math.sqrt(layer[signal])),
    }));
    const ends = lines
      .map(
        ({ name, values }) =>
          `${name}: ${values[0].toPrecision(2)} to ${values[values.length - 1].toPrecision(2)}`,
      )
      .join('; ');
    const names = Array.from({ length: this.depth + 1 }, (_, l) =>
      l === this.depth ? 'out' : String(l + 1),
    );
    return html`<figure>
      <h3>${title}</h3>
      ${layerLines(lines, names, `${title}, first layer to last. ${ends}`, this.room > 640 ? (this.room - 32) / 2 : this.room)}
    </figure>`;
  }

  render() {
    const choice = (
      /** @type {string} */ label,
      /** @type {'activation' | 'depth' | 'layerWidth'} */ name,
      /** @type {(string | number)[]} */ options,
    ) =>
      html`<label
        >${label}
        <select
          @change=${(/** @type {Event} */ event) => {
            /** @type {any} */ (this)[name] =
              options[/** @type {HTMLSelectElement} */ (event.target).selectedIndex];
            this.measure();
          }}
        >
          ${options.map((option) => html`<option ?selected=${this[name] === option}>${option}</option>`)}
        </select></label
      >`;
    return html`<div class="bar">
        ${choice('units', 'activation', ['relu', 'tanh'])} ${choice('hidden layers', 'depth', DEPTHS)}
        ${choice('units in each', 'layerWidth', WIDTHS)}
      </div>
      <ul class="key">
        ${STARTS.map(
          ({ label, colour }) =>
            html`<li>
              <svg viewBox="0 0 14 3" aria-hidden="true">
                <path d="M0 1.5H14" stroke=${`var(--run-${colour})`} stroke-width="3" /></svg
              >${label}
            </li>`,
        )}
      </ul>
      ${this.problem === '' ? '' : html`<p role="alert">${this.problem}</p>`}
      <div class="both">
        ${
          this.signals.length === 0 || this.room === 0
            ? html`<p>Being measured.</p>`
            : html`${this.figure('Size of the activations', 'activation')}
              ${this.figure('Size of the gradients', 'preActivationGradient')}`
        }
      </div>`;
  }
}

define('depth-profile', DepthProfile);
