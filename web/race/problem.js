// Errors in the form that crosses a message: a cloned Error would lose its fields.

/** @param {unknown} error @returns {import('./types.js').Problem} */
export function problemOf(error) {
  const { message, code, field, value, expected } = /** @type {any} */ (error);
  return { message: String(message ?? error), code, field, value, expected };
}

/** A problem as an Error of the page. */
export class LabProblem extends Error {
  /** @param {import('./types.js').Problem} problem */
  constructor(problem) {
    super(problem.message);
    this.name = 'LabProblem';
    this.problem = problem;
  }
}
