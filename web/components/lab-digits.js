// Pictures in place of a run's field: test examples with the label that the run gives them.

import { css, html } from 'lit';
import { coloursOf, css as colour, onThemeChange } from '../plots/palette.js';
import { paintPicture, sizedContext } from '../plots/grey-pictures.js';
import { textsUnder } from '../texts/index.js';
import '../texts/later.js';
import { LabElement, define, shared } from './element.js';

const words = textsUnder('digits');

/** Columns and rows of pictures. */
const ACROSS = 6;

export class LabDigits extends LabElement {
  static properties = { run: {} };
  static follows = ['change', 'frame'];
  /** Labels that change faster are unreadable. */
  static pace = 200;
  static styles = [
    shared,
    css`
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        forced-color-adjust: none;
      }
    `,
  ];

  constructor() {
    super();
    this.run = '';
    /** Width in CSS pixels. */
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.watchWidth((width) => {
      this.width = width;
      this.paint();
    });
    this.cleanups.push(onThemeChange(() => this.paint()));
  }

  /** The pictures that are shown, with the labels that the run gives them. */
  get shown() {
    const test = this.model.race.datasets.get(this.run)?.test;
    const labels = this.model.race.latest.get(this.run)?.reading?.labels;
    if (!test) return [];
    const count = Math.min(ACROSS ** 2, test.y.length);
    return Array.from({ length: count }, (_, i) => ({
      value: (/** @type {number} */ pixel) => test.x[pixel * test.y.length + i],
      size: Math.sqrt(test.features),
      label: test.y[i],
      read: labels?.[i],
    }));
  }

  updated() {
    this.paint();
  }

  paint() {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas || this.width === 0) return;
    const colours = coloursOf(this);
    const context = sizedContext(canvas, this.width, this.width);
    const cell = this.width / ACROSS;
    const side = cell * 0.66;
    context.font = `600 ${Math.round(cell * 0.3)}px system-ui, sans-serif`;
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    for (const [i, { value, size, label, read }] of this.shown.entries()) {
      const [x, y] = [(i % ACROSS) * cell, Math.floor(i / ACROSS) * cell];
      paintPicture(context, value, size, { left: x + 2, top: y + 2, side }, colours);
      if (read === undefined) continue;
      const right = read === label;
      // A wrong label is set apart by a frame as well as by its colour.
      context.strokeStyle = context.fillStyle = colour(right ? colours.quiet : colours.class0);
      context.fillText(String(read), x + cell - 2, y + cell - 1);
      if (right) continue;
      context.lineWidth = 1.25;
      context.strokeRect(x + 1, y + 1, cell - 2, cell - 2);
    }
  }

  /** The canvas, for saving. @returns {HTMLCanvasElement | null} */
  get picture() {
    return this.renderRoot.querySelector('canvas');
  }

  render() {
    const { shown } = this;
    const right = shown.filter(({ label, read }) => label === read).length;
    return html`<canvas
      role="img"
      aria-label=${words('card.summary', { right, count: shown.length })}
    ></canvas>`;
  }
}

define('lab-digits', LabDigits);
