// The button that opens the dialog for a figure of a map or sweep.

import { html } from 'lit';
import { words } from './words.js';

/**
 * @param {{ draw: (themed: Element) => import('./map-figure.js').Drawing, disabled: boolean }} options
 *   draw gets an element in the theme of the figure
 */
export function figureButton({ draw, disabled }) {
  const open = async () => (await import('./map-picture.js')).openPicture(draw);
  return html`<button type="button" ?disabled=${disabled} @click=${open}>${words('figure.button')}</button>`;
}

/** The text of a template that may hold markup. @param {Element} element */
export const plainText = (element) => (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
