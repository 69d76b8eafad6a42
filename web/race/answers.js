// What the output of a run says: the probability of class 1, one of several classes, or a value.
// Fields, marks of wrong examples and the lab's legends all read it from here.

import { contourLines, softened } from '../plots/contours.js';

/** @typedef {import('../../src/js/lab.js').Session} Session */
/** @typedef {import('./types.js').Answers} Answers */
/** @typedef {import('./types.js').Field} Field */

/** Levels of the lines over a field of values, as shares of its range. */
const LEVELS = [0.25, 0.5, 0.75];

/**
 * @param {Session} session
 * @param {import('./types.js').Dataset} data
 * @param {number} plateau cost of the best constant output
 * @returns {Answers}
 */
export function answersOf({ spec, network }, { train, test }, plateau) {
  const drawn = train.features === 2;
  if (spec.output === 'linear') {
    let [low, high] = [Infinity, -Infinity];
    for (const y of [...train.y, ...test.y]) [low, high] = [Math.min(low, y), Math.max(high, y)];
    // Around 0 where the targets have both signs, so that the middle colour means 0.
    const most = Math.max(-low, high);
    const around = low < 0 && high > 0;
    const range = around ? [-most, most] : [low, Math.max(high, low + 1e-6)];
    return { kind: 'values', drawn, classes: 0, range: /** @type {[number, number]} */ (range), plateau };
  }
  const classes = network.layers[network.layers.length - 1].out;
  if (spec.output === 'softmax') return { kind: 'classes', drawn, classes, range: [0, 1], plateau };
  return { kind: 'probability', drawn, classes: 2, range: [0, 1], plateau };
}

/**
 * Returns the values of a field on a square grid. For one unit they are P - 1/2: small initial
 * weights give values that differ from 1/2 by less than a float resolves. For classes they are the
 * largest probability.
 * @param {Session} session
 * @param {Answers} answers
 * @param {import('./types.js').Extent} extent
 * @param {number} size columns and rows
 * @returns {{ values: Float32Array, all?: Float32Array, best?: Uint8Array }} `all`: the
 *   probabilities of every class
 */
export function sampleField(session, { kind, drawn, classes }, extent, size) {
  if (!drawn) return { values: new Float32Array(1) };
  const grid = { ...extent, columns: size, rows: size };
  if (kind === 'probability') return { values: session.predict(grid, { centred: true }) };
  const all = session.predict(grid);
  if (kind === 'values') return { values: all };
  const { values, best } = largest(all, classes);
  return { values, best, all };
}

/**
 * Finds the largest of each column.
 * @template {Float32Array | Float64Array} T
 * @param {T} all class by class
 * @param {number} classes
 * @returns {{ values: T, best: Uint8Array }} the value is NaN if one of its column is NaN
 */
function largest(all, classes) {
  const count = all.length / classes;
  const values = /** @type {T} */ (all.slice(0, count));
  const best = new Uint8Array(count);
  for (let k = 1; k < classes; k += 1) {
    for (let i = 0; i < count; i += 1) {
      const p = all[k * count + i];
      if (p > values[i] || Number.isNaN(p)) {
        values[i] = p;
        best[i] = k;
      }
    }
  }
  return { values, best };
}

/**
 * Completes sampled values to a field with its lines.
 * @param {ReturnType<typeof sampleField>} sampled changed in place
 * @param {Answers} answers
 * @param {import('./types.js').Extent} extent
 * @param {boolean} fine whether the grid is fine enough for lines without blurring
 * @returns {Field}
 */
export function completeField({ values, best, all }, { kind, drawn, classes, range }, extent, fine) {
  const size = Math.sqrt(values.length);
  const lines = (/** @type {Float32Array} */ some, level = 0) =>
    contourLines(fine ? some : softened(some, size, size), size, size, level);
  const field = { values, columns: size, rows: size, extent, kind };
  if (!drawn) return { ...field, values: values.fill(0.5), kind: 'none', contour: new Float32Array(0) };
  if (kind === 'values') {
    const [low, high] = range;
    return {
      ...field,
      range,
      contour: joined(LEVELS.map((share) => lines(values, low + share * (high - low)))),
    };
  }
  if (kind === 'classes' && all !== undefined)
    return { ...field, best, classes, contour: joined(margins(all, classes).map((margin) => lines(margin))) };
  // The line is found before 1/2 is added.
  const contour = lines(values);
  for (let i = 0; i < values.length; i += 1) values[i] += 0.5;
  return { ...field, contour };
}

/**
 * Returns for each class by how much its probability exceeds that of every other class. For two
 * classes one margin is enough, because the other is its negative.
 * @param {Float32Array} all class by class
 * @param {number} classes
 */
function margins(all, classes) {
  const count = all.length / classes;
  const some = classes === 2 ? 1 : classes;
  return Array.from({ length: some }, (_, k) => {
    const margin = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      let other = -Infinity;
      for (let j = 0; j < classes; j += 1) if (j !== k) other = Math.max(other, all[j * count + i]);
      margin[i] = all[k * count + i] - other;
    }
    return margin;
  });
}

/** @param {Float32Array[]} parts */
function joined(parts) {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Returns the class that a run gives to each example.
 * @param {Session} session
 * @param {Answers} answers not of values
 * @param {import('./types.js').Points} points
 */
export function labelsOf(session, { kind, classes }, points) {
  const all = session.predictPoints(points);
  return kind === 'classes' ? largest(all, classes).best : Uint8Array.from(all, (p) => (p > 0.5 ? 1 : 0));
}

/**
 * How a run reads pictures: the label of each test example, and how often each class is read as
 * each.
 * @param {Session} session
 * @param {Answers} answers
 * @param {import('./types.js').Dataset} data
 * @returns {import('./types.js').Reading}
 */
export function readingOf(session, answers, { test }) {
  const labels = labelsOf(session, answers, test);
  const confusion = new Uint16Array(answers.classes ** 2);
  labels.forEach((label, i) => (confusion[test.y[i] * answers.classes + label] += 1));
  return { labels, confusion };
}
