// Names of runs: the reader's own name, or else the initializer and the settings that the run does
// not share.

import { without } from '../../src/js/experiments.js';
import { layerName, t } from '../texts/index.js';
import { compact } from '../texts/format.js';
import { labelOf } from '../texts/words.js';
import { entryOf, mainParameter, settingsOf } from './specs.js';
import { ownSettings } from './store.js';

/** @typedef {import('./table.js').LabState} LabState */
/** @typedef {import('./table.js').RunChoice} RunChoice */
/** @typedef {import('./table.js').Choice} Choice */
/** @typedef {import('./table.js').Settings} Settings */

/** The most differences that a name lists; the run's card lists all of them. */
const MOST_PARTS = 3;
/** The most details that are added to names that would otherwise be equal. */
const MOST_DETAILS = 2;

/** Names the scale of skip connections. @param {Settings['skip']} skip */
export function skipText(skip) {
  if (skip === null) return t('skip.none');
  const { scale = 1, learned = false } = skip;
  const text = t('skip.is', { scale: typeof scale === 'number' ? compact(scale) : scale });
  return learned ? `${text}, ${t('skip.learned.short')}` : text;
}

export class Names {
  /**
   * @param {LabState} state
   * @param {import('../race/race.js').Catalogue | null} catalogue null until the module has loaded
   */
  constructor(state, catalogue) {
    this.state = state;
    this.catalogue = catalogue;
    this.now = this.namesOf(state.runs);
  }

  /**
   * Returns a run's name. For a run that is not part of the state: the name it would have in place
   * of the run with its id.
   * @param {RunChoice} run
   * @returns {string}
   */
  nameOf(run) {
    const changed = () => this.namesOf(this.state.runs.map((other) => (other.id === run.id ? run : other)));
    return this.now.get(run) ?? changed().get(run) ?? '';
  }

  /**
   * Returns distinct names: equal names get the parameters in which their runs differ, or a number.
   * @param {RunChoice[]} runs
   * @returns {Map<RunChoice, string>}
   */
  namesOf(runs) {
    const rows = runs.map((run) => {
      const parts = run.name === '' ? this.partsOf(run) : [run.name];
      const shown = parts.slice(0, MOST_PARTS);
      const details = run.name === '' ? this.detailsOf(run) : [];
      return { run, base: shown.join(' · '), left: parts.slice(MOST_PARTS), details };
    });
    /** @type {Map<string, number>} */
    const counts = new Map();
    return new Map(
      rows.map(({ run, base, left, details }) => {
        const twins = rows.filter((row) => row.base === base).map((row) => [...row.left, ...row.details]);
        const apart = [...left, ...details]
          .filter((part) => twins.some((parts) => !parts.includes(part)))
          .slice(0, MOST_DETAILS);
        const more = left.some((part) => !apart.includes(part)) ? ' …' : '';
        const name = [base, ...apart].join(' · ') + more;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        return [run, count === 1 ? name : `${name} (${count})`];
      }),
    );
  }

  /** Returns the parts of a run's name. @param {RunChoice} run */
  partsOf(run) {
    return [
      this.initText(run.init),
      ...this.layersOf(run).map(([layer, choice]) => `${layer}: ${this.initText(choice)}`),
      ...ownSettings(run).map((setting) => this.settingText(run, setting)),
    ];
  }

  /**
   * The parameters of a run that differ from their defaults and are not in its name.
   * @param {RunChoice} run
   */
  detailsOf(run) {
    const { init, own } = run;
    const { initializers = [], datasets = [], optimizers = [] } = this.catalogue ?? {};
    /**
     * @param {import('../race/race.js').Entry[]} entries
     * @param {Choice | undefined} choice
     * @param {string} [main]
     */
    const details = (entries, choice, main = mainParameter(entryOf(entries, choice?.name ?? ''))?.name) =>
      Object.entries(choice ?? {})
        .filter(([key, value]) => typeof value === 'number' && key !== main)
        .map(([key, value]) => {
          const known = entryOf(entries, choice?.name ?? '')?.parameters.find(({ name }) => name === key);
          const label = t.maybe(`parameter.${key}.short`) ?? t.maybe(`parameter.${key}`) ?? known?.label;
          return `${label ?? key} ${/seed/i.test(key) ? value : compact(value)}`;
        });
    return [
      ...details(initializers, init),
      ...this.biasesOf(init),
      ...this.layersOf(run).flatMap(([, choice]) => details(initializers, choice)),
      ...details(datasets, own.dataset, ''),
      ...details(optimizers, own.optimizer, 'learningRate'),
    ];
  }

  /**
   * The initializers of single layers, with the layers' names.
   * @param {RunChoice} run
   * @returns {[string, Choice][]}
   */
  layersOf(run) {
    const count = settingsOf(this.state, run).layers.length + 1;
    return (run.init.layers ?? [])
      .slice(0, count)
      .flatMap((/** @type {Choice | null} */ choice, /** @type {number} */ l) =>
        choice === null ? [] : [[layerName(l, count), choice]],
      );
  }

  /** How biases start, where the initializer does not decide it. @param {Choice} init */
  biasesOf({ bias, outputBias }) {
    const starts = this.catalogue?.biasStarts ?? [];
    return [bias, outputBias]
      .filter((start) => start !== undefined)
      .map((start) => {
        const entry = entryOf(starts, start.name);
        return t('setting.biasIs', { start: entry ? labelOf('name', entry) : start.name });
      });
  }

  /** @param {Choice} init */
  initText(init) {
    if (init.name === 'normal') return `× ${compact(init.std ?? this.parameterDefault('normal', 'std'))}`;
    const entry = this.catalogue ? entryOf(this.catalogue.initializers, init.name) : undefined;
    const label = t.maybe(`init.${init.name}`) ?? entry?.label ?? init.name.replaceAll('_', ' ');
    const main = mainParameter(entry);
    const value = main ? init[main.name] : undefined;
    return value === undefined ? label : `${label} ${compact(value)}`;
  }

  /**
   * @param {string} init
   * @param {string} parameter
   */
  parameterDefault(init, parameter) {
    const entry = this.catalogue ? entryOf(this.catalogue.initializers, init) : undefined;
    return entry?.parameters.find(({ name }) => name === parameter)?.value ?? 0.01;
  }

  /**
   * @param {RunChoice} run
   * @param {import('./table.js').Setting} setting
   */
  settingText(run, setting) {
    const value = settingsOf(this.state, run)[setting];
    /**
     * @param {'optimizers' | 'datasets' | 'activations'} list
     * @param {string} name
     */
    const label = (list, name) =>
      t.maybe(`${list === 'activations' ? 'activation' : 'name'}.${name}`) ??
      (this.catalogue && entryOf(this.catalogue[list], name)?.label) ??
      name;
    if (setting === 'optimizer' || setting === 'dataset') {
      const { name, learningRate } = /** @type {Choice} */ (value);
      const text = name === 'points' ? t('data.own') : label(`${setting}s`, name);
      return learningRate === undefined ? text : `${text} ${compact(learningRate)}`;
    }
    if (setting === 'layers') {
      const { dataset, output } = settingsOf(this.state, run);
      const entry = this.catalogue ? entryOf(this.catalogue.datasets, dataset.name) : undefined;
      // With several classes the number of outputs follows from the data, which are elsewhere.
      const hidden = /** @type {number[]} */ (value);
      return (output === 'softmax' ? hidden : [entry?.features ?? 2, ...hidden, 1]).join('-');
    }
    if (setting === 'activations')
      return /** @type {Settings['activations']} */ (value)
        .map((each) =>
          typeof each === 'string'
            ? label('activations', each)
            : [label('activations', each.name), ...Object.values(without(each, ['name'])).map(compact)].join(
                ' ',
              ),
        )
        .join(', ');
    if (setting === 'normalization' || setting === 'parametrization') {
      const { name } = /** @type {Choice} */ (value);
      const entry = this.catalogue ? entryOf(this.catalogue[`${setting}s`], name) : undefined;
      return entry ? labelOf('name', entry) : name;
    }
    if (setting === 'skip') return skipText(/** @type {Settings['skip']} */ (value));
    if (setting === 'frozen')
      return t('setting.frozenIs', {
        layers: /** @type {number[]} */ (value).map((layer) => layer + 1).join(', ') || '–',
      });
    if (setting === 'seed') return t('setting.seedIs', { seed: String(value) });
    return Array.isArray(value) ? value.join(', ') : String(value);
  }
}
