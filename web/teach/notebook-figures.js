// The figures that the course’s code gives with NumPy, row by row, beside the figures that this
// browser computes.

import { css, html, nothing } from 'lit';
import { createPool } from '../../src/js/pool.js';
import { compare, referenceExperiments } from '../../src/js/reproduce.js';
import { define, shared } from '../components/element.js';
import { formula } from '../templates/formula.js';
import { trustOwnScripts } from '../race/script-url.js';
import { whole } from '../texts/format.js';
import { errorText } from '../texts/index.js';
import { wordsOf } from '../texts/page.js';
import { labAddress } from '../story/lab-address.js';
import { StoryElement } from '../story/story-element.js';

const words = await wordsOf('notebook');

/** @typedef {import('../../src/js/reproduce.js').Comparison} Comparison */
/** @typedef {import('../../src/js/reference.js').ReferenceExperiment} ReferenceExperiment */

/**
 * Returns the link to the lab with an experiment. All its layers have one activation, which is one
 * choice in the lab.
 * @param {ReferenceExperiment} experiment
 */
const addressOf = ({ spec }) =>
  labAddress([{ ...spec, activations: [...new Set([spec.activations].flat())] }], 3000);

/**
 * Returns the name of an experiment. One in code is written like the rest of the page: × 10 for
 * * 10.
 * @param {ReferenceExperiment} experiment
 */
function nameOf({ label }) {
  const key = `label.${label}`;
  const name = words(key);
  return name === key ? label.replaceAll(' * ', ' ×\u00a0') : name;
}

/** The heading of an experiment's section. @param {ReferenceExperiment} experiment */
const sectionOf = ({ id }) => words(`section.${id.split('/')[0]}`);

/** @param {ReferenceExperiment['figures'][number]} figure */
const metricName = ({ metric, iteration }) =>
  metric === 'cost' ? words('cost', { iteration: whole(Number(iteration)) }) : words(metric);

export class NotebookFigures extends StoryElement {
  static properties = { results: { state: true }, fraction: { state: true }, problem: { state: true } };
  static styles = [
    shared,
    css`
      section {
        margin-top: 1.5rem;
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        table-layout: fixed;
        font-variant-numeric: tabular-nums;
      }
      thead th:first-child {
        width: 24%;
      }
      thead th:last-child {
        width: 16%;
      }
      th,
      td {
        padding: 0.25rem 1rem 0.25rem 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        white-space: nowrap;
        font-weight: 400;
      }
      thead th {
        color: var(--quiet);
        font-size: var(--small);
      }
      h2 {
        margin: 2rem 0 0;
        font-size: var(--text);
      }
      h3 {
        display: flex;
        gap: 1rem;
        align-items: baseline;
        margin: 0 0 0.25rem;
        font-size: var(--text);
        font-weight: 400;
      }
      h3 a {
        margin-left: auto;
        color: var(--quiet);
        font-size: var(--small);
        font-weight: 400;
      }
      /* On a phone each figure has a line of its own over its numbers, which then fit unbroken. */
      @media (max-width: 46rem) {
        table {
          font-size: var(--small);
        }
        table,
        thead,
        tbody {
          display: block;
        }
        tr {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr)) 3.5rem;
          padding: 0.25rem 0;
          border-bottom: 1px solid var(--line);
        }
        th,
        td {
          padding: 0 0.25rem 0 0;
          border: 0;
          white-space: normal;
          overflow-wrap: anywhere;
        }
        thead th:last-child {
          width: auto;
        }
        tbody th {
          grid-column: 1 / -1;
          color: var(--quiet);
        }
        thead th:first-child {
          position: absolute;
          clip-path: inset(50%);
        }
      }
      .yes {
        color: var(--good);
      }
      .no {
        color: var(--bad);
      }
      .note,
      .progress {
        max-width: 42rem;
        color: var(--quiet);
        font-size: var(--small);
      }
      progress {
        width: 12rem;
        accent-color: var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    this.experiments = referenceExperiments();
    /** @type {(Comparison[] | undefined)[]} */
    this.results = this.experiments.map(() => undefined);
    this.fraction = 0;
    this.problem = '';
  }

  async firstUpdated() {
    trustOwnScripts();
    const pool = createPool();
    try {
      await pool.run(
        this.experiments.map(({ spec }) => spec),
        {
          onResult: (index, result) => {
            this.results = this.results.with(index, compare(this.experiments[index], result));
          },
          onProgress: ({ fraction }) => {
            this.fraction = fraction;
          },
        },
      );
    } catch (error) {
      this.problem = errorText(/** @type {Error} */ (error));
    } finally {
      pool.dispose();
    }
  }

  get summary() {
    const all = this.results.flatMap((rows) => rows ?? []);
    const agreeing = all.filter(({ agrees }) => agrees).length;
    const total = this.experiments.reduce((sum, { figures }) => sum + figures.length, 0);
    if (this.problem !== '') return this.problem;
    if (all.length < total) return words('progress', { done: all.length, all: total });
    return agreeing === total
      ? words('agree', { all: total })
      : words('disagree', { wrong: total - agreeing, all: total });
  }

  render() {
    const done = this.results.every((rows) => rows !== undefined);
    return html`<p class="progress" role="status">
        ${done || this.problem !== '' ? nothing : html`<progress aria-label=${words('training')} value=${this.fraction}></progress>`}
        ${this.summary}
      </p>
      ${this.experiments.map(
        (experiment, i) =>
          html`${experiment.section === this.experiments[i - 1]?.section ? nothing : html`<h2>${sectionOf(experiment)}</h2>`}
          ${this.experiment(experiment, this.results[i])}`,
      )}`;
  }

  /**
   * Sets roles explicitly, because some browsers drop them for rows in a grid layout.
   *
   * @param {ReferenceExperiment} experiment
   * @param {Comparison[] | undefined} rows
   */
  experiment(experiment, rows) {
    return html`<section>
      <h3>
        <span>${formula(nameOf(experiment))}</span>
        <a class="reach" href=${addressOf(experiment)}>${words('open')}</a>
      </h3>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${words('figure')}</th>
            <th role="columnheader" scope="col">NumPy</th>
            <th role="columnheader" scope="col">${words('here')}</th>
            <th role="columnheader" scope="col">${words('agrees')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${(rows ?? experiment.figures.map(() => undefined)).map((row, i) => {
            const figure = experiment.figures[i];
            return html`<tr role="row">
              <th role="rowheader" scope="row">${metricName(figure)}</th>
              <td role="cell">${figure.value}</td>
              <td role="cell">${row === undefined ? '…' : row.measured}</td>
              <td role="cell" class=${row?.agrees ? 'yes' : 'no'}>
                ${row === undefined ? '' : words(row.agrees ? 'yes' : 'no')}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
      ${experiment.note === undefined ? nothing : html`<p class="note">${words(`note.${experiment.id}`)}</p>`}
    </section>`;
  }
}

define('notebook-figures', NotebookFigures);
