// One run: its name, its field, what it reached, what state it is in, and how it starts.

import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { said, t } from '../texts/index.js';
import { cost, percent } from '../texts/format.js';
import { glyph } from '../plots/marks.js';
import { entryOf, mainParameter } from '../state/specs.js';
import { ownSettings } from '../state/store.js';
import { MOST_RUNS } from '../state/table.js';
import { choice, numberField } from './controls.js';
import { LabElement, define, shared } from './element.js';
import { labelOf, parameterHelp, parameterLabel, sentenceOf } from '../texts/words.js';
import './lab-ask.js';
import './lab-field.js';
import './lab-menu.js';

export class LabRunCard extends LabElement {
  static properties = {
    ...LabElement.properties,
    run: {},
    bare: { type: Boolean },
    renaming: { state: true },
  };
  static follows = ['change', 'frame'];
  /** Figures that change faster cannot be read. */
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
        min-height: 2.5rem;
        margin-bottom: 0.375rem;
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
      .name:hover:not(:disabled) {
        background: none;
        text-decoration: underline;
      }
      .name[aria-pressed='true'] {
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
        display: grid;
        grid-template-columns: auto auto 1fr;
        gap: 0 1rem;
        margin: 0.5rem 0 0;
      }
      .figures dt {
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.2;
      }
      .figures dd {
        font-size: var(--text);
        white-space: nowrap;
      }
      .figures .last {
        text-align: right;
      }
      .state {
        min-height: 2.7em;
        margin-top: 0.25rem;
        font-size: var(--small);
        line-height: 1.35;
        color: var(--quiet);
      }
      .state[data-tone='bad'] {
        color: var(--bad);
      }
      .state[data-tone='good'] {
        color: var(--good);
      }
      .own {
        font-size: var(--small);
        color: var(--quiet);
      }
      .starts {
        margin-top: 0.375rem;
        border-top: 1px solid var(--line);
        padding-top: 0.25rem;
      }
      .starts select {
        width: 100%;
      }
      /* The label keeps its width, the box gives way. */
      .starts .field {
        grid-template-columns: auto minmax(0, 1fr);
      }
      .starts input[type='number'] {
        width: min(100%, 5.5rem);
        justify-self: end;
      }
      /* On a phone all fields are in sight before any of the controls: only the chosen run shows its own. */
      @media (max-width: 30rem) {
        :host(:not([chosen], :only-of-type)) .starts {
          display: none;
        }
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
      .waiting {
        aspect-ratio: 1;
        background: var(--raised);
      }
      @container (max-width: 12rem) {
        .figures {
          gap: 0 0.5rem;
        }
        .figures dd {
          font-size: var(--small);
        }
      }
      /* The cost takes a line of its own before it leaves the card. */
      @container (max-width: 10rem) {
        .figures {
          grid-template-columns: auto 1fr;
        }
        .figures .last {
          grid-column: 1 / -1;
          display: flex;
          justify-content: space-between;
          align-items: baseline;
        }
      }
      @container (max-width: 14rem) {
        .state {
          min-height: 4.1em;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.run = '';
    /** Without the controls: a picture with its figures. */
    this.bare = false;
    this.renaming = false;
    /** One function for all renders: a new one each time would select the text anew at every frame, under the typist. @param {Element | undefined} element */
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
    return html`<article aria-label=${this.model.nameOf(run)}>
      ${this.head(run, chosen)}
      <div class="frame" @click=${this.bare ? nothing : () => this.choose()}>${this.field(run)}</div>
      ${this.figures(run)} ${this.bare ? '' : this.starts(run)}
    </article>`;
  }

  /** @param {import('../state/table.js').RunChoice} run @param {boolean} chosen */
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
    // Cards are dragged by their head only: sliders and the field need the pointer for themselves.
    return html`<header draggable=${this.bare ? 'false' : 'true'}>
      ${glyph(this.model.slotOf(run.id))}
      ${
        this.bare
          ? html`<h3 class="name" title=${name}><span>${name}</span></h3>`
          : html`<button
                type="button"
                class="name"
                title=${t('run.select', { name })}
                aria-pressed=${chosen}
                @click=${() => this.choose()}
                @dblclick=${() => (this.renaming = true)}
              >
                <span>${name}</span></button
              ><lab-menu .label=${t('run.menu', { name })} .items=${this.menu(run)}></lab-menu>`
      }
    </header>`;
  }

  choose() {
    const { store } = this.model;
    store.set({ selected: store.indexOf(this.run) });
  }

  /** @param {import('../state/table.js').RunChoice} run @param {string} name */
  rename(run, name) {
    if (!this.renaming) return;
    this.renaming = false;
    const wanted = name.trim();
    const usual = this.model.nameOf({ ...run, name: '' });
    this.model.store.setRun(run.id, { name: wanted === usual ? '' : wanted });
  }

  /** The keyboard goes on at the run's name, once that is there. */
  async focusName() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.name'))?.focus();
  }

  /** @param {import('../state/table.js').RunChoice} run @returns {import('./lab-menu.js').MenuItem[]} */
  menu(run) {
    const { store } = this.model;
    const { runs, solo } = store.state;
    const index = store.indexOf(run.id);
    const take = (/** @type {string} */ what) => () =>
      this.dispatchEvent(
        new CustomEvent('take', {
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
      this.renderRoot.querySelector('lab-field')
    );
    return field?.picture ?? null;
  }

  /** @param {import('../state/table.js').RunChoice} run */
  field(run) {
    const problem = this.model.race.problems.get(run.id);
    if (problem !== undefined) {
      return html`<div class="broken" role="alert">
        <strong>${t('run.broken')}</strong>
        <span>${said(problem.message)}</span>
      </div>`;
    }
    return keyed(run.id, html`<lab-field .model=${this.model} .run=${run.id}></lab-field>`);
  }

  /** @param {import('../state/table.js').RunChoice} run */
  figures(run) {
    const frame = this.model.race.latest.get(run.id);
    const sentence = frame?.state ? sentenceOf(frame.state) : { short: '', why: '' };
    const m = frame?.metrics;
    return html`<dl class="figures">
        <div>
          <dt>${t('run.train')}</dt>
          <dd><lab-ask .text=${t('term.train')}>${m ? percent(m.trainAccuracy) : '–'}</lab-ask></dd>
        </div>
        <div>
          <dt>${t('run.test')}</dt>
          <dd><lab-ask .text=${t('term.test')}>${m ? percent(m.testAccuracy) : '–'}</lab-ask></dd>
        </div>
        <div class="last">
          <dt>${t('run.cost')}</dt>
          <dd><lab-ask .text=${t('term.cost')}>${m ? cost(m.cost) : '–'}</lab-ask></dd>
        </div>
      </dl>
      <p class="state" data-tone=${frame?.state?.tone ?? 'waiting'}>
        ${sentence.short === '' ? '' : html`<lab-ask .text=${sentence.why}>${sentence.short}</lab-ask>`}
      </p>`;
  }

  /** How the weights of this run start. @param {import('../state/table.js').RunChoice} run */
  starts(run) {
    const known = this.model.catalogue;
    if (known === null) return html`<div class="starts"></div>`;
    const entry = entryOf(known.initializers, run.init.name);
    const main = mainParameter(entry);
    const own = ownSettings(run);
    return html`<div class="starts">
      ${choice({
        label: t('run.init'),
        value: run.init.name,
        options: known.initializers.map((row) => ({
          value: row.name,
          text: row.name === 'normal' ? t('init.factor') : labelOf('init', row),
        })),
        onValue: (name) => this.model.store.begin(run.id, { name, layers: run.init.layers }),
      })}
      ${
        main === undefined
          ? ''
          : numberField({
              ...main,
              label: run.init.name === 'normal' ? t('init.factor.label') : parameterLabel(main),
              help: run.init.name === 'normal' ? t('term.factor') : parameterHelp(main),
              value: run.init[main.name] ?? main.value,
              onValue: (value) => this.model.store.begin(run.id, { ...run.init, [main.name]: value }),
            })
      }
      ${
        own.length === 0
          ? ''
          : html`<p class="own">
              ${t('run.own', { settings: own.map((setting) => (setting === 'seed' ? '' : `${t(`setting.${setting}`)} `) + this.model.names.settingText(run, setting)).join(', ') })}
            </p>`
      }
    </div>`;
  }
}

define('lab-run-card', LabRunCard);
