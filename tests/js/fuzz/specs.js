// Arbitrary experiments, valid ones and damaged ones, from the catalogue: a new row of a table is
// tried without a change here.
import fc from 'fast-check';
import { without } from '../../../src/js/experiments.js';

/** @typedef {import('../../../src/js/types.js').Catalogue} Catalogue */
/** @typedef {import('../../../src/js/types.js').ParameterInfo} ParameterInfo */

/** Values of every kind that JavaScript has, for a place where something else is expected. */
export const anything = fc.oneof(
  fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e308, 5e-324, 2 ** 53, 0.5, -1, '', '__proto__', null),
  fc.func(fc.nat()),
);

/**
 * A value of a parameter within its range, often at an end of it.
 *
 * @param {ParameterInfo} info
 */
function parameter({ min, max, value, integer }) {
  const inside = integer
    ? fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) })
    : fc.double({ min, max, noNaN: true });
  return fc.oneof(fc.constantFrom(min, max, value), inside);
}

/**
 * A choice from a table with some of its parameters set.
 *
 * @param {{ name: string, parameters: ParameterInfo[] }[]} rows
 * @param {Record<string, number>} most the largest value to try of costly parameters
 */
const choice = (rows, most = {}) =>
  fc.oneof(
    ...rows.map(({ name, parameters }) => {
      const numeric = parameters.filter(({ min, max }) => Number.isFinite(min) && Number.isFinite(max));
      const fields = numeric.map((info) => [
        info.name,
        fc.option(parameter({ ...info, max: Math.min(info.max, most[info.name] ?? info.max) }), {
          nil: undefined,
        }),
      ]);
      return fc.record({ name: fc.constant(name), ...Object.fromEntries(fields) });
    }),
  );

/**
 * A small experiment whose fields are all within their ranges. Combinations may still be refused.
 *
 * @param {Catalogue} catalogue
 */
export function plausibleSpec({ datasets, initializers, activations, optimizers, outputs, precisions }) {
  const nameOf = (/** @type {(string | { name: string })[]} */ rows) =>
    fc.constantFrom(...rows.map((row) => (typeof row === 'string' ? row : row.name)));
  const activation = nameOf(activations);
  return fc.record(
    {
      dataset: choice(datasets, { samples: 60, testSamples: 30 }),
      layers: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
      activations: activation,
      output: nameOf(outputs),
      init: choice(initializers, { maxTries: 20 }),
      optimizer: choice(optimizers),
      iterations: fc.integer({ min: 0, max: 30 }),
      record: fc.integer({ min: 1, max: 40 }),
      precision: nameOf(precisions),
    },
    { requiredKeys: [] },
  );
}

/**
 * A plausible experiment that may also have skip connections, normalization, frozen layers, biases,
 * texts and lists as parameters, and standardized inputs.
 *
 * @param {Catalogue} catalogue
 */
export function modernSpec(catalogue) {
  const { datasets, initializers, activations, normalizations, parametrizations, biasStarts } = catalogue;
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const starts = fc.oneof(
    choice(initializers, { maxTries: 20 }),
    fc.record({ name: fc.constant('formula'), std: fc.constantFrom(...FORMULAS) }),
    fc.record({
      name: fc.constant('given'),
      parameters: fc.array(number, { minLength: 1, maxLength: 40 }),
    }),
    fc.record({
      name: fc.constant('variance_scaling'),
      mode: fc.constantFrom('fan_in', 'fan_out', 'fan_avg'),
      distribution: fc.constantFrom('truncated_normal', 'normal', 'uniform'),
    }),
  );
  const bias = fc.option(choice(biasStarts), { nil: undefined });
  const withoutSeed = (/** @type {any} */ start) => without(start, ['seed']);
  return fc
    .tuple(
      plausibleSpec(catalogue),
      fc.record(
        {
          standardize: fc.boolean(),
          dataset: choice(datasets, { samples: 60, testSamples: 30 }),
          activations: fc.oneof(
            choice(activations),
            fc.array(
              fc.oneof(
                choice(activations),
                choice(activations).map(({ name }) => name),
              ),
              {
                minLength: 1,
                maxLength: 4,
              },
            ),
          ),
          skip: fc.record(
            {
              scale: fc.oneof(number, fc.constantFrom('1', '1/sqrt(L)', '1/L')),
              learned: fc.boolean(),
            },
            { requiredKeys: [] },
          ),
          normalization: choice(normalizations),
          parametrization: choice(parametrizations),
          frozen: fc.array(fc.nat(4), { maxLength: 4 }),
          init: fc
            .record({
              all: starts,
              layers: fc.array(fc.option(starts.map(withoutSeed)), { maxLength: 5 }),
              bias,
              outputBias: bias,
            })
            .map(({ all, ...parts }) => ({ ...all, ...parts })),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([plausible, { standardize, ...modern }]) => {
      const spec = { ...plausible, ...modern };
      if (standardize !== undefined) spec.dataset = { ...(spec.dataset ?? { name: 'moons' }), standardize };
      return /** @type {import('../../../src/js/types.js').Spec} */ (spec);
    });
}

/** Ranges of parameters within which a few iterations are not chaotic. */
const GENTLE = {
  std: [0.05, 1],
  limit: [0.05, 1],
  gain: [0.3, 1.5],
  scale: [0.3, 2],
  bound: [0.05, 1],
  low: [-1, 0],
  high: [0.1, 1],
  value: [-0.5, 0.5],
  mean: [-0.3, 0.3],
  biasStd: [0, 0.5],
  frequency: [0.5, 3],
  learningRate: [0.001, 0.1],
  beta1: [0.1, 0.95],
  beta2: [0.5, 0.999],
  epsilon: [1e-6, 0.01],
  l2: [0, 0.5],
  decayRate: [0, 0.5],
  decayInterval: [1, 4],
  batchSize: [0, 70],
  noise: [0.05, 0.3],
  samples: [20, 80],
  testSamples: [0, 30],
  maxTries: [1, 10],
  baseWidth: [1, 12],
  variance: [0.3, 2],
  tolerance: [0.01, 0.1],
  momentum: [0.1, 0.99],
  factor: [0.2, 0.9],
  turns: [0.5, 2],
};

/**
 * A choice from a table with some of its parameters set, within gentle ranges. Numbers that are not
 * whole never stand at an end.
 *
 * @param {{ name: string, parameters: ParameterInfo[] }[]} rows
 */
const gentle = (rows) =>
  fc.oneof(
    ...rows.map(({ name, parameters }) => {
      const numeric = parameters.filter(({ min, max }) => Number.isFinite(min) && Number.isFinite(max));
      const fields = numeric.map((info) => {
        const [low, high] = GENTLE[/** @type {keyof typeof GENTLE} */ (info.name)] ?? [-2, 3];
        const [min, max] = [Math.max(info.min, low), Math.min(info.max, high)];
        const inside = info.integer
          ? fc.integer({ min, max })
          : fc.integer({ min: 1, max: 999 }).map((part) => min + ((max - min) * part) / 1000);
        return [info.name, fc.option(inside, { nil: undefined })];
      });
      return fc.record({ name: fc.constant(name), ...Object.fromEntries(fields) });
    }),
  );

/**
 * An experiment whose few iterations are not chaotic, so that another program can come to the same
 * numbers. Own points, given weights and equal weights are left out.
 *
 * @param {Catalogue} catalogue
 */
export function gentleSpec(catalogue) {
  const { datasets, initializers, activations, optimizers, normalizations, parametrizations, biasStarts } =
    catalogue;
  // Digits by default have 1,000 examples, and points must be given.
  const data = gentle(datasets.filter(({ name }) => name !== 'points')).map((dataset) => ({
    samples: 40,
    ...dataset,
  }));
  // Units that start alike have equal scores, and rounding decides the class.
  const starts = fc.oneof(
    gentle(initializers.filter(({ name }) => !['given', 'formula', 'zeros', 'constant'].includes(name))),
    fc.record({ name: fc.constant('formula'), std: fc.constant('sqrt(2 / n_in) * 0.9 ^ layer') }),
  );
  const bias = fc.option(gentle(biasStarts), { nil: undefined });
  // Layer normalization of one unit is 0 up to rounding, whose sign decides the class.
  const unit = fc.integer({ min: 2, max: 8 });
  return fc
    .record({
      widths: fc.oneof(
        fc.array(unit, { maxLength: 3 }),
        fc.tuple(unit, fc.nat(3)).map(([width, depth]) => Array.from({ length: depth }, () => width)),
      ),
      dataset: data,
      standardize: fc.boolean(),
      functions: fc.array(gentle(activations), { minLength: 3, maxLength: 3 }),
      output: fc.constantFrom(...catalogue.outputs),
      start: starts,
      layers: fc.array(fc.option(starts.map((start) => without(start, ['seed']))), { maxLength: 4 }),
      bias,
      outputBias: bias,
      optimizer: gentle(optimizers),
      iterations: fc.nat(3),
      skip: fc.option(
        fc.record({
          scale: fc.oneof(
            fc.integer({ min: 0, max: 10 }).map((part) => part / 8),
            fc.constantFrom('1', '1/sqrt(L)'),
          ),
          learned: fc.boolean(),
        }),
      ),
      normalization: gentle(normalizations),
      parametrization: gentle(parametrizations),
      frozen: fc.array(fc.nat(3), { maxLength: 1 }),
    })
    .map(
      ({ widths, dataset, standardize, functions, start, layers, bias: own, outputBias, skip, ...rest }) => {
        return {
          ...rest,
          dataset: { ...dataset, standardize },
          layers: widths,
          ...(widths.length > 0 ? { activations: functions.slice(0, widths.length) } : {}),
          init: { ...start, layers, ...(own ? { bias: own } : {}), ...(outputBias ? { outputBias } : {}) },
          ...(skip && new Set(widths).size < 2 ? { skip } : {}),
        };
      },
    );
}

/** Formulas with each sign that means something in a link. */
const FORMULAS = ['sqrt(2 / n_in) * 0.9 ^ layer', 'min(1, max(0.5, 1 / n_out))', '2', '1 + exp(-layers)'];

/**
 * An experiment with one to three fields, at any depth, replaced by anything.
 *
 * @param {Catalogue} catalogue
 */
export const damagedSpec = (catalogue) =>
  fc
    .tuple(
      plausibleSpec(catalogue),
      fc.array(fc.tuple(fc.nat(), anything, fc.boolean()), { minLength: 1, maxLength: 3 }),
    )
    .map(([plausible, damages]) => {
      const spec = structuredClone(plausible);
      for (const [place, value, adds] of damages) damage(spec, place, value, adds);
      return spec;
    });

/**
 * Replaces a field, or adds one with an unknown name.
 *
 * @param {Record<string, any>} spec
 * @param {number} place chooses the field among all of them
 * @param {unknown} value
 * @param {boolean} adds
 */
function damage(spec, place, value, adds) {
  /** @type {[holder: Record<string, any>, key: string][]} */
  const places = [];
  const collect = (/** @type {Record<string, any>} */ holder) => {
    for (const key of Object.keys(holder)) {
      places.push([holder, key]);
      const part = holder[key];
      // A typed array takes numbers of one kind only.
      if (typeof part === 'object' && part !== null && !ArrayBuffer.isView(part)) collect(part);
    }
  };
  collect(spec);
  const [holder, key] = places[place % Math.max(places.length, 1)] ?? [spec, 'dataset'];
  // Defined, not assigned: a frozen holder keeps its value, and __proto__ stays a name.
  const writable = { value, enumerable: true, configurable: true, writable: true };
  Reflect.defineProperty(holder, adds ? `${key}x` : key, writable);
}
