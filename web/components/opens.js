// A part of the page that folds: opened for the reader when there is something to see, closed by
// the reader only.

import { Directive, directive } from 'lit/directive.js';

class Opens extends Directive {
  /** Whether there was something to see before. */
  before = false;

  /** @param {boolean} _wanted */
  render(_wanted) {}

  /**
   * @param {import('lit/directive.js').ElementPart} part
   * @param {[boolean]} wanted
   */
  update({ element }, [wanted]) {
    if (wanted && !this.before) /** @type {HTMLDetailsElement} */ (element).open = true;
    this.before = wanted;
  }
}

/** For a `<details>`: opens it whenever the condition begins to hold. */
export const opens = directive(Opens);
