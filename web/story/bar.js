// The bar over a story's figure: its looks, and the choices in it.

import { css, html } from 'lit';

export const bar = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    min-height: 2.5rem;
    color: var(--quiet);
    font-size: var(--small);
  }
  .bar button {
    border-color: var(--line);
  }
  .bar .running {
    display: flex;
    align-items: center;
    gap: 1rem;
  }
`;

/** The hidden units that stories choose from, by what they are called. */
export const UNITS = { relu: 'ReLU', tanh: 'tanh' };

/**
 * @template {string | number} Value
 * @param {string} label
 * @param {Value[]} options
 * @param {Value} chosen
 * @param {(value: Value) => void} choose
 * @param {Record<Value, string>} [texts] what the options are called, unless they are words already
 */
export function choice(label, options, chosen, choose, texts) {
  const changed = (/** @type {Event} */ event) =>
    choose(options[/** @type {HTMLSelectElement} */ (event.target).selectedIndex]);
  return html`<label
    >${label}
    <select @change=${changed}>
      ${options.map((option) => html`<option value=${option} ?selected=${option === chosen}>${texts?.[option] ?? option}</option>`)}
    </select></label
  >`;
}
