// Base class of a story's figures: renders when the language changes and cleans up when it leaves
// the page.

import { LitElement } from 'lit';
import { watchSight } from '../browser/sight.js';
import { watchWidth } from '../browser/watch-width.js';
import { repaintsLost } from '../plots/palette.js';
import { onLanguage } from '../texts/index.js';

export class StoryElement extends LitElement {
  constructor() {
    super();
    /** Functions to call when the element leaves the page. @type {(() => void)[]} */
    this.cleanups = [];
    /** The element's width in CSS pixels, once it is watched; 0 before the first layout. */
    this.room = 0;
    /** Whether onceSeen() has called its function. */
    this.begun = false;
  }

  /** Renders the element when its width changes, so that letters in drawings keep their size. */
  watchRoom() {
    this.cleanups.push(
      watchWidth(this, (width) => {
        const room = Math.floor(width);
        if (room === this.room) return;
        this.room = room;
        this.requestUpdate();
      }),
    );
  }

  createRenderRoot() {
    return repaintsLost(super.createRenderRoot());
  }

  connectedCallback() {
    super.connectedCallback();
    this.cleanups.push(onLanguage(() => this.requestUpdate()));
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
   * Calls a function once, when the element first becomes visible: a page has several figures, and
   * each trains only when a reader comes to it.
   *
   * @param {() => void} begin
   */
  onceSeen(begin) {
    if (this.begun) return;
    const stopWatching = watchSight(this, (seen) => {
      if (!seen) return;
      stopWatching();
      this.begun = true;
      begin();
    });
    this.cleanups.push(stopWatching);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const cleanup of this.cleanups) cleanup();
    this.cleanups = [];
  }
}
