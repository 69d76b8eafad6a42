// Errors in the form that crosses a message: a cloned Error would lose its fields.

/**
 * @param {unknown} error
 * @returns {import('./types.js').Problem}
 */
export function problemOf(error) {
  const { message, code, field, value, expected } = /** @type {any} */ (error);
  const text = String(message ?? error);
  // A policy that forbids to compile has no code of its own.
  const blocked = code === undefined && /unsafe-eval|Content.Security|blocked by CSP/i.test(text);
  return { message: text, code: blocked ? 'wasm-blocked' : code, field, value, expected };
}

/** A problem as an Error of the page. */
export class LabProblem extends Error {
  /** @param {import('./types.js').Problem} problem */
  constructor(problem) {
    super(problem.message);
    this.name = 'LabProblem';
    this.problem = problem;
    /** With the problem's other fields: errorText writes the sentence from them. */
    this.code = problem.code;
    Object.assign(this, problem);
  }
}
