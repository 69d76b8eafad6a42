// Reads the course's picture files. They stay in the browser.

import { SIDE } from '../../src/js/generated-pictures.js';
import { whole } from '../texts/format.js';
import { words } from '../story/words.js';

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
 * @throws {Error} that names the fault, in the page's language
 */
export async function readPictures(file) {
  if (file.size > MAX_BYTES)
    throw new RangeError(
      words('pictures.error.size', { size: whole(file.size / 1e6), most: whole(MAX_BYTES / 1e6) }),
    );
  // The reader of HDF5 is loaded only when it is needed.
  const { readPictureFile } = await import('../../src/js/pictures.js');
  const read = readEitherPart(readPictureFile, await file.arrayBuffer(), file.name);
  const { features } = read.examples;
  if (features !== VALUES)
    throw new TypeError(words('pictures.error.values', { found: whole(features), expected: whole(VALUES) }));
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
