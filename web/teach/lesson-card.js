// One lesson: a question, a prediction before the training, the experiment, what to observe, two
// follow-ups, a handout.

import { css, html, nothing } from 'lit';
import { encode } from 'uqr';
import '../components/lab-figure.js';
import { define, shared } from '../components/element.js';
import { languageQuery } from '../exports/language-query.js';
import { catalogue } from '../race/race.js';
import { Names } from '../state/names.js';
import { presets } from '../state/preset-files.js';
import { readWithPreset } from '../state/presets.js';
import { writeLink } from '../state/table.js';
import { StoryElement } from '../story/story-element.js';
import { wordsOf } from '../texts/page.js';
import { LESSONS } from './lessons.js';

/** @typedef {import('../components/lab-figure.js').LabFigure} LabFigure */

const words = await wordsOf('teach');

/**
 * Returns the link to the lab with an experiment that asks for a prediction first.
 * @param {string} link
 */
const labOf = (link) => {
  const query = languageQuery();
  return `./index.html${query && `?${query}`}#${link}&predict=rank`;
};

/** Returns a QR code as an SVG. @param {string} text */
function qrCode(text) {
  const { data, size } = encode(text);
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${words('qr')}>
    <rect width=${size} height=${size} fill="#fff"></rect>
    <path d=${cells.join('')} fill="#000"></path>
  </svg>`;
}

export class LessonCard extends StoryElement {
  static properties = {
    lesson: {},
    figure: { state: true },
  };
  static styles = [
    shared,
    css`
      :host {
        display: block;
        padding: 1.25rem 0;
        border-top: 1px solid var(--line);
      }
      h2 {
        margin: 0;
        font-size: var(--title);
      }
      p,
      ol {
        margin: 0.5rem 0;
        max-width: 42rem;
        line-height: 1.5;
      }
      a {
        color: inherit;
        text-decoration-color: var(--strong-line);
        text-underline-offset: 0.18em;
      }
      .minutes,
      .small {
        color: var(--quiet);
        font-size: var(--small);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
      }
      .handout {
        display: none;
      }
      .qr {
        width: 7rem;
        height: 7rem;
      }
      @media print {
        :host {
          padding: 0;
          border: 0;
        }
        h3 {
          margin: 1rem 0 0;
          font-size: var(--text);
        }
        .name {
          padding-bottom: 0.25rem;
          border-bottom: 1px solid #999;
        }
        .row {
          flex-wrap: nowrap;
        }
        .row p {
          overflow-wrap: anywhere;
        }
        .qr {
          flex: none;
        }
        .screen {
          display: none;
        }
        .handout {
          display: block;
        }
        .line {
          height: 2.25rem;
          border-bottom: 1px solid #999;
        }
        table {
          width: 100%;
          border-collapse: collapse;
        }
        th,
        td {
          height: 2.25rem;
          padding: 0.25rem 0.5rem;
          border: 1px solid #999;
          text-align: left;
          font-weight: 400;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.lesson = '';
    /** @type {LabFigure | null} */
    this.figure = null;
    /** @type {import('../race/race.js').Catalogue | null} */
    this.catalogue = null;
  }

  get data() {
    return LESSONS.find(({ id }) => id === this.lesson) ?? LESSONS[0];
  }

  /**
   * @param {string} name
   * @param {Record<string, string | number>} [values]
   */
  text(name, values) {
    return words(`lesson.${this.data.id}.${name}`, values);
  }

  /** Names of the runs, in the order of their cards. */
  get runNames() {
    const { state } = readWithPreset(presets, this.data.link);
    const names = new Names(state, this.catalogue);
    return state.runs.map((run) => names.nameOf(run));
  }

  /** Creates the experiment. It waits at iteration 0 for the prediction. */
  begin() {
    const { state } = readWithPreset(presets, `${this.data.link}&predict=rank`);
    const question = words('rank');
    const figure = /** @type {LabFigure} */ (document.createElement('lab-figure'));
    figure.setAttribute('experiment', writeLink({ ...state, question }));
    Object.assign(figure, { playsInSight: false, chart: true });
    this.figure = figure;
    this.updateComplete.then(() => {
      const again = () => this.requestUpdate();
      for (const name of ['change', 'frame']) {
        figure.model.addEventListener(name, again);
        this.cleanups.push(() => figure.model.removeEventListener(name, again));
      }
      again();
    });
  }

  /** Prints this lesson's handout alone. */
  async print() {
    // Some names of runs need the catalogue. Without it they are those of the link.
    this.catalogue = await catalogue().catch(() => null);
    this.requestUpdate();
    await this.updateComplete;
    const done = () => {
      document.body.classList.remove('one-lesson');
      this.removeAttribute('printing');
    };
    document.body.classList.add('one-lesson');
    this.setAttribute('printing', '');
    addEventListener('afterprint', done, { once: true });
    window.print();
  }

  render() {
    const { minutes, link, more } = this.data;
    const model = this.figure?.model;
    return html`<div class="screen">
        <h2>${this.text('question')}</h2>
        <p class="minutes">${words('minutes', { minutes })}</p>
        <p>${this.text('setting')}</p>
        ${this.figure ?? nothing}
        ${
          model?.prediction.done
            ? html`<p><b>${words('see')}</b> ${this.text('see')}</p>
                <ol>
                  ${more.map((next, i) => html`<li><a href=${`./index.html#${next}`}>${this.text(`more.${i + 1}`)}</a></li>`)}
                </ol>`
            : nothing
        }
        <div class="row">
          ${
            this.figure === null
              ? html`<button type="button" class="main" @click=${() => this.begin()}>
                  ${words('begin')}
                </button>`
              : nothing
          }
          ${this.figure === null ? html`<a class="reach" href=${labOf(link)}>${words('open')}</a>` : nothing}
          <button type="button" @click=${() => this.print()}>${words('print')}</button>
        </div>
      </div>
      ${this.handout()}`;
  }

  /** The printed page: question, fields for the prediction and the result, the link. */
  handout() {
    const address = new URL(labOf(this.data.link), location.href).href;
    const lines = (/** @type {number} */ count) =>
      Array.from({ length: count }, () => html`<div class="line"></div>`);
    return html`<div class="handout">
      <h2>${this.text('question')}</h2>
      <p class="name">${words('name')}</p>
      <p>${this.text('setting')} ${words('rank')}</p>
      <table>
        <thead>
          <tr>
            <th>${words('run')}</th>
            <th>${words('predicted')}</th>
            <th>${words('measured')}</th>
          </tr>
        </thead>
        <tbody>
          ${this.runNames.map(
            (name) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td></td>
                <td></td>
              </tr>`,
          )}
        </tbody>
      </table>
      <h3>${words('because')}</h3>
      ${lines(3)}
      <h3>${words('observed')}</h3>
      ${lines(3)}
      <ol>
        ${[1, 2].map((i) => html`<li>${this.text(`more.${i}`)}${lines(2)}</li>`)}
      </ol>
      <div class="row">
        ${qrCode(address)}
        <p class="small">${address}</p>
      </div>
    </div>`;
  }
}

define('lesson-card', LessonCard);
