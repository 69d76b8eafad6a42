/**
 * Builds the named targets, as far as their inputs have changed.
 *
 *   node scripts/build.mjs [module] [types] [site] [native] [wasm-tests] [bench]
 *                          (default: module types site)
 *
 *   module      dist/module   the WebAssembly module and its glue
 *   types       dist/types    the npm package's .d.ts files
 *   site        dist/site     the static page
 *   native      build/native  the C++ tests for this machine (with CXX=g++: build/native-g++)
 *   wasm-tests  build/wasm    the same C++ tests for Node
 *   bench       both          the C++ benchmarks
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { argv, env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { filesUnder } from './files.mjs';
import { setup } from './setup.mjs';
import { npmProgram, root, run, script, step, StepError, which } from './steps.mjs';

/** @typedef {'native' | 'wasm'} Platform */

/**
 * Returns the build folder of a platform. A compiler that the environment variable CXX names has a
 * native folder of its own, since CMake keeps the compiler of its first run.
 *
 * @param {Platform} platform
 */
export const buildFolder = (platform) =>
  join('build', platform === 'native' && env.CXX ? `native-${basename(env.CXX)}` : platform);

/**
 * Configures CMake's build folder of a platform, once; CMake itself notices later changes to
 * CMakeLists.txt. The tests are left out until a caller wants them, so that the page can be built
 * without GoogleTest.
 *
 * @param {Platform} platform
 * @param {boolean} tests whether to build the C++ tests
 */
export async function configure(platform, tests) {
  const folder = buildFolder(platform);
  const cache = join(root, folder, 'CMakeCache.txt');
  const configured = existsSync(join(root, folder, 'build.ninja')) && readFileSync(cache, 'utf8');
  if (configured && (!tests || configured.includes('INIT_LAB_TESTS:BOOL=ON'))) return;
  // The native build prefers clang, which Emscripten uses too. The environment variable CXX
  // overrides this.
  const compiler = !env.CXX && which('clang++') ? ['-DCMAKE_CXX_COMPILER=clang++'] : [];
  const option = (/** @type {string} */ name, /** @type {unknown} */ on) =>
    `-DINIT_LAB_${name}=${on ? 'ON' : 'OFF'}`;
  const cmake = [
    'cmake',
    '-S',
    '.',
    '-B',
    folder,
    '-G',
    'Ninja',
    option('TESTS', tests),
    option('WERROR', env.CI),
  ];
  const [command, ...args] = platform === 'wasm' ? ['emcmake', ...cmake] : [...cmake, ...compiler];
  const name = platform === 'wasm' ? 'WebAssembly' : 'native';
  await step(`Configuring the ${name} build`, () => run(command, args));
}

/**
 * Builds CMake targets of a platform.
 *
 * @param {Platform} platform
 * @param {string[]} targets
 * @param {string} name the step's name
 */
async function make(platform, targets, name) {
  await configure(platform, targets.includes('core_tests'));
  const jobs = String(availableParallelism());
  await step(name, () =>
    run('cmake', ['--build', buildFolder(platform), '-j', jobs, '--target', ...targets]),
  );
}

/**
 * Returns one hash of the names and contents of files.
 *
 * @param {string[]} files relative to the project
 * @returns {string}
 */
export function contentHash(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Runs a step if its inputs have changed since it last succeeded, or its output is missing.
 *
 * @param {{ name: string, stamp: string, inputs: string[], output: string, work: () =>
 *   Promise<unknown> }} task
 */
export async function whenChanged({ name, stamp, inputs, output, work }) {
  const path = join(root, 'build', 'stamps', stamp);
  const hash = contentHash(inputs);
  if (existsSync(join(root, output)) && existsSync(path) && readFileSync(path, 'utf8') === hash) return;
  await step(name, work);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, hash);
}

/**
 * Copies a built file unless the target holds the same bytes: a new date alone would rebuild the
 * site.
 */
function install(/** @type {string} */ from, /** @type {string} */ to) {
  const bytes = readFileSync(join(root, from));
  const target = join(root, to);
  if (existsSync(target) && readFileSync(target).equals(bytes)) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
}

/**
 * Copies the module's hand-written types beside the glue, where tsc and the package's users look
 * for them.
 */
function installModuleTypes() {
  for (const file of filesUnder('src/bindings').filter((each) => each.endsWith('.d.mts'))) {
    install(file, join('dist', 'module', basename(file)));
  }
}

/** @type {Record<string, () => Promise<void>>} */
const targets = {
  async module() {
    await make('wasm', ['init_lab'], 'Compiling the core to WebAssembly');
    for (const file of ['init_lab.mjs', 'init_lab.wasm'])
      install(`build/wasm/${file}`, `dist/module/${file}`);
    await whenChanged({
      name: 'Writing the schema of an experiment',
      stamp: 'schema',
      inputs: [...filesUnder('dist/module'), 'src/js/schema.js'],
      output: 'dist/experiment.schema.json',
      async work() {
        const text = await run(execPath, ['src/js/cli.js', 'schema']);
        writeFileSync(join(root, 'dist', 'experiment.schema.json'), text);
      },
    });
  },
  async types() {
    installModuleTypes();
    await whenChanged({
      name: 'Writing the type declarations',
      stamp: 'types',
      inputs: [...filesUnder('src/js', 'src/bindings'), 'package-lock.json'],
      output: 'dist/types',
      work: () => run(npmProgram('tsc'), ['--project', 'src/js']),
    });
  },
  async site() {
    // The API reference is made from the types.
    await targets.types();
    await whenChanged({
      name: 'Building the page',
      stamp: 'site',
      inputs: [
        ...filesUnder('web', 'src/js', 'dist/module'),
        'dist/experiment.schema.json',
        'scripts/one-file.mjs',
        'scripts/api-reference.mjs',
        'scripts/content-policy.mjs',
        'scripts/page-head.mjs',
        'package-lock.json',
      ],
      output: 'dist/site/standalone.html',
      work: async () => {
        await run(npmProgram('vite'), ['build', 'web']);
        await run(execPath, [join(root, 'scripts', 'one-file.mjs')]);
      },
    });
  },
  native: () => make('native', ['core_tests'], 'Compiling the C++ tests natively'),
  'wasm-tests': () => make('wasm', ['core_tests'], 'Compiling the C++ tests to WebAssembly'),
  async bench() {
    await make('native', ['bench'], 'Compiling the native benchmarks');
    await make('wasm', ['bench'], 'Compiling the WebAssembly benchmarks');
  },
};

/** In the order of their dependencies. */
const defaults = ['module', 'types', 'site'];

/**
 * Builds targets in the order given.
 *
 * @param {string[]} names
 * @throws {StepError} for an unknown target, or with a compiler's output
 */
export async function build(names) {
  for (const name of names) {
    if (!Object.hasOwn(targets, name)) {
      throw new StepError(`unknown target "${name}"; expected one of ${Object.keys(targets).join(', ')}`);
    }
    await targets[name]();
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await script(async () => {
    const names = argv.length > 2 ? argv.slice(2) : defaults;
    const needsTools = names.some((name) => name === 'native' || name === 'wasm-tests' || name === 'bench');
    await setup(needsTools ? ['build', 'test'] : ['build']);
    await build(names);
    console.error(`Up to date: ${names.join(', ')}`);
  });
}
