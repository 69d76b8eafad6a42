// The transport bar: play, pause, step, start again, redraw the weights; the race's iteration,
// speed and stop condition.

import { css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { t } from '../texts/index.js';
import { compact, duration, percent, whole } from '../texts/format.js';
import { HIGHEST_STOP, SPEEDS } from '../state/table.js';
import { choice } from '../templates/controls.js';
import { numberBox, reason } from '../templates/number-box.js';
import { LabElement, define, shared } from './element.js';
import { pauseIcon, playIcon, redrawIcon, resetIcon, settingsIcon, stepIcon } from '../templates/icons.js';
import { styleProperties } from '../templates/style-properties.js';

export class LabTransport extends LabElement {
  static follows = ['change', 'frame'];
  static pace = 33;
  static styles = [
    shared,
    css`
      :host {
        contain: layout style;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 0.25rem 0.75rem;
      }
      .buttons {
        display: flex;
        gap: 0.25rem;
      }
      .buttons button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 0.375rem;
        min-width: 2rem;
        padding: 0 0.5rem;
      }
      .buttons .main {
        min-width: 3rem;
        padding: 0 0.75rem;
      }
      .word {
        display: none;
      }
      @media (min-width: 75rem) {
        .word {
          display: inline;
        }
        .buttons .main {
          min-width: 5.5rem;
        }
      }
      .time {
        flex: 1 1 18rem;
        display: grid;
        grid-template-columns: auto minmax(6rem, 1fr) minmax(0, 9rem);
        align-items: center;
        gap: 0 0.75rem;
        min-width: 0;
      }
      .now {
        display: flex;
        align-items: baseline;
        gap: 0.3em;
        white-space: nowrap;
      }
      .now b {
        min-width: var(--wide, 6ch);
        font-weight: 600;
      }
      .now input {
        width: calc(var(--wide, 6ch) + 1.25rem);
        min-height: 1.75rem;
        text-align: left;
      }
      /*
       * Its room is the same whatever it says: a track that changed its width would slip away under
       * the pointer. What is long
       *          takes a second line, which the margins keep from making the bar higher.
       */
      .left {
        display: -webkit-box;
        overflow: hidden;
        margin: -0.375rem 0;
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.2;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      .track {
        position: relative;
        display: flex;
      }
      .head {
        position: absolute;
        top: 50%;
        left: 0;
        height: 2px;
        margin-top: -1px;
        background: var(--strong-line);
        pointer-events: none;
      }
      .track input {
        position: relative;
        z-index: 1;
      }
      .pace {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        color: var(--quiet);
        font-size: var(--small);
        white-space: nowrap;
      }
      .panel {
        position: fixed;
        inset: auto;
        margin: 0;
        border: 1px solid var(--strong-line);
        border-radius: 4px;
        padding: 0.75rem 1rem;
        width: min(20rem, 94vw);
        background: var(--paper);
        color: var(--ink);
      }
      .panel label,
      .panel p {
        display: grid;
        grid-template-columns: 4.5rem minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 0.5rem;
        min-height: 2.25rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      .panel select {
        width: 100%;
        color: var(--ink);
      }
      .panel input {
        width: 5rem;
        color: var(--ink);
      }
      .reason {
        position: absolute;
        top: 100%;
        right: 0;
        z-index: 2;
        padding: 0.25rem 0.5rem;
        max-width: 100%;
        background: var(--paper);
      }
      .panel .reason {
        position: static;
        padding: 0;
      }
      @media (pointer: coarse) {
        .buttons button {
          min-width: 2.75rem;
        }
        .now input {
          min-height: 2.75rem;
        }
      }
      .rest {
        display: none;
      }
      @media (max-width: 64rem) {
        .pace .word {
          display: none;
        }
      }
      @media (max-width: 44rem) {
        .bar {
          gap: 0.25rem 0.5rem;
        }
        .time {
          grid-template-columns: auto minmax(4rem, 1fr);
        }
        .now span,
        .now input,
        .left {
          display: none;
        }
        .buttons button:not(.main),
        .bar > .buttons button:not(.main) {
          display: none;
        }
        .rest {
          display: flex;
          flex-direction: column;
          align-items: start;
          border-top: 1px solid var(--line);
          padding-top: 0.25rem;
        }
        .rest button {
          display: inline-flex;
          align-items: center;
          gap: 0.5rem;
        }
      }
      @media print {
        .track,
        .left,
        .pace,
        .panel {
          display: none !important;
        }
      }
    `,
  ];

  render() {
    return html`<div class="bar">${this.buttons()} ${this.time()} ${this.pace()}</div>`;
  }

  buttons() {
    const { model } = this;
    const playing = model.running;
    return html`<div class="buttons">
      <button
        type="button"
        class="main"
        aria-label=${playing ? t('pause') : t('play')}
        title=${playing ? t('pause') : t('play')}
        ?disabled=${!this.ready}
        @click=${() => model.play(!playing)}
      >
        ${playing ? pauseIcon : playIcon}<span class="word">${playing ? t('pause') : t('play')}</span>
      </button>
      ${this.moves()}
    </div>`;
  }

  get ready() {
    return this.model.catalogue !== null && !this.model.stuck;
  }

  /** Step, start again, new weights: beside Train, or in the pace panel if a phone has no room. */
  moves() {
    const { model } = this;
    const button = (
      /** @type {string} */ word,
      /** @type {string} */ label,
      /** @type {unknown} */ icon,
      /** @type {() => void} */ run,
    ) =>
      html`<button type="button" aria-label=${label} title=${label} ?disabled=${!this.ready} @click=${run}>
        ${icon}<span class="word">${word}</span>
      </button>`;
    return html`${button(t('step.word'), t('step'), stepIcon, () => model.seek(this.position + 1))}
    ${button(t('reset.word'), t('reset'), resetIcon, () => model.reset())}
    ${button(t('redraw.word'), t('redraw', { seed: this.state.seed + 1 }), redrawIcon, () => model.redraw())}`;
  }

  get position() {
    return this.model.position;
  }

  time() {
    const { frame } = this.model.race;
    const limit = this.state.iterations;
    const filled = `${(100 * this.position) / limit}%`;
    const head = `${(100 * (frame?.head ?? 0)) / limit}%`;
    const progress = this.progress();
    const wide = (/** @type {Element | undefined} */ element) =>
      /** @type {HTMLElement | undefined} */ (element)?.style.setProperty(
        '--wide',
        `${whole(limit).length}ch`,
      );
    return html`<div class="time">
      <div class="now" title=${t('term.iteration')} ${ref(wide)}>
        <span>${t('transport.iteration')}</span> <b>${whole(this.position)}</b>
        <span>${t('transport.of')}</span>
        ${numberBox({
          label: t('transport.limit'),
          value: limit,
          min: 1,
          max: HIGHEST_STOP.none,
          whole: true,
          onValue: (iterations) => this.model.store.set({ iterations }),
        })}${reason(limit)}
      </div>
      <span class="track">
        <span
          class="head"
          ${ref((element) => {
            if (element instanceof HTMLElement) element.style.width = head;
          })}
        ></span>
        <input
          type="range"
          aria-label=${t('transport.scrub')}
          aria-valuetext=${whole(this.position)}
          min="0"
          max=${limit}
          step="1"
          .value=${live(String(this.position))}
          ${styleProperties({ '--filled': filled })}
          @input=${(/** @type {Event} */ event) => this.model.seek(/** @type {HTMLInputElement} */ (event.target).valueAsNumber)}
        />
      </span>
      <span class="left" title=${progress}>${progress}</span>
    </div>`;
  }

  progress() {
    const { frame } = this.model.race;
    if (frame === null) return '';
    if (frame.catchingUp) return t('transport.catching');
    const { stopped } = frame;
    if (stopped !== null && stopped.kind !== 'iteration') {
      const run = this.state.runs.find(({ id }) => id === stopped.id);
      const value = stopped.kind === 'cost' ? compact(stopped.value) : percent(stopped.value);
      return t(`transport.stopped.${stopped.kind}`, { name: run ? this.model.nameOf(run) : '', value });
    }
    if (frame.playing) {
      const rate =
        this.state.speed === Infinity ? frame.rate : Math.min(this.state.speed, Math.max(frame.rate, 1));
      return t('transport.left', { time: duration((this.state.iterations - frame.position) / rate) });
    }
    if (frame.position >= this.state.iterations) return t('transport.done');
    if (frame.position < frame.head) return t('transport.past', { head: whole(frame.head) });
    return t('transport.paused');
  }

  /** The speed and the stop condition, behind a button that shows the speed. */
  pace() {
    const { speed, stop } = this.state;
    // A link can contain any speed, so add it to the offered ones.
    const speeds = [...new Set([...SPEEDS, speed])].sort((a, b) => a - b);
    const text = (/** @type {number} */ each) =>
      each === Infinity ? t('transport.speed.max') : t('transport.speed.rate', { rate: whole(each) });
    const percents = stop.kind === 'accuracy' ? 100 : 1;
    const value = Number((percents * stop.value).toPrecision(12));
    return html`<button
        type="button"
        class="pace"
        popovertarget="pace"
        aria-label="${t('transport.speed')}: ${text(speed)}"
        title=${t('transport.speed')}
      >
        ${settingsIcon}<span class="word">${text(speed)}</span>
      </button>
      <div
        class="panel"
        id="pace"
        popover
        @toggle=${(/** @type {ToggleEvent} */ event) => event.newState === 'open' && this.place()}
      >
        <label
          ><span>${t('transport.speed')}</span>
          ${choice({
            label: t('transport.speed'),
            value: String(speed),
            options: speeds.map((each) => ({ value: String(each), text: text(each) })),
            onValue: (chosen) => this.model.store.set({ speed: Number(chosen) }),
          })}
        </label>
        <p>
          <span>${t('transport.stop')}</span>
          ${choice({
            label: t('transport.stop'),
            value: stop.kind,
            options: [
              { value: 'none', text: t('transport.stop.never') },
              { value: 'cost', text: t('transport.stop.cost') },
              { value: 'accuracy', text: t('transport.stop.accuracy') },
            ],
            onValue: (kind) => this.setStop(/** @type {any} */ (kind)),
          })}
          ${
            stop.kind === 'none'
              ? ''
              : html`<span
                    >${numberBox({
                      label: t('transport.stop.value'),
                      value,
                      min: 0,
                      max: HIGHEST_STOP[stop.kind] * percents,
                      onValue: (given) =>
                        this.model.store.set({ stop: { kind: stop.kind, value: given / percents } }),
                    })}${stop.kind === 'accuracy' ? ' %' : ''}</span
                  >${reason(value)}`
          }
        </p>
        <div class="rest">${this.moves()}</div>
      </div>`;
  }

  /** Places the panel below its button, or above it if the bar is at the window's bottom. */
  place() {
    const panel = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.panel'));
    const button = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.pace'));
    const { top, bottom, right } = button.getBoundingClientRect();
    const { width, height } = panel.getBoundingClientRect();
    panel.style.left = `${Math.max(8, right - width)}px`;
    panel.style.top = `${bottom + height < innerHeight ? bottom + 4 : top - height - 4}px`;
  }

  /** @param {'none' | 'cost' | 'accuracy'} kind */
  setStop(kind) {
    const value = { none: 0, cost: 0.3, accuracy: 0.9 }[kind];
    this.model.store.set({ stop: { kind, value } });
  }
}

define('lab-transport', LabTransport);
