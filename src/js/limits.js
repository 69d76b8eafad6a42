// The core's limits and names for code that runs before the module has loaded, such as the reading
// of a link. tests/js/lab.test.js compares them with the catalogue, which has them from
// src/core/init_lab/base/limits.hpp.

export const LIMITS = /** @type {const} */ ({
  units: 4096,
  layers: 257,
  parameters: 20_000_000,
  iterations: 100_000_000,
  pointValues: 50_000_000,
  seed: 4_294_967_295,
  gridSide: 4096,
  unitsDrawn: 10,
});

export const OUTPUTS = /** @type {const} */ (['sigmoid', 'tanh', 'softmax', 'linear']);
export const PRECISIONS = /** @type {const} */ (['float64', 'float32']);
export const SKIP_SCALES = /** @type {const} */ (['1', '1/sqrt(L)', '1/L']);
