// Messages of the lab: parts of a link that could not be read, the offer to undo, and the live
// summary for screen readers.

import { css, html } from 'lit';
import { t } from '../texts/index.js';
import { sentenceOf } from '../texts/words.js';
import { LabElement, define, shared } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { unreadPart } from '../templates/unread.js';

/** The least time between two announcements of the live summary, in milliseconds. */
const SPEAK_EVERY = 6000;

export class LabNotices extends LabElement {
  static properties = { spoken: { state: true } };
  static styles = [
    shared,
    css`
      .unread {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: 1rem;
        margin: 0.5rem 0;
        padding: 0.5rem 0 0.5rem 0.75rem;
        border-left: 3px solid var(--bad);
        font-size: var(--small);
      }
      li {
        list-style: none;
      }
      .unread > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .undo {
        position: fixed;
        left: 50%;
        bottom: 1.25rem;
        z-index: 12;
        display: flex;
        align-items: center;
        gap: 0.25rem;
        max-width: 94vw;
        padding: 0.25rem 0.25rem 0.25rem 1rem;
        border-radius: 6px;
        background: var(--accent);
        color: var(--on-accent);
        transform: translateX(-50%);
      }
      .undo span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .undo button {
        font-weight: 600;
      }
      .undo button:hover {
        background: none;
        text-decoration: underline;
      }
      .undo button:focus-visible {
        outline-color: currentcolor;
        outline-offset: -2px;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.spoken = '';
    this.spokenAt = -Infinity;
    /** The states that were last announced. */
    this.spokenStates = '';
    this.offered = false;
    /** Whether the undo button has the focus, which would be lost with the button. */
    this.held = false;
    /** Ids of the runs at the last render. @type {string[]} */
    this.runs = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.model, 'frame', () => this.speak());
    this.cleanups.push(() => clearTimeout(this.timer));
  }

  /**
   * Announces the runs' states when one has changed, at a limited rate, and whenever the race
   * stops.
   */
  speak() {
    const { frame } = this.model.race;
    if (frame === null) return;
    const now = performance.now();
    const stopped = !frame.playing && !frame.catchingUp;
    const states = frame.runs.map(({ state }) => state?.kind).join();
    if (!stopped && states === this.spokenStates) return;
    const rest = this.spokenAt + (stopped ? 1000 : SPEAK_EVERY) - now;
    clearTimeout(this.timer);
    if (rest > 0) {
      // No frame follows the one that shows the race at rest.
      if (stopped) this.timer = setTimeout(() => this.speak(), rest);
      return;
    }
    const runs = frame.runs.map((run) => {
      const choice = this.state.runs.find(({ id }) => id === run.id);
      const share = Math.round(100 * run.metrics.trainAccuracy);
      return choice
        ? `${this.model.nameOf(choice)}: ${share} %${run.state && !this.model.prediction.hides ? `, ${sentenceOf(run.state).short}` : ''}`
        : '';
    });
    const text = t('lab.live', { iteration: frame.position, runs: runs.join('; ') });
    if (text === this.spoken) return;
    this.spokenAt = now;
    this.spokenStates = states;
    this.spoken = text;
  }

  render() {
    return html`${this.unread()} ${this.undo()}
      <div class="away" role="status" aria-live="polite">${this.spoken}</div>`;
  }

  unread() {
    const { unread } = this.model;
    if (unread.length === 0) return '';
    const [{ missing, nothing }] = unread;
    return html`<div class="unread" role="alert">
      <div>
        <p>${t(missing ? 'lab.missing' : nothing ? 'lab.unopened' : 'lab.unread')}</p>
        ${
          missing
            ? ''
            : html`<ul>
                ${unread.map((part) => html`<li>${unreadPart(part)}</li>`)}
              </ul>`
        }
      </div>
      <button
        type="button"
        class="icon"
        aria-label=${t('lab.dismiss')}
        @click=${() => this.model.showUnread([])}
      >
        ${closeIcon}
      </button>
    </div>`;
  }

  undo() {
    const { undoText } = this.model;
    return html`<div role="status">
      ${
        undoText === null
          ? ''
          : html`<div class="undo">
              <span>${undoText}</span>
              <button type="button" class="back" @click=${() => this.model.undo()}>${t('undo')}</button>
              <button
                type="button"
                class="icon"
                aria-label=${t('lab.dismiss')}
                @click=${() => this.model.dismissUndo()}
              >
                ${closeIcon}
              </button>
            </div>`
      }
    </div>`;
  }

  willUpdate() {
    const focused = this.hasUpdated && /** @type {ShadowRoot} */ (this.renderRoot).activeElement;
    this.held = Boolean(focused && focused.closest('.undo'));
  }

  updated() {
    const offered = this.model.undoText !== null;
    // The removed run may have had the focus, so move the focus to the undo button.
    if (offered && !this.offered && document.activeElement === document.body)
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.back'))?.focus();
    const ids = this.state.runs.map(({ id }) => id);
    if (this.held && !offered) {
      // After undo, move the focus to the restored run.
      const detail = ids.find((id) => !this.runs.includes(id)) ?? this.model.selectedRun.id;
      this.dispatchEvent(new CustomEvent('goto', { detail, bubbles: true, composed: true }));
    }
    Object.assign(this, { offered, runs: ids });
  }
}

define('lab-notices', LabNotices);
