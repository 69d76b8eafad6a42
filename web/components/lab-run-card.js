// One run: its name, its field, what it reached, what state it is in, and how it starts.

import { css, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { undecided } from '../plots/field.js';
import { colourOf, glyph } from '../plots/marks.js';
import { BINS, HIGH, LOW } from '../plots/weight-bins.js';
import { weightStrip } from '../plots/weights.js';
import { errorText, layerName, t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { compact, cost, percent } from '../texts/format.js';
import { entryOf, mainParameter, settingsOf } from '../state/specs.js';
import { ownSettings } from '../state/store.js';
import { MOST_RUNS } from '../state/table.js';
import { choice, numberField } from './controls.js';
import { LabElement, define, shared } from './element.js';
import { parameterHelp, parameterLabel, sentenceOf } from '../texts/words.js';
import { badIcon, goodIcon, openIcon, waitIcon } from './icons.js';
import { initializerOptions } from '../state/initializer-options.js';
import './lab-ask.js';
import './lab-field.js';
import './lab-menu.js';

/** Where the controls of a start come up from below. */
const PHONE = matchMedia('(max-width: 30rem)');

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
        min-height: 2.25rem;
        margin-bottom: 0.25rem;
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
      .strip {
        height: 62px;
        margin-bottom: 0.375rem;
      }
      .weights {
        display: block;
        width: 100%;
      }
      .weights text {
        font: 400 11px var(--face);
        fill: var(--quiet);
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
      .own {
        font-size: var(--small);
        color: var(--quiet);
      }
      .starts {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 0.5rem;
        margin-top: 0.25rem;
        border-top: 1px solid var(--line);
        padding-top: 0.125rem;
      }
      .starts select {
        grid-column: 1 / -1;
        width: 100%;
      }
      /* The slider and its number share a row. */
      .starts .field {
        display: contents;
      }
      .starts .field lab-ask {
        display: none;
      }
      .starts .own,
      .starts .reason {
        grid-column: 1 / -1;
      }
      .starts .field > input[type='range'] {
        grid-column: 1;
      }
      .starts input[type='number'] {
        width: 4rem;
        order: 1;
      }
      .open {
        display: flex;
        justify-content: space-between;
        align-items: center;
        width: 100%;
        margin-top: 0.25rem;
        border-color: var(--line);
        font-size: var(--small);
      }
      .open svg {
        width: 12px;
        height: 12px;
      }
      /* On a phone the controls of a start come up from below, while its field stays in sight. */
      .starts[popover] {
        position: fixed;
        inset: auto 0 0 0;
        width: auto;
        margin: 0;
        border: 0;
        border-top: 1px solid var(--strong-line);
        padding: 0.75rem var(--edge) 1rem;
        background: var(--paper);
        color: var(--ink);
      }
      .starts[popover]:not(:popover-open) {
        display: none;
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
        .starts,
        .open,
        .state lab-ask {
          display: none;
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
    /** CSS pixels. */
    this.width = 0;
    /** One function for all renders: a new one each time would select the text anew at every frame, under the typist. @param {Element | undefined} element */
    this.selectText = (element) => {
      if (element instanceof HTMLInputElement) queueMicrotask(() => element.select());
    };
  }

  connectedCallback() {
    super.connectedCallback();
    const observer = new ResizeObserver(([entry]) => {
      this.width = Math.floor(entry.contentRect.width);
      this.requestUpdate();
    });
    observer.observe(this);
    this.leavings.push(() => observer.disconnect());
    const again = () => this.requestUpdate();
    PHONE.addEventListener('change', again);
    this.leavings.push(() => PHONE.removeEventListener('change', again));
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
      ${this.head(run, chosen)} ${this.bare ? '' : this.strip(run)}
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

  /** The name and the menu are one tab stop: arrow keys lead from one to the other. @param {KeyboardEvent} event */
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
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.name button'))?.focus();
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
        <span>${errorText(problem)}</span>
      </div>`;
    }
    return keyed(run.id, html`<lab-field .model=${this.model} .run=${run.id}></lab-field>`);
  }

  /** The sizes of the weights, layer by layer. @param {import('../state/table.js').RunChoice} run */
  strip(run) {
    const weights = this.model.race.latest.get(run.id)?.weights;
    return html`<div class="strip">
      ${guard([weights, this.width, run.id, language.tag], () => {
        if (!weights || this.width === 0) return '';
        const count = weights.now.length;
        const rows = weights.now.map((now, l) => ({
          name: l === count - 1 ? t('weights.output') : String(l + 1),
          start: weights.start[l],
          now,
          keeps: weights.keeps[l],
        }));
        const words = rows.map(({ start, now }, l) =>
          t('weights.layer', {
            layer: layerName(l, count),
            start: medianSize(start),
            now: medianSize(now),
          }),
        );
        return weightStrip(
          rows,
          colourOf(this.model.slotOf(run.id)),
          t('weights.summary', { layers: words.join('; ') }),
          this.width,
          62,
        );
      })}
    </div>`;
  }

  /** @param {import('../state/table.js').RunChoice} run */
  figures(run) {
    const frame = this.model.race.latest.get(run.id);
    const m = frame?.metrics;
    return html`<dl class="figures" ?data-undecided=${frame !== undefined && undecided(frame.field)}>
        <div class="train">
          <dt class="away">${t('run.train')}</dt>
          <dd title=${t('term.train')}>${m ? percent(m.trainAccuracy) : '–'}</dd>
        </div>
        <div>
          <dt>${t('run.test')}</dt>
          <dd title=${t('term.test')}>${m ? percent(m.testAccuracy) : '–'}</dd>
        </div>
        <div>
          <dt>${t('run.cost')}</dt>
          <dd title=${t('term.cost')}>${m ? cost(m.cost, 3) : '–'}</dd>
        </div>
      </dl>
      ${this.status(frame?.state)}`;
  }

  /** The run's state with its icon, and the reason behind "why?". @param {import('../race/types.js').RunState | undefined} state */
  status(state) {
    if (state === undefined || this.model.prediction.hides) return html`<p class="state"></p>`;
    const { short, why } = sentenceOf(state);
    return html`<p class="state" data-tone=${state.tone}>
      ${{ good: goodIcon, bad: badIcon, waiting: waitIcon }[state.tone]}
      <span
        >${short}
        <lab-ask .text=${why} .label=${t('state.why', { state: short })}
          >${t('state.why.short')}</lab-ask
        ></span
      >
    </p>`;
  }

  /** How the weights of this run start. @param {import('../state/table.js').RunChoice} run */
  starts(run) {
    const known = this.model.catalogue;
    if (known === null) return html`<div class="starts"></div>`;
    if (!PHONE.matches) return html`<div class="starts">${this.startControls(run, known)}</div>`;
    return html`<button
        type="button"
        class="open"
        popovertarget="starts"
        aria-label=${t('run.start', { name: this.model.nameOf(run) })}
        @click=${() => this.choose()}
      >
        <span>${this.model.nameOf({ ...run, name: '' })}</span> ${openIcon}
      </button>
      <div class="starts" id="starts" popover>${this.startControls(run, known)}</div>`;
  }

  /** @param {import('../state/table.js').RunChoice} run @param {import('../race/race.js').Catalogue} known */
  startControls(run, known) {
    const entry = entryOf(known.initializers, run.init.name);
    const main = mainParameter(entry);
    const own = ownSettings(run);
    return html`${choice({
      label: t('run.init'),
      value: run.init.name,
      options: initializerOptions(known, settingsOf(this.state, run).activations),
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
    }`;
  }
}

/** The median of counted sizes, as text. @param {ArrayLike<number>} counts */
function medianSize(counts) {
  const half = Array.from(counts).reduce((sum, count) => sum + count, 0) / 2;
  let bin = 0;
  for (let seen = counts[0]; seen < half && bin < counts.length - 1; seen += counts[bin]) bin += 1;
  if (bin === 0) return t('weights.none');
  return compact(Number((10 ** (LOW + ((bin - 0.5) / BINS) * (HIGH - LOW))).toPrecision(1)));
}

define('lab-run-card', LabRunCard);
