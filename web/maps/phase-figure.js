// The phase diagram as a figure for a file.

import { coloursOf, css } from '../plots/palette.js';
import { compact } from '../texts/format.js';
import { words } from '../story/map-words.js';
import { CAUSES } from './phase-causes.js';
import { COLUMNS, DEPTHS, columnOf, placeOf } from './phase-experiments.js';
import { kindsOf, legendText } from './phase-words.js';

/**
 * Draws a phase diagram with the colours of an element's theme.
 *
 * @param {import('./phase-diagram.js').PhaseDiagram} diagram
 * @param {Element} themed
 * @returns {import('../story/map-figure.js').Drawing}
 */
export function drawing(diagram, themed) {
  const paint = diagram.painter(coloursOf(themed), getComputedStyle(themed));
  const { activation, network, data, method, runner } = diagram;
  return {
    name: 'init-lab-phase',
    title: words('maps.depth.heading'),
    panels: [
      {
        name: `${words(`phase.activation.${activation}`)}, ${words(`phase.network.${network}`)}`,
        aspect: 4 / 3,
        rows: DEPTHS.length,
        columns: COLUMNS,
        colour: (row, column) => {
          const cell = paint(row, column);
          return cell === null ? null : css(cell.colour);
        },
        line: diagram.line,
        curve: network === 'plain' ? diagram.reach : [],
        regions: diagram.words.map(({ share, down, text }) => ({
          column: share * COLUMNS - 0.5,
          row: (1 - down) * DEPTHS.length - 0.5,
          text,
        })),
        axes: { row: words('phase.depths'), column: words('phase.axis').replace('_in', 'ᵢₙ') },
        ticks: {
          rows: [1, 8, 16, 24, 32].map((depth) => ({
            share: placeOf(depth) / DEPTHS.length,
            text: String(depth),
          })),
          columns: [0.25, 0.5, 1, 2, 4].map((gain) => ({
            share: columnOf(gain) / COLUMNS,
            text: compact(gain),
          })),
        },
      },
    ],
    legend: [
      ...kindsOf(diagram).map((kind) => ({
        colour: kind === 'learned' ? 'var(--paper)' : `var(${CAUSES[kind]})`,
        text: legendText(diagram, kind),
      })),
      { colour: 'var(--class-0)', text: words(`phase.critical.${activation}`), dash: 'none' },
      ...(network === 'plain'
        ? [{ colour: 'var(--class-0)', text: words(`phase.reach.${activation}`), dash: '6 4' }]
        : []),
    ],
    caption: words('phase.caption', {
      depths: words(`phase.network.${network}`),
      data: words(`phase.data.${data}`),
      method: words(`phase.method.${method}`),
      progress: runner.progress,
    }),
  };
}
