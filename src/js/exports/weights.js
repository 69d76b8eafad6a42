/**
 * The weights of a network as named arrays, with the names and shapes of PyTorch: layers.0.weight
 * (out by in), layers.0.bias, and so on, in .npz and .safetensors files. A .safetensors file is a
 * JSON header and raw numbers, a .npz file a ZIP (by fflate) of arrays with a short header each: no
 * kept library on npm reads or writes either in a page.
 */
import { strFromU8, strToU8, zipSync } from 'fflate';
import { dataError, expected, isArray, isObject } from '../errors.js';
import { LIMITS } from '../limits.js';
import { unpack } from './unpack.js';

/** @typedef {{ shape: number[], data: Float64Array }} Tensor values row by row */
/** @typedef {Record<string, Tensor>} Tensors by name, in order */

/**
 * A network that weights belong to.
 *
 * @typedef {object} WeightsNetwork
 * @property {number} features inputs
 * @property {number[]} layers widths of the hidden layers
 * @property {number} outputs units of the output layer
 * @property {'layer' | 'batch'} [normalization] of every hidden layer
 * @property {{ scale: 1, learned: true }} [skip] connections, whose scales are parameters
 * @property {Float64Array} parameters in the lab's order: W row by row, b, the normalization's gain
 *   and shift, the branch's scale, layer by layer
 */

/**
 * @param {string} rule without "weights-"
 * @param {{ field?: string, value?: number }} [array] its name and the number
 *   that was found
 * @param {...(string | number)} more what the rule's sentence names
 */
const refusal = (rule, array = {}, ...more) =>
  dataError(TypeError, {
    code: 'bad-weights',
    ...array,
    expected: expected.rule(`weights-${rule}`, ...more.map(String)),
  });

/** @param {unknown} type as a file names it */
const shortened = (type) => String(type).slice(0, 20);

/** @param {number[]} shape */
const sizeOf = (shape) => shape.reduce((product, side) => product * side, 1);

/**
 * Splits the parameter vector of a network into arrays.
 *
 * @param {import('../types.js').Network} network
 * @param {Float64Array} parameters
 * @returns {Tensors}
 */
export function tensorsOf(network, parameters) {
  /** @type {Tensors} */
  const tensors = {};
  /**
   * @param {string} name
   * @param {number[]} shape
   * @param {number} start
   */
  const take = (name, shape, start) => {
    tensors[name] = { shape, data: parameters.slice(start, start + sizeOf(shape)) };
  };
  let scales = 0;
  network.layers.forEach((layer, l) => {
    take(`layers.${l}.weight`, [layer.out, layer.in], layer.weights);
    take(`layers.${l}.bias`, [layer.out], layer.biases);
    let next = layer.biases + layer.out;
    if (layer.normalization) {
      take(`norms.${l}.weight`, [layer.out], next);
      take(`norms.${l}.bias`, [layer.out], next + layer.out);
      next += 2 * layer.out;
    }
    if (layer.skip?.learned) take(`scales.${scales++}`, [], next);
  });
  return tensors;
}

/**
 * Writes a .safetensors file (https://github.com/huggingface/safetensors).
 *
 * @param {Tensors} tensors
 * @param {Record<string, string>} [metadata]
 * @returns {Uint8Array}
 */
export function writeSafetensors(tensors, metadata = {}) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata };
  let size = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F64', shape, data_offsets: [size, size + 8 * data.length] };
    size += 8 * data.length;
  }
  // The numbers begin at a multiple of 8 bytes; the format allows spaces after the header.
  const text = JSON.stringify(header);
  const head = strToU8(text + ' '.repeat((8 - (strToU8(text).length % 8)) % 8));
  const bytes = new Uint8Array(8 + head.length + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let offset = 8 + head.length;
  for (const { data } of Object.values(tensors))
    for (const value of data) {
      view.setFloat64(offset, value, true);
      offset += 8;
    }
  return bytes;
}

/**
 * @param {number} bits of an IEEE half
 * @returns {number}
 */
function halfOf(bits) {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * How numbers are read, by the formats' names.
 *
 * @type {Record<string, { bytes: number, read: (view: DataView, at: number) => number }>}
 */
const NUMBERS = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, read: (view, at) => halfOf(view.getUint16(at, true)) },
  BF16: {
    bytes: 2,
    read(view, at) {
      const single = new DataView(new ArrayBuffer(4));
      single.setUint16(0, view.getUint16(at, true));
      return single.getFloat32(0);
    },
  },
};

/**
 * @param {Uint8Array} bytes of the numbers
 * @param {string} type a key of NUMBERS
 * @param {number[]} shape
 * @param {string} name for the error
 */
function readNumbers(bytes, type, shape, name) {
  const { bytes: width, read } = NUMBERS[type];
  if (bytes.length !== width * sizeOf(shape))
    throw refusal('bytes', { field: name, value: bytes.length }, width * sizeOf(shape));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float64Array.from({ length: sizeOf(shape) }, (_, i) => read(view, width * i));
}

/** As many as NumPy's arrays had for long. */
const MOST_SIDES = 32;

/**
 * @param {unknown} shape
 * @returns {shape is number[]}
 */
const isShape = (shape) =>
  isArray(shape) &&
  shape.length <= MOST_SIDES &&
  // Without a bound for each side, one of 0 would hide that another is huge.
  shape.every((side) => Number.isInteger(side) && Number(side) >= 1) &&
  sizeOf(/** @type {number[]} */ (shape)) < 2 ** 28;

/** A layer has two arrays; with normalization, its averages and a scale eight. */
const MOST_ARRAYS = 8 * (LIMITS.layers + 1);
/** Bytes of all arrays of a .npz file: every number has 8, and the headers are short. */
const MOST_UNPACKED = 9 * LIMITS.parameters;

/**
 * @param {number} count of arrays in a file
 * @throws {TypeError} where no network has so many
 */
function checkCount(count) {
  if (count > MOST_ARRAYS) throw refusal('count', { value: count }, MOST_ARRAYS);
}

/**
 * @param {unknown} value
 * @returns {value is Tensor}
 */
const isTensor = (value) =>
  isObject(value) && isShape(value.shape) && value.data?.length === sizeOf(value.shape);

/**
 * @param {Uint8Array} bytes
 * @returns {Tensors}
 */
function readSafetensors(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : NaN;
  let header;
  try {
    header = JSON.parse(strFromU8(bytes.subarray(8, 8 + length)));
  } catch {
    throw refusal('format');
  }
  const entries = Object.entries(header ?? {}).filter(([name]) => name !== '__metadata__');
  checkCount(entries.length);
  // Writers may sort by name; the numbers lie in the order of the network more often.
  entries.sort(([, a], [, b]) => a?.data_offsets?.[0] - b?.data_offsets?.[0]);
  const numbers = bytes.subarray(8 + length);
  let end = 0;
  return Object.fromEntries(
    entries.map(([name, entry]) => {
      const { dtype, shape, data_offsets: offsets } = entry ?? {};
      if (!Object.hasOwn(NUMBERS, dtype))
        throw refusal('number-type', { field: name }, shortened(dtype), Object.keys(NUMBERS).join(', '));
      if (!isShape(shape) || !Array.isArray(offsets)) throw refusal('shape', { field: name });
      const [from, to] = offsets;
      // Arrays that share bytes could fill the memory from a small file.
      const isOwn = Number.isInteger(from) && from >= end && to >= from && to <= numbers.length;
      const data = readNumbers(isOwn ? numbers.subarray(from, to) : new Uint8Array(), dtype, shape, name);
      end = to;
      return [name, { shape, data }];
    }),
  );
}

/** The number types of NumPy, by their description. @type {Record<string, string>} */
const NUMPY_TYPES = { '<f8': 'F64', '<f4': 'F32', '<f2': 'F16' };

/**
 * @param {Tensor} tensor
 * @returns {Uint8Array} a .npy file (numpy.lib.format, version 1.0)
 */
function writeNpy({ shape, data }) {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sides}), }`;
  // The numbers begin at a multiple of 64 bytes.
  const padded = `${text}${' '.repeat((64 - ((11 + text.length) % 64)) % 64)}\n`;
  const bytes = new Uint8Array(10 + padded.length + 8 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...strToU8('NUMPY'), 1, 0]);
  view.setUint16(8, padded.length, true);
  bytes.set(strToU8(padded), 10);
  data.forEach((value, i) => view.setFloat64(10 + padded.length + 8 * i, value, true));
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {Tensor}
 */
function readNpy(bytes, name) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12 || strFromU8(bytes.subarray(1, 6)) !== 'NUMPY')
    throw refusal('not-numpy', { field: name });
  const start = bytes[6] === 1 ? 10 : 12;
  const length = bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = strFromU8(bytes.subarray(start, start + length));
  const [, type = ''] = /'descr': *'([^']*)'/.exec(header) ?? [];
  const [, sides = ''] = /'shape': *\(([^)]*)\)/.exec(header) ?? [];
  const shape = sides
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number);
  if (!Object.hasOwn(NUMPY_TYPES, type))
    throw refusal('number-type', { field: name }, shortened(type), Object.keys(NUMPY_TYPES).join(', '));
  if (!isShape(shape)) throw refusal('shape', { field: name });
  const data = readNumbers(bytes.subarray(start + length), NUMPY_TYPES[type], shape, name);
  const isColumnwise = /'fortran_order': *True/.test(header) && shape.length === 2;
  return isColumnwise ? transposed({ shape: [shape[1], shape[0]], data }) : { shape, data };
}

/**
 * @param {Tensor} tensor of two dimensions
 * @returns {Tensor}
 */
function transposed({ shape: [rows, columns], data }) {
  const shape = [columns, rows];
  return { shape, data: data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]) };
}

/**
 * Writes a .npz file, as numpy.savez does.
 *
 * @param {Tensors} tensors
 * @returns {Uint8Array}
 */
export const writeNpz = (tensors) =>
  zipSync(
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${name}.npy`, writeNpy(tensor)])),
    // The same arrays give the same bytes.
    { level: 0, mtime: '1980-01-01T00:00:00' },
  );

/**
 * Reads a .npz or .safetensors file; the first bytes tell which format it has.
 *
 * @param {ArrayBuffer | Uint8Array} file
 * @returns {Tensors}
 * @throws {TypeError} with code 'bad-weights' that names the array at fault
 */
export function readTensors(file) {
  /** @type {Uint8Array} */
  let bytes;
  try {
    bytes = isObject(file) ? new Uint8Array(file) : new Uint8Array();
  } catch {
    // Bytes that were transferred to another thread.
    throw refusal('format');
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return readSafetensors(bytes);
  /** @type {[path: string, content: Uint8Array][]} */
  let entries;
  try {
    entries = unpack(bytes, { files: MOST_ARRAYS, bytes: MOST_UNPACKED });
  } catch {
    throw refusal('damaged');
  }
  checkCount(entries.length);
  return Object.fromEntries(
    entries.map(([path, content]) => {
      const name = path.replace(/\.npy$/, '');
      return [name, readNpy(content, name)];
    }),
  );
}

/**
 * "fc2.weight" sorts before "fc10.weight".
 *
 * @param {string} a
 * @param {string} b
 */
const byNumber = (a, b) => a.localeCompare(b, 'en', { numeric: true });

/** What PyTorch's batch normalization keeps beside its parameters. */
const RUNNING = /^norms\.\d+\.(running_mean|running_var|num_batches_tracked)$/;

/**
 * Takes the gains and shifts of normalization and the scales of branches, as tensorsOf and the
 * script for PyTorch name them, out of the names that are left.
 *
 * @param {Tensors} tensors
 * @param {Set<string>} left names of arrays that are neither weights nor biases
 * @param {number[]} widths of the hidden layers
 */
function takeExtras(tensors, left, widths) {
  const take = (/** @type {string} */ name, /** @type {number} */ size) => {
    const { shape, data } = tensors[name] ?? {};
    if (shape === undefined || sizeOf(shape) !== size) return undefined;
    left.delete(name);
    return data;
  };
  const norms = widths.map((width, l) => [take(`norms.${l}.weight`, width), take(`norms.${l}.bias`, width)]);
  const scales = widths.slice(1).map((_, k) => take(`scales.${k}`, 1));
  const isBatch = [...left].filter((name) => RUNNING.test(name) && left.delete(name)).length > 0;
  // All hidden layers have them or none: of a few, one is named as an array that fits nowhere.
  const complete = (/** @type {(Float64Array | undefined)[]} */ arrays, /** @type {string} */ first) => {
    const count = arrays.filter(Boolean).length;
    if (count > 0 && count < arrays.length) throw refusal('other-array', { field: first });
    return count > 0;
  };
  return {
    norms: complete(norms.flat(), 'norms.0.weight') ? norms : undefined,
    scales: complete(scales, 'scales.0') ? scales : undefined,
    isBatch,
  };
}

/**
 * Finds the network that named arrays belong to: every array of two dimensions is the weight of a
 * layer (out by in, or in by out if it is called "kernel", as Keras does), and the array of one
 * dimension with the same beginning of its name its bias. Normalization is that of layers, unless
 * the file has PyTorch's running averages.
 *
 * @param {Tensors} tensors
 * @returns {WeightsNetwork}
 * @throws {TypeError} with code 'bad-weights' if the layers do not fit together
 */
export function networkOf(tensors) {
  if (!isObject(tensors)) throw refusal('none');
  const names = Object.keys(tensors).sort(byNumber);
  checkCount(names.length);
  for (const name of names) if (!isTensor(tensors[name])) throw refusal('shape', { field: name });
  const weights = names.filter((name) => tensors[name].shape.length === 2);
  if (weights.length === 0) throw refusal('none');
  const layers = weights.map((name) => {
    const tensor = /kernel/.test(name) ? transposed(tensors[name]) : tensors[name];
    const bias = name.replace(/weight|kernel/, 'bias').replace(/W(?=\d*$)/, 'b');
    const [out] = tensor.shape;
    const given = bias === name ? undefined : tensors[bias];
    if (given && sizeOf(given.shape) !== out)
      throw refusal('bias', { field: bias, value: sizeOf(given.shape) }, out, name);
    return { name, tensor, bias: given?.data ?? new Float64Array(out) };
  });
  for (const [l, { name, tensor }] of layers.entries()) {
    const below = layers[l - 1];
    if (below && tensor.shape[1] !== below.tensor.shape[0])
      throw refusal('chain', { field: name, value: tensor.shape[1] }, below.tensor.shape[0], below.name);
  }
  const known = new Set(
    layers.flatMap(({ name }) => [name, name.replace(/weight|kernel/, 'bias').replace(/W(?=\d*$)/, 'b')]),
  );
  const widths = layers.slice(0, -1).map(({ tensor }) => tensor.shape[0]);
  const left = new Set(names.filter((name) => !known.has(name)));
  const { norms, scales, isBatch } = takeExtras(tensors, left, widths);
  const [other] = left;
  if (other !== undefined) throw refusal('other-array', { field: other });
  const parameters = layers.flatMap(({ tensor, bias }, l) =>
    [tensor.data, bias, ...(norms?.[l] ?? []), scales?.[l - 1]].flatMap((part) => [...(part ?? [])]),
  );
  return {
    features: layers[0].tensor.shape[1],
    layers: widths,
    outputs: layers[layers.length - 1].tensor.shape[0],
    ...(norms ? { normalization: isBatch ? 'batch' : 'layer' } : {}),
    ...(scales ? { skip: { scale: 1, learned: true } } : {}),
    parameters: Float64Array.from(parameters),
  };
}
