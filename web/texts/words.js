// Texts of states, settings and parameters.

import { t } from './index.js';
import { compact, cost, decimal, percent, wholePercent, whole } from './format.js';

/**
 * Returns the formula of a catalogue entry, in the page's language if it contains words.
 * @param {{ name: string, formula?: string }} entry
 */
export const formulaOf = ({ name, formula = '' }) => t.maybe(`formula.${name}`) ?? formula;

/** The format of each number of a state. @type {Record<string, (value: number) => string>} */
const FORMATS = {
  share: wholePercent,
  train: percent,
  test: percent,
  constant: percent,
  gradient: compact,
  size: compact,
  cost,
  chance: cost,
  iteration: whole,
};

/**
 * Returns a state's short text and its reason.
 * @param {import('../race/types.js').RunState} state
 */
export function sentenceOf({ kind, values }) {
  const words = Object.fromEntries(
    // Keep a number and its unit on one line.
    Object.entries(values).map(([name, value]) => [
      name,
      (FORMATS[name] ?? whole)(value).replace(' ', '\u00a0'),
    ]),
  );
  return {
    short: t(/** @type {any} */ (`state.${kind}`), words),
    // All causes of an infinite cost have the same reason.
    why: t(/** @type {any} */ (`state.${kind.replace(/^(infinite).*/, '$1')}.why`), words),
  };
}

/**
 * Writes what the core calls an accuracy: the share of correct examples, or R² for values.
 *
 * @param {{ kind: string } | undefined} answers of the run
 * @param {number} value
 * @param {number} [digits] of a share, after the point
 */
export const scoreText = (answers, value, digits = 1) =>
  answers?.kind === 'values' ? `R² ${decimal(value)}` : percent(value, digits);

/**
 * Returns the name of a catalogue entry in the page's language, or else the catalogue's name.
 * @param {'init' | 'name' | 'activation'} group
 * @param {{ name: string, label: string }} entry
 */
export const labelOf = (group, { name, label }) => t.maybe(`${group}.${name}`) ?? label;

/** @param {{ name: string, label: string }} parameter */
export const parameterLabel = ({ name, label }) => t.maybe(`parameter.${name}`) ?? label;

/** @param {{ name: string, help?: string }} parameter */
export const parameterHelp = ({ name, help }) => t.maybe(`parameter.${name}.help`) ?? help ?? '';

/** Keeps a factor with its sign, and a number with its unit, on one line. @param {string} text */
export const unbroken = (text) => text.replaceAll('× ', '×\u00a0').replaceAll(' %', '\u00a0%');
