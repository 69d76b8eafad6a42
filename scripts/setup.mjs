/**
 * Installs what the project needs: npm packages everywhere, the rest from Debian's packages if the
 * user may install them. Elsewhere it lists what to install and stops. Uses Node's own modules
 * only, since no package is installed yet.
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
 * What the set-up asks of a machine. The tests pass a machine of their own.
 *
 * @typedef {object} Machine
 * @property {string} node version of Node
 * @property {(program: string) => boolean} has a program on the path
 * @property {(path: string) => boolean} exists a file or folder
 * @property {(module: string) => boolean} python a module of Python 3
 * @property {(program: string) => string | undefined} version the first version number that
 *   `program --version` prints
 * @property {() => string[] | undefined} installer the prefix that runs a command as root ([] or
 *   ['sudo']), undefined without apt or the right to use it
 */

/**
 * Something that the project needs.
 *
 * @typedef {object} Requirement
 * @property {string} name
 * @property {Purpose[]} for the purposes that need it
 * @property {(machine: Machine) => boolean} found
 * @property {string[]} packages the Debian packages that contain it
 * @property {string} elsewhere how other systems install it
 * @property {boolean} [fetched] whether CMake downloads it when it is missing
 * @property {(machine: Machine) => string | undefined} [tooOld] why the installed version does not
 *   do, if so
 */

/** @type {Requirement[]} */
export const requirements = [
  {
    name: 'Emscripten (em++), 3.1.6 or newer',
    for: ['build', 'test'],
    found: (machine) => machine.has('em++') && machine.has('emcmake'),
    tooOld(machine) {
      const version = machine.version('em++');
      if (version === undefined || !isOlder(version, OLDEST_EMSCRIPTEN)) return undefined;
      return `Emscripten ${OLDEST_EMSCRIPTEN} or newer is needed; em++ on the PATH is ${version}.`;
    },
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
    name: 'MkDocs with the theme Material',
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
    // The headless shell only makes the tests faster, so Chromium alone does elsewhere.
    found: (machine) =>
      machine.has('chromium') &&
      (machine.has('chromium-headless-shell') || machine.installer() === undefined),
    packages: ['chromium', 'chromium-headless-shell', 'fonts-dejavu-core'],
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
    name: 'WebKit with a driver (WebKitGTK and Xvfb, or Safari on macOS)',
    for: ['test'],
    found: (machine) =>
      (machine.has('WebKitWebDriver') && machine.has('Xvfb')) || machine.has('safaridriver'),
    packages: ['webkit2gtk-driver', 'xvfb'],
    elsewhere: 'WebKitWebDriver of WebKitGTK and Xvfb on the PATH (macOS: safaridriver --enable)',
  },
  {
    name: 'Python 3 with NumPy, scikit-learn and h5py (the reference that the tests compare with)',
    for: ['test'],
    found: (machine) => ['numpy', 'sklearn', 'mpmath', 'h5py'].every((module) => machine.python(module)),
    packages: ['python3-numpy', 'python3-sklearn', 'python3-mpmath', 'python3-h5py'],
    elsewhere: 'python3 -m pip install numpy scikit-learn mpmath h5py',
  },
  {
    name: 'PyTorch 1.13 or newer (the exported scripts are run with it)',
    for: ['test'],
    found: (machine) => machine.python('torch'),
    packages: ['python3-torch'],
    elsewhere: 'python3 -m pip install torch',
  },
  {
    name: 'clang-format and clang-tidy',
    for: ['lint'],
    found: (machine) => machine.has('clang-format') && machine.has('clang-tidy'),
    packages: ['clang-format', 'clang-tidy'],
    elsewhere: 'https://clang.llvm.org (Homebrew: brew install llvm)',
  },
];

/** The oldest versions that work. */
const OLDEST_NODE = '20.19';
const OLDEST_EMSCRIPTEN = '3.1.6';

/**
 * Tells whether a dotted version number is lower than another.
 *
 * @param {string} version
 * @param {string} oldest
 * @returns {boolean}
 */
function isOlder(version, oldest) {
  const parts = version.split('.').map(Number);
  for (const [i, least] of oldest.split('.').map(Number).entries()) {
    if ((parts[i] ?? 0) !== least) return (parts[i] ?? 0) < least;
  }
  return false;
}

/**
 * Debian installs Python modules for /usr/bin/python3; another python3 first on the PATH does not
 * see them.
 */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** @type {Machine} */
const thisMachine = {
  node: versions.node,
  has: (program) => which(program) !== undefined,
  exists: existsSync,
  python: (module) =>
    spawnSync(python, ['-c', `import importlib.util as u, sys; sys.exit(u.find_spec('${module}') is None)`])
      .status === 0,
  version: (program) =>
    /\d+(\.\d+)+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0],
  installer() {
    if (platform !== 'linux' || !which('apt-get') || env.INIT_LAB_NO_INSTALL) return undefined;
    if (getuid?.() === 0) return [];
    return which('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
      ? ['sudo']
      : undefined;
  },
};

/**
 * Finds out what is missing for the given purposes, and how to install it.
 *
 * @param {Purpose[]} purposes
 * @param {Machine} machine
 * @returns {{ packages: string[], asRoot: string[] } | undefined} the Debian packages to install
 *   and the prefix of the command, undefined when nothing is missing
 * @throws {StepError} when something is missing that this user may not install, naming all of it,
 *   or too old
 */
export function plan(purposes, machine) {
  if (isOlder(machine.node, OLDEST_NODE)) {
    throw new StepError(`Node ${OLDEST_NODE} or newer is needed; this is Node ${machine.node}.`);
  }
  const needed = requirements.filter((requirement) =>
    requirement.for.some((purpose) => purposes.includes(purpose)),
  );
  const missing = needed.filter((requirement) => !requirement.found(machine));
  const old = needed
    .filter((requirement) => !missing.includes(requirement))
    .map((requirement) => requirement.tooOld?.(machine))
    .filter((reason) => reason !== undefined);
  if (old.length > 0) throw new StepError(old.join('\n'));
  if (missing.length === 0) return undefined;
  const asRoot = machine.installer();
  if (asRoot) return { packages: missing.flatMap((requirement) => requirement.packages), asRoot };
  const stopping = missing.filter((requirement) => !requirement.fetched);
  if (stopping.length === 0) return undefined;
  throw new StepError(
    [
      'Init Lab needs the following, which is missing here and which this user may not install:',
      ...stopping.map((requirement) => `  - ${requirement.name}\n      ${requirement.elsewhere}`),
      'On Debian or Ubuntu, root installs all of it with:',
      `  apt-get update && apt-get install -y ${missing.flatMap((requirement) => requirement.packages).join(' ')}`,
    ].join('\n'),
  );
}

/**
 * Tells whether node_modules holds what the lock file asks for, by npm's own record of what it
 * installed.
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
    // Optional packages are for other systems; '' is the project itself.
    ([path, { version, optional }]) => path === '' || optional || have[path]?.version === version,
  );
}

/**
 * Installs missing packages. Prints nothing if none is missing.
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
    console.error('Everything that Init Lab needs is installed.');
  });
}
