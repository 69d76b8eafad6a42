// <init-lab>: one experiment, live, in any page of the same host. One ES module: <script type="module" src="init-lab.js">.
//
// Attributes: `preset` (the name of a file in experiments/) or `experiment` (the text of a lab link after "#"), `seed`
// of the weights, `hide` (any of controls, chart, link), `theme` (light or dark). It trains when it is first seen and
// rests out of sight; several on one page share one worker.
// Events: `change` (a setting, or play and pause), `progress` (detail: { iteration, iterations }), `done`.
// Colours and sizes are the variables of styles/theme.css, which a page may set on the element: --paper, --ink, --line …

import theme from './styles/theme.css?inline';
import { css, unsafeCSS } from 'lit';
import { LabFigure } from './components/lab-figure.js';
import { define } from './components/element.js';
import { LabModel } from './state/model.js';
import { presets } from './state/preset-files.js';
import { stateOf } from './state/presets.js';
import { readLink, writeLink } from './state/table.js';

// In a variable, as bundlers take a page that stands in `new URL` for a file to copy.
const here = import.meta.url;

export class InitLab extends LabFigure {
  static styles = [
    unsafeCSS(theme),
    ...LabFigure.styles,
    css`
      :host {
        display: block;
        background: var(--paper);
        color: var(--ink);
        font: 400 var(--text) / 1.45 var(--face);
      }
    `,
  ];

  constructor() {
    super();
    /** The iteration that was told last. */
    this.told = -1;
  }

  connectedCallback() {
    if (!this.hasModel) {
      this.toggleAttribute('themed', true);
      const theme_ = this.getAttribute('theme');
      if (theme_ === 'light' || theme_ === 'dark') this.dataset.theme = theme_;
      const model = LabModel.fromLink(this.link);
      model.autoplay = false;
      model.start();
      this.model = model;
      this.ownsModel = true;
      this.hidden_ = (this.getAttribute('hide') ?? '').split(/\s+/);
      this.chart = !this.hidden_.includes('chart');
      // Built, this code lies in assets/, a folder below the pages.
      this.home = new URL(import.meta.env.PROD ? '../index.html' : './index.html', here).href;
    }
    super.connectedCallback();
    const { model } = /** @type {LabFigure} */ (this);
    this.listen(model, 'change', () => this.dispatchEvent(new Event('change')));
    this.listen(model, 'frame', () => this.tell());
  }

  /** The experiment as its attributes say it; an unknown preset shows the lab's own beginning. */
  get link() {
    const preset = presets.find(({ id }) => id === this.getAttribute('preset'));
    const state = preset ? stateOf(preset) : readLink(this.getAttribute('experiment') ?? '').state;
    const seed = Number(this.getAttribute('seed') ?? NaN);
    return writeLink(Number.isInteger(seed) && seed >= 0 ? { ...state, seed } : state);
  }

  tell() {
    const iteration = this.model.race.frame?.position ?? 0;
    const { iterations } = this.state;
    if (iteration === this.told) return;
    this.told = iteration;
    this.dispatchEvent(new CustomEvent('progress', { detail: { iteration, iterations } }));
    if (iteration >= iterations) this.dispatchEvent(new Event('done'));
  }

  play() {
    this.model.play(true);
  }

  pause() {
    this.model.play(false);
  }

  reset() {
    this.model.reset();
  }

  /** The experiment as the text of a link. */
  get experiment() {
    return writeLink(this.state);
  }

  set experiment(link) {
    this.model.store.set(readLink(link).state, { restart: true });
  }
}

define('init-lab', InitLab);
