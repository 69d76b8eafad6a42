// The menu of exports: link, embed code, pictures, tables, scripts.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { LabElement, define, shared } from './element.js';
import './lab-menu.js';

export class LabShare extends LabElement {
  static properties = { message: { state: true } };
  static styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      [role='status'] {
        position: fixed;
        left: 50%;
        bottom: 1.25rem;
        z-index: 12;
        max-width: 94vw;
        transform: translateX(-50%);
      }
      [role='status'] span {
        display: block;
        padding: 0.5rem 1rem;
        border-radius: 6px;
        background: var(--accent);
        color: var(--on-accent);
      }
    `,
  ];

  constructor() {
    super();
    this.message = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  render() {
    const name = this.model.nameOf(this.model.selectedRun);
    const take = (/** @type {string} */ what) => () => this.take(what);
    // Without a run that can start there is nothing to export.
    const none = this.model.stuck;
    return html`<div role="status">${this.message === '' ? '' : html`<span>${this.message}</span>`}</div>
      <lab-menu
        .label=${t('share.title')}
        .items=${[
          { text: t('share.link'), run: take('link') },
          // A lab that was opened from disk has no page beside it that could be framed.
          ...(location.protocol === 'file:'
            ? []
            : [{ text: t('share.embed'), run: () => this.openDialog('embed') }]),
          { text: t('share.name'), run: () => this.openDialog('name') },
          { text: t('share.figure'), run: () => this.openDialog('picture'), group: true, off: none },
          { text: t('share.png'), run: take('row'), off: none },
          { text: t('share.csv'), run: take('table'), off: none },
          { text: t('share.signals'), run: take('signals'), off: none },
          { text: t('share.json'), run: take('all'), off: none },
          {
            text: t('share.numpy', { name }),
            run: take('numpy'),
            off: this.model.race.problems.has(this.model.selectedRun.id),
          },
          { text: t('share.handout'), run: () => this.openDialog('handout'), group: true, off: none },
          { text: t('share.print'), run: () => window.print() },
        ]}
        ><span>${t('lab.share')}</span></lab-menu
      >
      <button
        type="button"
        class="icon"
        aria-label=${t('lab.tour')}
        title=${t('lab.tour')}
        @click=${() => this.openDialog('tour')}
      >
        ?
      </button>`;
  }

  /** Shows the result of an export, here or of a card's menu. @param {string} text */
  announce(text) {
    this.message = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.message = ''), 4000);
  }

  /**
   * Asks the lab to open a dialog.
   * @param {'embed' | 'handout' | 'name' | 'picture' | 'tour'} name
   */
  openDialog(name) {
    this.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  }

  /** @param {string} what */
  take(what) {
    const detail = { what, run: this.model.selectedRun.id };
    this.dispatchEvent(new CustomEvent('export', { detail, bubbles: true, composed: true }));
  }
}

define('lab-share', LabShare);
