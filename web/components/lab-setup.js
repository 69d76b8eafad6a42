// The quiet column: what the runs share, and what one of them may have for itself.

import { css, html } from 'lit';
import { layerName, t } from '../texts/index.js';
import { labelOf, parameterHelp, parameterLabel } from '../texts/words.js';
import { completed, entryOf, mainParameter, settingsOf } from '../state/specs.js';
import { withLayer } from '../state/table.js';
import { choiceField, numberField, parameterFields } from './controls.js';
import { LabElement, define, shared } from './element.js';
import { formula } from './formula.js';
import { opens } from './opens.js';
import './lab-network.js';

/** @typedef {import('../state/table.js').Setting} Setting */

const WORDS = { label: parameterLabel, help: parameterHelp };
/** Parameters that are always in sight; the others wait under "More". */
const FIRST = new Set(['samples', 'noise', 'seed', 'learningRate', 'batchSize', 'l2']);

export class LabSetup extends LabElement {
  static properties = { ...LabElement.properties, one: { state: true }, drawing: { state: true } };
  static styles = [
    shared,
    css`
      section {
        break-inside: avoid;
        padding: 0 0 1rem;
      }
      h2 {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        min-height: 2.25rem;
        padding-top: 0.5rem;
        border-top: 1px solid var(--line);
      }
      h2 small {
        font-weight: 400;
        font-size: var(--small);
        color: var(--quiet);
      }
      section:first-child h2 {
        border-top: 0;
      }
      h2 button {
        min-height: 0;
        padding: 0 0.25rem;
        font-size: var(--small);
        color: var(--quiet);
        font-weight: 400;
        text-decoration: underline;
      }
      @media print {
        .scope {
          display: none;
        }
      }
      .help {
        margin: 0.25rem 0;
        color: var(--quiet);
        font-size: var(--small);
      }
      summary {
        padding: 0.25rem 0;
        color: var(--quiet);
        font-size: var(--small);
        cursor: pointer;
      }
    `,
  ];

  constructor() {
    super();
    /** Whether changes are for the chosen run only. */
    this.one = false;
    this.drawing = false;
  }

  render() {
    const { model } = this;
    if (model.catalogue === null) return html``;
    const run = model.selectedRun;
    const settings = settingsOf(this.state, run);
    return html`<section>
        <h2>${t('start.title', { name: model.nameOf(run) })}</h2>
        ${this.start(run)}
      </section>
      ${this.scope(run)}
      <section>${this.heading(t('data.title'), ['dataset'])} ${this.data(settings)}</section>
      <section>
        ${this.heading(t('network.title'), ['layers', 'activations', 'output'])}
        <lab-network .model=${model} .change=${this.change}></lab-network>
      </section>
      <section>
        ${this.heading(t('training.title'), ['optimizer', 'precision', 'seed'])} ${this.training(settings)}
      </section>`;
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

  /** A section's title, and for a run that has a setting of its own the way back. @param {string} text @param {Setting[]} settings */
  heading(text, settings) {
    const run = this.model.selectedRun;
    const own = settings.filter((setting) => run.own[setting] !== undefined);
    return html`<h2>
      ${text}
      ${
        own.length === 0
          ? ''
          : html`<button
              type="button"
              @click=${() => own.forEach((setting) => this.model.store.unlink(run.id, setting, false))}
            >
              ${t('run.unlinked')} · ${t('run.link')}
            </button>`
      }
    </h2>`;
  }

  /** Changes a setting for all runs, or for the chosen one alone. @type {(setting: Setting, value: any) => void} */
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
      )} <button type="button" class="outline" @click=${() => this.openPoints()}>${t('data.edit')}</button>`;
  }

  /** @param {string} name */
  chooseData(name) {
    if (name === 'points') {
      this.openPoints();
      // Without points the race keeps its data, and the choice says so.
      this.requestUpdate();
    } else this.change('dataset', { name });
  }

  openPoints() {
    this.dispatchEvent(
      new CustomEvent('points', { detail: { change: this.change }, bubbles: true, composed: true }),
    );
  }

  /** @param {import('../race/race.js').ParameterInfo[]} parameters @param {Record<string, number>} values @param {(name: string, value: number) => void} set */
  more(parameters, values, set) {
    if (parameters.length === 0) return '';
    return html`<details>
      <summary>${t('training.more')}</summary>
      ${parameterFields(parameters, values, set, WORDS)}
    </details>`;
  }

  /** What the chosen run's initializer is, with all its parameters. @param {import('../state/table.js').RunChoice} run */
  start(run) {
    const { initializers, activations } = /** @type {import('../race/race.js').Catalogue} */ (
      this.model.catalogue
    );
    const entry = entryOf(initializers, run.init.name);
    if (entry === undefined) return '';
    const main = mainParameter(entry);
    const rest = entry.parameters.filter(({ name }) => name !== main?.name && name !== 'seed');
    const set = (/** @type {string} */ name, /** @type {number} */ value) =>
      this.model.store.setRun(run.id, { init: { ...run.init, [name]: value } });
    const fit = (entry.madeFor ?? [])
      .map((name) => entryOf(activations, name))
      .filter((row) => row !== undefined);
    return html`<p class="formula">${formula(entry.formula)}</p>
      <p class="help">
        ${t.maybe(`init.${entry.name}.help`) ?? formula(entry.help)}
        ${main?.name === 'gain' ? t('start.gain') : ''}
      </p>
      ${
        fit.length > 0
          ? html`<p class="help">
              ${t('start.madeFor', { names: fit.map((row) => labelOf('activation', row)).join(', ') })}
            </p>`
          : ''
      }
      ${
        rest.length > 0
          ? html`<details>
              <summary>${t('training.more')}</summary>
              ${parameterFields(rest, completed(entry, run.init), set, WORDS)}
              <p class="help" lang="en">${entry.citation}</p>
            </details>`
          : ''
      }
      ${this.byLayer(run, initializers)}`;
  }

  /** An initializer for each layer of the chosen run. @param {import('../state/table.js').RunChoice} run @param {import('../race/race.js').Entry[]} initializers */
  byLayer(run, initializers) {
    const count = settingsOf(this.state, run).layers.length + 1;
    /** @type {(import('../state/table.js').Choice | null)[]} */
    const layers = Array.from({ length: count }, (_, l) => run.init.layers?.[l] ?? null);
    const same = { value: '', text: t('start.layer.same') };
    const options = [same, ...initializers.map((row) => ({ value: row.name, text: labelOf('init', row) }))];
    return html`<details ${opens(layers.some(Boolean))}>
      <summary>${t('start.layers')}</summary>
      ${layers.map((choice, l) => {
        const set = (/** @type {import('../state/table.js').Choice | null} */ value) =>
          this.model.store.setRun(run.id, { init: withLayer(run.init, l, value) });
        const label = layerName(l, count);
        const main = choice && mainParameter(entryOf(initializers, choice.name));
        return html`${choiceField({
          label,
          value: choice?.name ?? '',
          options,
          onValue: (name) => set(name === '' ? null : { name }),
        })}
        ${
          choice && main
            ? numberField({
                ...main,
                label: `${label}: ${parameterLabel(main)}`,
                help: parameterHelp(main),
                value: choice[main.name] ?? main.value,
                onValue: (value) => set({ ...choice, [main.name]: value }),
              })
            : ''
        }`;
      })}
    </details>`;
  }

  /** @param {import('../state/table.js').Settings} settings */
  training({ optimizer, precision, seed }) {
    const { optimizers } = /** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue);
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
    ${entry?.formula ? html`<p class="help formula">${formula(entry.formula)}</p>` : ''}
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
      options: [
        { value: 'float64', text: t('training.precision.float64') },
        { value: 'float32', text: t('training.precision.float32') },
      ],
      onValue: (value) => this.change('precision', value),
    })}
    ${numberField({
      name: 'seed',
      label: t('training.seed'),
      help: t('term.seed'),
      value: seed,
      min: 0,
      max: 4294967295,
      integer: true,
      slider: false,
      onValue: (value) => this.change('seed', value),
    })}`;
  }
}

define('lab-setup', LabSetup);
