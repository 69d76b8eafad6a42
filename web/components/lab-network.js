// The network of the chosen run, drawn: every unit shows the function it computes, every edge its weight. Layers and
// units are added and removed where they are drawn.

import { css, html } from 'lit';
import { FieldPainter } from '../plots/field.js';
import { MOST_UNITS, NetworkPainter, squash } from '../plots/network.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { t } from '../texts/index.js';
import { labelOf } from '../texts/words.js';
import { settingsOf } from '../state/specs.js';
import { choiceField, judged, reason, restoring } from './controls.js';
import { LabElement, define, shared } from './element.js';
import { written } from './formula.js';
import { minusIcon, plusIcon } from './icons.js';
import { opens } from './opens.js';

/** Beyond so many hidden layers there are no buttons for their units. */
const MOST_BUTTONS = 4;

export class LabNetwork extends LabElement {
  static properties = { ...LabElement.properties, change: { attribute: false }, pinned: { state: true } };
  static styles = [
    shared,
    css`
      :host {
        contain: layout style;
      }
      .layers {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        min-height: 2rem;
        font-size: var(--small);
      }
      .layer {
        display: grid;
        grid-auto-flow: column;
        align-items: center;
      }
      .layers button {
        width: 1.5rem;
        min-height: 1.5rem;
        height: 1.5rem;
      }
      @media (pointer: coarse) {
        .layers button {
          width: 2rem;
          height: 2.25rem;
        }
      }
      .layers svg {
        width: 12px;
        height: 12px;
      }
      /* A network too deep for the column is walked from side to side. */
      .wide {
        overflow-x: auto;
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
      .widths {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(2.5rem, 1fr));
        gap: 0.125rem 0.25rem;
        margin-bottom: 0.25rem;
        font-size: var(--small);
      }
      .widths lab-ask {
        grid-column: 1 / -1;
      }
      .widths label {
        color: var(--quiet);
        text-align: right;
      }
      .widths span {
        padding-right: 0.375rem;
      }
      .widths input {
        width: 100%;
        color: var(--ink);
      }
      .legend {
        color: var(--quiet);
        font-size: var(--small);
        line-height: 1.35;
      }
      @media print {
        .legend {
          display: none;
        }
        .wide {
          break-inside: avoid;
        }
      }
      .edit {
        display: flex;
        gap: 0.25rem;
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {(setting: import('../state/table.js').Setting, value: any) => void} */
    this.change = (setting, value) => this.model.store.setSetting(setting, value, this.model.selectedRun.id);
    this.width = 0;
    /** Unit whose function is shown large. @type {{ layer: number, unit: number } | null} */
    this.pinned = null;
    /** @type {FieldPainter | undefined} */
    this.unitPainter = undefined;
    /** What the canvas shows. @type {import('../race/types.js').DrawnNetwork | null} */
    this.drawn = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.model.want('lab-network', { units: MOST_UNITS });
    this.leavings.push(() => this.model.want('lab-network', null));
    this.listen(this.model, 'frame', () => {
      // Units are measured less often than fields are drawn.
      if (this.drawing !== this.drawn) this.paint();
    });
    this.leavings.push(onThemeChange(() => this.paint(true)));
    this.observer = new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      this.paint();
    });
    this.observer.observe(this);
    this.leavings.push(() => this.observer?.disconnect());
  }

  firstUpdated() {
    this.painter = new NetworkPainter(
      /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas')),
    );
    this.paint(true);
  }

  willUpdate() {
    const { layers } = settingsOf(this.state, this.model.selectedRun);
    // What was shown large may be gone.
    if (this.pinned !== null && this.pinned.unit >= (layers[this.pinned.layer] ?? 0)) this.pinned = null;
  }

  updated() {
    this.paint();
  }

  paint(themeChanged = false) {
    if (this.painter === undefined) return;
    if (themeChanged) this.painter.setColours(coloursOf(this));
    if (this.width === 0) return;
    const frame = this.model.race.latest.get(this.model.selectedRun.id);
    if (!frame?.network) return;
    this.drawn = frame.network;
    this.painter.paint(
      {
        ...frame.network,
        groups: frame.diagnostics?.layers.map(({ group }) => group) ?? [],
        dead: frame.diagnostics?.layers.map(({ dead }) => dead) ?? [],
        output: frame.field,
        chosen: this.pinned,
      },
      this.width,
      Math.min(devicePixelRatio, 2),
    );
    this.paintUnit();
  }

  render() {
    const run = this.model.selectedRun;
    const { layers, activations, output } = settingsOf(this.state, run);
    const known = this.model.catalogue;
    return html`<div class="edit">
        <button
          type="button"
          class="outline"
          ?disabled=${layers.length >= 32}
          @click=${() => this.change('layers', [...layers, layers[layers.length - 1] ?? 4])}
        >
          ${t('network.layer.add')}
        </button>
        <button
          type="button"
          class="outline"
          aria-label=${t('network.layer.remove')}
          title=${t('network.layer.remove')}
          ?disabled=${layers.length === 0}
          @click=${() => this.change('layers', layers.slice(0, -1))}
        >
          ${minusIcon}
        </button>
      </div>
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
        layers.length > MOST_BUTTONS
          ? this.widths(layers)
          : html`<div class="layers">
              <span class="quiet">x₁, x₂</span>
              ${layers.map((width, l) => this.layer(layers, width, l))}
              <span class="quiet">P</span>
            </div>`
      }
      ${
        this.pinned === null
          ? ''
          : html`<figure>
              <figcaption class="small quiet" role="status">${this.unitName(this.pinned)}</figcaption>
              <canvas class="unit" role="img" aria-label=${this.unitName(this.pinned)}></canvas>
            </figure>`
      }
      <p class="legend">${t('network.legend')}</p>
      ${known && layers.length > 0 ? this.activations(known, layers, activations) : ''}
      ${choiceField({
        label: t('network.output'),
        help: t('term.output'),
        value: output,
        options: [
          { value: 'sigmoid', text: t('network.output.sigmoid') },
          { value: 'tanh', text: t('network.output.tanh') },
        ],
        onValue: (value) => this.change('output', value),
      })}`;
  }

  /** The network as it stands. */
  get drawing() {
    return this.model.race.latest.get(this.model.selectedRun.id)?.network ?? null;
  }

  /** @param {number[]} layers @param {number} width @param {number} l */
  layer(layers, width, l) {
    const resized = (/** @type {number} */ by) => layers.map((other, i) => (i === l ? other + by : other));
    const layer = l + 1;
    return html`<span class="layer">
      <button
        type="button"
        class="icon"
        aria-label=${t('network.unit.remove', { layer })}
        title=${t('network.unit.remove', { layer })}
        ?disabled=${width <= 1}
        @click=${() => this.change('layers', resized(-1))}
      >
        ${minusIcon}
      </button>
      ${width}
      <button
        type="button"
        class="icon"
        aria-label=${t('network.unit.add', { layer })}
        title=${t('network.unit.add', { layer })}
        ?disabled=${width >= 4096}
        @click=${() => this.change('layers', resized(1))}
      >
        ${plusIcon}
      </button>
    </span>`;
  }

  /** Many layers leave no room for buttons: their widths are typed. @param {number[]} layers */
  widths(layers) {
    const typed = (/** @type {number} */ l, /** @type {HTMLInputElement} */ input) => {
      if (judged(input)) this.change('layers', layers.with(l, input.valueAsNumber));
    };
    return html`<div class="widths">
      <lab-ask .text=${t('term.width')}>${t('network.widths')}</lab-ask>
      ${layers.map(
        (width, l) =>
          html`<label
            ><span aria-hidden="true">${l + 1}</span
            ><input
              type="number"
              aria-label=${t('network.units', { layer: l + 1 })}
              min="1"
              max="4096"
              step="1"
              .value=${String(width)}
              @change=${(/** @type {Event} */ event) => typed(l, /** @type {HTMLInputElement} */ (event.target))}
              @blur=${restoring(width)}
          /></label>`,
      )}
      ${reason(layers)}
    </div>`;
  }

  /** @param {import('../race/race.js').Catalogue} known @param {number[]} layers @param {string[]} activations */
  activations(known, layers, activations) {
    const options = known.activations.map((row) => ({ value: row.name, text: labelOf('activation', row) }));
    const same = activations.every((name) => name === activations[0]);
    const formulas = known.activations.filter(({ name }) => activations.includes(name));
    const all = choiceField({
      label: t('network.activation'),
      help: formulas.map((row) => `${labelOf('activation', row)}: ${written(row.formula)}`).join('; '),
      value: same ? activations[0] : '',
      options: same ? options : [{ value: '', text: '…' }, ...options],
      onValue: (name) => name !== '' && this.change('activations', [name]),
    });
    if (layers.length < 2) return all;
    const each = layers.map((_, l) => activations[Math.min(l, activations.length - 1)]);
    return html`${all}
      <details ${opens(!same)}>
        <summary class="small quiet">${t('training.more')}</summary>
        ${each.map((name, l) =>
          choiceField({
            label: t('network.activation.layer', { layer: l + 1 }),
            value: name,
            options,
            onValue: (chosen) =>
              this.change(
                'activations',
                each.map((other, i) => (i === l ? chosen : other)),
              ),
          }),
        )}
      </details>`;
  }

  get summary() {
    const run = this.model.selectedRun;
    const { layers } = settingsOf(this.state, run);
    const measured = this.model.race.latest.get(run.id)?.diagnostics?.layers ?? [];
    const groups = layers.map((units, l) =>
      t('network.same', { layer: l + 1, units, distinct: measured[l]?.distinct ?? units }),
    );
    return t('network.summary', {
      shape: [2, ...layers, 1].join('-'),
      name: this.model.nameOf(run),
      groups: groups.join(' '),
    });
  }

  /** The unit under the pointer. @param {PointerEvent} event */
  unitUnder(event) {
    const box = /** @type {HTMLElement} */ (event.target).getBoundingClientRect();
    return this.painter?.unitAt(event.clientX - box.left, event.clientY - box.top) ?? null;
  }

  /** @param {PointerEvent} event */
  point(event) {
    const unit = this.unitUnder(event);
    const canvas = /** @type {HTMLElement} */ (event.target);
    canvas.title = unit === null ? '' : this.unitName(unit);
    canvas.style.cursor = unit === null ? 'default' : 'pointer';
  }

  /** @param {PointerEvent} event */
  pin(event) {
    const unit = this.unitUnder(event);
    const again = unit?.layer === this.pinned?.layer && unit?.unit === this.pinned?.unit;
    this.pinned = unit === null || again ? null : { layer: unit.layer, unit: unit.unit };
    this.showLarge();
  }

  /** The large picture may lie below the window's edge, where nobody would look for it. */
  async showLarge() {
    await this.updateComplete;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.renderRoot
      .querySelector('figure')
      ?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  }

  /** Arrow keys walk the units, Escape leaves them. @param {KeyboardEvent} event */
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
    // The first key shows where the walk begins.
    const { layer: l, unit: u } = this.pinned ?? { layer: -step[0], unit: -step[1] };
    const layer = Math.max(0, Math.min(units.length - 1, l + step[0]));
    const last = Math.min(units[layer].length, MOST_UNITS) - 1;
    this.pinned = { layer, unit: Math.max(0, Math.min(last, u + step[1])) };
    this.showPlace();
  }

  /** Brings the chosen unit into view in a network that is wider than its column. */
  showPlace() {
    const place = this.painter?.placeOf(this.pinned);
    const room = this.renderRoot.querySelector('.wide');
    if (place && room) room.scrollLeft = place.x - room.clientWidth / 2;
    this.showLarge();
  }

  /** @param {{ layer: number, unit: number }} place */
  unitName({ layer, unit }) {
    return t('network.unit.name', { unit: unit + 1, layer: layer + 1 });
  }

  /** The function of one unit, large, with the data over it. */
  paintUnit() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('.unit'));
    const drawn = this.drawing;
    if (canvas === null || drawn === null || this.pinned === null) return;
    const values = drawn.units[this.pinned.layer]?.[this.pinned.unit];
    if (values === undefined) return;
    if (this.unitPainter?.canvas !== canvas) this.unitPainter = new FieldPainter(canvas);
    this.unitPainter.setColours(coloursOf(this));
    this.unitPainter.resize(canvas.clientWidth, Math.min(devicePixelRatio, 2));
    const data = this.model.race.datasets.get(this.model.selectedRun.id);
    this.unitPainter.paint({
      field: {
        values: values.map(squash(drawn.layers[this.pinned.layer].activation)),
        columns: drawn.size,
        rows: drawn.size,
        extent: drawn.extent,
      },
      train: data?.train,
    });
  }
}

define('lab-network', LabNetwork);
