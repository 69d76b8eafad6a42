// Base class of the sweeps over one parameter: several seeds at each value, ribbons of their middle
// half, cost or accuracy, a sentence for the value under the cursor, CSV. A subclass names the
// networks to train.

import { html, nothing, unsafeCSS } from 'lit';
import uplotSheet from 'uplot/dist/uPlot.min.css?inline';
import { shared } from '../components/element.js';
import { saveText } from '../exports/save.js';
import { DASHES, glyph } from '../plots/marks.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { RibbonsChart } from '../plots/ribbons.js';
import { bar, choice } from '../story/bar.js';
import { compact, cost, percent, wholePercent } from '../texts/format.js';
import { figureButton } from '../story/figure-button.js';
import { StoryElement } from '../story/story-element.js';
import { SweepRunner, quantile } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';
import { drawing } from './sweep-figure.js';
import { sweepStyles } from './sweep-styles.js';

/** @typedef {import('../story/sweep-memory.js').Outcome} Result */
/** @typedef {'cost' | 'trainAccuracy' | 'wait'} Measure wait: iterations until something happens */
/** @typedef {{ [measure in Measure]?: number }} Outcome */
/**
 * @typedef {{ name: string, colour: number }} Line `colour`: an index of the runs' colours, 0 … 7
 */
/**
 * @typedef {{ x: number, line: number, seed: number }} Point the position of one training's result;
 *   `x` and `line` are indices
 */

export class SweepChart extends StoryElement {
  static properties = {
    measure: { state: true },
    hover: { state: true },
  };
  static styles = [unsafeCSS(uplotSheet), shared, bar, sweepStyles];

  constructor() {
    super();
    /** @type {Measure} */
    this.measure = 'cost';
    /** @type {number | null} */
    this.hover = null;
    this.runner = new SweepRunner(this);
    /** Outcomes by x, line and seed. @type {(Outcome | undefined)[][][]} */
    this.outcomes = [];
    this.drawRequested = false;
  }

  /** What can be shown. @returns {readonly Measure[]} */
  get measures() {
    return ['cost', 'trainAccuracy'];
  }

  /** Values of the parameter, ascending. @returns {number[]} */
  get x() {
    return [];
  }

  /** @returns {Line[]} */
  get lines() {
    return [];
  }

  get axisName() {
    return '';
  }

  /** The axis's column in a table, the same in every language. */
  get column() {
    return '';
  }

  /** The title of the figure. */
  get heading() {
    return '';
  }

  /** The number of seeds for each value. */
  get draws() {
    return 0;
  }

  /**
   * The trainings, the most informative first, and the positions of their results.
   *
   * @returns {{ spec: any, take: (result: Result) => { point: Point, outcome: Outcome }[] }[]}
   */
  trainings() {
    return [];
  }

  /** @returns {{ x: number, label: string }[]} */
  get marks() {
    return [];
  }

  /** Reference lines. @returns {{ y: number, label: string }[]} */
  get levels() {
    return [];
  }

  /** Highlighted ranges of the axis. @returns {{ from: number, to: number, label: string }[]} */
  get spans() {
    return [];
  }

  /** Whether every value has its number on the axis. */
  get eachX() {
    return false;
  }

  /** The upper end of the cost axis; higher costs are of no interest. */
  get top() {
    return 10;
  }

  get bottom() {
    return 0.01;
  }

  /** The bottom of the accuracy axis. */
  get leastAccuracy() {
    return 0.4;
  }

  /**
   * Returns the link to the lab with the start at a value.
   *
   * @param {number} _index of the value
   * @returns {string}
   */
  address(_index) {
    return './index.html';
  }

  /** @param {number} index */
  open(index) {
    location.href = this.address(index);
  }

  /** The subclass's controls, before the bar. */
  controls() {
    return html``;
  }

  /**
   * A control that restarts the sweep.
   *
   * @param {string} label
   * @param {string} name of the property
   * @param {string[]} options
   * @param {Record<string, string>} [texts]
   */
  choice(label, name, options, texts) {
    const self = /** @type {any} */ (this);
    const choose = (/** @type {string} */ value) => {
      self[name] = value;
      this.restart();
    };
    return choice(label, options, self[name], choose, texts);
  }

  attached() {
    const host = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.plot'));
    this.chart = new RibbonsChart(
      host,
      (index) => {
        if (index !== this.hover) this.hover = index;
      },
      (index) => this.open(index),
    );
    const observer = new ResizeObserver(() => this.requestDraw());
    observer.observe(host);
    this.onceSeen(() => this.restart());
    this.cleanups.push(
      () => observer.disconnect(),
      () => this.chart?.destroy(),
      onThemeChange(() => this.requestDraw()),
    );
  }

  restart() {
    this.outcomes = this.x.map(() => this.lines.map(() => []));
    const trainings = this.trainings();
    this.runner.begin(
      trainings.map(({ spec }) => spec),
      (index, result) => {
        for (const { point, outcome } of trainings[index].take(result)) this.keep(point, outcome);
      },
    );
  }

  /**
   * @param {Point} point
   * @param {Outcome} outcome
   */
  keep({ x, line, seed }, outcome) {
    this.outcomes[x][line][seed] = outcome;
  }

  /**
   * Returns a line's results at a value. A NaN cost counts as infinite.
   *
   * @param {number} x
   * @param {number} line
   * @returns {number[]}
   */
  values(x, line) {
    return (this.outcomes[x]?.[line] ?? [])
      .filter((outcome) => outcome !== undefined)
      .map((outcome) => outcome[this.measure] ?? NaN)
      .map((value) => (Number.isNaN(value) ? Infinity : value));
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!(changed.size === 1 && changed.has('hover'))) this.requestDraw();
  }

  /** Draws at most once per animation frame. */
  requestDraw() {
    if (this.drawRequested) return;
    this.drawRequested = true;
    requestAnimationFrame(() => {
      this.drawRequested = false;
      if (this.isConnected) this.draw();
    });
  }

  /**
   * Returns whether all seeds of a line are trained, or all seeds of a line at one value.
   *
   * @param {number} line
   * @param {number} [x]
   */
  whole(line, x) {
    const places = x === undefined ? this.x.map((_, at) => at) : [x];
    return places.every((at) => this.values(at, line).length === this.draws);
  }

  /**
   * Medians and middle halves of the lines, over the values of the parameter. A line without all of
   * its seeds is no result yet, so it shows its single seeds instead.
   */
  get ribbons() {
    return this.lines.map(({ name }, line) => {
      const whole = this.whole(line);
      const quantiles = (/** @type {number} */ part) =>
        this.x.map((_, x) => (whole ? quantile(this.values(x, line), part) : null));
      return {
        label: name,
        low: quantiles(0.25),
        middle: quantiles(0.5),
        high: quantiles(0.75),
        seeds: whole ? [] : this.x.flatMap((x, at) => this.values(at, line).map((y) => ({ x, y }))),
      };
    });
  }

  /** @returns {import('../plots/ribbons.js').RibbonsOptions} */
  get options() {
    const log = this.measure !== 'trainAccuracy';
    return {
      log,
      y: log ? [this.bottom, this.top] : [this.leastAccuracy, 1],
      marks: this.marks,
      levels: this.levels,
      spans: this.spans,
      eachX: this.eachX,
      formatX: compact,
      format: log ? compact : wholePercent,
    };
  }

  draw() {
    const colours = coloursOf(this);
    this.chart?.draw(
      this.x,
      this.ribbons.map((ribbon, line) => {
        const { colour } = this.lines[line];
        return { ...ribbon, slot: colour, dash: DASHES[colour] };
      }),
      this.options,
      colours,
    );
    // The plot is new and has no cursor; restore it once the plot is ready.
    queueMicrotask(() => this.hover !== null && this.chart?.point(this.hover));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter' && this.hover !== null) this.open(this.hover);
    if (step === undefined) return;
    event.preventDefault();
    const at = this.hover === null ? 0 : this.hover + step;
    this.chart?.point(Math.min(this.x.length - 1, Math.max(0, at)));
  }

  /**
   * A value of the measure in words.
   *
   * @param {number} value
   */
  textOf(value) {
    if (this.measure === 'trainAccuracy') return percent(value);
    return Number.isFinite(value) ? cost(value, 3) : words('sweep.infinite');
  }

  /**
   * The text of a line's median at a value, with the number of seeds while some are missing.
   *
   * @param {number} x
   * @param {number} line
   */
  text(x, line) {
    const values = this.values(x, line);
    const median = quantile(values, 0.5);
    if (median === null) return words('sweep.none');
    const value = this.textOf(median);
    if (this.whole(line, x)) return value;
    return words('sweep.partial', { value, done: values.length, all: this.draws });
  }

  /** The sentence about the value under the cursor. */
  get reading() {
    if (this.hover === null)
      return words(this.runner.complete ? 'sweep.hint' : 'sweep.hint.partial', { seeds: this.draws });
    const { hover } = this;
    const parts = this.lines.map(({ name }, line) => `${name}: ${this.text(hover, line)}`);
    return `${this.axisName} ${compact(this.x[hover])}. ${parts.join('; ')}.`;
  }

  /** The chart in words, for readers who do not see it. */
  get summary() {
    return this.lines
      .map(({ name }, line) => {
        const known = this.x
          .map((value, x) => ({ value, x, median: quantile(this.values(x, line), 0.5) }))
          .filter((one) => one.median !== null);
        if (known.length === 0) return words('sweep.nothing', { name });
        const better = (/** @type {number} */ a, /** @type {number} */ b) =>
          this.measure === 'trainAccuracy' ? a > b : a < b;
        const best = known.reduce((a, b) => (better(Number(b.median), Number(a.median)) ? b : a));
        return words(this.whole(line) ? 'sweep.best' : 'sweep.best.partial', {
          name,
          value: this.text(best.x, line),
          at: compact(best.value),
        });
      })
      .join('; ');
  }

  async save() {
    const { csvText } = await import('../../src/js/csv.js');
    const rows = this.x.flatMap((value, x) =>
      this.lines.flatMap(({ name }, line) =>
        // A training that is missing has a row without results.
        Array.from({ length: this.draws }, (_, seed) => [
          value,
          name,
          seed,
          ...this.measures.map((measure) => this.outcomes[x]?.[line]?.[seed]?.[measure]),
        ]),
      ),
    );
    const head = [
      this.column,
      'line',
      'draw',
      ...this.measures.map((measure) => (measure === 'wait' ? 'iterations' : measure)),
    ];
    saveText('init-lab-sweep.csv', csvText(head, rows), 'text/csv');
  }

  render() {
    return html`<div class="bar">
        ${this.controls()}
        ${
          this.measures.length > 1
            ? choice(
                words('sweep.measure'),
                [...this.measures],
                this.measure,
                (value) => (this.measure = value),
                /** @type {Record<Measure, string>} */ (
                  Object.fromEntries(
                    this.measures.map((measure) => [measure, words(`sweep.measure.${measure}`)]),
                  )
                ),
              )
            : nothing
        }
        ${this.runner.bar()}
        <button type="button" ?disabled=${this.runner.done === 0} @click=${() => this.save()}>CSV</button>
        ${figureButton({ draw: () => drawing(this), disabled: !this.runner.complete })}
      </div>
      <ul class="bar key">
        ${this.lines.map(({ name, colour }) => html`<li>${glyph(colour)}${name}</li>`)}
      </ul>
      <div class="axis y" aria-hidden="true">${words(`sweep.measure.${this.measure}`)}</div>
      <div
        class="plot"
        role="application"
        tabindex="0"
        aria-label=${words('sweep.label', { axis: this.axisName, lines: this.summary })}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}
      ></div>
      <div class="axis" aria-hidden="true">${this.axisName}</div>
      <p class="reading" aria-live="polite">
        ${this.reading}
        ${this.hover === null ? nothing : html`<a href=${this.address(this.hover)}>${words('sweep.open')}</a>`}
      </p>`;
  }
}
