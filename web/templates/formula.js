// Shows a formula of the catalogue, which is plain text for the command line, in mathematical
// notation.

import { html } from 'lit';

/**
 * Returns a formula as one line of plain text.
 * @param {string} [text] such as "W := W - rate dW"
 */
export const written = (text = '') =>
  text
    .replaceAll('sqrt(', '√(')
    .replaceAll('randn * ', 'randn × ')
    .replaceAll(' * ', ' · ')
    .replace(/(?<!\w)-/g, '−');

/** @param {string} [text] such as "W ~ N(0, g² / n_in)" */
export const formula = (text = '') =>
  written(text)
    .split(/\b(n_in|n_out)\b/)
    .map((part) => (/^n_(in|out)$/.test(part) ? html`n<sub>${part.slice(2)}</sub>` : part));
