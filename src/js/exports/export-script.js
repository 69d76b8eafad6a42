/** Scripts that reproduce a run in a framework, from the same data and the same initial weights. */
import { jaxScript } from './jax-script.js';
import { kerasProblem, kerasScript } from './keras-script.js';
import { numpyScript } from './numpy-script.js';
import { layersOf } from './script-parts.js';
import { torchScript } from './torch-script.js';

/** @typedef {import('./script-parts.js').ScriptRun} ScriptRun */
/** @typedef {'numpy' | 'torch' | 'keras' | 'jax'} Framework */

/** @type {Record<Framework, (run: ScriptRun) => string>} */
const SCRIPTS = { numpy: numpyScript, torch: torchScript, keras: kerasScript, jax: jaxScript };

/** The frameworks that scripts can be written for. */
export const FRAMEWORKS = /** @type {Framework[]} */ (Object.keys(SCRIPTS));

/**
 * Says why a run has no script in a framework.
 *
 * @param {Framework} framework
 * @param {ScriptRun} run
 * @returns {string | undefined} undefined if there is a script
 */
export function scriptProblem(framework, run) {
  if (framework === 'keras') return kerasProblem(run);
  const isBatchNormalized = layersOf(run).some(({ normalization }) => normalization?.name === 'batch');
  if (isBatchNormalized && framework !== 'torch')
    return 'batch normalization has a script for PyTorch and Keras only';
  return undefined;
}

/**
 * Writes the script of a run.
 *
 * @param {Framework} framework
 * @param {ScriptRun} run
 * @returns {string} Python 3
 * @throws {Error} with code 'no-script' where scriptProblem says why
 */
export function exportScript(framework, run) {
  const problem = scriptProblem(framework, run);
  if (problem !== undefined) throw Object.assign(new Error(problem), { code: 'no-script' });
  return SCRIPTS[framework](run);
}
