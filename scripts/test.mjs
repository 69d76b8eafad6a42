/**
 * Runs all tests or the named kinds, and ends with one line for each kind.
 *
 *   npm test                    everything
 *   npm test -- native js       only these kinds
 *
 *   native   the C++ tests on this machine
 *   wasm     the same C++ tests as WebAssembly under Node
 *   js       the module, the facade, the command line and the scripts, under Node
 *   web      the built pages in Chromium, and in Firefox and WebKit where engines may differ
 */
import { availableParallelism } from 'node:os';
import { argv, execPath } from 'node:process';
import { build, buildFolder } from './build.mjs';
import { filesUnder } from './files.mjs';
import { setup } from './setup.mjs';
import { run, script, StepError } from './steps.mjs';

/** @param {string} folder a build folder */
const ctest = (folder) => () =>
  run(
    'ctest',
    ['--test-dir', folder, '--output-on-failure', '--progress', '-j', String(availableParallelism())],
    { show: true },
  );

/** @param {string} folder */
const nodeTest = (folder) => () => {
  const files = filesUnder(folder).filter((file) => /\.test\.m?js$/.test(file));
  const filesAtOnce = availableParallelism();
  const options = ['--test', '--test-reporter=spec', `--test-concurrency=${filesAtOnce}`];
  return run(execPath, [...options, ...files], { show: true });
};

/** @type {Record<string, { builds: string[], work: () => Promise<unknown> }>} */
const kinds = {
  native: { builds: ['native'], work: ctest(buildFolder('native')) },
  wasm: { builds: ['wasm-tests'], work: ctest(buildFolder('wasm')) },
  js: { builds: ['module', 'types'], work: nodeTest('tests/js') },
  web: { builds: ['module', 'site'], work: nodeTest('tests/web') },
};

await script(async () => {
  const asked = argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(kinds, name));
  if (unknown)
    throw new StepError(
      `unknown kind of test "${unknown}"; expected one of ${Object.keys(kinds).join(', ')}`,
    );
  const names = asked.length > 0 ? asked : Object.keys(kinds);

  await setup(['build', 'test']);
  /** @type {string[]} */
  const failed = [];
  for (const name of names) {
    console.log(`\n── ${name} ──`);
    try {
      await build(kinds[name].builds);
      await kinds[name].work();
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      console.log(error.message);
      failed.push(name);
    }
  }
  console.log(`\n${names.map((name) => `${failed.includes(name) ? '✗' : '✓'} ${name}`).join('\n')}`);
  if (failed.length > 0) throw new StepError(`Failed: ${failed.join(', ')}`);
});
