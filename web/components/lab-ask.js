// A number or word that can be asked: hover, focus or tap it and one sentence explains it.

import { LitElement, css, html } from 'lit';
import { define } from './element.js';

let count = 0;

export class LabAsk extends LitElement {
  static properties = { text: {}, open: { state: true } };
  static styles = css`
    /* A flex box lets no white space of the template become a space of the text. */
    :host {
      display: inline-flex;
      align-items: baseline;
    }
    button {
      all: unset;
      scroll-margin-top: var(--bar, 0);
      cursor: help;
      font: inherit;
      color: inherit;
    }
    button:focus-visible {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
      border-radius: 2px;
    }
    [role='tooltip'] {
      position: fixed;
      inset: auto;
      margin: 0;
      max-width: min(20rem, 92vw);
      padding: 0.5rem 0.625rem;
      border: 1px solid var(--strong-line);
      border-radius: 4px;
      background: var(--paper);
      color: var(--ink);
      font: 400 var(--small) / 1.4 var(--face);
      text-align: left;
      white-space: normal;
      z-index: 20;
    }
    [role='tooltip']:not([data-open]) {
      display: none;
    }
    @media print {
      [role='tooltip'] {
        display: none;
      }
    }
  `;

  constructor() {
    super();
    this.text = '';
    this.open = false;
    this.tip = `tip-${++count}`;
  }

  render() {
    const [show, hide] = [() => this.toggle(true), () => this.toggle(false)];
    return html`<button
        type="button"
        aria-describedby=${this.tip}
        @pointerenter=${show}
        @pointerleave=${hide}
        @focus=${show}
        @blur=${hide}
        @click=${show}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}
      >
        <slot></slot>
      </button>
      <div id=${this.tip} role="tooltip" popover="manual" ?data-open=${this.open}>${this.text}</div>`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== 'Escape' || !this.open) return;
    this.toggle(false);
    event.stopPropagation();
  }

  /** @param {boolean} open */
  async toggle(open) {
    if (this.text === '' || open === this.open) return;
    this.open = open;
    await this.updateComplete;
    const tip = /** @type {HTMLElement} */ (this.renderRoot.querySelector('[role=tooltip]'));
    if ('showPopover' in tip) {
      if (open) tip.showPopover();
      else tip.hidePopover();
    }
    if (!open) return;
    const place = this.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const below = place.bottom + 6 + box.height < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(innerWidth - box.width - 8, place.left))}px`;
    tip.style.top = `${below ? place.bottom + 6 : place.top - box.height - 6}px`;
  }
}

define('lab-ask', LabAsk);
