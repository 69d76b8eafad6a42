// The status of a run: the first rule of a list that holds. Each rule is a function that returns a
// kind with its tone and the numbers of its sentence, or null. The sentences are in texts/:
// `state.<kind>` and, for the reason, `state.<kind>.why`.
//
// A rule reads the accuracies and the cost of the present iteration, so a status never contradicts
// the numbers beside it.

import { Facts, NO_GRADIENT, sum } from './status-facts.js';

/** @typedef {import('./types.js').RunState} RunState */
/** @typedef {Omit<RunState, 'iteration'>} Finding */
/** @typedef {(facts: Facts) => Finding | null} Rule */

/**
 * @param {string} kind
 * @param {Finding['values']} [values]
 * @returns {Finding}
 */
const bad = (kind, values = {}) => ({ kind, tone: 'bad', values });
/**
 * @param {string} kind
 * @param {Finding['values']} [values]
 * @returns {Finding}
 */
const waiting = (kind, values = {}) => ({ kind, tone: 'waiting', values });
/**
 * @param {string} kind
 * @param {Finding['values']} [values]
 * @returns {Finding}
 */
const good = (kind, values = {}) => ({ kind, tone: 'good', values });

/**
 * From this root mean square on, the inputs are named as the reason for an infinite or NaN cost.
 */
const FAR_INPUTS = 30;

/**
 * The cost was never finite, and the inputs are far larger than initializers assume.
 * @type {Rule}
 */
const farInputs = ({ cost, brokenAt, inputSize: size }) =>
  !Number.isFinite(cost) && brokenAt === 0 && size >= FAR_INPUTS ? bad('farInputs', { size }) : null;

/** The cost or a weight is NaN, or a weight is infinite. @type {Rule} */
const notANumber = ({ layers, cost, brokenAt: iteration }) => {
  const broken = layers.some(({ weightNorm }) => !Number.isFinite(weightNorm));
  if (!broken && !Number.isNaN(cost)) return null;
  return bad(iteration === 0 ? 'nanStart' : 'diverged', { iteration });
};

/** @type {Rule} */
const infiniteCost = ({ cost, brokenAt: iteration, wasFinite }) => {
  if (cost !== Infinity) return null;
  const kind = iteration > 0 ? 'infinite' : wasFinite ? 'infiniteAgain' : 'infiniteStart';
  return bad(kind, { iteration });
};

/** All weights and their gradients are 0. @type {Rule} */
const allZero = ({ layers }) => {
  const zero = layers.every(({ weightNorm, gradientNorm }) => weightNorm === 0 && gradientNorm === 0);
  return zero && layers.length > 1 ? bad('zero') : null;
};

/** All units of a layer are dead: nothing passes through it. @type {Rule} */
const deadLayer = ({ dead, widths }) => {
  const l = dead.findIndex((count, i) => count === widths[i]);
  return l < 0 ? null : bad('deadLayer', { layer: l + 1 });
};

/**
 * If only one layer's initial weights are symmetric, the other layers break the symmetry at the
 * first iteration.
 * @type {Rule}
 */
const symmetry = (facts) =>
  facts.iteration === 0 && facts.spec.init.layers ? null : (identicalUnits(facts) ?? duplicateUnits(facts));

/** All units of a layer compute the same function. @type {Rule} */
const identicalUnits = ({ hidden, widths }) => {
  const l = hidden.findIndex(({ distinct }, i) => widths[i] > 1 && distinct === 1);
  if (l < 0) return null;
  return bad(hidden.length === 1 ? 'symmetric' : 'symmetricLayer', { units: widths[l], layer: l + 1 });
};

/** Fewer than half of a layer's units compute different functions. @type {Rule} */
const duplicateUnits = ({ hidden, widths }) => {
  const l = hidden.findIndex(({ distinct }, i) => widths[i] > 2 && distinct < widths[i] / 2);
  if (l < 0) return null;
  return bad('duplicates', { units: widths[l], distinct: hidden[l].distinct, layer: l + 1 });
};

/** At least a quarter of the units is dead. @type {Rule} */
const deadUnits = ({ dead: counts, units, learned, train }) => {
  const dead = sum(counts);
  if (units === 0 || dead / units < 0.25) return null;
  if (learned) return good('thinned', { dead, units, train });
  return (dead / units >= 0.5 ? bad : waiting)('dead', { dead, units });
};

/** At least half of the units is dead, and the network has not learned. @type {Rule} */
const mostUnitsDead = (facts) => {
  const finding = deadUnits(facts);
  return finding?.tone === 'bad' ? finding : null;
};

/**
 * Many units have a slope near 0. Saturation during successful learning is no fault, so this rule
 * applies only if the units began saturated or the network learned little.
 * @type {Rule}
 */
const saturation = ({ saturated, saturatedAtStart, progress, learned, train }) => {
  const share = Math.max(0, ...saturated);
  const beganSo = Math.max(0, ...saturatedAtStart) >= 0.4;
  if (share < 0.4 || !(beganSo || progress < 0.4)) return null;
  const values = { share, layer: saturated.indexOf(share) + 1 };
  if (learned) return waiting('saturatedYet', { ...values, train });
  return (progress < 0.4 ? bad : waiting)('saturated', values);
};

/**
 * Without hidden layers the cost of a sigmoid output is convex, so a training that has stopped has
 * found the best line.
 * @type {Rule}
 */
const bestLine = ({ spec, units, iteration, gradient, learned, cost }) => {
  if (units > 0 || spec.output !== 'sigmoid' || iteration === 0 || gradient >= NO_GRADIENT) return null;
  return (learned ? good : waiting)('line', { cost });
};

/** The cost is that of a constant output, and the gradient is small. @type {Rule} */
const plateau = ({ iteration, onPlateau, beganOnPlateau, labels, gradient, progress, train, cost }) => {
  if (iteration === 0 || !onPlateau || labels.accuracy === 1) return null;
  // Only runs that started on the plateau wait there. Other runs pass through it, which takes a
  // gradient.
  if (!beganOnPlateau && gradient < NO_GRADIENT) return null;
  if (progress > 0.3) return waiting('faint', { train, cost });
  return waiting(beganOnPlateau ? 'plateau' : 'slow', { gradient, cost });
};

/** @type {Rule} */
const notTrained = ({ iteration, gradient, cost, labels }) =>
  iteration > 0 ? null : waiting('start', { gradient, cost, chance: labels.cost });

/**
 * Training has stopped before the network learned much. The gradient is that of the weights; where
 * it is 0, biases, L2 and momentum may still change the cost.
 * @type {Rule}
 */
const stuck = ({ gradient, learned, moving, train, layers, dead, deadAtStart, widths, before }) => {
  const least = before?.startsWith('stuck') ? 10 * NO_GRADIENT : NO_GRADIENT;
  if (gradient >= least || learned || moving) return null;
  const values = { gradient, train };
  const { saturated: share } = layers[layers.length - 1];
  if (share > 0.9) return bad('stuckOutput', { ...values, share });
  const shares = dead.map((count, i) => count / widths[i]);
  const l = shares.indexOf(Math.max(...shares));
  if (!(shares[l] >= 0.5)) return bad('stuck', values);
  return bad('stuckDead', {
    ...values,
    dead: dead[l],
    units: widths[l],
    layer: l + 1,
    before: deadAtStart[l],
  });
};

/** @type {Rule} */
const overfitting = ({ train, test, progress, before }) => {
  const [gap, least] = before === 'overfits' ? [0.05, 0.7] : [0.08, 0.8];
  const overfits = Number.isFinite(test) && train - test > gap && progress > least;
  return overfits ? waiting('overfits', { train, test }) : null;
};

/** A network without hidden units has no healthy units. @type {Rule} */
const healthy = ({ learned, units, train }) => (learned && units > 0 ? good('healthy', { train }) : null);

/** @type {Rule} */
const learning = ({ progress, train, before }) =>
  progress >= (before === 'learning' ? 0.1 : 0.2) ? waiting('learning', { train }) : null;

/** @type {Rule} */
const nearChance = ({ train, labels }) => waiting('chance', { train, constant: labels.accuracy });

/**
 * The order: first faults that make everything else meaningless, then faults that prevent learning,
 * then how far the network has come. A few dead units do not explain a plateau and rarely explain a
 * stuck network, so `deadUnits` comes after both.
 * @type {Rule[]}
 */
const RULES = [
  farInputs,
  notANumber,
  infiniteCost,
  allZero,
  deadLayer,
  symmetry,
  mostUnitsDead,
  saturation,
  bestLine,
  plateau,
  notTrained,
  stuck,
  deadUnits,
  overfitting,
  healthy,
  learning,
  nearChance,
];

/**
 * @param {import('./status-facts.js').Given} given
 * @returns {RunState}
 */
export function describeState(given) {
  const facts = new Facts(given);
  for (const rule of RULES) {
    const finding = rule(facts);
    if (finding !== null) return { ...finding, iteration: facts.iteration };
  }
  throw new Error('the last rule always holds');
}
