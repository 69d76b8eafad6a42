// Colours as the plots use them: read from the style sheet, so that themes live in one place.

/**
 * @typedef {[number, number, number]} Rgb 0 … 255
 * @typedef {object} Colours
 * @property {Rgb} paper
 * @property {Rgb} ink
 * @property {Rgb} quiet text of second rank
 * @property {Rgb} line hairlines
 * @property {Rgb} class0 points of class 0
 * @property {Rgb} class1 points of class 1
 * @property {Rgb} field0 where the field says class 0 for certain
 * @property {Rgb} field1
 * @property {Rgb} fieldPaper the field at P = 0.5
 * @property {string[]} runs line colours of the runs
 */

/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/** @param {string} text a colour as a style sheet may write it: #rgb, #rrggbb, a name, rgb(…) @returns {Rgb} */
export function rgb(text) {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) return [136, 136, 136];
  // A canvas gives back any colour as #rrggbb, or as rgba(…) when it is not opaque; what is none leaves grey.
  pen.fillStyle = '#888888';
  pen.fillStyle = text.trim();
  const plain = String(pen.fillStyle);
  if (!plain.startsWith('#'))
    return /** @type {any} */ ((plain.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number));
  const value = parseInt(plain.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** @param {Rgb} colour @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/** @param {Rgb} from @param {Rgb} to @param {number} t @returns {Rgb} */
export const mix = (from, to, t) =>
  /** @type {Rgb} */ (from.map((channel, i) => Math.round(channel + t * (to[i] - channel))));

/** The colours in force at an element. @param {Element} element @returns {Colours} */
export function coloursOf(element) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => rgb(style.getPropertyValue(`--${name}`) || '#888888');
  return {
    paper: read('paper'),
    ink: read('ink'),
    quiet: read('quiet'),
    line: read('line'),
    class0: read('class-0'),
    class1: read('class-1'),
    field0: read('field-0'),
    field1: read('field-1'),
    fieldPaper: read('field-paper'),
    runs: Array.from({ length: 8 }, (_, i) => style.getPropertyValue(`--run-${i + 1}`).trim() || '#888888'),
  };
}

/** Calls back when the theme changes, by the reader's hand or by the system. @param {() => void} callback @returns {() => void} stops listening */
export function onThemeChange(callback) {
  // Paper has colours of its own.
  const queries = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  for (const query of queries) query.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', callback);
  };
}

/**
 * A table of 256 colours from class 0 over the paper to class 1, as RGBA words for ImageData.
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
