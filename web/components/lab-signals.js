// How large the signals in the networks are, layer by layer: activations forward or gradients
// backward, at the start and now, compared with theory at the start.

import { css, html } from 'lit';
import { layerLines } from '../plots/layers.js';
import { t, textsUnder } from '../texts/index.js';
import { compact } from '../texts/format.js';
import { segments } from '../templates/controls.js';
import { LabElement, define, shared } from './element.js';
import '../templates/lab-ask.js';

const words = textsUnder('signals');

/** @typedef {'forward' | 'backward'} Way */

export class LabSignals extends LabElement {
  static properties = { way: { state: true }, view: { state: true } };
  static follows = ['change', 'frame'];
  /** Measurements arrive four times a second; drawing more often shows nothing new. */
  static pace = 200;
  static styles = [
    shared,
    css`
      :host {
        contain: layout style;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.5rem;
        min-height: 2rem;
      }
      .segments button {
        padding: 0 0.375rem;
      }
      h2 {
        margin-right: auto;
      }
      .place {
        height: var(--chart-height, 13.5rem);
      }
      .place:empty {
        margin-left: 3.5rem;
        border: solid var(--line);
        border-width: 1px 0;
      }
      .place svg {
        display: block;
        width: 100%;
        height: auto;
        overflow: visible;
      }
      .place text {
        font: 400 12px var(--face);
        font-variant-numeric: tabular-nums;
        fill: var(--quiet);
      }
    `,
  ];

  constructor() {
    super();
    this.width = 0;
    this.height = 0;
    /** @type {Way} */
    this.way = 'forward';
    /**
     * Whether the start's signals are shown, or the present ones beside them; null until the reader
     * chooses.
     * @type {'start' | 'now' | null}
     */
    this.view = null;
  }

  attached() {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      if (width === this.width && height === this.height) return;
      [this.width, this.height] = [width, height];
      this.requestUpdate('width');
    });
    observer.observe(/** @type {Element} */ (this.renderRoot.querySelector('.place')));
    this.cleanups.push(() => observer.disconnect());
  }

  /** The view: the start until the training moves on. */
  get shown() {
    return this.view ?? (this.model.position === 0 ? 'start' : 'now');
  }

  render() {
    const { way, shown } = this;
    return html`<section aria-label=${words('title')}>
      <header>
        <h2>
          <lab-ask .inField=${true} .text=${html`${words('size.help')} ${words('theory')}`}
            >${words('title')}</lab-ask
          >
        </h2>
        ${segments({
          label: words('title'),
          value: way,
          options: [
            { value: 'forward', text: words('forward.short') },
            { value: 'backward', text: words('backward.short') },
          ],
          onValue: (value) => (this.way = /** @type {Way} */ (value)),
        })}
        ${segments({
          label: words('when'),
          value: shown,
          options: [
            { value: 'start', text: words('start') },
            { value: 'now', text: words('now') },
          ],
          onValue: (value) => (this.view = /** @type {'start' | 'now'} */ (value)),
        })}
      </header>
      <div class="place">${this.width > 0 ? this.lines(way, shown) : ''}</div>
    </section>`;
  }

  /**
   * @param {Way} way
   * @param {'start' | 'now'} shown
   */
  lines(way, shown) {
    const signal = way === 'forward' ? 'activation' : 'preActivationGradient';
    const size = (/** @type {import('../race/types.js').LayerDiagnostics} */ layer) =>
      Math.sqrt(layer[signal].variance + layer[signal].mean ** 2);
    const lines = this.state.runs.flatMap((run) => {
      const frame = this.model.race.latest.get(run.id);
      const layers = frame?.diagnostics?.layers;
      if (!layers) return [];
      const start = frame.startSignals?.[signal];
      const now = layers.map(size);
      return [
        {
          name: this.model.nameOf(run),
          slot: this.model.slotOf(run.id),
          values: shown === 'start' ? (start ?? now) : now,
          // Theory applies to the initial weights.
          theory: shown === 'start' ? frame.predicted?.map((layer) => Math.sqrt(layer[signal])) : undefined,
          before: shown === 'now' ? start : undefined,
        },
      ];
    });
    if (lines.length === 0) return '';
    const depth = Math.max(...lines.map(({ values }) => values.length));
    // Align the outputs of networks of different depth.
    const spread = (/** @type {number[] | undefined} */ values) =>
      values && [...values.slice(0, -1), ...Array(depth - values.length).fill(NaN), ...values.slice(-1)];
    const summary = lines.map(({ name, values }) => `${name}: ${values.map(compact).join('; ')}`).join('; ');
    return layerLines(
      lines.map((line) => ({
        ...line,
        values: /** @type {number[]} */ (spread(line.values)),
        theory: spread(line.theory),
        before: spread(line.before),
      })),
      Array.from({ length: depth }, (_, l) => (l === depth - 1 ? t('signals.output') : String(l + 1))),
      `${words(way)}, ${words(shown)}. ${summary}`,
      { width: this.width, height: this.height, apart: true },
      compact,
    );
  }
}

define('lab-signals', LabSignals);
