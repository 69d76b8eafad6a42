// The reader's own points: painted with two brushes, moved, erased, undone, or read from CSV with a
// preview. Longer than most files because pointer, keyboard and table edit the same points.

import { html, svg } from 'lit';
import { markPath } from '../plots/class-marks.js';
import { FieldPainter } from '../plots/field.js';
import { coloursOf } from '../plots/palette.js';
import { t, textsUnder } from '../texts/index.js';
import { coordinate } from '../texts/format.js';
import '../texts/later.js';
import { MOST_CLASSES, MOST_POINTS, classCount, snap } from '../state/points-codec.js';
import { beginningOf, namesJson, readCsv, sampled, toOwnPoints } from '../state/points-table.js';
import { settingsOf } from '../state/specs.js';
import { define } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { opens } from '../templates/opens.js';
import { pointsStyles } from './points-styles.js';
import { Sheet } from './sheet.js';

/** @typedef {import('../state/points-table.js').Point} Point */
/** @typedef {number | 'erase'} Brush a class, or the eraser */

/** Half the side of the plane that points are drawn on: it extends from -REACH to REACH. */
const REACH = 5;
/** The distance at which a pointer grabs a point, as a share of the plane's side. */
const NEAR = { mouse: 0.02, touch: 0.05 };
const SHOWN_FAULTS = 5;

const words = textsUnder('points');

export class LabPoints extends Sheet {
  static properties = {
    ...Sheet.properties,
    brush: { state: true },
    own: { state: true },
    text: { state: true },
    past: { state: true },
    mark: { state: true },
    spoken: { state: true },
  };
  static styles = [...Sheet.styles, pointsStyles];

  constructor() {
    super();
    /** @type {Brush} */
    this.brush = 0;
    /** @type {import('../state/points-codec.js').OwnPoints} */
    this.own = { low: -REACH, high: REACH, points: [] };
    /** Own points before each change. @type {import("../state/points-codec.js").OwnPoints[]} */
    this.past = [];
    this.text = '';
    /** The position of the keyboard's brush. */
    this.mark = { x1: 0, x2: 0 };
    /** That position in words for screen readers, once the brush has moved. */
    this.spoken = '';
    /**
     * Index of the point under a pressed pointer; -1 for none, null without a pressed pointer.
     * @type {number | null}
     */
    this.held = null;
    /** Whether that point has been moved. */
    this.moved = false;
    this.change = (/** @type {any} */ setting, /** @type {any} */ value) =>
      this.model.store.setSetting(setting, value);
  }

  connectedCallback() {
    super.connectedCallback();
    const { dataset } = settingsOf(this.state, this.model.selectedRun);
    // Keep the points while another data set is in use.
    if (dataset.name === 'points') this.own = dataset.own;
    else if (this.model.ownPoints !== null) this.own = this.model.ownPoints;
  }

  firstUpdated() {
    super.firstUpdated();
    const canvas = /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
    this.painter = new FieldPainter(canvas);
    this.painter.setColours(coloursOf(this));
    this.paint();
  }

  updated() {
    this.paint();
  }

  /** The points of the pasted table; null if there is no table or it has faults. */
  get read() {
    const table = readCsv(this.text);
    return table.faults.length > 0 ? null : toOwnPoints(table.points, table);
  }

  /** The points on the plane: those of a valid table are previewed before use. */
  get shown() {
    return this.read ?? this.own;
  }

  paint() {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas || !this.painter) return;
    const { low, high, points, test = [], targets } = this.shown;
    const partOf = (/** @type {Point[]} */ some) => ({
      x: [...some.map(({ x1 }) => x1), ...some.map(({ x2 }) => x2)],
      y: some.map(({ label }) => label),
    });
    const blank = targets ? (targets[0] + targets[1]) / 2 : 0.5;
    this.painter.resize(canvas.clientWidth, Math.min(devicePixelRatio, 2));
    const extent = {
      x1: /** @type {[number, number]} */ ([low, high]),
      x2: /** @type {[number, number]} */ ([low, high]),
    };
    this.painter.paint({
      field: {
        values: new Float32Array(1).fill(blank),
        columns: 1,
        rows: 1,
        extent,
        ...(targets ? { kind: /** @type {const} */ ('values'), range: targets } : {}),
      },
      train: partOf(points),
      test: partOf(test),
      showTest: true,
    });
    if (this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === canvas)
      this.paintMark(canvas);
  }

  /** @param {HTMLCanvasElement} canvas */
  paintMark(canvas) {
    const { low, high } = this.shown;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const x = ((this.mark.x1 - low) / (high - low)) * canvas.width;
    const y = ((high - this.mark.x2) / (high - low)) * canvas.height;
    context.strokeStyle = getComputedStyle(this).color;
    context.lineWidth = devicePixelRatio;
    context.strokeRect(x - 8, y - 8, 16, 16);
  }

  /**
   * @param {Point[]} points
   * @param {boolean} [remember]
   */
  setPoints(points, remember = true) {
    if (remember) this.past = [...this.past.slice(-99), this.own];
    this.own = { ...this.own, points };
    this.model.keepOwnPoints(this.own);
    if (points.length < 2) return;
    const { dataset, output } = settingsOf(this.state, this.model.selectedRun);
    const { standardize = false } = dataset;
    this.change('dataset', { name: 'points', own: this.own, ...(standardize ? { standardize } : {}) });
    const fit = this.own.targets ? 'linear' : classCount(this.own) > 2 ? 'softmax' : null;
    // Two classes leave a choice of outputs.
    if (fit !== null && fit !== output) this.change('output', fit);
    else if (fit === null && output === 'linear') this.change('output', 'sigmoid');
    // Train while the reader draws, so that the effect is visible.
    if ((this.model.race.frame?.position ?? 0) === 0 && !this.model.reducedMotion) this.model.play(true);
  }

  /** How many points there are, in words. */
  get countText() {
    const own = this.shown;
    const { points, test = [], targets } = own;
    const counts = targets
      ? [words('count.real', { count: points.length })]
      : Array.from({ length: classCount(own) }, (_, label) =>
          words('count.class', { label, count: points.filter((point) => point.label === label).length }),
        );
    return [...counts, ...(test.length > 0 ? [words('count.test', { count: test.length })] : [])].join(', ');
  }

  /** The classes that can be painted: those that are there, and one more. */
  get brushes() {
    const { points } = this.own;
    const used = points.reduce((most, { label }) => Math.max(most, label), 0);
    const count = this.own.targets ? 0 : Math.min(MOST_CLASSES, Math.max(2, used + 2));
    return Array.from({ length: count }, (_, label) => label);
  }

  undo() {
    const last = this.past[this.past.length - 1];
    if (last === undefined || this.read !== null) return;
    this.past = this.past.slice(0, -1);
    this.own = last;
    this.setPoints(last.points, false);
  }

  /** Returns the position under the pointer on the plane. @param {PointerEvent} event */
  placeOf(event) {
    const box = /** @type {HTMLElement} */ (event.target).getBoundingClientRect();
    const { low, high } = this.own;
    const [u, v] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return { x1: snap(low + u * (high - low), low, high), x2: snap(high - v * (high - low), low, high) };
  }

  /**
   * Returns the index of the point at a position, or -1.
   *
   * @param {{ x1: number, x2: number }} place
   * @param {string} [pointer] the kind of pointer
   */
  nearest({ x1, x2 }, pointer = 'mouse') {
    const distances = this.own.points.map((point) => Math.hypot(point.x1 - x1, point.x2 - x2));
    const least = Math.min(...distances);
    const reach = NEAR[pointer === 'touch' ? 'touch' : 'mouse'] * (this.own.high - this.own.low);
    return least < reach ? distances.indexOf(least) : -1;
  }

  /** @param {PointerEvent} event */
  down(event) {
    // The plane shows the pasted table, to which no point can be added.
    if (this.read !== null) return;
    /** @type {HTMLElement} */ (event.target).setPointerCapture(event.pointerId);
    const place = this.placeOf(event);
    const near = this.nearest(place, event.pointerType);
    if (this.brush === 'erase') {
      if (near >= 0) this.setPoints(this.own.points.toSpliced(near, 1));
      this.held = -1;
    } else if (near >= 0) {
      this.held = near;
      this.moved = false;
    } else {
      this.put(place);
      this.held = -1;
    }
    this.last = place;
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (this.held === null) return;
    const place = this.placeOf(event);
    if (this.held >= 0) {
      const point = this.own.points[this.held];
      if (point.x1 === place.x1 && point.x2 === place.x2) return;
      // The whole drag is one undo step.
      this.setPoints(this.own.points.with(this.held, { ...point, ...place }), !this.moved);
      this.moved = true;
      return;
    }
    const moved = Math.hypot(place.x1 - (this.last?.x1 ?? 0), place.x2 - (this.last?.x2 ?? 0));
    if (this.brush === 'erase') {
      const near = this.nearest(place, event.pointerType);
      if (near >= 0) this.setPoints(this.own.points.toSpliced(near, 1));
    } else if (moved > 0.04 * (this.own.high - this.own.low)) {
      this.put(place);
      this.last = place;
    }
  }

  /** @param {{ x1: number, x2: number }} place */
  put(place) {
    if (this.brush === 'erase' || this.own.points.length >= MOST_POINTS) return;
    this.setPoints([...this.own.points, { ...place, label: this.brush }]);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = (this.own.high - this.own.low) * (event.shiftKey ? 0.1 : 0.02);
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const move = /** @type {Record<string, number[]>} */ (moves)[event.key];
    const { low, high } = this.own;
    if (move !== undefined) {
      this.mark = {
        x1: snap(this.mark.x1 + move[0], low, high),
        x2: snap(this.mark.x2 + move[1], low, high),
      };
      this.spoken = words('at', { x1: coordinate(this.mark.x1), x2: coordinate(this.mark.x2) });
    } else if (this.read !== null) return;
    else if (event.key === 'Enter') this.put(this.mark);
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      const near = this.nearest(this.mark);
      if (near >= 0) this.setPoints(this.own.points.toSpliced(near, 1));
    } else return;
    event.preventDefault();
  }

  /**
   * Trains on the pasted table, or on a sample of it.
   * @param {import('../state/points-table.js').Table} [sample]
   */
  useTable(sample) {
    const table = sample ? toOwnPoints(sample.points, sample) : this.read;
    if (table === null) return;
    this.past = [...this.past.slice(-99), this.own];
    this.own = table;
    this.setPoints(table.points, false);
    this.text = '';
  }

  render() {
    return html`<dialog
      class=${this.text === '' ? '' : 'pasting'}
      aria-labelledby="title"
      @keydown=${this.undoByKey}
    >
      <header>
        <h2 id="title">${t('data.own')}</h2>
        <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      <p class="quiet small">${words('draw.hint')}</p>
      ${this.tools()}
      <canvas
        role="application"
        tabindex="0"
        aria-label=${words('plane')}
        @pointerdown=${this.down}
        @pointermove=${this.drag}
        @pointerup=${() => (this.held = null)}
        @pointercancel=${() => (this.held = null)}
        @keydown=${this.key}
        @focus=${() => this.paint()}
        @blur=${() => this.paint()}
      ></canvas>
      <p class="small" role="status">
        ${this.countText}${this.shown.points.length < 2 ? `. ${words('empty')}` : ''}
      </p>
      <div class="away" role="status">${this.spoken}</div>
      ${this.csv()}
      <p class="done">
        <button
          type="button"
          class="main"
          @click=${() => {
            this.useTable();
            this.close();
          }}
        >
          ${words('close')}
        </button>
      </p>
    </dialog>`;
  }

  /** @param {KeyboardEvent} event */
  undoByKey(event) {
    const inText = event.composedPath()[0] instanceof HTMLTextAreaElement;
    if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !inText) this.undo();
  }

  /** The brushes, undo and clear. */
  tools() {
    const previewed = this.read !== null;
    return html`<div class="row wrap" role="group" aria-label=${words('brush')}>
      ${this.brushes.map((label) => this.brushButton(label))} ${this.brushButton('erase')}
      <button type="button" ?disabled=${previewed || this.past.length === 0} @click=${() => this.undo()}>
        ${words('undo')}
      </button>
      <button
        type="button"
        ?disabled=${previewed || this.own.points.length === 0}
        @click=${() => this.setPoints([])}
      >
        ${words('clear')}
      </button>
    </div>`;
  }

  /** @param {Brush} which */
  brushButton(which) {
    return html`<button
      type="button"
      class="brush"
      aria-pressed=${this.brush === which}
      @click=${() => (this.brush = which)}
    >
      ${
        which === 'erase'
          ? words('brush.erase')
          : html`<svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
                ${svg`<path d=${markPath(which, 5)} fill="var(--class-${which})" />`}</svg
              >${words('brush.class', { label: which })}`
      }
    </button>`;
  }

  csv() {
    return html`<details
      ${opens(this.text !== '')}
      @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()}
      @drop=${(/** @type {DragEvent} */ event) => this.drop(event)}
    >
      <summary>${words('csv')}</summary>
      <label class="small">
        ${words('csv.help')}
        <textarea
          spellcheck="false"
          placeholder="0.5, -1.2, 1"
          .value=${this.text}
          @input=${(/** @type {Event} */ event) => (this.text = /** @type {HTMLTextAreaElement} */ (event.target).value)}
        ></textarea>
      </label>
      ${this.text.trim() === '' ? '' : this.preview()}
    </details>`;
  }

  /** @param {DragEvent} event */
  async drop(event) {
    const file = event.dataTransfer?.files[0];
    // Leave an experiment to the lab behind the dialog.
    if (file === undefined || namesJson(file)) return;
    event.preventDefault();
    event.stopPropagation();
    this.text = await beginningOf(file);
  }

  preview() {
    const table = readCsv(this.text);
    const { points, test, faults, heading, classes, real } = table;
    const count = points.length + test.length;
    const [{ kind: first } = { kind: '' }] = faults;
    if (faults.length === 1 && first === 'many')
      return html`<p class="problem small" role="alert">${words('csv.error.many', { found: count })}</p>
        <button type="button" class="outline" @click=${() => this.useTable(sampled(table))}>
          ${words('csv.sample', { count: MOST_POINTS })}
        </button>`;
    if (faults.length > 0) {
      return html`<ul class="problem small" role="alert">
        ${faults.slice(0, SHOWN_FAULTS).map(({ kind, line, found }) => html`<li>${words(`csv.error.${kind}`, { line, found })}</li>`)}
        ${faults.length > SHOWN_FAULTS ? html`<li>${words('csv.more', { count: faults.length - SHOWN_FAULTS })}</li>` : ''}
      </ul>`;
    }
    const range = (/** @type {number[]} */ values) =>
      `${coordinate(Math.min(...values))} … ${coordinate(Math.max(...values))}`;
    return html`<p class="small" role="status">
        ${words('csv.preview', {
          count,
          parts: this.countText,
          x1: range(points.map(({ x1 }) => x1)),
          x2: range(points.map(({ x2 }) => x2)),
        })}
        ${
          classes.every((label, k) => label === String(k))
            ? ''
            : classes.map((label, k) => words('csv.class', { k, label })).join(' ')
        }
        ${real ? words('csv.real') : ''} ${heading ? words('csv.header') : ''} ${words('csv.rounded')}
      </p>
      <button type="button" class="outline" @click=${() => this.useTable()}>
        ${words('csv.use', { count })}
      </button>`;
  }
}

define('lab-points', LabPoints);
