// The keyboard shortcuts, and the switch for single-character shortcuts: the last tab of the tour.

import { css, html } from 'lit';
import { textsUnder } from '../texts/index.js';
import { tick } from '../templates/controls.js';
import '../texts/later.js';
import { LabElement, define, shared } from './element.js';
import { letterKeysEnabled, enableLetterKeys } from '../actions/key-choice.js';

/** Keys and the texts that explain them, in their order. */
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

const words = textsUnder('keys');

/** Returns a key's label on keyboards of the page's language. @param {string} key */
const named = (key) => key.replace(/[A-Z]\w+/g, (name) => words(`key.${name}`));

export class LabKeys extends LabElement {
  static styles = [
    shared,
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
    return html`<dl>
        ${KEYS.map(
          ([keys, text]) =>
            html`<dt>${keys.map((key) => html`<kbd>${named(key)}</kbd> `)}</dt>
              <dd>${words(text)}</dd>`,
        )}
      </dl>
      ${tick({ label: words('letters'), on: letterKeysEnabled(), onValue: enableLetterKeys })}
      <p class="quiet small">${words('text')}</p>`;
  }
}

define('lab-keys', LabKeys);
