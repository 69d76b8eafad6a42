// A number or word with an explanation, which appears on hover, focus or tap.

import { LitElement, css, html, nothing } from 'lit';
import { define } from '../browser/define.js';

let count = 0;
/** Milliseconds that the pointer may take from the button to the tip. */
const CROSSING = 200;

export class LabAsk extends LitElement {
  static properties = { text: {}, label: {}, inField: { type: Boolean }, open: { state: true } };
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
    /* A finger finds more than the letters; the text around stays where it is. */
    @media (pointer: coarse) {
      button {
        min-width: 2.75rem;
        margin: -0.8125rem 0;
        padding: 0.8125rem 0;
      }
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
    /** The accessible name of the button, if its content is not enough. */
    this.label = '';
    /**
     * Whether the button is no tab stop: a control opens the tip with its own keys (F1), or another
     * element leads to it.
     */
    this.inField = false;
    this.open = false;
    this.tip = `tip-${++count}`;
    /** Whether the pointer is over the button or the tip, and whether the button has the focus. */
    this.over = false;
    this.focused = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.leaving = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.over = this.focused = false;
    this.toggle(false);
  }

  render() {
    const [enter, leave] = [() => this.enter(), () => this.leave()];
    return html`<button
        type="button"
        aria-describedby=${this.tip}
        aria-label=${this.label || nothing}
        tabindex=${this.inField ? -1 : nothing}
        @pointerenter=${enter}
        @pointerleave=${leave}
        @focus=${() => {
          this.focused = true;
          this.toggle(true);
        }}
        @blur=${() => {
          this.focused = false;
          if (!this.over) this.toggle(false);
        }}
        @click=${() => {
          // On a touch screen the pointer leaves before the click.
          clearTimeout(this.leaving);
          this.toggle(true);
        }}
      >
        <slot></slot>
      </button>
      <div
        id=${this.tip}
        role="tooltip"
        popover="manual"
        ?data-open=${this.open}
        @pointerenter=${enter}
        @pointerleave=${leave}
      >
        ${this.text}
      </div>`;
  }

  enter() {
    clearTimeout(this.leaving);
    this.over = true;
    this.toggle(true);
  }

  /**
   * Closes the tip after a moment, so that the pointer can cross the gap between button and tip.
   */
  leave() {
    this.over = false;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.over || this.focused || this.toggle(false), CROSSING);
  }

  /**
   * Escape closes only the tip, wherever the focus is.
   * @param {KeyboardEvent} event
   */
  key = (event) => {
    if (event.key !== 'Escape') return;
    this.toggle(false);
    event.preventDefault();
    event.stopPropagation();
  };

  /**
   * A tap elsewhere closes the tip; on a touch screen the button may not have the focus.
   * @param {PointerEvent} event
   */
  press = (event) => {
    if (!event.composedPath().includes(this)) this.toggle(false);
  };

  /** @param {boolean} open */
  async toggle(open) {
    if (open === this.open || (open && this.text === '')) return;
    this.open = open;
    const change = open ? 'addEventListener' : 'removeEventListener';
    document[change]('keydown', /** @type {EventListener} */ (this.key), true);
    document[change]('pointerdown', /** @type {EventListener} */ (this.press), true);
    await this.updateComplete;
    const tip = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[role=tooltip]'));
    if (tip === null || !this.isConnected) return;
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
