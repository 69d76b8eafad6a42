// The button that opens the dialog for a figure of a map or sweep.

import { html } from 'lit';
import { words } from './map-words.js';

/**
 * @param {object} options
 * @param {(themed: Element) => import('./map-figure.js').Drawing} options.draw gets an element in
 *   the theme of the figure
 * @param {boolean} options.disabled
 */
export function figureButton({ draw, disabled }) {
  const open = async () => (await import('./map-picture.js')).openPicture(draw);
  return html`<button type="button" ?disabled=${disabled} @click=${open}>${words('figure.button')}</button>`;
}
