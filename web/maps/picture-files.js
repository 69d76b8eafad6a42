// Reads the course's picture files. They stay in the browser.

import { dataError, expected } from '../../src/js/errors.js';
import { SIDE } from '../../src/js/generated-pictures.js';
import { fileSizeError } from '../state/file-size.js';

/** @typedef {import('../../src/js/pictures.js').Examples} Examples */
/** @typedef {{ part: 'train' | 'test', examples: Examples }} PictureFile */

/** The course's files have 3 MB. */
const MAX_BYTES = 100e6;
const VALUES = SIDE * SIDE * 3;

/**
 * Reads one file of pictures.
 *
 * @param {File} file
 * @returns {Promise<PictureFile>}
 * @throws {import('../../src/js/types.js').LabError}
 */
export async function readPictures(file) {
  const tooLarge = fileSizeError(file, MAX_BYTES);
  if (tooLarge) throw dataError(RangeError, tooLarge);
  // The reader of HDF5 is loaded only when it is needed.
  const { readPictureFile } = await import('../../src/js/pictures.js');
  const read = readEitherPart(readPictureFile, await file.arrayBuffer(), file.name);
  const { features } = read.examples;
  if (features !== VALUES)
    throw dataError(TypeError, {
      code: 'not-pictures',
      field: read.part,
      value: features,
      expected: expected.rule('pictures-values', String(VALUES)),
    });
  return read;
}

/**
 * Reads a file as the part that its datasets name. If it is neither part, the file's name decides
 * which error is reported.
 *
 * @param {typeof import('../../src/js/pictures.js').readPictureFile} read
 * @param {ArrayBuffer} bytes
 * @param {string} name
 * @returns {PictureFile}
 */
function readEitherPart(read, bytes, name) {
  /** @type {('train' | 'test')[]} */
  const [likely, other] = name.includes('test') ? ['test', 'train'] : ['train', 'test'];
  try {
    return { part: likely, examples: read(bytes, likely) };
  } catch (error) {
    try {
      return { part: other, examples: read(bytes, other) };
    } catch {
      throw error;
    }
  }
}
