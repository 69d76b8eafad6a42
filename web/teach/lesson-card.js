// One lesson: a question, a prediction that the learner locks, the experiment, what to see, two follow-ups, a handout.

import { css, html, nothing } from 'lit';
import { encode } from 'uqr';
import '../components/lab-figure.js';
import { define, shared } from '../components/element.js';
import { presets } from '../state/preset-files.js';
import { readWithPreset } from '../state/presets.js';
import { writeLink } from '../state/table.js';
import { StoryElement } from '../story/story-element.js';
import { percent } from '../texts/format.js';
import { wordsOf } from '../texts/page.js';
import { LESSONS } from './lessons.js';

/** @typedef {import('../components/lab-figure.js').LabFigure} LabFigure */

const words = await wordsOf('teach');

/** The link's address on this site. @param {string} link */
const addressOf = (link) => new URL(`./index.html#${link}`, location.href).href;

/** A QR code as an SVG. @param {string} text */
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
    order: { state: true },
    locked: { state: true },
    result: { state: true },
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
      .rank {
        padding: 0;
        list-style: none;
      }
      .rank li {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        max-width: 22rem;
        min-height: 2.75rem;
        border-bottom: 1px solid var(--line);
      }
      .rank span {
        flex: 1;
      }
      lab-figure:not(.locked) {
        pointer-events: none;
      }
      .handout {
        display: none;
      }
      .qr {
        width: 7rem;
        height: 7rem;
      }
      @media print {
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
    /** The runs' ids in the order that the learner predicts, best first. @type {string[]} */
    this.order = [];
    this.locked = false;
    /** The runs' ids in the order of the result, or null while the training goes on. @type {string[] | null} */
    this.result = null;
    /** @type {LabFigure | null} */
    this.figure = null;
  }

  get data() {
    return LESSONS.find(({ id }) => id === this.lesson) ?? LESSONS[0];
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  text(name, values) {
    return words(`lesson.${this.data.id}.${name}`, values);
  }

  /** Names of the experiment's runs, for the handout before the lesson has begun. */
  get runCount() {
    return readWithPreset(presets, this.data.link).state.runs.length;
  }

  /** Creates the experiment, which waits at iteration 0. */
  begin() {
    const { state } = readWithPreset(presets, this.data.link);
    const figure = /** @type {LabFigure} */ (document.createElement('lab-figure'));
    figure.setAttribute('experiment', writeLink(state));
    Object.assign(figure, { autoplay: false, chart: true, hidden_: ['controls'] });
    this.figure = figure;
    this.requestUpdate();
    this.updateComplete.then(() => {
      this.order = figure.model.store.state.runs.map(({ id }) => id);
      const follow = () => this.follow();
      const { model } = figure;
      model.addEventListener('frame', follow);
      model.addEventListener('change', () => this.requestUpdate());
      this.cleanups.push(() => model.removeEventListener('frame', follow));
    });
  }

  /** @param {number} place @param {number} step -1 for up, 1 for down */
  move(place, step) {
    const order = [...this.order];
    [order[place], order[place + step]] = [order[place + step], order[place]];
    this.order = order;
  }

  lock() {
    if (this.figure === null) return;
    this.locked = true;
    this.figure.hidden_ = [];
    this.figure.classList.add('locked');
    this.figure.requestUpdate();
    this.figure.model.play(true);
  }

  /** @param {string} id */
  accuracy(id) {
    return this.figure?.model.race.latest.get(id)?.metrics.trainAccuracy ?? NaN;
  }

  /** Takes the result when the last iteration is reached. */
  follow() {
    const { frame } = this.figure?.model.race ?? {};
    if (!this.locked || this.result !== null || this.figure === null) return;
    if (frame === undefined || frame === null) return;
    if (frame.position < this.figure.model.store.state.iterations || frame.catchingUp) return;
    this.result = [...this.order].sort((a, b) => this.accuracy(b) - this.accuracy(a));
    this.dispatchEvent(
      new CustomEvent('predicted', {
        bubbles: true,
        composed: true,
        detail: { lesson: this.data.id, prediction: this.names(this.order), result: this.names(this.result) },
      }),
    );
  }

  /** @param {string[]} ids */
  names(ids) {
    const { model } = /** @type {LabFigure} */ (this.figure);
    return ids.map((id) => {
      const run = model.store.state.runs.find((one) => one.id === id);
      return run === undefined ? '' : model.nameOf(run);
    });
  }

  /** Prints this lesson's handout alone. */
  print() {
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
    return html`<div class="screen">
        <h2>${this.text('question')}</h2>
        <p class="minutes">${words('minutes', { minutes })}</p>
        <p>${this.text('setting')}</p>
        ${this.figure === null ? nothing : html`${this.prediction()}${this.figure}`}
        ${
          this.result === null
            ? nothing
            : html`<p><b>${words('see')}</b> ${this.text('see')}</p>
                <ol>
                  ${more.map((next, i) => html`<li><a href=${`./index.html#${next}`}>${this.text(`more.${i + 1}`)}</a></li>`)}
                </ol>`
        }
        <div class="row">
          ${
            this.figure === null
              ? html`<button type="button" class="main" @click=${() => this.begin()}>
                  ${words('begin')}
                </button>`
              : nothing
          }
          <a href=${`./index.html#${link}`}>${words('open')}</a>
          <button type="button" @click=${() => this.print()}>${words('print')}</button>
        </div>
      </div>
      ${this.handout()}`;
  }

  /** The runs to rank, or the prediction beside the result. */
  prediction() {
    const names = this.names(this.order);
    if (this.locked)
      return html`<p role="status">
        ${words('yours', { order: names.join(' > ') })}<br />
        ${
          this.result === null
            ? words('training')
            : words('result', {
                order: this.names(this.result)
                  .map(
                    (name, i) =>
                      `${name} (${percent(this.accuracy(/** @type {string[]} */ (this.result)[i]))})`,
                  )
                  .join(' > '),
              })
        }
      </p>`;
    return html`<p>${words('rank')}</p>
      <ol class="rank">
        ${names.map(
          (name, place) =>
            html`<li>
              <span>${place + 1}. ${name}</span>
              <button
                type="button"
                ?disabled=${place === 0}
                aria-label=${words('up', { name })}
                @click=${() => this.move(place, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                ?disabled=${place === names.length - 1}
                aria-label=${words('down', { name })}
                @click=${() => this.move(place, 1)}
              >
                ↓
              </button>
            </li>`,
        )}
      </ol>
      <p><button type="button" class="main" @click=${() => this.lock()}>${words('lock')}</button></p>`;
  }

  /** The sheet of paper: question, fields for the prediction and the result, the link. */
  handout() {
    const address = addressOf(this.data.link);
    const lines = (/** @type {number} */ count) =>
      Array.from({ length: count }, () => html`<div class="line"></div>`);
    return html`<div class="handout">
      <h2>${this.text('question')}</h2>
      <p>${words('name')}</p>
      <p>${this.text('setting')}</p>
      <table>
        <thead>
          <tr>
            <th>${words('run')}</th>
            <th>${words('predicted')}</th>
            <th>${words('measured')}</th>
          </tr>
        </thead>
        <tbody>
          ${Array.from(
            { length: this.runCount },
            () =>
              html`<tr>
                <td></td>
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
