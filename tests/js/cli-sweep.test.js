// The command sweep: every combination once, whatever stops it on the way, and its result file.

import assert from 'node:assert/strict';
import { constants } from 'node:buffer';
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { without } from '../../src/js/experiments.js';
import { cliFile, lines, root, runCli, small, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const specFile = join(folder, 'small.json');
writeFileSync(specFile, JSON.stringify(small));
/** @param {string} name */
const inFolder = (name) => join(folder, name);

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
