// A map of the cost on a plane: shades and contour lines at equal steps of log cost, with the paths
// of runs on top.

import { contourLines, eachLine } from './contours.js';
import { drawMark } from './marks.js';
import { css, mix } from './palette.js';

/**
 * @typedef {object} MapPath
 * @property {[number, number][]} places in the coordinates of the plane, the start first
 * @property {number} slot of colour and mark
 *
 * @typedef {object} MapPicture
 * @property {Float64Array} cost size × size, row 0 at the top
 * @property {number} size columns and rows
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {MapPath[]} paths
 */

/** The number of contour lines between the lowest and the highest cost. */
const LEVELS = 12;

/**
 * Paints a map over the whole canvas.
 * @param {HTMLCanvasElement} canvas square, its width in canvas pixels
 * @param {import('./palette.js').Colours} colours
 * @param {MapPicture} picture
 * @param {number} ratio canvas pixels per CSS pixel
 */
export function paintLandscape(canvas, colours, { cost, size, x, y, paths }, ratio) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const side = canvas.width;
  const logs = Float32Array.from(cost, (value) =>
    value > 0 && Number.isFinite(value) ? Math.log(value) : NaN,
  );
  const known = logs.filter((value) => !Number.isNaN(value));
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const span = Math.max(high - low, 1e-9);
  // Low cost is light, high cost is darker, infinite cost is the darkest.
  const image = new ImageData(size, size);
  logs.forEach((value, i) => {
    const height = Number.isNaN(value) ? 1 : (value - low) / span;
    image.data.set([...mix(colours.fieldPaper, colours.quiet, 0.06 + 0.54 * height), 255], 4 * i);
  });
  const small = Object.assign(document.createElement('canvas'), { width: size, height: size });
  small.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, side, side);
  context.lineWidth = ratio;
  context.strokeStyle = css(colours.ink, 0.28);
  const filled = logs.map((value) => (Number.isNaN(value) ? high : value));
  for (let i = 1; i < LEVELS; i += 1) {
    context.beginPath();
    eachLine(contourLines(filled, size, size, low + (span * i) / LEVELS), (points) => {
      for (let p = 0; p < points.length; p += 2) {
        const [u, v] = [points[p] * side, points[p + 1] * side];
        if (p === 0) context.moveTo(u, v);
        else context.lineTo(u, v);
      }
    });
    context.stroke();
  }
  for (const { places, slot } of paths) {
    const at = (/** @type {[number, number]} */ [px, py]) => [
      ((px - x[0]) / (x[1] - x[0])) * side,
      ((y[1] - py) / (y[1] - y[0])) * side,
    ];
    const colour = colours.runs[slot];
    for (const [width, stroke] of /** @type {const} */ ([
      [4, css(colours.paper, 0.9)],
      [2, colour],
    ])) {
      context.beginPath();
      places.forEach((place, i) => context[i === 0 ? 'moveTo' : 'lineTo'](at(place)[0], at(place)[1]));
      context.lineWidth = width * ratio;
      context.lineJoin = 'round';
      context.strokeStyle = stroke;
      context.stroke();
    }
    // A ring marks the start; the run's mark shows its present position.
    const [startX, startY] = at(places[0]);
    context.beginPath();
    context.arc(startX, startY, 4 * ratio, 0, 2 * Math.PI);
    context.fillStyle = css(colours.paper);
    context.fill();
    context.lineWidth = 1.6 * ratio;
    context.stroke();
    const [endX, endY] = at(places[places.length - 1]);
    drawMark(context, slot, endX, endY, 1.3 * ratio, { colour, paper: css(colours.paper) });
  }
}
