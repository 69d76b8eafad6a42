// The decision field of one run. Hover or touch shows x1, x2 and P; arrow keys move the probe.

import { css, html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { FieldPainter, undecided, valueAt } from '../plots/field.js';
import { coloursOf, css as colour, onThemeChange } from '../plots/palette.js';
import { t } from '../texts/index.js';
import { compact, coordinate, cost, whole } from '../texts/format.js';
import { scoreText, sentenceOf } from '../texts/words.js';
import { LabElement, define, shared } from './element.js';

export class LabField extends LabElement {
  static properties = { run: {}, within: { type: Boolean }, probe: { state: true }, blank: { state: true } };
  static styles = [
    shared,
    css`
      :host {
        position: relative;
        contain: content;
      }
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        background: var(--raised);
        touch-action: pan-y;
        cursor: crosshair;
      }
      canvas:focus-visible {
        outline-offset: -2px;
      }
      :host([shown]) canvas {
        background: var(--field-paper);
      }
      .probe {
        position: absolute;
        left: 0;
        right: 0;
        bottom: 0;
        font-size: var(--small);
        pointer-events: none;
      }
      .probe span {
        display: block;
        padding: 0.125rem 0.375rem;
        background: var(--paper);
      }
      /* A finger hides what lies below it: there the words follow the field. */
      @media (pointer: coarse) {
        .probe {
          position: static;
        }
      }
      .blank {
        position: absolute;
        left: 0.25rem;
        top: 0.25rem;
        padding: 0 0.25rem;
        background: color-mix(in srgb, var(--field-paper) 85%, transparent);
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.35;
        white-space: nowrap;
        pointer-events: none;
      }
      .cross {
        position: absolute;
        width: 9px;
        height: 9px;
        margin: -5px 0 0 -5px;
        border: 1.5px solid var(--ink);
        border-radius: 50%;
        pointer-events: none;
      }
      .place {
        position: relative;
      }
    `,
  ];

  constructor() {
    super();
    this.run = '';
    /** Whether the field is a tab stop. */
    this.within = true;
    /**
     * The position of the probe, 0 … 1 from the top left corner.
     *
     * @type {{ u: number, v: number } | null}
     */
    this.probe = null;
    /** Whether P is 1/2 over the whole field, which then looks blank. */
    this.blank = false;
    this.size = 0;
    /** The field that the canvas shows. @type {import('../plots/field.js').Field | undefined} */
    this.field = undefined;
  }

  /** Id of the run: the given one, or else the model's first. */
  get id_() {
    return this.run !== '' ? this.run : this.model.store.state.runs[0].id;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.model, 'frame', () => {
      // The probe's value changes with every frame; without a probe only the canvas changes. When
      // the race is paused, the texts are updated too.
      if (this.probe === null && this.model.race.frame?.playing) this.paint();
      else this.requestUpdate();
    });
    this.cleanups.push(
      onThemeChange(() => {
        this.painter?.setColours(coloursOf(this));
        this.paint();
      }),
    );
    this.watchWidth((width) => {
      this.size = width;
      this.paint();
    });
  }

  firstUpdated() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
    this.painter = new FieldPainter(canvas);
    this.painter.setColours(coloursOf(this));
    this.paint();
  }

  updated() {
    this.paint();
  }

  paint() {
    const frame = this.model.race.latest.get(this.id_);
    if (frame === undefined || this.painter === undefined || this.size === 0) return;
    this.toggleAttribute('shown', true);
    this.blank = undecided(frame.field);
    this.field = frame.field;
    this.painter.resize(this.size, Math.min(devicePixelRatio, 2));
    const data = this.model.race.datasets.get(this.id_);
    const { show } = this.state;
    const { ink } = /** @type {import('../plots/palette.js').Colours} */ (this.painter.colours);
    this.painter.paint({
      field: frame.field,
      train: data?.train,
      test: data?.test,
      classes: show.includes('classes'),
      showTest: show.includes('test'),
      clean: show.includes('clean'),
      wrong: show.includes('wrong') ? (frame.wrong ?? null) : null,
      lines: show.includes('units')
        ? (frame.unitLines ?? []).map((contour) => ({ contour, colour: colour(ink, 0.45) }))
        : [],
    });
  }

  get summary() {
    const run = this.state.runs.find(({ id }) => id === this.id_);
    const frame = this.model.race.latest.get(this.id_);
    if (run === undefined) return '';
    const name = this.model.nameOf(run);
    if (frame === undefined) return t('run.field', { name });
    return t('run.field.summary', {
      name,
      iteration: whole(frame.iteration),
      train: scoreText(this.model.race.answers.get(this.id_), frame.metrics.trainAccuracy),
      cost: cost(frame.metrics.cost),
      state: frame.state && !this.model.prediction.hides ? sentenceOf(frame.state).short : '',
    });
  }

  render() {
    return html`<div class="place">
        <canvas
          role="application"
          tabindex=${this.within ? 0 : -1}
          aria-label=${this.summary}
          @pointermove=${(/** @type {PointerEvent} */ event) => this.point(event)}
          @pointerdown=${(/** @type {PointerEvent} */ event) => this.point(event)}
          @pointerleave=${(/** @type {PointerEvent} */ event) => this.leave(event)}
          @focus=${() => this.requestUpdate()}
          @blur=${() => (this.probe = null)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.move(event)}
        ></canvas>
        ${this.blank ? html`<span class="blank" aria-hidden="true">${this.blankText}</span>` : ''}
        ${this.probe === null ? '' : this.cross(this.probe)}
      </div>
      <div class="probe" aria-live="polite">${this.probe === null ? '' : this.readout(this.probe)}</div>`;
  }

  /** What a blank field holds everywhere. */
  get blankText() {
    if (this.field?.kind === 'values')
      return t('field.blank.value', { value: compact(this.field.values[0]) });
    return t('field.blank', { p: coordinate(1 / (this.field?.classes ?? 2), 2) });
  }

  /** @param {{ u: number, v: number }} probe */
  cross({ u, v }) {
    const place = (/** @type {Element | undefined} */ element) => {
      if (!(element instanceof HTMLElement)) return;
      element.style.left = `${u * 100}%`;
      element.style.top = `${v * 100}%`;
    };
    return html`<span class="cross" ${ref(place)}></span>`;
  }

  /**
   * Render the element before its text: screen readers announce only changes of an existing
   * element.
   * @param {{ u: number, v: number }} probe
   */
  readout({ u, v }) {
    const field = this.model.race.latest.get(this.id_)?.field;
    if (field === undefined) return '';
    const { x1, x2, p, label } = valueAt(field, u, v);
    const place = { x1: coordinate(x1), x2: coordinate(x2), p: coordinate(p, 3), label };
    if (field.kind === 'classes') return html`<span>${t('probe.class', place)}</span>`;
    if (field.kind === 'values') return html`<span>${t('probe.value', place)}</span>`;
    return html`<span>${t('probe.text', place)}</span>`;
  }

  /** @param {PointerEvent} event */
  point(event) {
    const box = /** @type {Element} */ (event.target).getBoundingClientRect();
    const clamp = (/** @type {number} */ value) => Math.min(1, Math.max(0, value));
    this.probe = {
      u: clamp((event.clientX - box.left) / box.width),
      v: clamp((event.clientY - box.top) / box.height),
    };
  }

  /**
   * A finger leaves when it is lifted; the reader then wants to read the value.
   * @param {PointerEvent} event
   */
  leave(event) {
    if (event.pointerType !== 'touch') this.probe = null;
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = /** @type {Record<string, number[]>} */ (steps)[event.key];
    if (event.key === 'Escape') this.probe = null;
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const { u, v } = this.probe ?? { u: 0.5, v: 0.5 };
    const clamp = (/** @type {number} */ value) => Math.min(1, Math.max(0, value));
    this.probe = { u: clamp(u + step[0] * 0.02), v: clamp(v + step[1] * 0.02) };
  }

  /** The canvas, for saving. @returns {HTMLCanvasElement | null} */
  get picture() {
    return this.renderRoot.querySelector('canvas');
  }
}

define('lab-field', LabField);
