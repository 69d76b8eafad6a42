// The setup column: the settings that runs share, and those that one run has for itself.

import { css, html } from 'lit';
import { LIMITS } from '../../src/js/limits.js';
import { t } from '../texts/index.js';
import { compact, whole } from '../texts/format.js';
import { formulaOf, labelOf, parameterHelp, parameterLabel } from '../texts/words.js';
import { namesOf } from '../state/initializer-options.js';
import { skipText } from '../state/names.js';
import { completed, entryOf, settingsOf } from '../state/specs.js';
import { SHOWABLE } from '../state/table.js';
import { choiceField, numberField, parameterFields, tick } from '../templates/controls.js';
import { settingStyles } from './common-styles.js';
import { LabElement, define, shared } from './element.js';
import { formula } from '../templates/formula.js';
import { openIcon } from '../templates/icons.js';
import './lab-architecture.js';
import './lab-initializer.js';

/** @typedef {import('../state/table.js').Setting} Setting */

const WORDS = { label: parameterLabel, help: parameterHelp };
/** Parameters that are always visible; the others are under "More". */
const FIRST = new Set(['samples', 'noise', 'seed', 'learningRate', 'batchSize', 'l2']);

/**
 * @param {import('../race/race.js').Entry[]} entries
 * @param {string} name
 */
const labelIn = (entries, name) => labelOf('name', entryOf(entries, name) ?? { name, label: name });

export class LabSetup extends LabElement {
  static properties = { one: { state: true } };
  static styles = [
    shared,
    settingStyles,
    css`
      /* Choices begin at one left edge; the longest labels are of the network. */
      :host {
        --label: 6.625rem;
        --field-size: var(--small);
      }
      section {
        padding: 0 0 0.75rem;
      }
      section h2 {
        min-height: 2.25rem;
      }
      details.group {
        border-top: 1px solid var(--line);
      }
      details.group > summary {
        display: flex;
        align-items: baseline;
        gap: 0 0.5rem;
        padding: 0.5rem 0;
        color: var(--ink);
        font-size: var(--text);
        list-style: none;
      }
      details.group > summary::-webkit-details-marker {
        display: none;
      }
      details.group > summary svg {
        flex: none;
        align-self: center;
        width: 12px;
        height: 12px;
        margin-left: auto;
        fill: var(--quiet);
      }
      details[open].group > summary svg {
        rotate: 180deg;
      }
      details.group > summary h2 {
        font-size: var(--text);
      }
      .values {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--quiet);
        font-size: var(--small);
      }
      details.group > div {
        padding-bottom: 0.75rem;
      }
      .unlink {
        min-height: 0;
        padding: 0;
        color: var(--quiet);
        font-size: var(--small);
        text-decoration: underline;
      }
      @media print {
        .scope {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** Whether changes apply to the selected run only. */
    this.one = false;
  }

  render() {
    const { model } = this;
    if (model.catalogue === null) return html``;
    const run = model.selectedRun;
    const settings = settingsOf(this.state, run);
    return html`<section>
        <h2>${t('start.title', { name: model.nameOf(run) })}</h2>
        <lab-initializer .model=${model}></lab-initializer>
      </section>
      ${this.group('data', ['dataset'], this.dataValues(settings), () => this.data(settings))}
      ${this.group(
        'network',
        ['layers', 'activations', 'output', 'normalization', 'skip', 'parametrization', 'frozen'],
        this.networkValues(settings),
        () => html`<lab-architecture .model=${model} .change=${this.change}></lab-architecture>`,
      )}
      ${this.group('training', ['optimizer', 'precision', 'seed'], this.trainingValues(settings), () =>
        this.training(settings),
      )}
      ${this.group('show', [], this.showValues(), () => this.display())}`;
  }

  /**
   * A group of settings, closed at first; its heading summarizes the values. One group is open at a
   * time.
   * @param {'data' | 'network' | 'training' | 'show'} name
   * @param {Setting[]} settings
   * @param {string} values
   * @param {() => unknown} contents
   */
  group(name, settings, values, contents) {
    const run = this.model.selectedRun;
    const own = settings.filter((setting) => run.own[setting] !== undefined);
    return html`<details class="group" name="setup">
      <summary>
        <h2>${t(`${name}.title`)}</h2>
        <span class="values">${values}</span>
        ${openIcon}
      </summary>
      <div>
        ${settings.length > 0 ? this.scope(run) : ''}
        ${
          own.length === 0
            ? ''
            : html`<button
                type="button"
                class="unlink"
                @click=${() => own.forEach((setting) => this.model.store.unlink(run.id, setting, false))}
              >
                ${t('run.unlinked')} · ${t('run.link')}
              </button>`
        }
        ${contents()}
      </div>
    </details>`;
  }

  /** @param {import('../state/table.js').Settings} settings */
  dataValues({ dataset }) {
    if (dataset.name === 'points')
      return `${t('data.own')}${dataset.standardize ? `, ${t('data.standardized')}` : ''}`;
    const { datasets } = /** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue);
    const entry = entryOf(datasets, dataset.name);
    const { samples } = completed(entry, dataset);
    const scaled = dataset.standardize ? `, ${t('data.standardized')}` : '';
    return `${entry ? labelOf('name', entry) : dataset.name}${samples ? `, ${whole(samples)}` : ''}${scaled}`;
  }

  /** @param {import('../state/table.js').Settings} settings */
  networkValues({ layers, activations, output, normalization, skip, parametrization }) {
    const {
      activations: known,
      normalizations,
      parametrizations,
    } = /** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue);
    const names = [...new Set(namesOf(activations))].map((name) => {
      const entry = entryOf(known, name);
      return entry ? labelOf('activation', entry) : name;
    });
    const shape =
      layers.length > 6
        ? `${layers.length} × ${Math.max(...layers)}`
        : this.model.shapeOf(this.model.selectedRun, layers);
    const more = [
      ...(output === 'softmax' || output === 'linear' ? [output] : []),
      ...(normalization.name === 'none' ? [] : [labelIn(normalizations, normalization.name)]),
      ...(skip === null ? [] : [skipText(skip)]),
      ...(parametrization.name === 'standard' ? [] : [labelIn(parametrizations, parametrization.name)]),
    ];
    return [layers.length === 0 ? shape : `${shape} ${names.join(', ')}`, ...more].join(', ');
  }

  /** @param {import('../state/table.js').Settings} settings */
  trainingValues({ optimizer }) {
    const { optimizers } = /** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue);
    const entry = entryOf(optimizers, optimizer.name);
    const { learningRate } = completed(entry, optimizer);
    return t('training.values', {
      method: entry ? labelOf('name', entry) : optimizer.name,
      rate: compact(learningRate),
    });
  }

  showValues() {
    const { show } = this.state;
    const what = show.includes('classes') ? t('show.classes.short') : t('show.probability');
    return show.includes('clean') ? `${what}, ${t('show.clean')}` : what;
  }

  /** Options of what the fields show besides the probability. */
  display() {
    return SHOWABLE.map((what) =>
      tick({
        label: t(`show.${what}`),
        on: this.state.show.includes(what),
        onValue: (on) => this.model.store.show(what, on),
      }),
    );
  }

  /** @param {import('../state/table.js').RunChoice} run */
  scope(run) {
    if (this.state.runs.length === 1) return '';
    return html`<div class="scope">
      ${choiceField({
        label: t('setup.scope'),
        value: this.one ? 'one' : 'all',
        options: [
          { value: 'all', text: t('setup.scope.all') },
          { value: 'one', text: t('setup.scope.one', { name: this.model.nameOf(run) }) },
        ],
        onValue: (value) => (this.one = value === 'one'),
      })}
    </div>`;
  }

  /**
   * Changes a setting for all runs, or for the selected one only.
   * @type {(setting: Setting, value: any) => void}
   */
  change = (setting, value) => {
    const { store, selectedRun: run } = this.model;
    if (this.one && run.own[setting] === undefined) store.unlink(run.id, setting, true);
    store.setSetting(setting, value, run.id);
  };

  /** @param {import('../state/table.js').Settings} settings */
  data({ dataset }) {
    const { datasets } = /** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue);
    const entry = entryOf(datasets, dataset.name);
    const values = completed(entry, dataset);
    const set = (/** @type {string} */ name, /** @type {number} */ value) =>
      this.change('dataset', { ...dataset, [name]: value });
    const parameters = entry?.parameters ?? [];
    return html`${choiceField({
        label: t('data.set'),
        quietLabel: true,
        value: dataset.name,
        options: [
          ...datasets.map((row) => ({ value: row.name, text: labelOf('name', row) })),
          { value: 'points', text: t('data.own') },
        ],
        onValue: (name) => this.chooseData(name),
      })}
      ${entry ? html`<p class="help">${t.maybe(`name.${entry.name}.help`) ?? entry.help}</p>` : ''}
      ${parameterFields(
        parameters.filter(({ name }) => FIRST.has(name)),
        values,
        set,
        WORDS,
      )}
      ${this.more(
        parameters.filter(({ name }) => !FIRST.has(name)),
        values,
        set,
      )}
      ${this.standardize(dataset)}
      <button type="button" class="outline" @click=${() => this.openPoints()}>${t('data.edit')}</button>`;
  }

  /**
   * Scales the inputs to mean 0 and variance 1, and says when they are far from that.
   * @param {import('../state/codec.js').Choice} dataset
   */
  standardize({ standardize = false, ...dataset }) {
    const scale = this.model.race.datasets.get(this.model.selectedRun.id)?.inputScale;
    return html`${tick({
      label: t('data.standardize'),
      on: standardize,
      onValue: (on) => this.change('dataset', on ? { ...dataset, standardize: true } : dataset),
    })}
    ${
      scale?.farFromOne && !standardize
        ? html`<p class="help">${t('data.far', { size: compact(scale.rootMeanSquare) })}</p>`
        : ''
    }`;
  }

  /** @param {string} name */
  chooseData(name) {
    if (name === 'points') {
      this.openPoints();
      // Without points the data set stays; render again so that the choice shows it.
      this.requestUpdate();
      return;
    }
    this.change('dataset', { name });
    const { datasets } = /** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue);
    const { hasTargets = false, features = 2 } = entryOf(datasets, name) ?? {};
    const { output } = settingsOf(this.state, this.model.selectedRun);
    // The output follows where the labels leave no choice.
    if (hasTargets !== (output === 'linear')) this.change('output', hasTargets ? 'linear' : 'sigmoid');
    if (features > 2) this.change('output', 'softmax');
  }

  openPoints() {
    this.dispatchEvent(
      new CustomEvent('points', { detail: { change: this.change }, bubbles: true, composed: true }),
    );
  }

  /**
   * @param {import('../race/race.js').ParameterInfo[]} parameters
   * @param {Record<string, number>} values
   * @param {(name: string, value: number) => void} set
   */
  more(parameters, values, set) {
    if (parameters.length === 0) return '';
    return html`<details>
      <summary>${t('training.more')}</summary>
      ${parameterFields(parameters, values, set, WORDS)}
    </details>`;
  }

  /** @param {import('../state/table.js').Settings} settings */
  training({ optimizer, precision, seed }) {
    const { optimizers, precisions } = /** @type {import('../race/race.js').Catalogue} */ (
      this.model.catalogue
    );
    const entry = entryOf(optimizers, optimizer.name);
    const values = completed(entry, optimizer);
    const set = (/** @type {string} */ name, /** @type {number} */ value) =>
      this.change('optimizer', { ...optimizer, [name]: value });
    const parameters = entry?.parameters ?? [];
    return html`${choiceField({
      label: t('training.method'),
      quietLabel: true,
      value: optimizer.name,
      options: optimizers.map((row) => ({ value: row.name, text: labelOf('name', row) })),
      onValue: (name) => this.change('optimizer', { name }),
    })}
    ${entry?.formula ? html`<p class="help formula">${formula(formulaOf(entry))}</p>` : ''}
    ${parameterFields(
      parameters.filter(({ name }) => FIRST.has(name)),
      values,
      set,
      WORDS,
    )}
    ${this.more(
      parameters.filter(({ name }) => !FIRST.has(name)),
      values,
      set,
    )}
    ${choiceField({
      label: t('training.precision'),
      help: t('term.precision'),
      value: precision,
      options: precisions.map((name) => ({ value: name, text: t(`training.precision.${name}`) })),
      onValue: (value) => this.change('precision', value),
    })}
    ${numberField({
      name: 'seed',
      label: t('training.seed'),
      help: t('term.seed'),
      value: seed,
      min: 0,
      max: LIMITS.seed,
      integer: true,
      slider: false,
      onValue: (value) => this.change('seed', value),
    })}`;
  }
}

define('lab-setup', LabSetup);
