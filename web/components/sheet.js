// Base class of dialogs over the page: opens when it is connected, dispatches `close` when it
// closes.

import { css } from 'lit';
import { LabElement, shared } from './element.js';

export class Sheet extends LabElement {
  static styles = [
    shared,
    css`
      dialog {
        width: min(40rem, 94vw);
        max-height: 90vh;
        padding: 1.25rem 1.5rem;
        border: 1px solid var(--strong-line);
        border-radius: 6px;
        background: var(--paper);
        color: var(--ink);
        overflow: auto;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.35);
      }
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
