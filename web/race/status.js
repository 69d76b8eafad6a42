// What a run's state is, in one word and its numbers: read off the diagnostics, never guessed from the accuracy alone.
// The sentences are in texts/: `state.<kind>` is the short form, `state.<kind>.why` the reason.

/** @typedef {import('./types.js').RunState} RunState */

const RECTIFIERS = new Set(['relu']);

/**
 * @param {import('./types.js').Spec} spec complete
 * @param {import('./types.js').Diagnostics} diagnostics
 * @param {import('./types.js').Metrics} metrics
 * @param {{ start: import('./types.js').Diagnostics, brokenAt: number | null }} past the diagnostics at iteration 0, and
 * since when the cost is infinite or NaN
 * @returns {RunState}
 */
export function describeState(spec, diagnostics, metrics, { start, brokenAt }) {
  return (
    failure(diagnostics, metrics, brokenAt) ??
    symmetry(spec, diagnostics, metrics) ??
    dead(spec, diagnostics) ??
    saturation(diagnostics, start, metrics) ??
    waiting(spec, diagnostics, metrics) ??
    learning(metrics)
  );
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
 * @returns {RunState | null}
 */
function saturation(diagnostics, start, metrics) {
  const share = largestSaturation(diagnostics);
  const bornSo = largestSaturation(start) >= 0.4;
  if (share < 0.4 || !(bornSo || metrics.trainAccuracy < 0.7)) return null;
  return { kind: 'saturated', tone: 'bad', values: { share } };
}

/** @param {import('./types.js').Diagnostics} diagnostics */
const largestSaturation = ({ layers }) =>
  Math.max(0, ...layers.slice(0, -1).map(({ saturated }) => saturated || 0));

/** A plateau: no better than a constant, and the gradient is small. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics */
function waiting(spec, diagnostics, metrics) {
  const chance = spec.output === 'tanh' ? 0.5 : Math.LN2;
  const gradient = Math.hypot(...diagnostics.layers.map((layer) => layer.gradientNorm));
  if (metrics.iteration === 0)
    return { kind: 'start', tone: 'waiting', values: { gradient, cost: metrics.cost } };
  if (Math.abs(metrics.cost - chance) < 0.005 && gradient < 0.05) {
    return { kind: 'plateau', tone: 'waiting', values: { gradient, cost: metrics.cost } };
  }
  if (gradient < 1e-3 && metrics.trainAccuracy < 0.75) {
    return { kind: 'stuck', tone: 'bad', values: { gradient, train: metrics.trainAccuracy } };
  }
  return null;
}

/** @returns {RunState} @param {import('./types.js').Metrics} metrics */
function learning(metrics) {
  const { trainAccuracy: train, testAccuracy: test } = metrics;
  if (Number.isFinite(test) && train - test > 0.08 && train > 0.9) {
    return { kind: 'overfits', tone: 'waiting', values: { train, test } };
  }
  if (train >= 0.85) return { kind: 'healthy', tone: 'good', values: { train } };
  if (train >= 0.6) return { kind: 'learning', tone: 'waiting', values: { train } };
  return { kind: 'chance', tone: 'waiting', values: { train } };
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
