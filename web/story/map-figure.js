// A figure of a map or sweep for slides and papers: an SVG without external references.

import { render, html } from 'lit';

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
 * @property {{ template: unknown, width: number, height: number }} [chart] a drawing in SVG
 * @property {{ colour: string, text: string, dash?: string }[]} legend a line where there is a dash
 * @property {string} caption
 */

const FACE = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif";
const [MARGIN, GAP, LEFT, BELOW, LINE] = [24, 32, 58, 44, 20];
/** Widths in CSS pixels: of one panel, and of two together. */
const [ONE, TWO] = [800, 1120];

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

/** @param {Drawing['chart']} chart */
function chartMarkup(chart) {
  const host = document.createElement('div');
  render(html`${chart?.template}`, host);
  const drawing = /** @type {SVGElement} */ (host.querySelector('svg'));
  drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawing.removeAttribute('class');
  drawing.setAttribute('width', String(chart?.width));
  drawing.setAttribute('height', String(chart?.height));
  return new XMLSerializer().serializeToString(drawing).replace(/<!--.*?-->/g, '');
}

/**
 * @param {HeatPanel} panel
 * @param {number} width of its grid
 */
function heatMarkup({ aspect, rows, columns, colour, line, curve, regions = [], axes, ticks, name }, width) {
  const height = width / aspect;
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const fill = colour(row, column) ?? 'var(--line)';
    // A little larger, so that neighbours leave no seam.
    const [x, y] = [column * cellWidth, height - (row + 1) * cellHeight].map((v) => v.toFixed(2));
    const [w, h] = [cellWidth + 0.3, cellHeight + 0.3].map((v) => v.toFixed(2));
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" />`;
  });
  const stroke = (/** @type {string} */ path, /** @type {string} */ dash) =>
    [
      `<path d="${path}" fill="none" stroke="var(--paper)" stroke-width="5" />`,
      `<path d="${path}" fill="none" stroke="var(--class-0)" stroke-width="2" stroke-dasharray="${dash}" />`,
    ].join('');
  const points = curve
    .map(({ column, row }) => [
      column * cellWidth,
      Math.min(height + 4, Math.max(-4, height - row * cellHeight)),
    ])
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`);
  return {
    height,
    markup: [
      write(name, 0, -8, 'font-size="14" font-weight="600" fill="var(--ink)"'),
      ...cells,
      line === null ? '' : stroke(`M${(line * cellWidth).toFixed(1)} 0V${height.toFixed(1)}`, 'none'),
      points.length === 0 ? '' : stroke(points.join(''), '6 4'),
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
    ].join(''),
  };
}

/**
 * Draws a figure. Colours that are variables of the theme become colours.
 *
 * @param {Drawing} drawing
 * @param {CSSStyleDeclaration} style of an element in the figure's theme
 * @param {boolean} transparent
 * @returns {{ svg: string, width: number, height: number }}
 */
export function mapFigure({ title, panels = [], chart, legend, caption }, style, transparent) {
  const total = chart === undefined ? (panels.length > 1 ? TWO : ONE) : chart.width + 2 * MARGIN;
  const out = [write(title, MARGIN, MARGIN + 14, 'font-size="20" font-weight="600" fill="var(--ink)"')];
  let y = MARGIN + 34;
  if (chart !== undefined) {
    out.push(`<g transform="translate(${MARGIN} ${y})">${chartMarkup(chart)}</g>`);
    y += chart.height + 8;
  } else {
    const room = (total - 2 * MARGIN - (panels.length - 1) * GAP) / panels.length;
    let tallest = 0;
    for (const [i, panel] of panels.entries()) {
      const { markup, height } = heatMarkup(panel, room - LEFT);
      out.push(
        `<g transform="translate(${(MARGIN + LEFT + i * (room + GAP)).toFixed(1)} ${y + 18})">${markup}</g>`,
      );
      tallest = Math.max(tallest, height);
    }
    y += 18 + tallest + BELOW;
  }
  // About seven pixels a character, which leaves room in every face.
  let x = MARGIN;
  y += 12;
  for (const { colour, text, dash } of legend) {
    const length = 34 + 7 * text.length;
    if (x > MARGIN && x + length > total - MARGIN) {
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
  if (legend.length > 0) y += LINE;
  out.push(write(caption, MARGIN, y));
  const height = Math.round(y + MARGIN);
  const paper = transparent ? '' : `<rect width="${total}" height="${height}" fill="var(--paper)" />`;
  const size = `width="${total}" height="${height}" viewBox="0 0 ${total} ${height}"`;
  const text = `font-family="${escaped(FACE)}" fill="var(--quiet)" font-size="12"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${text}>${paper}${out.join('')}</svg>`;
  // A file has no style sheet, so replace every variable by its colour.
  return {
    svg: svg.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim()),
    width: total,
    height,
  };
}
