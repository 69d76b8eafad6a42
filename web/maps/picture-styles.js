// Styles of the picture lab.

import { css } from 'lit';

export const pictureStyles = css`
  :host {
    display: block;
  }
  .drop {
    padding: 0.25rem 0.75rem;
    border: 1px dashed var(--strong-line);
  }
  .problem {
    margin: 0.5rem 0;
    padding: 0.5rem 0 0.5rem 0.75rem;
    border-left: 3px solid var(--bad);
    color: var(--ink);
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .samples {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin: 0.5rem 0;
  }
  .samples canvas {
    width: 3.5rem;
    height: 3.5rem;
  }
  .plot {
    height: 18rem;
    max-width: 54rem;
    touch-action: pan-y;
  }
  .over {
    margin: 0;
    color: var(--quiet);
    font-size: var(--small);
  }
  .table {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
    font-size: var(--small);
  }
  th,
  td {
    padding: 0.375rem 1.25rem 0.375rem 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    font-weight: 400;
    white-space: nowrap;
  }
  thead th {
    color: var(--quiet);
  }
  .number {
    display: inline-block;
    min-width: 1em;
    color: var(--quiet);
  }
  .published {
    display: block;
    color: var(--quiet);
  }
  .what {
    color: var(--quiet);
    white-space: normal;
    min-width: 10rem;
  }
  /* On a phone a start is three lines: its name, its figures, what it is. */
  @media (max-width: 40rem) {
    table {
      width: 100%;
    }
    table,
    thead,
    tbody {
      display: block;
    }
    tr {
      display: grid;
      grid-template-columns: repeat(4, 1fr);
      padding: 0.375rem 0;
      border-bottom: 1px solid var(--line);
    }
    .course tr {
      grid-template-columns: repeat(6, 1fr);
    }
    th,
    td {
      padding: 0 0.25rem 0 0;
      border: 0;
      white-space: normal;
    }
    tbody th,
    .what {
      grid-column: 1 / -1;
    }
    thead th:first-child,
    thead th:last-child {
      position: absolute;
      clip-path: inset(50%);
    }
  }
`;
