import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { loadLab } from '../../src/js/index.js';
import { createPool } from '../../src/js/pool.js';
import { small } from './support.js';

const pools = [1, 2, 3].map((size) => createPool({ size }));
const [one, two, three] = pools;
after(() => pools.forEach((pool) => pool.dispose()));

/** Trainings of different length, so that they do not end in the order in which they began. */
const specs = Array.from({ length: 9 }, (_, i) => ({
  ...small,
  iterations: i % 3 === 0 ? 2000 : 20,
  init: { name: 'normal', std: 0.1, seed: i },
}));
const tooLong = { ...small, iterations: 100_000_000 };

test("equals the lab's results in the order of the specs, for any number of workers", async () => {
  const lab = await loadLab();
  const expected = lab.runAll(specs);
  for (const pool of pools) assert.deepEqual(await pool.run(specs), expected, `${pool.size} workers`);
});

test('calls onResult once for each spec, with its index', async () => {
  /** @type {Map<number, import('../../src/js/lab.js').Result>} */
  const told = new Map();
  const results = await two.run(specs, {
    onResult(index, result) {
      assert.ok(!told.has(index));
      told.set(index, result);
    },
  });
  assert.equal(told.size, specs.length);
  for (const [index, result] of told) assert.equal(results[index], result);
});

test('sends every result separately with together: false', async (t) => {
  const short = Array.from({ length: 60 }, (_, seed) => ({
    ...small,
    iterations: 1,
    init: { name: 'normal', seed },
  }));
  // In some browsers it stands still for a tenth of a second.
  t.mock.method(performance, 'now', () => 0);
  /** @type {Set<number>} */
  const counts = new Set();
  const onProgress = (/** @type {{ done: number }} */ { done }) => counts.add(done);
  const apart = await one.run(short, { together: false, onProgress });
  // Progress is reported after each message, and perhaps in between.
  assert.equal(counts.size, short.length);
  assert.deepEqual(await one.run(short, { together: true }), apart);
});

test('resolves to an empty list with keep: false', async () => {
  let told = 0;
  assert.deepEqual(await two.run(specs, { keep: false, onResult: () => (told += 1) }), []);
  assert.equal(told, specs.length);
});

test('reports progress that never decreases and ends at the total', async () => {
  /** @type {import('../../src/js/pool.js').PoolProgress[]} */
  const seen = [];
  await two.run([{ ...small, iterations: 20_000 }, ...specs], {
    onProgress: (progress) => seen.push(progress),
  });
  for (const [i, { fraction, done, total }] of seen.entries()) {
    assert.equal(total, specs.length + 1);
    assert.ok(
      i === 0 || (fraction >= seen[i - 1].fraction - 1e-12 && done >= seen[i - 1].done),
      `report ${i}`,
    );
  }
  const last = seen[seen.length - 1];
  assert.deepEqual(
    [last.done, last.fraction, last.secondsLeft === 0 || last.secondsLeft === Infinity],
    [specs.length + 1, 1, true],
  );
});

test('resolves an empty list at once', async () => {
  assert.deepEqual(await two.run([]), []);
});

test('rejects with the error of the first invalid spec and its index', async () => {
  const bad = specs.map((spec, i) =>
    i === 4 || i === 7 ? { ...spec, init: { name: 'normal', std: -i } } : spec,
  );
  for (const pool of pools) {
    await assert.rejects(pool.run(bad), (error) => {
      assert.ok(error instanceof RangeError);
      const { code, field, value, index } = /** @type {any} */ (error);
      assert.deepEqual(
        { code, field, value, index },
        { code: 'out-of-range', field: 'init.std', value: -4, index: 4 },
      );
      assert.match(error.message, /^init\.std must be a number from 0 to 1000000, but is -4$/);
      return true;
    });
  }
});

test('tries a spec before the failed one even if a worker handed it back', async () => {
  const quick = { layers: [2], iterations: 5, record: 5 };
  const bad = { iterations: -1 };
  const many = /** @type {any[]} */ (Array(440).fill(quick));
  // The first worker does not finish its message in time; meanwhile the second one reaches a bad
  // spec.
  many[120] = { layers: [10, 5], iterations: 60000 };
  many[121] = bad;
  many[330] = bad;
  await two.run(Array(4).fill(quick));
  await assert.rejects(two.run(many), { field: 'iterations', index: 121 });
});

test('rejects a spec that cannot be cloned with its index, and stays usable', async () => {
  const uncloneable = /** @type {any} */ ({ init: () => 1 });
  const many = new Array(40).fill({ ...small, iterations: 1 });
  const bad = [...many, /** @type {any} */ ({ init: () => 1 }), ...many];
  const refusal = { name: 'TypeError', code: 'not-plain-data', field: 'init', index: 40 };
  for (const pool of [one, two]) await assert.rejects(pool.run(bad), refusal);
  many[25] = { iterations: -1 };
  await assert.rejects(one.run(many.with(26, uncloneable)), { index: 25 });
  assert.equal((await two.run([small])).length, 1);
});

test('neither trains nor reports anything twice after an error of a listener', async () => {
  const quick = { layers: [2], iterations: 5, record: 5 };
  const many = /** @type {any[]} */ (Array(300).fill(quick));
  // A message carries it, and the worker would refuse it.
  many[140] = new Map();
  /** @type {number[]} */
  const told = [];
  const onResult = (/** @type {number} */ index) => {
    told.push(index);
    if (index === 139) throw new Error('enough');
  };
  await assert.rejects(one.run(many, { onResult }), { message: 'enough' });
  await one.run([quick]);
  assert.equal(new Set(told).size, told.length);
});

test('rejects specs that are not a list', async () => {
  for (const list of [{}, { length: 2 }, new Set([small]), 'abc', 3, null, undefined]) {
    await assert.rejects(one.run(/** @type {any} */ (list)), { name: 'TypeError', field: 'specs' });
  }
});

test('rejects a non-AbortSignal and non-function listeners, naming the option', async () => {
  const lab = await loadLab();
  for (const run of [
    (/** @type {any} */ options) => lab.run(small, options),
    (/** @type {any} */ options) => one.run([small], options),
  ]) {
    const refusal = { name: 'TypeError', code: 'wrong-type' };
    await assert.rejects(run({ signal: new AbortController() }), { ...refusal, field: 'signal' });
    await assert.rejects(run({ signal: {} }), { ...refusal, field: 'signal' });
    await assert.rejects(run({ onProgress: 5 }), { ...refusal, field: 'onProgress', value: 5 });
    await run({ signal: undefined, onProgress: null });
  }
  const options = /** @type {any} */ ({ onResult: {} });
  await assert.rejects(one.run([small], options), { field: 'onResult' });
});

test('stops the trainings with the signal’s reason and frees the workers', async () => {
  const reason = new Error('enough');
  const controller = new AbortController();
  const running = two.run([tooLong, tooLong, tooLong], {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await assert.rejects(running, (error) => error === reason);
  assert.equal((await two.run(specs)).length, specs.length);
});

test('trains nothing if the signal comes while a worker starts', async () => {
  const pool = createPool({ size: 1 });
  const controller = new AbortController();
  const stopped = pool.run([tooLong], { signal: controller.signal });
  controller.abort();
  await assert.rejects(stopped, { name: 'AbortError' });
  // If the stopped training still held its worker, this one would wait for ever.
  assert.equal((await pool.run([small])).length, 1);
  pool.dispose();
});

test('gives onRecords each record of a long training once, in order', async () => {
  const long = { ...small, iterations: 60_000, record: 100 };
  /** @type {Map<number, any[]>} */
  const told = new Map();
  const results = await two.run([long, { ...long, layers: [40, 40] }], {
    onRecords: (index, records) => told.set(index, [...(told.get(index) ?? []), ...records]),
  });
  for (const [index, records] of told)
    assert.deepEqual(records, results[index].history.slice(0, records.length));
  assert.ok(told.size > 0);
});

test('starts no run with an aborted signal', async () => {
  let told = 0;
  await assert.rejects(two.run(specs, { signal: AbortSignal.abort(), onResult: () => (told += 1) }), {
    name: 'AbortError',
  });
  assert.equal(told, 0);
});

test('stops one run without stopping another in the same pool', async () => {
  const controller = new AbortController();
  const stopped = three.run([tooLong], { signal: controller.signal, onProgress: () => controller.abort() });
  const finished = three.run(specs);
  await assert.rejects(stopped, { name: 'AbortError' });
  assert.equal((await finished).length, specs.length);
});

test('takes turns when there are more runs than workers', async () => {
  const all = await Promise.all([
    one.run(specs.slice(0, 3)),
    one.run(specs.slice(3, 6)),
    one.run(specs.slice(6)),
  ]);
  assert.deepEqual(all.flat(), await two.run(specs));
});

test('rejects the run after an error of a listener and keeps the workers usable', async () => {
  for (const mine of [new Error('mine'), Object.freeze(new Error('frozen')), 'text']) {
    const listener = () => {
      throw mine;
    };
    await assert.rejects(one.run([small, tooLong], { onResult: listener }), (error) => error === mine);
    await assert.rejects(
      two.run([tooLong, tooLong, small], { onProgress: listener }),
      (error) => error === mine,
    );
    assert.equal((await one.run([small])).length, 1);
    assert.equal((await two.run([small, small])).length, 2);
  }
});

test('rejects current and later runs after dispose', async () => {
  const pool = createPool({ size: 1 });
  const running = pool.run([tooLong, tooLong], { onProgress: () => pool.dispose() });
  await assert.rejects(running, { name: 'AbortError' });
  await assert.rejects(pool.run([small]), { name: 'AbortError' });
  pool.dispose();
});

test('rejects an invalid size and an invalid module', async () => {
  for (const size of [0, -1, 1.5, NaN, 257]) {
    assert.throws(() => createPool({ size }), { name: 'RangeError', field: 'size', value: size });
  }
  assert.throws(() => createPool({ wasmUrl: 'init_lab.wasm' }), { name: 'TypeError', field: 'wasmUrl' });
  for (const workerUrl of ['./w.js', '/folder/w.js', '', 'https://example.org/w.js']) {
    assert.throws(() => createPool({ workerUrl }), {
      name: 'TypeError',
      code: 'wrong-type',
      field: 'workerUrl',
      value: workerUrl,
      message: /must be .*file:\/\/\/folder\/pool-worker\.js, but is/,
    });
  }
  const pool = createPool({ size: 1, wasmBinary: new Uint8Array([1, 2, 3]) });
  for (let i = 0; i < 2; i += 1) await assert.rejects(pool.run([small]), { code: 'not-loaded' });
  pool.dispose();
});

/** Collects the threads that start, so that a test can kill them. */
function watchThreads() {
  /** @type {import('node:worker_threads').Worker[]} */
  const threads = [];
  const add = (/** @type {import('node:worker_threads').Worker} */ thread) => threads.push(thread);
  process.on('worker', add);
  return { threads, stop: () => process.off('worker', add) };
}

test('replaces workers that were killed between two runs', async () => {
  const pool = createPool({ size: 2 });
  const { threads, stop } = watchThreads();
  const before = await pool.run([small, small]);
  assert.equal(threads.length, 2);
  await Promise.all(threads.map((thread) => thread.terminate()));
  stop();
  assert.deepEqual(await pool.run([small, small]), before);
  pool.dispose();
});

test('rejects a run whose worker is killed, and starts the next one with a new worker', async () => {
  const pool = createPool({ size: 1 });
  const { threads, stop } = watchThreads();
  const running = pool.run([tooLong], { onProgress: () => void threads[0].terminate() });
  await assert.rejects(running, { code: 'worker-stopped', message: /exit status 1/ });
  stop();
  assert.equal((await pool.run([small])).length, 1);
  pool.dispose();
});

test('trains the list as it was given, whatever the caller does to it', async () => {
  const list = Array.from({ length: 20 }, () => ({ ...small, iterations: 200 }));
  const running = one.run(list, { onResult: () => void (list.length = 2) });
  assert.equal((await running).length, 20);
});

test('starts workers from workerUrl', async () => {
  const address = new URL('../../src/js/pool-worker.js', import.meta.url);
  for (const workerUrl of [address, address.href]) {
    const pool = createPool({ size: 1, workerUrl });
    assert.equal((await pool.run([small])).length, 1);
    pool.dispose();
  }
});

test('ends workers without a module, and the process with them', async () => {
  const program = `
    import(${JSON.stringify(new URL('../../src/js/pool.js', import.meta.url).href)})
      .then(({ createPool }) => createPool({ size: 2, wasmUrl: 'file:///no/such/file.wasm' }).run([{}, {}]))
      .catch(({ code }) => console.log(code));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { timeout: 20_000 });
  assert.equal(stdout, 'not-loaded\n');
});

test('works in a program given by --input-type=module', async () => {
  const program = `
    import { createPool } from ${JSON.stringify(new URL('../../src/js/pool.js', import.meta.url).href)};
    const pool = createPool({ size: 1 });
    const [{ final }] = await pool.run([{ iterations: 3 }]);
    console.log(final.iteration);
    pool.dispose();
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 20_000,
  });
  assert.equal(stdout, '3\n');
});
