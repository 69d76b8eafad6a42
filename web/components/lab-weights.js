// The strip under a run's name: the sizes of each layer's weights, at the start and now.

import { css, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { colourOf } from '../plots/marks.js';
import { BINS, HIGH, LOW } from '../plots/weight-bins.js';
import { weightStrip } from '../plots/weight-ridges.js';
import { layerName, t } from '../texts/index.js';
import { language } from '../texts/language.js';
import { compact, tickText } from '../texts/format.js';
import { LabElement, define, shared } from './element.js';

export class LabWeights extends LabElement {
  static properties = { run: {} };
  static follows = ['change', 'frame'];
  /** The race counts weights four times a second. */
  static pace = 200;
  static styles = [
    shared,
    css`
      .strip {
        height: 62px;
        margin-bottom: 0.25rem;
      }
      .weights {
        display: block;
        width: 100%;
      }
      .weights text {
        font: 400 11px var(--face);
        fill: var(--quiet);
      }
    `,
  ];

  constructor() {
    super();
    this.run = '';
    /** Width of the strip in CSS pixels. */
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.watchWidth((width) => {
      this.width = Math.floor(width);
      this.requestUpdate();
    });
  }

  get choice() {
    const { runs } = this.state;
    return runs.find(({ id }) => id === this.run) ?? runs[0];
  }

  render() {
    const run = this.choice;
    const weights = this.model.race.latest.get(run.id)?.weights;
    return html`<div class="strip">
      ${guard([weights, this.width, run.id, language.tag], () => {
        if (!weights || this.width === 0) return '';
        const count = weights.now.length;
        const rows = weights.now.map((now, l) => ({
          name: l === count - 1 ? t('weights.output') : String(l + 1),
          start: weights.start[l],
          now,
          keeps: weights.keeps[l],
        }));
        const words = rows.map(({ start, now }, l) =>
          t('weights.layer', {
            layer: layerName(l, count),
            start: medianSize(start),
            now: medianSize(now),
          }),
        );
        return weightStrip(
          rows,
          colourOf(this.model.slotOf(run.id)),
          t('weights.summary', { layers: words.join('; ') }),
          this.width,
          62,
          tickText,
        );
      })}
    </div>`;
  }
}

/** The median of counted sizes, as text. @param {ArrayLike<number>} counts */
function medianSize(counts) {
  const half = Array.from(counts).reduce((sum, count) => sum + count, 0) / 2;
  let bin = 0;
  for (let seen = counts[0]; seen < half && bin < counts.length - 1; seen += counts[bin]) bin += 1;
  if (bin === 0) return t('weights.none');
  return compact(Number((10 ** (LOW + ((bin - 0.5) / BINS) * (HIGH - LOW))).toPrecision(1)));
}

define('lab-weights', LabWeights);
