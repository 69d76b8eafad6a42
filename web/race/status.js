// What a run's state is, in one word and its numbers: read off the diagnostics, never guessed from the accuracy alone.
// The sentences are in texts/: `state.<kind>` is the short form, `state.<kind>.why` the reason.

/** @typedef {import('./types.js').RunState} RunState */

/**
 * What a constant answer reaches on the training examples, and how far the network is beyond it.
 * @typedef {object} Chance
 * @property {number} cost of the best constant output
 * @property {number} undecided cost of P = 1/2 for all, from which the smallest weights start
 * @property {number} accuracy of always saying the more frequent class
 * @property {number} train accuracy on the training examples
 * @property {number} gain how much of the way from there to all examples right has been made: 0 … 1, below 0 on the way down
 */

const RECTIFIERS = new Set(['relu']);
/** From this gain on a network has learned, whatever else is to be said of it. */
const LEARNED = 0.7;
/** A gradient below which nothing is seen to move. */
const AT_REST = 1e-3;

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
  const death = dead(spec, diagnostics, chance);
  return (
    failure(diagnostics, metrics, brokenAt) ??
    zero(spec, diagnostics, metrics) ??
    deadLayer(spec, diagnostics) ??
    symmetry(spec, diagnostics) ??
    // Few dead units are not why a network waits on the plateau, nor what is to be said of one that is stuck.
    (death?.tone === 'bad' ? death : null) ??
    saturation(diagnostics, start, metrics, chance) ??
    line(spec, diagnostics, metrics, chance) ??
    plateau(diagnostics, metrics, chance, isPlateau(startCost, gradientOf(start), chance.undecided)) ??
    rest(spec, diagnostics, start, metrics, chance) ??
    death ??
    learning(spec, metrics, chance)
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
    train: trainAccuracy,
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

/** No weight but 0, and no gradient to change that. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics */
function zero(spec, { layers }, metrics) {
  const hidden = layers.slice(0, -1);
  if (hidden.length === 0 || layers.some((layer) => layer.weightNorm !== 0)) return null;
  if (hidden.some((layer) => layer.gradientNorm !== 0)) return null;
  return { kind: 'zero', tone: 'bad', values: { units: sum(spec.layers), iteration: metrics.iteration } };
}

/** Units of one layer that compute one function. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics */
function symmetry(spec, diagnostics) {
  const hidden = diagnostics.layers.slice(0, -1);
  const widths = /** @type {number[]} */ (spec.layers);
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

/** How many rectified units of each hidden layer are 0 on every training example. @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @returns {number[]} */
const deadByLayer = (spec, { layers }) =>
  layers.slice(0, -1).map((layer, l) => (RECTIFIERS.has(spec.activations[l]) ? layer.dead.length : 0));

/** @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics */
function deadLayer(spec, diagnostics) {
  const l = deadByLayer(spec, diagnostics).findIndex((count, i) => count === spec.layers[i]);
  return l < 0 ? null : { kind: 'deadLayer', tone: 'bad', values: { layer: l + 1, units: spec.layers[l] } };
}

/** Many dead units; where the others have learned, that is health. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {Chance} chance */
function dead(spec, diagnostics, { gain, train }) {
  const units = sum(spec.layers);
  const count = sum(deadByLayer(spec, diagnostics));
  if (units === 0 || count / units < 0.25) return null;
  if (gain >= LEARNED)
    return { kind: 'thinned', tone: 'good', values: { dead: count, units, alive: units - count, train } };
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
  const shares = saturatedByLayer(diagnostics);
  const share = Math.max(0, ...shares);
  const bornSo = Math.max(0, ...saturatedByLayer(start)) >= 0.4;
  if (share < 0.4 || !(bornSo || chance.gain < 0.4)) return null;
  const values = { share, layer: shares.indexOf(share) + 1 };
  if (chance.gain >= LEARNED)
    return { kind: 'saturatedYet', tone: 'waiting', values: { ...values, train: metrics.trainAccuracy } };
  return { kind: 'saturated', tone: 'bad', values };
}

/** @param {import('./types.js').Diagnostics} diagnostics */
const saturatedByLayer = ({ layers }) => layers.slice(0, -1).map(({ saturated }) => saturated || 0);

/** Without a hidden layer, at rest: the cost of a sigmoid output is convex, so that there is nothing that a start could change. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {Chance} chance */
function line(spec, diagnostics, metrics, chance) {
  const convex = spec.layers.length === 0 && spec.output === 'sigmoid' && metrics.iteration > 0;
  if (!convex || gradientOf(diagnostics) >= AT_REST) return null;
  const tone = chance.gain >= LEARNED ? 'good' : 'waiting';
  return { kind: 'line', tone, values: { train: metrics.trainAccuracy, cost: metrics.cost } };
}

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

/** Not begun, or at rest before much was learned. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Diagnostics} start @param {import('./types.js').Metrics} metrics @param {Chance} chance */
function rest(spec, diagnostics, start, metrics, chance) {
  const gradient = gradientOf(diagnostics);
  if (metrics.iteration === 0)
    return { kind: 'start', tone: 'waiting', values: { gradient, cost: metrics.cost, chance: chance.cost } };
  if (gradient >= AT_REST || chance.gain >= 0.5) return null;
  const values = { gradient, train: metrics.trainAccuracy };
  const counts = deadByLayer(spec, diagnostics);
  const shares = counts.map((count, l) => count / spec.layers[l]);
  const l = shares.indexOf(Math.max(...shares));
  if (!(shares[l] >= 0.5)) return { kind: 'stuck', tone: 'bad', values };
  const before = deadByLayer(spec, start)[l];
  return {
    kind: 'stuckDead',
    tone: 'bad',
    values: { ...values, dead: counts[l], units: spec.layers[l], layer: l + 1, before },
  };
}

/** @returns {RunState} @param {import('./types.js').Spec} spec @param {import('./types.js').Metrics} metrics @param {Chance} chance */
function learning(spec, { trainAccuracy: train, testAccuracy: test }, { accuracy, gain }) {
  if (Number.isFinite(test) && train - test > 0.08 && gain > 0.8)
    return { kind: 'overfits', tone: 'waiting', values: { train, test } };
  // Without hidden units there are none to be healthy.
  if (gain >= LEARNED && spec.layers.length > 0) return { kind: 'healthy', tone: 'good', values: { train } };
  if (gain >= 0.2) return { kind: 'learning', tone: 'waiting', values: { train } };
  return { kind: 'chance', tone: 'waiting', values: { train, constant: accuracy } };
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
