// The list of initializers in a control: first those that suit the network's activations, then the
// defaults of frameworks.

import { t } from '../texts/index.js';
import { labelOf } from '../texts/words.js';

/** @typedef {import('../race/race.js').Catalogue} Catalogue */
/** @typedef {import('../race/race.js').Entry} Entry */

const FRAMEWORKS = /^(pytorch|keras|tensorflow|jax)_/;

/**
 * Whether an initializer was made for all of these activations.
 * @param {Entry} entry
 * @param {string[]} activations
 */
export const suits = ({ madeFor = [] }, activations) => activations.every((name) => madeFor.includes(name));

/**
 * Whether it was made for other activations only.
 * @param {Entry} entry
 * @param {string[]} activations
 */
export const mismatched = (entry, activations) =>
  (entry.madeFor ?? []).length > 0 && !suits(entry, activations);

/**
 * The activations by name: catalogue values may be names or {name, slope}.
 * @param {(string | { name: string })[]} activations
 */
export const namesOf = (activations) =>
  activations.map((activation) => (typeof activation === 'string' ? activation : activation.name));

/**
 * The initializer to suggest instead of an unsuitable one.
 * @param {Catalogue} known
 * @param {string[]} activations
 */
export const suggested = ({ initializers }, activations) =>
  initializers.find((entry) => suits(entry, activations));

/**
 * @param {Catalogue} known
 * @param {(string | { name: string })[]} given activations of the hidden layers
 */
export function initializerOptions(known, given) {
  const activations = namesOf(given);
  const labels = activations.map((name) => {
    const entry = known.activations.find((row) => row.name === name);
    return entry ? labelOf('activation', entry) : name;
  });
  const groups = /** @type {const} */ (['suits', 'frameworks', 'others']);
  const groupOf = (/** @type {Entry} */ entry) =>
    suits(entry, activations) ? 'suits' : FRAMEWORKS.test(entry.name) ? 'frameworks' : 'others';
  return groups.flatMap((group) =>
    known.initializers
      .filter((entry) => groupOf(entry) === group)
      .map((entry) => ({
        value: entry.name,
        text: entry.name === 'normal' ? t('init.factor') : labelOf('init', entry),
        group: t(`start.${group}`, { names: [...new Set(labels)].join(', ') }),
      })),
  );
}
