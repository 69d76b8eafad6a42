// A real Slurm of one node (Debian's packages slurm-wlm and munge), which the test starts and ends.
// Needs root.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { compareWithOneMachine, examples, prepare, run } from './support.js';

/** Long enough that a task can be killed in the middle of its 125 trainings. */
const place = prepare(2000);
const slurm = join(place.folder, 'slurm');
/** @type {import('node:child_process').ChildProcess[]} */
const daemons = [];

/**
 * Starts a program that runs until the test ends.
 *
 * @param {string} program
 * @param {string[]} args
 */
function start(program, args) {
  const log = openSync(join(slurm, `${program}.out`), 'w');
  daemons.push(spawn(program, args, { env: place.env, stdio: ['ignore', log, log] }));
  closeSync(log);
}

/** What the daemons wrote, for a failure. */
const logs = () =>
  ['munged', 'slurmctld', 'slurmd']
    .map((name) => join(slurm, `${name}.out`))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8').slice(-1500))
    .join('\n');

/** Far longer than any step takes on a slow machine: the tests assert no speed. */
const PATIENCE_SECONDS = 3600;

/**
 * @param {string} what
 * @param {() => Promise<boolean> | boolean} condition
 */
async function until(what, condition) {
  for (let i = 0; i < 10 * PATIENCE_SECONDS; i += 1) {
    if (await condition()) return;
    await wait(100);
  }
  assert.fail(`${what} did not happen within ${PATIENCE_SECONDS} s\n${logs()}`);
}

/**
 * @param {string} program
 * @param {string[]} args
 */
const slurmCommand = async (program, ...args) => (await run(program, args, place.options)).stdout;

before(async () => {
  mkdirSync(slurm);
  for (const name of ['state', 'spool', 'munge']) mkdirSync(join(slurm, name), { mode: 0o755 });
  const key = join(slurm, 'munge', 'munge.key');
  writeFileSync(key, Buffer.alloc(128, 7), { mode: 0o600 });
  const socket = join(slurm, 'munge', 'socket');
  const munge = ['key-file', 'pid-file', 'log-file', 'seed-file'].map(
    (name) => `--${name}=${name === 'key-file' ? key : join(slurm, 'munge', name)}`,
  );
  const host = hostname();
  const config = join(slurm, 'slurm.conf');
  writeFileSync(
    config,
    `ClusterName=init-lab
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=27817
SlurmdPort=27818
SlurmUser=root
AuthType=auth/munge
# A requeued task starts again after the lifetime of its credential.
AuthInfo=socket=${socket},cred_expire=5
StateSaveLocation=${join(slurm, 'state')}
SlurmdSpoolDir=${join(slurm, 'spool')}
SlurmctldPidFile=${join(slurm, 'slurmctld.pid')}
SlurmdPidFile=${join(slurm, 'slurmd.pid')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
KillWait=2
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`,
  );
  place.env.SLURM_CONF = config;
  start('munged', ['--foreground', '--force', `--socket=${socket}`, ...munge]);
  await until('munge', () => existsSync(socket));
  start('slurmctld', ['-D', '-f', config]);
  start('slurmd', ['-D', '-f', config]);
  await until('an idle node', async () => /idle/.test(await slurmCommand('sinfo', '-h').catch(() => '')));
});

after(async () => {
  // Tasks that outlive slurmd would write into the folder while it is removed.
  await slurmCommand('scancel', '--user=root').catch(() => {});
  for (let i = 0; i < 300 && (await slurmCommand('squeue', '-h').catch(() => '')).trim() !== ''; i += 1)
    await wait(100);
  for (const daemon of daemons.reverse()) daemon.kill();
  await Promise.all(
    daemons.map((daemon) => daemon.exitCode ?? new Promise((done) => daemon.on('close', done))),
  );
});

test('an array of 8 tasks, one killed and requeued, merges byte for byte to the file of one machine', async () => {
  const submitted = await slurmCommand('sbatch', '--parsable', join(examples, 'slurm.sh'));
  const job = submitted.trim();
  const third = join(place.folder, 'part-3.jsonl');
  const lines = () => (existsSync(third) ? readFileSync(third, 'utf8').split('\n').length - 1 : 0);
  await until('task 3', () => lines() > 10);
  await slurmCommand('scontrol', 'requeue', `${job}_3`);
  const kept = lines();
  assert.ok(kept < 126, `${kept} lines: the task was done before it was killed`);
  await until('the end of all tasks', async () => (await slurmCommand('squeue', '-h')).trim() === '');
  const { merged, single } = await compareWithOneMachine(place);
  assert.equal(merged.split('\n').length, 1 + 1000 + 1);
  assert.ok(merged === single, 'the files differ');
});
