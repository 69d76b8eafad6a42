// A live figure: the runs of one experiment side by side, their cost, and a play button. It trains
// when it becomes visible, pauses when it is hidden, and links to the lab.

import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../texts/index.js';
import { whole } from '../texts/format.js';
import '../texts/later.js';
import { LabModel } from '../state/model.js';
import { writeLink } from '../state/table.js';
import { LabElement, define, shared } from './element.js';
import { watchSight } from '../browser/sight.js';
import { pauseIcon, playIcon, resetIcon } from '../templates/icons.js';
import { unreadPart } from '../templates/unread.js';
import { styleProperties } from '../templates/style-properties.js';
import './lab-chart.js';
import './lab-fault.js';
import './lab-predict.js';
import './lab-run-card.js';

export class LabFigure extends LabElement {
  static properties = { chart: { type: Boolean } };
  static follows = ['change', 'frame'];
  static styles = [
    shared,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      /* One run alone has its cost beside it where there is room. */
      @container (min-width: 44rem) {
        .alone {
          display: grid;
          grid-template-columns: minmax(0, 22rem) minmax(0, 1fr);
          gap: 1.25rem;
        }
        .alone lab-chart {
          --chart-height: 16rem;
        }
      }
      .runs {
        display: grid;
        grid-template-columns: repeat(var(--columns, 2), minmax(0, 24rem));
        gap: 0.5rem 1.25rem;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.75rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      .bar a {
        margin-left: auto;
        color: inherit;
      }
      lab-chart {
        --chart-height: 10rem;
      }
      @container (max-width: 42rem) {
        .runs {
          grid-template-columns: repeat(min(2, var(--columns, 2)), minmax(0, 1fr));
        }
      }
    `,
  ];

  constructor() {
    super();
    /** Whether to draw the cost below the fields. */
    this.chart = false;
    /** Parts to leave out: controls, link. @type {string[]} */
    this.hidden_ = [];
    /** The lab's address. */
    this.home = './index.html';
    /** Whether it trains as soon as it is visible. */
    this.playsInSight = true;
    this.visible = false;
    this.seen = false;
    /** Whether the race was paused because the figure became hidden. */
    this.rested = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.cleanups.push(watchSight(this, (seen) => this.look(seen)));
  }

  /**
   * Created when the figure becomes visible, so that visible figures do not wait for the others.
   */
  makeModel() {
    return LabModel.fromLink(this.getAttribute('experiment') ?? '', { autoplay: false });
  }

  /** @param {boolean} visible */
  look(visible) {
    this.visible = visible;
    if (visible) {
      // A link with an iteration shows that iteration.
      const begins = this.playsInSight && this.state.at === null && !this.model.prediction.wanted;
      if (!this.seen && begins) this.model.begin();
      else if (this.rested) this.model.play(true);
      this.seen = true;
      this.rested = false;
    } else if (this.model.running) {
      this.rested = true;
      this.model.play(false);
    }
  }

  render() {
    const { model } = this;
    if (model.broken !== null) return html`<lab-fault .model=${model}></lab-fault>`;
    const { runs } = this.state;
    const alone = runs.length === 1 && this.chart;
    // Parts listen to the model that they were created with, so a new model gets new parts.
    return keyed(
      model,
      html`${this.notice()}
        ${model.prediction.wanted ? html`<lab-predict .model=${model}></lab-predict>` : nothing}
        ${model.waiting === null ? nothing : html`<lab-fault .model=${model}></lab-fault>`}
        <div
          class=${alone ? 'alone' : ''}
          role="group"
          aria-label=${runs.map((run) => model.nameOf(run)).join(', ')}
        >
          <div class="runs" ${styleProperties({ '--columns': String(Math.min(4, runs.length)) })}>
            ${repeat(
              runs,
              ({ id }) => id,
              ({ id }) => html`<lab-run-card bare .model=${model} .run=${id}></lab-run-card>`,
            )}
          </div>
          <div>
            <div class="bar">${this.controls()}</div>
            ${this.chart ? html`<lab-chart bare .model=${model}></lab-chart>` : nothing}
          </div>
        </div>`,
    );
  }

  /** The notice about parts of the experiment that could not be read. */
  notice() {
    const { unread } = this.model;
    if (unread.length === 0) return nothing;
    return html`<p class="notice" role="alert">
      ${t('lab.unread')} ${unread.map((part) => html`${unreadPart(part)} `)}
    </p>`;
  }

  /** The iteration that all runs have reached. */
  get reached() {
    const { position = 0, runs = [] } = this.model.race.frame ?? {};
    return Math.min(position, ...runs.map(({ iteration }) => iteration));
  }

  controls() {
    const { model } = this;
    const { iterations } = this.state;
    const { position = 0, catchingUp = false } = model.race.frame ?? {};
    const done = position >= iterations;
    const toggle = () => {
      if (done) model.reset();
      model.play(done || !model.running);
    };
    return html`${
      this.hidden_.includes('controls')
        ? nothing
        : html`<button
              type="button"
              class="icon"
              aria-label=${model.running && !done ? t('pause') : t('play')}
              ?disabled=${model.stuck}
              @click=${toggle}
            >
              ${model.running && !done ? pauseIcon : playIcon}
            </button>
            <button
              type="button"
              class="icon"
              aria-label=${t('reset')}
              ?disabled=${model.stuck}
              @click=${() => model.reset()}
            >
              ${resetIcon}
            </button>
            <span
              >${t('figure.at', { iteration: whole(this.reached), iterations: whole(iterations) })}${catchingUp ? ` · ${t('transport.catching')}` : ''}</span
            >`
    }
    ${this.hidden_.includes('link') ? nothing : html`<a class="reach" href="${this.home}#${writeLink({ ...this.state, at: null })}">${t('figure.open')}</a>`}`;
  }
}

define('lab-figure', LabFigure);
