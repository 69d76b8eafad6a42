// The legend of the cards, shown once above them: the colours of the fields, the parts of the
// weight strips, the numbers.

import { css, html, svg } from 'lit';
import { CLASS_MARKS, markPath } from '../plots/class-marks.js';
import { t } from '../texts/index.js';
import { compact } from '../texts/format.js';
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
        min-height: 1.75rem;
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
      .classes {
        flex-wrap: wrap;
      }
      .classes span {
        gap: 0.125rem;
      }
      .classes svg {
        forced-color-adjust: none;
        overflow: visible;
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

  /** What the colours of the fields mean. */
  field() {
    const answers = this.model.race.answers.get(this.model.selectedRun.id);
    if (answers?.kind === 'values') {
      const [low, high] = answers.range;
      return html`<span>${t('legend.value')} ${compact(low)} <b class="bar"></b> ${compact(high)}</span>`;
    }
    if (answers?.kind === 'classes') {
      if (!answers.drawn) return '';
      const marks = Array.from({ length: Math.min(answers.classes, CLASS_MARKS) }, (_, k) => k);
      return html`<span class="classes"
        >${t('legend.classes')}
        ${marks.map(
          (k) =>
            html`<span
              ><svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
                ${svg`<path d=${markPath(k, 4)} fill="var(--class-${k})" />`}</svg
              >${k}</span
            >`,
        )}</span
      >`;
    }
    return html`<span
      >${t('legend.class', { label: 0 })} <b class="bar"></b> ${t('legend.class', { label: 1 })}</span
    >`;
  }

  render() {
    return html`${this.field()}
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
