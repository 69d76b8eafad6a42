// All measurements of the selected run's layers as a table: one row per measurement, one column per
// layer.

import { css, html } from 'lit';
import { histogramBars } from '../plots/histogram.js';
import { t, textsUnder } from '../texts/index.js';
import { compact, percent, range, whole } from '../texts/format.js';
import '../texts/later.js';
import { tableStyles } from './common-styles.js';
import { LabElement, define, shared } from './element.js';
import { formula } from '../templates/formula.js';
import '../templates/lab-ask.js';

/** @typedef {import('../race/types.js').LayerDiagnostics} LayerDiagnostics */

const SIGNALS = /** @type {const} */ ([
  'preActivation',
  'activation',
  'preActivationGradient',
  'activationGradient',
]);

const words = textsUnder('layers');

/**
 * The measurements besides the signals, as text.
 * @type {Record<string, (layer: LayerDiagnostics) => string>}
 */
const NUMBERS = {
  weightNorm: ({ weightNorm }) => compact(weightNorm),
  gradientNorm: ({ gradientNorm }) => compact(gradientNorm),
  updateRatio: ({ updateRatio }) => compact(updateRatio),
  forward: ({ weightNorm, group }) => compact(weightNorm ** 2 / group.length),
  dead: ({ dead, group }) => `${dead.length} / ${group.length}`,
  saturated: ({ saturated }) => percent(saturated),
  distinct: ({ distinct, group }) => `${distinct} / ${group.length}`,
  largestCosine: ({ largestCosine }) =>
    Number.isNaN(largestCosine) ? words('unknown') : compact(largestCosine),
  rank: ({ rank }) => (rank < 0 ? words('unknown') : String(rank)),
  singularValues: ({ singularValues: values }) =>
    values.length === 0
      ? words('unknown')
      : values.length <= 3
        ? values.map(compact).join('; ')
        : `${compact(values[0])}; ${compact(values[1])} … ${compact(values[values.length - 1])}`,
};

export class LabLayers extends LabElement {
  static follows = ['change', 'frame'];
  /** Measurements arrive four times a second. */
  static pace = 200;
  static styles = [
    shared,
    tableStyles,
    css`
      :host {
        display: block;
        overflow-x: auto;
      }
      th,
      td {
        border-bottom: 1px solid var(--line);
        vertical-align: top;
        white-space: nowrap;
      }
      th {
        color: var(--quiet);
      }
      tbody th {
        position: sticky;
        left: 0;
        background: var(--paper);
      }
      td svg {
        display: block;
        width: 8rem;
        height: 1.75rem;
      }
      td small {
        display: block;
        min-width: 12rem;
        color: var(--quiet);
        font-size: inherit;
      }
    `,
  ];

  render() {
    const frame = this.model.race.latest.get(this.model.selectedRun.id);
    const layers = frame?.diagnostics?.layers ?? [];
    const predicted = frame?.predicted ?? [];
    const last = layers.length - 1;
    return html`<table>
      <caption class="away">
        ${this.model.nameOf(this.model.selectedRun)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words('measure', { iteration: whole(this.model.race.frame?.position ?? 0) })}</th>
          ${layers.map(
            (_, l) =>
              html`<th scope="col">
                ${l === last ? t('signals.output') : t('signals.layer', { layer: l + 1 })}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${SIGNALS.map((key) => this.row(key, layers, (layer) => this.signal(key, layer[key])))}
        ${Object.entries(NUMBERS).map(([key, text]) => this.row(key, layers, text))}
        ${this.row('expected', predicted, ({ leastSingularValue: least, greatestSingularValue: greatest }) =>
          Number.isNaN(least) ? '–' : least === greatest ? compact(least) : range(least, greatest),
        )}
      </tbody>
    </table>`;
  }

  /**
   * @template T
   * @param {string} key
   * @param {T[]} layers
   * @param {(layer: T) => unknown} cell
   */
  row(key, layers, cell) {
    return html`<tr>
      <th scope="row"><lab-ask .text=${formula(words(`${key}.help`))}>${formula(words(key))}</lab-ask></th>
      ${layers.map((layer) => html`<td>${cell(layer)}</td>`)}
    </tr>`;
  }

  /**
   * @param {string} key
   * @param {import('../race/types.js').Distribution} distribution
   */
  signal(key, { mean, variance, low, high, histogram, nonFinite }) {
    const covered = range(low, high);
    return html`${histogramBars(histogram, `${words(key)}: ${covered}`)}
      <small>${covered}</small>
      <small>${words('moments', { mean: compact(mean), variance: compact(variance) })}</small>
      ${nonFinite > 0 ? html`<small>${words('lost', { count: whole(nonFinite) })}</small>` : ''}`;
  }
}

define('lab-layers', LabLayers);
