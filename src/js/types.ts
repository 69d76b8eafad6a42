/// <reference lib="esnext.disposable" preserve="true" />
// `using session = …` needs the type of Symbol.dispose.

// The types of the package: experiments, results, measurements. Field names are those of the JSON
// form.

/**
 * A row of a catalogue with its numeric parameters, such as {name: 'normal', std: 0.01, seed: 3}.
 */
export interface Choice {
  name: string;
  [parameter: string]: unknown;
}

/** A list of numbers, as an argument. */
export type Numbers =
  | readonly number[]
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * Examples as rows, or flat: x is features by examples, row by row (x[f * m + i] is feature f of
 * example i).
 */
export interface PointsInput {
  features?: number;
  x: Numbers | readonly Numbers[];
  /** 0 or 1 */
  y: Numbers;
}

/** A data set of the catalogue, or {name: 'points', train, test?}. */
export interface DatasetChoice extends Choice {
  train?: PointsInput;
  test?: PointsInput;
  /** Gives every feature mean 0 and variance 1 on the training part. */
  standardize?: boolean;
}

/**
 * An initializer for all layers; `layers` holds other ones for single layers, null where there is
 * none.
 */
export interface InitChoice extends Choice {
  layers?: (Choice | null)[];
  /** How the biases of the hidden layers start, and that of the output layer. */
  bias?: Choice;
  outputBias?: Choice;
}

/** A name, or a name with its parameters such as {name: 'leaky_relu', slope: 0.2}. */
export type Activation = string | Choice;

export type Output = 'sigmoid' | 'tanh' | 'softmax' | 'linear';

export interface Skip {
  /** Factor of each branch, by default 1; L is the number of branches. */
  scale?: number | '1' | '1/sqrt(L)' | '1/L';
  /** Whether the factor is learned, from `scale` on. */
  learned?: boolean;
}

/** An experiment. Every field may be left out; `lab.validate` fills the defaults in. */
export interface Spec {
  dataset?: DatasetChoice;
  /** Widths of the hidden layers. */
  layers?: number[];
  /** One for all hidden layers, or one for each. */
  activations?: Activation | Activation[];
  output?: Output;
  init?: InitChoice;
  optimizer?: Choice;
  /** 0 … 100,000,000 */
  iterations?: number;
  /** Metrics are kept every `record` iterations. */
  record?: number;
  precision?: 'float64' | 'float32';
  /**
   * Skip connections into every hidden layer but the first, which need hidden layers of one width.
   */
  skip?: Skip;
  normalization?: 'none' | 'batch' | 'layer' | Choice;
  parametrization?: 'standard' | 'mup' | Choice;
  /** Layers that are not trained; 0 is the first hidden one, `layers.length` the output. */
  frozen?: number[];
}

/** With every default filled in; what is off by default (skip, normalization, …) stays out. */
export interface CompleteSpec extends Required<
  Omit<Spec, 'activations' | 'skip' | 'normalization' | 'parametrization' | 'frozen'>
> {
  activations: Activation[];
  skip?: Required<Skip>;
  normalization?: Choice;
  parametrization?: Choice;
  frozen?: number[];
}

export interface Points {
  features: number;
  /** features by examples, row by row */
  x: Float64Array;
  /** 0 or 1 */
  y: Float64Array;
}

export interface Dataset {
  train: Points;
  test: Points;
  /**
   * how large the inputs of the training part are; far from 1, standardizing helps more than
   * another start
   */
  inputScale: { rootMeanSquare: number; farFromOne: boolean };
}

export type { Metrics } from '../../dist/module/init_lab.mjs';
import type { Metrics } from '../../dist/module/init_lab.mjs';

export interface Result {
  spec: CompleteSpec;
  history: Metrics[];
  final: Metrics;
  /** W1, b1, W2, b2, …, W row by row */
  parameters: Float64Array;
}

/**
 * A grid over the first two features; row 0 is at the top (greatest x2), values lie at the middles
 * of the cells.
 */
export interface Grid {
  x1: [number, number];
  x2: [number, number];
  columns: number;
  rows: number;
}

export interface NetworkLayer {
  /** fan-in */
  in: number;
  /** fan-out */
  out: number;
  /** "linear" for the output layer of a softmax */
  activation: string;
  /** slope of leaky ReLU below zero, frequency of a sine; 0 for the others */
  parameter: number;
  /** z = z_below + scale (W a_below + b); null for a plain layer */
  skip: { scale: number; learned: boolean } | null;
  /** between z and the activation */
  normalization: { name: 'batch' | 'layer'; momentum: number; epsilon: number } | null;
  /** multiplies the learning rate of W */
  weightFactor: number;
  /** multiplies the learning rate of b, and of the normalization's gain and shift */
  biasFactor: number;
  /** whether no parameter of the layer is trained */
  frozen: boolean;
  /** where W begins in the parameter vector */
  weights: number;
  /** where b begins */
  biases: number;
}

export interface Network {
  layers: NetworkLayer[];
  /** length of the parameter vector */
  parameters: number;
}

export interface Distribution {
  mean: number;
  variance: number;
  low: number;
  high: number;
  histogram: number[];
  nonFinite: number;
}

/**
 * Measurements of one layer: src/core/init_lab/diagnostics/diagnostics.hpp says what each number
 * is.
 */
export interface LayerDiagnostics {
  preActivation: Distribution;
  activation: Distribution;
  preActivationGradient: Distribution;
  activationGradient: Distribution;
  weightNorm: number;
  gradientNorm: number;
  updateRatio: number;
  /** |W - W0| / |W0| of all parameters of the layer, since iteration 0 */
  distance: number;
  dead: number[];
  saturated: number;
  distinct: number;
  group: number[];
  largestCosine: number;
  rank: number;
  singularValues: number[];
}

export interface Diagnostics {
  layers: LayerDiagnostics[];
  /** |W - W0| / |W0| of all parameters, since iteration 0 */
  distance: number;
}

/**
 * The curvature of the training cost: the ends of its Hessian's spectrum, known to a thousandth.
 */
export interface Curvature {
  /** λ_max, the greatest eigenvalue */
  greatest: number;
  /** λ_min, the least eigenvalue; negative at a saddle */
  least: number;
  /** of the next update */
  learningRate: number;
  /** learning rate * λ_max: above 2, steps of plain gradient descent overshoot */
  step: number;
  /**
   * 1 / (learning rate * |λ_min|): iterations of plain gradient descent in which the distance from
   * a saddle grows by the factor e; Infinity where λ_min is not negative
   */
  escape: number;
  /** Lanczos iterations that were needed */
  iterations: number;
  /** false: the limit of iterations was reached first, and the eigenvalues are less accurate */
  converged: boolean;
}

/** A plane of parameter space: origin + x directions[0] + y directions[1]. */
export interface Plane {
  origin: Float64Array;
  /** orthonormal; 0 where the vectors do not define them */
  directions: [Float64Array, Float64Array];
  /** (x, y) of each vector that the plane was made from */
  coordinates: [number, number][];
  /** share of the vectors' spread (squared distances from the origin) that each direction holds */
  shares: [number, number];
}

/**
 * Predicted second moments of one layer's signals, and the ends of its weights' singular values:
 * src/core/init_lab/theory/signal_prediction.hpp.
 */
export interface LayerPrediction {
  preActivation: number;
  activation: number;
  preActivationGradient: number;
  activationGradient: number;
  leastSingularValue: number;
  greatestSingularValue: number;
}

export interface ParameterInfo {
  name: string;
  label: string;
  help: string;
  /** What it holds; `numbers` is a list of numbers. */
  kind: 'number' | 'integer' | 'name' | 'text' | 'numbers';
  /**
   * default: a number for `number` and `integer`, a text for `name` and `text`, an empty list for
   * `numbers`
   */
  value: any;
  min: number;
  max: number;
  /** kind is 'integer' */
  integer: boolean;
  /** accepted names, of the kind `name` */
  names?: string[];
}

export interface CatalogueRow {
  name: string;
  label: string;
  help: string;
  citation: string;
  parameters: ParameterInfo[];
}

export interface Catalogue {
  datasets: (CatalogueRow & {
    /** inputs of the network */
    features: number;
    /** whether the labels are real targets, for the output "linear" only */
    hasTargets: boolean;
    /** whether `Lab.loadDataset` must load a file first */
    needsFile: boolean;
  })[];
  initializers: (CatalogueRow & {
    formula: string;
    madeFor: string[];
    needsData: boolean;
    /** group in a menu: "plain", "variance", "framework", "residual", "other" or "own" */
    family: string;
    /** name of the row with the same law of weights and biases; empty where there is none */
    sameAs: string;
  })[];
  activations: {
    name: string;
    label: string;
    formula: string;
    citation: string;
    parameters: ParameterInfo[];
    gain: number;
    gainNote: string;
    /** no value is less; -Infinity where there is no bound */
    low: number;
    /** no value is greater; Infinity where there is no bound */
    high: number;
    /** value at z = 0 */
    atZero: number;
    /** value and slope are 0 for every z < 0, so that a unit can be dead */
    rectifier: boolean;
    /** phi(z) and phi'(z) in NumPy; the derivative may read a = phi(z), {p} is the parameter */
    numpy: { value: string; derivative: string };
  }[];
  optimizers: (CatalogueRow & { formula: string })[];
  outputs: string[];
  precisions: string[];
  normalizations: CatalogueRow[];
  parametrizations: CatalogueRow[];
  skipScales: string[];
  biasStarts: Omit<CatalogueRow, 'citation'>[];
  /** The fields of an experiment, in the order of a complete one. */
  fields: FieldInfo[];
  limits: Limits;
  /** Every code and kind that an error of the core can have. */
  errors: { codes: string[]; kinds: string[] };
}

/** A field of an experiment. */
export interface FieldInfo {
  name: string;
  /** what it holds: 'integer', 'widths', 'dataset', … */
  shape: string;
  help: string;
  /** default; undefined where a field is off by default */
  value: any;
  min?: number;
  max?: number;
}

/** The largest of each: src/core/init_lab/base/limits.hpp. */
export interface Limits {
  units: number;
  layers: number;
  parameters: number;
  iterations: number;
  pointValues: number;
  seed: number;
  gridSide: number;
  unitsDrawn: number;
}

/** W ~ N(0, weightVariance / n_in), b ~ N(0, biasVariance). */
export interface MeanField {
  activation: string;
  weightVariance: number;
  biasVariance: number;
}

/** What a field accepts, as data; error-sentences.js writes it as a sentence. */
export interface Expected {
  /**
   * 'number', 'integer', 'one-of', 'type', 'count', 'equal', 'product', 'per-layer', 'formula',
   * 'snapshot', 'rule'
   */
  kind: string;
  /** closed range of a number, a whole number or a count */
  low?: number;
  high?: number;
  /** accepted names; or the name of a type, a unit, another field, a rule */
  names?: string[];
}

/**
 * The error that the package throws: for a bad field a TypeError or a RangeError with all of these
 * fields, otherwise an error with a code.
 */
export interface LabError extends Error {
  /**
   * stable: 'wrong-type', 'unknown-field', 'unknown-name', 'unknown-parameter', 'not-finite',
   * 'not-an-integer', 'out-of-range', 'wrong-count', 'bad-formula', 'bad-snapshot',
   * 'not-plain-data', 'not-pictures', 'out-of-memory', 'disposed', 'not-loaded', 'unsupported',
   * 'bad-weights', 'worker-stopped', 'internal'
   */
  code: string;
  /** path, such as 'init.std' */
  field?: string;
  /**
   * a number, text (shortened), truth value, null or undefined as it is; anything else by its type
   */
  value?: number | string | boolean | null | { type: string };
  expected?: Expected;
  /** place of the spec among those that runAll or a pool was given */
  index?: number;
}
