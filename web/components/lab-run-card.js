// One run: its name, its field, its accuracies, its state, and its start.

import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { undecided } from '../plots/field.js';
import { glyph } from '../plots/marks.js';
import { errorText, t } from '../texts/index.js';
import { cost } from '../texts/format.js';
import { loadOnce } from '../panels/panels.js';
import { MOST_RUNS } from '../state/table.js';
import { LabElement, define, shared } from './element.js';
import { scoreText, sentenceOf } from '../texts/words.js';
import { badIcon, goodIcon, waitIcon } from '../templates/icons.js';
import '../templates/lab-ask.js';
import './lab-field.js';
import './lab-menu.js';
import './lab-start.js';
import './lab-weights.js';

export class LabRunCard extends LabElement {
  static properties = {
    run: {},
    bare: { type: Boolean },
    renaming: { state: true },
  };
  static follows = ['change', 'frame'];
  /** Numbers that change faster are unreadable. */
  static pace = 80;
  static styles = [
    shared,
    css`
      /* What changes inside a card leaves the page around it alone. */
      :host {
        min-width: 0;
        contain: layout style;
        container-type: inline-size;
      }
      header {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2rem;
        margin-bottom: 0.125rem;
        border-bottom: 2px solid transparent;
      }
      .glyph {
        flex: none;
        forced-color-adjust: none;
      }
      /* Where colours are forced, a transparent border is seen. */
      @media (forced-colors: active) {
        :host(:not([chosen])) header {
          border-color: Canvas;
        }
      }
      .name {
        flex: 1 1 auto;
        min-width: 0;
        font-size: var(--text);
        font-weight: 600;
      }
      .name button {
        display: block;
        width: 100%;
        padding: 0;
        text-align: left;
        font-weight: 600;
      }
      /* Names often differ at their end only, which one line of a narrow card does not reach. */
      .name span {
        display: -webkit-box;
        overflow: hidden;
        line-height: 1.15;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .name button:hover:not(:disabled) {
        background: none;
        text-decoration: underline;
      }
      .name button[aria-pressed='true'] {
        background: none;
        box-shadow: none;
      }
      header input {
        flex: 1 1 auto;
        min-width: 0;
        font-weight: 600;
      }
      :host([chosen]) header {
        border-color: var(--ink);
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 0.5rem;
        margin: 0.25rem 0 0;
        white-space: nowrap;
      }
      .figures div {
        display: flex;
        gap: 0.3em;
        color: var(--quiet);
        font-size: var(--small);
      }
      .figures dd {
        color: var(--ink);
      }
      .figures .train dd {
        font-size: var(--number);
        line-height: 1.3;
        font-weight: 600;
      }
      .figures[data-undecided] .train dd {
        color: var(--quiet);
        font-weight: 400;
      }
      .state {
        display: flex;
        gap: 0.375rem;
        min-height: 2.7em;
        margin-top: 0.125rem;
        font-size: var(--small);
        line-height: 1.35;
        color: var(--quiet);
      }
      .state svg {
        flex: none;
        width: 1rem;
        height: 1rem;
        margin-top: 0.0625rem;
        fill: currentcolor;
      }
      .state[data-tone='bad'] {
        color: var(--bad);
      }
      .state[data-tone='good'] {
        color: var(--good);
      }
      .state lab-ask {
        text-decoration: underline;
        text-underline-offset: 0.15em;
        white-space: nowrap;
      }
      .broken {
        display: grid;
        align-content: center;
        gap: 0.5rem;
        aspect-ratio: 1;
        padding: 1rem;
        background: var(--raised);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
      @container (max-width: 15.75rem) {
        .figures .train dd {
          font-size: var(--section);
        }
      }
      @container (max-width: 14rem) {
        .state {
          min-height: 4.1em;
        }
      }
      @media print {
        .state lab-ask {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.run = '';
    /** Shows the picture with its numbers, without controls. */
    this.bare = false;
    this.renaming = false;
    /**
     * Whether Tab goes through the card. The other cards have one stop, their name, so that eight
     * runs do not put forty stops between the reader and the chart.
     */
    this.within = true;
    /**
     * One function for all renders: a new one would select the text again at every frame, while the
     * reader types.
     * @param {Element | undefined} element
     */
    this.selectText = (element) => {
      if (element instanceof HTMLInputElement) queueMicrotask(() => element.select());
    };
  }

  get choice() {
    const { runs } = this.state;
    return runs.find(({ id }) => id === this.run) ?? runs[0];
  }

  render() {
    const run = this.choice;
    const chosen = !this.bare && this.state.runs.length > 1 && this.model.selectedRun.id === run.id;
    this.toggleAttribute('chosen', chosen);
    this.within = this.bare || chosen || this.state.runs.length === 1;
    return html`<article aria-label=${this.model.nameOf(run)}>
      ${this.head(run, chosen)}
      ${this.bare ? '' : html`<lab-weights .model=${this.model} .run=${run.id}></lab-weights>`}
      <div class="frame" @click=${this.bare ? nothing : () => this.choose()}>${this.field(run)}</div>
      ${this.figures(run)}
      ${this.bare ? '' : html`<lab-start .model=${this.model} .run=${run.id} .within=${this.within}></lab-start>`}
    </article>`;
  }

  /**
   * @param {import('../state/table.js').RunChoice} run
   * @param {boolean} chosen
   */
  head(run, chosen) {
    const name = this.model.nameOf(run);
    if (this.renaming) {
      return html`<header>
        ${glyph(this.model.slotOf(run.id))}
        <input
          type="text"
          maxlength="60"
          aria-label=${t('run.name')}
          .value=${run.name || name}
          ${ref(this.selectText)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => {
            event.stopPropagation();
            if (event.key === 'Enter') this.rename(run, /** @type {HTMLInputElement} */ (event.target).value);
            else if (event.key === 'Escape') this.renaming = false;
            else return;
            this.focusName();
          }}
          @blur=${(/** @type {Event} */ event) => this.rename(run, /** @type {HTMLInputElement} */ (event.target).value)}
        />
      </header>`;
    }
    // Cards are dragged by their header only, because sliders and the field use the pointer
    // themselves.
    return html`<header
      draggable=${this.bare ? 'false' : 'true'}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.walkHead(event)}
    >
      ${glyph(this.model.slotOf(run.id))}
      ${
        this.bare
          ? html`<h3 class="name" title=${name}><span>${name}</span></h3>`
          : html`<h2 class="name">
                <button
                  type="button"
                  title=${t('run.select', { name })}
                  aria-pressed=${chosen}
                  @click=${() => this.choose()}
                  @dblclick=${() => (this.renaming = true)}
                >
                  <span>${name}</span>
                </button>
              </h2>
              <lab-menu
                .label=${t('run.menu', { name })}
                .inGroup=${true}
                .items=${this.menu(run)}
              ></lab-menu>`
      }
    </header>`;
  }

  /**
   * The name and the menu are one tab stop; arrow keys move between them.
   * @param {KeyboardEvent} event
   */
  walkHead(event) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'ArrowLeft') this.focusName();
    else
      /** @type {import('./lab-menu.js').LabMenu | null} */ (
        this.renderRoot.querySelector('lab-menu')
      )?.focusButton();
  }

  choose() {
    const { store } = this.model;
    store.set({ selected: store.indexOf(this.run) });
  }

  /**
   * @param {import('../state/table.js').RunChoice} run
   * @param {string} name
   */
  rename(run, name) {
    if (!this.renaming) return;
    this.renaming = false;
    const wanted = name.trim();
    const usual = this.model.nameOf({ ...run, name: '' });
    this.model.store.setRun(run.id, { name: wanted === usual ? '' : wanted });
  }

  /** Moves the focus to the run's name once it is rendered. */
  async focusName() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.name button'))?.focus();
  }

  /**
   * @param {import('../state/table.js').RunChoice} run
   * @returns {import('./lab-menu.js').MenuItem[]}
   */
  menu(run) {
    const { store } = this.model;
    const { runs, solo } = store.state;
    const index = store.indexOf(run.id);
    const take = (/** @type {string} */ what) => () =>
      this.dispatchEvent(
        new CustomEvent('export', {
          detail: { what, run: run.id },
          bubbles: true,
          composed: true,
        }),
      );
    const off = this.model.race.problems.has(run.id);
    return [
      {
        text: solo === index ? t('run.unsolo') : t('run.solo'),
        run: () => store.set({ solo: solo === index ? -1 : index, selected: index }),
        off: runs.length === 1,
      },
      { text: t('run.rename'), run: () => (this.renaming = true) },
      { text: t('run.duplicate'), run: () => store.addRun(run), off: runs.length >= MOST_RUNS },
      { text: t('run.left'), run: () => store.moveRun(run.id, -1), off: index === 0 },
      { text: t('run.right'), run: () => store.moveRun(run.id, 1), off: index === runs.length - 1 },
      { text: t('run.remove'), run: () => this.model.removeRun(run.id), off: runs.length === 1 },
      { text: t('run.png'), run: take('png'), group: true, off },
      { text: t('run.csv'), run: take('csv'), off },
      { text: t('run.json'), run: take('json'), off },
      { text: t('run.numpy'), run: take('numpy'), off },
      { text: t('run.torch'), run: take('torch'), off },
      { text: t('run.keras'), run: take('keras'), off },
      { text: t('run.jax'), run: take('jax'), off },
      { text: t('run.weights'), run: take('weights'), off },
    ];
  }

  /** The field's canvas, for saving. @returns {HTMLCanvasElement | null} */
  get picture() {
    const field = /** @type {import('./lab-field.js').LabField | null} */ (
      this.renderRoot.querySelector('lab-field, lab-digits')
    );
    return field?.picture ?? null;
  }

  /** @param {import('../state/table.js').RunChoice} run */
  field(run) {
    const problem = this.model.race.problems.get(run.id);
    if (problem !== undefined) {
      return html`<div class="broken" role="alert">
        <strong>${t('run.broken')}</strong>
        <span>${errorText(problem)}</span>
      </div>`;
    }
    if (this.model.race.answers.get(run.id)?.drawn === false) {
      loadOnce('lab-digits', this.model);
      return keyed(run.id, html`<lab-digits .model=${this.model} .run=${run.id}></lab-digits>`);
    }
    return keyed(
      run.id,
      html`<lab-field .model=${this.model} .run=${run.id} .within=${this.within}></lab-field>`,
    );
  }

  /** @param {import('../state/table.js').RunChoice} run */
  figures(run) {
    const frame = this.model.race.latest.get(run.id);
    const m = frame?.metrics;
    const answers = this.model.race.answers.get(run.id);
    return html`<dl class="figures" ?data-undecided=${frame !== undefined && undecided(frame.field)}>
        <div class="train">
          <dt class="away">${t('run.train')}</dt>
          <dd title=${answers?.kind === 'values' ? t('term.r2') : t('term.train')}>
            ${m ? scoreText(answers, m.trainAccuracy) : '–'}
          </dd>
        </div>
        <div>
          <dt>${t('run.test')}</dt>
          <dd title=${t('term.test')}>${m ? scoreText(answers, m.testAccuracy).replace('R² ', '') : '–'}</dd>
        </div>
        <div>
          <dt>${t('run.cost')}</dt>
          <dd title=${t('term.cost')}>${m ? cost(m.cost, 3) : '–'}</dd>
        </div>
      </dl>
      ${this.status(frame?.state)}`;
  }

  /**
   * The run's state with its icon, and the reason behind "why?".
   * @param {import('../race/types.js').RunState | undefined} state
   */
  status(state) {
    if (state === undefined || this.model.prediction.hides) return html`<p class="state"></p>`;
    const { short, why } = sentenceOf(state);
    return html`<p class="state" data-tone=${state.tone}>
      ${{ good: goodIcon, bad: badIcon, waiting: waitIcon }[state.tone]}
      <span
        >${short}
        <lab-ask .text=${why} .inField=${!this.within} .label=${t('state.why', { state: short })}
          >${t('state.why.short')}</lab-ask
        ></span
      >
    </p>`;
  }
}

define('lab-run-card', LabRunCard);
