// How a run's weights start: its initializer and that initializer's main parameter, with a slider.
// On a phone the controls are a bottom sheet, so that the run's field stays visible.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { parameterHelp, parameterLabel } from '../texts/words.js';
import { initializerOptions } from '../state/initializer-options.js';
import { entryOf, mainParameter, settingsOf } from '../state/specs.js';
import { ownSettings } from '../state/store.js';
import { choice, numberField } from '../templates/controls.js';
import { LabElement, define, shared } from './element.js';
import { openIcon } from '../templates/icons.js';

/** Screens on which the controls are a bottom sheet. */
const PHONE = matchMedia('(max-width: 30rem)');

export class LabStart extends LabElement {
  static properties = { run: {}, within: { type: Boolean } };
  static styles = [
    shared,
    css`
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
        width: 100%;
      }
      /* The number stands beside the choice, and the slider below has the whole width. */
      .starts .field {
        display: contents;
      }
      .starts .field lab-ask {
        display: none;
      }
      .starts .own,
      .starts .reason,
      .starts select:only-child {
        grid-column: 1 / -1;
      }
      .starts input.number {
        width: 4rem;
      }
      @media (pointer: fine) {
        .starts .field > input[type='range'] {
          height: 1.25rem;
        }
      }
      /* In a narrow card the number stands beside the slider. */
      @container (max-width: 14rem) {
        .starts select {
          grid-column: 1 / -1;
        }
        .starts .field > input[type='range'] {
          grid-column: 1;
        }
        .starts input.number {
          order: 1;
        }
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
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.run = '';
    /** Whether its controls are tab stops. */
    this.within = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(PHONE, 'change', () => this.requestUpdate());
  }

  get choice() {
    const { runs } = this.state;
    return runs.find(({ id }) => id === this.run) ?? runs[0];
  }

  updated() {
    for (const control of this.renderRoot.querySelectorAll('.open, select, .number'))
      /** @type {HTMLElement} */ (control).tabIndex = this.within ? 0 : -1;
  }

  render() {
    const run = this.choice;
    const known = this.model.catalogue;
    if (known === null) return html`<div class="starts"></div>`;
    if (!PHONE.matches) return html`<div class="starts">${this.startControls(run, known)}</div>`;
    return html`<button
        type="button"
        class="open"
        popovertarget="starts"
        aria-label=${t('run.start', { name: this.model.nameOf(run) })}
        @click=${() => this.model.store.set({ selected: this.model.store.indexOf(run.id) })}
      >
        <span>${this.model.nameOf({ ...run, name: '' })}</span> ${openIcon}
      </button>
      <div class="starts" id="starts" popover>${this.startControls(run, known)}</div>`;
  }

  /**
   * @param {import('../state/table.js').RunChoice} run
   * @param {import('../race/race.js').Catalogue} known
   */
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

define('lab-start', LabStart);
