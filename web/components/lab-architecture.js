// Controls of the network's shape: layers, units, activations and the output.

import { css, html } from 'lit';
import { LIMITS, OUTPUTS } from '../../src/js/limits.js';
import { t } from '../texts/index.js';
import { formulaOf, labelOf } from '../texts/words.js';
import { namesOf } from '../state/initializer-options.js';
import { settingsOf } from '../state/specs.js';
import { choiceField } from '../templates/controls.js';
import { numberBox, reason } from '../templates/number-box.js';
import { LabElement, define, shared } from './element.js';
import { activationParameters, modernSettings } from './modern-settings.js';
import { written } from '../templates/formula.js';
import { minusIcon, plusIcon } from '../templates/icons.js';
import { opens } from '../templates/opens.js';

/** With more hidden layers than this, the units have no buttons. */
const MOST_BUTTONS = 4;

export class LabArchitecture extends LabElement {
  static properties = { change: { attribute: false } };
  static styles = [
    shared,
    css`
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
          width: 2.75rem;
          height: 2.75rem;
        }
      }
      .layers svg {
        width: 12px;
        height: 12px;
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
  }

  render() {
    const settings = settingsOf(this.state, this.model.selectedRun);
    const { layers, activations, output } = settings;
    const inputs = this.model.race.layers.get(this.model.selectedRun.id)?.[0].in ?? 2;
    const known = this.model.catalogue;
    return html`<div class="edit">
        <button
          type="button"
          class="outline"
          ?disabled=${layers.length >= LIMITS.layers}
          @click=${() => this.change('layers', [...layers, layers[layers.length - 1] ?? 4])}
        >
          ${t('network.layer.add')}
        </button>
        <button
          type="button"
          class="outline"
          ?disabled=${layers.length === 0}
          @click=${() => this.change('layers', layers.slice(0, -1))}
        >
          ${t('network.layer.remove')}
        </button>
      </div>
      ${
        layers.length > MOST_BUTTONS
          ? this.widths(layers)
          : html`<div class="layers">
              <span class="quiet">${inputs > 2 ? `x₁ … x${subscript(inputs)}` : 'x₁, x₂'}</span>
              ${layers.map((width, l) => this.layer(layers, width, l))}
              <span class="quiet">${output === 'linear' ? 'y' : 'P'}</span>
            </div>`
      }
      ${known && layers.length > 0 ? this.activations(known, layers, namesOf(activations)) : ''}
      ${known && layers.length > 0 ? activationParameters(settings, known, this.change) : ''}
      ${choiceField({
        label: t('network.output'),
        help: t('term.output'),
        value: output,
        options: OUTPUTS.map((each) => ({ value: each, text: t(`network.output.${each}`) })),
        onValue: (value) => this.change('output', value),
      })}
      ${known ? modernSettings(settings, known, this.change) : ''}`;
  }

  /**
   * @param {number[]} layers
   * @param {number} width
   * @param {number} l
   */
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
        ?disabled=${width >= LIMITS.units}
        @click=${() => this.change('layers', resized(1))}
      >
        ${plusIcon}
      </button>
    </span>`;
  }

  /**
   * With many layers there is no room for buttons, so the reader types the widths.
   * @param {number[]} layers
   */
  widths(layers) {
    return html`<div class="widths">
      <lab-ask .text=${t('term.width')}>${t('network.widths')}</lab-ask>
      ${layers.map(
        (width, l) =>
          html`<label
            ><span aria-hidden="true">${l + 1}</span>${numberBox({
              label: t('network.units', { layer: l + 1 }),
              value: width,
              min: 1,
              max: LIMITS.units,
              whole: true,
              onValue: (units) => this.change('layers', layers.with(l, units)),
            })}</label
          >`,
      )}
      ${reason(layers)}
    </div>`;
  }

  /**
   * @param {import('../race/race.js').Catalogue} known
   * @param {number[]} layers
   * @param {string[]} activations
   */
  activations(known, layers, activations) {
    const options = known.activations.map((row) => ({ value: row.name, text: labelOf('activation', row) }));
    const same = activations.every((name) => name === activations[0]);
    const formulas = known.activations.filter(({ name }) => activations.includes(name));
    const all = choiceField({
      label: t('network.activation'),
      help: formulas.map((row) => `${labelOf('activation', row)}: ${written(formulaOf(row))}`).join('; '),
      value: same ? activations[0] : '',
      options: same ? options : [{ value: '', text: '…' }, ...options],
      onValue: (name) => name !== '' && this.change('activations', [name]),
    });
    if (layers.length < 2) return all;
    const each = layers.map((_, l) => activations[Math.min(l, activations.length - 1)]);
    return html`${all}
      <details ${opens(!same)}>
        <summary class="small quiet">${t('more')}</summary>
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
}

/** @param {number} count */
const subscript = (count) => [...String(count)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');

define('lab-architecture', LabArchitecture);
