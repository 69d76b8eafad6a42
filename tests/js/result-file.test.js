import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { headLine, linesOf, openResultFile } from '../../src/js/cli/result-file.js';
import { packageInfo } from '../../src/js/cli/inputs.js';
import { runCli, small, temporaryFolder } from './support.js';

/** @typedef {import('../../src/js/cli/result-file.js').SweepHead} SweepHead */

const folder = temporaryFolder();
const file = join(folder, 'results.jsonl');

/** @type {SweepHead} */
const head = {
  version: packageInfo.version,
  experiments: [{ name: '', spec: small }],
  grid: ['init.seed=1..4'],
};
/** Lines as a sweep writes them. @type {string[]} */
let lines = [];
before(async () => {
  const resume = join(folder, 'made.jsonl');
  const args = ['sweep', '-', '--set', 'iterations=1', '--seeds', '1..4', '--resume', resume];
  await runCli(args, { input: JSON.stringify(small) });
  lines = readFileSync(resume, 'utf8').trim().split('\n').slice(1);
  assert.equal(lines.length, 4);
});

/**
 * Opens the file with this text and closes it again.
 *
 * @param {string} text
 * @param {SweepHead} [own]
 */
async function opened(text, own = head) {
  writeFileSync(file, text);
  const { records, close } = await openResultFile(file, own, () => {});
  await close();
  return { size: records.size, left: readFileSync(file, 'utf8') };
}

/**
 * @param {string} text
 * @param {RegExp} [problem]
 * @param {SweepHead} [own]
 */
async function refused(text, problem = /results\.jsonl, line \d+ (is|does) not/, own = head) {
  writeFileSync(file, text);
  await assert.rejects(
    openResultFile(file, own, () => {}),
    problem,
    text,
  );
  assert.equal(readFileSync(file, 'utf8'), text);
}

test('removes a last line that was cut off at any place, and nothing before it', async () => {
  const whole = `${headLine(head)}${lines[0]}\n\n${lines[3]}\n`;
  for (let length = 1; length < lines[1].length; length += 7)
    assert.deepEqual(await opened(whole + lines[1].slice(0, length)), { size: 2, left: whole });
  for (let length = 1; length < headLine(head).length - 1; length += 7)
    assert.deepEqual(await opened(headLine(head).slice(0, length)), { size: 0, left: headLine(head) });
});

test('completes a last line that lacks only its line break', async () => {
  const text = `${headLine(head)}${lines[0]}\n${lines[2]}`;
  assert.deepEqual(await opened(text), { size: 2, left: `${text}\n` });
});

test('writes a head to an empty or new file', async () => {
  assert.deepEqual(await opened(''), { size: 0, left: headLine(head) });
});

test('adds a head for a longer grid and for another part, and keeps the results', async () => {
  const text = `${headLine(head)}${lines[0]}\n`;
  const longer = { ...head, grid: ['init.seed=1..8'], shard: '1/2' };
  assert.deepEqual(await opened(text, longer), { size: 1, left: text + headLine(longer) });
});

test('rejects another version and other experiments, and leaves the file unchanged', async () => {
  const text = `${headLine(head)}${lines[0]}\n`;
  const other = { name: '', spec: { ...small, iterations: 7 } };
  await refused(text, /was made by Init Lab .*, this is 9\.9\.9; use another file/, {
    ...head,
    version: '9.9.9',
  });
  await refused(text, /holds the results of other experiments/, { ...head, experiments: [other] });
});

test('rejects any other file and leaves it unchanged', async () => {
  const preset = JSON.stringify({ id: 'he', order: 3, runs: [{ init: { name: 'he_normal' } }] });
  for (const text of [
    preset,
    preset.slice(0, -1),
    'my notes',
    '{"sweep": 3}',
    '{"sweeps":{"version":"',
    lines[0],
  ]) {
    await refused(text);
    await refused(`${text}\n`);
  }
  await refused(`${headLine(head)}${preset}`);
});

test('rejects a second process on the same file', { timeout: 60_000 }, async () => {
  writeFileSync(file, '');
  const first = await openResultFile(file, head, () => {});
  const args = ['sweep', '-', '--seeds', '1..2', '--resume', file];
  const { status, stderr } = await runCli(args, { input: JSON.stringify(small) });
  assert.equal(status, 2);
  assert.match(stderr, /results\.jsonl" is in use by another process; give each process a file of its own/);
  await first.close();
  assert.equal((await opened(readFileSync(file, 'utf8'))).size, 0);
});

test('reads lines that are longer than its buffer', () => {
  const text = 'a line\n\nänother, longer line\nthe last one has no line break';
  const path = join(folder, 'lines.txt');
  writeFileSync(path, text);
  const whole = text.split(/(?<=\n)/);
  for (const bytesAtOnce of [1, 2, 7, 100])
    assert.deepEqual(
      [...linesOf(path, bytesAtOnce)].map((line) => line.toString('utf8')),
      whole,
      `${bytesAtOnce} bytes at once`,
    );
});
