// Errors in the form in which they cross a message; a cloned Error would lose its fields.

/**
 * @param {unknown} error
 * @returns {import('./types.js').Problem}
 */
export function problemOf(error) {
  const { message, code, field, value, expected } = /** @type {any} */ (error);
  const text = String(message ?? error);
  // A violation of the page's policy has no code of its own.
  const blocked = code === undefined && /unsafe-eval|Content.Security|blocked by CSP/i.test(text);
  return { message: text, code: blocked ? 'wasm-blocked' : code, field, value, expected };
}

/** A Problem as an Error of the page. */
export class LabProblem extends Error {
  /** @param {import('./types.js').Problem} problem */
  constructor(problem) {
    super(problem.message);
    this.name = 'LabProblem';
    this.problem = problem;
    /** Copies the problem's fields, from which errorText writes the sentence. */
    this.code = problem.code;
    Object.assign(this, problem);
  }
}
