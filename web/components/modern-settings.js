// Settings of a network beyond its widths: parameters of its activations, normalization, skip
// connections, parametrization, frozen layers.

import { html } from 'lit';
import { SKIP_SCALES } from '../../src/js/limits.js';
import { layerName, t } from '../texts/index.js';
import { labelOf, parameterHelp, parameterLabel } from '../texts/words.js';
import { completed, entryOf } from '../state/specs.js';
import { choiceField, numberField, parameterFields, tick } from '../templates/controls.js';

/** @typedef {import('../state/table.js').Setting} Setting */
/** @typedef {import('../state/table.js').Settings} Settings */
/** @typedef {import('../race/race.js').Catalogue} Catalogue */
/** @typedef {(setting: Setting, value: any) => void} Change */

const WORDS = { label: parameterLabel, help: parameterHelp };
/** The scale of skip connections that is a number; the option's value in the list. */
const NUMBER = 'number';
const NUMBER_START = 0.5;
/** Most layers that can be frozen one by one; links and files can name any. */
const MOST_TICKS = 8;

/**
 * @param {Settings} settings
 * @param {Catalogue} known
 * @param {Change} change
 */
export const modernSettings = (settings, known, change) =>
  settings.layers.length === 0
    ? ''
    : html`${kind('normalization', settings, known.normalizations, change)} ${skips(settings, change)}
      ${kind('parametrization', settings, known.parametrizations, change)} ${frozen(settings, change)}`;

/**
 * The parameters of the activation that all layers share, such as the slope of leaky ReLU.
 * @param {Settings} settings
 * @param {Catalogue} known
 * @param {Change} change
 */
export function activationParameters({ activations }, known, change) {
  const [first] = activations;
  if (activations.length > 1 && activations.some((each) => JSON.stringify(each) !== JSON.stringify(first)))
    return '';
  const choice = typeof first === 'string' ? { name: first } : first;
  const entry = entryOf(known.activations, choice.name);
  return parameterFields(
    entry?.parameters ?? [],
    completed(entry, choice),
    (name, value) => change('activations', [{ ...choice, [name]: value }]),
    WORDS,
  );
}

/**
 * A row of a table with its parameters.
 * @param {'normalization' | 'parametrization'} setting
 * @param {Settings} settings
 * @param {import('../race/race.js').Entry[]} entries
 * @param {Change} change
 */
function kind(setting, { [setting]: chosen }, entries, change) {
  const entry = entryOf(entries, chosen.name);
  return html`${choiceField({
    label: t(`setting.${setting}`),
    help: t(`term.${setting}`),
    value: chosen.name,
    options: entries.map((row) => ({ value: row.name, text: labelOf('name', row) })),
    onValue: (name) => change(setting, { name }),
  })}
  ${parameterFields(
    entry?.parameters ?? [],
    completed(entry, chosen),
    (name, value) => change(setting, { ...chosen, [name]: value }),
    WORDS,
  )}`;
}

/**
 * @param {Settings} settings
 * @param {Change} change
 */
function skips({ skip, layers }, change) {
  const { scale = 1, learned = false } = skip ?? {};
  const isWord = typeof scale !== 'number';
  const value = skip === null ? 'none' : isWord ? scale : scale === 1 ? '1' : NUMBER;
  const set = (/** @type {import('../state/codec.js').Skip['scale']} */ next) =>
    change('skip', { scale: next, learned });
  return html`${choiceField({
    label: t('setting.skip'),
    help: t('term.skip'),
    value,
    options: [
      { value: 'none', text: t('skip.none') },
      ...SKIP_SCALES.map((each) => ({ value: each, text: t('skip.is', { scale: each }) })),
      { value: NUMBER, text: t('skip.number') },
    ],
    onValue: (next) => {
      if (next === 'none') change('skip', null);
      else set(next === NUMBER ? NUMBER_START : next === '1' ? 1 : /** @type {any} */ (next));
    },
  })}
  ${
    value === NUMBER
      ? numberField({
          name: 'skip',
          label: t('skip.scale'),
          help: t('term.skip'),
          value: Number(scale),
          min: 0,
          max: 2,
          integer: false,
          onValue: set,
        })
      : ''
  }
  ${
    skip === null
      ? ''
      : tick({
          label: t('skip.learned'),
          on: learned,
          onValue: (on) => change('skip', { scale, learned: on }),
        })
  }
  ${
    skip !== null && layers.some((width) => width !== layers[0])
      ? html`<p class="help">${t('skip.widths')}</p>`
      : ''
  }`;
}

/**
 * @param {Settings} settings
 * @param {Change} change
 */
function frozen({ frozen: still, layers }, change) {
  if (layers.length + 1 > MOST_TICKS) return '';
  return html`<details>
    <summary class="small quiet">${t('setting.frozen')}</summary>
    ${[...layers, 1].map((_, l) =>
      tick({
        label: layerName(l, layers.length + 1),
        on: still.includes(l),
        onValue: (on) =>
          change('frozen', on ? [...still, l].sort((a, b) => a - b) : still.filter((other) => other !== l)),
      }),
    )}
  </details>`;
}
