// The dialog that names an experiment, gives it a question, and asks for a prediction.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { tick } from '../templates/controls.js';
import { define } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { Sheet } from './sheet.js';

export class LabName extends Sheet {
  static styles = [
    ...Sheet.styles,
    css`
      label.text {
        display: grid;
        gap: 0.125rem;
        margin: 0.5rem 0;
      }
      label.text input {
        width: 100%;
      }
      .main {
        margin-top: 0.75rem;
      }
    `,
  ];

  render() {
    const { store } = this.model;
    const text = (/** @type {'title' | 'question'} */ field) =>
      html`<label class="text">
        ${t(`name.sheet.${field}`)}
        <input
          type="text"
          maxlength="200"
          .value=${this.state[field]}
          @input=${(/** @type {Event} */ event) => store.set({ [field]: /** @type {HTMLInputElement} */ (event.target).value })}
        />
      </label>`;
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">${t('name.sheet')}</h2>
        <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      ${text('title')} ${text('question')}
      ${tick({
        label: t('name.sheet.predict'),
        on: this.state.predict === 'rank',
        onValue: (on) => this.ask(on),
      })}
      <p class="quiet small">${t('name.sheet.help')}</p>
      <button type="button" class="main" @click=${() => this.close()}>${t('name.sheet.done')}</button>
    </dialog>`;
  }

  /**
   * A prediction comes before the training, so the race goes back to iteration 0.
   * @param {boolean} on
   */
  ask(on) {
    const { model } = this;
    model.store.set({ predict: on ? 'rank' : '' });
    if (!on) return;
    model.prediction.unlock();
    model.play(false);
    model.reset();
  }
}

define('lab-name', LabName);
