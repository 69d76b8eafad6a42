// <init-lab>: one experiment, live, in any page. The built file is a classic script that contains
// everything, including the module and the worker, so that it can be on another host without CORS
// headers: <script async src="https://…/init-lab.js"></script>. All elements of a page share one
// worker. The page Embed (embedding.html) documents attributes, properties and events.

import theme from './styles/theme.css?inline';
import { css, unsafeCSS } from 'lit';
import { ATTRIBUTES, EXPERIMENT_ATTRIBUTES } from './attributes.js';
import { LabFigure } from './components/lab-figure.js';
import { define } from './components/element.js';
import { ownAddress } from './browser/own-address.js';
import { notifyThemeChange } from './plots/palette.js';
import { LabModel } from './state/model.js';
import { presets } from './state/preset-files.js';
import { linkOfJson } from './state/given.js';
import { readWithPreset } from './state/presets.js';
import { writeLink } from './state/table.js';
import { Store } from './state/store.js';
import { supported } from './browser/supported.js';
import { languages, onLanguage, setLanguage, t } from './texts/index.js';
import { language } from './texts/language.js';

/**
 * @typedef {{ state: import('./state/table.js').LabState, unread:
 *   import('./state/table.js').Unread[] }} Given
 */

/** Keys that a focused control, chart or field uses. */
const KEYS = /^( |Enter|Arrow\w+|Home|End|PageUp|PageDown)$/;
/** Events of a gesture, and the parts that use them. */
const GESTURES = ['pointerdown', 'pointermove', 'touchstart', 'touchmove'];
const TOUCHABLE = 'canvas, input, select, [role="application"], .plot, .u-over';

/**
 * Returns the address of the lab that belongs to this code. In the site, the code is in assets/, a
 * folder below the pages.
 * @param {string} address of this code
 * @returns {string} "" if there is no lab, for instance in a notebook
 */
function homeOf(address) {
  if (!/^(https?|file):/.test(address)) return '';
  const page = import.meta.env.VITE_HOME ?? (import.meta.env.PROD ? '../index.html' : './index.html');
  return new URL(page, address).href;
}

/**
 * @typedef {{ link: string, unread: import('./state/table.js').Unread[] }} LinkParts an experiment,
 *   without the seed of the attribute `seed`
 */

/**
 * @param {string} text a link's text, or JSON
 * @returns {LinkParts}
 */
const linkOfGiven = (text) => (/^\s*[[{]/.test(text) ? linkOfJson(text) : { link: text, unread: [] });

/**
 * JSON has no typed arrays, so write them as lists.
 * @param {string} _
 * @param {unknown} value
 */
const asLists = (_, value) => (ArrayBuffer.isView(value) ? [.../** @type {Float64Array} */ (value)] : value);

/**
 * Returns a value as JSON. A value without JSON (a function, a circular object) becomes a text that
 * the reader of links will report.
 * @param {unknown} value
 */
function jsonOf(value) {
  try {
    return JSON.stringify(value, asLists) ?? String(value);
  } catch (error) {
    return String(error);
  }
}

/** Uses the language of the surrounding page, if the lab has it. */
async function usePageLanguage() {
  const { lang } = document.documentElement;
  const [tag] = lang.toLowerCase().split('-');
  if (tag === language.tag || !Object.hasOwn(languages, tag)) return;
  await setLanguage(tag);
  // The page's author decides about a region such as "de-CH".
  document.documentElement.lang = lang;
}

export class InitLab extends LabFigure {
  static styles = [
    unsafeCSS(theme),
    ...LabFigure.styles,
    css`
      /* Nothing of what elements inherit, such as a slide's centred text. */
      :host {
        all: initial;
        display: block;
        container-type: inline-size;
        box-sizing: border-box;
        background: var(--paper);
        color: var(--ink);
        font: 400 var(--text) / 1.45 var(--face);
        font-variant-numeric: var(--figures);
      }
    `,
  ];

  static get observedAttributes() {
    return [...super.observedAttributes, ...ATTRIBUTES];
  }

  constructor() {
    super();
    /**
     * The iteration that was last reported; null while frames may belong to another experiment.
     * @type {number | null}
     */
    this.reportedIteration = null;
    /** The experiment at the time when the element left the page. @type {Given | null} */
    this.saved = null;
    /**
     * The value of the property `experiment`; later changes of the attributes override it.
     * @type {LinkParts | null}
     */
    this.assigned = null;
    // Presentation software handles keys and gestures of the whole page and sees only this element,
    // so stop the events that its parts use.
    this.addEventListener('keydown', (event) => {
      if (KEYS.test(event.key) && event.composedPath()[0] !== this) event.stopPropagation();
    });
    for (const name of GESTURES)
      this.addEventListener(name, (event) => {
        const [part] = event.composedPath();
        if (part instanceof Element && part.closest(TOUCHABLE)) event.stopPropagation();
      });
  }

  connectedCallback() {
    if (!supported) {
      this.textContent = t('fault.unsupported');
      return;
    }
    if (!this.hasModel) {
      this.upgradeProperties();
      const { state, unread } = this.saved ?? this.given;
      this.saved = null;
      this.disposed = false;
      this.seen = false;
      this.model = new LabModel(new Store(state), { unread, autoplay: false });
      this.ownsModel = true;
      this.toggleAttribute('themed', true);
      this.applyAttributes();
      this.model.start();
      usePageLanguage();
    }
    super.connectedCallback();
    const { model } = /** @type {LabFigure} */ (this);
    // The link to the lab contains the language.
    this.cleanups.push(onLanguage(() => this.applyAttributes()));
    this.listen(model, 'change', () => this.dispatchEvent(new Event('change')));
    this.listen(model.race, 'data', () => {
      // Skip this if another experiment has been set meanwhile.
      if (!model.race.settingRuns && !model.restartPending) this.reportedIteration ??= -1;
    });
    this.listen(model, 'frame', () => this.reportProgress());
  }

  disposeModel() {
    this.saved = { state: this.state, unread: [] };
    super.disposeModel();
  }

  /** Properties set before the element was defined hide those of the class, so set them again. */
  upgradeProperties() {
    for (const name of ATTRIBUTES) {
      if (!Object.hasOwn(this, name)) continue;
      const early = /** @type {any} */ (this)[name];
      Reflect.deleteProperty(this, name);
      /** @type {any} */ (this)[name] = early;
    }
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    super.attributeChangedCallback(name, before, now);
    if (before === now) return;
    if (name === 'preset' || name === 'experiment') this.assigned = null;
    if (!EXPERIMENT_ATTRIBUTES.includes(name)) {
      if (this.hasModel) this.applyAttributes();
    } else this.renew();
  }

  /** Follows a change of the experiment's attributes or property. */
  renew() {
    if (this.hasModel) this.show(this.given);
    // The element is not on a page: show the new experiment next, not the old one.
    else this.saved = null;
  }

  /** Applies the attributes that concern look and controls. */
  applyAttributes() {
    const wanted = this.getAttribute('theme') ?? '';
    const before = this.dataset.theme;
    if (wanted === 'light' || wanted === 'dark') this.dataset.theme = wanted;
    else delete this.dataset.theme;
    if (this.dataset.theme !== before) notifyThemeChange();
    this.playsInSight = !/^(off|false|no|0)$/.test(this.getAttribute('autoplay') ?? '');
    const hidden = (this.getAttribute('hide') ?? '').split(/[\s,+]+/);
    this.chart = !hidden.includes('chart');
    const home = homeOf(ownAddress);
    this.home = home === '' || language.tag === 'en' ? home : `${home}?lang=${language.tag}`;
    this.hidden_ = home === '' ? [...hidden, 'link'] : hidden;
    const height = Number(this.getAttribute('height') ?? NaN);
    Object.assign(
      this.style,
      height > 0 ? { height: `${height}px`, overflow: 'auto' } : { height: '', overflow: '' },
    );
    const show = /** @type {string[]} */ (this.state.show).filter((part) => part !== 'clean');
    if (hidden.includes('data')) show.push('clean');
    if (show.join() !== this.state.show.join()) this.model.store.set({ show });
    this.requestUpdate();
  }

  /** The experiment of the attributes `preset` and `experiment`. @returns {LinkParts} */
  get fromAttributes() {
    const preset = this.getAttribute('preset');
    const { link, unread } = linkOfGiven(this.getAttribute('experiment') ?? '');
    return { link: preset === null ? link : `preset=${preset}&${link}`, unread };
  }

  /**
   * The experiment of the property or the attributes, with the seed, and the parts that could not
   * be read.
   * @returns {Given}
   */
  get given() {
    const { link, unread } = this.assigned ?? this.fromAttributes;
    const extra = ['seed', 'predict'].flatMap((name) => {
      const value = this.getAttribute(name);
      return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
    });
    const read = readWithPreset(presets, [link, ...extra].join('&'));
    return { state: read.state, unread: [...unread, ...read.unread] };
  }

  /** @param {Given} given */
  show({ state, unread }) {
    const { model } = this;
    this.reportedIteration = null;
    model.open(state, unread, { restart: true });
    this.applyAttributes();
    if (state.at !== null) model.seek(state.at);
    else if (model.prediction.wanted) return;
    else if (this.playsInSight && this.visible) model.begin();
    else if (this.playsInSight) this.seen = false;
  }

  reportProgress() {
    const iteration = this.reached;
    const { iterations } = this.state;
    if (this.reportedIteration === null || iteration === this.reportedIteration) return;
    this.reportedIteration = iteration;
    this.dispatchEvent(new CustomEvent('progress', { detail: { iteration, iterations } }));
    if (iteration >= iterations) this.dispatchEvent(new Event('done'));
  }

  play() {
    if (this.hasModel) this.model.play(true);
  }

  pause() {
    if (this.hasModel) this.model.play(false);
  }

  reset() {
    if (this.hasModel) this.model.reset();
  }

  /**
   * The experiment as the text of a link. It accepts a link, JSON or an object; null returns to the
   * attributes.
   * @returns {any}
   */
  get experiment() {
    return writeLink((this.hasModel ? this : (this.saved ?? this.given)).state);
  }

  set experiment(value) {
    if (value === null || value === undefined) this.assigned = null;
    else if (typeof value === 'string') this.assigned = linkOfGiven(value);
    else this.assigned = linkOfJson(jsonOf(value));
    this.renew();
  }
}

/**
 * Gives the class a property for each attribute, because frameworks set properties if an element
 * has them. A boolean is an attribute that is present and empty, or "off"; null removes the
 * attribute.
 */
for (const name of ATTRIBUTES.filter((attribute) => attribute !== 'experiment'))
  Object.defineProperty(InitLab.prototype, name, {
    configurable: true,
    enumerable: true,
    /**
     * @this {InitLab}
     * @returns {string}
     */
    get() {
      return this.getAttribute(name) ?? '';
    },
    /**
     * @this {InitLab}
     * @param {unknown} value
     */
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else if (typeof value === 'boolean') this.setAttribute(name, value ? '' : 'off');
      else this.setAttribute(name, String(value));
    },
  });

define('init-lab', InitLab);
