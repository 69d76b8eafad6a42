// This project's module, through the facade that pages use.
import { loadLab } from '../../src/js/lab.js';

/**
 * @type {(job: import('./job.js').Job, precision: string) => Promise<import('./peer.js').Training>}
 */
export async function create(job, precision) {
  const lab = await loadLab();
  const session = lab.createSession({
    dataset: { name: 'points', train: { features: job.features, x: job.x, y: job.y } },
    layers: job.hidden,
    activations: 'relu',
    output: job.outputs > 1 ? 'softmax' : 'sigmoid',
    optimizer: { name: 'gd', learningRate: job.learningRate },
    record: 1_000_000,
    precision: /** @type {'float32' | 'float64'} */ (precision),
  });
  session.setParameters(job.parameters);
  return { step: (n) => void session.step(n), cost: () => session.metrics().cost };
}
