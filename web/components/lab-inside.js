// The inside of the selected run's network: the drawing, the distributions of its signals, and all
// measurements.

import { css, html, nothing } from 'lit';
import { histogramBars } from '../plots/histogram.js';
import { glyph } from '../plots/marks.js';
import { layerName, t, textsUnder } from '../texts/index.js';
import { compact, range } from '../texts/format.js';
import { LabElement, define, shared } from './element.js';
import { styleProperties } from '../templates/style-properties.js';
import '../templates/lab-ask.js';
import './lab-network.js';

const words = textsUnder('signals');

/** The most layers whose distributions are drawn; the table has all of them. */
const MOST_LAYERS = 8;

export class LabInside extends LabElement {
  static properties = { table: { state: true } };
  static follows = ['change', 'frame'];
  /** Measurements arrive four times a second. */
  static pace = 200;
  static styles = [
    shared,
    css`
      h2 {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2.25rem;
        margin-top: 0.25rem;
      }
      h3 {
        margin: 0.75rem 0 0.25rem;
      }
      /* One column per layer; on a narrow page the columns scroll together. */
      .hold {
        display: grid;
        grid-template-columns: repeat(var(--layers), minmax(5rem, 14rem));
        gap: 0.5rem 1rem;
        margin-top: 0.5rem;
        overflow-x: auto;
      }
      figure > svg {
        display: block;
        width: 100%;
        height: auto;
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
      summary {
        padding: 0.75rem 0 0.25rem;
        color: var(--quiet);
        font-size: var(--small);
        cursor: pointer;
      }
    `,
  ];

  constructor() {
    super();
    /** Whether the table of all measurements is open. */
    this.table = false;
  }

  render() {
    const run = this.model.selectedRun;
    const name = this.model.nameOf(run);
    const layers = this.model.race.latest.get(run.id)?.diagnostics?.layers ?? [];
    const shown = layers.slice(0, MOST_LAYERS);
    return html`<section aria-labelledby="inside">
      <h2 id="inside">${glyph(this.model.slotOf(run.id))} ${t('inside.title', { name })}</h2>
      <lab-network .model=${this.model}></lab-network>
      <h3>
        <lab-ask .inField=${true} .text=${words('histograms.help')}>${words('histograms', { name })}</lab-ask>
      </h3>
      <div
        class="hold"
        role="group"
        aria-label=${words('histograms', { name })}
        tabindex=${shown.length > 3 ? 0 : nothing}
        ${styleProperties({ '--layers': String(shown.length) })}
      >
        ${shown.map((layer, l) =>
          this.histogram(layer.activation, `${layerName(l, layers.length)} · ${words('activation')}`),
        )}
        ${shown.map((layer, l) =>
          this.histogram(
            layer.preActivationGradient,
            `${layerName(l, layers.length)} · ${words('gradient.short')}`,
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

  /**
   * Loads the table of all measurements when it is first opened.
   * @param {HTMLDetailsElement} part
   */
  async openTable(part) {
    if (part.open) await import('./lab-layers.js');
    // The reader may have closed it meanwhile.
    this.table = part.open;
  }

  /**
   * @param {import('../race/types.js').Distribution} distribution
   * @param {string} caption
   */
  histogram({ histogram, low, high }, caption) {
    return html`<figure>
      <figcaption>${caption}</figcaption>
      ${histogramBars(histogram, `${caption}: ${range(low, high)}`)}
      <div class="range"><span>${compact(low)}</span><span>${compact(high)}</span></div>
    </figure>`;
  }
}

define('lab-inside', LabInside);
