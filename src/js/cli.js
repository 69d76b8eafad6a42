#!/usr/bin/env node
/** The command line: init-lab COMMAND. Results go to standard output, everything else to standard error. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addButterfly } from './cli/butterfly.js';
import { EXIT, report } from './cli/errors.js';
import { packageFile } from './cli/inputs.js';
import { addField } from './cli/field.js';
import { addInitializers, addPresets, addSchema } from './cli/lists.js';
import { addReproduce } from './cli/reproduce.js';
import { addRun } from './cli/run.js';
import { addSweep } from './cli/sweep.js';
import { addDiagnose, addTheory } from './cli/theory.js';

const { version, description } = JSON.parse(readFileSync(packageFile, 'utf8'));

const program = new Command('init-lab')
  .description(description)
  .version(version)
  .exitOverride()
  .showHelpAfterError('(--help tells what there is)')
  .addHelpText(
    'after',
    `
Exit status: 0 done, 1 a figure disagrees or a training failed, 2 the command line or an experiment is not right,
130 interrupted.`,
  );
const commands = [
  addRun,
  addSweep,
  addReproduce,
  addPresets,
  addInitializers,
  addDiagnose,
  addTheory,
  addButterfly,
  addField,
  addSchema,
];
for (const add of commands) add(program);
// A command of its own does not inherit this.
for (const command of program.commands) command.exitOverride();

// Without a listener an EPIPE would end the process with a stack; write() reports it where it happens.
process.stdout.on('error', () => {});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else process.exitCode = report(error);
}
