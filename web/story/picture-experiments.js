// The starts that the picture page compares: all from the same base draws (seed 1), only their size differs.

/** @typedef {{ id: string, label: string, what: string, init: Record<string, any>, colour: number, dash?: number[] }} PictureStart colour: which of the runs' colours, 0 … 7 */

const SEED = 1;
const xavier = { name: 'lecun_normal' };
const small = { name: 'normal', std: 0.01 };

/** @type {PictureStart[]} */
export const STARTS = [
  {
    id: 'xavier',
    label: '1 / √n in each layer',
    what: 'the course’s: 0.009, 0.22, 0.38, 0.45 from the first layer to the last',
    init: { ...xavier, seed: SEED },
    colour: 3,
  },
  {
    id: 'small',
    label: '× 0.01 in all',
    what: 'one factor; in the first layer almost the same as above',
    init: { ...small, seed: SEED },
    colour: 1,
  },
  {
    id: 'small-first',
    label: '× 0.01 first, 1 / √n later',
    what: 'the small factor only where 1 / √n is as small',
    init: { ...xavier, seed: SEED, layers: [small] },
    colour: 6,
    dash: [8, 6],
  },
  {
    id: 'small-later',
    label: '1 / √n first, × 0.01 later',
    what: 'the small factor only where 1 / √n is large',
    init: { ...small, seed: SEED, layers: [xavier] },
    colour: 4,
    dash: [8, 6],
  },
  {
    id: 'factor-0.1',
    label: '× 0.1 in all',
    what: 'ten times 1 / √n in the first layer, less than half of it later',
    init: { name: 'normal', std: 0.1, seed: SEED },
    colour: 2,
  },
  {
    id: 'factor-0.3',
    label: '× 0.3 in all',
    what: '33 times 1 / √n in the first layer, about 1 / √n later',
    init: { name: 'normal', std: 0.3, seed: SEED },
    colour: 0,
  },
];

/**
 * The course's network and training for one start.
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
