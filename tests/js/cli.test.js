import assert from 'node:assert/strict';
import { constants } from 'node:buffer';
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decode } from 'fast-png';
import { without } from '../../src/js/experiments.js';
import { loadLab } from '../../src/js/index.js';
import { cliFile, root, runCli, small } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'init-lab-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const specFile = join(folder, 'small.json');
writeFileSync(specFile, JSON.stringify(small));
/** @param {string} name */
const inFolder = (name) => join(folder, name);
/** @param {string} text */
const lines = (text) => text.split('\n').filter((line) => line !== '');

test('help tells every command, and ends well', async () => {
  const { status, text, stderr } = await runCli(['--help']);
  assert.equal(status, 0);
  assert.equal(stderr, '');
  for (const name of [
    'run',
    'sweep',
    'reproduce',
    'presets',
    'initializers',
    'diagnose',
    'theory',
    'butterfly',
    'field',
    'schema',
  ]) {
    assert.match(text, new RegExp(`^ {2}${name} `, 'm'));
  }
  assert.equal((await runCli(['sweep', '--help'])).status, 0);
  assert.match((await runCli(['--version'])).text, /^\d+\.\d+\.\d+\n$/);
});

test('help tells how JSON holds what is no number to it, wherever something measured is written', async () => {
  for (const command of ['run', 'sweep', 'reproduce', 'diagnose', 'theory', 'butterfly'])
    assert.match(
      (await runCli([command, '--help'])).text,
      /^JSON .*"Infinity", "-Infinity" and "NaN"/m,
      command,
    );
});

test('a slip on the command line ends with status 2 and a word on standard error alone', async () => {
  const slips = [
    ['rum'],
    ['run'],
    ['run', specFile, '--jsno'],
    ['run', specFile, '--json', '--csv'],
    ['sweep', specFile],
    ['run', 'no-such-preset'],
    ['run', specFile, '--workers', '0'],
    ['sweep', specFile, '--seeds', '1..'],
    ['sweep', specFile, '--seeds', '1', '--shard', '3/2'],
    ['field', specFile, '--size', '1e9', '-o', inFolder('x.png')],
    ['reproduce', '--pictures', '/no/such/folder'],
    ['reproduce', '--pictures', ''],
    ['theory', 'tahn', '--weight-variance', '1'],
    // Nothing is not the number 0.
    ['theory', 'relu', '--weight-variance', ''],
    ['theory', 'relu', '--weight-variance', 'much'],
    ['theory', 'relu', '--weight-variance', '2', '--bias-variance', ' '],
    ['field', specFile, '-o', inFolder('x.png'), '--range=,1,,1'],
    ['field', specFile, '-o', inFolder('x.png'), '--range=0,1,0,1,'],
    ['field', specFile, '-o', inFolder('x.png'), '--range=0,1,1,0'],
    ['field', specFile, '-o', ''],
    ['run', specFile, '--workers', ''],
  ];
  for (const args of slips) {
    const { status, text, stderr } = await runCli(args);
    assert.equal(status, 2, args.join(' '));
    assert.equal(text, '');
    assert.match(stderr, /^error: /, args.join(' '));
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
  }
});

test('an experiment that is not right is told by field, value and expectation', async () => {
  const { status, text, stderr } = await runCli(['run', '-'], {
    input: '{"init": {"name": "normal", "std": -1}}',
  });
  assert.equal(status, 2);
  assert.equal(text, '');
  assert.match(stderr, /^error: init\.std is -1; expected a number from 0 to /);
});

test('a file that is neither JSON nor YAML is refused as such', async () => {
  writeFileSync(inFolder('broken.json'), '{"iterations": ');
  const { status, stderr } = await runCli(['run', inFolder('broken.json')]);
  assert.equal(status, 2);
  assert.match(stderr, /broken\.json" is neither JSON nor YAML/);
});

test('run gives the figures of the lab: as a table, JSON, JSON lines and CSV', async () => {
  const lab = await loadLab();
  const [expected] = lab.runAll([small]);
  const { final, history, spec, parameters } = expected;

  const json = await runCli(['run', specFile, '--json', '--parameters']);
  assert.equal(json.status, 0);
  assert.equal(json.stderr, '');
  const [result] = JSON.parse(json.text);
  assert.deepEqual(result, { name: 'small', final, spec, history, parameters: Array.from(parameters) });

  const { text: jsonl } = await runCli(['run', '-', '--jsonl'], { input: JSON.stringify([small, small]) });
  assert.deepEqual(
    lines(jsonl).map((line) => JSON.parse(line).final),
    [final, final],
  );

  const { text: csv } = await runCli(['run', specFile, '--csv']);
  assert.deepEqual(lines(csv), [
    'experiment,iteration,cost,trainAccuracy,testAccuracy',
    ...history.map((metrics) =>
      ['small', metrics.iteration, metrics.cost, metrics.trainAccuracy, metrics.testAccuracy].join(),
    ),
  ]);

  const { text: table } = await runCli(['run', specFile]);
  assert.match(table, /^experiment +iterations +cost +train accuracy +test accuracy\n/);
  assert.match(table, /^small +60 /m);
});

test('run takes YAML, presets and fields set on the way', async () => {
  writeFileSync(inFolder('small.yaml'), 'iterations: 5 # few\ninit: { name: he_normal }\n');
  const yaml = await runCli([
    'run',
    inFolder('small.yaml'),
    '--json',
    '--set',
    'layers=[3]',
    '--set',
    'init.seed=9',
  ]);
  const [{ spec }] = JSON.parse(yaml.text);
  assert.deepEqual([spec.iterations, spec.layers, spec.init.seed], [5, [3], 9]);
  const preset = await runCli(['run', 'four-starts', '--set', 'iterations=3', '--json']);
  assert.deepEqual(
    JSON.parse(preset.text).map(({ name }) => name),
    ['zeros', 'normal std=0.01', 'normal std=10', 'he_normal'],
  );
});

test('names claim nothing that was changed, whoever gave them', async () => {
  const normal = (/** @type {number} */ std) => ({ name: 'normal', std, seed: 3 });
  const preset = inFolder('named.json');
  writeFileSync(
    preset,
    JSON.stringify({
      shared: { iterations: 1, layers: [2] },
      runs: [{ init: normal(10) }, { name: 'tiny', init: normal(0.01) }, { init: normal(5) }],
    }),
  );
  const list = inFolder('list.json');
  writeFileSync(list, JSON.stringify([{ iterations: 1, layers: [2], init: normal(10) }, { iterations: 1 }]));
  /** @param {string[]} args @returns {Promise<string[]>} */
  const namesOf = async (...args) =>
    JSON.parse((await runCli([...args, '--json'])).text).map(({ name }) => name ?? '');

  assert.deepEqual(await namesOf('run', preset), ['normal std=10', 'tiny', 'normal std=5']);
  // A seed is in no name, and what is set to what it was is no change.
  assert.deepEqual(await namesOf('run', preset, '--set', 'init.seed=8'), [
    'normal std=10',
    'tiny',
    'normal std=5',
  ]);
  assert.deepEqual(await namesOf('run', preset, '--set', 'init.std=0.01'), [
    'normal std=0.01',
    'tiny',
    'normal std=0.01',
  ]);
  for (const command of [['run'], ['diagnose'], ['butterfly', '--iterations', '1']]) {
    const names = await namesOf(...command, preset, '--set', 'init={name: normal, std: 5}');
    assert.deepEqual(names, ['normal std=5', 'normal std=5', 'normal std=5'], command[0]);
  }
  // A place in a file stays one, and tells experiments apart.
  assert.deepEqual(await namesOf('run', list, '--set', 'init.seed=1'), ['list[0]', 'list[1]']);
  assert.deepEqual(await namesOf('run', list, '--set', 'init.std=5'), [
    'list[0]: normal std=5',
    'list[1]: normal biasStd=0 std=5',
  ]);
  assert.deepEqual(await namesOf('run', specFile, '--set', 'init.gain=2'), ['small: he_normal gain=2']);
  // What a sweep varies is told by its own columns.
  assert.deepEqual(await namesOf('sweep', list, '--set', 'init.std=5', '--grid', 'init.std=1'), [
    'list[0]: normal',
    'list[1]: normal biasStd=0',
  ]);
  assert.deepEqual(await namesOf('sweep', preset, '--grid', 'init={name: zeros}'), ['']);
  assert.deepEqual(await namesOf('sweep', preset, '--grid', 'init.name=zeros', '--seeds', '1'), ['']);
});

test('of an experiment that says nothing any field can be set, as all are optional', async () => {
  const lab = await loadLab();
  const defaults = lab.validate({ iterations: 1 });
  const input = '{"iterations": 1}';
  for (const [assignments, expected] of /** @type {[string[], object][]} */ ([
    [['init.seed=7'], { init: { ...defaults.init, seed: 7 } }],
    [['optimizer.learningRate=0.1'], { optimizer: { ...defaults.optimizer, learningRate: 0.1 } }],
    [['dataset.noise=0.1'], { dataset: { ...defaults.dataset, noise: 0.1 } }],
    [['init.seed=7', 'init.name=zeros'], { init: { name: 'zeros', seed: 7 } }],
  ])) {
    const set = assignments.flatMap((text) => ['--set', text]);
    const { text, stderr } = await runCli(['run', '-', '--json', ...set], { input });
    assert.deepEqual(JSON.parse(text)[0].spec, { ...defaults, ...expected }, stderr);
  }
  const { text } = await runCli(['sweep', '-', '--seeds', '1..2', '--jsonl'], { input });
  assert.equal(lines(text).length, 2);
});

test('an infinite cost is the text "Infinity" in JSON', async () => {
  const input = JSON.stringify({ ...small, iterations: 0, init: { name: 'normal', std: 10, seed: 3 } });
  const { text } = await runCli(['run', '-', '--jsonl'], { input });
  assert.equal(JSON.parse(text).final.cost, 'Infinity');
});

test('progress goes to standard error, and only where it is asked for or seen', async () => {
  const { text, stderr } = await runCli(['run', specFile, '--jsonl', '--progress']);
  assert.equal(lines(text).length, 1);
  assert.match(stderr, /1 of 1 trainings, 100 %/);
});

test('a reader that goes away ends the command without a word', async () => {
  const child = spawn(process.execPath, [cliFile, 'sweep', specFile, '--seeds', '1..400', '--jsonl'], {
    cwd: root,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('reproduce ends with status 0, one line for each figure, and says that all agree', async () => {
  const { status, text, stderr } = await runCli(['reproduce']);
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.equal(text.match(/ yes$/gm)?.length, 31);
  assert.match(lines(text).at(-1) ?? '', /^All 31 figures agree\.$/);
});

test('reproduce --json is one JSON list with the six fields of every figure', async () => {
  const { status, text } = await runCli(['reproduce', '--json']);
  assert.equal(status, 0);
  const rows = JSON.parse(text);
  assert.equal(rows.length, 31);
  for (const row of rows) {
    assert.deepEqual(
      Object.keys(row).filter((key) => key !== 'note'),
      ['id', 'metric', 'expected', 'measured', 'tolerance', 'agrees'],
    );
    assert.equal(row.agrees, true);
  }
  assert.deepEqual(rows[2].expected, 'Infinity');
  assert.ok(rows.filter(({ id }) => id.startsWith('flower/')).every(({ note }) => /Chaotic/.test(note)));
});

test('reproduce says which file holds no pictures, and where to have one, before it trains', async () => {
  const pictures = mkdtempSync(join(folder, 'pictures-'));
  for (const part of ['train', 'test']) writeFileSync(join(pictures, `${part}_catvnoncat.h5`), 'a page');
  const { status, text, stderr } = await runCli(['reproduce', '--pictures', pictures]);
  assert.deepEqual([status, text], [2, '']);
  assert.match(stderr, /^error: ".*train_catvnoncat\.h5": The file is no HDF5 file, .*; expected .*\n$/);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
});

const sweep = [
  'sweep',
  specFile,
  '--grid',
  'init.std=0.01..1:3:log',
  '--set',
  'init.name=normal',
  '--seeds',
  '1..3',
];

test('a sweep trains every combination, the same with one worker as with two', async () => {
  const [one, two] = await Promise.all(['1', '2'].map((n) => runCli([...sweep, '--csv', '--workers', n])));
  assert.equal(one.status, 0);
  assert.equal(one.text, two.text);
  assert.equal(lines(one.text)[0], 'init.std,init.seed,cost,trainAccuracy,testAccuracy');
  assert.deepEqual(
    lines(one.text)
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).join()),
    ['0.01', '0.1', '1'].flatMap((std) => ['1', '2', '3'].map((seed) => `${std},${seed}`)),
  );
});

test('a sweep goes on from a half-written result file, and trains only what that does not hold', async () => {
  const whole = await runCli([...sweep, '--csv']);
  const file = inFolder('half.jsonl');
  await runCli([...sweep, '--resume', file]);
  const all = lines(readFileSync(file, 'utf8'));
  assert.equal(all.length, 9);
  // As a kill in the middle of a write leaves it.
  writeFileSync(file, `${all.slice(0, 4).join('\n')}\n${all[4].slice(0, 30)}`);
  const resumed = await runCli([...sweep, '--resume', file, '--csv']);
  assert.match(resumed.stderr, /^4 of 9 need no training\n$/);
  assert.equal(resumed.text, whole.text);
  const after9 = lines(readFileSync(file, 'utf8'));
  assert.deepEqual(after9.slice(0, 4), all.slice(0, 4));
  assert.deepEqual([...after9].sort(), [...all].sort());
  const again = await runCli([...sweep, '--resume', file, '--csv']);
  assert.equal(again.text, whole.text);
  assert.equal(lines(readFileSync(file, 'utf8')).length, 9);
});

test('what a result file holds is told in the words of the present grid, as what is trained now', async () => {
  const file = inFolder('other-grid.jsonl');
  const grid = ['--grid', 'iterations=5', '--resume', file];
  await runCli(['sweep', 'exercise-5', ...grid, '--seeds', '1', '--history']);
  assert.equal(lines(readFileSync(file, 'utf8')).length, 3);
  // The first of them anew, without its name and by other fields, beside one that is not there yet.
  const args = ['sweep', '-', '--seeds', '1,2', '--resume', file];
  const presets = JSON.parse((await runCli(['presets', '--json'])).text);
  const { shared, runs } = presets.find(({ id }) => id === 'exercise-5');
  const input = JSON.stringify({ shared: { ...shared, iterations: 5 }, runs: runs.slice(0, 1) });
  const jsonl = await runCli([...args, '--jsonl'], { input });
  assert.match(jsonl.stderr, /^1 of 2 need no training\n$/);
  const told = lines(jsonl.text).map((line) => JSON.parse(line));
  for (const record of told) assert.deepEqual(Object.keys(record), ['id', 'values', 'final']);
  assert.deepEqual(
    told.map(({ values }) => values),
    [{ 'init.seed': 1 }, { 'init.seed': 2 }],
  );
  const json = await runCli([...args, '--json'], { input });
  assert.deepEqual(JSON.parse(json.text), told);
});

test('a killed sweep loses no training that was done', async () => {
  const file = inFolder('killed.jsonl');
  const args = [
    'sweep',
    specFile,
    '--set',
    'iterations=3000',
    '--seeds',
    '1..40',
    '--resume',
    file,
    '--workers',
    '1',
  ];
  const child = spawn(process.execPath, [cliFile, ...args], { cwd: root });
  const closed = new Promise((resolve) => child.on('close', resolve));
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  while (size() < 300 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await closed;
  const kept = lines(readFileSync(file, 'utf8')).length;
  assert.ok(kept > 0 && kept < 40, `${kept} kept`);
  const { status, stderr, text } = await runCli([...args, '--csv']);
  assert.equal(status, 0);
  assert.match(stderr, new RegExp(`^${kept} of 40 need no training`));
  assert.equal(lines(text).length, 41);
});

test('Ctrl-C ends a sweep with status 130, and what was done is kept', async () => {
  const file = inFolder('interrupted.jsonl');
  const args = ['sweep', specFile, '--set', 'iterations=3000', '--seeds', '1..400', '--resume', file];
  const child = spawn(process.execPath, [cliFile, ...args], { cwd: root });
  const closed = new Promise((resolve) => child.on('close', resolve));
  while (!statSync(file, { throwIfNoEntry: false })?.size)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  assert.equal(await closed, 130);
  for (const line of lines(readFileSync(file, 'utf8'))) JSON.parse(line);
});

test('shards of a sweep are trained apart and make the whole together', async () => {
  const files = ['1/2', '2/2'].map((shard, i) => ({ shard, file: inFolder(`shard-${i}.jsonl`) }));
  for (const { shard, file } of files) await runCli([...sweep, '--shard', shard, '--resume', file]);
  const joined = inFolder('joined.jsonl');
  writeFileSync(joined, '');
  for (const { file } of files) appendFileSync(joined, readFileSync(file));
  const { text, stderr } = await runCli([...sweep, '--resume', joined, '--csv']);
  assert.match(stderr, /^9 of 9 need no training/);
  assert.equal(text, (await runCli([...sweep, '--csv'])).text);
});

test('a file that is no result file is not written into', async () => {
  const file = inFolder('precious.txt');
  writeFileSync(file, 'my notes\nmore notes');
  const { status, stderr } = await runCli([...sweep, '--resume', file]);
  assert.equal(status, 2);
  assert.match(stderr, /precious\.txt, line 1 is not JSON/);
  assert.equal(readFileSync(file, 'utf8'), 'my notes\nmore notes');
  // Nor is its end taken for a line that was cut off.
  for (const text of ['my notes', '{"iterations": 5}', `\n\n{ "id": "x" }`]) {
    writeFileSync(file, text);
    const refusal = await runCli([...sweep, '--resume', file]);
    assert.equal(refusal.status, 2);
    assert.match(refusal.stderr, /precious\.txt, line \d is no/);
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});

test('a damaged line of a result file is told of by its number', async () => {
  const file = inFolder('damaged.jsonl');
  await runCli([...sweep, '--resume', file, '--history']);
  const whole = lines(readFileSync(file, 'utf8'));
  const record = JSON.parse(whole[1]);
  const costless = without(record.final, ['cost']);
  for (const damage of [
    { final: null },
    { final: [] },
    { final: costless },
    { final: { ...record.final, cost: 'much' } },
    { history: {} },
    { history: [null] },
    { history: [costless] },
    { id: null },
  ]) {
    const damaged = JSON.stringify({ ...record, ...damage });
    writeFileSync(file, [whole[0], '', damaged, ...whole.slice(2), ''].join('\n'));
    const { status, stderr } = await runCli([...sweep, '--resume', file]);
    assert.equal(status, 2, damaged);
    assert.match(stderr, /^error: .*damaged\.jsonl, line 3 is no result; expected /, damaged);
  }
});

test('a result file may be longer than a string can be', async () => {
  const file = inFolder('short.jsonl');
  const longer = inFolder('longer.jsonl');
  const whole = await runCli([...sweep, '--resume', file, '--csv']);
  const padding = Buffer.alloc(constants.MAX_STRING_LENGTH / 8, ' ');
  for (const line of lines(readFileSync(file, 'utf8')))
    for (const text of [line, padding, '\n']) appendFileSync(longer, text);
  const { text, stderr } = await runCli([...sweep, '--resume', longer, '--csv']);
  rmSync(longer);
  assert.match(stderr, /^9 of 9 need no training/);
  assert.equal(text, whole.text);
});

test('a result file that cannot be written is told of before anything is trained', async () => {
  const file = join(inFolder('no-such-folder'), 'results.jsonl');
  const { status, stderr, text } = await runCli([
    ...sweep,
    '--set',
    'iterations=100000000',
    '--resume',
    file,
  ]);
  assert.deepEqual([status, text], [2, '']);
  assert.match(stderr, /results\.jsonl" cannot be written: ENOENT/);
  const field = ['field', specFile, '--set', 'iterations=100000000', '-o', file];
  assert.equal((await runCli(field)).status, 2);
  const intoFolder = await runCli([...field.slice(0, -1), folder]);
  assert.match(intoFolder.stderr, /cannot be written: it is a folder/);
});

test('field says before it trains that only two features are a plane', async () => {
  for (const x of [
    [[1], [2]],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]) {
    const path = inFolder('features.json');
    const spec = { dataset: { name: 'points', train: { x, y: [0, 1] } }, iterations: 100_000_000 };
    writeFileSync(path, JSON.stringify(spec));
    const { status, stderr } = await runCli(['field', path, '-o', inFolder('features.png')]);
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`dataset.train.features is ${x[0].length}; expected 2`));
  }
});

test('a folder that is called like a preset does not stand in its way', async () => {
  const here = mkdtempSync(join(folder, 'here-'));
  mkdirSync(join(here, 'zeros'));
  const { status, text } = await runCli(['run', 'zeros', '--set', 'iterations=1', '--json'], { cwd: here });
  assert.equal(status, 0);
  assert.equal(JSON.parse(text)[0].spec.init.name, 'zeros');
  assert.match((await runCli(['run', here])).stderr, /is neither a file nor a preset/);
});

test('infinite costs go through the result file and come back infinite', async () => {
  const file = inFolder('infinite.jsonl');
  const args = [
    'sweep',
    specFile,
    '--set',
    'iterations=0',
    '--set',
    'init={name: normal, std: 10}',
    '--seeds',
    '3',
    '--resume',
    file,
    '--csv',
  ];
  const [first, second] = [await runCli(args), await runCli(args)];
  assert.match(first.text, /^3,Infinity,/m);
  assert.equal(second.text, first.text);
});

test('presets and initializers are listed from the same tables as everywhere', async () => {
  const lab = await loadLab();
  const presets = await runCli(['presets']);
  for (const id of ['four-starts', 'exercise-5']) assert.match(presets.text, new RegExp(`^${id} `, 'm'));
  const initializers = await runCli(['initializers', '--fan-in', '8', '--fan-out', '2']);
  for (const { name, formula } of lab.catalogue.initializers) {
    assert.ok(initializers.text.includes(name) && initializers.text.includes(formula), name);
  }
  const rows = JSON.parse((await runCli(['initializers', '--json', '--fan-in', '8'])).text);
  assert.equal(rows.find(({ name }) => name === 'he_normal').standardDeviation, 0.5);
});

test('schema writes the schema of an experiment', async () => {
  const { text } = await runCli(['schema']);
  assert.equal(JSON.parse(text).title, 'Init Lab experiment');
});

test('field writes a PNG in which both classes have their side', async () => {
  const { status, stdout } = await runCli([
    'field',
    specFile,
    '--size',
    '40',
    '--no-points',
    '--set',
    'iterations=2000',
  ]);
  assert.equal(status, 0);
  const { width, height, data, channels } = decode(stdout);
  assert.deepEqual([width, height, channels], [40, 40, 3]);
  const reddish = (/** @type {number} */ pixel) => data[3 * pixel] > data[3 * pixel + 2];
  // Circles: class 0 (orange) is the outer ring, class 1 (blue) the inner.
  assert.ok(reddish(0), 'the corner is orange');
  assert.ok(!reddish(20 * 40 + 20), 'the middle is blue');
});

test('field draws the runs of a preset side by side into a file', async () => {
  const file = inFolder('four.png');
  const { status, text } = await runCli([
    'field',
    'four-starts',
    '--size',
    '32',
    '--set',
    'iterations=2',
    '-o',
    file,
  ]);
  assert.equal(status, 0);
  assert.equal(text, '');
  const { width, height } = decode(readFileSync(file));
  assert.deepEqual([width, height], [4 * 32 + 3 * 8, 32]);
});
