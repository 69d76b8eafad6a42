/** Reads the course's cat pictures (train_catvnoncat.h5, test_catvnoncat.h5) as examples for an experiment. */
import { File as Hdf5File } from 'jsfive';

/** @typedef {{ features: number, x: Float64Array, y: Float64Array }} Examples x[f * m + i] is feature f of example i */

/**
 * One of the two files: pixels / 255, each picture flattened in C order (row, column, colour) to one column of features.
 *
 * @param {ArrayBuffer} bytes the .h5 file
 * @param {'train' | 'test'} part which of the two it is; its data sets are named after it
 * @returns {Examples} for the course's files 12,288 features; 209 examples in train, 50 in test
 * @throws {TypeError} when the bytes are no HDF5 file or hold no such pictures
 */
export function readPictureFile(bytes, part) {
  const pixels = readNumbers(bytes, `${part}_set_x`);
  const labels = readNumbers(bytes, `${part}_set_y`);
  const [m, ...sides] = pixels.shape;
  if (labels.value.length !== m) {
    throw new TypeError(
      `${part}_set_y holds ${labels.value.length} labels; expected ${m}, one for each picture`,
    );
  }
  const features = sides.reduce((product, side) => product * side, 1);
  const x = new Float64Array(features * m);
  for (let i = 0; i < m; i += 1) {
    for (let f = 0; f < features; f += 1) x[f * m + i] = pixels.value[i * features + f] / 255;
  }
  return { features, x, y: Float64Array.from(labels.value, Number) };
}

/**
 * @param {ArrayBuffer} bytes
 * @param {string} name
 * @returns {{ shape: number[], value: ArrayLike<number> }}
 */
function readNumbers(bytes, name) {
  let found;
  try {
    const file = new Hdf5File(bytes, name);
    found = file.keys.includes(name) ? file.get(name) : undefined;
  } catch (error) {
    // The library throws texts as well as errors.
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`The file is no HDF5 file that can be read: ${reason}`, { cause: error });
  }
  if (!found) throw new TypeError(`The file holds no data set named ${name}`);
  // Its value is read anew each time it is asked for.
  return { shape: found.shape, value: found.value };
}

/**
 * Both parts as the `dataset` of an experiment.
 *
 * @param {{ train: ArrayBuffer, test: ArrayBuffer }} files
 * @returns {{ name: 'points', train: Examples, test: Examples }}
 * @throws {TypeError} as readPictureFile
 */
export const readPictures = ({ train, test }) => ({
  name: 'points',
  train: readPictureFile(train, 'train'),
  test: readPictureFile(test, 'test'),
});
