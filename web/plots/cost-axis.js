// Where a linear axis of the cost ends.

/**
 * A linear axis ends at most at this cost, so that one diverging run does not flatten the others.
 */
const LINEAR_TOP = 1.5;
/** A linear axis reaches at least this multiple of the cost of a constant guess. */
const ABOVE_PLATEAU = 1.3;

/**
 * Returns the cost at which a linear axis cuts lines off: a multiple of 0.5, so that it is a tick.
 * @param {number[]} plateaus costs of constant guesses
 */
export const linearTop = (plateaus) =>
  Math.max(LINEAR_TOP, ...plateaus.map((value) => Math.ceil(2 * ABOVE_PLATEAU * value) / 2));
