// The style sheet of the dialog for own points.

import { css } from 'lit';

export const pointsStyles = css`
  canvas {
    display: block;
    width: min(100%, 56vh);
    aspect-ratio: 1;
    margin: 0.5rem auto;
    outline: 1px solid var(--line);
    touch-action: none;
    cursor: crosshair;
  }
  .pasting canvas {
    width: min(100%, 38vh);
  }
  .brush {
    display: inline-flex;
    align-items: center;
  }
  .brush svg {
    margin-right: 0.25rem;
    overflow: visible;
    forced-color-adjust: none;
  }
  textarea {
    width: 100%;
    min-height: 5rem;
    padding: 0.375rem;
    border: 1px solid var(--line);
    font-family: ui-monospace, monospace;
    font-size: var(--small);
  }
  li {
    list-style: none;
  }
  .done {
    margin-top: 0.75rem;
    text-align: right;
  }
`;
