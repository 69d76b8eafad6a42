// The HTML that shows an experiment in course notes.

import { writeLink } from '../state/table.js';
import { languageQuery } from './language-query.js';

/**
 * @typedef {object} Embedding
 * @property {'frame' | 'element' | 'picture'} as a picture is the lab's figure, linked to the lab
 * @property {'plays' | 'waits' | 'stands'} begins trains once visible, waits for a click, or shows
 *   the iteration `at`
 * @property {number} at
 * @property {string[]} hide parts to leave out, as the attribute of <init-lab> names them
 * @property {'' | 'light' | 'dark'} theme "" follows the reader's system
 * @property {number} height of the frame, in CSS pixels
 */

/** The file that the dialog of the figure saves. */
export const FIGURE_FILE = 'init-lab-figure.png';

/**
 * Returns the attributes of <init-lab> for an experiment.
 *
 * @param {import('../state/table.js').LabState} state
 * @param {Omit<Embedding, 'as' | 'height'>} embedding
 * @returns {[string, string][]}
 */
export const attributesOf = (state, { begins, at, hide, theme }) =>
  /** @type {[string, string][]} */ ([
    ['experiment', writeLink({ ...state, at: begins === 'stands' ? at : null })],
    ['hide', hide.join()],
    ['theme', theme],
    ['autoplay', begins === 'waits' ? 'off' : ''],
  ]).filter(([, value]) => value !== '');

/** Quotes the value of an attribute. @param {string} text */
const quoted = (text) => `"${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

/**
 * Returns the HTML that embeds an experiment.
 *
 * @param {import('../state/table.js').LabState} state
 * @param {Embedding} embedding
 * @returns {string}
 */
export function embedCode(state, embedding) {
  const attributes = attributesOf(state, embedding);
  const here = (/** @type {string} */ file) => new URL(file, location.href).href;
  if (embedding.as === 'element') {
    const text = attributes.map(([name, value]) => ` ${name}=${quoted(value)}`).join('');
    return `<script async src=${quoted(here('./init-lab.js'))}></script>\n<init-lab${text}></init-lab>`;
  }
  // The text of a link is a valid query.
  const query = [
    ...attributes.map(([name, value]) => (name === 'experiment' ? value : `${name}=${value}`)),
    languageQuery(),
  ].filter((part) => part !== '');
  const address = here(`./embed.html${query.length === 0 ? '' : `?${query.join('&')}`}`);
  // `data-external`: pandoc and Quarto do not inline the frame into self-contained files. The
  // attributes are for hosts that remove styles, the style for hosts whose own styles set
  // `height: auto` (Starlight), which cuts the frame at 150 pixels.
  const { height } = embedding;
  return `<iframe data-external="1" src=${quoted(address)} title="Init Lab" width="100%" height="${height}" style="width: 100%; height: ${height}px; border: 0" loading="lazy"></iframe>`;
}

/**
 * Returns the HTML that shows the lab's figure in print and in a PDF, as a link to the lab.
 *
 * @param {string} link the lab's address with the experiment
 * @param {string} alternative the text of the picture
 * @returns {string}
 */
export const pictureCode = (link, alternative) =>
  `<a href=${quoted(link)}><img src=${quoted(FIGURE_FILE)} alt=${quoted(alternative)} style="max-width: 100%" /></a>`;
