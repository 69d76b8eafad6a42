// Base class of dialogs over the page: opens when it is connected, dispatches `close` when it
// closes.

import { css } from 'lit';
import { dialogStyles } from './common-styles.js';
import { LabElement, shared } from './element.js';

export class Sheet extends LabElement {
  static styles = [
    shared,
    dialogStyles,
    css`
      h2::first-letter {
        text-transform: uppercase;
      }
      header {
        display: flex;
        justify-content: space-between;
        align-items: center;
        margin-bottom: 0.5rem;
      }
    `,
  ];

  firstUpdated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
    dialog.showModal();
    dialog.addEventListener('close', () => this.dispatchEvent(new Event('close')));
  }

  close() {
    /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog')).close();
  }
}
