import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { train } from '../../src/js/training.js';
import { small } from './support.js';

const lab = await loadLab();
const pace = { least: 10, most: 40 };

test('adapts slices to the wanted time, and ends at the last iteration', async (t) => {
  for (const cost of [0.001, 1, 9, 30, 1000]) {
    let clock = 0;
    const now = t.mock.method(performance, 'now', () => clock);
    const session = {
      spec: { iterations: Math.ceil(1000 / cost) },
      iteration: 0,
      step(/** @type {number} */ n) {
        this.iteration += n;
        clock += n * cost;
      },
      history() {},
      metrics() {},
      parameters() {},
      dispose() {},
    };
    const ends = [0];
    const fakeLab = /** @type {any} */ ({ createSession: () => session, loadDataset: async () => {} });
    await train(fakeLab, {}, pace, ({ iteration }) => {
      ends.push(iteration);
    });
    now.mock.restore();
    const times = ends.slice(1).map((end, i) => (end - ends[i]) * cost);
    assert.equal(ends.at(-1), session.spec.iterations);
    const settled = times.slice(
      times.findIndex((time) => time >= pace.least),
      -1,
    );
    for (const time of settled)
      assert.ok(time >= pace.least && time <= Math.max(pace.most, cost), `${time} ms at ${cost} each`);
  }
});

test('waits for the callback between slices, and ends with its error', async () => {
  const before = lab.heapInUse();
  let waited = 0;
  const result = await train(lab, small, pace, async () => {
    await new Promise((resolve) => setTimeout(resolve));
    waited += 1;
  });
  assert.ok(waited > 0);
  assert.deepEqual(result, lab.runAll([small])[0]);
  const reason = new Error('enough');
  const stopped = train(lab, small, pace, () => {
    throw reason;
  });
  await assert.rejects(stopped, (error) => error === reason);
  assert.ok(lab.heapInUse() <= before + 4096);
});
