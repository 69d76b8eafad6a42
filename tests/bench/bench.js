/**
 * Measures the speed of a training step, this module beside its peers, in one run on one machine,
 * and compares it with the project's targets. README.md explains the rows.
 *
 *   npm run bench [-- --json] [--rounds=N]
 *
 * The job is the forum's experiment: circles, 300 examples, 2-10-5-1, ReLU, He initialization with
 * seed 3, full-batch gradient descent at 0.01. "Linear" means proportional: the largest case
 * against the smallest.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadLab } from '../../src/js/lab.js';
import { createPool } from '../../src/js/pool.js';
import { madeUpJob, operations, writeJob } from './job.js';
import { measure, native, openBlas, peerOf, peers, wasm } from './peer-table.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'init-lab-bench-'));
const json = argv.includes('--json');
const rounds = Number(argv.find((each) => each.startsWith('--rounds='))?.slice(9) ?? 5);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new RangeError(`rounds is ${rounds}; expected a whole number, at least 1`);

/** The notebook's row for He: cost at iteration 0 and at 14,000 (of 15,000). */
const notebook = { iterations: 14_000, costs: [0.8830537463419761, 0.07357895962677369] };
const he = {
  dataset: { name: 'circles' },
  layers: [10, 5],
  activations: 'relu',
  init: { name: 'he_normal', seed: 3 },
  optimizer: { name: 'gd', learningRate: 0.01 },
};
/** Iterations after which a peer's cost is compared; few enough for the slowest peer. */
const checked = 1000;

const progress = (/** @type {string} */ text) => console.error(text);
const median = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** @typedef {import('./peer-table.js').Measurement} Measurement */
/** @typedef {import('./peer-table.js').Peer} Peer */

const runPeer = (/** @type {Peer} */ peer, /** @type {string} */ job, iterations = checked, seconds = 0.4) =>
  measure(peer.command, [...peer.before, job, peer.precision, iterations, seconds], peer.env);
/** Returns the module's microseconds per iteration. */
const moduleTime = async (/** @type {string} */ job) =>
  (await runPeer(peerOf('module'), job, 0)).microseconds;

/**
 * Measures peers in turn, round by round. A peer that cannot run is left out from then on.
 *
 * @param {string[]} keys
 * @param {string} job
 * @param {number} iterations
 * @returns {Promise<Map<string, Measurement[]>>}
 */
async function interleaved(keys, job, iterations = checked) {
  /** @type {Map<string, Measurement[]>} */
  const results = new Map(keys.map((key) => [key, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [key, list] of results) {
      progress(`round ${round} of ${rounds}: ${peerOf(key).label} ${peerOf(key).precision}`);
      try {
        list.push(await runPeer(peerOf(key), job, iterations));
      } catch (error) {
        const reason = String(/** @type {any} */ (error).stderr || error)
          .trim()
          .split('\n');
        progress(`  left out: ${reason[reason.length - 1]}`);
        results.delete(key);
      }
    }
  }
  return results;
}

/** @type {(results: Map<string, Measurement[]>, slow: string, fast: string) => number} */
function ratio(results, slow, fast) {
  const [a, b] = [results.get(slow), results.get(fast)];
  return a && b ? median(a.map((each, round) => each.microseconds / b[round].microseconds)) : NaN;
}

/**
 * Fits time = fixed + each * work by least squares of the relative errors, and returns the largest
 * of these errors too.
 *
 * @param {number[]} work
 * @param {number[]} times
 */
function lineThrough(work, times) {
  // Both sides divided by the time: 1 = fixed * u + each * v.
  const u = times.map((time) => 1 / time);
  const v = times.map((time, i) => work[i] / time);
  const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
    a.reduce((sum, x, i) => sum + x * b[i], 0);
  const ones = times.map(() => 1);
  const determinant = dot(u, u) * dot(v, v) - dot(u, v) ** 2;
  const fixed = (dot(u, ones) * dot(v, v) - dot(v, ones) * dot(u, v)) / determinant;
  const each = (dot(v, ones) * dot(u, u) - dot(u, ones) * dot(u, v)) / determinant;
  return { fixed, departure: Math.max(...times.map((_, i) => Math.abs(fixed * u[i] + each * v[i] - 1))) };
}

/**
 * A batch of 64 digits, ten classes.
 *
 * @param {import('../../src/js/lab.js').Lab} lab
 * @returns {Promise<import('./job.js').Job>}
 */
async function digitsJob(lab) {
  await lab.loadDataset('digits');
  const dataset = { name: 'digits', samples: 64 };
  const hidden = [64, 32, 16];
  const session = lab.createSession({
    dataset,
    layers: hidden,
    output: 'softmax',
    init: { name: 'he_normal' },
  });
  const parameters = session.parameters();
  session.dispose();
  const { features, x, y } = lab.dataset(dataset, 'softmax').train;
  return {
    features,
    examples: 64,
    learningRate: 0.01,
    outputs: 10,
    hidden,
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    parameters,
  };
}

/** @type {{ what: string, value: number, unit: string, target: number, atMost?: boolean }[]} */
const goals = [];
/**
 * Figures that explain the targets and have no target of their own.
 *
 * @type {{ what: string, value: number, unit: string }[]}
 */
const context = [];

try {
  const lab = await loadLab();
  const session = lab.createSession({ ...he, record: 1000 });
  const { train } = lab.dataset(he.dataset);
  const start = {
    features: 2,
    examples: train.y.length,
    learningRate: 0.01,
    outputs: 1,
    hidden: he.layers,
    x: train.x,
    y: train.y,
    parameters: session.parameters(),
  };
  const job = join(folder, 'he.job');
  writeJob(job, start);
  session.step(notebook.iterations);
  const costAt = new Map(session.history().map(({ iteration, cost }) => [iteration, cost]));
  const curve = [costAt.get(0), costAt.get(checked)].map(Number);
  const near = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ by) =>
    Math.abs(a / b - 1) <= by;
  const reproduced =
    near(curve[0], notebook.costs[0], 1e-12) &&
    near(Number(costAt.get(notebook.iterations)), notebook.costs[1], 1e-12);
  session.dispose();

  const results = await interleaved(
    peers
      .map(({ key }) => key)
      .filter((key) => key !== 'numpyOpenBlas32' && (key !== 'numpyOpenBlas' || existsSync(openBlas))),
    job,
  );
  const rows = [...results].map(([key, list]) => {
    const { label, precision } = peerOf(key);
    const tolerance = precision === 'float64' ? 1e-9 : 1e-3;
    const { costs, library } = list[0];
    return {
      peer: label + (library ? ` (${library})` : ''),
      precision,
      microseconds: median(list.map((each) => each.microseconds)),
      ratio: ratio(results, key, 'module'),
      onCurve: reproduced && costs.every((cost, i) => near(cost, curve[i], tolerance)),
    };
  });

  const goal = (
    /** @type {string} */ what,
    /** @type {number} */ value,
    /** @type {number} */ target,
    unit = 'x',
    atMost = false,
  ) => goals.push({ what, value, unit, target, atMost });
  goal('float64 step against the native build', ratio(results, 'native', 'module'), 0.75);
  goal('float64 step against plain Eigen, native SSE2', ratio(results, 'eigen', 'module'), 2.5);
  goal('float64 step against plain JavaScript', ratio(results, 'plain', 'module'), 12);
  goal('float64 step against JavaScript generated for the shape', ratio(results, 'generated', 'module'), 3.5);
  goal('float64 step against NumPy with OpenBLAS', ratio(results, 'numpyOpenBlas', 'module'), 6);
  const tensorFlow = Math.min(ratio(results, 'tfjsWasm', 'module'), ratio(results, 'tfjsCpu', 'module'));
  goal("float64 step against TensorFlow.js's fastest backend", tensorFlow, 25);
  goal('float32 step against float64', ratio(results, 'module', 'module32'), 1.7);

  progress('a batch of digits');
  const digits = join(folder, 'digits.job');
  writeJob(digits, await digitsJob(lab));
  const openBlasKeys = existsSync(openBlas) ? ['numpyOpenBlas', 'numpyOpenBlas32'] : [];
  const digitTimes = await interleaved(
    ['module', 'module32', 'tfjsWasm', 'tfjsCpu', ...openBlasKeys],
    digits,
    100,
  );
  const [curve64] = digitTimes.get('module') ?? [];
  for (const [key, [{ costs }]] of digitTimes)
    if (!costs.every((cost, i) => near(cost, Number(curve64?.costs[i]), 1e-3)))
      throw new Error(`${peerOf(key).label}: the costs of the digits are ${costs}, not ${curve64?.costs}`);
  const batch = 'digits, 64-64-32-16-10, batch 64';
  for (const [precision, own, numpy] of [
    ['float64', 'module', 'numpyOpenBlas'],
    ['float32', 'module32', 'numpyOpenBlas32'],
  ]) {
    const fastest = Math.min(ratio(digitTimes, 'tfjsWasm', own), ratio(digitTimes, 'tfjsCpu', own));
    goal(`${batch}, ${precision} against TensorFlow.js's fastest backend`, fastest, 10);
    goal(`${batch}, ${precision} against NumPy with OpenBLAS`, ratio(digitTimes, numpy, own), 1.5);
  }

  progress('share of the multiply-add peak');
  const loud = join(folder, 'none-silent.job');
  writeJob(loud, madeUpJob(start, true));
  const shares = { thread: /** @type {number[]} */ ([]), noneSilent: /** @type {number[]} */ ([]) };
  for (let round = 0; round < rounds; round += 1) {
    const { gigaflops } = await measure(execPath, [wasm('peak'), 'float64', 0.3]);
    const shareOf = (/** @type {number} */ microseconds) =>
      operations(start) / (microseconds * 1e3) / Number(gigaflops);
    shares.thread.push(shareOf(await moduleTime(job)));
    shares.noneSilent.push(shareOf(await moduleTime(loud)));
  }
  const peak = 'share of the float64x2 multiply-add peak in WebAssembly';
  goal(peak, median(shares.thread) * 100, 45, '%');
  context.push({ what: `${peak}, no unit silent`, value: median(shares.noneSilent) * 100, unit: '%' });

  progress('wide layers and kinds of layers');
  /** Measures one kind of network of tests/bench/kinds.cpp, in float32. */
  const kind = (/** @type {string} */ name, /** @type {number} */ width, /** @type {number} */ depth) =>
    measure(execPath, [wasm('kinds'), name, String(width), String(depth), 'float32', 0.3]);
  for (const width of [128, 256, 512, 1024, 2048]) {
    /** @type {number[]} */
    const found = [];
    for (let round = 0; round < rounds; round += 1)
      found.push(Number((await kind('plain', width, 2)).shareOfPeak));
    goal(`share of the float32x4 peak, 64-${width}-${width}-10, batch 64`, median(found) * 100, 70, '%');
  }
  const stack = { skip: 0.85, layer: 0.6, batch: 0.5 };
  /** @type {Record<string, number[]>} */
  const speeds = { skip: [], layer: [], batch: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { microseconds } = await kind('plain', 32, 64);
    for (const name of Object.keys(stack))
      speeds[name].push(microseconds / (await kind(name, 32, 64)).microseconds);
  }
  goal('64 layers with skip connections against the plain stack', median(speeds.skip), stack.skip);
  goal('64 layers with layer normalization against the plain stack', median(speeds.layer), stack.layer);
  goal('64 layers with batch normalization against the plain stack', median(speeds.batch), stack.batch);

  const pictures = join(folder, 'pictures.job');
  writeJob(pictures, madeUpJob({ features: 12_288, examples: 209, hidden: [20, 7, 5] }));
  const pictureTimes = await interleaved(['module', 'native', 'eigenWasm'], pictures, 1);
  goal('picture network against the native build', ratio(pictureTimes, 'native', 'module'), 0.6);
  context.push({
    what: 'picture network against plain Eigen, WebAssembly',
    value: ratio(pictureTimes, 'eigenWasm', 'module'),
    unit: 'x',
  });

  const thread = { features: 2, examples: 300, hidden: [10, 5] };
  const widths = [10, 20, 30, 50, 70, 100];
  for (const { what, shapes } of [
    {
      what: 'examples 300 to 30,000',
      shapes: [300, 1000, 3000, 10_000, 30_000].map((examples) => ({ ...thread, examples })),
    },
    // The job has one layer of 10 units beside one of 5; measure also a network with equal widths.
    {
      what: 'width 10 to 100, the job’s layer of 10',
      shapes: widths.map((width) => ({ ...thread, hidden: [width, 5] })),
    },
    {
      what: 'width 10 to 100, both hidden layers',
      shapes: widths.map((width) => ({ ...thread, hidden: [width, width] })),
    },
  ]) {
    for (const noneSilent of [false, true]) {
      const jobs = shapes.map((shape, i) => {
        const path = join(folder, `shape-${i}.job`);
        writeJob(path, madeUpJob(shape, noneSilent));
        return path;
      });
      const done = await Promise.all(
        jobs.map(async (path) => Number((await measure(native('multiply_adds'), [path])).multiplyAdds)),
      );
      const lines = [];
      for (let round = 1; round <= rounds; round += 1) {
        progress(`${what}${noneSilent ? ', no unit silent' : ''}, round ${round} of ${rounds}`);
        const times = [];
        for (const path of jobs) times.push(await moduleTime(path));
        lines.push({ ...lineThrough(done, times), growth: times[times.length - 1] / times[0] });
      }
      const which = noneSilent ? `${what}, no unit silent` : what;
      const growth = median(lines.map((line) => line.growth));
      const times = (/** @type {number[]} */ work) => growth / (work[work.length - 1] / work[0]);
      // A lower time counts as a departure too: it shows a fixed cost that the small case pays.
      if (!noneSilent) goal(`departure from linear, ${what}`, Math.abs(times(done) - 1) * 100, 25, '%', true);
      context.push({ what: `time of a multiply-add, ${which}`, value: times(done), unit: 'x' });
      if (!noneSilent)
        context.push({
          what: `time of a multiply-add, ${what}, those left out counted`,
          value: times(shapes.map(operations)),
          unit: 'x',
        });
      context.push(
        {
          what: `departure from a straight line with a fixed part, ${which}`,
          value: median(lines.map((line) => line.departure)) * 100,
          unit: '%',
        },
        {
          what: `fixed part of that line, ${which}`,
          value: median(lines.map((line) => line.fixed)),
          unit: ' µs',
        },
      );
    }
  }

  const sweep = Array.from({ length: 256 }, (_, seed) => ({
    ...he,
    init: { name: 'he_normal', seed },
    iterations: 1000,
    record: 1000,
  }));
  /** @type {number[][]} */
  const sweeps = [[], []];
  const pools = [1, 2].map((size) => createPool({ size }));
  for (const pool of pools) await pool.run(sweep.slice(0, 64));
  // Other work of the machine disturbs most here, where all cores are in use: take more rounds.
  for (let round = 0; round < 3 * rounds; round += 1) {
    for (const [i, pool] of pools.entries()) {
      progress(`sweep of 256 trainings, ${pool.size} worker(s), round ${round + 1} of ${3 * rounds}`);
      const begin = performance.now();
      await pool.run(sweep);
      sweeps[i].push(performance.now() - begin);
    }
  }
  for (const pool of pools) pool.dispose();
  goal('sweep of 256 trainings, 2 workers against 1', median(sweeps[0].map((t, i) => t / sweeps[1][i])), 1.9);

  progress('heap over 1,000,000 iterations');
  const long = lab.createSession({ ...he, record: 100_000_000 });
  long.step(1000);
  const before = lab.heapInUse();
  for (let i = 0; i < 1000; i += 1) long.step(1000);
  goal('heap growth over 1,000,000 iterations', lab.heapInUse() - before, 0, ' bytes', true);
  long.dispose();
  const size = gzipSync(readFileSync(join(root, 'dist/module/init_lab.wasm')), { level: 9 }).length / 1000;
  goal('WebAssembly file, gzip', size, 150, ' KB', true);

  const judged = goals.map((each) => ({
    ...each,
    met: Number.isNaN(each.value)
      ? null
      : each.atMost
        ? each.value <= each.target
        : each.value >= each.target,
  }));
  const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`;
  if (json) {
    console.log(JSON.stringify({ machine, rounds, peers: rows, goals: judged, context }, null, 2));
  } else {
    console.log(`${machine}; median of ${rounds} rounds\n`);
    console.log(
      '| one iteration of 2-10-5-1 on 300 examples | precision | µs | times the module | cost curve |',
    );
    console.log('|---|---|---:|---:|---|');
    for (const { peer, precision, microseconds, ratio: times, onCurve } of rows)
      console.log(
        `| ${peer} | ${precision} | ${microseconds.toFixed(1)} | ${times.toFixed(2)} | ${onCurve ? 'reached' : 'NOT reached'} |`,
      );
    console.log('\n| what | measured | target | |\n|---|---:|---:|---|');
    for (const { what, value, unit, target, atMost, met } of judged)
      console.log(
        `| ${what} | ${met === null ? 'not here' : value.toFixed(2) + unit} | ${atMost ? 'at most' : 'at least'} ${target}${unit} | ${met === null ? '–' : met ? 'met' : 'MISSED'} |`,
      );
    for (const { what, value, unit } of context)
      console.log(`| ${what} | ${value.toFixed(2)}${unit} | – | – |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
