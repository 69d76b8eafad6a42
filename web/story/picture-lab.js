// The deep picture network: drawn pictures or the course's own files, one global factor against a size for each layer.

import { LitElement, css, html, nothing, unsafeCSS } from 'lit';
import uplotSheet from 'uplot/dist/uPlot.min.css?inline';
import { SIDE, generatePictures } from '../../src/js/generated-pictures.js';
import { referenceExperiments } from '../../src/js/reproduce.js';
import { define, shared } from '../components/element.js';
import { LinesChart } from '../plots/lines.js';
import { coloursOf, onThemeChange } from '../plots/palette.js';
import { bar } from './bar.js';
import { STARTS, pictureSpec } from './picture-experiments.js';
import { SweepRunner } from './sweep-runner.js';

/** @typedef {import('./sweep-memory.js').Outcome} Result */
/** @typedef {import('../../src/js/pictures.js').Examples} Examples */

const MOST_BYTES = 100e6;
/** Enough to see who learns; the course's files are trained as long as the course does. */
const ITERATIONS = { drawn: 600, course: 2500 };
/** How many pictures of each class are shown. */
const SHOWN = 6;

export class PictureLab extends LitElement {
  static properties = {
    source: { state: true },
    problem: { state: true },
    note: { state: true },
  };
  static styles = [
    unsafeCSS(uplotSheet),
    shared,
    bar,
    css`
      :host {
        display: block;
      }
      .drop {
        padding: 0.25rem 0.75rem;
        border: 1px dashed var(--strong-line);
      }
      .problem {
        margin: 0.5rem 0;
        padding: 0.5rem 0 0.5rem 0.75rem;
        border-left: 3px solid var(--bad);
        color: var(--ink);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
      .samples {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
        margin: 0.5rem 0;
      }
      .samples canvas {
        width: 3.5rem;
        height: 3.5rem;
      }
      .plot {
        height: 18rem;
        max-width: 54rem;
        touch-action: pan-y;
      }
      .over {
        margin: 0;
        color: var(--quiet);
        font-size: var(--small);
      }
      .table {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
        font-size: var(--small);
      }
      th,
      td {
        padding: 0.375rem 1.25rem 0.375rem 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        font-weight: 400;
        white-space: nowrap;
      }
      thead th {
        color: var(--quiet);
      }
      .published {
        display: block;
        color: var(--quiet);
      }
      .what {
        color: var(--quiet);
        white-space: normal;
        min-width: 10rem;
      }
      /* On a phone a start is three lines: its name, its figures, what it is. */
      @media (max-width: 40rem) {
        table {
          width: 100%;
        }
        table,
        thead,
        tbody {
          display: block;
        }
        tr {
          display: grid;
          grid-template-columns: repeat(4, 1fr);
          padding: 0.375rem 0;
          border-bottom: 1px solid var(--line);
        }
        .course tr {
          grid-template-columns: repeat(6, 1fr);
        }
        th,
        td {
          padding: 0 0.25rem 0 0;
          border: 0;
          white-space: normal;
        }
        tbody th,
        .what {
          grid-column: 1 / -1;
        }
        thead th:first-child,
        thead th:last-child {
          position: absolute;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {'drawn' | 'course'} */
    this.source = 'drawn';
    this.problem = '';
    this.note = '';
    /** The course's files as far as they are there. @type {{ [part in 'train' | 'test']?: { name: string, examples: Examples } }} */
    this.files = {};
    /** @type {{ name: 'points', train: Examples, test: Examples } | null} */
    this.pictures = null;
    /** @type {(Result | undefined)[]} */
    this.results = [];
    /** What trainings under way have recorded. @type {Result['history'][]} */
    this.growing = [];
    this.runner = new SweepRunner(this);
    /** @type {(() => void)[]} */
    this.leavings = [];
  }

  firstUpdated() {
    const host = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.plot'));
    this.plot = new LinesChart(host, coloursOf(this), { onHover() {}, onPick() {} });
    const observer = new ResizeObserver(([{ contentRect }]) => {
      this.plot?.resize(Math.floor(contentRect.width), Math.floor(contentRect.height));
      this.draw();
    });
    observer.observe(host);
    this.leavings.push(
      () => observer.disconnect(),
      onThemeChange(() => {
        this.plot?.setColours(coloursOf(this));
        this.draw();
      }),
    );
    this.use(generatePictures(), 'drawn');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const leave of this.leavings) leave();
    this.plot?.destroy();
  }

  get iterations() {
    return ITERATIONS[this.source];
  }

  /** @param {{ name: 'points', train: Examples, test: Examples }} dataset @param {'drawn' | 'course'} source */
  use(dataset, source) {
    Object.assign(this, { pictures: dataset, source, results: [], growing: [] });
    this.runner.prepare(
      STARTS.map((start) => /** @type {any} */ (pictureSpec(start, dataset, this.iterations))),
      (index, result) => {
        this.results[index] = result;
      },
      (index, records) => {
        // A training that was paused begins anew.
        const before = records[0].iteration === 0 ? [] : this.growing[index];
        this.growing[index] = [...before, ...records];
      },
    );
    this.requestUpdate();
    this.showSamples();
  }

  /** The first pictures of either class. */
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

  useDrawn() {
    this.files = {};
    this.note = '';
    const input = /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('input[type=file]'));
    if (input) input.value = '';
    this.use(generatePictures(), 'drawn');
  }

  /** Reads whichever of the two files are given; they never leave the page. @param {FileList | File[] | null} files */
  async read(files) {
    const problems = [];
    // The reader of HDF5 is loaded when it is needed.
    const { readPictureFile } = await import('../../src/js/pictures.js');
    for (const file of files ?? []) {
      try {
        if (file.size > MOST_BYTES)
          throw new RangeError(
            `it has ${Math.round(file.size / 1e6)} MB; expected at most ${MOST_BYTES / 1e6} MB (the course’s have 3)`,
          );
        const { part, examples } = readEither(readPictureFile, await file.arrayBuffer(), file.name);
        if (examples.features !== SIDE * SIDE * 3)
          throw new TypeError(
            `it has ${examples.features} values a picture; expected ${SIDE * SIDE * 3} (64 x 64 x 3)`,
          );
        this.files[part] = { name: file.name, examples };
      } catch (error) {
        problems.push(`${file.name}: ${/** @type {Error} */ (error).message}`);
      }
    }
    this.problem = problems.join('; ');
    const { train, test } = this.files;
    const told = [
      train && `${train.name}: ${train.examples.y.length} pictures to train`,
      test && `${test.name}: ${test.examples.y.length} to test`,
      train && !test && 'now the test file',
      test && !train && 'now the training file',
    ];
    this.note = told.filter(Boolean).join('; ');
    if (train && test) this.use({ name: 'points', train: train.examples, test: test.examples }, 'course');
  }

  updated() {
    this.draw();
  }

  draw() {
    if (this.plot === undefined) return;
    const colours = coloursOf(this);
    const x = Array.from({ length: this.iterations / 100 + 1 }, (_, i) => 100 * i);
    const known = STARTS.flatMap(({ label, colour, dash }, run) => {
      const history = this.results[run]?.history ?? this.growing[run];
      const costs = new Map(history?.map(({ iteration, cost }) => [iteration, cost]));
      return history ? [{ label, colour: colours.runs[colour], dash, costs }] : [];
    });
    this.plot.draw(
      x,
      known.map(({ label, colour, dash, costs }) => ({
        label,
        ...(dash ? { dash } : {}),
        colour,
        values: x.map((iteration) => costs.get(iteration) ?? null),
      })),
      {
        log: false,
        x: [0, this.iterations],
        y: [0, 0.9],
        cursor: null,
        format: String,
        formatX: String,
        labels: false,
      },
    );
  }

  /** What the course published for a start, where it did and its files are used. @param {string} id @param {string} metric @param {number} [iteration] of a cost */
  published(id, metric, iteration) {
    if (this.source !== 'course') return undefined;
    const name = { xavier: 'pictures/xavier', small: 'pictures/normal-0.01' }[id];
    const experiment = referenceExperiments(/** @type {any} */ (this.pictures)).find(
      (one) => one.id === name,
    );
    return experiment?.figures.find((figure) => figure.metric === metric && figure.iteration === iteration)
      ?.value;
  }

  /** @param {number | undefined} value @param {number | undefined} published @param {(value: number) => string} format */
  cell(value, published, format) {
    if (value === undefined) return html`<td role="cell">–</td>`;
    return html`<td role="cell">
      ${format(value)}${published === undefined ? nothing : html`<span class="published">course ${format(published)}</span>`}
    </td>`;
  }

  /** The roles stand there for browsers that forget them where rows are laid out as grids. @param {import('./picture-experiments.js').PictureStart} start @param {number} run */
  row({ id, label, what, colour, dash }, run) {
    const result = this.results[run];
    const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
    const digits = (/** @type {number} */ value) => value.toFixed(4);
    const costAt = (/** @type {number} */ at) =>
      result?.history.find(({ iteration }) => iteration === at)?.cost;
    return html`<tr role="row">
      <th role="rowheader" scope="row">
        <svg width="14" height="3" viewBox="0 0 14 3" aria-hidden="true">
          <path
            d="M0 1.5H14"
            stroke=${`var(--run-${colour + 1})`}
            stroke-width="3"
            stroke-dasharray=${dash ? '4 2' : nothing}
          />
        </svg>
        ${label}
      </th>
      ${this.cell(costAt(0), this.published(id, 'cost', 0), digits)}
      ${this.source === 'course' ? this.cell(costAt(100), this.published(id, 'cost', 100), digits) : nothing}
      ${this.source === 'course' ? this.cell(costAt(2400), this.published(id, 'cost', 2400), digits) : nothing}
      ${this.cell(result?.final.cost, undefined, digits)}
      ${this.cell(result?.final.trainAccuracy, this.published(id, 'trainAccuracy'), percent)}
      ${this.cell(result?.final.testAccuracy, this.published(id, 'testAccuracy'), percent)}
      <td role="cell" class="what">${what}</td>
    </tr>`;
  }

  get summary() {
    const done = STARTS.flatMap(({ label }, run) => {
      const final = this.results[run]?.final;
      return final ? [`${label}: cost ${final.cost.toFixed(3)}`] : [];
    });
    return done.length === 0 ? 'Nothing is trained yet.' : done.join('; ');
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
          >the course’s .h5 files, chosen or dropped here
          <input
            type="file"
            accept=".h5,.hdf5"
            multiple
            @change=${(/** @type {Event} */ event) => this.read(/** @type {HTMLInputElement} */ (event.target).files)}
        /></label>
        ${
          this.source === 'course'
            ? html`<button type="button" @click=${() => this.useDrawn()}>Drawn pictures again</button>`
            : nothing
        }
        <span role="status">${this.note}</span>
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <div class="samples" role="img" aria-label="Twelve of the pictures: six of class 1, six of class 0">
        ${Array.from({ length: 2 * SHOWN }, () => html`<canvas width=${SIDE} height=${SIDE}></canvas>`)}
      </div>
      <div class="bar">
        ${this.runner.bar()}
        <span
          >${this.iterations.toLocaleString('en')} iterations each, on
          ${this.source === 'drawn' ? 'drawn pictures' : 'the course’s pictures'}</span
        >
      </div>
      <p class="over">Cost over iterations; values above 0.9 are cut off.</p>
      <div class="plot" role="img" aria-label=${`Cost over iterations. ${this.summary}`}></div>
      <div class="table" tabindex="0" role="region" aria-label="Results">
        <table role="table" class=${this.source}>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">start</th>
              <th role="columnheader" scope="col">cost at 0</th>
              ${
                this.source === 'course'
                  ? html`<th role="columnheader" scope="col">at 100</th>
                      <th role="columnheader" scope="col">at 2,400</th>`
                  : nothing
              }
              <th role="columnheader" scope="col">cost at the end</th>
              <th role="columnheader" scope="col">train</th>
              <th role="columnheader" scope="col">test</th>
              <th role="columnheader" scope="col">what it is</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${STARTS.map((start, run) => this.row(start, run))}
          </tbody>
        </table>
      </div>`;
  }
}

/**
 * A file's data sets say which of the two it is, whatever its name; the name decides what is said of a file that is neither.
 *
 * @param {typeof import('../../src/js/pictures.js').readPictureFile} read
 * @param {ArrayBuffer} bytes
 * @param {string} name
 * @returns {{ part: 'train' | 'test', examples: Examples }}
 */
function readEither(read, bytes, name) {
  /** @type {('train' | 'test')[]} */
  const [likely, other] = name.includes('test') ? ['test', 'train'] : ['train', 'test'];
  try {
    return { part: likely, examples: read(bytes, likely) };
  } catch (error) {
    try {
      return { part: other, examples: read(bytes, other) };
    } catch {
      throw error;
    }
  }
}

define('picture-lab', PictureLab);
