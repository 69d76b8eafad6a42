import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { addLine, openResultFile } from '../../src/js/cli/result-file.js';
import { runCli, small, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const file = join(folder, 'results.jsonl');

/** Lines as a sweep writes them, of several experiments with names and of one without. @type {string[]} */
const lines = [];
before(async () => {
  for (const source of ['he', '-']) {
    const resume = join(folder, `${source}.jsonl`);
    const args = ['sweep', source, '--set', 'iterations=1', '--seeds', '1,2', '--resume', resume];
    await runCli(args, { input: JSON.stringify(small) });
    lines.push(...readFileSync(resume, 'utf8').trim().split('\n'));
  }
  assert.equal(lines.length, 8);
});

/** What is in the file after it was opened, and how many results were found. @param {string} text */
function opened(text) {
  writeFileSync(file, text);
  const { size } = openResultFile(file);
  return { size, left: readFileSync(file, 'utf8') };
}

/** @param {string} text */
function refused(text) {
  writeFileSync(file, text);
  assert.throws(() => openResultFile(file), /results\.jsonl, line \d is no/, text);
  assert.equal(readFileSync(file, 'utf8'), text);
}

test('a last line that was cut off, wherever, is taken away, and nothing before it', () => {
  for (const line of lines) {
    const whole = `${lines[0]}\n\n${lines[7]}\n`;
    for (let length = 1; length < line.length; length += 1)
      assert.deepEqual(opened(whole + line.slice(0, length)), { size: 2, left: whole });
    // Of a file that holds nothing else a whole id must tell what it is.
    for (let length = '{"id":"0123456789abcdef","'.length; length < line.length; length += 1)
      assert.deepEqual(opened(line.slice(0, length)), { size: 0, left: '' });
    for (const start of ['{', '{"id":"', '{"id":"0123456789abcdef"']) refused(start);
  }
});

test('a last line that lacks no more than its line break gets that, and its training is kept', () => {
  const text = `${lines[0]}\n${lines[7]}`;
  assert.deepEqual(opened(text), { size: 2, left: `${text}\n` });
  addLine(file, lines[3]);
  assert.equal(openResultFile(file).size, 3);
});

test('a file of something else is refused and left as it is, though it begins like a result', () => {
  const preset = JSON.stringify({ id: 'he', order: 3, runs: [{ init: { name: 'he_normal' } }] });
  const named = JSON.stringify({ id: '0123456789abcdef', values: [1] });
  for (const text of [
    preset,
    named,
    preset.slice(0, -1),
    named.replace('values', 'valued').slice(0, -1),
    named.toUpperCase().slice(0, -1),
    '{"id":"he"',
  ]) {
    refused(text);
    refused(`${text}\n`);
    refused(`${lines[0]}\n${text}`);
  }
});
