/** The part of the plane that a picture of points shows, in the units of the data. */

/** @typedef {{ x1: [number, number], x2: [number, number] }} Extent */

/** The free space around the points, as a share of the square’s side. */
const MARGIN = 0.06;

/**
 * Returns the square around all points, with a margin.
 *
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }[]} parts of two features
 * @returns {Extent}
 */
export function extentOf(parts) {
  let [low1, high1, low2, high2] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of parts) {
    const m = y.length;
    for (let i = 0; i < m; i += 1) {
      low1 = Math.min(low1, x[i]);
      high1 = Math.max(high1, x[i]);
      low2 = Math.min(low2, x[m + i]);
      high2 = Math.max(high2, x[m + i]);
    }
  }
  if (!(low1 <= high1)) return { x1: [-4, 4], x2: [-4, 4] };
  const half = Math.max(high1 - low1, high2 - low2, 1e-6) * (0.5 + MARGIN);
  const [c1, c2] = [(low1 + high1) / 2, (low2 + high2) / 2];
  return { x1: [c1 - half, c1 + half], x2: [c2 - half, c2 + half] };
}
