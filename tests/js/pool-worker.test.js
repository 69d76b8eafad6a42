import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { transfer, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadLab } from '../../src/js/index.js';
import { small } from './support.js';

const thread = new Worker(new URL('../../src/js/pool-worker.js', import.meta.url));
const worker = /** @type {import('../../src/js/pool-worker.js').PoolWorker} */ (
  /** @type {unknown} */ (wrap(nodeEndpoint(thread)))
);
const { port1, port2 } = new MessageChannel();
before(async () => assert.equal(await worker.open({}, transfer(port2, [port2])), null));
after(() => {
  port1.close();
  return thread.terminate();
});

const specs = [1, 2, 3].map((seed) => ({ ...small, init: { name: 'normal', seed } }));

test('starts no training after its time is up', async () => {
  const expected = (await loadLab()).runAll(specs);
  assert.deepEqual(await worker.train(specs, 0, 0), { outcomes: expected.slice(0, 1), error: null });
  assert.deepEqual(await worker.train(specs, 0, Infinity), { outcomes: expected, error: null });
});

test('ends a message with the error of an invalid spec, and keeps the earlier results', async () => {
  const { outcomes, error } = await worker.train([specs[0], { layers: [0] }, specs[1]], 0, Infinity);
  assert.equal(outcomes.length, 1);
  assert.deepEqual(
    [error?.name, error?.code, error?.field, error?.value],
    ['RangeError', 'out-of-range', 'layers[0]', 0],
  );
});
