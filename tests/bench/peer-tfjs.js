// The training in TensorFlow.js, float32, with raw operations and hand-written gradients, the
// fastest way we found.
import * as tf from '@tensorflow/tfjs-core';
import { layersOf } from './job.js';

/** @type {(job: import('./job.js').Job) => import('./peer.js').Training} */
export function train(job) {
  const { examples: m, outputs } = job;
  const x = tf.tensor2d(Float32Array.from(job.x), [job.features, m]);
  // For a softmax, a row for each class.
  const labels = Array.from({ length: outputs }, (_, unit) =>
    Array.from(job.y, (label) => (outputs === 1 ? label : Number(label === unit))),
  );
  const y = tf.tensor2d(labels, [outputs, m], 'float32');
  const rate = tf.scalar(job.learningRate / m);
  const layers = layersOf(job).map(({ inputs, outputs: units, weights, biases }) => ({
    w: tf.tensor2d(Float32Array.from(job.parameters.subarray(weights, biases)), [units, inputs]),
    b: tf.tensor2d(Float32Array.from(job.parameters.subarray(biases, biases + units)), [units, 1]),
  }));

  const softmax = (/** @type {tf.Tensor} */ z) => {
    const powers = tf.exp(tf.sub(z, tf.max(z, 0, true)));
    return tf.div(powers, tf.sum(powers, 0, true));
  };
  const output = outputs === 1 ? tf.sigmoid : softmax;

  /** Activations of every layer, the inputs first. */
  function forward() {
    /** @type {tf.Tensor2D[]} */
    const a = [x];
    layers.forEach(({ w, b }, l) => {
      const z = tf.add(tf.matMul(w, a[l]), b);
      a.push(/** @type {tf.Tensor2D} */ (l === layers.length - 1 ? output(z) : tf.relu(z)));
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
      const a = /** @type {Float32Array} */ (tf.tidy(() => forward()[layers.length].dataSync()));
      const likelihood = (/** @type {number} */ label, /** @type {number} */ i) =>
        outputs === 1 ? (label > 0 ? a[i] : 1 - a[i]) : a[label * m + i];
      return job.y.reduce((sum, label, i) => sum - Math.log(likelihood(label, i)), 0) / m;
    },
  };
}
