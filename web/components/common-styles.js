// Styles that several components share, apart from the page's own sheet.

import { css } from 'lit';

/** A dialog over the page. */
export const dialogStyles = css`
  dialog {
    width: min(40rem, 94vw);
    max-height: 90vh;
    padding: 1.25rem 1.5rem;
    border: 1px solid var(--strong-line);
    border-radius: 6px;
    background: var(--paper);
    color: var(--ink);
    overflow: auto;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.35);
  }
`;

/** A table of numbers without lines. */
export const tableStyles = css`
  table {
    border-collapse: collapse;
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0.25rem 1.25rem 0.25rem 0;
    text-align: left;
    font-weight: 400;
  }
`;

/** Explanations of settings, and groups of settings that fold. */
export const settingStyles = css`
  .help {
    margin: 0.25rem 0;
    color: var(--quiet);
    font-size: var(--small);
  }
  summary {
    padding: 0.25rem 0;
    color: var(--quiet);
    font-size: var(--small);
    cursor: pointer;
  }
`;
