// A prediction before the training: the learner ranks the runs by the training accuracy that they
// will reach, locks the ranking, and compares it with the result. Until then the page does not show
// which run fails.

export class Prediction {
  #model;
  /**
   * Ids of the runs, highest expected accuracy first; runs added later come last.
   * @type {string[]}
   */
  #order = [];
  /** Whether the learner has committed to the order. */
  locked = false;

  /** @param {import('./model.js').LabModel} model */
  constructor(model) {
    this.#model = model;
  }

  /** Whether this experiment asks for a prediction. */
  get wanted() {
    const { predict, runs } = this.#model.store.state;
    return predict === 'rank' && runs.length > 1;
  }

  /** Whether the training has ended, or the learner has stopped asking. */
  get done() {
    const { frame } = this.#model.race;
    return (
      this.locked &&
      frame !== null &&
      !frame.catchingUp &&
      !frame.playing &&
      frame.position >= this.#model.store.state.iterations
    );
  }

  /** Whether states and verdicts stay hidden. */
  get hides() {
    return this.wanted && !this.done;
  }

  /** @returns {string[]} ids, highest accuracy first */
  get order() {
    const ids = this.#model.store.state.runs.map(({ id }) => id);
    const known = this.#order.filter((id) => ids.includes(id));
    return [...known, ...ids.filter((id) => !known.includes(id))];
  }

  /**
   * Moves a run to a position in the ranking.
   * @param {string} id
   * @param {number} place from 0
   */
  put(id, place) {
    if (this.locked) return;
    const others = this.order.filter((other) => other !== id);
    this.#order = others.toSpliced(Math.max(0, place), 0, id);
  }

  /** @returns {string[]} ids by the accuracy that they have reached, highest first */
  get result() {
    return this.order.toSorted((a, b) => this.#accuracy(b) - this.#accuracy(a));
  }

  /**
   * The number of pairs of runs that are ranked correctly. A pair of equal accuracies is always
   * correct.
   */
  get score() {
    const { order } = this;
    let [right, pairs] = [0, 0];
    for (const [i, a] of order.entries())
      for (const b of order.slice(i + 1)) {
        pairs += 1;
        if (this.#accuracy(a) >= this.#accuracy(b)) right += 1;
      }
    return { right, pairs };
  }

  /** Unlocks the ranking for the next training. */
  unlock() {
    this.locked = false;
  }

  /** @param {string} id */
  #accuracy(id) {
    return this.#model.race.latest.get(id)?.metrics.trainAccuracy ?? 0;
  }
}
