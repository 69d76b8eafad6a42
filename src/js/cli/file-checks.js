/** Checks of the files that a command names, before it reads or trains. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './exit.js';

/** @param {string} path */
const statusOf = (path) => statSync(path, { throwIfNoEntry: false });

/**
 * Checks --output before a training, which may take hours.
 *
 * @param {string | undefined} path of a file to write
 * @throws {UsageError} when it, or its folder, cannot be written to
 */
export function checkOutput(path) {
  if (path === undefined) return;
  const field = '--output';
  if (path === '')
    throw new UsageError('empty-option', { field, value: path, accepted: 'the name of a file' });
  const there = statusOf(path);
  if (there?.isDirectory()) throw new UsageError('folder', { field, value: path });
  try {
    accessSync(there ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError('unwritable', { field, value: path, reason: /** @type {Error} */ (error).message });
  }
}

/**
 * Checks a file of experiments, examples or weights. It may be a pipe.
 *
 * @param {string} path need not exist
 * @throws {UsageError} for a device, which may have no end
 */
export function checkInput(path) {
  if (statusOf(path)?.isCharacterDevice())
    throw new UsageError('unreadable', { value: path, reason: 'it is a device' });
}

/**
 * Checks a result file, which is read, locked and shortened.
 *
 * @param {string} path need not exist
 * @throws {UsageError} for folders, pipes and devices
 */
export function checkResultFile(path) {
  if (statusOf(path)?.isFile() === false)
    throw new UsageError('unwritable', { value: path, reason: 'it is not a regular file' });
}
