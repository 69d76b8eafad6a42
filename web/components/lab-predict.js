// The prediction before the training: the learner ranks the runs, locks the ranking, and compares
// it with the result.

import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { glyph } from '../plots/marks.js';
import { t } from '../texts/index.js';
import '../texts/later.js';
import { whole } from '../texts/format.js';
import { scoreText } from '../texts/words.js';
import { LabElement, define, shared } from './element.js';
import { downIcon, upIcon } from '../templates/icons.js';

export class LabPredict extends LabElement {
  static follows = ['change', 'frame'];
  static pace = 250;
  static styles = [
    shared,
    css`
      section {
        display: grid;
        grid-template-columns: fit-content(40rem) auto;
        justify-content: start;
        align-content: start;
        gap: 0 3rem;
        margin: 0.5rem 0;
        border-left: 3px solid var(--ink);
        padding: 0.25rem 0 0.25rem 1rem;
      }
      section > * {
        grid-column: 1;
        justify-self: start;
      }
      ol {
        grid-column: 2;
        grid-row: 1 / span 4;
        display: grid;
        grid-template-columns: auto auto auto auto;
        align-items: center;
        gap: 0 0.75rem;
        width: fit-content;
        margin: 0;
        padding: 0;
      }
      li {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
        align-items: center;
        min-height: 2.25rem;
        border-top: 1px solid var(--line);
      }
      li[draggable='true'] {
        cursor: grab;
      }
      .place {
        min-width: 1.5rem;
        color: var(--quiet);
        font-variant-numeric: tabular-nums;
      }
      .move {
        display: flex;
        justify-content: end;
      }
      .score {
        font-size: var(--section);
      }
      section > button {
        margin-top: 0.5rem;
      }
      .result {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
      }
      @media (max-width: 44rem) {
        section {
          display: block;
        }
      }
      .head {
        min-height: 0;
        border: 0;
        color: var(--quiet);
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    this.dragged = '';
    /** Whether the result has been reported to the surrounding page. */
    this.reported = false;
  }

  get prediction() {
    return this.model.prediction;
  }

  willUpdate() {
    const { prediction, model } = this;
    // Starting the training locks the ranking.
    if (prediction.wanted && !prediction.locked && (model.running || model.position > 0)) this.lock();
    if (!prediction.done) this.reported = false;
    else if (!this.reported) this.report();
  }

  /** @param {string} id */
  nameOf(id) {
    const run = this.state.runs.find((each) => each.id === id);
    return run ? this.model.nameOf(run) : '';
  }

  render() {
    if (!this.prediction.wanted) return html``;
    return html`<section aria-labelledby="ask">
      <h2 id="ask">
        ${this.state.question || t('predict.question', { iterations: whole(this.state.iterations) })}
      </h2>
      ${this.prediction.done ? this.outcome() : this.ranking()}
    </section>`;
  }

  ranking() {
    const { order, locked } = this.prediction;
    return html`<p class="quiet">${t(locked ? 'predict.locked' : 'predict.help')}</p>
      <ol>
        ${repeat(
          order,
          (id) => id,
          (id, place) =>
            html`<li
              draggable=${locked ? 'false' : 'true'}
              @dragstart=${(/** @type {DragEvent} */ event) => {
                this.dragged = id;
                event.dataTransfer?.setData('text/plain', id);
              }}
              @dragover=${(/** @type {DragEvent} */ event) => this.dragged !== '' && event.preventDefault()}
              @drop=${(/** @type {DragEvent} */ event) => {
                event.preventDefault();
                this.put(this.dragged, place);
                this.dragged = '';
              }}
            >
              <span class="place">${place + 1}</span>
              ${glyph(this.model.slotOf(id))}
              <span>${this.nameOf(id)}</span>
              ${locked ? html`<span></span>` : this.moves(id, place, order.length)}
            </li>`,
        )}
      </ol>
      ${
        locked
          ? ''
          : html`<button type="button" class="main" @click=${() => this.train()}>
              ${t('predict.lock')}
            </button>`
      }`;
  }

  /**
   * @param {string} id
   * @param {number} place
   * @param {number} count
   */
  moves(id, place, count) {
    const name = this.nameOf(id);
    return html`<span class="move">
      <button
        type="button"
        class="icon"
        aria-label=${t('predict.up', { name })}
        ?disabled=${place === 0}
        @click=${() => this.put(id, place - 1)}
      >
        ${upIcon}
      </button>
      <button
        type="button"
        class="icon"
        aria-label=${t('predict.down', { name })}
        ?disabled=${place === count - 1}
        @click=${() => this.put(id, place + 1)}
      >
        ${downIcon}
      </button>
    </span>`;
  }

  outcome() {
    const { order, result, score } = this.prediction;
    return html`<p class="score" role="status">${t('predict.score', score)}</p>
      <ol>
        <li class="head">
          <span></span><span></span><span>${t('predict.yours')}</span><span>${t('predict.result')}</span>
        </li>
        ${order.map((id, place) => {
          const metrics = this.model.race.latest.get(result[place])?.metrics;
          return html`<li>
            <span class="place">${place + 1}</span>
            ${glyph(this.model.slotOf(id))}
            <span>${this.nameOf(id)}</span>
            <span class="result"
              >${glyph(this.model.slotOf(result[place]))} ${this.nameOf(result[place])}
              <b
                >${metrics ? scoreText(this.model.race.answers.get(result[place]), metrics.trainAccuracy) : ''}</b
              ></span
            >
          </li>`;
        })}
      </ol>
      <button type="button" class="outline" @click=${() => this.again()}>${t('predict.again')}</button>`;
  }

  /**
   * @param {string} id
   * @param {number} place
   */
  put(id, place) {
    this.prediction.put(id, place);
    this.requestUpdate();
  }

  lock() {
    this.prediction.locked = true;
  }

  train() {
    this.lock();
    this.model.begin();
    this.model.dispatchEvent(new Event('change'));
  }

  again() {
    this.prediction.unlock();
    this.model.reset();
  }

  /**
   * Reports the prediction and the result to the surrounding page, for instance a learning
   * platform.
   */
  report() {
    this.reported = true;
    const { order, result, score } = this.prediction;
    const names = (/** @type {string[]} */ ids) => ids.map((id) => this.nameOf(id));
    const detail = { prediction: names(order), result: names(result), ...score };
    this.dispatchEvent(new CustomEvent('predicted', { detail, bubbles: true, composed: true }));
  }
}

define('lab-predict', LabPredict);
