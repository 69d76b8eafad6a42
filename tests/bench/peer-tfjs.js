// The training in TensorFlow.js, float32, with raw operations and hand-written gradients, the
// fastest way we found.
import * as tf from '@tensorflow/tfjs-core';
import { layersOf } from './job.js';

/** @type {(job: import('./job.js').Job) => import('./peer.js').Training} */
export function train(job) {
  const m = job.examples;
  const x = tf.tensor2d(Float32Array.from(job.x), [job.features, m]);
  const y = tf.tensor2d(Float32Array.from(job.y), [1, m]);
  const rate = tf.scalar(job.learningRate / m);
  const layers = layersOf(job).map(({ inputs, outputs, weights, biases }) => ({
    w: tf.tensor2d(Float32Array.from(job.parameters.subarray(weights, biases)), [outputs, inputs]),
    b: tf.tensor2d(Float32Array.from(job.parameters.subarray(biases, biases + outputs)), [outputs, 1]),
  }));

  /** Activations of every layer, the inputs first. */
  function forward() {
    /** @type {tf.Tensor2D[]} */
    const a = [x];
    layers.forEach(({ w, b }, l) => {
      const z = tf.add(tf.matMul(w, a[l]), b);
      a.push(/** @type {tf.Tensor2D} */ (l === layers.length - 1 ? tf.sigmoid(z) : tf.relu(z)));
    });
    return a;
  }

  function update() {
    const next = tf.tidy(() => {
      const a = forward();
      const result = [];
      let dz = tf.sub(a[layers.length], y);
      for (let l = layers.length - 1; l >= 0; l -= 1) {
        const { w, b } = layers[l];
        const gradient = tf.matMul(/** @type {tf.Tensor2D} */ (dz), a[l], false, true);
        result[l] = { w: tf.sub(w, tf.mul(rate, gradient)), b: tf.sub(b, tf.mul(rate, tf.sum(dz, 1, true))) };
        if (l > 0) dz = tf.mul(tf.matMul(w, /** @type {tf.Tensor2D} */ (dz), true), tf.step(a[l]));
      }
      return /** @type {any} */ (result);
    });
    layers.forEach((layer, l) => {
      tf.dispose([layer.w, layer.b]);
      Object.assign(layer, next[l]);
    });
  }

  return {
    step(n) {
      for (let i = 0; i < n; i += 1) update();
      layers[0].b.dataSync(); // waits for what the backend has put off
    },
    cost() {
      const a = tf.tidy(() => forward()[layers.length].dataSync());
      return (
        /** @type {Float32Array} */ (a).reduce(
          (sum, value, i) => sum - Math.log(job.y[i] > 0 ? value : 1 - value),
          0,
        ) / m
      );
    },
  };
}
