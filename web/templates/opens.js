// A directive for collapsible parts of the page: opens them when they have something to show; only
// the reader closes them.

import { Directive, directive } from 'lit/directive.js';

class Opens extends Directive {
  /** Whether the condition held at the last render. */
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

/** For a `<details>` element: opens it whenever the condition becomes true. */
export const opens = directive(Opens);
