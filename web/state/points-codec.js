// The reader's own points, as a link holds them. The reader throws a LinkError for text that is not
// valid.

import { expected } from '../../src/js/errors.js';
import { LinkError, readNumber } from './codec.js';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Points lie on a grid with this many steps in each direction, so two letters hold a number. */
const STEPS = 4095;
/** The most points that fit into an address. */
export const MOST_POINTS = 2000;
/** The most classes of own points: a field has no more colours. */
export const MOST_CLASSES = 10;

/** @typedef {{ x1: number, x2: number, label: number }} Point */
/**
 * @typedef {object} OwnPoints
 * @property {number} low of both coordinates
 * @property {number} high
 * @property {Point[]} points in the order of their classes
 * @property {Point[]} [test] the test part
 * @property {[number, number]} [targets] range of the labels where they are real targets
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

/**
 * @param {number} value
 * @param {[number, number]} range
 */
function writeStep(value, [low, high]) {
  const digit = Math.round(((value - low) / (high - low)) * STEPS);
  return DIGITS[digit >> 6] + DIGITS[digit & 63];
}

/**
 * @param {string} letters
 * @param {[number, number]} range
 */
function readStep(letters, [low, high]) {
  const [first, second] = [DIGITS.indexOf(letters[0]), DIGITS.indexOf(letters[1])];
  if (first < 0 || second < 0) throw new LinkError(letters, expected.type('link-characters'));
  return placed(first * 64 + second, low, high);
}

/** Counts the classes, at least two. @param {OwnPoints} own */
export const classCount = ({ points, test = [] }) =>
  Math.max(2, 1 + [...points, ...test].reduce((most, { label }) => Math.max(most, label), 0));

/**
 * "points,low,high,class 0,class 1,…" or "targets,low,high,low target,high target,points"; a test
 * part follows each part after ".".
 * @param {OwnPoints} own
 */
export function writePoints(own) {
  const { low, high, points, test = [], targets } = own;
  /** @type {[number, number]} */
  const plane = [low, high];
  const lettersOf = (/** @type {Point} */ { x1, x2, label }) =>
    writeStep(x1, plane) + writeStep(x2, plane) + (targets ? writeStep(label, targets) : '');
  const part = (/** @type {(point: Point) => boolean} */ wanted) =>
    [points, test]
      .map((some) => some.filter(wanted).map(lettersOf).join(''))
      .join('.')
      .replace(/\.$/, '');
  if (targets) return ['targets', low, high, ...targets, part(() => true)].join();
  const classes = Array.from({ length: classCount(own) }, (_, k) => part(({ label }) => label === k));
  return ['points', low, high, ...classes].join();
}

/**
 * @param {string} lowText
 * @param {string} highText
 * @returns {[number, number] | null}
 */
function readRange(lowText, highText) {
  const [low, high] = [readNumber(lowText), readNumber(highText)];
  return low < high && Number.isFinite(high - low) ? [low, high] : null;
}

/**
 * @param {string} text
 * @returns {OwnPoints}
 */
export function readPoints(text) {
  const [kind, lowText = '', highText = '', ...rest] = text.split(',');
  const real = kind === 'targets';
  const shape = new LinkError(text.slice(0, 24), expected.type(real ? 'link-targets' : 'link-points'));
  const parts = real ? rest.slice(2) : rest;
  if (real ? parts.length !== 1 : parts.length < 2 || parts.length > MOST_CLASSES) throw shape;
  const plane = readRange(lowText, highText);
  const targets = real ? readRange(rest[0], rest[1]) : null;
  if (plane === null || (real && targets === null)) throw shape;
  const length = real ? 6 : 4;
  const pointsOf = (/** @type {string} */ letters, /** @type {number} */ label) => {
    if (letters.length % length !== 0)
      throw new LinkError(letters.slice(-8), expected.type(real ? 'six-characters' : 'four-characters'));
    return (letters.match(new RegExp(`.{${length}}`, 'g')) ?? []).map((each) => ({
      x1: readStep(each.slice(0, 2), plane),
      x2: readStep(each.slice(2, 4), plane),
      label: targets ? readStep(each.slice(4), targets) : label,
    }));
  };
  const split = parts.map((part) => part.split('.'));
  if (split.some(({ length: pieces }) => pieces > 2)) throw shape;
  const points = split.flatMap(([train], label) => pointsOf(train, label));
  const test = split.flatMap(([, letters = ''], label) => pointsOf(letters, label));
  if (points.length < 2 || points.length + test.length > MOST_POINTS)
    throw new LinkError(text.slice(0, 24), expected.count('points', 2, MOST_POINTS));
  const [low, high] = plane;
  return { low, high, points, ...(test.length > 0 ? { test } : {}), ...(targets ? { targets } : {}) };
}
