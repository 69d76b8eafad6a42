// The lab: the row of runs, the transport bar, the chart, the signals, and the setup column.

import { html, unsafeCSS } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { unbroken } from '../texts/words.js';
import { theEngine } from '../race/race.js';
import { loadBelow, loadOnce, panelsBelow } from '../panels/panels.js';
import { presets } from '../state/preset-files.js';
import { inLanguage, presetOf } from '../state/presets.js';
import { MOST_RUNS, startState } from '../state/table.js';
import { listenToKeys } from '../actions/keys.js';
import { LabElement, define, shared } from './element.js';
import { formula } from '../templates/formula.js';
import { openIcon, plusIcon } from '../templates/icons.js';
import { styleProperties } from '../templates/style-properties.js';
import { dropFile, openSheet, printHandout, exportResult } from '../panels/sheets.js';
import sheet from '../styles/lab.css?inline';
import './lab-chart.js';
import { faultText, hasSentence } from './lab-fault.js';
import './lab-legend.js';
import './lab-notices.js';
import './lab-run-card.js';
import './lab-setup.js';
import './lab-share.js';
import './lab-signals.js';
import './lab-transport.js';
import './lab-verdict.js';

export class LabApp extends LabElement {
  static properties = {
    slow: { state: true },
    moving: { state: true },
    below: { state: true },
  };
  static styles = [shared, unsafeCSS(sheet)];

  constructor() {
    super();
    /** Whether loading takes so long that a message should appear. */
    this.slow = false;
    /**
     * Whether the runs are visibly training or paused. The page draws everything around them
     * afterwards.
     */
    this.moving = false;
    /** Whether the parts below the first view have been loaded. */
    this.below = false;
    this.dragged = '';
    this.addEventListener('points', (event) =>
      openSheet(this, 'lab-points', /** @type {CustomEvent} */ (event).detail),
    );
    this.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
    this.addEventListener('drop', (event) => dropFile(this, event));
    this.addEventListener('goto', async (event) => {
      await this.updateComplete;
      const { detail } = /** @type {CustomEvent} */ (event);
      (this.cards.find(({ run }) => run === detail) ?? this.cards[0]).focusName();
    });
    this.addEventListener('embed', () => openSheet(this, 'lab-embed'));
    this.addEventListener('name', () => openSheet(this, 'lab-name'));
    this.addEventListener('picture', () => openSheet(this, 'lab-picture'));
    this.addEventListener('handout', () => printHandout(this));
    this.addEventListener('tour', () => openSheet(this, 'lab-tour'));
    this.addEventListener('export', async (event) => {
      const share = /** @type {import('./lab-share.js').LabShare} */ (
        this.renderRoot.querySelector('lab-share')
      );
      // Clear the message of the previous copy.
      share.announce('');
      share.announce(await exportResult(this, /** @type {CustomEvent} */ (event).detail));
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.model, 'frame', () => {
      const { frame } = this.model.race;
      if (frame !== null && (frame.position > 0 || !frame.playing || this.model.stuck)) this.moving = true;
    });
    this.cleanups.push(listenToKeys(this));
    const timer = setTimeout(() => (this.slow = true), 300);
    this.cleanups.push(() => clearTimeout(timer));
  }

  /** Loads the parts below the first view when the reader scrolls near them, or prints. */
  attached() {
    const below = this.renderRoot.querySelector('.below');
    if (below === null) return;
    const load = () => {
      observer.disconnect();
      this.showBelow();
    };
    // An edge of these parts that is just in sight does not mean that the reader wants them.
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) load();
      },
      { rootMargin: '0px 0px -48px 0px' },
    );
    const look = () => {
      if (!this.moving) return;
      this.model.removeEventListener('frame', look);
      observer.observe(below);
    };
    this.listen(this.model, 'frame', look);
    addEventListener('beforeprint', load, { once: true });
    this.cleanups.push(() => {
      observer.disconnect();
      removeEventListener('beforeprint', load);
    });
  }

  /** Loads the parts below the first view. Resolves when they are on the page. */
  async showBelow() {
    await loadBelow(this.model);
    this.below = true;
    await this.updateComplete;
  }

  /**
   * Keeps the keyboard focus: if the focused card disappears, or the eighth run disables the
   * focused button, the focus moves to the selected run. (lab-notices does this when a run is
   * removed.)
   * @param {import('lit').PropertyValues} changed
   */
  update(changed) {
    const held = /** @type {any} */ (this.renderRoot).activeElement;
    super.update(changed);
    const { model } = this;
    if (held?.disabled || (held && !held.isConnected && model.store.indexOf(held.run) >= 0))
      this.dispatchEvent(new CustomEvent('goto', { detail: model.selectedRun.id }));
  }

  render() {
    const { model } = this;
    if (model.broken !== null) return this.brokenPage(model.broken);
    return html`<div class="title">
        <h1>${t('lab.question')}</h1>
        <div class="right">
          ${this.experiment()}
          <lab-share .model=${model}></lab-share>
        </div>
      </div>
      <p class="sentence">${formula(unbroken(this.sentence))}</p>
      <lab-notices .model=${model}></lab-notices>
      <lab-fault .model=${model}></lab-fault>
      ${this.slow && model.catalogue === null ? html`<p class="sentence" role="status">${t('lab.loading')}</p>` : ''}
      <lab-transport .model=${model}></lab-transport>
      <lab-verdict .model=${model}></lab-verdict>
      ${this.prediction()}
      <div class="page">
        <div class="main ${this.single ? 'single' : ''}">
          <div class="key">
            <lab-legend .model=${model}></lab-legend>
            ${this.addButton()}
          </div>
          ${this.runs()}
          <div class="charts">
            <lab-chart .model=${model}></lab-chart>
            <lab-signals .model=${model}></lab-signals>
          </div>
          ${this.below ? [this.reading(), ...panelsBelow(model)] : html`<div class="below"></div>`}
        </div>
        <aside aria-label=${t('setup.title')}>
          ${this.moving ? html`<lab-setup .model=${model}></lab-setup>` : ''}
        </aside>
      </div>
      <p class="paper">${location.href}</p>
      <div id="sheets"></div>`;
  }

  /** The sentence of the experiment, if it is a preset. */
  get sentence() {
    const preset = presetOf(presets, this.state);
    return preset ? inLanguage(preset.sentence, language.tag) : this.state.question || t('lab.own');
  }

  /** The experiment's name, as a button that opens the list of all presets. */
  experiment() {
    const preset = presetOf(presets, this.state);
    const title = preset ? inLanguage(preset.title, language.tag) : this.state.title || t('lab.preset.own');
    return html`<span class="label">${t('lab.preset')}</span>
      <button
        type="button"
        class="experiment"
        aria-haspopup="dialog"
        aria-label="${t('lab.preset')}: ${title}"
        @click=${() => openSheet(this, 'lab-experiments')}
      >
        <span>${title}</span> ${openIcon}
      </button>`;
  }

  /** The runs that have a card: all of them, or the enlarged one. */
  get shown() {
    const { runs, solo } = this.state;
    return solo >= 0 && solo < runs.length ? [runs[solo]] : runs;
  }

  get single() {
    return this.shown.length === 1;
  }

  runs() {
    const { shown } = this;
    const columns = Math.min(4, shown.length);
    return html`<div
      class="runs"
      role="group"
      aria-label=${t('lab.runs')}
      ${styleProperties({ '--columns': String(columns) })}
    >
      ${repeat(
        shown,
        (run) => run.id,
        (run) =>
          html`<lab-run-card
            .model=${this.model}
            .run=${run.id}
            @dragstart=${(/** @type {DragEvent} */ event) => this.dragStart(event, run.id)}
            @dragend=${() => (this.dragged = '')}
            @dragover=${(/** @type {DragEvent} */ event) => this.dragged !== '' && event.preventDefault()}
            @drop=${(/** @type {DragEvent} */ event) => this.drop(event, run.id)}
          ></lab-run-card>`,
      )}
    </div>`;
  }

  /** The prediction that the link asks for before the training. */
  prediction() {
    if (!this.model.prediction.wanted) return '';
    loadOnce('lab-predict', this.model);
    return html`<lab-predict .model=${this.model}></lab-predict>`;
  }

  /** How the runs read examples that are pictures. */
  reading() {
    if (this.model.race.answers.get(this.model.selectedRun.id)?.drawn !== false) return '';
    loadOnce('lab-reading', this.model);
    return html`<lab-reading .model=${this.model}></lab-reading>`;
  }

  addButton() {
    return html`<button
      type="button"
      class="add"
      ?disabled=${this.state.runs.length >= MOST_RUNS}
      @click=${() => this.model.store.addRun()}
    >
      ${plusIcon} ${t('run.add')}
    </button>`;
  }

  /**
   * @param {DragEvent} event
   * @param {string} id
   */
  dragStart(event, id) {
    // Selected text can be dragged too, but it is no card.
    const grip = event.composedPath()[0];
    if (!(grip instanceof HTMLElement && grip.draggable)) return;
    this.dragged = id;
    event.dataTransfer?.setData('text/plain', id);
  }

  /**
   * @param {DragEvent} event
   * @param {string} id
   */
  drop(event, id) {
    if (this.dragged === '') return;
    event.preventDefault();
    this.model.store.placeRun(this.dragged, this.model.store.indexOf(id));
    this.dragged = '';
  }

  /** @param {Error} error */
  brokenPage(error) {
    const { model } = this;
    // Once the module has loaded, only this experiment has failed, usually for lack of memory;
    // others can still run.
    const ready = model.catalogue !== null;
    return html`<div class="broken" role="alert">
      <h1>${ready ? t('lab.stopped') : t('lab.broken')}</h1>
      <p>
        ${ready || hasSentence(error) ? faultText(error) : t('lab.broken.why', { message: faultText(error) })}
      </p>
      ${
        ready && theEngine().dead === null
          ? html`<button
              type="button"
              class="main"
              @click=${() => model.open(startState(), [], { restart: true })}
            >
              ${t('lab.other')}
            </button>`
          : html`<button type="button" class="main" @click=${() => model.restartWorker()}>
              ${t('fault.retry')}
            </button>`
      }
      <button type="button" @click=${() => location.reload()}>${t('lab.reload')}</button>
    </div>`;
  }

  /** Lets the reader type a run's name. @param {string} id */
  rename(id) {
    const card = this.cards.find((candidate) => candidate.run === id);
    if (card) card.renaming = true;
  }

  /** @returns {import('./lab-run-card.js').LabRunCard[]} in the order of the runs */
  get cards() {
    return /** @type {any} */ ([...this.renderRoot.querySelectorAll('lab-run-card')]);
  }

  /** The cards' canvases in the order of the runs, for saving the row. */
  get pictures() {
    return this.cards.map((card) => ({ run: card.run, canvas: card.picture }));
  }
}

define('lab-app', LabApp);
