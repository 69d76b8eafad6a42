/**
 * Sets a machine up, with nothing but Node's own modules: npm packages everywhere, the rest from Debian's packages
 * where the user may install them. Elsewhere it says exactly what to install and stops.
 *
 *   node scripts/setup.mjs [build] [test] [lint]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, getuid, platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { root, run, script, step, StepError, which } from './steps.mjs';

/** @typedef {'build' | 'test' | 'lint'} Purpose */

/**
 * The machine as the set-up sees it; the tests hand in another one.
 *
 * @typedef {object} Machine
 * @property {string} node version of Node
 * @property {(program: string) => boolean} has a program on the path
 * @property {(path: string) => boolean} exists a file or folder
 * @property {(module: string) => boolean} python a module of Python 3
 * @property {() => string[] | undefined} installer how a command is run as root ([] or ['sudo']), undefined where apt or the right to use it is missing
 */

/**
 * One thing that the project stands on.
 *
 * @typedef {object} Requirement
 * @property {string} name
 * @property {Purpose[]} for what needs it
 * @property {(machine: Machine) => boolean} found
 * @property {string[]} packages Debian's packages that bring it
 * @property {string} elsewhere where other systems get it
 * @property {boolean} [fetched] CMake downloads it where it is missing, so that its absence stops nothing
 */

/** @type {Requirement[]} */
export const requirements = [
  {
    name: 'Emscripten (em++), 3.1.6 or newer',
    for: ['build', 'test'],
    found: (machine) => machine.has('em++') && machine.has('emcmake'),
    packages: ['emscripten'],
    elsewhere:
      'git clone https://github.com/emscripten-core/emsdk && cd emsdk && ./emsdk install latest && ./emsdk activate latest && source ./emsdk_env.sh',
  },
  {
    name: 'CMake, 3.20 or newer',
    for: ['build', 'test', 'lint'],
    found: (machine) => machine.has('cmake'),
    packages: ['cmake'],
    elsewhere: 'https://cmake.org/download/ (Homebrew: brew install cmake)',
  },
  {
    name: 'Ninja',
    for: ['build', 'test', 'lint'],
    found: (machine) => machine.has('ninja'),
    packages: ['ninja-build'],
    elsewhere: 'https://ninja-build.org (Homebrew: brew install ninja)',
  },
  {
    name: 'Eigen 3.4',
    for: ['build', 'test', 'lint'],
    found: (machine) =>
      ['/usr', '/usr/local', '/opt/homebrew'].some((prefix) =>
        machine.exists(`${prefix}/include/eigen3/Eigen/Core`),
      ),
    packages: ['libeigen3-dev'],
    elsewhere: 'https://eigen.tuxfamily.org (Homebrew: brew install eigen@3)',
    fetched: true,
  },
  {
    name: 'MkDocs with its theme Material',
    for: ['test'],
    found: (machine) =>
      machine.has('mkdocs') &&
      (machine.exists('/usr/share/mkdocs/themes/material') || machine.python('material')),
    packages: ['mkdocs', 'mkdocs-material'],
    elsewhere: 'pip install mkdocs-material',
  },
  {
    name: 'a C++20 compiler (clang 14, g++ 12 or newer)',
    for: ['test', 'lint'],
    found: (machine) => machine.has('clang++') || machine.has('g++'),
    packages: ['clang'],
    elsewhere: 'https://clang.llvm.org (macOS: xcode-select --install)',
  },
  {
    name: 'GoogleTest',
    for: ['test', 'lint'],
    found: (machine) => machine.exists('/usr/src/googletest/CMakeLists.txt'),
    packages: ['libgtest-dev'],
    elsewhere: 'https://github.com/google/googletest',
    fetched: true,
  },
  {
    name: 'Chromium',
    for: ['test'],
    found: (machine) => machine.has('chromium'),
    packages: ['chromium', 'fonts-dejavu-core'],
    elsewhere: 'https://www.chromium.org, as `chromium` on the path',
  },
  {
    name: 'Firefox',
    for: ['test'],
    found: (machine) => machine.has('firefox-esr') || machine.has('firefox'),
    packages: ['firefox-esr'],
    elsewhere: 'https://www.firefox.com, as `firefox` on the path',
  },
  {
    name: 'WebKit with a driver (WebKitGTK’s, in Xvfb; on macOS Safari’s)',
    for: ['test'],
    found: (machine) =>
      (machine.has('WebKitWebDriver') && machine.has('Xvfb')) || machine.has('safaridriver'),
    packages: ['webkit2gtk-driver', 'xvfb'],
    elsewhere: 'WebKitGTK’s WebKitWebDriver and Xvfb on the path (macOS has it: safaridriver --enable)',
  },
  {
    name: 'Python 3 with NumPy, scikit-learn and h5py (the reference that the tests compare with)',
    for: ['test'],
    found: (machine) => ['numpy', 'sklearn', 'h5py'].every((module) => machine.python(module)),
    packages: ['python3-numpy', 'python3-sklearn', 'python3-h5py'],
    elsewhere: 'python3 -m pip install numpy scikit-learn h5py',
  },
  {
    name: 'clang-format and clang-tidy',
    for: ['lint'],
    found: (machine) => machine.has('clang-format') && machine.has('clang-tidy'),
    packages: ['clang-format', 'clang-tidy'],
    elsewhere: 'https://clang.llvm.org (Homebrew: brew install llvm)',
  },
];

/** The oldest Node that the project's tools run on. */
const OLDEST_NODE = [20, 19];

/** Python as Debian packages its modules; another python3 that comes first on the path does not see them. */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** @type {Machine} */
export const thisMachine = {
  node: versions.node,
  has: (program) => which(program) !== undefined,
  exists: existsSync,
  python: (module) =>
    spawnSync(python, ['-c', `import importlib.util as u, sys; sys.exit(u.find_spec('${module}') is None)`])
      .status === 0,
  installer() {
    if (platform !== 'linux' || !which('apt-get') || env.INIT_LAB_NO_INSTALL) return undefined;
    if (getuid?.() === 0) return [];
    return which('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
      ? ['sudo']
      : undefined;
  },
};

/**
 * What is missing for the given purposes, and what to do about it.
 *
 * @param {Purpose[]} purposes
 * @param {Machine} machine
 * @returns {{ packages: string[], asRoot: string[] } | undefined}
 *   Debian's packages to install and the prefix of the command, undefined when nothing has to be installed
 * @throws {StepError} when something is missing that this user cannot be given, naming all of it
 */
export function plan(purposes, machine) {
  const [major, minor] = machine.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new StepError(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is Node ${machine.node}.`);
  }
  const missing = requirements.filter(
    (requirement) =>
      requirement.for.some((purpose) => purposes.includes(purpose)) && !requirement.found(machine),
  );
  if (missing.length === 0) return undefined;
  const asRoot = machine.installer();
  if (asRoot) return { packages: missing.flatMap((requirement) => requirement.packages), asRoot };
  const stopping = missing.filter((requirement) => !requirement.fetched);
  if (stopping.length === 0) return undefined;
  throw new StepError(
    [
      'Init Lab needs what is not on this machine, and this user may not install it here:',
      ...stopping.map((requirement) => `  - ${requirement.name}\n      ${requirement.elsewhere}`),
      'On Debian or Ubuntu, as root, all of it is:',
      `  apt-get update && apt-get install -y ${missing.flatMap((requirement) => requirement.packages).join(' ')}`,
    ].join('\n'),
  );
}

/**
 * Whether node_modules holds what the lock file says: npm leaves its own record of what it installed.
 *
 * @param {string} folder the project's folder
 * @returns {boolean}
 */
export function npmPackagesAreCurrent(folder) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const { packages: have } = JSON.parse(readFileSync(installed, 'utf8'));
  const { packages: want } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  return Object.entries(want).every(
    // Optional packages are those of other systems; '' is the project itself.
    ([path, { version, optional }]) => path === '' || optional || have[path]?.version === version,
  );
}

/**
 * Makes the machine ready. What is there already is left alone, and a machine that has all of it is told nothing.
 *
 * @param {Purpose[]} purposes
 */
export async function setup(purposes) {
  const work = plan(purposes, thisMachine);
  if (work) {
    const apt = (/** @type {string[]} */ ...args) => {
      const [command, ...rest] = [
        ...work.asRoot,
        'env',
        'DEBIAN_FRONTEND=noninteractive',
        'apt-get',
        ...args,
      ];
      return run(command, rest);
    };
    await step('Reading the list of Debian packages', () => apt('update', '-q'));
    await step(`Installing from Debian: ${work.packages.join(', ')}`, () =>
      apt('install', '-q', '-y', '--no-install-recommends', ...work.packages),
    );
    plan(purposes, { ...thisMachine, installer: () => undefined });
  }
  if (!npmPackagesAreCurrent(root)) {
    await step('Installing npm packages', () => run('npm', ['ci', '--no-audit', '--no-fund']));
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const given = /** @type {Purpose[]} */ (argv.slice(2));
  await script(async () => {
    await setup(given.length > 0 ? given : ['build', 'test', 'lint']);
    console.error('Everything that Init Lab needs is on this machine.');
  });
}
