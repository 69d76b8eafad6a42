import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readShard } from '../../src/js/cli/shard.js';

const slurm = (/** @type {string} */ id) => ({
  SLURM_ARRAY_TASK_ID: id,
  SLURM_ARRAY_TASK_MIN: '0',
  SLURM_ARRAY_TASK_MAX: '6',
  SLURM_ARRAY_TASK_STEP: '3',
  SLURM_ARRAY_TASK_COUNT: '3',
});
const gridEngine = { SGE_TASK_ID: '2', SGE_TASK_FIRST: '1', SGE_TASK_LAST: '3', SGE_TASK_STEPSIZE: '1' };

test('reads a task’s position from the environment of each scheduler', () => {
  for (const [text, env, expected] of /** @type {[string, Record<string, string>, string][]} */ ([
    ['auto', slurm('0'), '1/3'],
    ['auto', slurm('6'), '3/3'],
    ['auto/3', slurm('3'), '2/3'],
    ['auto', { ...gridEngine, PARALLEL_SEQ: '' }, '2/3'],
    // Grid Engine sets its variables to "undefined" outside of an array.
    ['auto/3', { PBS_ARRAY_INDEX: '3', SGE_TASK_ID: 'undefined' }, '3/3'],
    ['auto/3', { PBS_ARRAYID: '1' }, '1/3'],
    ['auto/3', { JOB_COMPLETION_INDEX: '0' }, '1/3'],
    ['auto/3', { PARALLEL_SEQ: '2' }, '2/3'],
  ]))
    assert.equal(readShard(text, env), expected, JSON.stringify(env));
});

test('leaves an explicit part of the command line unchanged', () => {
  assert.equal(readShard('2/5', slurm('0')), '2/5');
  assert.equal(readShard('auto/', {}), 'auto/');
  assert.equal(readShard(undefined, slurm('0')), undefined);
});

test('rejects an environment without a position, and names its variables', () => {
  for (const [text, env, problem] of /** @type {[string, Record<string, string>, RegExp][]} */ ([
    ['auto', {}, /finds no task of a scheduler; expected one of SLURM_ARRAY_TASK_ID, /],
    ['auto', { JOB_COMPLETION_INDEX: '0' }, /Kubernetes does not say how many tasks .*; use --shard auto\/n/],
    ['auto', { ...gridEngine, PARALLEL_SEQ: '1' }, /finds Grid Engine \(SGE_TASK_ID\) and GNU parallel/],
    ['auto/3', { PARALLEL_SEQ: '4' }, /PARALLEL_SEQ is 4; expected 1 to 3 for 3 parts/],
    ['auto/8', gridEngine, /Grid Engine runs 3 tasks, numbered 1 to 3; expected 8 consecutive ones/],
    [
      'auto',
      { ...slurm('3'), SLURM_ARRAY_TASK_COUNT: '2' },
      /Slurm runs 2 tasks, numbered 0 to 6; expected 3/,
    ],
  ]))
    assert.throws(() => readShard(text, env), problem);
});
