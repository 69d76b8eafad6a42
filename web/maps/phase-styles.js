// Styles of the phase diagram.

import { css } from 'lit';

export const phaseStyles = css`
  .map {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr);
    gap: 0.25rem 0.5rem;
    max-width: 44rem;
  }
  canvas {
    display: block;
    width: 100%;
    aspect-ratio: 4 / 3;
    cursor: pointer;
  }
  .critical,
  .size,
  .axis {
    grid-column: 3;
    color: var(--quiet);
    font-size: var(--small);
  }
  .critical,
  .size {
    position: relative;
    height: 1.25rem;
  }
  .critical span,
  .size span {
    position: absolute;
    left: var(--at);
    transform: translateX(-50%);
    white-space: nowrap;
  }
  .critical span {
    color: var(--ink);
  }
  .side {
    writing-mode: vertical-rl;
    transform: rotate(180deg);
    text-align: center;
    color: var(--quiet);
    font-size: var(--small);
  }
  .depth {
    position: relative;
    width: 1.25rem;
    color: var(--quiet);
    font-size: var(--small);
  }
  .depth span {
    position: absolute;
    right: 0;
    bottom: var(--at);
    transform: translateY(50%);
  }
  .axis {
    text-align: center;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.5rem;
    margin-top: 0.5rem;
    color: var(--quiet);
    font-size: var(--small);
  }
  .legend i {
    display: inline-block;
    width: 1rem;
    height: 0.75rem;
    print-color-adjust: exact;
    forced-color-adjust: none;
  }
  .legend .vanished {
    background: var(--run-2);
  }
  .legend .exploded {
    background: var(--run-3);
  }
  .legend .dead,
  .legend .other {
    background: var(--run-1);
  }
  .legend .learned {
    border: 1px solid var(--strong-line);
    background: var(--paper);
  }
  .legend .missing {
    background: repeating-linear-gradient(135deg, var(--line) 0 3px, var(--paper) 3px 5px);
  }
  .field {
    position: relative;
  }
  .field span {
    position: absolute;
    left: var(--at);
    top: var(--down);
    padding: 0 0.375rem;
    transform: translate(-50%, -50%);
    background: color-mix(in srgb, var(--paper) 80%, transparent);
    color: var(--ink);
    font-size: var(--small);
    text-align: center;
    pointer-events: none;
  }
  @media (max-width: 40rem) {
    .field span {
      max-width: 6rem;
      line-height: 1.2;
    }
  }
  .together {
    white-space: nowrap;
  }
  @media (max-width: 40rem) {
    .together {
      white-space: normal;
    }
  }
  .legend svg {
    display: inline;
    margin-right: 0.5rem;
  }
  .found {
    min-height: 3em;
    max-width: 44rem;
    margin: 0.5rem 0 0.25rem;
    font-size: var(--small);
  }
  .reading {
    min-height: 2.8em;
    max-width: 44rem;
    font-size: var(--small);
  }
  @media print {
    .reading {
      display: none;
    }
  }
  .reading a {
    color: inherit;
  }
`;
