// The text of single values in a link: choices, lists, skip connections. Readers throw a LinkError
// for text that is not valid; writers never fail.

import { errorSentence } from '../../src/js/error-sentences.js';
import { expected } from '../../src/js/errors.js';
import { LIMITS, SKIP_SCALES } from '../../src/js/limits.js';

/** The number of characters of a value that a notice shows. */
const MAX_SHOWN = 60;
/** The most characters of a text that is a parameter, such as a formula. */
const MOST_TEXT = 200;
/** The most given weights that fit into an address. */
export const MOST_GIVEN = 1500;

/** Shortens a value for a notice. @param {string} text */
export const shortened = (text) => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** @typedef {import('../../src/js/error-sentences.js').ErrorData} ErrorData */

/**
 * The error of a part that does not have the expected form.
 * @param {unknown} found
 * @param {import('../../src/js/error-sentences.js').Expected} accepted
 * @returns {ErrorData}
 */
export const badPart = (found, accepted) => ({
  code: 'bad-part',
  value: typeof found === 'string' ? shortened(found) : found,
  expected: accepted,
});

/** Thrown for a part of a link that cannot be read. */
export class LinkError extends Error {
  /**
   * @param {string | number} found
   * @param {import('../../src/js/error-sentences.js').Expected} accepted
   */
  constructor(found, accepted) {
    const data = badPart(found, accepted);
    super(errorSentence(data));
    this.name = 'LinkError';
    this.data = data;
    /** The part of the field that could be read, if any. @type {unknown} */
    this.rest = undefined;
  }
}

/**
 * @typedef {{ name: string, [parameter: string]: any }} Choice an entry of a catalogue with the
 *   parameters that differ from its defaults
 */

/** @param {string} text */
export function readNumber(text) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new LinkError(text, expected.number());
  return value;
}

/**
 * @param {string} text
 * @param {number} low
 * @param {number} high
 * @param {string} [name] a name that is accepted instead
 */
export function readBetween(text, low, high, name) {
  const value = readNumber(text);
  if (value < low || value > high)
    throw new LinkError(
      text,
      name === undefined ? expected.number(low, high) : { kind: 'number-or-name', low, high, names: [name] },
    );
  return value;
}

/**
 * @param {string} text
 * @param {number} low
 * @param {number} high
 */
export function readInteger(text, low, high) {
  const value = readNumber(text);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new LinkError(text, expected.integer(low, high));
  }
  return value;
}

/**
 * @template {string} T
 * @param {string} text
 * @param {readonly T[]} allowed
 * @returns {T}
 */
export function readWord(text, allowed) {
  const found = allowed.find((word) => word === text);
  if (found === undefined) throw new LinkError(text, expected.oneOf(allowed));
  return found;
}

/** "normal,std:0.01" @param {Choice} choice */
export function writeChoice(choice) {
  const { name, ...parameters } = choice;
  return [name, ...Object.entries(parameters).map(([key, value]) => `${key}:${writeValue(value)}`)].join(',');
}

/**
 * Writes a number or a name as it is, any other text after "~", a list of numbers after "_".
 * @param {unknown} value of a parameter
 */
function writeValue(value) {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return `_${writeNumbers(/** @type {number[]} */ (value))}`;
  return isName(value) ? value : `~${writeText(value)}`;
}

/**
 * @param {string} text
 * @returns {number | string | number[]}
 */
function readValue(text) {
  if (text.startsWith('~')) return readText(text.slice(1)).slice(0, MOST_TEXT);
  if (text.startsWith('_')) return readNumbers(text.slice(1));
  return isName(text) ? text : readNumber(text);
}

/**
 * Characters with a meaning in a link. A text escapes them twice, because some programs undo one
 * escape of a link.
 */
const ESCAPED_TWICE = /%(25|2C|3A|3B|2F|3D)/gi;

/** Decodes a text whose link was decoded once already. @param {string} text */
export const readEscaped = (text) => text.replace(ESCAPED_TWICE, decodeURIComponent);

/** @param {string} text */
export const writeText = (text) =>
  encodeURIComponent(text).replaceAll("'", '%27').replace(ESCAPED_TWICE, '%25$1');

/** @param {string} text */
export const readText = (text) => readEscaped(decodeURIComponent(text));

/** Returns whether a text is a valid name of a catalogue entry. @param {string} text */
export const isName = (text) => /^[a-z][a-z_0-9]*$/.test(text);
/**
 * Returns whether a text is a valid name of a parameter. The other keys of a choice are not.
 * @param {string} text
 */
export const isParameter = (text) =>
  /^(?!(name|layers|own|bias|outputBias|standardize)$)[a-zA-Z][a-zA-Z0-9]*$/.test(text);

/**
 * @template T
 * @param {string} text
 * @param {(value: string) => T} read
 * @returns {Choice}
 */
function readChoiceWith(text, read) {
  const [name, ...rest] = text.split(',');
  if (!isName(name)) throw new LinkError(name, expected.type('name'));
  /** @type {Choice} */
  const choice = { name };
  for (const part of rest) {
    const [key, value] = part.split(':');
    if (!isParameter(key) || value === undefined) throw new LinkError(part, expected.type('link-parameter'));
    choice[key] = read(value);
  }
  return choice;
}

/** @param {string} text */
export const readChoice = (text) => readChoiceWith(text, readNumber);

/** Reads an initializer; its parameters may be texts or lists of numbers. @param {string} text */
export const readInit = (text) => readChoiceWith(text, readValue);

/**
 * Writes one activation for all hidden layers or one each: "relu", or with parameters
 * "leaky_relu:slope:0.2".
 * @param {(string | Choice)[]} activations
 */
export const writeActivations = (activations) =>
  activations
    .map((each) => (typeof each === 'string' ? each : writeChoice(each).replaceAll(',', ':')))
    .join(',');

/**
 * @param {string} text
 * @returns {(string | Choice)[]}
 */
export function readActivations(text) {
  const activations = text.split(',').map((part) => {
    const [name, ...words] = part.split(':');
    const pairs = words.flatMap((word, i) => (i % 2 === 0 ? [`${word}:${words[i + 1] ?? ''}`] : []));
    return words.length === 0 ? readChoice(name).name : readChoice([name, ...pairs].join(','));
  });
  if (activations.length > MAX_LAYERS)
    throw new LinkError(activations.length, expected.count('activations', undefined, MAX_LAYERS));
  return activations;
}

/** @typedef {import('../../src/js/types.js').Skip} Skip */

/** Writes a scale without characters that have a meaning in a link. @param {string} scale */
const scaleWord = (scale) => scale.replace(/[/()]+/g, '-').replace(/-$/, '');

/** "none", "1-sqrt-L" or "0.1,learned" @param {Skip | null} skip */
export function writeSkip(skip) {
  if (skip === null) return 'none';
  const { scale = 1, learned = false } = skip;
  return `${typeof scale === 'number' ? scale : scaleWord(scale)}${learned ? ',learned' : ''}`;
}

/**
 * @param {string} text
 * @returns {Skip | null}
 */
export function readSkip(text) {
  if (text === 'none') return null;
  const [scale, learned, ...rest] = text.split(',');
  if ((learned !== undefined && learned !== 'learned') || rest.length > 0)
    throw new LinkError(text, expected.type('link-skip'));
  const word = SKIP_SCALES.find((each) => scaleWord(each) === scale && scale !== '1');
  return { scale: word ?? readNumber(scale), learned: learned !== undefined };
}

/** Layers that are not trained; in a link they count from 1. @param {number[]} frozen */
export const writeFrozen = (frozen) =>
  frozen.length === 0 ? 'none' : frozen.map((layer) => layer + 1).join(',');

/**
 * @param {string} text
 * @returns {number[]}
 */
export const readFrozen = (text) =>
  text === 'none'
    ? []
    : [...new Set(text.split(',').map((part) => readInteger(part, 1, MAX_LAYERS + 1) - 1))].sort(
        (a, b) => a - b,
      );

/** The most hidden layers that a network can have. */
export const MAX_LAYERS = LIMITS.layers;

/** "10,5", or "none" for a network without hidden layers. @param {number[]} widths */
export const writeWidths = (widths) => (widths.length === 0 ? 'none' : widths.join(','));

/**
 * @param {string} text
 * @returns {number[]}
 */
export function readWidths(text) {
  if (text === 'none') return [];
  const widths = text.split(',').map((part) => readInteger(part, 1, LIMITS.units));
  if (widths.length > MAX_LAYERS)
    throw new LinkError(widths.length, expected.count('layers', undefined, MAX_LAYERS));
  return widths;
}

/** Writes the bits of 64-bit numbers as base64 for URLs. @param {number[]} numbers */
function writeNumbers(numbers) {
  const bytes = new Uint8Array(Float64Array.from(numbers.length > MOST_GIVEN ? [] : numbers).buffer);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * @param {string} text
 * @returns {number[]}
 */
function readNumbers(text) {
  const wrong = () => new LinkError(text, expected.count('numbers', undefined, MOST_GIVEN));
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw wrong();
  /** @type {string} */
  let letters;
  try {
    letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    throw wrong();
  }
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  if (bytes.length % 8 !== 0 || bytes.length > 8 * MOST_GIVEN) throw wrong();
  const numbers = Array.from(new Float64Array(bytes.buffer));
  if (!numbers.every(Number.isFinite)) throw wrong();
  return numbers;
}
