/** The specs of a pool's run that no worker has yet, as stretches of consecutive indices. */
export class SpecQueue {
  /** Half-open ranges [from, to); the last one is taken from first. @type {[number, number][]} */
  #stretches;
  /** Specs from this index on are not wanted. */
  #end;

  /** @param {number} total */
  constructor(total) {
    this.#end = total;
    this.#stretches = total > 0 ? [[0, total]] : [];
  }

  /** How many specs wait. */
  get length() {
    return this.#stretches.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  /**
   * Removes up to `count` consecutive specs. The queue must not be empty.
   *
   * @param {number} count at least 1
   * @returns {[from: number, to: number]}
   */
  take(count) {
    const stretch = this.#stretches[this.#stretches.length - 1];
    const from = stretch[0];
    const to = Math.min(from + count, stretch[1]);
    stretch[0] = to;
    if (to === stretch[1]) this.#stretches.pop();
    return [from, to];
  }

  /**
   * Returns specs that a worker did not get to.
   *
   * @param {number} from
   * @param {number} to
   */
  putBack(from, to) {
    const end = Math.min(to, this.#end);
    if (from < end) this.#stretches.push([from, end]);
  }

  /**
   * Drops the specs from `index` on.
   *
   * @param {number} index
   */
  dropFrom(index) {
    this.#end = Math.min(this.#end, index);
    this.#stretches = this.#stretches
      .map(([from, to]) => /** @type {[number, number]} */ ([from, Math.min(to, this.#end)]))
      .filter(([from, to]) => from < to);
  }
}
