// The commands sweep and merge, result files, and what interrupts a sweep.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
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

test('a sweep trains every combination, with the same results for one worker and two', async () => {
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

test('a sweep continues a half-written result file and trains only the missing experiments', async () => {
  const whole = await runCli([...sweep, '--csv']);
  const file = inFolder('half.jsonl');
  await runCli([...sweep, '--resume', file]);
  const all = lines(readFileSync(file, 'utf8'));
  assert.equal(all.length, 1 + 9);
  // As a kill in the middle of a write leaves it.
  writeFileSync(file, `${all.slice(0, 5).join('\n')}\n${all[5].slice(0, 30)}`);
  const resumed = await runCli([...sweep, '--resume', file, '--csv']);
  assert.match(resumed.stderr, /^4 of 9 need no training\n$/);
  assert.equal(resumed.text, whole.text);
  const after9 = lines(readFileSync(file, 'utf8'));
  assert.deepEqual(after9.slice(0, 4), all.slice(0, 4));
  assert.deepEqual([...after9].sort(), [...all].sort());
  const again = await runCli([...sweep, '--resume', file, '--csv']);
  assert.equal(again.text, whole.text);
  assert.equal(lines(readFileSync(file, 'utf8')).length, 1 + 9);
});

test('writes results from a file with the fields of the present grid', async () => {
  const file = inFolder('other-grid.jsonl');
  const grid = ['--grid', `iterations=${small.iterations}`, '--resume', file];
  await runCli(['sweep', specFile, ...grid, '--seeds', '1', '--history']);
  assert.equal(lines(readFileSync(file, 'utf8')).length, 1 + 1);
  // The same experiment named by other fields, and one that the file lacks.
  const args = ['sweep', specFile, '--seeds', '1,2', '--resume', file];
  const jsonl = await runCli([...args, '--jsonl']);
  assert.match(jsonl.stderr, /^1 of 2 need no training\n$/);
  const records = lines(jsonl.text).map((line) => JSON.parse(line));
  for (const record of records) assert.deepEqual(Object.keys(record), ['id', 'values', 'final']);
  assert.deepEqual(
    records.map(({ values }) => values),
    [{ 'init.seed': 1 }, { 'init.seed': 2 }],
  );
  const json = await runCli([...args, '--json']);
  assert.deepEqual(JSON.parse(json.text), records);
});

test('a killed sweep keeps every finished training', async () => {
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
  while (size() < 900 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await closed;
  const kept = lines(readFileSync(file, 'utf8')).length - 1;
  assert.ok(kept > 0 && kept < 40, `${kept} kept`);
  const { status, stderr, text } = await runCli([...args, '--csv']);
  assert.equal(status, 0);
  assert.match(stderr, new RegExp(`^${kept} of 40 need no training`));
  assert.equal(lines(text).length, 41);
});

test('Ctrl-C ends a sweep with status 130 and keeps every finished training', async () => {
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

test('merges the parts of a sweep to the result of the whole sweep', async () => {
  const files = ['1/2', '2/2'].map((shard, i) => ({ shard, file: inFolder(`shard-${i}.jsonl`) }));
  for (const { shard, file } of files) await runCli([...sweep, '--shard', shard, '--resume', file]);
  const single = inFolder('single.jsonl');
  const { text: csv } = await runCli([...sweep, '--workers', '1', '--resume', single, '--csv']);
  const parts = files.map(({ file }) => file);
  assert.equal((await runCli(['merge', ...parts])).text, readFileSync(single, 'utf8'));
  assert.equal((await runCli(['merge', ...parts, '--csv'])).text, csv);
});

test('merge names missing parts and missing trainings, and rejects parts of another sweep', async () => {
  const [first, second, other] = ['a', 'b', 'other'].map((name) => inFolder(`merge-${name}.jsonl`));
  await runCli([...sweep, '--shard', '1/2', '--resume', first]);
  const lacking = await runCli(['merge', first]);
  assert.deepEqual([lacking.status, lacking.text], [1, '']);
  assert.match(lacking.stderr, /^error: 4 of 9 trainings are missing\n {2}part 2\/2 has no file\n$/);
  await runCli([...sweep, '--shard', '2/2', '--resume', second]);
  writeFileSync(second, lines(readFileSync(second, 'utf8')).slice(0, -1).join('\n'));
  const { stderr } = await runCli(['merge', first, second]);
  assert.match(
    stderr,
    /1 of 9 trainings are missing\n {2}".*merge-b\.jsonl" \(part 2\/2\) lacks 1\n {2}init\.std=\S+ init\.seed=\d\n$/,
  );
  await runCli(['sweep', specFile, '--seeds', '1..3', '--resume', other]);
  assert.match(
    (await runCli(['merge', first, other])).stderr,
    /merge-other\.jsonl" holds the results of other/,
  );
  await runCli([...sweep.slice(0, -1), '1..4', '--resume', other.replace('other', 'longer')]);
  assert.match(
    (await runCli(['merge', first, other.replace('other', 'longer')])).stderr,
    /merge-longer\.jsonl" has another grid than ".*merge-a\.jsonl"/,
  );
  assert.match(
    (await runCli(['merge', inFolder('none.jsonl')])).stderr,
    /none\.jsonl" cannot be read: ENOENT/,
  );
});

test('--shard auto trains the part of a scheduler’s task', async () => {
  const args = ['sweep', specFile, '--seeds', '1..3', '--shard', 'auto/3', '--csv'];
  const { text } = await runCli(args, { env: { PARALLEL_SEQ: '2' } });
  assert.match(lines(text)[1], /^2,/);
  assert.equal(lines(text).length, 2);
});

test('a full disk ends a sweep with a message, and the next one continues the file', async () => {
  const file = inFolder('full.jsonl');
  const limited = (/** @type {string} */ limit) =>
    new Promise((resolve) => {
      const command = `ulimit -f ${limit}; exec "$0" "$@"`;
      const args = [
        process.execPath,
        cliFile,
        'sweep',
        specFile,
        '--seeds',
        '1..40',
        '--resume',
        file,
        '--csv',
      ];
      // A report of coverage would not fit into the limit either.
      const env = { ...process.env, NODE_V8_COVERAGE: '' };
      const child = spawn('bash', ['-c', command, ...args], { cwd: root, env });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
      child.stdout.resume();
      child.on('close', (status) => resolve({ status, stderr }));
    });
  const { status, stderr } = await limited('4');
  assert.equal(status, 1);
  assert.match(stderr, /^error: ".*full\.jsonl" cannot be written: EFBIG/);
  const again = await limited('unlimited');
  assert.equal(again.status, 0);
  assert.match(again.stderr, /^\d+ of 40 need no training/);
  assert.equal((await runCli(['merge', file])).status, 0);
});

test('rejects a file that is not a result file, and leaves it unchanged', async () => {
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
    assert.match(refusal.stderr, /precious\.txt, line \d (is|does) not/);
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});

test('names the number of a damaged line in a result file', async () => {
  const file = inFolder('damaged.jsonl');
  await runCli([...sweep, '--resume', file, '--history']);
  const whole = lines(readFileSync(file, 'utf8'));
  const record = JSON.parse(whole[2]);
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
    writeFileSync(file, [...whole.slice(0, 2), '', damaged, ...whole.slice(3), ''].join('\n'));
    const { status, stderr } = await runCli([...sweep, '--resume', file]);
    assert.equal(status, 2, damaged);
    assert.match(stderr, /^error: .*damaged\.jsonl, line 4 is not a result; expected /, damaged);
  }
});

test('rejects a result file that cannot be written before it trains', async () => {
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

test('a result file round-trips infinite costs', async () => {
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
