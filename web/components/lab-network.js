// A drawing of the selected run's network: every unit shows the function that it computes, every
// edge its weight.

import { css, html } from 'lit';
import { FieldPainter } from '../plots/field.js';
import { MOST_UNITS, NetworkPainter, squash } from '../plots/network.js';
import { StripPainter } from '../plots/strip.js';
import { inRows } from '../plots/strip-shape.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { t } from '../texts/index.js';
import { numberBox, reason } from '../templates/number-box.js';
import { fitsLink } from '../state/given-weights.js';
import { pictureOf } from '../state/network-picture.js';
import { settingsOf } from '../state/specs.js';
import { LabElement, define, shared } from './element.js';

/** The largest weight that can be typed, as the core's initializers draw. */
const MOST_WEIGHT = 1e6;

export class LabNetwork extends LabElement {
  static properties = { pinned: { state: true }, from: { state: true } };
  static styles = [
    shared,
    css`
      :host {
        contain: layout style;
      }
      .both {
        display: grid;
        grid-template-columns: minmax(0, 47.5rem) minmax(0, 16rem);
        gap: 0 2rem;
        align-items: start;
      }
      /* A network that is too large for the column scrolls. */
      .wide {
        max-height: 40rem;
        overflow: auto;
      }
      canvas {
        display: block;
      }
      /* Outside its edge the outline would be cut off. */
      canvas:focus-visible {
        outline-offset: -2px;
      }
      /* Where it is brought into sight it keeps off the window's edge. */
      figure {
        scroll-margin-bottom: 0.5rem;
      }
      canvas.unit {
        width: 100%;
        aspect-ratio: 1;
        margin-bottom: 0.5rem;
      }
      .weights {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr));
        gap: 0.125rem 0.75rem;
        font-size: var(--small);
      }
      .weights label {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 0.25rem;
        color: var(--quiet);
      }
      .weights input {
        width: 4.5rem;
        color: var(--ink);
      }
      .legend {
        max-width: 45rem;
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.35;
      }
      @media (max-width: 44rem) {
        .both {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media print {
        .legend {
          display: none;
        }
        .wide {
          break-inside: avoid;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** Width available for the drawing, in CSS pixels. */
    this.width = 0;
    /** The unit whose function is enlarged. @type {{ layer: number, unit: number } | null} */
    this.pinned = null;
    /** Of a wide layer: the input whose weight is shown. */
    this.from = 1;
    /** @type {NetworkPainter | undefined} */
    this.painter = undefined;
    /** @type {FieldPainter | undefined} */
    this.unitPainter = undefined;
    /** The network that the canvas shows. @type {import('../race/types.js').DrawnNetwork | null} */
    this.drawn = null;
  }

  connectedCallback() {
    super.connectedCallback();
    // The units' fields take longer than all other pictures together, so request them only while
    // they are visible.
    const sight = new IntersectionObserver(
      ([{ isIntersecting }]) => this.model.want('lab-network', isIntersecting ? { units: MOST_UNITS } : null),
      { rootMargin: '100px' },
    );
    sight.observe(this);
    this.cleanups.push(() => sight.disconnect());
    this.cleanups.push(() => this.model.want('lab-network', null));
    this.listen(this.model, 'frame', () => {
      // Units are measured less often than the race sends frames.
      if (this.drawing === this.drawn) return;
      // Number boxes that change during the training could not be edited.
      if (this.pinned !== null && !this.model.race.frame?.playing) this.requestUpdate();
      else this.paint();
    });
    this.cleanups.push(onThemeChange(() => this.paint(true)));
  }

  /** @returns {HTMLElement} */
  get room() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.wide'));
  }

  attached() {
    const observer = new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      this.paint();
    });
    observer.observe(this.room);
    this.cleanups.push(() => observer.disconnect());
    this.paint(true);
  }

  willUpdate() {
    const { layers } = settingsOf(this.state, this.model.selectedRun);
    // The enlarged unit may no longer exist.
    if (this.pinned === null) return;
    const { layer, unit } = this.pinned;
    const outputs = this.model.race.layers.get(this.model.selectedRun.id)?.at(-1)?.out ?? 1;
    if (unit >= (layers[layer] ?? (layer === layers.length ? outputs : 0))) this.pinned = null;
  }

  updated() {
    this.paint();
  }

  paint(themeChanged = false) {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('canvas'));
    const frame = this.model.race.latest.get(this.model.selectedRun.id);
    if (!frame?.network || canvas === null || this.width === 0) return;
    this.drawn = frame.network;
    const Painter = inRows(frame.network.layers) ? StripPainter : NetworkPainter;
    if (this.painter?.constructor !== Painter) {
      this.painter = new Painter(canvas);
      this.painter.setColours(coloursOf(this));
    } else if (themeChanged) this.painter.setColours(coloursOf(this));
    const picture = pictureOf(frame, frame.network, this.pinned);
    this.painter.paint(picture, this.width, Math.min(devicePixelRatio, 2));
    this.paintUnit();
  }

  /** Whether the network is drawn as one row per layer. */
  get inRows() {
    const layers = this.model.race.layers.get(this.model.selectedRun.id);
    return layers !== undefined && inRows(layers);
  }

  render() {
    const { layers } = settingsOf(this.state, this.model.selectedRun);
    return html`<div class="both">
        <div class="wide">
          <canvas
            role="application"
            tabindex="0"
            aria-label="${this.summary} ${t('network.keys')}"
            @pointermove=${(/** @type {PointerEvent} */ event) => this.point(event)}
            @click=${(/** @type {PointerEvent} */ event) => this.pin(event)}
            @keydown=${(/** @type {KeyboardEvent} */ event) => this.walk(event)}
          ></canvas>
        </div>
        ${
          this.pinned === null
            ? ''
            : html`<figure>
                <figcaption class="small quiet" role="status">${this.unitName(this.pinned)}</figcaption>
                <canvas
                  class="unit"
                  role="img"
                  aria-label=${this.unitName(this.pinned)}
                  ?hidden=${this.pinned.layer >= layers.length}
                ></canvas>
                ${this.weights(this.pinned)}
              </figure>`
        }
      </div>
      <p class="legend">${t(this.inRows ? 'network.legend.rows' : 'network.legend')}</p>`;
  }

  /** The newest drawing of the network. */
  get drawing() {
    return this.model.race.latest.get(this.model.selectedRun.id)?.network ?? null;
  }

  get summary() {
    const run = this.model.selectedRun;
    const { layers } = settingsOf(this.state, run);
    const measured = this.model.race.latest.get(run.id)?.diagnostics?.layers ?? [];
    const groups = layers.map((units, l) =>
      t('network.same', { layer: l + 1, units, distinct: measured[l]?.distinct ?? units }),
    );
    return t('network.summary', {
      shape: this.model.shapeOf(run, layers),
      name: this.model.nameOf(run),
      groups: groups.join(' '),
    });
  }

  /** Returns the unit under the pointer. @param {PointerEvent} event */
  unitUnder(event) {
    const box = /** @type {HTMLElement} */ (event.target).getBoundingClientRect();
    return this.painter?.unitAt(event.clientX - box.left, event.clientY - box.top) ?? null;
  }

  /** Returns the edge under the pointer. @param {PointerEvent} event */
  edgeUnder(event) {
    const box = /** @type {HTMLElement} */ (event.target).getBoundingClientRect();
    return this.painter?.edgeAt(event.clientX - box.left, event.clientY - box.top) ?? null;
  }

  /** Whether the drawn weights are those of iteration 0. */
  get atStart() {
    return this.model.race.latest.get(this.model.selectedRun.id)?.iteration === 0;
  }

  /** Moves the focus to the box of a weight. @param {number} from */
  async focusWeight(from) {
    this.from = from + 1;
    await this.showLarge();
    const boxes = this.renderRoot.querySelectorAll('div.weights input');
    // A wide layer has one box for a weight, and one for the bias.
    const box = boxes[boxes.length > 2 || from < 1 ? from : 0];
    /** @type {HTMLInputElement | undefined} */ (box)?.focus();
  }

  /**
   * The weights into a unit, which can be changed at iteration 0.
   * @param {{ layer: number, unit: number }} place
   */
  weights({ layer: l, unit }) {
    const drawn = this.drawing;
    const layer = drawn?.layers[l];
    if (!drawn || !layer || unit >= layer.out) return '';
    if (!this.atStart || !fitsLink(drawn.parameters.length))
      return html`<p class="small quiet">${t('network.weights.start')}</p>`;
    const wide = layer.in > MOST_UNITS;
    const first = wide ? Math.min(this.from, layer.in) - 1 : 0;
    const places = [
      ...Array.from({ length: wide ? 1 : layer.in }, (_, i) => first + i).map((from) => ({
        at: layer.weights + unit * layer.in + from,
        name:
          l === 0
            ? t('network.weights.input', { unit: from + 1 })
            : t('network.weights.unit', { unit: from + 1 }),
      })),
      { at: layer.biases + unit, name: t('network.weights.bias') },
    ];
    return html`<p class="small quiet">${t('network.weights')}</p>
      ${
        wide
          ? html`<label class="weights"
              ><span>${t('network.weights.from')}</span>${numberBox({
                label: t('network.weights.from'),
                value: first + 1,
                min: 1,
                max: layer.in,
                whole: true,
                onValue: (value) => (this.from = value),
              })}</label
            >`
          : ''
      }
      <div class="weights">
        ${places.map(
          ({ at, name }) =>
            html`<label
              ><span>${name}</span>${numberBox({
                label: name,
                value: Number(drawn.parameters[at].toPrecision(4)),
                min: -MOST_WEIGHT,
                max: MOST_WEIGHT,
                onValue: (value) => this.setWeight(at, value),
              })}</label
            >`,
        )}
        ${reason(drawn)}
      </div>`;
  }

  /**
   * Starts the run from its weights with another one in one place.
   * @param {number} at place in the parameter vector
   * @param {number} value
   */
  setWeight(at, value) {
    const drawn = this.drawing;
    if (drawn === null) return;
    const parameters = Array.from(drawn.parameters).with(at, value);
    const run = this.model.selectedRun;
    const name = run.name || `${this.model.nameOf(run)} *`;
    const { state } = this.model.store;
    this.model.store.setRun(run.id, { init: { name: 'given', parameters }, name });
    if (run.init.name !== 'given') this.model.offerUndo(t('undo.weight', { name }), state);
  }

  /** @param {PointerEvent} event */
  point(event) {
    const unit = this.unitUnder(event);
    const edge = unit === null && this.atStart ? this.edgeUnder(event) : null;
    const canvas = /** @type {HTMLElement} */ (event.target);
    canvas.title = unit === null ? '' : this.unitName(unit);
    canvas.style.cursor = unit === null && edge === null ? 'default' : 'pointer';
  }

  /** @param {PointerEvent} event */
  pin(event) {
    const unit = this.unitUnder(event);
    const edge = unit === null ? this.edgeUnder(event) : null;
    if (edge !== null) {
      this.pinned = { layer: edge.layer, unit: edge.unit };
      this.focusWeight(edge.from);
      return;
    }
    const again = unit?.layer === this.pinned?.layer && unit?.unit === this.pinned?.unit;
    this.pinned = unit === null || again ? null : { layer: unit.layer, unit: unit.unit };
    this.showLarge();
  }

  /** Scroll to the enlarged unit, because it may be below the window's edge. */
  async showLarge() {
    await this.updateComplete;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.renderRoot
      .querySelector('figure')
      ?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  }

  /** Arrow keys move between units, Escape leaves the network. @param {KeyboardEvent} event */
  walk(event) {
    const steps = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      Enter: [0, 0],
    };
    const step = /** @type {Record<string, number[]>} */ (steps)[event.key];
    const units = this.drawing?.units ?? [];
    if (event.key === 'Escape') this.pinned = null;
    if (step === undefined || units.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const places = this.painter?.places ?? [];
    const unitsOf = (/** @type {number} */ l) =>
      places.filter(({ layer }) => layer === l).map(({ unit }) => unit);
    // A layer is drawn as a column or as a row.
    const [across, along] = this.inRows ? step.toReversed() : step;
    // The first key selects the first unit.
    const { layer: l, unit: u } = this.pinned ?? { layer: -across, unit: -1 };
    const layer = Math.max(0, Math.min(units.length - 1, l + across));
    const drawn = unitsOf(layer);
    if (drawn.length === 0) return;
    const index = this.pinned === null ? 0 : unitsOf(l).indexOf(u) + along;
    this.pinned = { layer, unit: drawn[Math.max(0, Math.min(drawn.length - 1, index))] };
    this.showPlace();
  }

  /** Scrolls the selected unit into view in a network that is wider than its column. */
  showPlace() {
    const place = this.painter?.placeOf(this.pinned);
    const room = this.renderRoot.querySelector('.wide');
    if (place && room)
      room.scrollTo({ left: place.x - room.clientWidth / 2, top: place.y - room.clientHeight / 2 });
    this.showLarge();
  }

  /** @param {{ layer: number, unit: number }} place */
  unitName({ layer, unit }) {
    const count = this.drawing?.layers.length ?? 0;
    if (layer === count - 1) return t('network.unit.output', { unit: unit + 1 });
    return t('network.unit.name', { unit: unit + 1, layer: layer + 1 });
  }

  /** Draws the function of one unit, enlarged, with the data on top. */
  paintUnit() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.unit'));
    const drawn = this.drawing;
    if (canvas === null || drawn === null || this.pinned === null) return;
    const { layer, unit } = this.pinned;
    const values = drawn.units[layer]?.[drawn.shown?.[layer]?.indexOf(unit) ?? unit];
    if (values === undefined || values.length === 0) return;
    if (this.unitPainter?.canvas !== canvas) this.unitPainter = new FieldPainter(canvas);
    this.unitPainter.setColours(coloursOf(this));
    this.unitPainter.resize(canvas.clientWidth, Math.min(devicePixelRatio, 2));
    const data = this.model.race.datasets.get(this.model.selectedRun.id);
    this.unitPainter.paint({
      field: {
        values: values.map(squash(drawn.layers[this.pinned.layer])),
        columns: drawn.size,
        rows: drawn.size,
        extent: drawn.extent,
      },
      train: data?.train,
    });
  }
}

define('lab-network', LabNetwork);
