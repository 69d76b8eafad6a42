// The signals in the networks, layer by layer: how large the activations are on their way forward and the gradients
// on their way back, and for the chosen run what the layers hold.

import { css, html } from 'lit';
import { histogramBars } from '../plots/histogram.js';
import { layerLines, widthOfTwo } from '../plots/layers.js';
import { glyph } from '../plots/marks.js';
import { layerName, t, textsUnder } from '../texts/index.js';
import { compact, range } from '../texts/format.js';
import { LabElement, define, shared } from './element.js';
import './lab-ask.js';

const words = textsUnder('signals');

/** @typedef {{ name: string, slot: number, layers: import('../race/types.js').LayerDiagnostics[], predicted: import('../race/types.js').Prediction[] | null }} Measured */

export class LabSignals extends LabElement {
  static follows = ['change', 'frame'];
  /** Measurements arrive four times a second; drawing them more often shows nothing new. */
  static pace = 200;
  static styles = [
    shared,
    css`
      :host {
        contain: layout style;
      }
      .both {
        display: grid;
        gap: 0.5rem 2rem;
      }
      .both.beside {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      h2 {
        min-height: 2.25rem;
        padding-top: 0.5rem;
      }
      h3 {
        font-size: var(--small);
        font-weight: 400;
        color: var(--quiet);
      }
      svg {
        display: block;
        width: 100%;
        height: auto;
        overflow: visible;
      }
      svg text {
        font: 400 var(--small) var(--face);
        font-variant-numeric: tabular-nums;
        fill: var(--quiet);
      }
      .hold {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr));
        gap: 0.5rem 1.5rem;
        margin-top: 0.5rem;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1rem;
        list-style: none;
      }
      .key svg {
        display: inline;
        width: 28px;
        height: 10px;
        margin-right: 0.375rem;
      }
      summary {
        padding: 0.75rem 0 0.25rem;
        color: var(--quiet);
        font-size: var(--small);
        cursor: pointer;
      }
      figcaption {
        font-size: var(--small);
        color: var(--quiet);
      }
      .range {
        display: flex;
        justify-content: space-between;
        font-size: var(--small);
        color: var(--quiet);
      }
    `,
  ];

  constructor() {
    super();
    this.width = 0;
    /** Whether the table of all measurements is open. */
    this.table = false;
  }

  connectedCallback() {
    super.connectedCallback();
    const observer = new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      this.requestUpdate('width');
    });
    observer.observe(this);
    this.leavings.push(() => observer.disconnect());
  }

  get measured() {
    return this.state.runs.flatMap((run) => {
      const frame = this.model.race.latest.get(run.id);
      const layers = frame?.diagnostics?.layers;
      return layers
        ? [
            {
              name: this.model.nameOf(run),
              slot: this.model.slotOf(run.id),
              layers,
              predicted: frame?.predicted ?? null,
            },
          ]
        : [];
    });
  }

  render() {
    const { measured } = this;
    const run = this.model.selectedRun;
    const chosen = this.model.race.latest.get(run.id)?.diagnostics?.layers ?? [];
    if (measured.length === 0) return html`<p class="quiet small">${words('waiting')}</p>`;
    return html`<section aria-label=${words('title')}>
      <h2>${words('title')}</h2>
      <p class="quiet small">${words('theory')}</p>
      <ul class="key small">
        ${measured.map(({ name, slot }) => html`<li>${glyph(slot)}${name}</li>`)}
      </ul>
      <div class="both ${widthOfTwo(this.width) < this.width ? 'beside' : ''}">
        ${this.lines('forward', measured, 'activation')}
        ${this.lines('backward', measured, 'preActivationGradient')}
      </div>
      <h2>
        <lab-ask .text=${words('histograms.help')}
          >${words('histograms', { name: this.model.nameOf(run) })}</lab-ask
        >
      </h2>
      <div class="hold">
        ${chosen
          .slice(0, 8)
          .map((layer, l) =>
            this.histogram(layer.activation, `${layerName(l, chosen.length)} · ${words('activation')}`),
          )}
        ${chosen
          .slice(0, 8)
          .map((layer, l) =>
            this.histogram(
              layer.preActivationGradient,
              `${layerName(l, chosen.length)} · ${words('gradient.short')}`,
            ),
          )}
      </div>
      <details
        @toggle=${(/** @type {Event} */ event) => this.openTable(/** @type {HTMLDetailsElement} */ (event.target))}
      >
        <summary>${words('all')}</summary>
        ${this.table ? html`<lab-layers .model=${this.model}></lab-layers>` : ''}
      </details>
    </section>`;
  }

  /** The table of all measurements is fetched when it is first wanted, and follows the race while it is open. @param {HTMLDetailsElement} part */
  async openTable(part) {
    if (part.open) await import('./lab-layers.js');
    // It may have been closed meanwhile.
    this.table = part.open;
    this.requestUpdate();
  }

  /**
   * @param {'forward' | 'backward'} way
   * @param {Measured[]} measured
   * @param {'activation' | 'preActivationGradient'} signal
   */
  lines(way, measured, signal) {
    const size = (/** @type {import('../race/types.js').Distribution} */ { mean, variance }) =>
      Math.sqrt(variance + mean * mean);
    const lines = measured.map(({ name, slot, layers, predicted }) => ({
      name,
      slot,
      values: layers.map((layer) => size(layer[signal])),
      theory: predicted?.map((layer) => Math.sqrt(layer[signal])),
    }));
    const depth = Math.max(...lines.map(({ values }) => values.length));
    // The outputs of networks of different depth stand above each other.
    const spread = (/** @type {number[] | undefined} */ values) =>
      values && [...values.slice(0, -1), ...Array(depth - values.length).fill(NaN), ...values.slice(-1)];
    const summary = lines.map(({ name, values }) => `${name}: ${values.map(compact).join('; ')}`).join('; ');
    return html`<figure>
      <h3><lab-ask .text=${words('size.help')}>${words('size')}</lab-ask>: ${words(way)}</h3>
      ${layerLines(
        lines.map((line) => ({
          ...line,
          values: /** @type {number[]} */ (spread(line.values)),
          theory: spread(line.theory),
        })),
        Array.from({ length: depth }, (_, l) => (l === depth - 1 ? t('signals.output') : String(l + 1))),
        summary,
        widthOfTwo(this.width),
        compact,
      )}
    </figure>`;
  }

  /** @param {import('../race/types.js').Distribution} distribution @param {string} caption */
  histogram({ histogram, low, high }, caption) {
    return html`<figure>
      <figcaption>${caption}</figcaption>
      ${histogramBars(histogram, `${caption}: ${range(low, high)}`)}
      <div class="range"><span>${compact(low)}</span><span>${compact(high)}</span></div>
    </figure>`;
  }
}

define('lab-signals', LabSignals);
