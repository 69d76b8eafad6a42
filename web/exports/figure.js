// A figure of the lab for slides and papers: the chosen parts as one SVG without external
// references, and as a PNG made from it.

import { html, render } from 'lit';
import { FieldPainter } from '../plots/field.js';
import { layerLines } from '../plots/layers.js';
import { colourOf, glyph } from '../plots/marks.js';
import { NetworkPainter } from '../plots/network.js';
import { StripPainter } from '../plots/strip.js';
import { inRows } from '../plots/strip-shape.js';
import { weightStrip } from '../plots/weight-ridges.js';
import { pictureOf } from '../state/network-picture.js';
import { t } from '../texts/index.js';
import { compact, cost, tickText } from '../texts/format.js';
import { scoreText, sentenceOf } from '../texts/words.js';
import '../texts/later.js';
import { costChart } from './figure-cost.js';
import { landscapePicture } from './figure-landscape.js';
import { element, escaped } from './svg.js';

/**
 * @typedef {'fields' | 'weights' | 'cost' | 'signals' | 'landscape' | 'network' | 'caption'} Part
 */

export const PARTS = /** @type {const} */ ([
  'fields',
  'weights',
  'cost',
  'signals',
  'landscape',
  'network',
  'caption',
]);
/** Width and height in CSS pixels. A column's height depends on its parts. */
export const SHAPES = /** @type {Record<string, [number, number]>} */ ({
  wide: [1280, 720],
  screen: [1024, 768],
  column: [640, 0],
});

const FACE = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif";
const [MARGIN, GAP, TITLE, NUMBERS, STRIP, NOTE, HEADING] = [28, 20, 26, 26, 62, 20, 24];
const CHART_HEIGHT = 170;
/** The least side of a field, the most side of a map, and the most height of a slide's network. */
const [LEAST_SIDE, MOST_MAP, MOST_NETWORK] = [150, 190, 260];
/** The most by which the parts of a slide are drawn smaller. */
const MOST_SHRINKING = 2.4;

/** Returns the markup of a drawing that the page has as a template. @param {unknown} template */
function markupOf(template) {
  const host = document.createElement('div');
  render(html`${template}`, host);
  const drawing = /** @type {SVGSVGElement} */ (host.querySelector('svg'));
  drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  // A drawing without a size would take that of the whole figure.
  const { width, height } = drawing.viewBox.baseVal;
  if (!drawing.hasAttribute('width')) {
    drawing.setAttribute('width', String(width));
    drawing.setAttribute('height', String(height));
  }
  return new XMLSerializer().serializeToString(drawing).replace(/<!--.*?-->/g, '');
}

/**
 * @typedef {object} Options
 * @property {Set<Part>} parts
 * @property {string} shape
 * @property {boolean} transparent
 * @property {string[]} caption
 * @property {import('./figure-landscape.js').NamedMap[]} [maps] of the landscape
 */

/** The elements of a figure, one after another. */
class Drawing {
  markup = '';

  /**
   * @param {string} name
   * @param {Record<string, string | number>} attributes
   */
  add(name, attributes) {
    this.markup += element(name, attributes);
  }

  /**
   * @param {string} markup with its own origin
   * @param {number} x
   * @param {number} y
   */
  place(markup, x, y) {
    this.markup += `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">${markup}</g>`;
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y of the baseline
   * @param {{ size?: number, weight?: number, fill?: string, anchor?: string }} [style]
   */
  write(text, x, y, { size = 13, weight = 400, fill = 'var(--ink)', anchor = 'start' } = {}) {
    const attributes = { x, y, 'font-size': size, 'font-weight': weight, fill, 'text-anchor': anchor };
    this.markup += element('text', attributes, escaped(text));
  }
}

/**
 * Divides a figure among its parts.
 * @param {number} count of runs
 * @param {Options} options
 * @param {{ width: number, height: number } | null} network its size in pixels of the page
 * @param {number} scale how much smaller the parts are drawn
 */
function layoutOf(count, { parts, shape, caption, maps = [] }, network, scale) {
  const [width, fixedHeight] = SHAPES[shape].map((side) => Number((side * scale).toFixed(1)));
  const isColumn = shape === 'column';
  const inner = width - 2 * MARGIN;
  const columns = Math.max(1, isColumn ? Math.min(2, count) : Math.min(count, 8));
  const across = (inner - (columns - 1) * GAP) / columns;
  const rows = Math.ceil(count / columns);
  const charts = /** @type {const} */ (['cost', 'signals']).filter((part) => parts.has(part));
  const chartsHeight =
    (isColumn ? charts.length : Math.min(1, charts.length)) * (HEADING + CHART_HEIGHT + GAP);
  const networkHeight =
    network === null ? 0 : Math.min(isColumn ? network.height : MOST_NETWORK, network.height) + GAP;
  const mapCount = parts.has('landscape') ? maps.length : 0;
  const mapColumns = isColumn ? 3 : Math.max(6, mapCount);
  const mapSide = Math.floor(Math.min(MOST_MAP, (inner - (mapColumns - 1) * GAP) / mapColumns));
  const mapRow = mapSide + NOTE + GAP / 2;
  const mapsHeight = mapCount === 0 ? 0 : HEADING + Math.ceil(mapCount / mapColumns) * mapRow;
  const captionHeight = parts.has('caption') ? caption.length * NOTE + 8 : 0;
  const words = TITLE + (parts.has('weights') ? STRIP + 6 : 0) + NUMBERS + NOTE;
  // In a figure of fixed height the fields get the room that the other parts leave.
  const below = chartsHeight + mapsHeight + networkHeight + captionHeight;
  const room = fixedHeight === 0 ? across : (fixedHeight - 2 * MARGIN - below) / rows - words - GAP;
  const side = parts.has('fields') ? Math.max(LEAST_SIDE, Math.min(across, room)) : 0;
  const rowHeight = words + side + GAP;
  const needed = MARGIN + rows * rowHeight + below + MARGIN;
  const mapsTop = MARGIN + rows * rowHeight + chartsHeight;
  return {
    width,
    height: fixedHeight || needed,
    /** Whether the parts need more height than there is. */
    crowded: fixedHeight > 0 && needed > fixedHeight,
    inner,
    columns,
    across,
    side,
    rowHeight,
    charts,
    chartWidth: isColumn || charts.length < 2 ? inner : (inner - GAP) / 2,
    /** Where a chart begins. @param {number} i */
    chartPlace: (i) => ({
      x: MARGIN + (isColumn ? 0 : i * ((inner - GAP) / 2 + GAP)),
      y: MARGIN + rows * rowHeight + (isColumn ? i * (HEADING + CHART_HEIGHT + GAP) : 0),
    }),
    mapsTop,
    mapSide,
    /** Where the name above a map begins. @param {number} i */
    mapPlace: (i) => ({
      x: MARGIN + (i % mapColumns) * (mapSide + GAP),
      y: mapsTop + HEADING + Math.floor(i / mapColumns) * mapRow,
    }),
    networkTop: mapsTop + mapsHeight,
    networkHeight,
    captionTop: mapsTop + mapsHeight + networkHeight,
  };
}

/**
 * What every part of a figure needs.
 * @typedef {object} Figure
 * @property {import('../state/model.js').LabModel} model
 * @property {import('../plots/palette.js').Colours} colours
 * @property {Set<Part>} parts
 * @property {ReturnType<typeof layoutOf>} layout
 * @property {Drawing} drawing
 */

/**
 * @param {import('../state/model.js').LabModel} model
 * @param {Element} themed an element in the theme of the figure
 * @param {import('../plots/palette.js').Colours} colours of that theme
 * @param {Options} options
 * @returns {{ svg: string, width: number, height: number }}
 */
export function figureSvg(model, themed, colours, options) {
  const { parts, transparent, caption } = options;
  const runs = model.store.state.runs.filter(({ id }) => model.race.latest.has(id));
  const [width, fixedHeight] = SHAPES[options.shape];
  const network = parts.has('network')
    ? networkPicture(model, colours, Math.min(720, width - 2 * MARGIN))
    : null;
  // If a slide has no room for all parts, they are drawn smaller.
  let scale = 1;
  let layout = layoutOf(runs.length, options, network, scale);
  while (layout.crowded && scale < MOST_SHRINKING) {
    scale += 0.1;
    layout = layoutOf(runs.length, options, network, scale);
  }
  const height = fixedHeight || layout.height;
  const drawing = new Drawing();
  const figure = { model, colours, parts, layout, drawing };
  runs.forEach((run, i) => {
    const x = MARGIN + (i % layout.columns) * (layout.across + GAP);
    const y = MARGIN + Math.floor(i / layout.columns) * layout.rowHeight;
    drawRun(figure, run, x, y);
  });
  layout.charts.forEach((part, i) => {
    const { x, y } = layout.chartPlace(i);
    const isCost = part === 'cost';
    const title = isCost ? t('chart.title.cost') : `${t('signals.title')}: ${t('signals.forward')}`;
    drawing.write(title, x, y + 15, { size: 15, weight: 600 });
    drawing.place((isCost ? costChart : signalChart)(model, layout.chartWidth, CHART_HEIGHT), x, y + HEADING);
  });
  if (parts.has('landscape')) drawMaps(figure, options.maps ?? []);
  if (network !== null) drawNetwork(figure, network);
  if (parts.has('caption'))
    caption.forEach((line, i) =>
      drawing.write(line, MARGIN, layout.captionTop + 16 + i * NOTE, { fill: 'var(--quiet)' }),
    );
  const size = `width="${layout.width}" height="${layout.height}"`;
  const paper = transparent ? '' : `<rect ${size} fill="var(--paper)" />`;
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: String(width),
      height: String(height),
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      'font-family': escaped(FACE),
      fill: 'var(--quiet)',
      'font-size': 12,
    },
    paper + drawing.markup,
  );
  const style = getComputedStyle(themed);
  // A file has no style sheet, so replace every variable by its colour.
  return {
    svg: svg.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim()),
    width,
    height,
  };
}

/**
 * Draws a run: its name, its weights, its field and its figures.
 * @param {Figure} figure
 * @param {import('../state/table.js').RunChoice} run
 * @param {number} x
 * @param {number} y
 */
function drawRun({ drawing, model, colours, parts, layout: { across, side } }, run, x, y) {
  const frame = /** @type {import('../race/types.js').CompleteRunFrame} */ (model.race.latest.get(run.id));
  const slot = model.slotOf(run.id);
  drawing.place(markupOf(glyph(slot)), x, y + 5);
  drawing.write(model.nameOf(run), x + 36, y + 15, { size: 15, weight: 600 });
  let top = y + TITLE;
  if (parts.has('weights') && frame.weights) {
    const { start, now, keeps } = frame.weights;
    const strips = now.map((counts, l) => ({
      name: l === now.length - 1 ? t('weights.output') : String(l + 1),
      start: start[l],
      now: counts,
      keeps: keeps[l],
    }));
    const width = Math.floor(parts.has('fields') ? Math.max(side, 180) : across);
    drawing.place(markupOf(weightStrip(strips, colourOf(slot), '', width, STRIP, tickText)), x, top);
    top += STRIP + 6;
  }
  if (parts.has('fields')) {
    const href = fieldPicture(model, frame, colours, side);
    drawing.add('image', { x, y: top, width: side, height: side, href });
    top += side;
  }
  const [train, test] = [frame.metrics.trainAccuracy, frame.metrics.testAccuracy].map((value) =>
    scoreText(model.race.answers.get(run.id), value),
  );
  drawing.write(train, x, top + 20, { size: 18, weight: 600 });
  drawing.write(
    `${t('run.test')} ${test} · ${t('run.cost')} ${cost(frame.metrics.cost, 3)}`,
    x + Math.min(across, Math.max(side, 270)),
    top + 20,
    { fill: 'var(--quiet)', anchor: 'end' },
  );
  if (frame.state && !model.prediction.hides)
    drawing.write(sentenceOf(frame.state).short, x, top + NUMBERS + 12, { fill: 'var(--quiet)' });
}

/**
 * @param {Figure} figure
 * @param {import('./figure-landscape.js').NamedMap[]} maps
 */
function drawMaps({ drawing, model, colours, layout }, maps) {
  if (maps.length === 0) return;
  drawing.write(t('landscape.title'), MARGIN, layout.mapsTop + 15, { size: 15, weight: 600 });
  const side = layout.mapSide;
  maps.forEach((named, i) => {
    const { x, y } = layout.mapPlace(i);
    const fill = named.slot === null ? 'var(--quiet)' : colourOf(named.slot);
    drawing.write(named.name, x, y + 12, { fill });
    const href = landscapePicture(named, model, colours, side);
    drawing.add('image', { x, y: y + NOTE, width: side, height: side, href });
  });
}

/**
 * @param {Figure} figure
 * @param {{ href: string, width: number, height: number }} network
 */
function drawNetwork({ drawing, layout }, { href, width }) {
  drawing.add('image', {
    x: MARGIN,
    y: layout.networkTop,
    width,
    height: layout.networkHeight - GAP,
    preserveAspectRatio: 'xMinYMin',
    href,
  });
}

/**
 * @param {import('../state/model.js').LabModel} model
 * @param {import('../race/types.js').CompleteRunFrame} frame
 * @param {import('../plots/palette.js').Colours} colours
 * @param {number} side
 */
function fieldPicture(model, frame, colours, side) {
  const canvas = document.createElement('canvas');
  const painter = new FieldPainter(canvas);
  painter.setColours(colours);
  painter.resize(side, 2);
  const data = model.race.datasets.get(frame.id);
  const { show } = model.store.state;
  painter.paint({
    field: frame.field,
    train: data?.train,
    test: data?.test,
    classes: show.includes('classes'),
    showTest: show.includes('test'),
    clean: show.includes('clean'),
  });
  return canvas.toDataURL('image/png');
}

/**
 * @param {import('../state/model.js').LabModel} model
 * @param {import('../plots/palette.js').Colours} colours
 * @param {number} room
 */
function networkPicture(model, colours, room) {
  const frame = model.race.latest.get(model.selectedRun.id);
  if (!frame?.network) return null;
  const canvas = document.createElement('canvas');
  const painter = new (inRows(frame.network.layers) ? StripPainter : NetworkPainter)(canvas);
  painter.setColours(colours);
  painter.paint(pictureOf(frame, frame.network, null), room, 2);
  return { href: canvas.toDataURL('image/png'), width: canvas.width / 2, height: canvas.height / 2 };
}

/**
 * @param {import('../state/model.js').LabModel} model
 * @param {number} width
 * @param {number} height
 */
function signalChart(model, width, height) {
  const lines = model.store.state.runs.flatMap((run) => {
    const frame = model.race.latest.get(run.id);
    const layers = frame?.diagnostics?.layers;
    if (!layers) return [];
    const values = layers.map(({ activation }) => Math.sqrt(activation.variance + activation.mean ** 2));
    return [{ name: model.nameOf(run), slot: model.slotOf(run.id), values }];
  });
  if (lines.length === 0) return '';
  const depth = Math.max(...lines.map(({ values }) => values.length));
  const spread = (/** @type {number[]} */ values) => [
    ...values.slice(0, -1),
    ...Array(depth - values.length).fill(NaN),
    ...values.slice(-1),
  ];
  return markupOf(
    layerLines(
      lines.map((line) => ({ ...line, values: spread(line.values) })),
      Array.from({ length: depth }, (_, l) => (l === depth - 1 ? t('signals.output') : String(l + 1))),
      '',
      { width, height, apart: true },
      compact,
    ),
  );
}

/**
 * @param {{ svg: string, width: number, height: number }} figure
 * @param {number} scale pixels per CSS pixel
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function figureCanvas({ svg, width, height }, scale) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
  });
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
