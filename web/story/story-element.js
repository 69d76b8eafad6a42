// Base class of a story's figures: redraws when the language changes and undoes what it set up when
// it leaves the page.

import { LitElement } from 'lit';
import { onLanguage } from '../texts/index.js';

export class StoryElement extends LitElement {
  constructor() {
    super();
    /** What to undo when the element leaves the page. @type {(() => void)[]} */
    this.cleanups = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.cleanups.push(onLanguage(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const cleanup of this.cleanups) cleanup();
    this.cleanups = [];
  }
}
