// The cost around a run's path through parameter space: on the plane of the path's two principal
// directions, or on the plane through 0, a small start and the best weights. Also the curvature at
// the present weights.

import { levelLines } from '../plots/heights.js';

/** @typedef {import('../../src/js/lab.js').Lab} Lab */
/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./types.js').Landscape} Landscape */

/** The number of points of the path that are kept. */
const PATH_POINTS = 64;
/** Columns and rows of a map, finest first, and the seconds that each may take. */
const GRIDS = [48, 32, 24, 16];
const SECONDS = 0.06;
/** Room around the path, as a share of its extent. */
const ROOM = 0.3;

/**
 * Returns the finest grid that can be computed in time; each point takes a forward pass over the
 * training examples.
 * @param {Run} run
 */
const gridOf = (run) =>
  GRIDS.find((size) => (size * size * run.secondsPerIteration) / 3 <= SECONDS) ?? GRIDS[GRIDS.length - 1];

/**
 * Returns an interval of a given half width around the middle of the values.
 * @param {number[]} values
 * @param {number} half
 * @returns {[number, number]}
 */
function around(values, half) {
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  return [middle - half, middle + half];
}

/**
 * Maps the cost on a plane, in a square that contains all of these places.
 * @param {Run} run whose cost it is
 * @param {import('../../src/js/types.js').Plane} plane
 * @param {[number, number][]} places
 */
function mapOf(run, plane, places) {
  const [xs, ys] = [0, 1].map((axis) => places.map((place) => place[axis]));
  const extent = Math.max(...[xs, ys].map((values) => Math.max(...values) - Math.min(...values)), 1e-6);
  const half = extent * (0.5 + ROOM);
  const [x, y] = [around(xs, half), around(ys, half)];
  const size = gridOf(run);
  const cost = run.session.landscape({ ...plane, x, y, columns: size, rows: size });
  return { cost, lines: levelLines(cost, size), size, x, y };
}

/**
 * Maps the cost in the plane that fits a run's own path best.
 * @param {Lab} lab
 * @param {Run} run
 * @returns {Landscape}
 */
export function ownLandscape(lab, run) {
  const path = run.path(PATH_POINTS);
  const plane = lab.principalPlane(path);
  return {
    ...mapOf(run, plane, plane.coordinates),
    paths: [{ id: run.id, places: plane.coordinates }],
    share: plane.shares[0] + plane.shares[1],
  };
}

/**
 * One map for all runs of equal shape, in the plane through 0, the start of the first run and the
 * weights of the second.
 * @param {Lab} lab
 * @param {Run} small whose start it is
 * @param {Run} best whose weights it is
 * @param {Run[]} runs whose paths are drawn
 * @returns {Landscape}
 */
export function sharedLandscape(lab, small, best, runs) {
  const start = small.path(1)[0];
  const plane = lab.planeThrough([new Float64Array(start.length), start, best.session.parameters()]);
  const place = (/** @type {Float64Array} */ vector) =>
    /** @type {[number, number]} */ (
      plane.directions.map((direction) =>
        vector.reduce((sum, value, i) => sum + (value - plane.origin[i]) * direction[i], 0),
      )
    );
  const paths = runs.map((run) => ({ id: run.id, places: run.path(PATH_POINTS / 2).map(place) }));
  return { ...mapOf(best, plane, plane.coordinates), paths, share: NaN, zero: plane.coordinates[0] };
}
