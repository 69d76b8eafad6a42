// The controls that panels are made of: a number with its slider, a choice, a tick. They are
// templates, not elements.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { t } from '../texts/index.js';
import { language } from '../texts/language.js';
import './lab-ask.js';

/**
 * Parameters whose interesting values span powers of ten get a logarithmic slider, with 0 at its
 * left end.
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

/** Where sliders end when the allowed range is wider than anyone wants. */
const COMFORTABLE = /** @type {Record<string, [number, number]>} */ ({
  samples: [20, 1000],
  testSamples: [0, 500],
  noise: [0, 1],
  batchSize: [0, 400],
});

/**
 * A value and its place on the slider, 0 … 1000.
 *
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
    // What is rounded up at the end may be more than is allowed.
    toValue: (/** @type {number} */ place) =>
      Math.min(max, Number((low + (place / 1000) * (high - low)).toPrecision(3))),
  };
}

/** Where keys move a slider to: one value up or down. */
const STEPS = /** @type {Record<string, 1 | -1>} */ ({
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
});

let count = 0;

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
 * Where `judged` says what a box may hold; empty again when the box has another value.
 *
 * @param {unknown} value
 */
export const reason = (value) => keyed(value, html`<span class="reason" aria-live="polite"></span>`);

/**
 * Whether a box holds a number that it may; if not, the words beside it say which it may.
 *
 * @param {HTMLInputElement} input
 */
export function judged(input) {
  const whole = input.step === '1';
  const { valueAsNumber: value, min, max } = input;
  const right = value >= Number(min) && value <= Number(max) && (!whole || Number.isInteger(value));
  input.setAttribute('aria-invalid', String(!right));
  const words = /** @type {HTMLElement} */ (input.closest('div')?.querySelector('.reason'));
  const shown = (/** @type {string} */ number) =>
    Number(number).toLocaleString(language.tag, { maximumSignificantDigits: 10 }).replace('-', '−');
  // The number is named, as it may have been put back by the time that this is read.
  words.textContent = right
    ? ''
    : (input.value && t('number.refused', { value: shown(input.value) })) +
      t(whole ? 'number.whole' : 'number.any', { min: shown(min), max: shown(max) });
  words.id ||= `reason-${++count}`;
  input.setAttribute('aria-describedby', words.id);
  return right;
}

/**
 * Puts back what a box held before a number that was refused. (Until then what is typed stays,
 * however often the page around it is drawn: so no box of numbers binds its value live.)
 * @param {number} value
 */
export const restoring = (value) => (/** @type {Event} */ event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (input.getAttribute('aria-invalid') !== 'true') return;
  input.value = String(value);
  input.removeAttribute('aria-invalid');
};

/**
 * A number: its label, a box, and a slider unless it is a seed. In the box, Up and Down move to the
 * slider's next value and F1 opens the help, so that a number is one tab stop.
 * @param {{ name: string, label: string, help: string, value: number, min: number, max: number,
 *   integer: boolean, slider?: boolean, onValue: (value: number) => void }} options
 */
export function numberField({ name, label, help, value, min, max, integer, slider = true, onValue }) {
  const scale = scaleOf(name, min, max);
  const given = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (judged(input)) onValue(input.valueAsNumber);
  };
  const at = (/** @type {number} */ there) => {
    const wanted = scale.toValue(there);
    return integer ? Math.round(wanted) : wanted;
  };
  const slid = (/** @type {Event} */ event) =>
    onValue(at(/** @type {HTMLInputElement} */ (event.target).valueAsNumber));
  const place = scale.toSlider(value);
  // Neighbouring places may round to one value, and those of a logarithmic slider may miss one: so
  // an arrow looks for the next.
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
    <input
      type="number"
      aria-label=${label}
      aria-description=${help || nothing}
      min=${min}
      max=${max}
      step=${integer ? 1 : 'any'}
      .value=${String(value)}
      @change=${given}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        asked(event);
        if (slider && /^Arrow(Up|Down)$/.test(event.key)) stepped(event);
      }}
      @blur=${restoring(value)}
    />
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
            ${ref((element) => /** @type {HTMLElement | undefined} */ (element)?.style.setProperty('--filled', `${place / 10}%`))}
            @input=${slid}
            @keydown=${stepped}
          />`
        : ''
    }
    ${reason(value)}
  </div>`;
}

/**
 * The number fields of an entry of the catalogue.
 *
 * @param {import('../race/race.js').ParameterInfo[]} parameters
 * @param {Record<string, any>} values
 * @param {(name: string, value: number) => void} onValue
 * @param {{ label: (p: any) => string, help: (p: any) => string }} words
 */
export function parameterFields(parameters, values, onValue, words) {
  return parameters.map((parameter) =>
    numberField({
      ...parameter,
      label: words.label(parameter),
      help: words.help(parameter),
      value: values[parameter.name] ?? parameter.value,
      slider: !/seed/i.test(parameter.name),
      onValue: (value) => onValue(parameter.name, value),
    }),
  );
}

/**
 * A choice among a few; with `help`, its label can be asked.
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
 * A list to choose from. Options with the same group, which must follow each other, stand under its
 * name.
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
 * A choice among two or three that are all in sight. It is one tab stop; arrow keys choose.
 * @param {{ label: string, value: string, options: { value: string, text: string }[], onValue:
 *   (value: string) => void }} options
 */
export function segments({ label, value, options, onValue }) {
  const walk = (/** @type {KeyboardEvent} */ event) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    // Right and down lead to the next one in the row.
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
