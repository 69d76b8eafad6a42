// Two pairs of trainings that differ in one last binary digit at the start, and the distance that
// grows between each pair.

import { css, html, unsafeCSS } from 'lit';
import uplotSheet from 'uplot/dist/uPlot.min.css?inline';
import { define, shared } from '../components/element.js';
import { coloursOf } from '../plots/palette.js';
import { compact } from '../texts/format.js';
import { errorText } from '../texts/index.js';
import { ask } from '../race/race.js';
import { StoryElement } from './story-element.js';
import { words } from './map-words.js';
import { slotOfStart } from '../state/start-slots.js';
import { createChart } from './story-chart.js';

const ITERATIONS = 600;
const EVERY = 5;
const EXPERIMENT = {
  dataset: { name: 'circles' },
  layers: [10, 5],
  activations: 'relu',
  optimizer: { name: 'gd', learningRate: 0.01 },
};
const STARTS = [
  { label: '× 10', init: { name: 'normal', std: 10, seed: 3 } },
  { label: 'He', init: { name: 'he_normal', seed: 3 } },
];

/**
 * Label only powers of a thousand; a grid line at every power of ten would be too dense.
 * @param {unknown} _
 * @param {number[]} ticks
 */
const everyThirdPower = (_, ticks) =>
  ticks.map((tick) => {
    const power = Math.log10(tick) / 3;
    return Math.abs(power - Math.round(power)) < 1e-9 ? tick : null;
  });

export class StoryButterfly extends StoryElement {
  static properties = { lines: { state: true }, problem: { state: true } };
  static styles = [
    unsafeCSS(uplotSheet),
    shared,
    css`
      h3 {
        margin: 0;
        font-size: var(--text);
      }
      .plot {
        height: 17rem;
        touch-action: pan-y;
      }
      .axis {
        margin: 0;
        text-align: center;
        color: var(--quiet);
        font-size: var(--small);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{ iteration: number, distance: number }[][]} */
    this.lines = [];
    this.problem = '';
  }

  attached() {
    this.plot = createChart(this);
  }

  async firstUpdated() {
    super.firstUpdated();
    try {
      this.lines = await Promise.all(
        STARTS.map(({ init }) =>
          ask((lab) => lab.butterfly({ ...EXPERIMENT, init }, { iterations: ITERATIONS, every: EVERY })),
        ),
      );
    } catch (error) {
      this.problem = errorText(/** @type {Error} */ (error));
    }
  }

  updated() {
    this.draw();
  }

  draw() {
    if (this.plot === undefined || this.lines.length === 0) return;
    const colours = coloursOf(this);
    this.plot.draw(
      this.lines[0].map(({ iteration }) => iteration),
      STARTS.map(({ label, init }, i) => ({
        label,
        colour: colours.runs[slotOfStart(init)],
        values: this.lines[i].map(({ distance }) => distance),
      })),
      {
        log: true,
        x: [0, ITERATIONS],
        y: [1e-16, 10],
        cursor: null,
        format: compact,
        ticks: everyThirdPower,
        formatX: String,
        labels: true,
      },
    );
  }

  get summary() {
    if (this.lines.length === 0) return words('butterfly.computing');
    return STARTS.map(
      ({ label }, i) => `${label}: ${compact(this.lines[i][this.lines[i].length - 1].distance)}`,
    ).join('; ');
  }

  render() {
    return html`<h3>${words('butterfly.title')}</h3>
      ${this.problem === '' ? '' : html`<p role="alert">${this.problem}</p>`}
      <div
        class="plot"
        role="img"
        aria-label=${words('butterfly.label', { iterations: ITERATIONS, lines: this.summary })}
      ></div>
      <p class="axis" aria-hidden="true">${words('butterfly.axis')}</p>`;
  }
}

define('story-butterfly', StoryButterfly);
