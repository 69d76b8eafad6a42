// Play, pause, step, start again, draw anew; where the race is in time, how fast it goes and where it stops.

import { css, html } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { t } from '../texts/index.js';
import { compact, duration, percent, whole } from '../texts/format.js';
import { HIGHEST_STOP, SPEEDS } from '../state/table.js';
import { choice, judged, reason, restoring } from './controls.js';
import { LabElement, define, shared } from './element.js';
import { pauseIcon, playIcon, redrawIcon, resetIcon, stepIcon } from './icons.js';
import './lab-ask.js';

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
        position: relative;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.75rem;
      }
      .buttons {
        display: flex;
        gap: 0.25rem;
      }
      .buttons .main {
        width: 3rem;
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
        white-space: nowrap;
      }
      .now b {
        display: inline-block;
        min-width: var(--wide, 6ch);
        text-align: right;
        font-weight: 600;
      }
      /* Its room is the same whatever it says: a track that changed its width would slip away under the pointer. What is long
         takes a second line, which the margins keep from making the bar higher. */
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
      label {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      label select {
        color: var(--ink);
        border: 0;
      }
      label input[type='number'] {
        width: 5rem;
        color: var(--ink);
      }
      /* Below the bar, which keeps its height. */
      .reason {
        position: absolute;
        top: 100%;
        right: 0;
        padding: 0.25rem 0.5rem;
        max-width: 100%;
        background: var(--paper);
      }
      /* Where one line does not hold it all, time gets one of its own. */
      @media (max-width: 68rem) {
        .speed {
          margin-left: auto;
        }
        .time {
          order: 2;
          flex-basis: 100%;
        }
      }
      @media (max-width: 44rem) {
        .speed span {
          display: none;
        }
        .time ~ label:not(.speed) {
          order: 2;
        }
        .reason {
          right: auto;
          left: 0;
        }
        .time {
          display: flex;
          flex-wrap: wrap;
        }
        .track {
          order: 1;
          width: 100%;
        }
        .left {
          flex: 1 1 0;
          text-align: right;
        }
      }
      /* On a phone the fields come first: where the race stops is said below them, by lab-stop. */
      @media (max-width: 30rem) {
        .time ~ label:not(.speed) {
          display: none;
        }
        label:has(.reason) {
          display: contents;
        }
        .reason {
          position: static;
          flex: 0 0 100%;
          padding: 0;
        }
      }
      @media print {
        .track,
        .left,
        label {
          display: none !important;
        }
      }
    `,
  ];

  render() {
    return html`<div class="bar">${this.buttons()} ${this.time()} ${this.speed()} ${this.stop()}</div>`;
  }

  buttons() {
    const { model } = this;
    const playing = model.running;
    const ready = model.catalogue !== null && !model.stuck;
    const button = (
      /** @type {string} */ label,
      /** @type {unknown} */ icon,
      /** @type {() => void} */ run,
    ) =>
      html`<button
        type="button"
        class="icon"
        aria-label=${label}
        title=${label}
        ?disabled=${!ready}
        @click=${run}
      >
        ${icon}
      </button>`;
    return html`<div class="buttons">
      <button
        type="button"
        class="icon main"
        aria-label=${playing ? t('pause') : t('play')}
        title=${playing ? t('pause') : t('play')}
        ?disabled=${!ready}
        @click=${() => model.play(!playing)}
      >
        ${playing ? pauseIcon : playIcon}
      </button>
      ${button(t('step'), stepIcon, () => model.seek(this.position + 1))}
      ${button(t('reset'), resetIcon, () => model.reset())}
      ${button(t('redraw', { seed: this.state.seed + 1 }), redrawIcon, () => model.redraw())}
    </div>`;
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
    return html`<div class="time">
      <span class="now"
        ><lab-ask .text=${t('term.iteration')}
          >${t('transport.iteration')}&nbsp;<b
            ${ref((element) => /** @type {HTMLElement | undefined} */ (element)?.style.setProperty('--wide', `${whole(limit).length}ch`))}
            >${whole(this.position)}</b
          ></lab-ask
        >
        ${t('transport.of', { limit: whole(limit) })}</span
      >
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
          ${ref((element) => /** @type {HTMLElement | undefined} */ (element)?.style.setProperty('--filled', filled))}
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

  speed() {
    // A link may ask for any speed between those that are offered.
    const speeds = [...new Set([...SPEEDS, this.state.speed])].sort((a, b) => a - b);
    return html`<label class="speed">
      <span>${t('transport.speed')}</span>
      ${choice({
        label: t('transport.speed'),
        value: String(this.state.speed),
        options: speeds.map((speed) => ({
          value: String(speed),
          text:
            speed === Infinity ? t('transport.speed.max') : t('transport.speed.rate', { rate: whole(speed) }),
        })),
        onValue: (value) => this.model.store.set({ speed: Number(value) }),
      })}
    </label>`;
  }

  stop() {
    const { stop, iterations } = this.state;
    const value = stop.kind === 'none' ? iterations : stop.value;
    const shown = stop.kind === 'accuracy' ? Number((100 * value).toPrecision(4)) : value;
    return html`<label>
        <span>${t('transport.stop')}</span>
        ${choice({
          label: t('transport.stop'),
          value: stop.kind,
          options: [
            { value: 'none', text: t('transport.stop.iterations') },
            { value: 'cost', text: t('transport.stop.cost') },
            { value: 'accuracy', text: t('transport.stop.accuracy') },
          ],
          onValue: (kind) => this.setStop(/** @type {any} */ (kind)),
        })}
      </label>
      <label
        ><input
          type="number"
          aria-label=${t('transport.stop.value')}
          min=${stop.kind === 'none' ? 1 : 0}
          max=${HIGHEST_STOP[stop.kind] * (stop.kind === 'accuracy' ? 100 : 1)}
          step="any"
          .value=${String(shown)}
          @change=${(/** @type {Event} */ event) => this.setStopValue(/** @type {HTMLInputElement} */ (event.target))}
          @blur=${restoring(shown)}
        />${stop.kind === 'accuracy' ? ' %' : ''} ${reason(shown)}</label
      >`;
  }

  /** @param {'none' | 'cost' | 'accuracy'} kind */
  setStop(kind) {
    const value = { none: 0, cost: 0.3, accuracy: 0.9 }[kind];
    this.model.store.set({ stop: { kind, value } });
  }

  /** @param {HTMLInputElement} input */
  setStopValue(input) {
    const { kind } = this.state.stop;
    if (!judged(input)) return;
    const value = input.valueAsNumber;
    if (kind === 'none') this.model.store.set({ iterations: Math.round(value) });
    else this.model.store.set({ stop: { kind, value: kind === 'accuracy' ? value / 100 : value } });
  }
}

/** Only where it stops: what a phone shows below the fields. No frame changes it. */
export class LabStop extends LabTransport {
  static follows = ['change'];

  render() {
    return html`<div class="bar">${this.stop()}</div>`;
  }
}

define('lab-transport', LabTransport);
define('lab-stop', LabStop);
