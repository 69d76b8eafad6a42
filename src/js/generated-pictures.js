/**
 * Generated pictures with two classes and the sizes of the course's cat pictures (64 x 64 x 3, 209
 * to train, 50 to test), for readers without the course's files and for tests. Class 1 (about a
 * third) shows a warm disc with two triangles on top, class 0 a cold rectangle. Place, size,
 * colours, background and noise vary.
 */

/** @typedef {import('./pictures.js').Examples} Examples */

export const SIDE = 64;
const TRAIN = 209;
const TEST = 50;

/**
 * Returns a generator of pseudo-random numbers, the same on every engine: "mulberry32" by Tommy
 * Ettinger (public domain).
 *
 * @param {number} seed integer, 0 … 2^32 - 1
 * @returns {() => number} the next number in [0, 1)
 */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Draws one picture.
 *
 * @param {number} label 0 or 1
 * @param {() => number} random
 * @returns {Float64Array} 64 x 64 x 3 values, 0 … 1, in C order (row, column, colour); multiples of
 *   1/255, as from a file
 */
function drawPicture(label, random) {
  /**
   * @param {number} low
   * @param {number} high
   */
  const between = (low, high) => low + (high - low) * random();
  const background = [between(0, 0.5), between(0, 0.5), between(0, 0.5)];
  const slope = [between(-0.3, 0.3), between(-0.3, 0.3)];
  const shape =
    label === 1
      ? [between(0.6, 1), between(0.35, 0.7), between(0, 0.4)]
      : [between(0, 0.4), between(0.3, 0.7), between(0.5, 1)];
  const [row0, column0, size] = [between(24, 42), between(22, 42), between(9, 17)];
  const aspect = between(0.6, 1.4);
  const inside = (/** @type {number} */ row, /** @type {number} */ column) => {
    const [up, right] = [(row0 - row) / size, (column - column0) / size];
    if (label === 0) return Math.abs(up) < aspect && Math.abs(right) < 1 / aspect;
    if (up * up + right * right < 1) return true;
    const ear = Math.abs(right) - 0.6;
    return up > 0.5 && up < 1.5 && Math.abs(ear) < (1.5 - up) * 0.4;
  };
  const values = new Float64Array(SIDE * SIDE * 3);
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const shade = (slope[0] * row + slope[1] * column) / SIDE;
      const filled = inside(row, column);
      for (let colour = 0; colour < 3; colour += 1) {
        const value = (filled ? shape[colour] : background[colour]) + shade + between(-0.12, 0.12);
        values[(row * SIDE + column) * 3 + colour] = Math.round(255 * Math.min(1, Math.max(0, value))) / 255;
      }
    }
  }
  return values;
}

/**
 * @param {number} m
 * @param {number} seed
 * @returns {Examples}
 */
function examples(m, seed) {
  const random = randomNumbers(seed);
  const features = SIDE * SIDE * 3;
  const x = new Float64Array(features * m);
  const y = new Float64Array(m);
  for (let i = 0; i < m; i += 1) {
    y[i] = random() < 0.35 ? 1 : 0;
    const picture = drawPicture(y[i], random);
    for (let f = 0; f < features; f += 1) x[f * m + i] = picture[f];
  }
  return { features, x, y };
}

/**
 * Returns the whole set as the `dataset` of an experiment; the same bits each time.
 *
 * @returns {{ name: 'points', train: Examples, test: Examples }} 12,288 features; 209 and 50
 *   examples
 */
export const generatePictures = () => ({
  name: 'points',
  train: examples(TRAIN, 1),
  test: examples(TEST, 2),
});
