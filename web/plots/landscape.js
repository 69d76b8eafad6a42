// A map of the cost on a plane: shades and contour lines at equal steps of log cost, with the paths
// of runs on top.

import { eachLine } from './contours.js';
import { heightsOf } from './heights.js';
import { drawMark } from './marks.js';
import { css, mix } from './palette.js';

/**
 * @typedef {object} MapPath
 * @property {[number, number][]} places in the coordinates of the plane, the start first
 * @property {number} slot of colour and mark
 *
 * @typedef {object} MapPicture
 * @property {Float64Array} cost size × size, row 0 at the top
 * @property {Float32Array[]} lines contour lines, see heights.js
 * @property {number} size columns and rows
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {MapPath[]} paths
 * @property {[number, number]} [zero] the point where all weights are 0, drawn as a cross
 */

/** Distance of an outside run's mark from the edge, and the arms of a cross, in pixels. */
const EDGE = 13;
const CROSS = 7;
/** The number of shades of a map. */
const SHADES = 256;

/**
 * Paints a map over the whole canvas.
 * @param {HTMLCanvasElement} canvas square, its width in canvas pixels
 * @param {import('./palette.js').Colours} colours
 * @param {MapPicture} picture
 * @param {number} ratio canvas pixels per CSS pixel
 */
export function paintLandscape(canvas, colours, { cost, lines, size, x, y, paths, zero }, ratio) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const side = canvas.width;
  // Low cost is light, high cost is darker, infinite cost is the darkest.
  const shades = Array.from({ length: SHADES }, (_, shade) => [
    ...mix(colours.fieldPaper, colours.quiet, 0.06 + (0.54 * shade) / (SHADES - 1)),
    255,
  ]);
  const image = new ImageData(size, size);
  heightsOf(cost).forEach((height, i) => image.data.set(shades[Math.round(height * (SHADES - 1))], 4 * i));
  const small = Object.assign(document.createElement('canvas'), { width: size, height: size });
  small.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, side, side);
  context.lineWidth = ratio;
  context.strokeStyle = css(colours.ink, 0.28);
  for (const line of lines) {
    context.beginPath();
    eachLine(line, (points) => {
      for (let p = 0; p < points.length; p += 2) {
        const [u, v] = [points[p] * side, points[p + 1] * side];
        if (p === 0) context.moveTo(u, v);
        else context.lineTo(u, v);
      }
    });
    context.stroke();
  }
  const at = (/** @type {[number, number]} */ [px, py]) => [
    ((px - x[0]) / (x[1] - x[0])) * side,
    ((y[1] - py) / (y[1] - y[0])) * side,
  ];
  for (const { places, slot } of paths) {
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
    const [markX, markY] = [endX, endY].map((place) =>
      Math.min(side - EDGE * ratio, Math.max(EDGE * ratio, place)),
    );
    if (Math.hypot(endX - markX, endY - markY) > EDGE * ratio)
      drawArrow(context, markX, markY, Math.atan2(endY - markY, endX - markX), ratio);
    drawMark(context, slot, markX, markY, 1.3 * ratio, { colour, paper: css(colours.paper) });
  }
  if (zero === undefined) return;
  const [zeroX, zeroY] = at(zero);
  for (const [width, stroke] of /** @type {const} */ ([
    [4, css(colours.paper, 0.9)],
    [1.6, css(colours.ink)],
  ])) {
    context.beginPath();
    for (const [dx, dy] of [
      [CROSS, 0],
      [0, CROSS],
    ]) {
      context.moveTo(zeroX - dx * ratio, zeroY - dy * ratio);
      context.lineTo(zeroX + dx * ratio, zeroY + dy * ratio);
    }
    context.lineWidth = width * ratio;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

/**
 * Draws the head of an arrow beside a mark, in the present colour of lines.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x of the mark
 * @param {number} y
 * @param {number} angle
 * @param {number} ratio canvas pixels per CSS pixel
 */
function drawArrow(context, x, y, angle, ratio) {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.scale(ratio, ratio);
  context.beginPath();
  context.moveTo(6, -5);
  context.lineTo(11, 0);
  context.lineTo(6, 5);
  context.lineWidth = 2;
  context.stroke();
  context.restore();
}
