// <init-lab>: one experiment, live, in any page. The built file holds everything, the module and the worker included, so
// that it may lie on another host than the page: <script type="module" src="https://…/init-lab.js">.
//
// Attributes: `preset` (the name of a file in experiments/) or `experiment` (the text of a lab link after "#", or JSON: an
// experiment or a preset), `seed` of the weights, `hide` (any of controls, chart, link), `theme` (light or dark), `height`
// of the whole in CSS pixels (what does not fit is scrolled to). It trains when it is first seen and rests out of sight;
// several on one page share one worker.
// Events: `change` (a setting, or play and pause), `progress` (detail: { iteration, iterations }), `done`.
// Methods: play(), pause(), reset(). Property: `experiment`, the text of a lab link; JSON may be set as well.
// Colours and sizes are the variables of styles/theme.css, which a page may set on the element: --paper, --ink, --line …

import theme from './styles/theme.css?inline';
import { css, unsafeCSS } from 'lit';
import { LabFigure } from './components/lab-figure.js';
import { define } from './components/element.js';
import { LabModel } from './state/model.js';
import { presets } from './state/preset-files.js';
import { linkOfJson } from './state/given.js';
import { stateOf } from './state/presets.js';
import { readLink, writeLink } from './state/table.js';

// In a variable, as bundlers take a page that stands in `new URL` for a file to copy.
const here = import.meta.url;

/** The lab beside this code: bundled into the site, it lies in assets/, a folder below the pages. "" where there is none, as in a notebook. @param {string} address of this code */
function homeOf(address) {
  if (!/^(https?|file):/.test(address)) return '';
  return new URL(
    import.meta.env.VITE_HOME ?? (import.meta.env.PROD ? '../index.html' : './index.html'),
    address,
  ).href;
}

/** @param {string} text a link's text, or JSON */
const linkOfGiven = (text) => (text.trim().startsWith('{') ? linkOfJson(text) : { link: text, unread: [] });

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
      const { link, unread } = this.given;
      const model = LabModel.fromLink(link);
      model.unread.push(...unread);
      model.autoplay = false;
      model.start();
      this.model = model;
      this.ownsModel = true;
      this.hidden_ = (this.getAttribute('hide') ?? '').split(/\s+/);
      this.chart = !this.hidden_.includes('chart');
      this.home = homeOf(here);
      if (this.home === '') this.hidden_.push('link');
      const height = Number(this.getAttribute('height') ?? NaN);
      if (height > 0) Object.assign(this.style, { height: `${height}px`, overflow: 'auto' });
    }
    super.connectedCallback();
    const { model } = /** @type {LabFigure} */ (this);
    this.listen(model, 'change', () => this.dispatchEvent(new Event('change')));
    this.listen(model, 'frame', () => this.tell());
  }

  /** The experiment as its attributes say it, and what of them made no sense. */
  get given() {
    const name = this.getAttribute('preset');
    const preset = presets.find(({ id }) => id === name);
    const written = linkOfGiven(this.getAttribute('experiment') ?? '');
    const unread = [...written.unread];
    const expected = presets.map(({ id }) => id).join(', ');
    if (name !== null && !preset)
      unread.push({ key: 'preset', text: name, reason: `expected one of ${expected}` });
    const state = preset ? stateOf(preset) : readLink(written.link).state;
    const asked = this.getAttribute('seed');
    const seed = Number(asked ?? NaN);
    const usable = Number.isInteger(seed) && seed >= 0 && seed < 4294967296;
    if (asked !== null && !usable)
      unread.push({ key: 'seed', text: asked, reason: 'expected a whole number from 0 to 4294967295' });
    if (!preset) unread.push(...readLink(written.link).unread);
    return { link: writeLink(usable ? { ...state, seed } : state), unread };
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

  set experiment(text) {
    const { link, unread } = linkOfGiven(text);
    const read = readLink(link);
    this.model.store.set(read.state, { restart: true });
    this.model.tellUnread([...unread, ...read.unread]);
  }
}

define('init-lab', InitLab);
