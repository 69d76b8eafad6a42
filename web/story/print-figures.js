// Prints a page of figures. Figures that were never visible have not been trained, so it first
// trains all of them to the end. A page printed without this button says how many figures are
// missing.

import { css, html, nothing } from 'lit';
import { define, shared } from '../components/element.js';
import { bar } from './bar.js';
import { StoryElement } from './story-element.js';
import { words } from './map-words.js';

/** @typedef {import('../components/lab-figure.js').LabFigure} LabFigure */
/**
 * @typedef {HTMLElement & { runner: import('./sweep-runner.js').SweepRunner, begin: () => void }}
 *   Map a map that is trained on the page
 */

/** Milliseconds between two checks of the figures' progress. */
const GLANCE = 200;

export class PrintFigures extends StoryElement {
  static properties = { waiting: { state: true } };
  static styles = [
    shared,
    bar,
    css`
      p {
        display: none;
        margin: 0;
      }
      @media print {
        progress,
        span {
          display: none;
        }
        p {
          display: block;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** Whether the reader wants to print and figures are still training. */
    this.waiting = false;
    this.say = () => this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('beforeprint', this.say);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('beforeprint', this.say);
    this.waiting = false;
  }

  /**
   * The page's figures, with functions to check whether each is fully trained and to train it.
   *
   * @returns {{ trained: () => boolean, train: () => void }[]}
   */
  get figures() {
    const races = [...document.querySelectorAll('lab-figure')].map((figure) => {
      const { model } = /** @type {LabFigure} */ (figure);
      const { iterations } = model.store.state;
      return {
        trained: () => {
          const { frame } = model.race;
          return model.broken !== null || (frame?.position === iterations && !frame.catchingUp);
        },
        train: () => model.seek(iterations),
      };
    });
    const maps = [...document.querySelectorAll('phase-diagram, width-map, digit-starts, lazy-chart')].map(
      (figure) => {
        const map = /** @type {Map} */ (figure);
        return {
          trained: () => map.runner.complete || map.runner.problem !== '',
          train: () => map.begin(),
        };
      },
    );
    return [...races, ...maps];
  }

  /** Trains one figure after the other; in parallel they would spend their time on drawing. */
  async print() {
    this.waiting = true;
    const pause = () => new Promise((resolve) => setTimeout(resolve, GLANCE));
    for (const { trained, train } of this.figures) {
      if (!trained()) train();
      while (this.waiting && !trained()) await pause();
      this.requestUpdate();
    }
    // The last figure's fine picture appears shortly after its last iteration.
    await pause();
    if (!this.waiting) return;
    this.waiting = false;
    await this.updateComplete;
    window.print();
  }

  render() {
    const { figures } = this;
    const [done, all] = [figures.filter(({ trained }) => trained()).length, figures.length];
    return html`<div class="bar">
      <button type="button" @click=${() => (this.waiting ? (this.waiting = false) : this.print())}>
        ${words(this.waiting ? 'print.stop' : 'print.go')}
      </button>
      ${
        this.waiting
          ? html`<progress aria-label=${words('print.progress')} value=${done} max=${all}></progress>
              <span>${words('print.done', { done, all })}</span>`
          : nothing
      }
      ${done < all ? html`<p>${words('print.note', { missing: all - done, all })}</p>` : nothing}
    </div>`;
  }
}

define('print-figures', PrintFigures);
