// Experiments written as lines of text, as tests/core/spec_lines.hpp reads them too: fields are
// separated by spaces, entries of a list by commas, a name and its parameters by semicolons.
import { readFileSync } from 'node:fs';

/** The file of the committed digests. */
export const digestFile = new URL('../fixtures/digests.txt', import.meta.url);

/** @param {string} text */
const valueFrom = (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);

/** @param {string} text */
function choiceFrom(text) {
  const [name, ...parameters] = text.split(';');
  const pairs = parameters.map((parameter) => {
    const equals = parameter.indexOf('=');
    return [parameter.slice(0, equals), valueFrom(parameter.slice(equals + 1))];
  });
  return { name, ...Object.fromEntries(pairs) };
}

/** @type {Record<string, (spec: Record<string, any>, value: string) => void>} */
const FIELDS = {
  dataset: (spec, value) => (spec.dataset = { ...spec.dataset, ...choiceFrom(value) }),
  layers: (spec, value) => (spec.layers = value === '' ? [] : value.split(',').map(Number)),
  activations: (spec, value) =>
    (spec.activations = value.split(',').map((text) => (text.includes(';') ? choiceFrom(text) : text))),
  skip: (spec, value) => (spec.skip = { scale: valueFrom(value) }),
  learnedSkip: (spec, value) => (spec.skip = { scale: valueFrom(value), learned: true }),
  normalization: (spec, value) => (spec.normalization = choiceFrom(value)),
  parametrization: (spec, value) => (spec.parametrization = choiceFrom(value)),
  frozen: (spec, value) => (spec.frozen = value.split(',').map(Number)),
  standardize: (spec, value) => (spec.dataset = { ...spec.dataset, standardize: value === 'true' }),
  output: (spec, value) => (spec.output = value),
  init: (spec, value) => (spec.init = { ...spec.init, ...choiceFrom(value) }),
  bias: (spec, value) => (spec.init = { ...spec.init, bias: choiceFrom(value) }),
  outputBias: (spec, value) => (spec.init = { ...spec.init, outputBias: choiceFrom(value) }),
  optimizer: (spec, value) => (spec.optimizer = choiceFrom(value)),
  iterations: (spec, value) => (spec.iterations = Number(value)),
  precision: (spec, value) => (spec.precision = value),
};

/**
 * Returns the experiment of a line.
 *
 * @param {string} line
 * @returns {any}
 * @throws {Error} for an unknown field
 */
export function specFrom(line) {
  /** @type {Record<string, any>} */
  const spec = {};
  for (const field of line.split(' ')) {
    const equals = field.indexOf('=');
    const set = FIELDS[field.slice(0, equals)];
    if (!set) throw new Error(`unknown field ${field}`);
    set(spec, field.slice(equals + 1));
  }
  return spec;
}

/**
 * Returns the FNV-1a hash (64 bits) of numbers, least significant byte first, in hexadecimal.
 *
 * @param {Float64Array} values
 */
export function digestOf(values) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/**
 * Returns the committed experiments, each with the digest of its trained parameters.
 *
 * @returns {{ digest: string, spec: any }[]}
 */
export const committedDigests = () =>
  readFileSync(digestFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const space = line.indexOf(' ');
      return { digest: line.slice(0, space), spec: specFrom(line.slice(space + 1)) };
    });
