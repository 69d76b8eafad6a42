// A formula of the catalogue, which is plain text for the command line, as it is written by hand.

import { html } from 'lit';

/** @param {string} [text] such as "W ~ N(0, g² / n_in)" */
export const formula = (text = '') =>
  text
    .replaceAll('sqrt(', '√(')
    .replaceAll(' * ', ' · ')
    .split(/\b(n_in|n_out)\b/)
    .map((part) => (/^n_(in|out)$/.test(part) ? html`n<sub>${part.slice(2)}</sub>` : part));
