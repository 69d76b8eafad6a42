// A race without a page, for tests.

import assert from 'node:assert/strict';
import { loadLab } from '../../src/js/index.js';
import { RaceCore } from '../../web/race/core.js';
import { startState } from '../../web/state/table.js';
import { specOf } from '../../web/state/specs.js';

export const lab = await loadLab();

/**
 * The lab's default race.
 * @param {Partial<import('../../web/state/table.js').LabState>} [change]
 * @param {() => number} [now]
 */
export function race(change = {}, now = () => performance.now()) {
  const state = { ...startState(), ...change };
  const core = new RaceCore(/** @type {any} */ (lab), now);
  const problems = core.setRuns(
    state.runs.map((run) => ({ id: run.id, spec: specOf(state, run) })),
    { limit: state.iterations, restart: true },
  );
  return { core, problems, state };
}

/** Works until nothing is left to do. @param {RaceCore} core */
export function settle(core) {
  for (let i = 0; core.busy; i += 1) {
    core.work(0.02);
    assert.ok(i < 20000, 'the race does not come to rest');
  }
}

/**
 * Returns the frames of a race at rest with its measurements: the first frame only shows the pause,
 * and slow runs are spread over several frames.
 * @param {RaceCore} core
 */
export function standing(core) {
  core.pictures.invalidate();
  const { frame } = core.frame();
  for (let left = frame.runs.length; !core.pictures.complete; left -= 1) {
    assert.ok(left > 0, 'the race is never shown at rest');
    const { runs } = core.frame().frame;
    const texts = runs.map((run) => Object.entries(run).filter(([, value]) => value !== undefined));
    frame.runs = frame.runs.map((run, i) => ({ ...run, ...Object.fromEntries(texts[i]) }));
  }
  return { ...frame, runs: /** @type {import('../../web/race/types.js').CompleteRunFrame[]} */ (frame.runs) };
}
