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
 * @property {boolean} learned whether that is enough to say that the network has learned, whatever else is to be said of it
 *
 * What is known of a run besides its present.
 * @typedef {object} Known
 * @property {import('./types.js').Diagnostics} start the diagnostics at iteration 0
 * @property {number} startCost
 * @property {number | null} brokenAt since when the cost is infinite or NaN
 * @property {boolean} wasFinite whether the cost has been a number since the start
 * @property {boolean} moving whether the cost has changed lately
 * @property {number} ones share of training examples of class 1
 * @property {string} [before] what was said of it last, while it trains: what lies at a threshold is not to flicker
 */

const RECTIFIERS = new Set(['relu']);
/** From this gain on a network has learned. */
const LEARNED = 0.7;
const LEARNED_KINDS = new Set(['healthy', 'thinned', 'saturatedYet', 'overfits']);
/** A gradient below which nothing is seen to move. */
const AT_REST = 1e-3;

/**
 * @param {import('./types.js').Spec} spec complete
 * @param {import('./types.js').Diagnostics} diagnostics
 * @param {import('./types.js').Metrics} metrics
 * @param {Known} known
 * @returns {RunState}
 */
export function describeState(spec, diagnostics, metrics, known) {
  const { start, startCost, before } = known;
  const chance = chanceOf(spec, metrics, known);
  const death = dead(spec, diagnostics, chance);
  const waits = spec.layers.length > 0 && isPlateau(startCost, gradientOf(start), chance.undecided);
  // A start that is symmetric in one layer only does not stay so.
  const settled = metrics.iteration > 0 || !spec.init.layers;
  return (
    failure(diagnostics, metrics, known) ??
    zero(spec, diagnostics) ??
    deadLayer(spec, diagnostics) ??
    (settled ? symmetry(spec, diagnostics) : null) ??
    // Few dead units are not why a network waits on the plateau, nor what is to be said of one that is stuck.
    (death?.tone === 'bad' ? death : null) ??
    saturation(diagnostics, start, metrics, chance) ??
    line(spec, diagnostics, metrics, chance) ??
    plateau(diagnostics, metrics, chance, waits) ??
    rest(spec, diagnostics, known, metrics, chance, before?.startsWith('stuck') ? 10 * AT_REST : AT_REST) ??
    death ??
    learning(spec, metrics, chance, before)
  );
}

/** @param {import('./types.js').Spec} spec @param {import('./types.js').Metrics} metrics @param {Known} known @returns {Chance} */
function chanceOf({ output }, { trainAccuracy }, { ones, before }) {
  const accuracy = Math.max(ones, 1 - ones);
  const entropy = (/** @type {number} */ share) => (share > 0 ? -share * Math.log(share) : 0);
  const gain = accuracy < 1 ? (trainAccuracy - accuracy) / (1 - accuracy) : trainAccuracy === 1 ? 1 : 0;
  return {
    // For tanh half the variance of the labels -1 and 1.
    undecided: output === 'tanh' ? 0.5 : Math.LN2,
    cost: output === 'tanh' ? 2 * ones * (1 - ones) : entropy(ones) + entropy(1 - ones),
    accuracy,
    train: trainAccuracy,
    gain,
    // Who has learned does not unlearn by an example or two.
    learned: gain >= (LEARNED_KINDS.has(before ?? '') ? LEARNED - 0.1 : LEARNED),
  };
}

/** Costs that are no numbers. @returns {RunState | null} @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {Known} known */
function failure(diagnostics, metrics, { brokenAt, wasFinite }) {
  const at = brokenAt ?? metrics.iteration;
  const lost = diagnostics.layers.some((layer) => !Number.isFinite(layer.weightNorm));
  const fromStart = wasFinite ? 'infiniteAgain' : 'infiniteStart';
  const told = (/** @type {string} */ kind) =>
    /** @type {RunState} */ ({ kind, tone: 'bad', values: { iteration: at } });
  if (lost || Number.isNaN(metrics.cost)) return told(at === 0 ? 'nanStart' : 'diverged');
  return metrics.cost === Infinity ? told(at === 0 ? fromStart : 'infinite') : null;
}

/** No weight but 0, and no gradient to change that. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics */
function zero(spec, { layers }) {
  if (layers.length === 1 || layers.some((layer) => layer.weightNorm !== 0 || layer.gradientNorm !== 0))
    return null;
  return { kind: 'zero', tone: 'bad', values: { units: sum(spec.layers) } };
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
function dead(spec, diagnostics, { learned, train }) {
  const units = sum(spec.layers);
  const count = sum(deadByLayer(spec, diagnostics));
  if (units === 0 || count / units < 0.25) return null;
  if (learned) return { kind: 'thinned', tone: 'good', values: { dead: count, units, train } };
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
  if (chance.learned)
    return { kind: 'saturatedYet', tone: 'waiting', values: { ...values, train: metrics.trainAccuracy } };
  return { kind: 'saturated', tone: chance.gain < 0.4 ? 'bad' : 'waiting', values };
}

/** @param {import('./types.js').Diagnostics} diagnostics */
const saturatedByLayer = ({ layers }) => layers.slice(0, -1).map(({ saturated }) => saturated || 0);

/** Without a hidden layer, at rest: the cost of a sigmoid output is convex, so that there is nothing that a start could change. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {Chance} chance */
function line(spec, diagnostics, metrics, chance) {
  const convex = spec.layers.length === 0 && spec.output === 'sigmoid' && metrics.iteration > 0;
  if (!convex || gradientOf(diagnostics) >= AT_REST) return null;
  const tone = chance.learned ? 'good' : 'waiting';
  return { kind: 'line', tone, values: { cost: metrics.cost } };
}

/** @param {import('./types.js').Diagnostics} diagnostics */
const gradientOf = ({ layers }) => Math.hypot(...layers.map(({ gradientNorm }) => gradientNorm));

/** No better than a constant answer, and the gradient is small. @param {number} cost @param {number} gradient @param {number} level what the constant costs */
const isPlateau = (cost, gradient, level) => Math.abs(cost - level) < 0.005 && gradient < 0.05;

/** Who began on the plateau has small weights to wait for; others only come by. @returns {RunState | null} @param {import('./types.js').Diagnostics} diagnostics @param {import('./types.js').Metrics} metrics @param {Chance} chance @param {boolean} bornSo */
function plateau(diagnostics, metrics, chance, bornSo) {
  const gradient = gradientOf(diagnostics);
  if (metrics.iteration === 0 || !isPlateau(metrics.cost, gradient, chance.cost) || chance.accuracy === 1)
    return null;
  // Without a gradient nobody only comes by.
  if (!bornSo && gradient < AT_REST) return null;
  if (chance.gain > 0.3)
    return { kind: 'faint', tone: 'waiting', values: { train: chance.train, cost: metrics.cost } };
  return { kind: bornSo ? 'plateau' : 'slow', tone: 'waiting', values: { gradient, cost: metrics.cost } };
}

/** Not begun, or at rest before much was learned. @returns {RunState | null} @param {import('./types.js').Spec} spec @param {import('./types.js').Diagnostics} diagnostics @param {Known} known @param {import('./types.js').Metrics} metrics @param {Chance} chance @param {number} least gradient of what is not at rest */
function rest(spec, diagnostics, { start, moving }, metrics, chance, least) {
  const gradient = gradientOf(diagnostics);
  if (metrics.iteration === 0)
    return { kind: 'start', tone: 'waiting', values: { gradient, cost: metrics.cost, chance: chance.cost } };
  // The gradient is that of the weights: the biases, L2 and momentum may still move what it does not.
  if (gradient >= least || chance.learned || moving) return null;
  const values = { gradient, train: metrics.trainAccuracy };
  const { saturated: share } = diagnostics.layers[diagnostics.layers.length - 1];
  if (share > 0.9) return { kind: 'stuckOutput', tone: 'bad', values: { ...values, share } };
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

/** @returns {RunState} @param {import('./types.js').Spec} spec @param {import('./types.js').Metrics} metrics @param {Chance} chance @param {string} [before] */
function learning(spec, { trainAccuracy: train, testAccuracy: test }, { accuracy, gain, learned }, before) {
  const [gap, most] = before === 'overfits' ? [0.05, 0.7] : [0.08, 0.8];
  if (Number.isFinite(test) && train - test > gap && gain > most)
    return { kind: 'overfits', tone: 'waiting', values: { train, test } };
  // Without hidden units there are none to be healthy.
  if (learned && spec.layers.length > 0) return { kind: 'healthy', tone: 'good', values: { train } };
  if (gain >= (before === 'learning' ? 0.1 : 0.2))
    return { kind: 'learning', tone: 'waiting', values: { train } };
  return { kind: 'chance', tone: 'waiting', values: { train, constant: accuracy } };
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
