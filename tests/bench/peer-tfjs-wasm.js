import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { train } from './peer-tfjs.js';

/** @param {import('./job.js').Job} job */
export async function create(job) {
  await tf.setBackend('wasm');
  return train(job);
}
