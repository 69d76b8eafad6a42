// The lines that show an experiment in course notes.

import { writeLink } from '../state/table.js';
import { spoken } from './spoken.js';

/**
 * @typedef {object} Embedding
 * @property {'frame' | 'element'} as
 * @property {'plays' | 'waits' | 'stands'} begins trains when it is seen, waits for a click, stands at the iteration `at`
 * @property {number} at
 * @property {string[]} hide parts that are not wanted, as the attribute of <init-lab> names them
 * @property {'' | 'light' | 'dark'} theme "" as the reader's system
 * @property {number} height of the frame, in CSS pixels
 */

/** The attributes of <init-lab> that show this. @param {import('../state/table.js').LabState} state @param {Omit<Embedding, 'as' | 'height'>} embedding @returns {[string, string][]} */
export const attributesOf = (state, { begins, at, hide, theme }) =>
  /** @type {[string, string][]} */ ([
    ['experiment', writeLink({ ...state, at: begins === 'stands' ? at : null })],
    ['hide', hide.join()],
    ['theme', theme],
    ['autoplay', begins === 'waits' ? 'off' : ''],
  ]).filter(([, value]) => value !== '');

/** @param {string} text of an attribute */
const quoted = (text) => `"${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

/** @param {import('../state/table.js').LabState} state @param {Embedding} embedding @returns {string} HTML */
export function embedCode(state, embedding) {
  const attributes = attributesOf(state, embedding);
  const here = (/** @type {string} */ file) => new URL(file, location.href).href;
  if (embedding.as === 'element') {
    const text = attributes.map(([name, value]) => ` ${name}=${quoted(value)}`).join('');
    return `<script type="module" src=${quoted(here('./init-lab.js'))}></script>\n<init-lab${text}></init-lab>`;
  }
  // The experiment stands in the query as the link's own text.
  const query = [
    ...attributes.map(([name, value]) => (name === 'experiment' ? value : `${name}=${value}`)),
    spoken(),
  ].filter((part) => part !== '');
  const address = here(`./embed.html${query.length === 0 ? '' : `?${query.join('&')}`}`);
  return `<iframe src=${quoted(address)} title="Init Lab" width="100%" height="${embedding.height}" loading="lazy"></iframe>`;
}
