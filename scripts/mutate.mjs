/**
 * Mutation testing of the core's numeric files: flips one operator or constant at a time, rebuilds,
 * and runs the C++ tests. A mutant that passes every test has survived: a test is missing, or the
 * flip changes no result.
 *
 *   npm run mutate [-- --mutants 40] [--seed 1] [--files kernel,optimizers]
 *
 * Home-made because the mutation tools for C++ need a plugin of one LLVM version. The folder
 * build/mutate holds a copy of the sources; the project's own files are not touched.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesUnder } from './files.mjs';
import { setup } from './setup.mjs';
import { root, run, script, step, StepError } from './steps.mjs';

/** The folders of the core whose arithmetic is mutated. */
const FOLDERS = ['numerics', 'data', 'network', 'initializers', 'training', 'theory', 'diagnostics'];

/** Share of the mutants that the tests must kill. */
const WANTED = 0.9;

/**
 * What a mutation replaces and by what. Each pattern has spaces around its operator, as
 * clang-format writes binary operators, so that pointers and templates are left alone.
 *
 * @type {[RegExp, string][]}
 */
const FLIPS = [
  [/(?<=[\w)\]]) \+ (?=[\w(])/g, ' - '],
  [/(?<=[\w)\]]) - (?=[\w(])/g, ' + '],
  [/(?<=[\w)\]]) \* (?=[\w(])/g, ' / '],
  [/(?<=[\w)\]]) \/ (?=[\w(])/g, ' * '],
  [/ < (?=[\w(-])/g, ' <= '],
  [/ > (?=[\w(-])/g, ' >= '],
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ == /g, ' != '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+= /g, ' -= '],
  [/(?<![\w.])(?:0\.5|2\.0|1\.0)(?![\w.])/g, '3.0'],
];

/**
 * Mutants that give the same bits as the core, so that no test of results can tell them apart: the
 * mutated line and the reason. They are not tried. To add one, first understand why it survived.
 *
 * @type {Record<string, string>}
 */
const EQUIVALENT = {
  // The first four choose between two ways to the same sums.
  'for (int g = 0; g < block.groups; ++g) alive -= alive_units[l].units_in(g).size();':
    'changes only the time',
  'return layer.in >= static_cast<int>(kernel::kInputChunk) && layer.out >= 64;': 'changes only the time',
  'if (is_wide(layer) && (l != 0 || mostly_alive(depth - 1, block, alive_units))) {': 'changes only the time',
  'if (inputs.size() < kernel::kInputChunk) {': 'changes only the time',
  'if (block.padding >= 0)': 'no lane is left over, so none is filled',
  'return network_.statistics > 0 || statistics.empty();': 'the block is larger, the sums are not',
  'return network_.statistics >= 0 && statistics.empty();': 'the block is larger, the sums are not',
  'for (Eigen::Index i = 0; i <= a.cols(); ++i)': 'no column comes after the last one',
  'const double c = std::min(std::clamp(split, low + kTolerance / 2, high + kTolerance / 2), kNearOne);':
    'the root finder ends within the same tolerance',
  'const double c = std::min(std::clamp(split, low - kTolerance / 2, high - kTolerance / 2), kNearOne);':
    'the root finder ends within the same tolerance',
  'if (grows && gap < 0) return kInfinity;': 'a gap of 0 makes the next step infinite',
  'splat<V>(static_cast<T>(kSeluScale)) * (z[i] <= V{} ? splat<V>(static_cast<T>(kSeluAlpha)) * below[i] : z[i]);':
    'SELU is 0 at 0 from both sides',
  'return normal_mean([&](F64x2 z) { return f(deviation * z) * g((correlation <= 0 ? -deviation : deviation) * z); });':
    'only correlations of 1 and -1 come here',
};

/**
 * @typedef {{ file: string, line: number, text: string, mutated: string, content: string }} Mutant
 */

/**
 * Lists every mutant of a file.
 *
 * @param {string} file relative to the project
 * @returns {Mutant[]}
 */
function mutantsOf(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((text, i) => {
    const code = text.replace(/\/\/.*$/, '');
    // reserve() changes no result.
    if (/^\s*(#|template|static_assert|using|\/\/)|"|operator|\.reserve\(/.test(code)) return [];
    return FLIPS.flatMap(([pattern, replacement]) =>
      [...code.matchAll(pattern)].map(({ index, 0: found }) => {
        const mutated = text.slice(0, index) + replacement + text.slice(index + found.length);
        const content = lines.with(i, mutated).join('\n');
        return { file, line: i + 1, text: text.trim(), mutated: mutated.trim(), content };
      }),
    );
  });
}

/**
 * Returns the filter of the tests for the folder of a file.
 *
 * @param {string} file
 */
const testsOf = (file) =>
  filesUnder(dirname(file).replace('src/core/init_lab', 'tests/core'))
    .filter((each) => each.endsWith('_test.cpp'))
    .flatMap((each) => [...readFileSync(join(root, each), 'utf8').matchAll(/^TEST\w*\((\w+)/gm)])
    .map(([, suite]) => `*${suite}.*`)
    .filter((suite, i, all) => all.indexOf(suite) === i)
    .join(':');

/**
 * Returns numbers in [0, 1) from a seed (mulberry32).
 *
 * @param {number} seed
 */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

await script(async () => {
  const { values } = parseArgs({
    options: {
      mutants: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
      files: { type: 'string', default: '' },
    },
  });
  const count = Number(values.mutants);
  if (!Number.isInteger(count) || count < 1)
    throw new StepError(`--mutants must be a whole number from 1, but is ${values.mutants}`);
  await setup(['build', 'test']);

  const wanted = values.files.split(',').filter((name) => name !== '');
  const all = filesUnder(...FOLDERS.map((folder) => `src/core/init_lab/${folder}`))
    .filter((file) => file.endsWith('.cpp') || file.endsWith('.hpp'))
    .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(`/${name}`)))
    .flatMap(mutantsOf)
    .filter(({ mutated }) => !(mutated in EQUIVALENT));
  if (all.length === 0) throw new StepError(`no file of the core is named ${values.files}`);
  const random = randomFrom(Number(values.seed));
  const chosen = Array.from(
    { length: Math.min(count, all.length) },
    () => all.splice(Math.floor(random() * all.length), 1)[0],
  );

  const copy = join(root, 'build', 'mutate');
  const build = join(copy, 'build');
  rmSync(join(copy, 'src'), { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const path of ['CMakeLists.txt', 'src', 'tests/core', 'tests/fixtures'])
    cpSync(join(root, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  // With these a mutant that reads past a vector or an array ends the tests.
  const optimized = '-O1 -D_GLIBCXX_ASSERTIONS -fsanitize=bounds -fsanitize-undefined-trap-on-error';
  const options = [
    '-DCMAKE_BUILD_TYPE=Release',
    `-DCMAKE_CXX_FLAGS_RELEASE=${optimized}`,
    '-DINIT_LAB_BENCH=OFF',
  ];
  const jobs = String(availableParallelism());
  const make = () => run('cmake', ['--build', build, '-j', jobs, '--target', 'core_tests']);
  const tests = (/** @type {string} */ filter = '*') => {
    const flags = ['--gtest_brief=1', '--gtest_fail_fast', `--gtest_filter=${filter}`];
    // A mutant may loop for ever. Seconds of the processor, so that a busy machine kills none.
    const limited = ['-c', 'ulimit -t 180; exec "$@"', 'bash'];
    return run('bash', [...limited, join(build, 'tests/core/core_tests'), ...flags], { cwd: copy });
  };
  await step('Building the unchanged core', async () => {
    await run('cmake', ['-S', copy, '-B', build, '-G', 'Ninja', ...options]);
    await make();
    await tests();
  });

  /** @type {Mutant[]} */
  const survivors = [];
  let [killed, invalid] = [0, 0];
  for (const mutant of chosen) {
    const path = join(copy, mutant.file);
    writeFileSync(path, mutant.content);
    try {
      await make();
      try {
        // The tests of its own folder find most mutants, and take a second.
        await tests(testsOf(mutant.file));
        await tests();
        survivors.push(mutant);
        console.log(`survived  ${mutant.file}:${mutant.line}\n  - ${mutant.text}\n  + ${mutant.mutated}`);
      } catch {
        killed += 1;
      }
    } catch {
      invalid += 1;
    } finally {
      cpSync(join(root, mutant.file), path);
    }
  }
  const share = killed / (killed + survivors.length);
  console.log(
    `${killed} of ${killed + survivors.length} mutants killed (${(100 * share).toFixed(0)} %), ${invalid} did not compile`,
  );
  if (share < WANTED) throw new StepError(`at least ${100 * WANTED} % must be killed`);
});
