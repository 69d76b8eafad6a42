// The text of single values in a link: choices, lists, points. Readers throw a LinkError for text
// that is not valid; writers never fail.

import { LIMITS } from '../../src/js/limits.js';

/** The number of characters of a value that a notice shows. */
const MAX_SHOWN = 60;

/** Shortens a value for a notice. @param {string} text */
export const shortened = (text) => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** A part of a link that could not be read; `expected` says what would have been. */
export class LinkError extends Error {
  /**
   * @param {string} found
   * @param {string} expected
   * @param {unknown} [rest] what could be read all the same
   */
  constructor(found, expected, rest) {
    super(`found "${shortened(found)}", expected ${expected}`);
    this.rest = rest;
    this.name = 'LinkError';
    this.found = found;
    this.expected = expected;
  }
}

/**
 * @typedef {{ name: string, [parameter: string]: any }} Choice an entry of a catalogue with the
 *   parameters that differ from its defaults
 */

/** @param {string} text */
export function readNumber(text) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new LinkError(text, 'a number');
  return value;
}

/**
 * @param {string} text
 * @param {number} low
 * @param {number} high
 * @param {string} [or] what it may be instead
 */
export function readBetween(text, low, high, or = '') {
  const value = readNumber(text);
  if (value < low || value > high) throw new LinkError(text, `a number from ${low} to ${high}${or}`);
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
    throw new LinkError(text, `a whole number from ${low} to ${high}`);
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
  if (found === undefined) throw new LinkError(text, `one of ${allowed.join(', ')}`);
  return found;
}

/** "normal,std:0.01" @param {Choice} choice */
export function writeChoice(choice) {
  const { name, ...parameters } = choice;
  return [name, ...Object.entries(parameters).map(([key, value]) => `${key}:${value}`)].join(',');
}

/** Returns whether a text is a valid name of a catalogue entry. @param {string} text */
export const isName = (text) => /^[a-z][a-z_0-9]*$/.test(text);
/**
 * Returns whether a text is a valid name of a parameter. The other keys of a choice are not.
 * @param {string} text
 */
export const isParameter = (text) => /^(?!(name|layers|own)$)[a-zA-Z][a-zA-Z0-9]*$/.test(text);

/**
 * @param {string} text
 * @returns {Choice}
 */
export function readChoice(text) {
  const [name, ...rest] = text.split(',');
  if (!isName(name)) throw new LinkError(name, 'a name in small letters');
  /** @type {Choice} */
  const choice = { name };
  for (const part of rest) {
    const [key, value] = part.split(':');
    if (!isParameter(key) || value === undefined) throw new LinkError(part, 'parameter:number');
    choice[key] = readNumber(value);
  }
  return choice;
}

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
  if (widths.length > MAX_LAYERS) throw new LinkError(`${widths.length} layers`, `at most ${MAX_LAYERS}`);
  return widths;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/**
 * Points lie on a grid with this many steps in each direction, so four letters hold a point
 * exactly.
 */
const STEPS = 4095;
/** The most points that fit into an address. */
export const MOST_POINTS = 2000;

/**
 * The reader's own points, as a link holds them: all points of class 0, then all of class 1.
 * @typedef {{ low: number, high: number, points: { x1: number, x2: number, label: 0 | 1 }[] }}
 *   OwnPoints
 */

/**
 * Returns the nearest value on the grid of points.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function snap(value, low, high) {
  const step = Math.round(((Math.min(high, Math.max(low, value)) - low) / (high - low)) * STEPS);
  return placed(step, low, high);
}

/**
 * @param {number} step
 * @param {number} low
 * @param {number} high
 */
const placed = (step, low, high) => Number((low + (step / STEPS) * (high - low)).toPrecision(12));

/** @param {OwnPoints} own */
export function writePoints({ low, high, points }) {
  const step = (/** @type {number} */ value) => {
    const digit = Math.round(((value - low) / (high - low)) * STEPS);
    return DIGITS[digit >> 6] + DIGITS[digit & 63];
  };
  const part = (/** @type {number} */ label) =>
    points
      .filter((point) => point.label === label)
      .map(({ x1, x2 }) => step(x1) + step(x2))
      .join('');
  return `points,${low},${high},${part(0)},${part(1)}`;
}

/**
 * @param {string} text
 * @returns {OwnPoints}
 */
export function readPoints(text) {
  const [, lowText = '', highText = '', ...parts] = text.split(',');
  const shape = new LinkError(text.slice(0, 24), 'points,low,high,class 0,class 1');
  if (parts.length !== 2) throw shape;
  const [low, high] = [readNumber(lowText), readNumber(highText)];
  if (!(low < high) || !Number.isFinite(high - low)) throw shape;
  const digit = (/** @type {string} */ letters) => {
    const [first, second] = [DIGITS.indexOf(letters[0]), DIGITS.indexOf(letters[1])];
    if (first < 0 || second < 0) throw new LinkError(letters, 'letters of the alphabet A-Z a-z 0-9 - _');
    return placed(first * 64 + second, low, high);
  };
  const points = parts.flatMap((part, label) => {
    if (part.length % 4 !== 0) throw new LinkError(part.slice(-8), 'four letters for each point');
    return (part.match(/.{4}/g) ?? []).map((four) => ({
      x1: digit(four.slice(0, 2)),
      x2: digit(four.slice(2)),
      label: /** @type {0 | 1} */ (label),
    }));
  });
  if (points.length < 2 || points.length > MOST_POINTS)
    throw new LinkError(text.slice(0, 24), `2 to ${MOST_POINTS} points`);
  return { low, high, points };
}
