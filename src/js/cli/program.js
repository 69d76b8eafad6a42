/** The commands of the command line as one program. */
import { Command, CommanderError } from 'commander';
import { addButterfly } from './butterfly-command.js';
import { addDiagnose } from './diagnose-command.js';
import { EXIT, report } from './exit.js';
import { addExport } from './export-command.js';
import { addField } from './field-command.js';
import { packageInfo } from './inputs.js';
import { addInitializers, addPresets, addSchema } from './list-commands.js';
import { addMerge } from './merge-command.js';
import { addReproduce } from './reproduce-command.js';
import { addRun } from './run-command.js';
import { addSweep } from './sweep-command.js';
import { addTheory } from './theory-command.js';

const COMMANDS = [
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

/** Returns the program with every command; it throws where Commander would end the process. */
export function createProgram() {
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
  for (const add of COMMANDS) add(program);
  // Subcommands do not inherit exitOverride.
  for (const command of program.commands) command.exitOverride();
  return program;
}

/**
 * Runs one command line and sets the exit status of the process.
 *
 * @param {string[]} words without the names of Node and of the script
 */
export async function runCommandLine(words) {
  try {
    await createProgram().parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    else process.exitCode = report(error);
  }
}
