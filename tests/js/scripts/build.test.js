import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';
import { build, whenChanged } from '../../../scripts/build.mjs';
import { filesUnder } from '../../../scripts/files.mjs';
import { root, StepError } from '../../../scripts/steps.mjs';

test('repeats a step when an input changed or the output is missing, but not for a new date alone', async (t) => {
  mkdirSync(join(root, 'build'), { recursive: true });
  const folder = mkdtempSync(join(root, 'build', 'test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [input, output] = ['input', 'output'].map((name) => join(folder, name));
  writeFileSync(input, 'one');
  let runs = 0;
  const task = {
    name: 'Testing',
    stamp: relative(join(root, 'build', 'stamps'), join(folder, 'stamp')),
    inputs: [relative(root, input)],
    output: relative(root, output),
    work: async () => writeFileSync(output, String(++runs)),
  };

  await whenChanged(task);
  await whenChanged(task);
  assert.equal(runs, 1, 'nothing has changed');
  utimesSync(input, new Date(), new Date());
  await whenChanged(task);
  assert.equal(runs, 1, 'only a date is new');
  writeFileSync(input, 'two');
  await whenChanged(task);
  assert.equal(runs, 2, 'the input has changed');
  rmSync(output);
  await whenChanged(task);
  assert.equal(runs, 3, 'the output is gone');

  const failing = { ...task, work: () => Promise.reject(new StepError('no')) };
  writeFileSync(input, 'three');
  await assert.rejects(whenChanged(failing));
  await whenChanged(task);
  assert.equal(runs, 4, 'the last try failed');
});

test('finds no files in a missing folder', () => {
  assert.deepEqual(filesUnder('no-such-folder'), []);
});

test('rejects an unknown target and lists the known ones', async () => {
  await assert.rejects(
    build(['everything']),
    /unknown target "everything"; expected one of module, types, site/,
  );
});
