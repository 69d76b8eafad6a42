/**
 * Checks the code with every tool of the project, or repairs it with --fix where a tool can.
 *
 *   npm run lint       the rules of the house, clang-format, ESLint, Prettier, tsc, clang-tidy
 *   npm run format     the tools among them that can rewrite, rewriting
 *   npm run lint -- house eslint tsc
 *                      only those whose names contain one of these words
 *
 * The pages' HTML is checked after the build, which fills in their headings: tests/web/html.test.js
 * runs html-validate on every built page.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { build, buildFolder, configure, contentHash } from './build.mjs';
import { filesUnder } from './files.mjs';
import { checkHouseRules } from './house-rules.mjs';
import { setup } from './setup.mjs';
import { npmProgram, root, run, script, step, StepError } from './steps.mjs';

const fix = argv.includes('--fix');
const asked = argv.slice(2).filter((argument) => argument !== '--fix');

const cppFiles = filesUnder('src', 'tests/core', 'tests/bench').filter((file) => /\.[ch]pp$/.test(file));

/**
 * Hashes of the files that clang-tidy has passed, so that a second run reads only changed files.
 */
const tidyRecord = join(root, 'build', 'stamps', 'clang-tidy.json');

/**
 * Runs clang-tidy on each file of the core, as many at a time as the machine has cores.
 *
 * @throws {StepError} with every finding
 */
async function clangTidy() {
  await configure('native', true);
  const headers = cppFiles.filter((file) => file.endsWith('.hpp'));
  const queue = cppFiles.filter((file) => file.startsWith('src/core/') && file.endsWith('.cpp'));
  const before = existsSync(tidyRecord) ? JSON.parse(readFileSync(tidyRecord, 'utf8')) : {};
  /** @type {Record<string, string>} */
  const passed = {};
  /** @type {string[]} */
  const findings = [];
  const worker = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const hash = contentHash(['.clang-tidy', 'CMakeLists.txt', ...headers, file]);
      try {
        if (before[file] !== hash) await run('clang-tidy', ['--quiet', '-p', buildFolder('native'), file]);
        passed[file] = hash;
      } catch (error) {
        // clang-tidy also counts the warnings that it suppresses.
        findings.push(/** @type {Error} */ (error).message.replace(/^\d+ warnings? generated\.\n/gm, ''));
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  mkdirSync(join(root, 'build', 'stamps'), { recursive: true });
  writeFileSync(tidyRecord, JSON.stringify(passed, null, 2));
  if (findings.length > 0) throw new StepError(findings.join('\n'));
}

/**
 * Folders whose JavaScript tsc checks as one program each. src/js comes first: it writes the types
 * for the others.
 */
const typedFolders = ['src/js', 'web', 'scripts', 'tests'];

/** @type {[name: string, mends: boolean, work: () => Promise<unknown>][]} */
const tools = [
  [
    'the rules of the house',
    false,
    async () => {
      const findings = checkHouseRules(filesUnder('src', 'web', 'scripts', 'tests'), root);
      if (findings.length > 0) throw new StepError(findings.join('\n'));
    },
  ],
  [
    'clang-format',
    true,
    () => run('clang-format', [...(fix ? ['-i'] : ['--dry-run', '-Werror']), ...cppFiles]),
  ],
  [
    'ESLint',
    true,
    () =>
      run(npmProgram('eslint'), ['--config', 'scripts/eslint.config.mjs', ...(fix ? ['--fix'] : []), '.']),
  ],
  [
    'Prettier',
    true,
    () => run(npmProgram('prettier'), ['--log-level', 'warn', fix ? '--write' : '--check', '.']),
  ],
  [
    'tsc',
    false,
    async () => {
      await build(['types']);
      for (const folder of typedFolders) await run(npmProgram('tsc'), ['--project', folder, '--noEmit']);
    },
  ],
  ['clang-tidy', false, clangTidy],
];

await script(async () => {
  await setup(['lint']);
  /** @type {string[]} */
  const failed = [];
  for (const [name, mends, work] of tools) {
    if (fix && !mends) continue;
    if (asked.length > 0 && !asked.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue;
    try {
      await step(fix ? `Mending with ${name}` : `Reading with ${name}`, work);
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      process.stderr.write(`${error.message}\n`);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new StepError(`Findings of: ${failed.join(', ')}`);
});
