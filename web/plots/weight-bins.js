// The bins in which sizes of weights are counted: equal widths in log10 |w|.

/** Powers of ten at the ends of the axis. */
export const LOW = -3;
export const HIGH = 2;
export const BINS = 50;

/**
 * Counts weights by size: first those below 10^LOW (zeros among them), then BINS bins, then those
 * above 10^HIGH. NaN is not counted.
 * @param {ArrayLike<number>} weights
 * @returns {Uint32Array} of BINS + 2 counts
 */
export function countSizes(weights) {
  const counts = new Uint32Array(BINS + 2);
  for (let i = 0; i < weights.length; i += 1) {
    const size = Math.abs(weights[i]);
    if (Number.isNaN(size)) continue;
    const place = (BINS * (Math.log10(size) - LOW)) / (HIGH - LOW);
    counts[place < 0 ? 0 : place >= BINS ? BINS + 1 : 1 + Math.floor(place)] += 1;
  }
  return counts;
}
