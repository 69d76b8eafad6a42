// The page's words: t('key', values). English is always there; another language is one file that is
// fetched when asked.

import { english as englishErrors, errorSentence, hasSentence } from '../../src/js/error-sentences.js';
import english from './en.js';
import { language } from './language.js';

/** @typedef {keyof typeof english | keyof typeof import('./en-later.js').default} TextKey */
/** @typedef {Record<TextKey, string>} Texts */

/**
 * Languages by tag; adding one is one file and one row.
 *
 * @type {Record<string, { name: string, load: () => Promise<{ default: Partial<Texts>, errors?:
 *   import('../../src/js/error-sentences.js').Sentences }> }>}
 */
export const languages = {
  en: { name: 'English', load: async () => ({ default: english }) },
  de: { name: 'Deutsch', load: () => import('./de.js') },
};

/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * @param {() => void} listener
 * @returns {() => void} stops listening
 */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @type {Set<(tag: string) => Promise<void>>} */
const loaders = new Set();

/**
 * @param {(tag: string) => Promise<void>} load loads further texts before the listeners are
 *   called
 */
export const beforeLanguage = (load) => void loaders.add(load);

/** @param {string} tag */
export async function setLanguage(tag) {
  const known = languages[tag];
  if (known === undefined) return;
  language.wanted = tag;
  const [{ default: texts, errors = englishErrors }] = await Promise.all([
    known.load(),
    ...[...loaders].map((load) => load(tag)),
  ]);
  Object.assign(language, { texts, errors });
  language.tag = tag;
  document.documentElement.lang = tag;
  for (const listener of listeners) listener();
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/**
 * The text of a key in the page's language, with {placeholders} filled in.
 * @param {TextKey} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  return filled(language.texts?.[key] ?? /** @type {Partial<Texts>} */ (english)[key] ?? key, values);
}

/**
 * The text of a key that may not exist.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string | undefined}
 */
t.maybe = (key, values = {}) => {
  const text = language.texts?.[key] ?? /** @type {Record<string, string>} */ (english)[key];
  return text === undefined ? undefined : filled(text, values);
};

/**
 * Texts whose keys share a beginning: textsUnder('embed')('title') is t('embed.title').
 * @param {string} group
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export const textsUnder =
  (group) =>
  (key, values = {}) =>
    t(/** @type {TextKey} */ (`${group}.${key}`), values);

/**
 * Returns the sentence of an error in the page's language; an error without data keeps its message.
 *
 * @param {{ message?: string, code?: string, expected?: any }} problem
 */
export const errorText = (problem) =>
  hasSentence(problem) ? errorSentence(problem, language.errors) : String(problem.message ?? '');

/**
 * What a layer of weights is called.
 *
 * @param {number} layer from 0 on
 * @param {number} count of all, the output included
 */
export const layerName = (layer, count) =>
  layer === count - 1 ? t('signals.output') : t('signals.layer', { layer: layer + 1 });
