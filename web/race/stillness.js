// Decides whether the field of a run has stopped changing. Such a field is sent once on the fine
// grid, then not again.

/** A field is still after this many unchanged frames at different iterations. */
const STILL_FRAMES = 4;
/** Share of the field's largest value below which a change is invisible. */
const INVISIBLE = 1e-5;
/** A still field stays still if it changes by less than this share. */
const SMALL = 1e-3;

export class Stillness {
  /** @type {Float32Array | null} */
  #values = null;
  #frames = 0;
  #iteration = 0;
  /** Whether the field was last sent on the fine grid. */
  fine = false;

  /**
   * Records a field. It is compared with the first unchanged field, so that slow drift is noticed.
   * A field with NaN is never still.
   * @param {Float32Array} values P - 1/2 on a grid
   * @param {number} iteration
   * @returns {boolean} whether the field is still
   */
  sees(values, iteration) {
    if (this.#changedAtMost(INVISIBLE, values)) {
      if (this.#iteration !== iteration) this.#frames += 1;
    } else {
      // A small change keeps the fine grid: flickering between grids would be more visible than the
      // change itself.
      const small = this.#frames >= STILL_FRAMES && this.#changedAtMost(SMALL, values);
      if (small) this.fine = false;
      else this.#frames = 0;
      this.#values = values.slice();
    }
    this.#iteration = iteration;
    return this.#frames >= STILL_FRAMES;
  }

  /**
   * @param {number} share of the field's largest value
   * @param {Float32Array} values
   */
  #changedAtMost(share, values) {
    const before = this.#values;
    if (before?.length !== values.length) return false;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return before.every((value, i) => Math.abs(value - values[i]) <= share * largest);
  }
}
