// What a run's state is, in one word and its numbers: read off the diagnostics, never guessed from the accuracy alone.
// The sentences are in texts/: `state.<kind>` is the short form, `state.<kind>.why` the reason.

/** @typedef {import('./types.js').RunState} RunState */

/**
 * What a constant answer reaches on the training examples, and how far the network is beyond it.
 * @typedef {object} Chance
 * @property {number} cost of the best constant output
 * @property {number} undecided cost of P = 1/2 for all, from which the smallest weights start
 * @property {number} accuracy of always saying the more frequent class
 * @property {number} gain how much of the way from there to all examples right has been made: 0 … 1, below 0 on the way down
 */

const RECTIFIERS = new Set(['relu']);

/**
 * @param {import('./types.js').Spec} spec complete
 * @param {import('./types.js').Diagnostics} diagnostics
 * @param {import('./types.js').Metrics} metrics
 * @param {{ start: import('./types.js').Diagnostics, startCost: number, brokenAt: number | null, ones: number }} known the
 * diagnostics and the cost at iteration 0, since when the cost is infinite or NaN, and the share of training examples of
 * class 1
 * @returns {RunState}
 */
export function describeState(spec, diagnostics, metrics, { start, startCost, brokenAt, ones }) {
  const chance = chanceOf(spec, metrics, ones);
  const death = dead(spec, diagnostics);
  return (
    failure(diagnostics, metrics, brokenAt) ??
    symmetry(spec, diagnostics, metrics) ??
    // Few dead units are not why a network waits on the plateau.
    (death?.tone === 'bad' ? death : null) ??
    saturation(diagnostics, start, metrics, chance) ??
    plateau(diagnostics, metrics, chance, isPlateau(startCost, gradientOf(start), chance.undecided)) ??
    death ??
    rest(diagnostics, metrics, chance) ??
    learning(metrics, chance)
  );
}

/** @param {import('./types.js').Spec} spec @param {import('./types.js').Metrics} metrics @param {number} ones @returns {Chance} */
function chanceOf({ output }, { trainAccuracy }, ones) {
  const accuracy = Math.max(ones, 1 - ones);
  const entropy = (/** @type {number} */ share) => (share > 0 ? -share * Math.log(share) : 0);
  return {
    // For tanh half the variance of the labels -1 and 1.
    undecided: output === 'tanh' ? 0.5 : Math.LN2,
    cost: output === 'tanh' ? 2 * ones * (1 - ones) : entropy(ones) + entropy(1 - ones),
    accuracy,
    gain: accuracy < 1 ? (trainAccuracy - accuracy) / (1 - accuracy) : trainAccuracy === 1 ? 1 : 0,
  };
}

/** Costs that are no numbers. @returns {RunState | null} @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {number | null} brokenAt */
function failure(diagnostics, metrics, brokenAt) {
  const at = brokenAt ?? metrics.iteration;
  const lost = diagnostics.layers.some((layer) => !Number.isFinite(layer.weightNorm));
  if (lost || Number.isNaN(metrics.cost)) return { kind: 'diverged', tone: 'bad', values: { iteration: at } };
  if (metrics.cost === Infinity)
    return { kind: at === 0 ? 'infiniteStart' : 'infinite', tone: 'bad', values: { iteration: at } };
  return null;
}

/** Units of one layer that compute one function. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics */
function symmetry(spec, diagnostics, metrics) {
  const hidden = diagnostics.layers.slice(0, -1);
  const last = diagnostics.layers[diagnostics.layers.length - 1];
  const widths = /** @type {number[]} */ (spec.layers);
  if (hidden.length > 0 && [...hidden, last].every((layer) => layer.weightNorm === 0)) {
    const silent = diagnostics.layers.slice(0, -1).every((layer) => layer.gradientNorm === 0);
    if (silent)
      return { kind: 'zero', tone: 'bad', values: { units: sum(widths), iteration: metrics.iteration } };
  }
  for (let l = 0; l < hidden.length; l += 1) {
    if (widths[l] > 1 && hidden[l].distinct === 1) {
      const kind = hidden.length === 1 ? 'symmetric' : 'symmetricLayer';
      return { kind, tone: 'bad', values: { units: widths[l], layer: l + 1 } };
    }
  }
  for (let l = 0; l < hidden.length; l += 1) {
    if (hidden[l].distinct < widths[l] / 2 && widths[l] > 2) {
      return {
        kind: 'duplicates',
        tone: 'bad',
        values: { units: widths[l], distinct: hidden[l].distinct, layer: l + 1 },
      };
    }
  }
  return null;
}

/** Rectified units that are 0 on every training example. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics */
function dead(spec, diagnostics) {
  const activations = /** @type {string[]} */ (spec.activations);
  const hidden = diagnostics.layers.slice(0, -1);
  let count = 0;
  for (let l = 0; l < hidden.length; l += 1) {
    if (!RECTIFIERS.has(activations[l])) continue;
    count += hidden[l].dead.length;
    if (hidden[l].dead.length === spec.layers[l]) {
      return { kind: 'deadLayer', tone: 'bad', values: { layer: l + 1, units: spec.layers[l] } };
    }
  }
  const units = sum(spec.layers);
  if (units === 0 || count / units < 0.25) return null;
  return { kind: 'dead', tone: count / units >= 0.5 ? 'bad' : 'waiting', values: { dead: count, units } };
}

/**
 * Bounded units where the slope is almost 0. Units that saturate while they learn are only being sure of themselves;
 * it is told when they began so, or when little was learned.
 * @param {import('./types.js').Diagnostics} diagnostics
 * @param {import('./types.js').Diagnostics} start
 * @param {import('./types.js').Metrics} metrics
 * @param {Chance} chance
 * @returns {RunState | null}
 */
function saturation(diagnostics, start, metrics, chance) {
  const share = largestSaturation(diagnostics);
  const bornSo = largestSaturation(start) >= 0.4;
  if (share < 0.4 || !(bornSo || chance.gain < 0.4)) return null;
  return { kind: 'saturated', tone: 'bad', values: { share } };
}

/** @param {import('./types.js').Diagnostics} diagnostics */
const largestSaturation = ({ layers }) =>
  Math.max(0, ...layers.slice(0, -1).map(({ saturated }) => saturated || 0));

/** @param {import('./types.js').Diagnostics} diagnostics */
const gradientOf = ({ layers }) => Math.hypot(...layers.map(({ gradientNorm }) => gradientNorm));

/** No better than a constant answer, and the gradient is small. @param {number} cost @param {number} gradient @param {number} level what the constant costs */
const isPlateau = (cost, gradient, level) => Math.abs(cost - level) < 0.005 && gradient < 0.05;

/** Who began on the plateau has small weights to wait for; others only come by. @returns {RunState | null} @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {Chance} chance @param {boolean} bornSo */
function plateau(diagnostics, metrics, chance, bornSo) {
  const gradient = gradientOf(diagnostics);
  if (metrics.iteration === 0 || !isPlateau(metrics.cost, gradient, chance.cost)) return null;
  return { kind: bornSo ? 'plateau' : 'slow', tone: 'waiting', values: { gradient, cost: metrics.cost } };
}

/** Not begun, or at rest before much was learned. @returns {RunState | null} @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {Chance} chance */
function rest(diagnostics, metrics, chance) {
  const gradient = gradientOf(diagnostics);
  if (metrics.iteration === 0)
    return { kind: 'start', tone: 'waiting', values: { gradient, cost: metrics.cost, chance: chance.cost } };
  if (gradient >= 1e-3 || chance.gain >= 0.5) return null;
  return { kind: 'stuck', tone: 'bad', values: { gradient, train: metrics.trainAccuracy } };
}

/** @returns {RunState} @param {import('./types.js').Metrics} metrics @param {Chance} chance */
function learning({ trainAccuracy: train, testAccuracy: test }, { accuracy, gain }) {
  if (Number.isFinite(test) && train - test > 0.08 && gain > 0.8)
    return { kind: 'overfits', tone: 'waiting', values: { train, test } };
  if (gain >= 0.7) return { kind: 'healthy', tone: 'good', values: { train } };
  if (gain >= 0.2) return { kind: 'learning', tone: 'waiting', values: { train } };
  return { kind: 'chance', tone: 'waiting', values: { train, constant: accuracy } };
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
