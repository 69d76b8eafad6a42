// A page to hand out in class: the question, the experiment as a table, the data on empty fields,
// lines for a prediction, and the link as text and as a QR code. It is visible only in print.

import { css, html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { renderSVG } from 'uqr';
import { linkOf } from '../exports/export-actions.js';
import { FieldPainter } from '../plots/field.js';
import { coloursOf } from '../plots/palette.js';
import { presets } from '../state/preset-files.js';
import { inLanguage, presetOf } from '../state/presets.js';
import { completed, entryOf } from '../state/specs.js';
import { namesOf } from '../state/initializer-options.js';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { compact, whole } from '../texts/format.js';
import { labelOf } from '../texts/words.js';
import '../texts/later.js';
import { LabElement, define, shared } from './element.js';

/** With more characters a QR code is too fine for a phone's camera. */
const LONGEST_CODE = 800;

export class LabHandout extends LabElement {
  static styles = [
    shared,
    css`
      :host {
        display: none;
      }
      @media print {
        :host {
          display: block;
        }
      }
      h1 {
        margin: 0;
        font-size: 1.5rem;
      }
      table {
        margin: 0.75rem 0;
        border-collapse: collapse;
        font-size: var(--small);
      }
      th,
      td {
        border: 1px solid #999;
        padding: 0.25rem 0.75rem;
        text-align: left;
        font-weight: 400;
      }
      .runs {
        display: grid;
        grid-template-columns: repeat(var(--columns, 4), minmax(0, 1fr));
        gap: 1rem;
        margin: 1rem 0;
      }
      .run {
        break-inside: avoid;
      }
      canvas {
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid #999;
      }
      .line {
        display: flex;
        gap: 0.5rem;
        align-items: end;
        min-height: 2rem;
        font-size: var(--small);
      }
      .line::after {
        content: '';
        flex: 1;
        border-bottom: 1px solid #000;
      }
      .foot {
        display: flex;
        gap: 1rem;
        align-items: center;
        margin-top: 1.5rem;
        font-size: var(--small);
        overflow-wrap: anywhere;
        break-inside: avoid;
      }
      .code svg {
        width: 7rem;
        height: 7rem;
      }
    `,
  ];

  updated() {
    const { renderRoot, model } = this;
    for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (
      renderRoot.querySelectorAll('canvas')
    )) {
      const frame = model.race.latest.get(canvas.dataset.run ?? '');
      if (frame === undefined) continue;
      const painter = new FieldPainter(canvas);
      painter.setColours(coloursOf(this));
      painter.resize(240, 2);
      painter.paint({
        field: { values: new Float32Array([0.5]), columns: 1, rows: 1, extent: frame.field.extent },
        train: model.race.datasets.get(frame.id)?.train,
      });
    }
  }

  /** The rows of the table that describes the experiment. @returns {[string, string][]} */
  get settings() {
    const { dataset, layers, activations, optimizer, iterations, seed } = this.state;
    const known = this.model.catalogue;
    const label = (
      /** @type {'datasets' | 'activations' | 'optimizers'} */ list,
      /** @type {'name' | 'activation'} */ group,
      /** @type {string} */ name,
    ) => {
      const entry = entryOf(known?.[list] ?? [], name);
      return entry ? labelOf(group, entry) : name;
    };
    const rate = completed(entryOf(known?.optimizers ?? [], optimizer.name), optimizer).learningRate;
    return [
      [t('data.title'), dataset.name === 'points' ? t('data.own') : label('datasets', 'name', dataset.name)],
      [
        t('network.title'),
        `${this.model.shapeOf(this.model.selectedRun, layers)} ${[...new Set(namesOf(activations))].map((name) => label('activations', 'activation', name)).join(', ')}`,
      ],
      [
        t('training.title'),
        t('training.values', { method: label('optimizers', 'name', optimizer.name), rate: compact(rate) }),
      ],
      [t('transport.iteration'), whole(iterations)],
      [t('training.seed'), String(seed)],
    ];
  }

  render() {
    const { runs, iterations, title, question } = this.state;
    const preset = presetOf(presets, this.state);
    const link = linkOf(this.model);
    return html`<h1>${preset ? inLanguage(preset.title, language.tag) : title || t('lab.question')}</h1>
      <p>${question || t('predict.question', { iterations: whole(iterations) })}</p>
      <table>
        ${this.settings.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </table>
      <div class="runs">
        ${runs.map(
          (run) =>
            html`<div class="run">
              <b>${this.model.nameOf(run)}</b>
              <canvas data-run=${run.id}></canvas>
              <p class="line">${t('handout.prediction')}</p>
              <p class="line">${t('handout.result')}</p>
            </div>`,
        )}
      </div>
      <p class="line">${t('handout.order')}</p>
      <p class="line">${t('handout.reason')}</p>
      <p class="line"></p>
      <div class="foot">
        ${link.length <= LONGEST_CODE ? html`<div class="code">${unsafeHTML(renderSVG(link, { border: 1 }))}</div>` : ''}
        <p>${link}</p>
      </div>`;
  }
}

define('lab-handout', LabHandout);
