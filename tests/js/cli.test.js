import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createProgress } from '../../src/js/cli/progress.js';
import { loadLab } from '../../src/js/index.js';
import { cliFile, lines, root, runCli, small, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const specFile = join(folder, 'small.json');
writeFileSync(specFile, JSON.stringify(small));
/** @param {string} name */
const inFolder = (name) => join(folder, name);

test('--help lists every command and ends with status 0', async () => {
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

test('--standardize applies to the default data set where the experiment names none', async () => {
  writeFileSync(inFolder('no-data.yaml'), 'iterations: 1');
  const { status, text } = await runCli(['run', inFolder('no-data.yaml'), '--standardize', '--json']);
  assert.equal(status, 0);
  const { dataset } = JSON.parse(text)[0].spec;
  assert.equal(dataset.standardize, true);
  assert.equal(dataset.name, (await loadLab()).validate({}).dataset.name);
});

test('explains how JSON holds infinities in the help of every command that writes measurements', async () => {
  for (const command of ['run', 'sweep', 'reproduce', 'diagnose', 'theory', 'butterfly'])
    assert.match(
      (await runCli([command, '--help'])).text,
      /^JSON .*"Infinity", "-Infinity" and "NaN"/m,
      command,
    );
});

test('a wrong command line ends with status 2 and one message on standard error', async () => {
  writeFileSync(inFolder('cycle.yaml'), '&a [*a]');
  const slips = [
    ['rum'],
    ['run'],
    ['run', specFile, '--jsno'],
    ['run', inFolder('cycle.yaml')],
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
    ['diagnose', specFile, '--json', '--csv'],
    ['butterfly', specFile, '--json', '--csv'],
    ['run', specFile, '--workers', '257'],
    ['export', specFile, '--to', 'npz', '--at', '100000000', '-o', folder],
    // They have no end.
    ['run', '/dev/zero'],
    ['run', specFile, '--data', '/dev/zero'],
    ['sweep', specFile, '--seeds', '1', '--resume', '/dev/full'],
    ['merge', '/dev/zero'],
  ];
  for (const args of slips) {
    const { status, text, stderr } = await runCli(args);
    assert.equal(status, 2, args.join(' '));
    assert.equal(text, '');
    assert.match(stderr, /^error: /, args.join(' '));
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
  }
});

test('names the option with a wrong value', async () => {
  for (const [args, expected] of /** @type {[string[], RegExp][]} */ ([
    [['run', specFile, '--set', 'foo'], /--set must be .*, but is "foo"/],
    [
      ['diagnose', specFile, '--at', '1e9'],
      /--at must be a whole number from 0 to 100000000, but is 1000000000/,
    ],
    [['theory', 'relu', '--weight-variance', '-1'], /--weight-variance .* from 0 to 1e12/],
    [['theory', 'relu', '--weight-variance', '1', '--bias-variance', '1e13'], /--bias-variance .* to 1e12/],
  ])) {
    const { status, stderr } = await runCli(args);
    assert.equal(status, 2);
    assert.match(stderr, expected);
  }
});

test('names field, value and accepted values of an invalid experiment', async () => {
  const { status, text, stderr } = await runCli(['run', '-'], {
    input: '{"init": {"name": "normal", "std": -1}}',
  });
  assert.equal(status, 2);
  assert.equal(text, '');
  assert.match(stderr, /^error: init\.std must be a number from 0 to 1000000, but is -1\n$/);
});

test('names the invalid one of several experiments', async () => {
  const input = JSON.stringify([small, { iterations: -1 }]);
  for (const args of [['run'], ['sweep', '--seeds', '1..2'], ['diagnose'], ['butterfly']]) {
    const { status, stderr } = await runCli([...args, '-'], { input });
    assert.equal(status, 2);
    assert.match(stderr, /^error: experiment\[1\]: iterations must be .*, but is -1/, args.join(' '));
  }
});

test('shows names of a file without the control characters in them', async () => {
  const names = ['\u001b[2J\u001b]0;title\u0007', 'two\nlines', 'reversed \u202etext'];
  const runs = names.map((name) => ({ name, init: { name: 'zeros' } }));
  writeFileSync(inFolder('names.json'), JSON.stringify({ shared: { iterations: 1, layers: [2] }, runs }));
  const { text } = await runCli(['run', inFolder('names.json')]);
  assert.equal(lines(text).length, 2 + names.length);
  for (const sign of ['\u001b', '\u0007', '\u202e']) assert.ok(!text.includes(sign));
  runs[1].init.name = 'none';
  writeFileSync(inFolder('names.json'), JSON.stringify({ runs: [{ ...runs[0], iterations: -1 }, runs[1]] }));
  const { status, stderr } = await runCli(['run', inFolder('names.json')]);
  assert.equal(status, 2);
  assert.match(stderr, /^error: \ufffd\[2J.*iterations must be/);
});

test('reads a table with more columns than a call has arguments', async () => {
  writeFileSync(inFolder('wide.csv'), `${Array(200_000).fill(1).join()}\n`.repeat(2));
  const { status, stderr } = await runCli(['run', specFile, '--data', inFolder('wide.csv')]);
  assert.notEqual(status, 1, stderr);
  assert.doesNotMatch(stderr, /call stack/);
});

test('rejects a file that is neither JSON nor YAML', async () => {
  writeFileSync(inFolder('broken.json'), '{"iterations": ');
  const { status, stderr } = await runCli(['run', inFolder('broken.json')]);
  assert.equal(status, 2);
  assert.match(stderr, /broken\.json" is neither JSON nor YAML/);
});

test('run writes the figures of the lab as a table, JSON, JSON lines and CSV', async () => {
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

test('run reads YAML, presets and --set', async () => {
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

test('--set init.name drops the parameters of the former initializer', async () => {
  const specOf = async (/** @type {string[]} */ ...changes) => {
    const set = ['iterations=1', ...changes].flatMap((change) => ['--set', change]);
    return JSON.parse((await runCli(['run', 'exercise-5', ...set, '--json'])).text)[0].spec;
  };
  assert.deepEqual((await specOf('init.name=zeros')).init, { name: 'zeros', seed: 3 });
  assert.deepEqual((await specOf('init.name=normal', 'init.std=2')).init.std, 2);
  assert.equal((await specOf('optimizer.name=adam')).optimizer.learningRate, 0.01);
  // What is set with it must be its own.
  const wrong = await runCli(['run', 'exercise-5', '--set', 'init.name=zeros', '--set', 'init.std=2']);
  assert.match(wrong.stderr, /init\.std is not a parameter here/);
});

test('names an experiment without the values that were replaced', async () => {
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
  /**
   * @param {string[]} args
   * @returns {Promise<string[]>}
   */
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
  // The place in a file stays in the name, and keeps the names different.
  assert.deepEqual(await namesOf('run', list, '--set', 'init.seed=1'), ['list[0]', 'list[1]']);
  assert.deepEqual(await namesOf('run', list, '--set', 'init.std=5'), [
    'list[0]: normal std=5',
    'list[1]: normal biasStd=0 std=5',
  ]);
  assert.deepEqual(await namesOf('run', specFile, '--set', 'init.gain=2'), ['small: he_normal gain=2']);
  // The columns of a sweep name what it varies.
  assert.deepEqual(await namesOf('sweep', list, '--set', 'init.std=5', '--grid', 'init.std=1'), [
    'list[0]: normal',
    'list[1]: normal biasStd=0',
  ]);
  assert.deepEqual(await namesOf('sweep', preset, '--grid', 'init={name: zeros}'), ['']);
  assert.deepEqual(await namesOf('sweep', preset, '--grid', 'init.name=zeros', '--seeds', '1'), ['']);
});

test('--set sets any field of an empty experiment', async () => {
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

test('writes an infinite cost as the text "Infinity" in JSON', async () => {
  const input = JSON.stringify({ ...small, iterations: 0, init: { name: 'normal', std: 10, seed: 3 } });
  const { text } = await runCli(['run', '-', '--jsonl'], { input });
  assert.equal(JSON.parse(text).final.cost, 'Infinity');
});

test('writes progress to standard error, and only if asked or on a terminal', async () => {
  const { text, stderr } = await runCli(['run', specFile, '--jsonl', '--progress']);
  assert.equal(lines(text).length, 1);
  assert.match(stderr, /1 of 1 trainings, 100 %/);
});

test('progress says how long the trainings that are left will take', async (context) => {
  let said = '';
  context.mock.method(process.stderr, 'write', (/** @type {string} */ text) => (said += text));
  for (const secondsLeft of [9.2, 80, 7_500]) {
    // Each is the first of its command, so that it is written at once.
    const progress = createProgress(true);
    progress.update({ done: 12, total: 130, fraction: 0.0962, secondsLeft });
    progress.end();
  }
  context.mock.restoreAll();
  for (const left of ['10 s', '1 min 20 s', '2 h 5 min'])
    assert.match(said, new RegExp(`12 of 130 trainings, 9 %, ${left} left`));
});

test('a closed pipe ends the command silently with status 0', async () => {
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

test('reproduce ends with status 0, writes one line for each figure and says that all agree', async () => {
  const { status, text, stderr } = await runCli(['reproduce']);
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.equal(text.match(/ yes$/gm)?.length, 71);
  assert.match(lines(text).at(-1) ?? '', /^All 71 figures agree\.$/);
});

test('reproduce --json is one JSON list with the six fields of every figure', async () => {
  const { status, text } = await runCli(['reproduce', '--json']);
  assert.equal(status, 0);
  const rows = JSON.parse(text);
  assert.equal(rows.length, 71);
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

test('reproduce names an invalid file of pictures before it trains', async () => {
  const pictures = mkdtempSync(join(folder, 'pictures-'));
  for (const part of ['train', 'test']) writeFileSync(join(pictures, `${part}_catvnoncat.h5`), 'a page');
  const { status, text, stderr } = await runCli(['reproduce', '--pictures', pictures]);
  assert.deepEqual([status, text], [2, '']);
  assert.match(stderr, /^error: ".*train_catvnoncat\.h5": the file is not an HDF5 file, .*; expected .*\n$/);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
});

test('finds a preset although a folder has its name', async () => {
  const here = mkdtempSync(join(folder, 'here-'));
  mkdirSync(join(here, 'zeros'));
  const { status, text } = await runCli(['run', 'zeros', '--set', 'iterations=1', '--json'], { cwd: here });
  assert.equal(status, 0);
  assert.equal(JSON.parse(text)[0].spec.init.name, 'zeros');
  assert.match((await runCli(['run', here])).stderr, /is neither a file nor a preset/);
});

test('lists the presets and the initializers of the catalogue', async () => {
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

test('run reads its own results and the page’s export', async () => {
  const preset = ['run', 'four-starts', '--set', 'iterations=3', '--json'];
  const { text } = await runCli(preset);
  const results = JSON.parse(text);
  const page = inFolder('page.json');
  const link = 'https://example.org/#run=he';
  for (const [content, names] of /** @type {[unknown, string[]][]} */ ([
    [results, results.map(({ name }) => name)],
    [{ link, runs: results }, results.map(({ name }) => name)],
    [{ link, ...results[3] }, ['he_normal']],
  ])) {
    writeFileSync(page, JSON.stringify(content));
    const again = JSON.parse((await runCli(['run', page, '--json'])).text);
    assert.deepEqual(
      again.map(({ name }) => name),
      names,
    );
    assert.deepEqual(again.at(-1).final, results[3].final);
  }
});

test('suggests the preset with the closest name', async () => {
  assert.match(
    (await runCli(['run', 'four-stats'])).stderr,
    /"four-stats" is neither .* \(did you mean four-starts\?\)/,
  );
  assert.doesNotMatch((await runCli(['run', 'something-else'])).stderr, /did you mean/);
});

test('--data and --test read examples from CSV files', async () => {
  const { spec } = (await loadLab()).createSession({
    dataset: { name: 'circles', samples: 40, testSamples: 20 },
  });
  const { train, test: held } = (await loadLab()).dataset(spec.dataset);
  const csv = (/** @type {typeof train} */ { x, y }) =>
    ['label,x1,x2', ...Array.from(y, (label, i) => `${label},${x[i]},${x[y.length + i]}`), ''].join('\n');
  writeFileSync(inFolder('train.csv'), csv(train));
  writeFileSync(inFolder('test.csv'), csv(held));
  const own = ['--data', inFolder('train.csv'), '--test', inFolder('test.csv')];
  const set = ['--set', 'iterations=50', '--json'];
  const [fromCsv] = JSON.parse((await runCli(['run', specFile, ...own, ...set])).text);
  const dataset = ['--set', 'dataset={name: circles, samples: 40, testSamples: 20}'];
  const [drawn] = JSON.parse((await runCli(['run', specFile, ...dataset, ...set])).text);
  assert.deepEqual(fromCsv.final, drawn.final);
  writeFileSync(inFolder('wrong.csv'), '1,2,0\n1,two,1\n');
  for (const [args, problem] of /** @type {[string[], RegExp][]} */ ([
    [['--data', inFolder('wrong.csv')], /wrong\.csv", line 2: "two" is not a number/],
    [['--data', inFolder('none.csv')], /none\.csv" cannot be read/],
    [['--test', inFolder('test.csv')], /--test needs --data/],
  ])) {
    const { status, stderr } = await runCli(['run', specFile, ...args]);
    assert.equal(status, 2);
    assert.match(stderr, problem);
  }
});
