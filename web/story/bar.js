// The bar over a story's figure: its styles and its choices.

import { css, html } from 'lit';

export const bar = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    min-height: 2.5rem;
    padding-bottom: 0.375rem;
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

/** The hidden units in a story's choice, with their labels. */
export const UNITS = { relu: 'ReLU', tanh: 'tanh' };

/**
 * @template {string | number} Value
 * @param {string} label
 * @param {Value[]} options
 * @param {Value} chosen
 * @param {(value: Value) => void} choose
 * @param {Record<Value, string>} [texts] labels of the options, unless the options are labels
 *   themselves
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
