// The network of the chosen run, drawn: every unit shows the function it computes, every edge its weight. Layers and
// units are added and removed where they are drawn.

import { css, html } from 'lit';
import { NetworkPainter } from '../plots/network.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { t } from '../texts/index.js';
import { settingsOf } from '../state/specs.js';
import { choiceField } from './controls.js';
import { LabElement, define, shared } from './element.js';
import { minusIcon, plusIcon } from './icons.js';
import { labelOf } from './words.js';

export class LabNetwork extends LabElement {
  static properties = { ...LabElement.properties, change: { attribute: false } };
  static styles = [
    shared,
    css`
      .layers {
        display: flex;
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
      .layers svg {
        width: 12px;
        height: 12px;
      }
      canvas {
        display: block;
        width: 100%;
      }
      .legend {
        color: var(--quiet);
        font-size: var(--small);
        min-height: 2.7em;
        line-height: 1.35;
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
    /** What the canvas shows. @type {import('../race/types.js').DrawnNetwork | null} */
    this.drawn = null;
  }

  connectedCallback() {
    super.connectedCallback();
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
      },
      this.width,
      Math.min(devicePixelRatio, 2),
    );
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
          @click=${() => this.setLayers([...layers, layers[layers.length - 1] ?? 4])}
        >
          ${t('network.layer.add')}
        </button>
        <button
          type="button"
          class="outline"
          aria-label=${t('network.layer.remove')}
          title=${t('network.layer.remove')}
          ?disabled=${layers.length === 0}
          @click=${() => this.setLayers(layers.slice(0, -1))}
        >
          ${minusIcon}
        </button>
      </div>
      <canvas
        role="img"
        aria-label=${this.summary}
        @pointermove=${(/** @type {PointerEvent} */ event) => this.point(event)}
      ></canvas>
      <div class="layers">
        <span class="quiet">x₁, x₂</span>
        ${layers.map((width, l) => this.layer(layers, width, l))}
        <span class="quiet">P</span>
      </div>
      ${known && layers.length > 0 ? this.activations(known, layers, activations) : ''}
      ${choiceField({
        label: t('network.output'),
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
    // Many layers leave no room for buttons: the width is then typed.
    if (layers.length > 4) return html`<span>${width}</span>`;
    return html`<span class="layer">
      <button
        type="button"
        class="icon"
        aria-label=${t('network.unit.remove', { layer })}
        title=${t('network.unit.remove', { layer })}
        ?disabled=${width <= 1}
        @click=${() => this.setLayers(resized(-1))}
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
        @click=${() => this.setLayers(resized(1))}
      >
        ${plusIcon}
      </button>
    </span>`;
  }

  /** @param {import('../race/race.js').Catalogue} known @param {number[]} layers @param {string[]} activations */
  activations(known, layers, activations) {
    const options = known.activations.map((row) => ({ value: row.name, text: labelOf('activation', row) }));
    const same = activations.every((name) => name === activations[0]);
    const all = choiceField({
      label: t('network.activation'),
      value: same ? activations[0] : '',
      options: same ? options : [{ value: '', text: '…' }, ...options],
      onValue: (name) => name !== '' && this.change('activations', [name]),
    });
    if (layers.length < 2) return all;
    const each = layers.map((_, l) => activations[Math.min(l, activations.length - 1)]);
    return html`${all}
      <details ?open=${!same}>
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

  /** @param {number[]} layers */
  setLayers(layers) {
    const { activations } = settingsOf(this.state, this.model.selectedRun);
    this.change('layers', layers);
    const fitted = layers.map((_, l) => activations[Math.min(l, activations.length - 1)] ?? 'tanh');
    if (activations.length > 1) this.change('activations', fitted.length > 0 ? fitted : ['tanh']);
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

  /** @param {PointerEvent} event */
  point(event) {
    const canvas = /** @type {HTMLElement} */ (event.target);
    const box = canvas.getBoundingClientRect();
    const unit = this.painter?.unitAt(event.clientX - box.left, event.clientY - box.top) ?? null;
    canvas.title =
      unit === null ? '' : t('network.unit.name', { unit: unit.unit + 1, layer: unit.layer + 1 });
  }
}

define('lab-network', LabNetwork);
