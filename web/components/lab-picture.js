// The dialog for a figure of the lab: parts, shape and colours, as PNG or SVG, with a preview.

import { css, html } from 'lit';
import theme from '../styles/theme.css?inline';
import { PARTS, figureCanvas, figureSvg } from '../exports/figure.js';
import { FIGURE_FILE } from '../exports/embed-code.js';
import { linkOf } from '../exports/export-actions.js';
import { landscapeMaps } from '../exports/figure-landscape.js';
import { addressOf, printPicture } from '../exports/print-picture.js';
import { toPng } from '../exports/row-picture.js';
import { save, saveText } from '../exports/save.js';
import { MOST_UNITS } from '../plots/network.js';
import { coloursOf } from '../plots/palette.js';
import { t } from '../texts/index.js';
import { whole } from '../texts/format.js';
import '../texts/later.js';
import { tick } from '../templates/controls.js';
import { figureChoices } from '../templates/figure-choices.js';
import { define } from './element.js';
import { closeIcon } from '../templates/icons.js';
import { Sheet } from './sheet.js';

/** Longer links, for instance with points, are not written below a figure. */
const LONGEST_LINK = 200;

export class LabPicture extends Sheet {
  static properties = {
    ...Sheet.properties,
    parts: { state: true },
    shape: { state: true },
    look: { state: true },
    maps: { state: true },
  };
  static styles = [
    ...Sheet.styles,
    css`
      dialog {
        width: min(60rem, 96vw);
      }
      .both {
        display: grid;
        grid-template-columns: 16rem minmax(0, 1fr);
        gap: 1rem 1.5rem;
        align-items: start;
      }
      fieldset {
        margin: 0;
        border: 0;
        padding: 0;
      }
      legend {
        padding: 0;
        color: var(--quiet);
        font-size: var(--small);
      }
      img {
        display: block;
        width: 100%;
        max-height: 32rem;
        object-fit: contain;
        object-position: top;
        border: 1px solid var(--line);
      }
      iframe {
        position: absolute;
        width: 0;
        height: 0;
        border: 0;
        visibility: hidden;
      }
      .buttons {
        flex-wrap: wrap;
        display: flex;
        gap: 0.5rem;
        margin-top: 0.75rem;
      }
      @media (max-width: 44rem) {
        .both {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Set<import('../exports/figure.js').Part>} */
    this.parts = new Set(['fields', 'weights', 'cost', 'caption']);
    this.shape = 'wide';
    /** @type {'light' | 'dark' | 'clear'} */
    this.look = 'light';
    /** @type {import('../exports/figure-landscape.js').NamedMap[]} */
    this.maps = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.model.want('lab-picture', { units: MOST_UNITS });
    this.cleanups.push(() => this.model.want('lab-picture', null));
    // The network arrives with one of the next frames.
    this.listen(this.model, 'frame', () => this.model.running || this.requestUpdate());
  }

  /** The figure in the chosen theme, which can differ from the page's. */
  get figure() {
    const themed = document.createElement('div');
    themed.dataset.theme = this.look === 'dark' ? 'dark' : 'light';
    const stage = document.createElement('div');
    stage.setAttribute('themed', '');
    stage.dataset.theme = themed.dataset.theme;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(theme);
    const shadow = stage.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(themed);
    this.renderRoot.append(stage);
    const figure = figureSvg(this.model, themed, coloursOf(themed), {
      parts: this.parts,
      shape: this.shape,
      transparent: this.look === 'clear',
      caption: this.caption,
      maps: this.maps,
    });
    stage.remove();
    return figure;
  }

  get caption() {
    const link = linkOf(this.model);
    const { title, question } = this.state;
    const first = [title, question].filter((text) => text !== '').join(': ');
    const position = `Init Lab · ${t('transport.iteration')} ${whole(this.model.position)}`;
    return [
      ...(first === '' ? [] : [first]),
      link.length <= LONGEST_LINK ? `${position} · ${link}` : position,
    ];
  }

  render() {
    const { svg } = this.figure;
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">${t('figure.title')}</h2>
        <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${() => this.close()}>
          ${closeIcon}
        </button>
      </header>
      <div class="both">
        <div>
          <fieldset>
            <legend>${t('figure.parts')}</legend>
            ${PARTS.map((part) =>
              tick({
                label: t(`figure.part.${part}`),
                on: this.parts.has(part),
                onValue: (on) => {
                  const parts = new Set(this.parts);
                  if (on) parts.add(part);
                  else parts.delete(part);
                  this.parts = parts;
                  if (part === 'landscape' && on) this.loadMaps();
                },
              }),
            )}
          </fieldset>
          ${figureChoices(this)}
          <div class="buttons">
            <button type="button" class="main" @click=${() => this.savePng()}>PNG</button>
            <button type="button" class="outline" @click=${() => this.saveSvg()}>SVG</button>
            <button type="button" class="outline" @click=${() => this.print()}>${t('figure.print')}</button>
          </div>
        </div>
        <img alt=${t('figure.preview')} src=${addressOf(svg)} />
      </div>
      <iframe title=${t('figure.print')} tabindex="-1" aria-hidden="true"></iframe>
    </dialog>`;
  }

  async savePng() {
    save(FIGURE_FILE, await toPng(await figureCanvas(this.figure, 2)));
  }

  /** Asks for the maps only when the landscape is ticked: they take the worker some time. */
  async loadMaps() {
    this.maps = await landscapeMaps(this.model);
  }

  print() {
    return printPicture(
      /** @type {HTMLIFrameElement} */ (this.renderRoot.querySelector('iframe')),
      this.figure,
    );
  }

  saveSvg() {
    saveText('init-lab-figure.svg', this.figure.svg, 'image/svg+xml');
  }
}

define('lab-picture', LabPicture);
