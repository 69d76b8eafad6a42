// The shape and the look of a figure, as every dialog of figures offers them.

import { html } from 'lit';
import { SHAPES } from '../exports/figure.js';
import { t } from '../texts/index.js';
import '../texts/later.js';
import { choiceField } from './controls.js';

/** On the page's light paper, on its dark one, or transparent. */
const LOOKS = /** @type {const} */ (['light', 'dark', 'clear']);

/** @typedef {typeof LOOKS[number]} Look */

/**
 * Renders the two choices.
 *
 * @param {{ shape: string, look: Look }} figure the dialog, whose two properties the choices set
 */
export const figureChoices = (figure) =>
  html`${choiceField({
    label: t('figure.shape'),
    value: figure.shape,
    options: Object.keys(SHAPES).map((value) => ({
      value,
      text: t(/** @type {any} */ (`figure.shape.${value}`)),
    })),
    onValue: (value) => (figure.shape = value),
  })}
  ${choiceField({
    label: t('figure.look'),
    value: figure.look,
    options: LOOKS.map((value) => ({ value, text: t(`figure.look.${value}`) })),
    onValue: (value) => (figure.look = /** @type {Look} */ (value)),
  })}`;
