// The dialog for embedding: options, a live preview, and the code to copy.

import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { CopyRefused, copy } from '../exports/copy.js';
import { FIGURE_FILE, attributesOf, embedCode, pictureCode } from '../exports/embed-code.js';
import { linkOf } from '../exports/export-actions.js';
import '../init-lab.js';
import { whole } from '../texts/format.js';
import { t, textsUnder } from '../texts/index.js';
import '../texts/later.js';
import { choiceField, tick } from '../templates/controls.js';
import { define } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { Sheet } from './sheet.js';

const words = textsUnder('embed');

const PARTS = ['controls', 'chart', 'data', 'link'];
/**
 * Pixels that embed.html adds above and below the experiment, and a reserve for lines that wrap at
 * another width.
 */
const ROOM = 16;
/** Every host accepts addresses of this length; points make addresses longer. */
const LONGEST_ADDRESS = 8000;

export class LabEmbed extends Sheet {
  static properties = { ...Sheet.properties, embedding: { state: true }, message: { state: true } };
  static styles = [
    ...Sheet.styles,
    css`
      /* Its top stays where it is while the preview grows. */
      dialog {
        width: min(73rem, 96vw);
        padding: 1.25rem clamp(0.75rem, 3vw, 1.5rem);
        margin-top: 5vh;
      }
      /* A picture has no preview here: the dialog that saves it shows it. */
      dialog.alone {
        width: min(44rem, 96vw);
      }
      .alone .sides {
        grid-template-columns: minmax(0, 1fr);
      }
      .field.wide {
        display: grid;
        grid-template-columns: 3.75rem minmax(0, 1fr);
        gap: 0 0.375rem;
      }
      .field select {
        padding: 0 0.125rem;
      }
      a {
        color: inherit;
      }
      .sides {
        display: grid;
        grid-template-columns: minmax(0, 22rem) minmax(0, 1fr);
        gap: 1.5rem;
      }
      fieldset {
        margin: 0.625rem 0;
        padding: 0;
        border: 0;
      }
      legend,
      h3 {
        padding: 0;
        color: var(--quiet);
        font-size: var(--small);
        font-weight: 400;
      }
      .parts {
        display: grid;
        grid-template-columns: repeat(2, auto);
        justify-content: start;
        gap: 0 1.25rem;
      }
      textarea {
        display: block;
        width: 100%;
        min-height: 7rem;
        margin: 0.25rem 0 0.5rem;
        font-size: var(--small);
        overflow-wrap: anywhere;
        resize: vertical;
      }
      .preview {
        border: 1px solid var(--line);
      }
      /* As on embed.html. */
      init-lab {
        padding: 0.25rem 0.5rem;
      }
      .done {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        margin-bottom: 0.75rem;
      }
      @media (max-width: 50rem) {
        .sides {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 30rem) {
        dialog {
          padding-inline: 1rem;
        }
        /* The preview below it is to be in sight, or it would not train. */
        textarea {
          min-height: 5rem;
        }
      }
      /* A choice is read whole: on a small phone it stands below its label. */
      @media (max-width: 30rem) {
        .field.wide {
          grid-template-columns: minmax(0, 1fr);
        }
        .field select {
          font-size: var(--small);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.message = '';
    /** @type {import('../exports/embed-code.js').Embedding} */
    this.embedding = { as: 'frame', begins: 'plays', at: 0, hide: [], theme: '', height: 0 };
    // The frame must also fit the texts that appear during training, so keep the greatest measured
    // height.
    this.measure = new ResizeObserver(([{ contentRect }]) => {
      const height = Math.ceil((contentRect.height + ROOM) / 10) * 10;
      if (height > this.embedding.height) this.embedding = { ...this.embedding, height };
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.choose({ at: this.model.position });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.measure.disconnect();
  }

  /** Each new preview is measured from its own start. @param {Element | undefined} preview */
  watch = (preview) => {
    this.measure.disconnect();
    if (preview === undefined) return;
    this.embedding.height = 0;
    this.measure.observe(preview);
  };

  /** @param {Partial<import('../exports/embed-code.js').Embedding>} part */
  choose(part) {
    this.embedding = { ...this.embedding, ...part };
    this.message = '';
  }

  get pictureCode() {
    const runs = this.state.runs.map((run) => this.model.nameOf(run)).join(', ');
    const iteration = whole(this.model.position);
    return pictureCode(linkOf(this.model), words('alternative', { runs, iteration }));
  }

  /** Opens the dialog that saves the figure, in place of this one. */
  openPicture() {
    this.dispatchEvent(new Event('picture', { bubbles: true, composed: true }));
  }

  async copy() {
    const area = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea'));
    area.select();
    try {
      this.message = await copy(area.value);
    } catch (error) {
      if (!(error instanceof CopyRefused)) throw error;
      area.focus();
      this.message = t('share.failed');
    }
  }

  /**
   * What an embedded experiment shows and when it trains.
   *
   * @param {(values: string[]) => { value: string, text: string }[]} options
   * @param {(name: string) => (value: string) => void} choose
   */
  choices(options, choose) {
    const { begins, at, hide, theme } = this.embedding;
    return html`${choiceField({
        label: words('begins'),
        value: begins,
        options: options(['plays', 'waits', ...(at > 0 ? ['stands'] : [])]),
        onValue: choose('begins'),
      })}
      ${choiceField({ label: words('theme'), value: theme, options: options(['', 'light', 'dark']), onValue: choose('theme') })}
      <fieldset>
        <legend>${words('shows')}</legend>
        <div class="parts">
          ${PARTS.map((part) =>
            tick({
              label: words(part),
              on: !hide.includes(part),
              onValue: (on) =>
                this.choose({
                  hide: PARTS.filter((each) => (each === part ? !on : hide.includes(each))),
                }),
            }),
          )}
        </div>
      </fieldset>`;
  }

  render() {
    const { as, begins, at, hide } = this.embedding;
    const options = (/** @type {string[]} */ values) =>
      values.map((value) => ({ value, text: words(value || 'system', { iteration: whole(at) }) }));
    const choose = (/** @type {string} */ name) => (/** @type {string} */ value) =>
      this.choose({ [name]: value });
    // The preview has the attributes of the code. A change of `begins` or `hide` restarts it.
    const wanted = new Map(attributesOf(this.state, this.embedding));
    const isPicture = as === 'picture';
    const code = isPicture ? this.pictureCode : embedCode(this.state, this.embedding);
    const long = as === 'frame' && code.length > LONGEST_ADDRESS;
    return html`<dialog aria-labelledby="title" class=${isPicture ? 'alone' : ''}>
      <header>
        <h2 id="title">${words('title')}</h2>
        <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      <div class="sides">
        <div>
          ${choiceField({ label: words('as'), value: as, options: options(['frame', 'element', 'picture']), onValue: choose('as') })}
          ${isPicture ? nothing : this.choices(options, choose)}
          <label
            ><h3>${words('code')}</h3>
            <textarea readonly spellcheck="false" .value=${code}></textarea>
          </label>
          <div class="done">
            <button type="button" class="main" @click=${() => this.copy()}>${words('copy')}</button>
            <span role="status" class="quiet small">${this.message}</span>
          </div>
          ${as === 'frame' ? html`<p class="small quiet">${words('height')}</p>` : nothing}
          ${
            isPicture
              ? html`<div class="done">
                  <button type="button" class="outline" @click=${() => this.openPicture()}>
                    ${t('share.figure')}
                  </button>
                  <span class="small quiet">${words('beside', { file: FIGURE_FILE })}</span>
                </div>`
              : nothing
          }
          ${long ? html`<p class="small">${words('long')}</p>` : nothing}
          <p class="small"><a href="./embedding.html">${words('more')}</a></p>
        </div>
        <div ?hidden=${isPicture}>
          <h3 id="preview">${words('preview')}</h3>
          <div class="preview" role="group" aria-labelledby="preview">
            ${keyed(
              `${begins} ${hide}`,
              html`<init-lab
                experiment=${wanted.get('experiment') ?? nothing}
                hide=${wanted.get('hide') ?? nothing}
                theme=${wanted.get('theme') ?? nothing}
                autoplay=${wanted.get('autoplay') ?? nothing}
                ${ref(this.watch)}
              ></init-lab>`,
            )}
          </div>
        </div>
      </div>
    </dialog>`;
  }
}

define('lab-embed', LabEmbed);
