// Which networks are drawn as one row per layer, and how many units a row shows. Used by the page
// and its worker.

/** Networks with more hidden layers or wider ones are unreadable as units joined by edges. */
const MOST_LAYERS = 6;
const MOST_WIDTH = 12;
/** Units per row, and the units of a layer among which they are chosen. */
export const ROW_UNITS = 12;
export const CHOSEN_AMONG = 64;

/**
 * Whether a network is drawn as one row per layer.
 * @param {{ out: number }[]} layers the output's last
 */
export const inRows = (layers) =>
  layers.length - 1 > MOST_LAYERS || layers.slice(0, -1).some(({ out }) => out > MOST_WIDTH);

/**
 * Returns the units whose values vary most, in ascending order.
 * @param {Float32Array[]} units values of each unit
 * @param {number} most
 */
export function mostActive(units, most) {
  const spread = units.map((values) => {
    let [sum, squares] = [0, 0];
    for (const value of values) {
      sum += value;
      squares += value * value;
    }
    const variance = squares / values.length - (sum / values.length) ** 2;
    return Number.isNaN(variance) ? -1 : variance;
  });
  return units
    .map((_, unit) => unit)
    .toSorted((a, b) => spread[b] - spread[a] || a - b)
    .slice(0, most)
    .toSorted((a, b) => a - b);
}
