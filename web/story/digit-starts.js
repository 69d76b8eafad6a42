// Seven starts of one network that reads digits: the first cost of each against ln 10, and where
// its training ends.

import { css, html, svg } from 'lit';
import { tableStyles } from '../components/common-styles.js';
import { define, shared } from '../components/element.js';
import { compact, cost, percent } from '../texts/format.js';
import '../texts/later.js';
import { colourOf } from '../plots/marks.js';
import { slotOfStart } from '../state/start-slots.js';
import { bar } from './bar.js';
import { StoryElement } from './story-element.js';
import { SweepRunner } from './sweep-runner.js';
import { words } from './map-words.js';

/** The starts. One without a name is named by its factor. */
const STARTS = [
  { init: { name: 'zeros' } },
  { init: { name: 'normal', std: 0.01 } },
  { init: { name: 'normal', std: 0.1 } },
  { init: { name: 'normal', std: 1 } },
  { init: { name: 'normal', std: 10 } },
  { name: 'He', init: { name: 'he_normal' } },
  { name: 'LeCun', init: { name: 'lecun_normal' } },
];
const ITERATIONS = 1000;
/** The cost of ten equal probabilities. */
const IDLE_COST = Math.log(10);
/** Powers of ten at the two ends of the axis. */
const [LEAST, GREATEST] = [0, 7];
const WIDTH = 280;

/** @param {number} value */
const placeOf = (value) => 8 + ((Math.log10(Math.max(1, value)) - LEAST) / (GREATEST - LEAST)) * (WIDTH - 16);

/** @param {{ name?: string, init: { name: string, std?: number } }} start */
const labelOf = ({ name, init }) =>
  name ?? (init.std === undefined ? words('sweep.start.zeros') : `× ${compact(init.std)}`);

/** @param {number} start */
const specOf = (start) => ({
  dataset: { name: 'digits' },
  layers: [64, 32, 16],
  activations: 'relu',
  output: /** @type {const} */ ('softmax'),
  init: { ...STARTS[start].init, seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.1, batchSize: 64 },
  iterations: ITERATIONS,
  record: ITERATIONS,
});

export class DigitStarts extends StoryElement {
  static styles = [
    shared,
    bar,
    tableStyles,
    css`
      .table {
        overflow-x: auto;
      }
      th,
      td {
        white-space: nowrap;
      }
      thead th {
        color: var(--quiet);
        vertical-align: bottom;
      }
      svg {
        display: block;
        width: ${WIDTH}px;
        height: 1.25rem;
        overflow: visible;
        font-size: 12px;
        fill: var(--quiet);
      }
      .idle {
        stroke: var(--ink);
        stroke-dasharray: 3 2;
      }
      .scale {
        stroke: var(--line);
      }
      @media (max-width: 40rem) {
        th,
        td {
          padding-right: 0.75rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.runner = new SweepRunner(this);
    /** @type {import('./sweep-memory.js').Outcome[]} */
    this.outcomes = [];
  }

  attached() {
    this.onceSeen(() => this.begin());
  }

  /** Trains all starts, whether or not the figure is in sight. */
  begin() {
    if (this.runner.total > 0) return this.runner.resume();
    return this.runner.begin(
      STARTS.map((_, start) => specOf(start)),
      (index, outcome) => {
        this.outcomes[index] = outcome;
      },
    );
  }

  render() {
    return html`<div class="bar">${this.runner.bar()}</div>
      <div class="table" role="region" aria-label=${words('digits.label')} tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${words('luck.start')}</th>
              <th scope="col">${words('digits.first')}</th>
              <th scope="col">${words('digits.last', { iterations: compact(ITERATIONS) })}</th>
              <th scope="col">${words('digits.test')}</th>
              <th scope="col" aria-label=${words('digits.first')}>
                <svg aria-hidden="true">
                  <text x=${placeOf(1)} y="14">1</text>
                  <text x=${placeOf(IDLE_COST) + 3} y="14">ln 10</text>
                  <text x=${placeOf(1e4)} y="14" text-anchor="middle">10⁴</text>
                  <text x=${placeOf(1e7)} y="14" text-anchor="end">10⁷</text>
                </svg>
              </th>
            </tr>
          </thead>
          <tbody>
            ${STARTS.map((_, start) => this.row(start))}
          </tbody>
        </table>
      </div>`;
  }

  /** @param {number} start */
  row(start) {
    const first = this.outcomes[start]?.history[0];
    const final = this.outcomes[start]?.final;
    const dot =
      first === undefined
        ? ''
        : svg`<circle cx=${placeOf(first.cost)} cy="10" r="5" fill=${colourOf(slotOfStart(STARTS[start].init))}></circle>`;
    return html`<tr>
      <th scope="row">${labelOf(STARTS[start])}</th>
      <td>${first === undefined ? '–' : first.cost < 1000 ? cost(first.cost, 3) : compact(first.cost)}</td>
      <td>${final === undefined ? '–' : cost(final.cost, 3)}</td>
      <td>${final === undefined ? '–' : percent(final.testAccuracy)}</td>
      <td>
        <svg aria-hidden="true">
          <path class="scale" d="M8 10H${WIDTH - 8}"></path>
          <path class="idle" d="M${placeOf(IDLE_COST)} 0V20"></path>
          ${dot}
        </svg>
      </td>
    </tr>`;
  }
}

define('digit-starts', DigitStarts);
