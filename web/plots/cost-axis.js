// The end of a linear axis of the cost.

/**
 * A linear axis ends at most at this cost, so that one diverging run does not flatten the others.
 */
const LINEAR_TOP = 1.5;
/** Of the cost of a constant guess, a linear axis shows at least this multiple. */
const ABOVE_PLATEAU = 1.3;

/**
 * Returns where a linear axis cuts the lines off: in halves, so that it ends at one of its ticks.
 * @param {number[]} plateaus costs of constant guesses
 */
export const linearTop = (plateaus) =>
  Math.max(LINEAR_TOP, ...plateaus.map((value) => Math.ceil(2 * ABOVE_PLATEAU * value) / 2));
