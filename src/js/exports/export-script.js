/** Scripts that reproduce a run in a framework, from the same data and the same initial weights. */
import { expected, fieldError } from '../errors.js';
import { jaxScript } from './jax-script.js';
import { kerasScript } from './keras-script.js';
import { numpyScript } from './numpy-script.js';
import { torchScript } from './torch-script.js';

/** @typedef {import('./script-parts.js').ScriptRun} ScriptRun */
/** @typedef {'numpy' | 'torch' | 'keras' | 'jax'} Framework */

/** @type {Record<Framework, (run: ScriptRun) => string>} */
const SCRIPTS = { numpy: numpyScript, torch: torchScript, keras: kerasScript, jax: jaxScript };

/** The frameworks that scripts can be written for. */
export const FRAMEWORKS = /** @type {Framework[]} */ (Object.keys(SCRIPTS));

/**
 * Writes the script of a run.
 *
 * @param {Framework} framework
 * @param {ScriptRun} run
 * @returns {string} Python 3
 * @throws {TypeError} for another framework
 */
export function exportScript(framework, run) {
  if (!FRAMEWORKS.includes(framework)) throw fieldError('framework', framework, expected.oneOf(FRAMEWORKS));
  return SCRIPTS[framework](run);
}
