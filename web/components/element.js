// Base class of components: the model, updates when the language changes, shared styles.

import { LitElement, css, unsafeCSS } from 'lit';
import { onLanguage } from '../texts/index.js';
import { repaintsLost } from '../plots/palette.js';
import { LabModel } from '../state/model.js';
import { watchWidth } from '../browser/watch-width.js';
import controls from '../styles/controls.css?inline';

export { define } from '../browser/define.js';

export const shared = css`
  ${unsafeCSS(controls)}
`;

/**
 * A component of the lab. Inside the lab it gets the shared `model`. Alone on a page it creates its
 * own model from the attribute `experiment` (the text of a link after "#").
 */
export class LabElement extends LitElement {
  static styles = [shared];
  /** Events of the model after which the component renders. @type {string[]} */
  static follows = ['change'];

  /** While the race plays, a frame renders the component at most once in this many milliseconds. */
  static pace = 0;

  /** @type {LabModel} */
  #model = /** @type {any} */ (undefined);

  constructor() {
    super();
    // The lab may have set the model before this class was loaded. Then the element has it as a
    // field, which hides the accessor. Lit would apply it too late, after connectedCallback.
    if (Object.hasOwn(this, 'model')) {
      this.#model = this.model;
      Reflect.deleteProperty(this, 'model');
    }
    this.drawnAt = -Infinity;
    /** @type {(() => void)[]} */
    this.cleanups = [];
    this.ownsModel = false;
    /** Whether the element has left the page and disposed of its model. */
    this.disposed = false;
  }

  /** @returns {LabModel} */
  get model() {
    return this.#model;
  }

  set model(model) {
    const before = this.#model;
    this.#model = model;
    this.requestUpdate('model', before);
  }

  get hasModel() {
    return this.model !== undefined && !this.disposed;
  }

  createRenderRoot() {
    return repaintsLost(super.createRenderRoot());
  }

  connectedCallback() {
    if (!this.hasModel) {
      this.disposed = false;
      this.model = this.makeModel();
      this.ownsModel = true;
      this.model.start();
    }
    super.connectedCallback();
    const again = () => this.requestUpdate();
    const { follows, pace } = /** @type {typeof LabElement} */ (this.constructor);
    for (const name of follows)
      this.listen(this.model, name, name === 'frame' ? () => this.follow(pace) : again);
    this.cleanups.push(onLanguage(again));
    if (this.hasUpdated) this.attached();
  }

  firstUpdated() {
    this.attached();
  }

  /**
   * Sets up what needs the rendered element and lasts while it is on the page: observers, charts.
   * Runs after the first rendering, and again when the element has been moved in the page. Push the
   * ends onto `cleanups`.
   */
  attached() {}

  /**
   * Reports the element's width in CSS pixels, now and after each change, while it is connected.
   * @param {(width: number) => void} onWidth
   */
  watchWidth(onWidth) {
    this.cleanups.push(watchWidth(this, onWidth));
  }

  /** Creates the model of a component that is alone on a page. */
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
    for (const leave of this.cleanups) leave();
    this.cleanups = [];
    // Wait, because an element that only moves within the page is connected again by then.
    if (this.ownsModel) queueMicrotask(() => this.isConnected || this.disposed || this.disposeModel());
  }

  disposeModel() {
    this.disposed = true;
    this.model.dispose();
  }

  /**
   * Listens to an event until the element leaves the page.
   * @param {EventTarget} target
   * @param {string} name
   * @param {(event: any) => void} callback
   */
  listen(target, name, callback) {
    target.addEventListener(name, callback);
    this.cleanups.push(() => target.removeEventListener(name, callback));
  }

  get state() {
    return this.model.store.state;
  }
}
