/**
 * Measures which lines the tests run: of the core with llvm-cov, of the package with c8. Prints
 * both tables and names the core's lines that no test runs.
 *
 *   npm run coverage
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from './build.mjs';
import { filesUnder } from './files.mjs';
import { setup } from './setup.mjs';
import { npmProgram, root, run, script, step, StepError, which } from './steps.mjs';

/**
 * Finds an LLVM tool, with or without the version that Debian appends to its name.
 *
 * @param {string} name
 */
function llvm(name) {
  const found = [name, ...Array.from({ length: 12 }, (_, i) => `${name}-${25 - i}`)].find((each) =>
    which(each),
  );
  if (!found) throw new StepError(`${name} is missing; on Debian install llvm`);
  return found;
}

/**
 * Lists the core's lines that no test runs.
 *
 * @param {string} lcov a report: a file's lines follow its name as "DA:LINE,COUNT"
 * @returns {string[]} each as "FILE:LINE  TEXT"
 */
function linesNotRun(lcov) {
  /** @type {string[]} */
  const found = [];
  let [file, texts] = ['', /** @type {string[]} */ ([])];
  for (const line of lcov.split('\n')) {
    if (line.startsWith('SF:')) {
      // With ccache the names are relative to the build folder.
      file = relative(root, resolve(line.slice(3)));
      texts = file.startsWith('src/core/') ? readFileSync(join(root, file), 'utf8').split('\n') : [];
    }
    const [, number] = /^DA:(\d+),0$/.exec(line) ?? [];
    const text = texts[Number(number) - 1]?.trim() ?? '';
    if (text.length > 1) found.push(`${file}:${number}  ${text}`);
  }
  return found;
}

await script(async () => {
  await setup(['build', 'test']);
  const folder = join(root, 'build', 'coverage');
  const program = join(folder, 'tests/core/core_tests');
  const profile = join(folder, 'core.profdata');
  await step('Building the core with coverage', async () => {
    const flags = '-fprofile-instr-generate -fcoverage-mapping';
    await run('cmake', [
      ...['-S', '.', '-B', folder, '-G', 'Ninja', '-DCMAKE_CXX_COMPILER=clang++', '-DINIT_LAB_BENCH=OFF'],
      ...['-DCMAKE_BUILD_TYPE=Release', '-DCMAKE_CXX_FLAGS_RELEASE=-O1', `-DCMAKE_CXX_FLAGS=${flags}`],
    ]);
    await run('cmake', ['--build', folder, '--target', 'core_tests']);
  });
  await step('Running the C++ tests', async () => {
    const raw = join(folder, 'core.profraw');
    await run(program, ['--gtest_brief=1'], { env: { LLVM_PROFILE_FILE: raw } });
    await run(llvm('llvm-profdata'), ['merge', '-sparse', raw, '-o', profile]);
  });
  const sources = filesUnder('src/core').filter((file) => /\.[ch]pp$/.test(file));
  const cov = (/** @type {string} */ verb, /** @type {string[]} */ ...options) =>
    run(llvm('llvm-cov'), [verb, program, `-instr-profile=${profile}`, ...options, ...sources]);
  console.log(await cov('report', '-show-region-summary=false', '-show-branch-summary=false'));
  const lcov = await run(llvm('llvm-cov'), ['export', '-format=lcov', program, `-instr-profile=${profile}`]);
  for (const line of linesNotRun(lcov)) console.log(`not run  ${line}`);

  await build(['module', 'types']);
  const c8 = npmProgram('c8');
  if (!existsSync(c8)) throw new StepError('c8 is missing; run npm ci');
  const tests = filesUnder('tests/js').filter((each) => each.endsWith('.test.js'));
  await run(c8, ['--include', 'src/js/**', '--reporter', 'text', process.execPath, '--test', ...tests], {
    show: true,
  });
});
