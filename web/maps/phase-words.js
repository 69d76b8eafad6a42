// The words beside the phase diagram: the cell under the cursor, the legend, the conclusion.

import { compact, cost, percent, whole } from '../texts/format.js';
import { words } from '../story/map-words.js';
import { DEPTHS, GAINS, SEEDS, windows } from './phase-experiments.js';

/** @typedef {import('./phase-diagram.js').PhaseDiagram} PhaseDiagram */

/** The conclusion below the map; it needs the complete map. @param {PhaseDiagram} diagram */
export function conclusionOf(diagram) {
  const { done, total, complete } = diagram.runner;
  if (total === 0) return '';
  if (!complete) return words('phase.waiting', { done: whole(done), total: whole(total) });
  const bands = windows((row, column) => diagram.learned(row, column)).map(
    ({ depths: [low, high], from, to }) =>
      words(Number.isNaN(from) ? 'phase.band.none' : 'phase.band', {
        low,
        high,
        from: compact(Number(from.toPrecision(2))),
        to: compact(Number(to.toPrecision(2))),
      }),
  );
  return words('phase.bands', { bands: bands.join('; ') });
}

/** The sentence about the cell under the cursor. @param {PhaseDiagram} diagram */
export function readingOf(diagram) {
  if (diagram.cursor === null) return words('phase.hint');
  const { row, column } = diagram.cursor;
  const value = diagram.value(row, column);
  const where = words(DEPTHS[row] === 1 ? 'phase.cell.one' : 'phase.cell', {
    depth: DEPTHS[row],
    gain: compact(GAINS[column]),
  });
  if (value === null) return `${where}: ${words('phase.cell.none')}`;
  const text =
    diagram.measure === 'trainAccuracy' ? percent(value) : words('phase.cell.cost', { cost: cost(value, 3) });
  const draws = Math.round(SEEDS.length * diagram.results.done(row, column));
  if (draws === 0) return `${where}: ${words('phase.cell.neighbour', { value: text })}`;
  const cause = diagram.causeOf(row, column);
  const parts = [words('phase.cell.value', { value: text, draws, all: SEEDS.length })];
  if (cause !== null && cause !== 'learned') parts.push(words(`phase.cause.${cause}`));
  return `${where}: ${parts.join(', ')}`;
}

/** The kinds of cells that the legend explains. @param {PhaseDiagram} diagram */
export const kindsOf = ({ network }) =>
  network === 'plain'
    ? /** @type {const} */ (['vanished', 'exploded', 'dead', 'learned'])
    : /** @type {const} */ (['exploded', 'other', 'learned']);

/**
 * @param {PhaseDiagram} diagram
 * @param {'vanished' | 'exploded' | 'dead' | 'other' | 'learned' | 'missing'} kind
 */
export function legendText({ network, activation }, kind) {
  if (kind === 'other') return words('phase.legend.other');
  return words(
    kind === 'exploded' && network !== 'plain' ? 'phase.legend.cost' : `phase.legend.${kind}.${activation}`,
  );
}
