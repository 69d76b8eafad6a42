// A button that opens a list of actions. Arrow keys move through it, Escape closes it.

import { LitElement, css, html, nothing } from 'lit';
import { define, shared } from './element.js';
import { moreIcon } from '../templates/icons.js';

/** @typedef {{ text: string, run: () => void, off?: boolean, group?: boolean }} MenuItem */

export class LabMenu extends LitElement {
  static properties = {
    label: {},
    items: { attribute: false },
    inGroup: { type: Boolean },
    open: { state: true },
  };
  static styles = [
    shared,
    css`
      :host {
        position: relative;
        display: inline-block;
      }
      [role='menu'] {
        position: absolute;
        right: 0;
        top: 100%;
        z-index: 15;
        min-width: 13rem;
        padding: 0.25rem 0;
        border: 1px solid var(--strong-line);
        border-radius: 4px;
        background: var(--paper);
      }
      [role='menuitem'] {
        display: block;
        width: 100%;
        border-radius: 0;
        text-align: left;
        white-space: nowrap;
      }
      .group {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    /**
     * Whether the arrow keys of a surrounding group reach the button, so that it is no tab stop.
     */
    this.inGroup = false;
    /** @type {MenuItem[]} */
    this.items = [];
    this.open = false;
  }

  render() {
    return html`<button
        type="button"
        class=${this.named ? '' : 'icon'}
        tabindex=${this.inGroup ? -1 : nothing}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        aria-label=${this.named ? nothing : this.label}
        title=${this.label}
        @click=${() => this.toggle(!this.open)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            this.toggle(true);
          }
        }}
      >
        <slot>${moreIcon}</slot>
      </button>
      ${this.open ? this.list() : ''}`;
  }

  focusButton() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('button'))?.focus();
  }

  /** Whether the button has a text instead of the dots. */
  get named() {
    return this.firstElementChild !== null;
  }

  list() {
    return html`<div
      role="menu"
      aria-label=${this.label}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.walk(event)}
      @focusout=${(/** @type {FocusEvent} */ event) => {
        if (!this.renderRoot.contains(/** @type {Node | null} */ (event.relatedTarget))) this.open = false;
      }}
    >
      ${this.items.map(
        (item) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            class=${item.group ? 'group' : ''}
            ?disabled=${item.off ?? false}
            @click=${() => {
              this.toggle(false);
              item.run();
            }}
          >
            ${item.text}
          </button>`,
      )}
    </div>`;
  }

  /** @param {boolean} open */
  async toggle(open) {
    this.open = open;
    await this.updateComplete;
    const list = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[role=menu]'));
    if (list !== null) {
      // On a phone the list can be wider than the space to the left of its button.
      const { left } = list.getBoundingClientRect();
      if (left < 8) list.style.right = `${left - 8}px`;
    }
    const target = open ? '[role=menuitem]:not(:disabled)' : 'button';
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(target))?.focus();
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const items = /** @type {HTMLElement[]} */ ([
      ...this.renderRoot.querySelectorAll('[role=menuitem]:not(:disabled)'),
    ]);
    const at = items.indexOf(
      /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement),
    );
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape') this.toggle(false);
    if (next === undefined) return;
    event.preventDefault();
    items[(next + items.length) % items.length].focus();
  }
}

define('lab-menu', LabMenu);
