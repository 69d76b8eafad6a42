// The icons of buttons, on a grid of 16 by 16.

import { svg, html } from 'lit';

/** @param {import('lit').SVGTemplateResult} shape */
const icon = (shape) => html`<svg viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;

export const playIcon = icon(svg`<path d="M4 2.5v11l9-5.5z" />`);
export const pauseIcon = icon(svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" />`);
export const stepIcon = icon(svg`<path d="M3 3v10l6.5-5zM11 3h2v10h-2z" />`);
export const resetIcon = icon(
  svg`<path d="M3 2.5h1.6v2.2A5.6 5.6 0 1 1 2.4 8H4a4 4 0 1 0 1.7-3.3H8v1.6H3z" />`,
);
export const redrawIcon = icon(
  svg`<path d="M2.5 2.5h11v11h-11zM4 4v8h8V4z" fill-rule="evenodd" /><circle cx="6" cy="6" r="1.1" /><circle cx="10" cy="10" r="1.1" /><circle cx="8" cy="8" r="1.1" /><circle cx="10" cy="6" r="1.1" /><circle cx="6" cy="10" r="1.1" />`,
);
export const moreIcon = icon(
  svg`<circle cx="3.5" cy="8" r="1.4" /><circle cx="8" cy="8" r="1.4" /><circle cx="12.5" cy="8" r="1.4" />`,
);
export const plusIcon = icon(svg`<path d="M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z" />`);
export const minusIcon = icon(svg`<path d="M3 7.2h10v1.6H3z" />`);
export const themeIcon = icon(
  svg`<path d="M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zm0 1.6v9.2a4.6 4.6 0 0 0 0-9.2z" fill-rule="evenodd" />`,
);
export const openIcon = icon(svg`<path d="M2.5 5.2 8 10.7l5.5-5.5 1.1 1.1L8 12.9 1.4 6.3z" />`);
export const closeIcon = icon(
  svg`<path d="M4 2.9 8 6.9l4-4L13.1 4l-4 4 4 4-1.1 1.1-4-4-4 4L2.9 12l4-4-4-4z" />`,
);
export const waitIcon = icon(
  svg`<path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1.6a4.9 4.9 0 1 0 0 9.8 4.9 4.9 0 0 0 0-9.8zM6 5.4h1.4v5.2H6zm2.6 0H10v5.2H8.6z" fill-rule="evenodd" />`,
);
export const goodIcon = icon(
  svg`<path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm3 3.9L7 9.4 5.1 7.5 4 8.6l3 3 5.1-5.1z" fill-rule="evenodd" />`,
);
export const badIcon = icon(
  svg`<path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM5.7 4.6 4.6 5.7 6.9 8l-2.3 2.3 1.1 1.1L8 9.1l2.3 2.3 1.1-1.1L9.1 8l2.3-2.3-1.1-1.1L8 6.9z" fill-rule="evenodd" />`,
);
export const settingsIcon = icon(
  svg`<path d="M2 4h6.3a2 2 0 0 1 3.8 0H14v1.5h-1.9a2 2 0 0 1-3.8 0H2zm0 6.5h1.9a2 2 0 0 1 3.8 0H14V12H7.7a2 2 0 0 1-3.8 0H2z" />`,
);
export const upIcon = icon(svg`<path d="M8 4.1 2.5 9.6l1.1 1.1L8 6.3l4.4 4.4 1.1-1.1z" />`);
export const downIcon = icon(svg`<path d="M8 11.9 2.5 6.4l1.1-1.1L8 9.7l4.4-4.4 1.1 1.1z" />`);
