#!/usr/bin/env node
/**
 * The command line: init-lab COMMAND. Results go to standard output, messages and progress to
 * standard error.
 */
import { runCommandLine } from './cli/program.js';

// Without a listener an EPIPE would end the process with a stack trace; write() handles the error.
process.stdout.on('error', () => {});
// With a listener, a file-size limit (ulimit -f) fails the write, as a full disk does, instead of
// killing the process.
process.on('SIGXFSZ', () => {});

await runCommandLine(process.argv.slice(2));
