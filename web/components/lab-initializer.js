// The selected run's initializer: its formula, the activations it suits, its line of code, and its
// parameters, for all layers or for one.

import { css, html } from 'lit';
import { layerName, t } from '../texts/index.js';
import { formulaOf, labelOf, parameterHelp, parameterLabel } from '../texts/words.js';
import { mismatched, namesOf, suggested } from '../state/initializer-options.js';
import { completed, entryOf, mainParameter, settingsOf } from '../state/specs.js';
import { withLayer } from '../state/table.js';
import { choice, choiceField, numberField, parameterFields } from '../templates/controls.js';
import { settingStyles } from './common-styles.js';
import { LabElement, define, shared } from './element.js';
import { formula } from '../templates/formula.js';
import { opens } from '../templates/opens.js';

const WORDS = { label: parameterLabel, help: parameterHelp };

export class LabInitializer extends LabElement {
  static properties = {
    lines: { state: true },
    framework: { state: true },
  };
  static styles = [
    shared,
    settingStyles,
    css`
      .code {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
        gap: 0.25rem;
        margin: 0.375rem 0;
      }
      .code code,
      .code .help {
        grid-column: 1 / -1;
      }
      .code code {
        padding: 0.375rem 0.5rem;
        background: var(--raised);
        font-size: 0.75rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {typeof import('../../src/js/exports/framework-lines.js') | null} */
    this.lines = null;
    /** @type {import('../../src/js/exports/framework-lines.js').LineFramework} */
    this.framework = 'torch';
  }

  render() {
    const run = this.model.selectedRun;
    if (this.model.catalogue === null) return html``;
    const { initializers, activations } = /** @type {import('../race/race.js').Catalogue} */ (
      this.model.catalogue
    );
    const entry = entryOf(initializers, run.init.name);
    if (entry === undefined) return '';
    const main = mainParameter(entry);
    const rest = entry.parameters.filter(({ name }) => name !== main?.name && name !== 'seed');
    const set = (/** @type {string} */ name, /** @type {number} */ value) =>
      this.model.store.setRun(run.id, { init: { ...run.init, [name]: value } });
    return html`<p class="formula">${formula(plainFormula(entry, completed(entry, run.init)))}</p>
      <p class="help">${t.maybe(`init.${entry.name}.help`) ?? formula(entry.help)}</p>
      ${this.fit(run, entry, activations)} ${this.code(entry, run.init)}
      ${
        rest.length > 0
          ? html`<details>
              <summary>${t('more')}</summary>
              ${parameterFields(rest, completed(entry, run.init), set, WORDS)}
              <p class="help" lang="en">${entry.citation}</p>
            </details>`
          : ''
      }
      ${this.byLayer(run, initializers)}`;
  }

  /**
   * The line of code that draws these weights in a framework, with a copy button.
   * @param {import('../race/race.js').Entry} entry
   * @param {Record<string, any>} init
   */
  code(entry, init) {
    const { lines } = this;
    if (lines === null) {
      // The lines of code for frameworks are not part of the first view.
      import('../../src/js/exports/framework-lines.js').then((loaded) => (this.lines = loaded));
      return '';
    }
    const text = lines.initLine(this.framework, { ...completed(entry, init), name: entry.name });
    const framework = lines.LINE_FRAMEWORKS[this.framework];
    return html`<div class="code">
      ${choice({
        label: t('start.framework'),
        value: this.framework,
        options: Object.entries(lines.LINE_FRAMEWORKS).map(([value, name]) => ({ value, text: name })),
        onValue: (value) => (this.framework = /** @type {typeof this.framework} */ (value)),
      })}
      ${
        text === undefined
          ? html`<p class="help">${t('start.noLine', { framework })}</p>`
          : html`<button type="button" class="outline" @click=${() => this.copyLine(text)}>
                ${t('start.copy')}</button
              ><code>${text}</code>`
      }
    </div>`;
  }

  /** @param {string} line */
  copyLine(line) {
    this.dispatchEvent(new CustomEvent('export', { detail: { text: line }, bubbles: true, composed: true }));
  }

  /**
   * The activations that the initializer was made for; if the network has others, a link to a
   * suitable initializer.
   * @param {import('../state/table.js').RunChoice} run
   * @param {import('../race/race.js').Entry} entry
   * @param {import('../race/race.js').Entry[]} activations
   */
  fit(run, entry, activations) {
    const used = namesOf(settingsOf(this.state, run).activations);
    const words = (/** @type {string[]} */ names) =>
      [...new Set(names)]
        .map((name) => entryOf(activations, name))
        .flatMap((row) => (row ? [labelOf('activation', row)] : []))
        .join(', ');
    const { layers } = settingsOf(this.state, run);
    if ((entry.madeFor ?? []).length === 0 || layers.length === 0) return '';
    const better = mismatched(entry, used)
      ? suggested(/** @type {import('../race/race.js').Catalogue} */ (this.model.catalogue), used)
      : undefined;
    return html`<p class="help">
      ${t('start.madeFor', { names: words(entry.madeFor ?? []) })}
      ${
        better
          ? html`<button
              type="button"
              class="outline"
              @click=${() => this.model.store.begin(run.id, { name: better.name, layers: run.init.layers })}
            >
              ${t('start.use', { name: labelOf('init', better), activation: words(used) })}
            </button>`
          : ''
      }
    </p>`;
  }

  /**
   * Controls for the initializer of each layer of the selected run.
   * @param {import('../state/table.js').RunChoice} run
   * @param {import('../race/race.js').Entry[]} initializers
   */
  byLayer(run, initializers) {
    const count = settingsOf(this.state, run).layers.length + 1;
    /** @type {(import('../state/table.js').Choice | null)[]} */
    const layers = Array.from({ length: count }, (_, l) => run.init.layers?.[l] ?? null);
    const same = { value: '', text: t('start.layer.same') };
    const options = [same, ...initializers.map((row) => ({ value: row.name, text: labelOf('init', row) }))];
    return html`<details ${opens(layers.some(Boolean))}>
      <summary>${t('start.layers')}</summary>
      ${layers.map((own, l) => {
        const set = (/** @type {import('../state/table.js').Choice | null} */ value) =>
          this.model.store.setRun(run.id, { init: withLayer(run.init, l, value) });
        const label = layerName(l, count);
        const main = own && mainParameter(entryOf(initializers, own.name));
        return html`${choiceField({
          label,
          value: own?.name ?? '',
          options,
          onValue: (name) => set(name === '' ? null : { name }),
        })}
        ${
          own && main
            ? numberField({
                ...main,
                label: `${label}: ${parameterLabel(main)}`,
                help: parameterHelp(main),
                value: own[main.name] ?? main.value,
                onValue: (value) => set({ ...own, [main.name]: value }),
              })
            : ''
        }`;
      })}
    </details>`;
  }
}

/**
 * Returns an initializer's formula without the parameters that are 1 or 0 here.
 * @param {import('../race/race.js').Entry} entry
 * @param {Record<string, any>} values
 */
function plainFormula(entry, { gain = 1, slope = 0 }) {
  const text = formulaOf(entry);
  let shown = text;
  if (gain === 1)
    shown = shown
      .replaceAll('g² / ', '1 / ')
      .replace(/(\d) 1 \/ /g, '$1 / ')
      .replaceAll('g · ', '');
  if (slope === 0) shown = shown.replaceAll('(1 + a²) ', '').replace(/(?<!sqrt)\((n_in|n_out)\)/g, '$1');
  return shown;
}

define('lab-initializer', LabInitializer);
