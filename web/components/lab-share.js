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
      [role='status'] {
        color: var(--quiet);
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    this.said = '';
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
      >`;
  }

  /** @param {string} what */
  async take(what) {
    const { takeAway } = await import('../exports/take.js');
    const host = /** @type {any} */ (/** @type {ShadowRoot} */ (this.getRootNode()).host);
    try {
      this.said =
        (await takeAway(this.model, what, this.model.selectedRun.id, null, host?.pictures ?? [])) ?? '';
    } catch {
      this.said = t('share.failed');
    }
    setTimeout(() => (this.said = ''), 4000);
  }
}

define('lab-share', LabShare);
