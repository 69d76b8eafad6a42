// The few pictures on buttons, drawn on 16 by 16.

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
