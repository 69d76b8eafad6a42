// The dialog behind "?": a tour in four steps, each beside the part of the page that it explains,
// and the keyboard shortcuts in its last tab.

import { css, html } from 'lit';
import { textsUnder } from '../texts/index.js';
import '../texts/later.js';
import { define } from './element.js';
import './lab-keys.js';
import { Sheet } from './sheet.js';

/**
 * The steps: their texts, and the part of the lab that each explains. A part that is higher than
 * the window is represented by the first element of `sample`.
 * @type {{ name: string, part: string, sample?: string }[]}
 */
const STEPS = [
  { name: 'cards', part: '.runs', sample: 'lab-run-card' },
  { name: 'charts', part: '.charts', sample: 'lab-chart' },
  { name: 'setup', part: 'lab-setup' },
  { name: 'landscape', part: 'lab-landscape' },
];
/** Index of the tab with the keyboard shortcuts. */
const KEYS = STEPS.length;

/** CSS pixels between the window's edge, the part and the dialog's box. */
const GAP = 12;
/** CSS pixels by which the frame is larger than its part. */
const RIM = 6;

const words = textsUnder('tour');

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box in the window */

export class LabTour extends Sheet {
  static properties = { tab: { state: true } };
  static styles = [
    ...Sheet.styles,
    css`
      dialog {
        position: fixed;
        inset: 0;
        width: 100vw;
        max-width: none;
        height: 100vh;
        height: 100dvh;
        max-height: none;
        border: 0;
        padding: 0;
        background: none;
        overflow: hidden;
      }
      /* The frame's shadow darkens the page around the part. */
      dialog[data-aimed]::backdrop {
        background: none;
      }
      .frame {
        position: fixed;
        border-radius: 6px;
        outline: 2px solid var(--focus);
        box-shadow: 0 0 0 200vmax rgb(0 0 0 / 0.45);
        pointer-events: none;
      }
      .box {
        position: fixed;
        display: flex;
        flex-direction: column;
        width: min(20rem, calc(100vw - 1.5rem));
        max-height: calc(100dvh - 1.5rem);
        border: 1px solid var(--strong-line);
        border-radius: 6px;
        background: var(--paper);
      }
      .box[data-wide] {
        width: min(40rem, calc(100vw - 1.5rem));
      }
      [role='tablist'] {
        display: flex;
        flex: none;
        gap: 0.125rem;
        padding: 0.375rem 0.5rem 0;
      }
      [role='tab'] {
        min-width: 2rem;
        border-radius: 0;
        color: var(--quiet);
        font-size: var(--small);
      }
      [role='tab'][aria-selected='true'] {
        box-shadow: inset 0 -2px 0 var(--ink);
        color: var(--ink);
        font-weight: 600;
      }
      [role='tab']:last-child {
        margin-left: auto;
      }
      [role='tabpanel'] {
        padding: 0.75rem 1rem 0.25rem;
        overflow: auto;
      }
      [role='tabpanel'] p {
        margin-top: 0.375rem;
      }
      footer {
        display: flex;
        flex: none;
        gap: 0.25rem;
        padding: 0.5rem;
      }
      footer .main {
        min-width: 5rem;
      }
      .skip {
        margin-right: auto;
      }
      footer:not(:has(.skip)) {
        justify-content: end;
      }
      a {
        color: inherit;
        text-underline-offset: 0.18em;
      }
      @media (max-width: 44rem) {
        .box {
          width: calc(100vw - 1.5rem);
        }
      }
      @media (pointer: coarse) {
        [role='tab'] {
          min-width: 2.75rem;
        }
      }
      @media (forced-colors: active) {
        [role='tab'][aria-selected='true'] {
          border-bottom-color: Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** Index of the shown step, or KEYS. */
    this.tab = 0;
    /** The part that the frame surrounds. @type {Element | null} */
    this.target = null;
    // Parts that are still loading move the others.
    this.observer = new ResizeObserver(() => this.follow());
  }

  /** The lab that the tour leads through. */
  get lab() {
    return /** @type {import('./lab-app.js').LabApp | undefined} */ (
      /** @type {ShadowRoot} */ (this.getRootNode()).host
    );
  }

  connectedCallback() {
    super.connectedCallback();
    const place = () => this.place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    this.cleanups.push(() => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
      this.observer.disconnect();
    });
  }

  firstUpdated() {
    super.firstUpdated();
    this.aim();
  }

  /** @param {number} tab */
  async show(tab) {
    this.tab = Math.max(0, Math.min(KEYS, tab));
    await this.updateComplete;
    await this.aim();
    // The button "Back" of the second step and the buttons of the keys leave with their tab.
    const { activeElement } = /** @type {ShadowRoot} */ (this.renderRoot);
    if (!activeElement || activeElement.getAttribute('tabindex') === '-1') {
      const next = activeElement?.matches('[role=tab]') ? '[aria-selected=true]' : 'footer .main';
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(next))?.focus();
    }
  }

  /** Finds the part of the shown step, scrolls to it and frames it. */
  async aim() {
    const { tab, lab } = this;
    this.observer.disconnect();
    this.target = null;
    if (tab < KEYS && lab) {
      const { name, part, sample } = STEPS[tab];
      if (name === 'landscape') await lab.showBelow();
      // The reader may have gone on while the part was loaded.
      if (this.tab !== tab || !this.isConnected) return;
      this.target = lab.renderRoot.querySelector(part);
      if (sample && this.target && !this.fits(this.target.getBoundingClientRect()))
        this.target = this.target.querySelector(sample);
    }
    if (this.target && lab) {
      this.observer.observe(this.target);
      this.observer.observe(lab);
    }
    this.follow();
  }

  /** Brings the part into sight, and the frame and the box to it. */
  follow() {
    if (this.target) this.scrollToPart(this.target);
    this.place();
  }

  get box() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.box'));
  }

  /** The part of the window that the bar leaves free. @returns {[top: number, bottom: number]} */
  get free() {
    const bar = this.lab?.renderRoot.querySelector('lab-transport');
    if (!bar) return [GAP, innerHeight - GAP];
    // On phones the bar is at the window's bottom.
    const height = bar.clientHeight + GAP;
    return getComputedStyle(bar).position === 'fixed'
      ? [GAP, innerHeight - height]
      : [height, innerHeight - GAP];
  }

  /** Whether the window has room for a part and the box. @param {DOMRect} part */
  fits(part) {
    const [top, bottom] = this.free;
    const box = this.beside(part) === null ? this.box.offsetHeight + GAP + RIM : 0;
    return part.height <= bottom - top - box;
  }

  /** Whether the box has room beside a part. @param {Box} part */
  beside({ left, right }) {
    const width = this.box.offsetWidth + 2 * GAP;
    return innerWidth - right >= width ? 'right' : left >= width ? 'left' : null;
  }

  /**
   * Scrolls the page, if necessary, so that the part is in sight and the box has a place.
   * @param {Element} part
   */
  scrollToPart(part) {
    const rect = part.getBoundingClientRect();
    const [highest, lowest] = this.free;
    const beside = this.beside(rect) !== null;
    const fits = this.fits(rect);
    const inSight = fits && rect.top >= highest && rect.bottom <= lowest;
    if (inSight && (beside || this.roomAbove(rect) || this.roomBelow(rect))) return;
    // Beside the box, a part at the window's bottom moves no further than it must.
    const by = beside && fits && rect.bottom > lowest ? rect.bottom - lowest : rect.top - highest;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scrollBy({ top: by, behavior: still ? 'instant' : 'smooth' });
  }

  /** @param {Box} part */
  roomBelow({ bottom }) {
    return bottom + this.box.offsetHeight + 2 * GAP + RIM <= innerHeight;
  }

  /** @param {Box} part */
  roomAbove({ top }) {
    return top >= this.box.offsetHeight + 2 * GAP + RIM;
  }

  /** Puts the frame around the part, and the box beside, below or above it. */
  place() {
    const { box } = this;
    if (!box) return;
    const frame = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.frame'));
    const { offsetWidth: width, offsetHeight: height } = box;
    const within = (/** @type {number} */ value, /** @type {number} */ most) =>
      Math.max(GAP, Math.min(value, most - GAP));
    const put = (/** @type {number} */ left, /** @type {number} */ top) => {
      box.style.left = `${within(left, innerWidth - width)}px`;
      box.style.top = `${within(top, innerHeight - height)}px`;
    };
    const { target: part } = this;
    frame.hidden = part === null;
    /** @type {HTMLElement} */ (box.parentElement).toggleAttribute('data-aimed', part !== null);
    if (part === null) {
      put((innerWidth - width) / 2, (innerHeight - height) / 2);
      return;
    }
    const rect = part.getBoundingClientRect();
    const { left, top, right, bottom } = rect;
    const side = this.beside(rect);
    let lowest = innerHeight - RIM / 2;
    if (side === 'right') put(right + GAP + RIM, top);
    else if (side === 'left') put(left - width - GAP - RIM, top);
    else if (this.roomBelow(rect)) put(left, bottom + GAP + RIM);
    else if (this.roomAbove(rect)) put(left, top - height - GAP - RIM);
    else {
      put(left, innerHeight - height - GAP);
      lowest = innerHeight - height - GAP - RIM;
    }
    const edges = {
      left: Math.max(left - RIM, 2),
      top: Math.max(top - RIM, 2),
      right: Math.min(right + RIM, innerWidth - 2),
      bottom: Math.min(bottom + RIM, lowest),
    };
    frame.style.left = `${edges.left}px`;
    frame.style.top = `${edges.top}px`;
    frame.style.width = `${Math.max(0, edges.right - edges.left)}px`;
    frame.style.height = `${Math.max(0, edges.bottom - edges.top)}px`;
  }

  /** Left and Right move between the tabs. @param {KeyboardEvent} event */
  walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.show(this.tab + by);
  }

  render() {
    const { tab } = this;
    const names = [...STEPS.map(({ name }) => words(name)), words('keys')];
    return html`<dialog
      aria-label=${words('title')}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.walk(event)}
    >
      <div class="frame" hidden></div>
      <div class="box" ?data-wide=${tab === KEYS}>
        <div role="tablist" aria-label=${words('title')}>
          ${names.map(
            (name, i) =>
              html`<button
                type="button"
                role="tab"
                id="tab-${i}"
                aria-selected=${i === tab}
                aria-controls="panel"
                aria-label=${i === KEYS ? name : words('step', { step: i + 1, steps: KEYS, name })}
                title=${name}
                tabindex=${i === tab ? 0 : -1}
                @click=${() => this.show(i)}
              >
                ${i === KEYS ? name : i + 1}
              </button>`,
          )}
        </div>
        <div role="tabpanel" id="panel" aria-labelledby="tab-${tab}" aria-live="polite">
          <h2>${names[tab]}</h2>
          ${tab === KEYS ? html`<lab-keys .model=${this.model}></lab-keys>` : this.step(STEPS[tab].name)}
        </div>
        <footer>
          ${tab === KEYS ? '' : html`<button type="button" class="skip" @click=${() => this.close()}>${words('skip')}</button>`}
          <button type="button" @click=${() => this.show(tab - 1)} ?hidden=${tab === 0}>
            ${words('back')}
          </button>
          <button
            type="button"
            class="main"
            autofocus
            @click=${() => (tab < KEYS - 1 ? this.show(tab + 1) : this.close())}
          >
            ${tab < KEYS - 1 ? words('next') : words('done')}
          </button>
        </footer>
      </div>
    </dialog>`;
  }

  /** @param {string} name */
  step(name) {
    return html`<p>${words(`${name}.text`)}</p>
      ${name === 'landscape' ? html`<p><a href="./why.html">${words('why')}</a></p>` : ''}`;
  }
}

define('lab-tour', LabTour);
