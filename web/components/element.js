// What every component shares: the model it shows, the language it speaks, the dress it wears.

import { LitElement, css, unsafeCSS } from 'lit';
import { onLanguage } from '../texts/index.js';
import { LabModel } from '../state/model.js';
import controls from '../styles/controls.css?inline';

export const shared = css`
  ${unsafeCSS(controls)}
`;

/**
 * A part of the lab. Inside the lab it is given the `model` that all parts share; alone on a page
 * it makes its own from the attribute `experiment` (a link's text after "#").
 */
export class LabElement extends LitElement {
  static properties = { model: { attribute: false } };
  static styles = [shared];
  /** Events of the model after which the part is drawn again. @type {string[]} */
  static follows = ['change'];

  /** While the race plays, frames draw the part again at most this often, in milliseconds. */
  static pace = 0;

  constructor() {
    super();
    this.drawnAt = -Infinity;
    /** @type {LabModel} */
    this.model = /** @type {any} */ (undefined);
    /** @type {(() => void)[]} */
    this.leavings = [];
    this.ownsModel = false;
    /** Whether the model of its own has been let go, as the element left the page. */
    this.gone = false;
  }

  get hasModel() {
    return this.model !== undefined && !this.gone;
  }

  connectedCallback() {
    if (!this.hasModel) {
      this.gone = false;
      this.model = this.makeModel();
      this.ownsModel = true;
      this.model.start();
    }
    super.connectedCallback();
    const again = () => this.requestUpdate();
    const { follows, pace } = /** @type {typeof LabElement} */ (this.constructor);
    for (const name of follows)
      this.listen(this.model, name, name === 'frame' ? () => this.follow(pace) : again);
    this.leavings.push(onLanguage(again));
  }

  /** What a part shows that stands alone. */
  makeModel() {
    return LabModel.fromLink(this.getAttribute('experiment') ?? '');
  }

  /** @param {number} pace */
  follow(pace) {
    const now = performance.now();
    if (this.model.race.frame?.playing && now - this.drawnAt < pace) return;
    this.drawnAt = now;
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const leave of this.leavings) leave();
    this.leavings = [];
    // An element that only moves to another place of the page is there again before this is asked.
    if (this.ownsModel) queueMicrotask(() => this.isConnected || this.gone || this.letGo());
  }

  letGo() {
    this.gone = true;
    this.model.dispose();
  }

  /**
   * Listens until the element leaves the page.
   *
   * @param {EventTarget} target
   * @param {string} name
   * @param {(event: any) => void} callback
   */
  listen(target, name, callback) {
    target.addEventListener(name, callback);
    this.leavings.push(() => target.removeEventListener(name, callback));
  }

  get state() {
    return this.model.store.state;
  }
}

/**
 * Registers a custom element once, so that two scripts of a page may both bring it.
 *
 * @param {string} name
 * @param {CustomElementConstructor} element
 */
export function define(name, element) {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
