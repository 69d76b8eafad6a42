// The dialog with the presets, good and bad starts, each with its sentence.

import { css, html, nothing } from 'lit';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { unbroken } from '../texts/words.js';
import { presets } from '../state/preset-files.js';
import { inLanguage, presetOf, stateOf } from '../state/presets.js';
import { define } from './element.js';
import { openFile } from '../actions/dropped-files.js';
import { formula } from '../templates/formula.js';
import { closeIcon } from '../templates/icons.js';
import { replace } from '../actions/replace.js';
import { Sheet } from './sheet.js';

export class LabExperiments extends Sheet {
  static styles = [
    ...Sheet.styles,
    css`
      /* The way to a file of one's own stays in sight below the list, which goes on behind it. */
      dialog {
        padding-bottom: 0;
      }
      ul {
        margin-bottom: 0.375rem;
      }
      li {
        list-style: none;
        border-top: 1px solid var(--line);
      }
      li button {
        display: block;
        width: 100%;
        padding: 0.5rem 0.625rem;
        border-radius: 0;
        text-align: left;
        scroll-margin-bottom: 5rem;
      }
      li button[aria-current] {
        box-shadow: inset 2px 0 0 var(--ink);
      }
      b {
        font-weight: 600;
      }
      li span {
        display: block;
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.35;
        text-wrap: balance;
      }
      label {
        position: sticky;
        bottom: 0;
        display: block;
        border-top: 1px solid var(--strong-line);
        padding: 0.625rem;
        background: var(--paper);
        font-size: var(--small);
      }
      /* Where the page is enlarged so far that it would cover what is chosen from. */
      @media (max-height: 30rem) {
        label {
          position: static;
        }
      }
      input {
        display: block;
        max-width: 100%;
        margin-top: 0.25rem;
      }
    `,
  ];

  firstUpdated() {
    super.firstUpdated();
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[aria-current]'))?.focus();
  }

  render() {
    const current = presetOf(presets, this.state);
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">${t('lab.presets')}</h2>
        <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      <ul>
        ${presets.map(
          (preset) =>
            html`<li>
              <button
                type="button"
                aria-current=${preset === current ? 'true' : nothing}
                @click=${() => this.open(preset)}
              >
                <b>${inLanguage(preset.title, language.tag)}</b>
                <span>${formula(unbroken(inLanguage(preset.sentence, language.tag)))}</span>
              </button>
            </li>`,
        )}
      </ul>
      <label
        >${t('lab.file')}
        <input
          type="file"
          accept=".json,.csv,.tsv,.txt"
          @change=${(/** @type {Event} */ event) => this.openFile(/** @type {HTMLInputElement} */ (event.target))}
        />
      </label>
    </dialog>`;
  }

  /** @param {HTMLInputElement} input */
  openFile({ files }) {
    const file = files?.[0];
    const { host } = /** @type {ShadowRoot} */ (this.getRootNode());
    if (file === undefined) return;
    this.close();
    openFile(/** @type {import('./lab-app.js').LabApp} */ (host), file);
  }

  /** @param {import('../state/presets.js').Preset} preset */
  open(preset) {
    const { chart, show } = this.state;
    this.close();
    replace(this.model, { ...stateOf(preset), chart, show });
  }
}

define('lab-experiments', LabExperiments);
