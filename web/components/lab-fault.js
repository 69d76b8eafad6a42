// Shows what the page waits for when the worker or the module does not answer, or why nothing can
// be trained, with a button that tries again.

import { css, html, nothing } from 'lit';
import { errorText, t } from '../texts/index.js';
import { startState } from '../state/table.js';
import { LabElement, define, shared } from './element.js';

/** @typedef {Error & { problem?: import('../race/types.js').Problem }} Fault */

/** Returns whether a fault has a sentence of its own. @param {Fault} error */
export const hasSentence = ({ problem }) => t.maybe(`fault.${problem?.code}`) !== undefined;

/**
 * Returns the sentence of a fault: by its code if it has one, or else the error's message.
 * @param {Fault} error
 */
export function faultText({ message, problem }) {
  // The directive's or the file's name, shortened, because an address can contain a whole file.
  const value = String(problem?.value ?? message).slice(0, 200);
  return t.maybe(`fault.${problem?.code}`, { value }) ?? errorText(problem ?? { message });
}

export class LabFault extends LabElement {
  static styles = [
    shared,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 1rem;
        margin: 0.5rem 0;
        padding: 0.5rem 0 0.5rem 0.75rem;
        border-left: 3px solid var(--bad);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    const { model } = this;
    if (model.broken !== null)
      return html`<div role="alert">
        <p>${faultText(model.broken)}</p>
        ${this.retry(t('fault.retry'))}
      </div>`;
    if (model.waiting === null) return nothing;
    const iteration = model.race.frame?.position ?? 0;
    return html`<div role="alert">
      <p>${t(`fault.waiting.${model.waiting}`)}</p>
      ${this.retry(model.waiting === 'answer' ? t('fault.restart', { iteration }) : t('fault.retry'))}
      ${
        model.waiting === 'answer'
          ? html`<button type="button" @click=${() => this.openDefault()}>${t('lab.other')}</button>`
          : nothing
      }
    </div>`;
  }

  /** @param {string} label */
  retry(label) {
    return html`<button type="button" class="main" @click=${() => this.model.restartWorker()}>
      ${label}
    </button>`;
  }

  /** Opens the default experiment in a new worker, after an experiment that is too large. */
  openDefault() {
    this.model.store.set(startState(), { restart: true });
    this.model.restartWorker();
  }
}

define('lab-fault', LabFault);
