#!/usr/bin/env node
/**
 * The command line: init-lab COMMAND. Results go to standard output, messages and progress to
 * standard error.
 */
import { Command, CommanderError } from 'commander';
import { addButterfly } from './cli/butterfly-command.js';
import { addDiagnose } from './cli/diagnose-command.js';
import { EXIT, report } from './cli/exit.js';
import { addExport } from './cli/export-command.js';
import { addField } from './cli/field-command.js';
import { packageInfo } from './cli/inputs.js';
import { addInitializers, addPresets, addSchema } from './cli/list-commands.js';
import { addMerge } from './cli/merge-command.js';
import { addReproduce } from './cli/reproduce-command.js';
import { addRun } from './cli/run-command.js';
import { addSweep } from './cli/sweep-command.js';
import { addTheory } from './cli/theory-command.js';

const program = new Command('init-lab')
  .description(packageInfo.description)
  .version(packageInfo.version)
  .exitOverride()
  .showHelpAfterError('(run with --help for usage)')
  .addHelpText(
    'after',
    `
Exit status: 0 success, 1 a figure disagrees or a training failed, 2 the command line or an experiment is wrong,
130 interrupted.`,
  );
const commands = [
  addRun,
  addSweep,
  addMerge,
  addReproduce,
  addPresets,
  addInitializers,
  addDiagnose,
  addTheory,
  addButterfly,
  addField,
  addExport,
  addSchema,
];
for (const add of commands) add(program);
// Subcommands do not inherit exitOverride.
for (const command of program.commands) command.exitOverride();

// Without a listener an EPIPE would end the process with a stack trace; write() handles the error.
process.stdout.on('error', () => {});
// With a listener, a file-size limit (ulimit -f) fails the write, as a full disk does, instead of
// killing the process.
process.on('SIGXFSZ', () => {});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else process.exitCode = report(error);
}
