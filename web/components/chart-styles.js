// The style sheet of the chart of costs.

import { css } from 'lit';

export const chartStyles = css`
  :host {
    contain: content;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1rem;
    min-height: 2rem;
  }
  .views {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-left: auto;
  }
  .plot {
    height: var(--chart-height, 13.5rem);
    touch-action: pan-y;
  }
  /* Outside the plot's edge the outline would be cut off. */
  .plot:focus-visible {
    outline-offset: -2px;
  }
  .uplot {
    font: inherit;
  }
  .u-over {
    cursor: crosshair;
  }
  .u-hz .u-cursor-x,
  .u-vt .u-cursor-y {
    border-color: var(--strong-line);
  }
  .values {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    min-height: 1.4em;
    font-size: var(--small);
  }
  .values li {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    list-style: none;
    overflow-wrap: anywhere;
  }
  .place {
    position: relative;
  }
  /* Over the plot, so that the heading keeps its one row, and beside the names of the lines. */
  .cut {
    position: absolute;
    top: 0;
    right: var(--names, 0);
    z-index: 1;
    padding: 0 0.25rem;
    background: var(--paper);
    color: var(--quiet);
    font-size: var(--small);
    pointer-events: none;
  }
  @media print {
    .values {
      display: none;
    }
  }
  .tip {
    position: absolute;
    top: 0.5rem;
    z-index: 2;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--strong-line);
    border-radius: 4px;
    background: var(--paper);
    font-size: var(--small);
    line-height: 1.4;
    white-space: nowrap;
    pointer-events: none;
  }
  .tip b {
    font-weight: 600;
    column-span: all;
  }
  .tip div {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    break-inside: avoid;
  }
  .tip span {
    flex: 1;
    max-width: 10rem;
    padding-right: 0.75rem;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--quiet);
  }
`;
