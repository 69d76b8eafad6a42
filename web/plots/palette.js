// Colours for the plots, read from the style sheet, so that themes are defined in one place.

import { CLASS_MARKS } from './class-marks.js';

/**
 * @typedef {[number, number, number]} Rgb 0 … 255
 * @typedef {object} Colours
 * @property {Rgb} paper
 * @property {Rgb} ink
 * @property {Rgb} quiet text of second rank
 * @property {Rgb} line hairlines
 * @property {Rgb} accent the selected item
 * @property {Rgb[]} classes points of each class; after the last class the first follows again
 * @property {Rgb} class0 points of class 0
 * @property {Rgb} class1 points of class 1
 * @property {Rgb} field0 the field at P = 0
 * @property {Rgb} field1
 * @property {Rgb} fieldPaper the field at P = 0.5
 * @property {string[]} runs line colours of the runs
 */

/** The number of line colours, see marks.js. */
export const SLOTS = 16;

/** Cache of the colours that the browser converted, by their text. @type {Map<string, Rgb>} */
const painted = new Map();

/**
 * Returns the RGB values that the browser paints for a colour in any CSS notation.
 * @param {string} text
 * @returns {Rgb}
 */
function paintedColour(text) {
  const known = painted.get(text);
  if (known) return known;
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  // This colour stays if the text is not a valid colour.
  context.fillStyle = '#888888';
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  painted.set(text, [r, g, b]);
  return [r, g, b];
}

/**
 * @param {string} colour in any CSS notation
 * @returns {Rgb}
 */
export function rgb(colour) {
  const text = colour.trim();
  if (!/^#[0-9a-f]{6}$/i.test(text)) return paintedColour(text);
  const value = parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Returns the reader's text size relative to the browsers' default. */
export const textScale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/**
 * The font of a chart's labels. Its size is a whole number: uPlot scales fonts to device pixels by
 * replacing /(\d+)px/, which in "11.25px" finds only the "25".
 * @param {number} scale
 */
export const chartFont = (scale) => `${Math.round(12 * scale)}px system-ui, sans-serif`;

/**
 * @param {Rgb} colour
 * @param {number} [alpha]
 */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} t
 * @returns {Rgb}
 */
export const mix = (from, to, t) =>
  /** @type {Rgb} */ (from.map((channel, i) => Math.round(channel + t * (to[i] - channel))));

/**
 * Returns the colours in effect at an element.
 * @param {Element} element
 * @returns {Colours}
 */
export function coloursOf(element) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => rgb(style.getPropertyValue(`--${name}`) || '#888888');
  return {
    paper: read('paper'),
    ink: read('ink'),
    quiet: read('quiet'),
    line: read('line'),
    accent: read('accent'),
    classes: Array.from({ length: CLASS_MARKS }, (_, k) => read(`class-${k}`)),
    class0: read('class-0'),
    class1: read('class-1'),
    field0: read('field-0'),
    field1: read('field-1'),
    fieldPaper: read('field-paper'),
    runs: Array.from(
      { length: SLOTS },
      (_, i) => style.getPropertyValue(`--run-${i + 1}`).trim() || '#888888',
    ),
  };
}

/** @type {Set<() => void>} */
const themeListeners = new Set();

/** Notifies all plots that an element's theme has changed, which differs from the page's. */
export const notifyThemeChange = () => themeListeners.forEach((listener) => listener());

/**
 * Repaints all plots after a canvas has lost its contents, for instance because the graphics driver
 * restarted. The event does not leave a shadow root, so each root has a listener.
 *
 * @template {EventTarget} T
 * @param {T} root
 * @returns {T} the same root
 */
export function repaintsLost(root) {
  root.addEventListener('contextrestored', notifyThemeChange, { capture: true });
  return root;
}

/**
 * Calls back when the reader or the system changes the theme.
 *
 * @param {() => void} callback
 * @returns {() => void} stops listening
 */
export function onThemeChange(callback) {
  // Print has its own colours.
  const queries = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  themeListeners.add(callback);
  for (const query of queries) query.addEventListener('change', callback);
  return () => {
    themeListeners.delete(callback);
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', callback);
  };
}

/** How strongly a field is coloured where its class is certain. */
const FIELD_STRENGTH = 0.6;

/**
 * Returns the colours of a field for each class, where the class is certain.
 * @param {Colours} colours
 * @returns {Rgb[]}
 */
export const classFields = ({ classes, field0, field1, fieldPaper }) =>
  classes.map((colour, k) => [field0, field1][k] ?? mix(fieldPaper, colour, FIELD_STRENGTH));

/**
 * Returns the colour of an example with a real target.
 * @param {Colours} colours
 * @param {number} share 0 … 1 of the range of the targets
 */
export const targetColour = ({ class0, class1, fieldPaper }, share) =>
  share < 0.5 ? mix(fieldPaper, class0, 1 - 2 * share) : mix(fieldPaper, class1, 2 * share - 1);

/**
 * Returns a table of 256 colours from class 0 through paper to class 1, as RGBA words for
 * ImageData.
 * @param {Colours} colours
 * @returns {Uint32Array}
 */
export function fieldRamp({ field0, fieldPaper, field1 }) {
  const table = new Uint32Array(256);
  const bytes = new Uint8Array(table.buffer);
  for (let i = 0; i < 256; i += 1) {
    const p = i / 255;
    const colour = p < 0.5 ? mix(fieldPaper, field0, 1 - 2 * p) : mix(fieldPaper, field1, 2 * p - 1);
    bytes.set([...colour, 255], 4 * i);
  }
  return table;
}
