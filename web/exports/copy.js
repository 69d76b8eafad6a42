// Copies text to the clipboard, which a browser can deny.

import { t } from '../texts/index.js';

/** The browser denied access to the clipboard. */
export class CopyRefused extends Error {
  /** @param {string} text that was not copied */
  constructor(text) {
    super('The browser denied access to the clipboard.');
    this.text = text;
  }
}

/**
 * Copies text.
 *
 * @param {string} text
 * @returns {Promise<string>} a message for the reader
 * @throws {CopyRefused}
 */
export async function copy(text) {
  try {
    // `navigator.clipboard` is undefined on pages without https.
    await navigator.clipboard.writeText(text);
  } catch {
    throw new CopyRefused(text);
  }
  return t('share.copied');
}
