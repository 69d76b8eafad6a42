// The dialog behind "?": four steps through the lab, the keyboard shortcuts, and the switch for
// single-character shortcuts.

import { css, html } from 'lit';
import { textsUnder } from '../texts/index.js';
import { tick } from '../templates/controls.js';
import { define } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { letterKeysEnabled, enableLetterKeys } from '../actions/key-choice.js';
import { Sheet } from './sheet.js';

/** Keys and the texts that explain them, in the dialog's order. */
const KEYS = /** @type {const} */ ([
  [['Space'], 'space'],
  [['.', '→'], 'step'],
  [[',', '←'], 'back'],
  [['Shift →', 'Shift ←'], 'jump'],
  [['Home', 'End'], 'ends'],
  [['r'], 'reset'],
  [['n'], 'redraw'],
  [['1', '…', '8'], 'number'],
  [['s'], 'solo'],
  [['l'], 'log'],
  [['a'], 'accuracy'],
  [['d'], 'add'],
  [['m'], 'name'],
  [['[', ']'], 'move'],
  [['Delete'], 'remove'],
  [['Ctrl Z'], 'undo'],
  [['e'], 'experiments'],
  [['?'], 'help'],
]);

/** How to use the lab, in four steps above the shortcuts. */
const STEPS = /** @type {const} */ (['watch', 'compare', 'change', 'look']);

const words = textsUnder('keys');

/** Returns a key's label on keyboards of the page's language. @param {string} key */
const named = (key) => key.replace(/[A-Z]\w+/g, (name) => words(`key.${name}`));

export class LabKeys extends Sheet {
  static styles = [
    ...Sheet.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.375rem 1.25rem;
        margin: 0.5rem 0 1rem;
      }
      dt {
        text-align: right;
        white-space: nowrap;
      }
      ol {
        margin: 0.5rem 0 1rem;
        padding-left: 1.25rem;
      }
      li {
        margin: 0.25rem 0;
      }
      kbd {
        padding: 0.0625rem 0.375rem;
        border: 1px solid var(--strong-line);
        border-radius: 3px;
        font: inherit;
        font-size: var(--small);
      }
    `,
  ];

  render() {
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">${words('tour')}</h2>
        <button type="button" class="icon" aria-label=${words('close')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      <ol>
        ${STEPS.map((step) => html`<li><b>${words(`tour.${step}`)}</b> ${words(`tour.${step}.text`)}</li>`)}
      </ol>
      <h3>${words('tour.keys')}</h3>
      <dl>
        ${KEYS.map(
          ([keys, text]) =>
            html`<dt>${keys.map((key) => html`<kbd>${named(key)}</kbd> `)}</dt>
              <dd>${words(text)}</dd>`,
        )}
      </dl>
      ${tick({ label: words('letters'), on: letterKeysEnabled(), onValue: enableLetterKeys })}
      <p class="quiet small">${words('text')}</p>
    </dialog>`;
  }
}

define('lab-keys', LabKeys);
