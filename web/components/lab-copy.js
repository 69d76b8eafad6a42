// The dialog for text that the browser refused to copy: it shows the text, selected.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { define } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { Sheet } from './sheet.js';

export class LabCopy extends Sheet {
  static properties = { ...Sheet.properties, text: {} };
  static styles = [
    ...Sheet.styles,
    css`
      textarea {
        display: block;
        width: 100%;
        min-height: 6rem;
        margin-top: 0.5rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
  }

  firstUpdated() {
    super.firstUpdated();
    const area = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea'));
    area.focus();
    area.select();
  }

  render() {
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">${t('share.failed')}</h2>
        <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      <textarea readonly aria-label=${t('share.text')} .value=${this.text}></textarea>
    </dialog>`;
  }
}

define('lab-copy', LabCopy);
