// The training in plain JavaScript: loops over typed arrays, as one writes it by hand.
import { layersOf } from './job.js';

/** @type {(job: import('./job.js').Job) => import('./peer.js').Training} */
export function create(job) {
  const { examples: m, learningRate, x, y } = job;
  const layers = layersOf(job).map(({ inputs, outputs, weights, biases }) => ({
    inputs,
    outputs,
    w: job.parameters.slice(weights, biases),
    b: job.parameters.slice(biases, biases + outputs),
    a: new Float64Array(outputs * m),
    dz: new Float64Array(outputs * m),
  }));
  const last = layers[layers.length - 1];

  function forward() {
    let source = x;
    for (const layer of layers) {
      const { inputs, outputs, w, b, a } = layer;
      for (let j = 0; j < outputs; j += 1) {
        for (let i = 0; i < m; i += 1) {
          let z = b[j];
          for (let k = 0; k < inputs; k += 1) z += w[j * inputs + k] * source[k * m + i];
          a[j * m + i] = layer === last ? 1 / (1 + Math.exp(-z)) : Math.max(0, z);
        }
      }
      source = a;
    }
  }

  function backward() {
    for (let i = 0; i < m; i += 1) last.dz[i] = last.a[i] - y[i];
    for (let l = layers.length - 1; l > 0; l -= 1) {
      const { inputs, outputs, w, dz } = layers[l];
      const below = layers[l - 1];
      for (let k = 0; k < inputs; k += 1) {
        for (let i = 0; i < m; i += 1) {
          let sum = 0;
          for (let j = 0; j < outputs; j += 1) sum += w[j * inputs + k] * dz[j * m + i];
          below.dz[k * m + i] = below.a[k * m + i] > 0 ? sum : 0;
        }
      }
    }
  }

  function update() {
    let source = x;
    for (const { inputs, outputs, w, b, a, dz } of layers) {
      for (let j = 0; j < outputs; j += 1) {
        for (let k = 0; k < inputs; k += 1) {
          let sum = 0;
          for (let i = 0; i < m; i += 1) sum += dz[j * m + i] * source[k * m + i];
          w[j * inputs + k] -= (learningRate / m) * sum;
        }
        let sum = 0;
        for (let i = 0; i < m; i += 1) sum += dz[j * m + i];
        b[j] -= (learningRate / m) * sum;
      }
      source = a;
    }
  }

  return {
    step(n) {
      for (let i = 0; i < n; i += 1) {
        forward();
        backward();
        update();
      }
    },
    cost() {
      forward();
      let sum = 0;
      for (let i = 0; i < m; i += 1) sum -= Math.log(y[i] > 0 ? last.a[i] : 1 - last.a[i]);
      return sum / m;
    },
  };
}
