// States, settings and parameters in words.

import { t } from './index.js';
import { compact, cost, percent, wholePercent, whole } from './format.js';

/** How each number of a state is written. @type {Record<string, (value: number) => string>} */
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

/** A state as the short form and the reason. @param {import('../race/types.js').RunState} state */
export function sentenceOf({ kind, values }) {
  const words = Object.fromEntries(
    // No line ends between a number and its sign.
    Object.entries(values).map(([name, value]) => [
      name,
      (FORMATS[name] ?? whole)(value).replace(' ', '\u00a0'),
    ]),
  );
  return {
    short: t(/** @type {any} */ (`state.${kind}`), words),
    // Whenever the cost is infinite, the reason is the same.
    why: t(/** @type {any} */ (`state.${kind.replace(/^(infinite).*/, '$1')}.why`), words),
  };
}

/**
 * What the catalogue calls a thing, unless the page's language has its own word for it.
 *
 * @param {'init' | 'name' | 'activation'} group
 * @param {{ name: string, label: string }} entry
 */
export const labelOf = (group, { name, label }) => t.maybe(`${group}.${name}`) ?? label;

/** @param {{ name: string, label: string }} parameter */
export const parameterLabel = ({ name, label }) => t.maybe(`parameter.${name}`) ?? label;

/** @param {{ name: string, help?: string }} parameter */
export const parameterHelp = ({ name, help }) => t.maybe(`parameter.${name}.help`) ?? help ?? '';
