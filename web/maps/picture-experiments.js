// The initializers that the picture page compares. All use the same random numbers (seed 1) and
// differ in scale only. Their names and descriptions are texts of the table `maps`.

/**
 * @typedef {{ id: string, init: Record<string, any> }} PictureStart
 */

const SEED = 1;
const xavier = { name: 'lecun_normal' };
const small = { name: 'normal', std: 0.01 };

/** @type {PictureStart[]} */
export const STARTS = [
  {
    id: 'xavier',
    init: { ...xavier, seed: SEED },
  },
  {
    id: 'small',
    init: { ...small, seed: SEED },
  },
  {
    id: 'small-first',
    init: { ...xavier, seed: SEED, layers: [small] },
  },
  {
    id: 'small-later',
    init: { ...small, seed: SEED, layers: [xavier] },
  },
  {
    id: 'factor-0.1',
    init: { name: 'normal', std: 0.1, seed: SEED },
  },
  {
    id: 'factor-0.3',
    init: { name: 'normal', std: 0.3, seed: SEED },
  },
];

/**
 * Returns the experiment with the course's network and training for one start.
 *
 * @param {PictureStart} start
 * @param {any} dataset
 * @param {number} iterations
 */
export const pictureSpec = ({ init }, dataset, iterations) => ({
  dataset,
  layers: [20, 7, 5],
  activations: 'relu',
  init,
  optimizer: { name: 'gd', learningRate: 0.0075 },
  iterations,
  record: 100,
});
