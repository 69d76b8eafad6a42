// A box for a number, written as in the page's language: 0.01 or 0,01. (A box of type "number"
// follows the browser's language instead.)

import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { t } from '../texts/index.js';
import { numberText, readNumber } from '../texts/format.js';
import { language } from '../texts/language.js';

/** Far longer than any accepted number. */
const MOST_LETTERS = 30;

let count = 0;

/**
 * The place where a box writes why it rejects a number; cleared when the box gets another value.
 * It belongs into the same div.
 * @param {unknown} value
 */
export const reason = (value) => keyed(value, html`<span class="reason" aria-live="polite"></span>`);

/**
 * Shows the accepted range beside a box that holds another value.
 * @param {HTMLInputElement} input
 * @param {boolean} right
 * @param {{ min: number, max: number, whole: boolean }} range
 */
function judge(input, right, { min, max, whole }) {
  input.setAttribute('aria-invalid', String(!right));
  const words = input.closest('div')?.querySelector('.reason');
  if (!words) return;
  const shown = (/** @type {number} */ number) =>
    number.toLocaleString(language.tag, { maximumSignificantDigits: 10 }).replace('-', '−');
  const typed = readNumber(input.value, whole);
  // Name the rejected value, because the box may already show the old one again.
  words.textContent = right
    ? ''
    : (input.value && t('number.refused', { value: Number.isNaN(typed) ? input.value : shown(typed) })) +
      t(whole ? 'number.whole' : 'number.any', { min: shown(min), max: shown(max) });
  words.id ||= `reason-${++count}`;
  input.setAttribute('aria-describedby', words.id);
}

/**
 * A number box. A rejected text stays until the box is left, even if the page is rendered again, so
 * the value is never bound live. The arrow keys step whole numbers.
 * @param {{ label: string, help?: string, value: number, min: number, max: number, whole?: boolean,
 *   onValue: (value: number) => void, onKeydown?: (event: KeyboardEvent) => void }} options
 */
export function numberBox({ label, help, value, min, max, whole = false, onValue, onKeydown }) {
  const box = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target);
  const given = (/** @type {Event} */ event) => {
    const number = readNumber(box(event).value, whole);
    const right = number >= min && number <= max && (!whole || Number.isInteger(number));
    judge(box(event), right, { min, max, whole });
    if (!right) return;
    box(event).value = numberText(number);
    onValue(number);
  };
  const left = (/** @type {Event} */ event) => {
    if (box(event).getAttribute('aria-invalid') !== 'true') return;
    box(event).value = numberText(value);
    box(event).removeAttribute('aria-invalid');
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    onKeydown?.(event);
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined || !whole || event.defaultPrevented) return;
    event.preventDefault();
    const next = Math.min(max, Math.max(min, value + by));
    if (next !== value) onValue(next);
  };
  return html`<input
    type="text"
    class="number"
    role="spinbutton"
    inputmode=${min < 0 ? nothing : whole ? 'numeric' : 'decimal'}
    autocomplete="off"
    spellcheck="false"
    maxlength=${MOST_LETTERS}
    aria-label=${label}
    aria-description=${help || nothing}
    aria-valuemin=${min}
    aria-valuemax=${max}
    aria-valuenow=${value}
    aria-valuetext=${numberText(value)}
    .value=${numberText(value)}
    @change=${given}
    @keydown=${pressed}
    @blur=${left}
  />`;
}
