// The job that every peer of the benchmark trains, as a file of doubles: features, examples,
// learning rate, outputs, number of hidden layers, their widths, x (features by examples), y, then
// the parameters at iteration 0 (W1, b1, W2, b2, …).
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * A training: hidden layers of ReLU, one sigmoid or a softmax, full-batch gradient descent.
 *
 * @typedef {object} Job
 * @property {number} features
 * @property {number} examples
 * @property {number} learningRate
 * @property {number} outputs 1 for a sigmoid, or the classes of a softmax
 * @property {number[]} hidden widths
 * @property {Float64Array} x features by examples, row by row
 * @property {Float64Array} y 0 or 1, or classes
 * @property {Float64Array} parameters
 */

/**
 * @param {string} path
 * @param {Job} job
 */
export function writeJob(path, { features, examples, learningRate, outputs, hidden, x, y, parameters }) {
  const head = [features, examples, learningRate, outputs, hidden.length, ...hidden];
  const numbers = new Float64Array(head.length + x.length + y.length + parameters.length);
  numbers.set(head);
  numbers.set(x, head.length);
  numbers.set(y, head.length + x.length);
  numbers.set(parameters, head.length + x.length + y.length);
  writeFileSync(path, new Uint8Array(numbers.buffer));
}

/**
 * @param {string} path
 * @returns {Job}
 */
export function readJob(path) {
  const bytes = readFileSync(path);
  const numbers = new Float64Array(new Uint8Array(bytes).buffer);
  const [features, examples, learningRate, outputs, layers] = numbers;
  const hidden = [...numbers.subarray(5, 5 + layers)];
  let at = 5 + layers;
  const take = (/** @type {number} */ n) => numbers.slice(at, (at += n));
  const x = take(features * examples);
  const y = take(examples);
  return { features, examples, learningRate, outputs, hidden, x, y, parameters: numbers.slice(at) };
}

/**
 * Returns the layers of a job and the offsets of their parameters.
 *
 * @param {{ features: number, outputs?: number, hidden: number[] }} job
 * @returns {{ inputs: number, outputs: number, weights: number, biases: number }[]}
 */
export function layersOf({ features, outputs = 1, hidden }) {
  const widths = [features, ...hidden, outputs];
  let at = 0;
  return widths.slice(1).map((units, l) => {
    const inputs = widths[l];
    const weights = at;
    const biases = at + inputs * units;
    at = biases + units;
    return { inputs, outputs: units, weights, biases };
  });
}

/**
 * Returns the floating-point operations of an iteration: 4 for each weight of the first layer, 6
 * for each other weight, times the examples.
 */
export function operations(/** @type {Pick<Job, 'features' | 'hidden' | 'examples'>} */ job) {
  const layers = layersOf(job);
  return (
    job.examples *
    layers.reduce((sum, { inputs, outputs }, l) => sum + (l === 0 ? 4 : 6) * inputs * outputs, 0)
  );
}

/**
 * Returns a made-up job: inputs and He initialization from a simple generator, a half-plane as the
 * label. Its learning rate is almost 0, so that silent units stay silent. With `noneSilent` the
 * biases keep every unit active on all examples.
 */
export function madeUpJob(
  /** @type {{ features: number, examples: number, hidden: readonly number[] }} */ shape,
  noneSilent = false,
) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const { features, examples } = shape;
  const hidden = [...shape.hidden];
  const x = Float64Array.from({ length: features * examples }, uniform);
  const y = Float64Array.from({ length: examples }, (_, i) => Number(x[i] > 0));
  const layers = layersOf({ features, hidden });
  const last = layers[layers.length - 1];
  const parameters = new Float64Array(last.biases + last.outputs);
  for (const { inputs, outputs, weights } of layers) {
    // A uniform value of this width has the standard deviation sqrt(2 / fan-in) of He.
    for (let i = 0; i < inputs * outputs; i += 1)
      parameters[weights + i] = uniform() * Math.sqrt(24 / inputs);
  }
  if (noneSilent)
    for (const [l, { biases, outputs }] of layers.slice(0, -1).entries())
      parameters.fill(10 ** (l + 1), biases, biases + outputs);
  return { features, examples, outputs: 1, hidden, learningRate: 1e-9, x, y, parameters };
}
