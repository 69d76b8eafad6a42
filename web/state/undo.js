// Remembers the last change that would lose something, and undoes it.

import { experimentLink } from './presets.js';

/** @typedef {import('./table.js').LabState} LabState */

/** Fields that concern only how an experiment is watched. Undo keeps their later changes. */
const WATCHED = /** @type {const} */ (['speed', 'stop', 'chart', 'scale', 'show']);

export class Undo {
  /** @type {{ text: string, before: LabState, after: LabState } | null} */
  #change = null;

  /** A description of the change that can be undone; null if there is none. */
  get text() {
    return this.#change?.text ?? null;
  }

  /**
   * @param {string} text
   * @param {LabState} before
   * @param {LabState} after
   */
  offer(text, before, after) {
    this.#change = { text, before, after };
  }

  clear() {
    this.#change = null;
  }

  /**
   * Drops the change if the experiment has changed since, because undoing would lose the later
   * change.
   * @param {LabState} now
   */
  follow(now) {
    if (this.#change !== null && experimentLink(this.#change.after) !== experimentLink(now)) this.clear();
  }

  /**
   * @param {LabState} now
   * @returns {LabState | null} the state to return to, null if there is none
   */
  stateBefore(now) {
    if (this.#change === null) return null;
    const { before, after } = this.#change;
    /** @type {Record<string, any>} */
    const kept = { at: now.at };
    for (const field of WATCHED) if (now[field] !== after[field]) kept[field] = now[field];
    return { ...before, ...kept };
  }
}
