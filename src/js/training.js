// Trains an experiment to its end, in stretches whose length follows the clock.

import { datasetNameOf } from './dataset-files.js';

/** @typedef {import('./lab.js').Lab} Lab */
/** @typedef {import('./types.js').Spec} Spec */
/** @typedef {import('./types.js').Result} Result */

/**
 * Trains from iteration 0 to `spec.iterations` in stretches of as many iterations as take from
 * `least` to `most` milliseconds: that may be one of a big network, or thousands of a small one.
 *
 * @param {Lab} lab
 * @param {Spec} spec
 * @param {{ least: number, most: number }} stretch `least` is at most half of `most`
 * @param {(session: import('./lab.js').Session) => void | Promise<void>} between called after every
 *   stretch, the last one included; it may wait for other work, and its error ends the training
 * @returns {Promise<Result>}
 * @throws {import('./types.js').LabError} for a bad spec
 */
export async function train(lab, spec, { least, most }, between) {
  await lab.loadDataset(datasetNameOf(spec));
  const session = lab.createSession(spec);
  try {
    const { iterations } = session.spec;
    let n = 1;
    while (session.iteration < iterations) {
      const begun = performance.now();
      session.step(Math.min(n, iterations - session.iteration));
      const milliseconds = performance.now() - begun;
      if (milliseconds < least) n *= 2;
      else if (milliseconds > most) n = Math.max(1, Math.floor(n / 2));
      await between(session);
    }
    return {
      spec: session.spec,
      history: session.history(),
      final: session.metrics(),
      parameters: session.parameters(),
    };
  } finally {
    session.dispose();
  }
}
