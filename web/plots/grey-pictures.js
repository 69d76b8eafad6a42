// Square pictures of grey pixels on a canvas: examples that are pictures, and weights that see
// them.

import { css, mix } from './palette.js';

/** @typedef {import('./palette.js').Colours} Colours */
/** @typedef {{ left: number, top: number, side: number }} Place CSS pixels */

/**
 * Paints a picture with ink on paper.
 * @param {CanvasRenderingContext2D} context
 * @param {(pixel: number) => number} value of a pixel, 0 … 1, row by row
 * @param {number} size columns and rows
 * @param {Place} place
 * @param {Colours} colours
 */
export function paintPicture(context, value, size, place, { paper, ink }) {
  paintPixels(context, size, place, (pixel) => css(mix(paper, ink, Math.min(1, Math.max(0, value(pixel))))));
}

/**
 * Paints weights: those below 0 in the colour of class 0, those above in that of class 1.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} weights
 * @param {Place} place
 * @param {Colours} colours
 */
export function paintWeights(context, weights, place, { fieldPaper, class0, class1 }) {
  let most = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const size = Math.abs(weights[i]);
    if (size > most && size < Infinity) most = size;
  }
  paintPixels(context, Math.sqrt(weights.length), place, (pixel) => {
    const share = most > 0 ? Math.max(-1, Math.min(1, weights[pixel] / most)) : 0;
    return css(mix(fieldPaper, share < 0 ? class0 : class1, Math.abs(share) || 0));
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Place} place
 * @param {(pixel: number) => string} colour
 */
function paintPixels(context, size, { left, top, side }, colour) {
  const cell = side / size;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      context.fillStyle = colour(row * size + column);
      // The pixels overlap a little, so that no gaps show between them.
      context.fillRect(left + column * cell, top + row * cell, cell + 0.4, cell + 0.4);
    }
}

/**
 * Gives a canvas the resolution of the screen and a context in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width CSS pixels
 * @param {number} height CSS pixels
 * @returns {CanvasRenderingContext2D}
 */
export function sizedContext(canvas, width, height) {
  const ratio = Math.min(devicePixelRatio, 2);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
