// A figure of a map or sweep for slides and papers: an SVG without external references.

import { render, html } from 'lit';
import { SHAPES } from '../exports/figure.js';

/** @typedef {{ template: unknown, width: number, height: number }} Chart a drawing in SVG */
/** @typedef {{ share: number, text: string }} Tick share: of the axis' length, from its start */
/**
 * @typedef {object} HeatPanel cells of a grid with axes
 * @property {string} name
 * @property {number} aspect width over height
 * @property {number} rows
 * @property {number} columns
 * @property {(row: number, column: number) => string | null} colour null where nothing is known
 * @property {number | null} line vertical, in columns
 * @property {{ column: number, row: number }[]} curve
 * @property {{ row: number, column: number, text: string }[]} [regions] words over cells
 * @property {{ row: string, column: string }} axes
 * @property {{ rows: Tick[], columns: Tick[] }} ticks
 *
 * @typedef {object} Drawing
 * @property {string} name of the file, without an ending
 * @property {string} title
 * @property {HeatPanel[]} [panels]
 * @property {(room: { width: number, height: number }) => Chart} [chart] draws for a room in CSS
 *   pixels; a chart that is higher is drawn smaller
 * @property {{ colour: string, text: string, dash?: string }[]} legend a line where there is a dash
 * @property {string} caption
 */

const FACE = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif";
const [MARGIN, GAP, LEFT, ABOVE, BELOW, LINE] = [24, 32, 58, 18, 44, 20];
/** Height of a chart in a column. */
const CHART_HEIGHT = 340;
/** Letters on a slide are larger than on a page. */
const SLIDE_ZOOM = 1.3;
/** About the width of a character, which leaves room in every face. */
const CHARACTER = 7;

/** The parts that a reader can leave out. */
export const MAP_PARTS = /** @type {const} */ (['title', 'legend', 'caption']);
/** @typedef {typeof MAP_PARTS[number]} MapPart */

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} [more] attributes
 */
const write = (text, x, y, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(text)}</text>`;

/**
 * @param {Chart} chart
 * @param {number} scale
 */
function chartMarkup({ template, width, height }, scale) {
  const host = document.createElement('div');
  render(html`${template}`, host);
  const drawing = /** @type {SVGElement} */ (host.querySelector('svg'));
  drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawing.removeAttribute('class');
  drawing.setAttribute('width', (width * scale).toFixed(1));
  drawing.setAttribute('height', (height * scale).toFixed(1));
  return new XMLSerializer().serializeToString(drawing).replace(/<!--.*?-->/g, '');
}

/**
 * @param {HeatPanel} panel
 * @param {number} width of its grid
 * @param {number} height
 */
function heatMarkup({ rows, columns, colour, line, curve, regions = [], axes, ticks, name }, width, height) {
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const fill = colour(row, column) ?? 'var(--line)';
    // A little larger, so that neighbours leave no seam.
    const [x, y] = [column * cellWidth, height - (row + 1) * cellHeight].map((v) => v.toFixed(2));
    const [w, h] = [cellWidth + 0.3, cellHeight + 0.3].map((v) => v.toFixed(2));
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" shape-rendering="crispEdges" />`;
  });
  const stroke = (/** @type {string} */ path, /** @type {string} */ dash) =>
    [
      `<path d="${path}" fill="none" stroke="var(--paper)" stroke-width="5" />`,
      `<path d="${path}" fill="none" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="${dash}" />`,
    ].join('');
  const points = curve
    .map(({ column, row }) => [column * cellWidth, height - row * cellHeight])
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`);
  // A drawing inside another one ends at its edges, so curves that leave the map do too.
  const inside = (/** @type {string} */ markup) =>
    `<svg width="${width.toFixed(1)}" height="${height.toFixed(1)}" overflow="hidden">${markup}</svg>`;
  return [
    write(name, 0, -8, 'font-size="14" font-weight="600" fill="var(--ink)"'),
    ...cells,
    line === null ? '' : stroke(`M${(line * cellWidth).toFixed(1)} 0V${height.toFixed(1)}`, 'none'),
    points.length === 0 ? '' : inside(stroke(points.join(''), '6 4')),
    ...regions.map(({ row, column, text }) => {
      const [x, y] = [(column + 0.5) * cellWidth, height - (row + 0.5) * cellHeight];
      const room = 7 * text.length + 12;
      const back = `<rect x="${(x - room / 2).toFixed(1)}" y="${(y - 10).toFixed(1)}" width="${room}" height="20" fill="var(--paper)" fill-opacity="0.8" />`;
      return back + write(text, x, y + 4, 'text-anchor="middle" fill="var(--ink)"');
    }),
    ...ticks.rows.map(({ share, text }) => write(text, -8, height * (1 - share) + 4, 'text-anchor="end"')),
    ...ticks.columns.map(({ share, text }) =>
      write(text, width * share, height + 16, 'text-anchor="middle"'),
    ),
    write(axes.column, width / 2, height + 34, 'text-anchor="middle"'),
    `<g transform="translate(${-LEFT + 12} ${(height / 2).toFixed(1)}) rotate(-90)">${write(axes.row, 0, 0, 'text-anchor="middle"')}</g>`,
  ].join('');
}

/**
 * Arranges the legend's entries in rows.
 *
 * @param {Drawing['legend']} legend
 * @param {number} y of the first row
 * @param {number} right edge
 */
function legendMarkup(legend, y, right) {
  let x = MARGIN;
  const out = [];
  for (const { colour, text, dash } of legend) {
    const length = 34 + CHARACTER * text.length;
    if (x > MARGIN && x + length > right) {
      x = MARGIN;
      y += LINE;
    }
    out.push(
      dash === undefined
        ? `<rect x="${x}" y="${y - 10}" width="16" height="11" fill="${colour}" stroke="var(--strong-line)" stroke-width="0.5" />`
        : `<path d="M${x} ${y - 4}h20" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}" />`,
      write(text, x + 26, y),
    );
    x += length + 14;
  }
  return { markup: out.join(''), end: y + LINE };
}

/**
 * Breaks a text into lines.
 *
 * @param {string} text
 * @param {number} width
 */
function linesOf(text, width) {
  const most = Math.floor(width / CHARACTER);
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Draws a figure. Colours that are variables of the theme become colours.
 *
 * @param {Drawing} drawing
 * @param {CSSStyleDeclaration} style of an element in the figure's theme
 * @param {{ transparent: boolean, shape: string, parts: Set<MapPart> }} options
 * @returns {{ svg: string, width: number, height: number }}
 */
export function mapFigure({ title, panels = [], chart, legend, caption }, style, options) {
  const { transparent, shape, parts } = options;
  // The height of a column depends on its contents.
  const [outWidth, outHeight] = SHAPES[shape];
  const zoom = outHeight > 0 ? SLIDE_ZOOM : 1;
  const [total, fixed] = [outWidth / zoom, outHeight / zoom];
  const inner = total - 2 * MARGIN;
  /** @type {string[]} */
  const out = [];
  let y = MARGIN;
  if (parts.has('title')) {
    for (const line of linesOf(title, inner * 0.6)) {
      out.push(write(line, MARGIN, y + 14, 'font-size="20" font-weight="600" fill="var(--ink)"'));
      y += 26;
    }
    y += 8;
  }
  const entries = parts.has('legend') ? legend : [];
  const notes = parts.has('caption') ? linesOf(caption, inner) : [];
  const legendHeight = entries.length === 0 ? 0 : legendMarkup(entries, 0, total - MARGIN).end;
  const foot = 12 + legendHeight + LINE * notes.length + MARGIN;
  const room = { width: inner, height: fixed > 0 ? fixed - y - foot : CHART_HEIGHT };
  if (chart !== undefined) {
    const drawn = chart(room);
    const scale = Math.min(1, room.width / drawn.width, fixed > 0 ? room.height / drawn.height : 1);
    const left = MARGIN + (room.width - scale * drawn.width) / 2;
    out.push(`<g transform="translate(${left.toFixed(1)} ${y})">${chartMarkup(drawn, scale)}</g>`);
    y += fixed > 0 ? room.height : scale * drawn.height;
  } else {
    const stacked = fixed === 0;
    const width = (stacked ? inner : (inner - (panels.length - 1) * GAP) / panels.length) - LEFT;
    for (const [i, panel] of panels.entries()) {
      const height = stacked ? width / panel.aspect : room.height - ABOVE - BELOW;
      const left = MARGIN + LEFT + (stacked ? 0 : i * (width + LEFT + GAP));
      const markup = heatMarkup(panel, width, height);
      out.push(`<g transform="translate(${left.toFixed(1)} ${(y + ABOVE).toFixed(1)})">${markup}</g>`);
      if (stacked) y += ABOVE + height + BELOW + (i < panels.length - 1 ? LINE : 0);
    }
    if (!stacked) y += room.height;
  }
  y += 12 + (entries.length > 0 || notes.length > 0 ? 12 : 0);
  if (entries.length > 0) {
    const { markup, end } = legendMarkup(entries, y, total - MARGIN);
    out.push(markup);
    y = end;
  }
  for (const line of notes) {
    out.push(write(line, MARGIN, y));
    y += LINE;
  }
  const height = fixed > 0 ? fixed : Math.round(y - LINE + MARGIN);
  const paper = transparent ? '' : `<rect width="${total}" height="${height}" fill="var(--paper)" />`;
  const size = `width="${outWidth}" height="${outHeight || height}" viewBox="0 0 ${total} ${height}"`;
  const text = `font-family="${escaped(FACE)}" fill="var(--quiet)" font-size="12"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${text}>${paper}${out.join('')}</svg>`;
  // A file has no style sheet, so replace every variable by its colour.
  return {
    svg: svg.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim()),
    width: outWidth,
    height: outHeight || height,
  };
}
