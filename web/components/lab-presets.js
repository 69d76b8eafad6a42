// The experiments that ship with the lab, good and bad, each with its sentence.

import { css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { presets } from '../state/preset-files.js';
import { inLanguage, presetOf, stateOf } from '../state/presets.js';
import { keepIds } from '../state/store.js';
import { LabElement, define, shared } from './element.js';

export class LabPresets extends LabElement {
  static styles = [
    shared,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      :host,
      label {
        min-width: 0;
      }
      @media (max-width: 40rem) {
        span {
          display: none;
        }
        select {
          width: 100%;
        }
      }
      span {
        color: var(--quiet);
        font-size: var(--small);
      }
      select {
        max-width: 24rem;
        min-width: 0;
      }
    `,
  ];

  render() {
    const current = presetOf(presets, this.state)?.id ?? '';
    return html`<label>
      <span>${t('lab.preset')}</span>
      <select
        aria-label=${t('lab.preset')}
        .value=${live(current)}
        @change=${(/** @type {Event} */ event) => this.open(/** @type {HTMLSelectElement} */ (event.target).value)}
      >
        ${current === '' ? html`<option value="" selected>${t('lab.preset.own')}</option>` : ''}
        ${presets.map(
          (preset) =>
            html`<option
              value=${preset.id}
              ?selected=${preset.id === current}
              title=${inLanguage(preset.sentence, language.tag)}
            >
              ${inLanguage(preset.title, language.tag)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  /** @param {string} id */
  open(id) {
    const preset = presets.find((candidate) => candidate.id === id);
    if (preset === undefined) return;
    const { chart, show } = this.state;
    this.model.store.set({ ...keepIds(stateOf(preset), this.state), chart, show }, { restart: true });
    if (this.model.calm) this.model.seek(this.state.iterations);
    else this.model.play(true);
  }
}

define('lab-presets', LabPresets);
