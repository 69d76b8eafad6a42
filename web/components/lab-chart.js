// Cost or accuracy of all runs over the iterations. Hover or arrow keys show values; a click or
// Enter moves the race there.

import { html, unsafeCSS } from 'lit';
import { ref } from 'lit/directives/ref.js';
import uplotSheet from 'uplot/dist/uPlot.min.css?inline';
import { linearTop as topOf } from '../plots/cost-axis.js';
import { DASHES, glyph } from '../plots/marks.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { t } from '../texts/index.js';
import { compact, cost, whole } from '../texts/format.js';
import { scoreText } from '../texts/words.js';
import { chartStyles } from './chart-styles.js';
import { segments } from '../templates/controls.js';
import { styleProperties } from '../templates/style-properties.js';
import { LabElement, define, shared } from './element.js';

export class LabChart extends LabElement {
  static properties = {
    hover: { state: true },
    cut: { state: true },
    spoken: { state: true },
    bare: { type: Boolean },
  };
  static styles = [unsafeCSS(uplotSheet), shared, chartStyles];

  constructor() {
    super();
    /** Index of the iteration under the cursor. @type {number | null} */
    this.hover = null;
    /** The cursor's position in CSS pixels from the plot's left edge. */
    this.hoverLeft = 0;
    /**
     * Whether lines leave the chart at its top. While the race plays, only a change of this flag
     * renders the texts again.
     */
    this.cut = false;
    /** The values that the keys have read, for screen readers. */
    this.spoken = '';
    /** Whether the chart is part of a figure, below a heading of the surrounding page. */
    this.bare = false;
    /** @type {number[]} */
    this.x = [];
    this.linesDrawnAt = -Infinity;
    /**
     * Width of the plot in CSS pixels, from the resize observer; measuring it here would force a
     * layout.
     */
    this.width = 0;
    /** @type {import('../plots/lines.js').LinesChart | undefined} */
    this.chart = undefined;
    /** @type {import('../plots/palette.js').Colours | undefined} */
    this.colours = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(this.model, 'frame', () => {
      // Fifteen updates a second look smooth, because the lines only grow.
      const now = performance.now();
      if (this.model.race.frame?.playing && now - this.linesDrawnAt < 66) return;
      this.linesDrawnAt = now;
      if (this.model.race.frame?.playing) this.draw();
      else this.requestUpdate();
    });
    this.cleanups.push(
      onThemeChange(() => {
        this.colours = coloursOf(this);
        this.chart?.setColours(this.colours);
        // The colours belong to the lines, and no frame comes while the race is paused.
        this.draw();
      }),
    );
  }

  async attached() {
    const host = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.plot'));
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      const before = this.narrow;
      this.width = width;
      this.fit(width, height);
      if (this.narrow !== before) this.requestUpdate();
    });
    observer.observe(host);
    this.cleanups.push(() => {
      observer.disconnect();
      this.chart?.destroy();
      this.chart = undefined;
    });
    // Load the chart library late, so that the fields appear first.
    const { LinesChart } = await import('../plots/lines.js');
    if (!this.isConnected || this.chart) return;
    this.chart = new LinesChart(host, coloursOf(this), {
      onHover: (index, left) => {
        this.hoverLeft = left;
        this.hover = index;
      },
      onPick: (x) => {
        this.model.seek(x);
        // Remove the focus after a click, so that the arrow keys step the race again.
        host.blur();
      },
    });
    const { width, height } = host.getBoundingClientRect();
    this.fit(width, height);
  }

  /**
   * @param {number} width CSS pixels
   * @param {number} height CSS pixels
   */
  fit(width, height) {
    if (width === 0) return;
    this.chart?.resize(Math.floor(width), Math.floor(height));
    this.draw();
  }

  updated() {
    this.draw();
  }

  /** Whether the runs predict numbers, so that R² takes the place of the accuracy. */
  get real() {
    const { answers } = this.model.race;
    return this.state.runs.every(({ id }) => answers.get(id)?.kind === 'values');
  }

  /** The costs of constant guesses, each once. @returns {number[]} */
  get plateaus() {
    const { answers } = this.model.race;
    const costs = this.state.runs.flatMap(({ id }) => answers.get(id)?.plateau ?? []);
    return [...new Set(costs.map((value) => Number(value.toPrecision(6))))];
  }

  get linearTop() {
    return topOf(this.plateaus);
  }

  /**
   * A line at the cost of a constant guess, if the runs share it: for K equal classes it is ln K.
   * @returns {{ value: number, label: string }[]}
   */
  get levels() {
    const [value, ...others] = this.plateaus;
    if (value === undefined || others.length > 0) return [];
    return [{ value, label: t('chart.plateau', { cost: cost(value, 3) }) }];
  }

  get narrow() {
    return this.width > 0 && this.width < 420;
  }

  draw() {
    if (this.chart === undefined || this.width === 0) return;
    const { runs, chart, scale, iterations } = this.state;
    const { histories, frame } = this.model.race;
    const colours = (this.colours ??= coloursOf(this));
    const lists = runs.map((run) => histories.get(run.id) ?? []);
    const longest = lists.reduce((best, list) => (list.length > best.length ? list : best), []);
    this.x = longest.length > 0 ? longest.map(({ iteration }) => iteration) : [0];
    this.columns = runs.map((_, r) => {
      const list = lists[r];
      return this.x.map((__, i) =>
        i < list.length ? (chart === 'cost' ? list[i].cost : list[i].trainAccuracy) : null,
      );
    });
    const log = chart === 'cost' && scale === 'log';
    let [bottom, top] = [Infinity, 0];
    for (const column of this.columns)
      for (const value of column)
        if (value !== null && Number.isFinite(value))
          [bottom, top] = [Math.min(bottom, value), Math.max(top, value)];
    const { linearTop } = this;
    this.cut = chart === 'cost' && !log && top > linearTop;
    this.chart.draw(
      this.x,
      runs.map((run, r) => ({
        label: this.model.nameOf(run),
        colour: colours.runs[this.model.slotOf(run.id)],
        dash: DASHES[this.model.slotOf(run.id)],
        mark: this.model.slotOf(run.id),
        values: /** @type {(number | null)[]} */ (this.columns?.[r]),
      })),
      {
        log,
        x: [0, iterations],
        y:
          chart === 'accuracy'
            ? [Math.min(0.4, Math.floor(10 * bottom) / 10), 1]
            : this.cut
              ? [0, linearTop]
              : null,
        cursor: frame?.position ?? null,
        format: chart === 'cost' || this.real ? compact : (value) => `${Math.round(100 * value)} %`,
        levels: chart === 'cost' ? this.levels : [],
        formatX: (value) => whole(value),
        labels: !this.narrow,
      },
    );
  }

  render() {
    const { chart, scale } = this.state;
    const { store } = this.model;
    const title = t(chart === 'accuracy' && this.real ? 'chart.title.r2' : `chart.title.${chart}`);
    return html`<article aria-label=${title}>
      <header>
        ${this.bare ? html`<h3>${title}</h3>` : html`<h2>${title}</h2>`} ${this.narrow ? this.legend() : ''}
        <div class="views">
          ${segments({
            label: t('chart.label'),
            value: chart,
            options: [
              { value: 'cost', text: t('chart.cost') },
              { value: 'accuracy', text: this.real ? 'R²' : t('chart.accuracy') },
            ],
            onValue: (value) => store.set({ chart: /** @type {typeof chart} */ (value) }),
          })}
          ${
            chart === 'cost'
              ? segments({
                  label: t('chart.scale'),
                  value: scale,
                  options: [
                    { value: 'linear', text: t('chart.linear') },
                    { value: 'log', text: t('chart.log') },
                  ],
                  onValue: (value) => store.set({ scale: /** @type {typeof scale} */ (value) }),
                })
              : ''
          }
        </div>
      </header>
      <div class="place">
        ${this.hint()}
        <div
          class="plot"
          role="application"
          tabindex="0"
          aria-label="${this.summary}. ${t('chart.keys')}"
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.read(event)}
          @focus=${() => this.requestUpdate()}
          @blur=${() => this.endReading()}
        ></div>
        ${this.hover === null || this.hover >= this.x.length ? '' : this.tip(this.hover)}
        <div class="away" role="status">${this.spoken}</div>
      </div>
    </article>`;
  }

  /**
   * Arrow keys move the cursor over the recorded iterations; Enter moves the race there.
   * @param {KeyboardEvent} event
   */
  read(event) {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === 'Escape') this.endReading();
    const pointed = this.x[this.hover ?? -1];
    if (key === 'Enter' && pointed !== undefined) this.model.seek(pointed);
    const last = this.x.length - 1;
    const page = Math.max(1, Math.round(last / 20));
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageDown: -page, PageUp: page, Home: -last, End: last };
    const step = /** @type {Record<string, number>} */ (steps)[key];
    if (step === undefined) return;
    event.preventDefault();
    // The first key starts at the race's iteration, unless it is Home or End.
    const shown = this.x.findLastIndex((x) => x <= (this.model.race.frame?.position ?? 0));
    const at = (this.hover ?? shown - (Math.abs(step) < last ? step : 0)) + step;
    const index = Math.max(0, Math.min(last, at));
    this.chart?.point(index);
    const values = this.state.runs.map((run) => `${this.model.nameOf(run)}: ${this.valueOf(run, index)}`);
    this.spoken = `${t('chart.at', { iteration: whole(this.x[index]) })}. ${values.join('; ')}`;
  }

  endReading() {
    // Keep the cursor of a mouse.
    if (this.spoken !== '') this.chart?.point(null);
    this.spoken = '';
  }

  get summary() {
    const { runs, chart } = this.state;
    const lines = runs.map((run) => {
      const metrics = this.model.race.latest.get(run.id)?.metrics;
      return `${this.model.nameOf(run)}: ${metrics ? this.show(run.id, metrics) : '–'}`;
    });
    return t('chart.summary', {
      what: chart === 'accuracy' && this.real ? 'R²' : t(`chart.${chart}`),
      count: runs.length,
      head: whole(this.model.race.frame?.head ?? 0),
      lines: lines.join('; '),
    });
  }

  /**
   * @param {string} id
   * @param {import('../race/types.js').Metrics} metrics
   */
  show(id, { cost: value, trainAccuracy }) {
    return this.state.chart === 'cost'
      ? cost(value)
      : scoreText(this.model.race.answers.get(id), trainAccuracy);
  }

  /**
   * Returns a run's measurements at an iteration with all significant digits.
   * @param {string} id
   * @param {import('../race/types.js').Metrics} metrics
   */
  exact(id, { cost: value, trainAccuracy, testAccuracy }) {
    if (this.state.chart === 'cost') return cost(value, 7);
    const answers = this.model.race.answers.get(id);
    const train = scoreText(answers, trainAccuracy, 2);
    return Number.isFinite(testAccuracy)
      ? t('chart.accuracies', { train, test: scoreText(answers, testAccuracy, 2) })
      : train;
  }

  /**
   * @param {import('../state/table.js').RunChoice} run
   * @param {number} index of the iteration
   */
  valueOf(run, index) {
    const metrics = this.model.race.histories.get(run.id)?.[index];
    return metrics === undefined ? '–' : this.exact(run.id, metrics);
  }

  /** The text about lines that the axis cuts off. */
  hint() {
    if (!this.cut) return '';
    const beside = styleProperties({ '--names': this.narrow ? '0' : '7rem' });
    return html`<p class="cut" ${beside}>${t('chart.cut', { top: compact(this.linearTop) })}</p>`;
  }

  legend() {
    return html`<ul class="values quiet">
      ${this.state.runs.map((run) => html`<li>${glyph(this.model.slotOf(run.id))} ${this.model.nameOf(run)}</li>`)}
    </ul>`;
  }

  /** The iteration under the cursor, with every run's value there. @param {number} index */
  tip(index) {
    const { runs } = this.state;
    const place = (/** @type {Element | undefined} */ element) => {
      if (!(element instanceof HTMLElement)) return;
      const right = this.hoverLeft > this.width / 2;
      element.style.left = right ? '' : `${this.hoverLeft + 12}px`;
      element.style.right = right ? `${this.width - this.hoverLeft + 12}px` : '';
      element.style.columns = runs.length > 5 ? '2' : '';
    };
    return html`<div class="tip" ${ref(place)}>
      <b>${t('chart.at', { iteration: whole(this.x[index]) })}</b>
      ${runs.map(
        (run) =>
          html`<div>
            ${glyph(this.model.slotOf(run.id))}
            <span>${this.model.nameOf(run)}</span> ${this.valueOf(run, index)}
          </div>`,
      )}
    </div>`;
  }
}

define('lab-chart', LabChart);
