// The dialog for a figure of a map or sweep: colours, and PNG, SVG or the printer, with a preview.

import { LitElement, css, html } from 'lit';
import theme from '../styles/theme.css?inline';
import { dialogStyles } from '../components/common-styles.js';
import { define, shared } from '../components/element.js';
import { figureCanvas } from '../exports/figure.js';
import { addressOf, printPicture } from '../exports/print-picture.js';
import { toPng } from '../exports/row-picture.js';
import { save, saveText } from '../exports/save.js';
import { t } from '../texts/index.js';
import '../texts/later.js';
import { tick } from '../templates/controls.js';
import { figureChoices } from '../templates/figure-choices.js';
import { closeIcon } from '../templates/icons.js';
import { MAP_PARTS, mapFigure } from './map-figure.js';
import { words } from './map-words.js';

export class MapPicture extends LitElement {
  static properties = { look: { state: true }, shape: { state: true }, parts: { state: true } };
  static styles = [
    shared,
    dialogStyles,
    css`
      dialog {
        width: min(56rem, 94vw);
      }
      .head,
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 0.5rem;
        margin-bottom: 0.75rem;
      }
      .head {
        justify-content: space-between;
        align-items: center;
      }
      h2 {
        margin: 0;
      }
      img {
        display: block;
        width: 100%;
        max-height: 32rem;
        object-fit: contain;
        object-position: top left;
        border: 1px solid var(--line);
      }
      iframe {
        position: absolute;
        width: 0;
        height: 0;
        border: 0;
      }
    `,
  ];

  constructor() {
    super();
    /**
     * Draws the figure with the colours of an element.
     *
     * @type {(themed: Element) => import('./map-figure.js').Drawing}
     */
    this.draw = () => ({ name: '', title: '', legend: [], caption: '' });
    /** @type {import('../templates/figure-choices.js').Look} */
    this.look = 'light';
    this.shape = 'wide';
    /** @type {Set<import('./map-figure.js').MapPart>} */
    this.parts = new Set(MAP_PARTS);
  }

  firstUpdated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
    dialog.showModal();
    dialog.addEventListener('close', () => this.remove());
  }

  /** The figure in the chosen theme, which can differ from the page's. */
  get figure() {
    const name = this.look === 'dark' ? 'dark' : 'light';
    const [stage, themed] = [document.createElement('div'), document.createElement('div')];
    stage.dataset.theme = themed.dataset.theme = name;
    stage.setAttribute('themed', '');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(theme);
    const shadow = stage.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(themed);
    this.renderRoot.append(stage);
    const drawing = this.draw(themed);
    const figure = mapFigure(drawing, getComputedStyle(themed), {
      transparent: this.look === 'clear',
      shape: this.shape,
      parts: this.parts,
    });
    stage.remove();
    return { ...figure, name: drawing.name };
  }

  render() {
    const { svg } = this.figure;
    const close = () => /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog')).close();
    return html`<dialog aria-labelledby="title">
        <div class="head">
          <h2 id="title">${t('figure.title')}</h2>
          <button type="button" class="icon" aria-label=${t('lab.dismiss')} @click=${close}>
            ${closeIcon}
          </button>
        </div>
        <div class="bar" role="group" aria-label=${t('figure.parts')}>
          ${MAP_PARTS.map((part) =>
            tick({
              label: words(`figure.part.${part}`),
              on: this.parts.has(part),
              onValue: (on) => {
                this.parts = new Set(MAP_PARTS.filter((one) => (one === part ? on : this.parts.has(one))));
              },
            }),
          )}
        </div>
        <div class="bar">
          ${figureChoices(this)}
          <button type="button" class="main" @click=${() => this.savePng()}>PNG</button>
          <button type="button" class="outline" @click=${() => this.saveSvg()}>SVG</button>
          <button type="button" class="outline" @click=${() => this.print()}>${t('figure.print')}</button>
        </div>
        <img alt=${t('figure.preview')} src=${addressOf(svg)} />
      </dialog>
      <iframe title=${t('figure.print')} tabindex="-1" aria-hidden="true"></iframe>`;
  }

  async savePng() {
    const { figure } = this;
    save(`${figure.name}.png`, await toPng(await figureCanvas(figure, 2)));
  }

  saveSvg() {
    const { name, svg } = this.figure;
    saveText(`${name}.svg`, svg, 'image/svg+xml');
  }

  print() {
    return printPicture(
      /** @type {HTMLIFrameElement} */ (this.renderRoot.querySelector('iframe')),
      this.figure,
    );
  }
}

define('map-picture', MapPicture);

/**
 * Opens the dialog.
 *
 * @param {(themed: Element) => import('./map-figure.js').Drawing} draw
 */
export function openPicture(draw) {
  const dialog = /** @type {MapPicture} */ (document.createElement('map-picture'));
  dialog.draw = draw;
  document.body.append(dialog);
}
