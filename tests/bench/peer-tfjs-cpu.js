import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { train } from './peer-tfjs.js';

/** @param {import('./job.js').Job} job */
export async function create(job) {
  await tf.setBackend('cpu');
  return train(job);
}
