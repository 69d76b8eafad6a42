// The legend of the cards, shown once above them: the colours of the fields, the parts of the
// weight strips, the numbers.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { LabElement, define, shared } from './element.js';
import '../templates/lab-ask.js';

export class LabLegend extends LabElement {
  static styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.125rem 1.125rem;
        min-height: 2rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      span {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
      }
      .bar {
        width: 6.5rem;
        height: 0.75rem;
        background: linear-gradient(to right, var(--field-0), var(--field-paper), var(--field-1));
        outline: 1px solid var(--line);
        forced-color-adjust: none;
      }
      i {
        width: 1rem;
        height: 0.75rem;
        forced-color-adjust: none;
      }
      .start {
        height: 0.5rem;
        border: 1px solid var(--ink);
        border-bottom: 0;
        border-radius: 0.5rem 0.5rem 0 0;
      }
      .now {
        height: 0.5rem;
        border-radius: 0.5rem 0.5rem 0 0;
        background: var(--strong-line);
      }
      .keeps {
        background: var(--band);
      }
      lab-ask {
        text-decoration: underline;
        text-underline-offset: 0.15em;
      }
      @media (max-width: 44rem) {
        .wide {
          display: none;
        }
      }
    `,
  ];

  render() {
    return html`<span
        >${t('legend.class', { label: 0 })} <b class="bar"></b> ${t('legend.class', { label: 1 })}</span
      >
      <span class="wide">${t('legend.weights')}</span>
      <span class="wide"><i class="start"></i>${t('legend.start')}</span>
      <span class="wide"><i class="now"></i>${t('legend.now')}</span>
      <span class="wide"><i class="keeps"></i>${t('legend.keeps')}</span>
      <lab-ask
        .text=${html`<p>${t('term.train')}</p>
          <p>${t('term.test')}</p>
          <p>${t('term.cost')}</p>
          <p>${t('legend.help')}</p>
          <p>${t('signals.size.help')}</p>`}
        >${t('legend.numbers')}</lab-ask
      >`;
  }
}

define('lab-legend', LabLegend);
