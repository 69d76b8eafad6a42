// The texts of the story pages: one table per group of pages and language, beside the lab's own
// table.

import { beforeLanguage, filled, onLanguage } from './index.js';
import { language } from './language.js';

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Words */

/** @type {{ createHTML: (text: string) => any } | undefined} */
let policy;

/**
 * Marks a text of the project's own tables as one that may hold markup (content-policy.mjs).
 * @param {string} text
 */
function trusted(text) {
  policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy('init-lab-texts', {
    createHTML: (/** @type {string} */ same) => same,
  });
  return policy?.createHTML(text) ?? text;
}

/** @type {Map<string, Promise<Words>>} */
const parts = new Map();

/**
 * Loads the table of a part in the page's language, and again before the language changes.
 * @param {string} part a file's name in each language's folder, without .js
 * @returns {Promise<Words>} returns the text of a key, with {placeholders} filled in
 */
export function wordsOf(part) {
  const known = parts.get(part);
  if (known !== undefined) return known;
  const promise = (async () => {
    /** @type {Record<string, string>} */
    let table = {};
    const load = async (/** @type {string} */ tag) => {
      table = (await import(`./${tag}/${part}.js`)).default;
    };
    beforeLanguage(load);
    await load(language.wanted);
    return (/** @type {string} */ key, values = {}) => filled(table[key] ?? key, values);
  })();
  parts.set(part, promise);
  return promise;
}

/**
 * Writes a part's texts into the elements that name a key in `data-text`. The texts are the
 * project's own and may hold inline HTML. The build has already written the English ones.
 * @param {string} part
 * @param {() => void} [afterwards] runs after each update, for code that depends on the written
 *   elements
 */
export async function translatePage(part, afterwards = () => {}) {
  const words = await wordsOf(part);
  const write = () => {
    for (const element of document.querySelectorAll('[data-text]')) {
      const text = words(element.getAttribute('data-text') ?? '');
      if (element instanceof HTMLTitleElement) document.title = text;
      else element.innerHTML = trusted(text);
    }
    afterwards();
  };
  if (language.tag === 'en') afterwards();
  else write();
  onLanguage(write);
}
