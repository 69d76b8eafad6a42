// What can be taken away: the link, the embed code, pictures, tables, scripts.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { LabElement, define, shared } from './element.js';
import './lab-menu.js';

export class LabShare extends LabElement {
  static properties = { ...LabElement.properties, said: { state: true } };
  static styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      /* A touch screen has no keys to explain. */
      @media (hover: none) {
        .keys {
          display: none;
        }
      }
      [role='status'] {
        color: var(--quiet);
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    this.said = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  render() {
    const name = this.model.nameOf(this.model.selectedRun);
    const take = (/** @type {string} */ what) => () => this.take(what);
    return html`<span role="status">${this.said}</span>
      <lab-menu
        .label=${t('share.title')}
        .items=${[
          { text: t('share.link'), run: take('link') },
          { text: t('share.embed'), run: take('embed') },
          { text: t('share.png'), run: take('row'), group: true },
          { text: t('share.csv'), run: take('table') },
          { text: t('share.json'), run: take('all') },
          { text: t('share.numpy', { name }), run: take('numpy') },
          { text: t('share.print'), run: () => window.print(), group: true },
        ]}
        ><span>${t('lab.share')}</span></lab-menu
      >
      <button
        type="button"
        class="icon keys"
        aria-label=${t('keys.title')}
        title=${t('keys.title')}
        @click=${() => this.dispatchEvent(new Event('keys', { bubbles: true, composed: true }))}
      >
        ?
      </button>`;
  }

  /** @param {string} what */
  take(what) {
    const tell = (/** @type {string} */ text) => {
      this.said = text;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => (this.said = ''), 4000);
    };
    // What was said of the last copy is not said of this one.
    this.said = '';
    const detail = { what, run: this.model.selectedRun.id, tell };
    this.dispatchEvent(new CustomEvent('take', { detail, bubbles: true, composed: true }));
  }
}

define('lab-share', LabShare);
