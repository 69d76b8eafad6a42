// The clipboard, which a page may find closed.

import { t } from '../texts/index.js';

/** The browser did not let the page write to the clipboard. */
export class CopyRefused extends Error {
  /** @param {string} text what was to be copied */
  constructor(text) {
    super('The clipboard is closed to this page.');
    this.text = text;
  }
}

/** @param {string} text @returns {Promise<string>} what to tell the reader */
export async function copy(text) {
  try {
    // Pages without https have no clipboard at all.
    await navigator.clipboard.writeText(text);
  } catch {
    throw new CopyRefused(text);
  }
  return t('share.copied');
}
