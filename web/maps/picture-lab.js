// The deep picture network: on drawn pictures or the course's own files, with one global factor or
// one size per layer.

import { html, nothing, unsafeCSS } from 'lit';
import uplotSheet from 'uplot/dist/uPlot.min.css?inline';
import { SIDE, generatePictures } from '../../src/js/generated-pictures.js';
import { referenceExperiments } from '../../src/js/reproduce.js';
import { define, shared } from '../components/element.js';
import { DASHES, glyph } from '../plots/marks.js';
import { coloursOf } from '../plots/palette.js';
import { cost as costText, percent, whole } from '../texts/format.js';
import { errorText } from '../texts/index.js';
import { slotsOf } from '../state/start-slots.js';
import { bar } from '../story/bar.js';
import { STARTS, pictureSpec } from './picture-experiments.js';
import { readPictures } from './picture-files.js';
import { pictureStyles } from './picture-styles.js';
import { StoryElement } from '../story/story-element.js';
import { SweepRunner } from '../story/sweep-runner.js';
import { words } from '../story/map-words.js';
import { createChart } from '../story/story-chart.js';

/** @typedef {import('../story/sweep-memory.js').Outcome} Result */
/** @typedef {import('../../src/js/pictures.js').Examples} Examples */

/** Enough iterations to see which start learns. The course's files get the course's number. */
const ITERATIONS = { drawn: 600, course: 2500 };
const SLOTS = slotsOf(STARTS.map(({ init }, run) => ({ id: String(run), init: /** @type {any} */ (init) })));
/** The colour, dash and mark of a start. @param {number} run */
const slotOf = (run) => SLOTS.get(String(run)) ?? 0;
/** How many pictures of each class are shown. */
const SHOWN = 6;

export class PictureLab extends StoryElement {
  static properties = {
    source: { state: true },
    problem: { state: true },
    note: { state: true },
  };
  static styles = [unsafeCSS(uplotSheet), shared, bar, pictureStyles];

  constructor() {
    super();
    /** @type {'drawn' | 'course'} */
    this.source = 'drawn';
    this.problem = '';
    this.note = '';
    /**
     * The course's files that the reader has opened.
     *
     * @type {{ [part in 'train' | 'test']?: { name: string, examples: Examples } }}
     */
    this.files = {};
    /** @type {{ name: 'points', train: Examples, test: Examples } | null} */
    this.pictures = null;
    /** @type {(Result | undefined)[]} */
    this.results = [];
    /** The records of unfinished trainings. @type {Result['history'][]} */
    this.growing = [];
    this.runner = new SweepRunner(this);
  }

  attached() {
    this.plot = createChart(this);
  }

  firstUpdated() {
    super.firstUpdated();
    this.train(generatePictures(), 'drawn');
  }

  get iterations() {
    return ITERATIONS[this.source];
  }

  /**
   * @param {{ name: 'points', train: Examples, test: Examples }} dataset
   * @param {'drawn' | 'course'} source
   */
  train(dataset, source) {
    Object.assign(this, { pictures: dataset, source, results: [], growing: [] });
    this.runner.prepare(
      STARTS.map((start) => /** @type {any} */ (pictureSpec(start, dataset, this.iterations))),
      (index, result) => {
        this.results[index] = result;
      },
      (index, records) => {
        // A training that was paused starts again.
        const before = records[0].iteration === 0 ? [] : this.growing[index];
        this.growing[index] = [...before, ...records];
      },
    );
    this.requestUpdate();
    this.showSamples();
  }

  /** Shows the first pictures of either class. */
  async showSamples() {
    await this.updateComplete;
    const { x, y } = /** @type {NonNullable<typeof this.pictures>} */ (this.pictures).train;
    const m = y.length;
    const chosen = [1, 0].flatMap((label) =>
      Array.from(y.keys())
        .filter((i) => y[i] === label)
        .slice(0, SHOWN),
    );
    const canvases = /** @type {NodeListOf<HTMLCanvasElement>} */ (
      this.renderRoot.querySelectorAll('.samples canvas')
    );
    for (const [at, canvas] of canvases.entries()) {
      const image = new ImageData(SIDE, SIDE);
      for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
        for (let colour = 0; colour < 3; colour += 1)
          image.data[4 * pixel + colour] = 255 * x[(3 * pixel + colour) * m + chosen[at]];
        image.data[4 * pixel + 3] = 255;
      }
      canvas.getContext('2d')?.putImageData(image, 0, 0);
    }
  }

  trainDrawn() {
    this.files = {};
    this.note = '';
    const input = /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('input[type=file]'));
    if (input) input.value = '';
    this.train(generatePictures(), 'drawn');
  }

  /**
   * Reads one or both of the two files. They never leave the page.
   *
   * @param {FileList | File[] | null} files
   */
  async read(files) {
    const problems = [];
    for (const file of files ?? []) {
      try {
        const { part, examples } = await readPictures(file);
        this.files[part] = { name: file.name, examples };
      } catch (error) {
        problems.push(`${file.name}: ${errorText(/** @type {Error} */ (error))}`);
      }
    }
    this.problem = problems.join('; ');
    const { train, test } = this.files;
    const counted = (/** @type {'train' | 'test'} */ part) => {
      const file = this.files[part];
      return (
        file && words(`pictures.file.${part}`, { name: file.name, count: whole(file.examples.y.length) })
      );
    };
    const notes = [
      counted('train'),
      counted('test'),
      train && !test && words('pictures.file.need.test'),
      test && !train && words('pictures.file.need.train'),
    ];
    this.note = notes.filter(Boolean).join('; ');
    if (train && test) this.train({ name: 'points', train: train.examples, test: test.examples }, 'course');
  }

  updated() {
    this.draw();
  }

  draw() {
    if (this.plot === undefined) return;
    const colours = coloursOf(this);
    const x = Array.from({ length: this.iterations / 100 + 1 }, (_, i) => 100 * i);
    const known = STARTS.flatMap(({ id }, run) => {
      const label = words(`pictures.start.${id}`);
      const history = this.results[run]?.history ?? this.growing[run];
      const costs = new Map(history?.map(({ iteration, cost }) => [iteration, cost]));
      const slot = slotOf(run);
      const line = { label, colour: colours.runs[slot], dash: DASHES[slot], mark: slot };
      return history ? [{ ...line, costs }] : [];
    });
    this.plot.draw(
      x,
      known.map(({ costs, dash, ...line }) => ({
        ...line,
        ...(dash ? { dash } : {}),
        values: x.map((iteration) => costs.get(iteration) ?? null),
      })),
      {
        log: false,
        x: [0, this.iterations],
        y: [0, 0.9],
        cursor: null,
        format: (value) => costText(value, 1),
        formatX: whole,
        labels: false,
      },
    );
  }

  /**
   * Returns the course's published value for a start, if there is one and the course's files are
   * used.
   *
   * @param {string} id
   * @param {string} metric
   * @param {number} [iteration] of a cost
   */
  published(id, metric, iteration) {
    if (this.source !== 'course') return undefined;
    const name = { xavier: 'pictures/xavier', small: 'pictures/normal-0.01' }[id];
    const experiment = referenceExperiments(/** @type {any} */ (this.pictures)).find(
      (one) => one.id === name,
    );
    return experiment?.figures.find((figure) => figure.metric === metric && figure.iteration === iteration)
      ?.value;
  }

  /**
   * @param {number | undefined} value
   * @param {number | undefined} published
   * @param {(value: number) => string} format
   */
  cell(value, published, format) {
    if (value === undefined) return html`<td role="cell">–</td>`;
    return html`<td role="cell">
      ${format(value)}${published === undefined ? nothing : html`<span class="published">${words('pictures.course', { value: format(published) })}</span>`}
    </td>`;
  }

  /**
   * Sets roles explicitly, because some browsers drop them for rows in a grid layout.
   *
   * @param {import('./picture-experiments.js').PictureStart} start
   * @param {number} run
   */
  row({ id }, run) {
    const result = this.results[run];
    const digits = (/** @type {number} */ value) => costText(value);
    const costAt = (/** @type {number} */ at) =>
      result?.history.find(({ iteration }) => iteration === at)?.cost;
    return html`<tr role="row">
      <th role="rowheader" scope="row">
        <span class="number">${run + 1}</span> ${glyph(slotOf(run))} ${words(`pictures.start.${id}`)}
      </th>
      ${this.cell(costAt(0), this.published(id, 'cost', 0), digits)}
      ${this.source === 'course' ? this.cell(costAt(100), this.published(id, 'cost', 100), digits) : nothing}
      ${this.source === 'course' ? this.cell(costAt(2400), this.published(id, 'cost', 2400), digits) : nothing}
      ${this.cell(result?.final.cost, undefined, digits)}
      ${this.cell(result?.final.trainAccuracy, this.published(id, 'trainAccuracy'), percent)}
      ${this.cell(result?.final.testAccuracy, this.published(id, 'testAccuracy'), percent)}
      <td role="cell" class="what">${words(`pictures.what.${id}`)}</td>
    </tr>`;
  }

  get summary() {
    const done = STARTS.flatMap(({ id }, run) => {
      const final = this.results[run]?.final;
      const name = words(`pictures.start.${id}`);
      return final ? [words('pictures.summary', { name, cost: costText(final.cost, 3) })] : [];
    });
    return done.length === 0 ? words('pictures.nothing') : done.join('; ');
  }

  render() {
    return html`<div
        class="bar drop"
        @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()}
        @drop=${(/** @type {DragEvent} */ event) => {
          event.preventDefault();
          this.read(event.dataTransfer?.files ?? null);
        }}
      >
        <label
          >${words('pictures.choose')}
          <input
            type="file"
            accept=".h5,.hdf5"
            multiple
            @change=${(/** @type {Event} */ event) => this.read(/** @type {HTMLInputElement} */ (event.target).files)}
        /></label>
        ${
          this.source === 'course'
            ? html`<button type="button" @click=${() => this.trainDrawn()}>
                ${words('pictures.drawn.again')}
              </button>`
            : nothing
        }
        <span role="status">${this.note}</span>
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <div class="samples" role="img" aria-label=${words('pictures.samples')}>
        ${Array.from({ length: 2 * SHOWN }, () => html`<canvas width=${SIDE} height=${SIDE}></canvas>`)}
      </div>
      <div class="bar">
        ${this.runner.bar()}
        <span>${words(`pictures.iterations.${this.source}`, { iterations: whole(this.iterations) })}</span>
      </div>
      <p class="over">${words('pictures.chart')}</p>
      <div class="plot" role="img" aria-label=${words('pictures.label', { lines: this.summary })}></div>
      <div class="table" tabindex="0" role="region" aria-label=${words('pictures.results')}>
        <table role="table" class=${this.source}>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">${words('pictures.column.start')}</th>
              <th role="columnheader" scope="col">${words('pictures.column.cost.0')}</th>
              ${
                this.source === 'course'
                  ? html`<th role="columnheader" scope="col">${words('pictures.column.cost.100')}</th>
                      <th role="columnheader" scope="col">${words('pictures.column.cost.2400')}</th>`
                  : nothing
              }
              <th role="columnheader" scope="col">${words('pictures.column.cost.end')}</th>
              <th role="columnheader" scope="col">${words('pictures.column.train')}</th>
              <th role="columnheader" scope="col">${words('pictures.column.test')}</th>
              <th role="columnheader" scope="col">${words('pictures.column.what')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${STARTS.map((start, run) => this.row(start, run))}
          </tbody>
        </table>
      </div>`;
  }
}

define('picture-lab', PictureLab);
