/**
 * Reads the course's cat pictures (train_catvnoncat.h5, test_catvnoncat.h5) as labelled examples.
 */
import { File as Hdf5File } from 'jsfive';
import { dataError, expected } from './errors.js';

/**
 * @typedef {{ features: number, x: Float64Array, y: Float64Array }} Examples x[f * m + i] is
 *   feature f of example i
 */
/** @typedef {'train' | 'test'} Part */

/**
 * Reads one of the two files: pixels / 255, each picture flattened in C order (row, column, colour)
 * to one column.
 *
 * @param {ArrayBuffer | Uint8Array} bytes the .h5 file
 * @param {Part} part which of the two files; the names of its data sets contain it
 * @returns {Examples} for the course's files 12,288 features; 209 examples in train, 50 in test
 * @throws {TypeError} with code 'not-pictures' when the bytes are not such an HDF5 file; the
 *   reader's error as `cause`
 */
export function readPictureFile(bytes, part) {
  const pixels = readNumbers(bytes, part, `${part}_set_x`);
  const labels = readNumbers(bytes, part, `${part}_set_y`);
  const [m, ...sides] = pixels.shape;
  if (labels.value.length !== m)
    throw refusal(part, 'labels', { value: labels.value.length, more: [String(m)] });
  const features = sides.reduce((product, side) => product * side, 1);
  const x = new Float64Array(features * m);
  for (let i = 0; i < m; i += 1) {
    for (let f = 0; f < features; f += 1) x[f * m + i] = pixels.value[i * features + f] / 255;
  }
  return { features, x, y: Float64Array.from(labels.value, Number) };
}

/**
 * @param {Part} part
 * @param {string} rule without "pictures-"
 * @param {{ value?: number, more?: string[], cause?: unknown }} [details]
 */
const refusal = (part, rule, { value, more = [], cause } = {}) =>
  dataError(
    TypeError,
    {
      code: 'not-pictures',
      field: part,
      value,
      expected: expected.rule(`pictures-${rule}`, `${part}_catvnoncat.h5`, ...more),
    },
    cause,
  );

/**
 * @param {ArrayBuffer | Uint8Array} bytes
 * @param {Part} part
 * @param {string} name
 * @returns {{ shape: number[], value: ArrayLike<number> }}
 */
function readNumbers(bytes, part, name) {
  let found;
  try {
    // A Buffer may be a view of a part of its memory, so copy it.
    const file = new Hdf5File(new Uint8Array(bytes).buffer, name);
    const dataset = file.keys.includes(name) ? file.get(name) : undefined;
    // `value` is a getter that reads the file each time.
    found = dataset?.shape && { shape: dataset.shape, value: dataset.value };
  } catch (cause) {
    throw refusal(part, 'format', { cause });
  }
  if (!found) throw refusal(part, 'dataset', { more: [name] });
  return found;
}

/**
 * Reads both files as the `dataset` of an experiment.
 *
 * @param {{ train: ArrayBuffer | Uint8Array, test: ArrayBuffer | Uint8Array }} files
 * @returns {{ name: 'points', train: Examples, test: Examples }}
 * @throws {TypeError} see readPictureFile; `field` is the part
 */
export const readPictures = ({ train, test }) => ({
  name: 'points',
  train: readPictureFile(train, 'train'),
  test: readPictureFile(test, 'test'),
});
