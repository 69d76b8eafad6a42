// Templates of the controls in panels: a number with its slider, a choice, a checkbox.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { language } from '../texts/language.js';
import { numberBox, reason } from './number-box.js';
import { styleProperties } from './style-properties.js';
import './lab-ask.js';

/**
 * Parameters whose useful values span powers of ten get a logarithmic slider, with 0 at its left
 * end.
 */
const LOGARITHMIC = /** @type {Record<string, [number, number]>} */ ({
  std: [1e-4, 100],
  gain: [0.01, 100],
  learningRate: [1e-4, 10],
  l2: [1e-4, 10],
  value: [1e-3, 10],
  limit: [1e-4, 100],
  epsilon: [1e-10, 1e-2],
  decayRate: [1e-5, 10],
});

/** Ranges of sliders where the allowed range is much wider than the useful one. */
const COMFORTABLE = /** @type {Record<string, [number, number]>} */ ({
  samples: [20, 1000],
  testSamples: [0, 500],
  noise: [0, 1],
  batchSize: [0, 400],
});

/**
 * Converts between a value and its position on the slider, 0 … 1000.
 * @param {string} name
 * @param {number} min
 * @param {number} max
 */
function scaleOf(name, min, max) {
  const powers = LOGARITHMIC[name];
  if (powers !== undefined) {
    const [low, high] = [Math.log10(powers[0]), Math.log10(Math.min(powers[1], max))];
    return {
      toSlider: (/** @type {number} */ value) =>
        value <= 0 ? 0 : Math.max(0, Math.min(1000, ((Math.log10(value) - low) / (high - low)) * 1000)),
      toValue: (/** @type {number} */ place) =>
        place <= 0 && min <= 0
          ? 0
          : Math.max(min, Number((10 ** (low + (place / 1000) * (high - low))).toPrecision(2))),
    };
  }
  const [low, high] = COMFORTABLE[name] ?? [min, Math.min(max, Math.max(1, min) * 1000)];
  return {
    toSlider: (/** @type {number} */ value) =>
      Math.max(0, Math.min(1000, ((value - low) / (high - low)) * 1000)),
    // Rounding up at the end can exceed the allowed range.
    toValue: (/** @type {number} */ place) =>
      Math.min(max, Number((low + (place / 1000) * (high - low)).toPrecision(3))),
  };
}

/** The step of each key on a slider: one value up or down. */
const STEPS = /** @type {Record<string, 1 | -1>} */ ({
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
});

/** F1 in a control opens the help of its label. @param {KeyboardEvent} event */
function asked(event) {
  if (event.key !== 'F1') return;
  event.preventDefault();
  const field = /** @type {HTMLElement} */ (event.target).closest('.field');
  /** @type {import('./lab-ask.js').LabAsk | null | undefined} */ (field?.querySelector('lab-ask'))?.toggle(
    true,
  );
}

/**
 * A number field: a label, a box, and a slider unless the number is a seed. In the box, Up and Down
 * move to the slider's next value and F1 opens the help, so that the field is one tab stop.
 * @param {{ name: string, label: string, help: string, value: number, min: number, max: number,
 *   integer: boolean, slider?: boolean, onValue: (value: number) => void }} options
 */
export function numberField({ name, label, help, value, min, max, integer, slider = true, onValue }) {
  const scale = scaleOf(name, min, max);
  const at = (/** @type {number} */ there) => {
    const wanted = scale.toValue(there);
    return integer ? Math.round(wanted) : wanted;
  };
  const slid = (/** @type {Event} */ event) =>
    onValue(at(/** @type {HTMLInputElement} */ (event.target).valueAsNumber));
  const place = scale.toSlider(value);
  // Adjacent slider positions can round to the same value, and a logarithmic slider can skip one,
  // so search for the next different value.
  const stepped = (/** @type {KeyboardEvent} */ event) => {
    const by = STEPS[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const parts = LOGARITHMIC[name] ? 10 : 1;
    for (let i = Math.round(place * parts); i >= 0 && i <= 1000 * parts; i += by) {
      const next = at(i / parts);
      if ((next - value) * by > 0) {
        onValue(next);
        return;
      }
    }
  };
  return html`<div class="field">
    <lab-ask .text=${help} .inField=${true}>${label}</lab-ask>
    ${numberBox({
      label,
      help,
      value,
      min,
      max,
      whole: integer,
      onValue,
      onKeydown: (event) => {
        asked(event);
        if (slider && /^Arrow(Up|Down)$/.test(event.key)) stepped(event);
      },
    })}
    ${
      slider
        ? html`<input
            type="range"
            tabindex="-1"
            aria-label=${label}
            aria-valuetext=${value.toLocaleString(language.tag, { maximumSignificantDigits: 15 })}
            min="0"
            max="1000"
            step="1"
            .value=${live(String(Math.round(place)))}
            ${styleProperties({ '--filled': `${place / 10}%` })}
            @input=${slid}
            @keydown=${stepped}
          />`
        : ''
    }
    ${reason(value)}
  </div>`;
}

/**
 * Returns the number fields of a catalogue entry's parameters.
 * @param {import('../race/race.js').ParameterInfo[]} parameters
 * @param {Record<string, any>} values
 * @param {(name: string, value: number) => void} onValue
 * @param {{ label: (p: any) => string, help: (p: any) => string }} words
 */
export function parameterFields(parameters, values, onValue, words) {
  return parameters.map((parameter) => {
    const field = {
      ...parameter,
      label: words.label(parameter),
      help: words.help(parameter),
      value: values[parameter.name] ?? parameter.value,
      slider: !/seed/i.test(parameter.name),
      onValue: (/** @type {any} */ value) => onValue(parameter.name, value),
    };
    // Lists of numbers come from a file or a link.
    if (parameter.kind === 'numbers') return '';
    if (parameter.kind === 'text') return textField(field);
    if (parameter.kind !== 'name') return numberField(field);
    return choiceField({
      ...field,
      options: (parameter.names ?? []).map((name) => ({ value: name, text: name })),
    });
  });
}

/**
 * A short text, such as a formula.
 * @param {{ label: string, help: string, value: string, onValue: (value: string) => void }} options
 */
const textField = ({ label, help, value, onValue }) =>
  html`<div class="field wide" @keydown=${asked}>
    <lab-ask .text=${help} .inField=${true}>${label}</lab-ask>
    <input
      type="text"
      spellcheck="false"
      maxlength="200"
      aria-label=${label}
      aria-description=${help || nothing}
      .value=${value}
      @change=${(/** @type {Event} */ event) => onValue(/** @type {HTMLInputElement} */ (event.target).value)}
    />
  </div>`;

/**
 * A choice among a few options. With `help`, its label opens an explanation.
 * @param {{ label: string, value: string, options: { value: string, text: string }[], onValue:
 *   (value: string) => void, quietLabel?: boolean, help?: string }} options
 */
export function choiceField({ label, value, options, onValue, quietLabel = false, help = '' }) {
  if (help !== '') {
    return html`<div class="field wide" @keydown=${asked}>
      <lab-ask .text=${help} .inField=${true}>${label}</lab-ask>
      ${choice({ label, value, options, onValue })}
    </div>`;
  }
  return html`<label class="field wide">
    <span class=${quietLabel ? 'away' : ''}>${label}</span>
    ${choice({ label, value, options, onValue })}
  </label>`;
}

/**
 * A drop-down list. Adjacent options with the same group are listed under the group's name.
 * @param {{ label: string, value: string, options: { value: string, text: string, group?: string
 *   }[], onValue: (value: string) => void }} options
 */
export function choice({ label, value, options, onValue }) {
  const rows = (/** @type {typeof options} */ some) =>
    some.map(
      (option) =>
        html`<option value=${option.value} ?selected=${option.value === value}>${option.text}</option>`,
    );
  const groups = [...new Set(options.map(({ group }) => group ?? ''))];
  return html`<select
    aria-label=${label}
    .value=${live(value)}
    @change=${(/** @type {Event} */ event) => onValue(/** @type {HTMLSelectElement} */ (event.target).value)}
  >
    ${groups.map((group) => {
      const some = options.filter((option) => (option.group ?? '') === group);
      return group === '' ? rows(some) : html`<optgroup label=${group}>${rows(some)}</optgroup>`;
    })}
  </select>`;
}

/**
 * A choice among two or three visible options. It is one tab stop; arrow keys move the choice.
 * @param {{ label: string, value: string, options: { value: string, text: string }[], onValue:
 *   (value: string) => void }} options
 */
export function segments({ label, value, options, onValue }) {
  const walk = (/** @type {KeyboardEvent} */ event) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    // Right and Down move to the next option.
    const forward = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : -1;
    const index = options.findIndex((option) => option.value === value);
    const next = (index + forward + options.length) % options.length;
    onValue(options[next].value);
    const group = /** @type {HTMLElement} */ (event.currentTarget);
    /** @type {HTMLElement} */ (group.children[next]).focus();
  };
  return html`<div class="segments" role="radiogroup" aria-label=${label} @keydown=${walk}>
    ${options.map(
      (option) =>
        html`<button
          type="button"
          role="radio"
          aria-checked=${option.value === value}
          tabindex=${option.value === value ? 0 : -1}
          @click=${() => onValue(option.value)}
        >
          ${option.text}
        </button>`,
    )}
  </div>`;
}

/** @param {{ label: string, on: boolean, onValue: (on: boolean) => void }} options */
export function tick({ label, on, onValue }) {
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${live(on)}
      @change=${(/** @type {Event} */ event) => onValue(/** @type {HTMLInputElement} */ (event.target).checked)}
    />
    ${label}
  </label>`;
}
