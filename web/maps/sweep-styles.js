// Styles of the sweeps over one parameter.

import { css } from 'lit';

export const sweepStyles = css`
  :host {
    display: block;
  }
  .key {
    min-height: 1.5rem;
    list-style: none;
    padding: 0;
    margin: 0;
  }
  .key svg {
    margin-right: 0.375rem;
    vertical-align: middle;
  }
  .plot {
    height: 20rem;
    max-width: 54rem;
    touch-action: pan-y;
  }
  .axis {
    max-width: 54rem;
    text-align: center;
    color: var(--quiet);
    font-size: var(--small);
  }
  .axis.y {
    text-align: left;
  }
  .reading {
    min-height: 2.8em;
    max-width: 54rem;
    font-size: var(--small);
  }
  .reading a {
    color: inherit;
  }
`;
