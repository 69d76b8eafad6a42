/**
 * The programs whose speed is compared: this module and its peers, and how they are run. A new peer
 * is a row of `peers`.
 */
import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildFolder } from '../../scripts/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = env.INIT_LAB_BENCH_BUILD ?? join(root, 'build');

/**
 * @typedef {object} Measurement what a program of this folder prints
 * @property {number[]} costs at iteration 0 and after the compared iterations
 * @property {number} microseconds per iteration
 * @property {string} [library] and its version
 * @property {number} [gigaflops]
 * @property {number} [multiplyAdds]
 * @property {number} [shareOfPeak]
 */

/**
 * @type {(command: string, args: (string | number)[], more?: Record<string, string>) =>
 *   Promise<Measurement>}
 */
export async function measure(command, args, more = {}) {
  const { stdout } = await promisify(execFile)(command, args.map(String), {
    cwd: root,
    env: { ...env, ...more },
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{')));
}

export const native = (/** @type {string} */ name) =>
  join(built, basename(buildFolder('native')), 'tests/bench', name);
export const wasm = (/** @type {string} */ name) => join(built, 'wasm/tests/bench', `${name}.cjs`);
const script = (/** @type {string} */ name) => join(root, 'tests/bench', name);
export const openBlas = env.INIT_LAB_OPENBLAS ?? '/usr/lib/x86_64-linux-gnu/openblas-pthread';

/**
 * @typedef {object} Peer
 * @property {string} key
 * @property {string} label
 * @property {'float64' | 'float32'} precision
 * @property {string} command
 * @property {string[]} before the command's first arguments
 * @property {Record<string, string>} [env]
 */

const numpyOpenBlas = {
  label: 'NumPy, one thread',
  command: '/usr/bin/python3',
  before: [script('peer_python.py'), 'numpy'],
  env: { LD_LIBRARY_PATH: openBlas, OPENBLAS_NUM_THREADS: '1' },
};

/** @type {Peer[]} */
export const peers = [
  {
    key: 'module',
    label: 'this module',
    precision: 'float64',
    command: execPath,
    before: [script('peer.js'), 'module'],
  },
  {
    key: 'module32',
    label: 'this module',
    precision: 'float32',
    command: execPath,
    before: [script('peer.js'), 'module'],
  },
  {
    key: 'native',
    label: 'the same source, native SSE2',
    precision: 'float64',
    command: native('step'),
    before: [],
  },
  {
    key: 'native32',
    label: 'the same source, native SSE2',
    precision: 'float32',
    command: native('step'),
    before: [],
  },
  {
    key: 'acrossNetworks',
    label: 'lanes across two networks, each of them, WebAssembly',
    precision: 'float64',
    command: execPath,
    before: [wasm('across_networks')],
  },
  {
    key: 'eigen',
    label: 'plain Eigen, native SSE2',
    precision: 'float64',
    command: native('eigen_step'),
    before: [],
  },
  {
    key: 'eigen32',
    label: 'plain Eigen, native SSE2',
    precision: 'float32',
    command: native('eigen_step'),
    before: [],
  },
  {
    key: 'eigenWasm',
    label: 'plain Eigen, WebAssembly',
    precision: 'float64',
    command: execPath,
    before: [wasm('eigen_step')],
  },
  {
    key: 'plain',
    label: 'plain JavaScript',
    precision: 'float64',
    command: execPath,
    before: [script('peer.js'), 'plain'],
  },
  {
    key: 'generated',
    label: 'JavaScript generated for the shape',
    precision: 'float64',
    command: execPath,
    before: [script('peer.js'), 'generated'],
  },
  {
    key: 'tfjsWasm',
    label: 'TensorFlow.js, wasm',
    precision: 'float32',
    command: execPath,
    before: [script('peer.js'), 'tfjs-wasm'],
  },
  {
    key: 'tfjsCpu',
    label: 'TensorFlow.js, cpu',
    precision: 'float32',
    command: execPath,
    before: [script('peer.js'), 'tfjs-cpu'],
  },
  { ...numpyOpenBlas, key: 'numpyOpenBlas', precision: 'float64' },
  { ...numpyOpenBlas, key: 'numpyOpenBlas32', precision: 'float32' },
  {
    key: 'numpy',
    label: 'NumPy as the machine has it',
    precision: 'float64',
    command: '/usr/bin/python3',
    before: [script('peer_python.py'), 'numpy'],
    env: { OPENBLAS_NUM_THREADS: '1' },
  },
  {
    key: 'torch',
    label: 'PyTorch, one thread',
    precision: 'float32',
    command: '/usr/bin/python3',
    before: [script('peer_python.py'), 'torch'],
  },
];

/** Returns the peer of a key. */
export const peerOf = (/** @type {string} */ key) =>
  /** @type {Peer} */ (peers.find((peer) => peer.key === key));
