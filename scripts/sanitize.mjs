/**
 * Builds the core with the address and undefined-behaviour sanitizers, by clang and by g++, and
 * runs every C++ test; then lets libFuzzer try random specs and snapshots. The first finding ends
 * the run. The core has no threads: the pool's workers are separate JavaScript workers without
 * shared memory, so there is nothing for the thread sanitizer.
 *
 *   npm run sanitize [-- --compilers clang++,g++] [--fuzz-seconds 60]
 */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setup } from './setup.mjs';
import { root, run, script, step, StepError, which } from './steps.mjs';

const jobs = String(availableParallelism());

/**
 * Builds a preset in a folder of its own for each compiler.
 *
 * @param {string} preset
 * @param {string} compiler
 * @param {string} target
 * @returns {Promise<string>} the folder
 */
async function make(preset, compiler, target) {
  if (!which(compiler)) throw new StepError(`${compiler} is missing; install it or choose another compiler`);
  const folder = join(root, 'build', `${preset}-${compiler}`);
  await step(`Building ${target} with the sanitizers by ${compiler}`, async () => {
    await run('cmake', ['--preset', preset, '-B', folder, `-DCMAKE_CXX_COMPILER=${compiler}`]);
    await run('cmake', ['--build', folder, '-j', jobs, '--target', target]);
  });
  return folder;
}

await script(async () => {
  const { values } = parseArgs({
    options: {
      compilers: { type: 'string', default: 'clang++,g++' },
      'fuzz-seconds': { type: 'string', default: '60' },
    },
  });
  const seconds = Number(values['fuzz-seconds']);
  if (!Number.isInteger(seconds) || seconds < 0)
    throw new StepError(`--fuzz-seconds must be a whole number from 0, but is "${values['fuzz-seconds']}"`);
  await setup(['build', 'test']);
  for (const compiler of values.compilers.split(',').filter((name) => name !== '')) {
    const folder = await make('asan', compiler, 'core_tests');
    await step(`Running the C++ tests of ${compiler} with the sanitizers`, () =>
      run(join(folder, 'tests/core/core_tests'), ['--gtest_brief=1'], { show: true }),
    );
  }
  if (seconds === 0) return;
  const folder = await make('fuzz', 'clang++', 'session_fuzzer');
  // libFuzzer continues from the inputs of earlier runs.
  const corpus = join(folder, 'corpus');
  mkdirSync(corpus, { recursive: true });
  await step(`Trying random specs and snapshots for ${seconds} s`, () =>
    run(
      join(folder, 'tests/core/fuzz/session_fuzzer'),
      [corpus, `-max_total_time=${seconds}`, '-timeout=20', '-verbosity=0', '-print_final_stats=1'],
      { cwd: folder, show: true },
    ),
  );
});
