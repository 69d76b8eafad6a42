/**
 * The part of the <head> that all pages share. The build writes it in place of the comment
 * <!-- head -->, so that pages stay plain HTML without a copy of it.
 */

const SHARED = [
  '<meta charset="utf-8" />',
  '<meta name="viewport" content="width=device-width, initial-scale=1" />',
  '<meta name="color-scheme" content="light dark" />',
  '<link rel="icon" href="./images/icon.svg" type="image/svg+xml" />',
  '<link rel="stylesheet" href="./styles/base.css" />',
];

/**
 * Writes the shared part into a page.
 *
 * @param {string} page the HTML of a page in web/
 * @returns {string}
 * @throws {Error} for a page without the comment
 */
export function withHead(page) {
  const comment = '<!-- head -->';
  if (!page.includes(comment)) throw new Error(`a page lacks the comment ${comment}`);
  return page.replace(comment, () => SHARED.join('\n    '));
}
