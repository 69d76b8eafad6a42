// Property tests of whole command lines: each gives a result or names what is wrong with it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import Papa from 'papaparse';
import { createProgram } from '../../../src/js/cli/program.js';
import { writeSafetensors } from '../../../src/js/exports/weights.js';
import { settings } from './settings.js';

/** @typedef {import('./command-lines.js').Outcome} Outcome */

const folder = mkdtempSync(join(tmpdir(), 'init-lab-command-lines-'));
after(() => rmSync(folder, { recursive: true }));

/** The files that command lines name, in the folder where they run. */
const FILES = {
  'small.yaml': 'dataset: {name: moons, samples: 40}\nlayers: [3]\niterations: 6\nrecord: 2\n',
  // Its cost is infinite or not a number from the start.
  'overflow.yaml':
    'dataset: {name: moons, samples: 40}\nlayers: [3, 3]\niterations: 6\n' +
    'init: {name: normal, std: 1.0e+200}\n',
  'several.json': JSON.stringify({
    shared: { dataset: { name: 'blobs', samples: 30 }, output: 'softmax', iterations: 4 },
    runs: [{ init: { name: 'zeros' } }, { init: { name: 'he_normal' }, layers: [2, 2] }],
  }),
  'real.yaml': 'dataset: {name: plane, samples: 20}\noutput: linear\nlayers: []\niterations: 3\n',
  'broken.json': '{"layers": [4,',
  'wrong.yaml': 'layers: {a: 1}\ninit: 5\n',
  'circular.yaml': '&a [*a]',
  'empty.yaml': '',
  'table.csv': 'a,b,label\n1,2,0\n2,1,1\n3,5,0\n4,4,1\n',
  'names.csv': 'x1;x2;label\n1,5;2;cat\n2;1;dog\n',
  'broken.csv': 'a,b,label\n1,x,0\n2,1\n',
  'results.jsonl': '{"version": 0}\n',
};

/**
 * Text, also of the signs that options give a meaning to. Without a slash, because some of it names
 * files to write.
 */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'0123456789aexn_=,:.[]{}()%"\'<>+-#?~!* \n\r\t\u2028é\x1b'),
    maxLength: 12,
  }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replace(/[/\0]/g, '')),
);
const input = fc.constantFrom(
  ...Object.keys(FILES),
  'weights.safetensors',
  'folder',
  'missing.yaml',
  '-',
  '',
);
const output = fc.constantFrom('written', 'folder', 'missing/file', '', 'results.jsonl');
const number = fc.constantFrom('0', '1', '2', '5', '-1', '1.5', '1e3', '1e999', 'NaN', '', 'x', '0x10', ' 3');
/** Never an assignment that trains for minutes, which is no fault. */
const assignment = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ...['init.std', 'init.name', 'init.seed', 'layers', 'layers[0]', 'output', 'optimizer.name'],
        ...['dataset.noise', 'precision', '__proto__.x', 'init.layers[1].name', 'lyers', 'skip.scale'],
      ),
      fc.oneof(
        fc.constantFrom('0.1', '1,2', '1..3', '0..1:3', '1e-3..1:3:log', '[3]', '[2,2],[]', 'zeros', 'tanh'),
        fc.constantFrom('1..1e9', '0..1:1e9', '1e308', 'NaN', '-Infinity', 'null', '{}', '[[', 'softmax'),
        text,
      ),
    )
    .map(([field, values]) => `${field}=${values}`),
  fc.constantFrom('iterations=0', 'iterations=3', 'iterations=-1', 'iterations=x', 'record=1', '=', 'a=b=c'),
  text,
);

/** What an option takes, by the name that the help gives its value. @type {Record<string, any>} */
const VALUES = {
  file: input,
  'field=value': assignment,
  'field=values': assignment,
  values: fc.oneof(fc.constantFrom('1', '1..3', '3..1', '1,1', 'x'), number),
  part: fc.oneof(fc.constantFrom('1/2', '2/2', '0/2', '3/2', 'auto', 'auto/2', '/'), text),
  bounds: fc.oneof(fc.constantFrom('-1,1,-1,1', '1,-1,0,0', '0,0,0,0', '1,2,3', '-1e308,1e308,-1,1'), text),
  pixels: fc.constantFrom('16', '0', '-5', '1e9', 'x', ''),
  iterations: fc.constantFrom('0', '0,2,4', '5', '4,2', '-1', '1.5', 'x', '', '99'),
  iteration: fc.constantFrom('0', '3', '-1', 'x', ''),
  widths: fc.oneof(fc.constantFrom('10,5', '0', '', '1,1e9', '4,,4'), text),
  format: fc.constantFrom('numpy', 'torch', 'keras', 'jax', 'npz', 'safetensors', 'x', ''),
  name: text,
  n: fc.constantFrom('1', '2', '0', '-1', '1.5', 'x', '1e9', ''),
};

/** What a command takes, where this is not an experiment. @type {Record<string, any>} */
const ARGUMENTS = {
  theory: fc.constantFrom('relu', 'silu', 'sine', 'x'),
  merge: fc.oneof(fc.constant('done.jsonl'), input),
};

const commands = createProgram().commands.filter((command) => command.name() !== 'reproduce');

/** A command with its arguments and options, some of them wrong. */
const commandLine = fc
  .oneof(
    ...commands.map((command) => {
      const option = fc.oneof(
        ...command.options.map(({ long, flags }) => {
          const [, value] = /<([^>]+)>/.exec(flags) ?? [];
          const isWritten = long === '--output' || long === '--resume';
          const values = isWritten ? output : ((value && VALUES[value]) ?? number);
          const name = fc.constant(/** @type {string} */ (long));
          return value === undefined ? fc.tuple(name) : fc.tuple(name, values);
        }),
        text.map((word) => [`--${word}`]),
      );
      const argument = ARGUMENTS[command.name()] ?? input;
      const most = command.registeredArguments.length;
      return fc.tuple(
        fc.constant([command.name()]),
        // Seldom none, and seldom one too many.
        fc.oneof(
          { arbitrary: fc.array(argument, { minLength: most, maxLength: most }), weight: 9 },
          { arbitrary: fc.array(argument, { maxLength: most + 1 }), weight: 1 },
        ),
        fc.array(option, { maxLength: 4 }).map((each) => each.flat()),
      );
    }),
    fc.tuple(fc.array(text, { maxLength: 3 })),
  )
  .map((parts) => /** @type {string[]} */ (parts.flat()));

/** How long small command lines may take before one of them counts as hanging. */
const MILLISECONDS = 20_000 + 100 * settings.numRuns;

/**
 * Runs command lines in one process.
 *
 * @param {string[][]} lines
 * @returns {Outcome[]}
 */
function run(lines) {
  const [cases, results] = [join(folder, '..cases'), join(folder, '..results')];
  writeFileSync(cases, JSON.stringify(lines));
  writeFileSync(results, '');
  const script = fileURLToPath(new URL('command-lines.js', import.meta.url));
  const options = { cwd: folder, input: '', timeout: MILLISECONDS, encoding: /** @type {const} */ ('utf8') };
  const { status, stderr } = spawnSync(process.execPath, [script, cases, results], options);
  const outcomes = readFileSync(results, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const next = JSON.stringify(lines[outcomes.length]);
  assert.equal(status, 0, `${next} ended the process or did not end: ${stderr}`);
  return outcomes;
}

before(() => {
  mkdirSync(join(folder, 'folder'));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  const tensors = {
    'a.weight': { shape: [1, 2], data: Float64Array.of(1, 2) },
    'a.bias': { shape: [1], data: Float64Array.of(3) },
  };
  writeFileSync(join(folder, 'weights.safetensors'), writeSafetensors(tensors));
  run([['sweep', 'small.yaml', '--seeds', '1..2', '--resume', 'done.jsonl']]);
});

test('every command line gives a result or one documented error', () => {
  const outcomes = run(fc.sample(commandLine, settings));
  for (const { words, status, stdout, stderr } of outcomes) {
    const name = `${JSON.stringify(words)}: ${stderr}`;
    assert.ok([0, 1, 2].includes(status), name);
    assert.doesNotMatch(stderr, /^ {4}at |undefined|\[object |NaN is/m, name);
    assert.equal(/^(error|Usage): /m.test(stderr), status !== 0, name);
    if (status !== 0) continue;
    // JSON.parse refuses a bare NaN or Infinity.
    if (words.includes('--json')) JSON.parse(stdout);
    if (words.includes('--csv')) assert.deepEqual(Papa.parse(stdout.trim()).errors, [], name);
    assert.doesNotMatch(stdout, /undefined|\[object /, name);
  }
  const succeeded = outcomes.filter(({ status }) => status === 0);
  assert.ok(succeeded.length > outcomes.length / 10, `only ${succeeded.length} were right`);
});
