// A part of a link or a file that could not be read, with its error.

import { html } from 'lit';
import { errorText } from '../texts/index.js';

/** @param {import('../state/table.js').Unread} unread a file has no text */
export const unreadPart = ({ key, text, error }) =>
  html`<code>${key.slice(0, 40)}${text === '' ? '' : `=${text.slice(0, 80)}`}</code>:
    ${error ? errorText(error) : ''}`;
