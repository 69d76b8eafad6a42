// The last change that would lose something, and the way back.

import { experimentLink } from './presets.js';

/** @typedef {import('./table.js').LabState} LabState */

/** Fields that say how an experiment is watched: undoing keeps what was changed in them since. */
const WATCHED = /** @type {const} */ (['speed', 'stop', 'chart', 'scale', 'show']);

export class Undo {
  /** @type {{ text: string, before: LabState, after: LabState } | null} */
  #change = null;

  /** What can be undone, in words; null when there is nothing. */
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
   * Drops the offer when the experiment has changed since: undoing would lose that later change.
   * @param {LabState} now
   */
  follow(now) {
    if (this.#change !== null && experimentLink(this.#change.after) !== experimentLink(now)) this.clear();
  }

  /**
   * @param {LabState} now
   * @returns {LabState | null} the state to return to, null when there is none
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
