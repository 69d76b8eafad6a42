// JavaScript generated for one shape: every weight and every unit is a local variable; only the
// examples are indexed.
import { layersOf } from './job.js';

/** @type {(job: import('./job.js').Job) => import('./peer.js').Training} */
export function create(job) {
  const { examples: m, learningRate, x, y } = job;
  const p = job.parameters.slice();
  const layers = layersOf(job);
  const range = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => i);
  const unit = (/** @type {number} */ l, /** @type {number} */ j) => (l < 0 ? `x${j}` : `a${l}_${j}`);

  const parameters = range(p.length);
  const lines = [
    ...parameters.flatMap((i) => [`let p${i} = p[${i}];`, `let g${i} = 0;`]),
    'for (let i = 0; i < m; i += 1) {',
    ...range(job.features).map((k) => `const x${k} = x[${k * m} + i];`),
  ];
  layers.forEach(({ inputs, outputs, weights, biases }, l) => {
    for (const j of range(outputs)) {
      const terms = range(inputs).map((k) => `p${weights + j * inputs + k} * ${unit(l - 1, k)}`);
      const z = [`p${biases + j}`, ...terms].join(' + ');
      lines.push(
        l === layers.length - 1
          ? `const ${unit(l, j)} = 1 / (1 + Math.exp(-(${z})));`
          : `const z${l}_${j} = ${z}; const ${unit(l, j)} = z${l}_${j} > 0 ? z${l}_${j} : 0;`,
      );
    }
  });
  lines.push(`const d${layers.length - 1}_0 = ${unit(layers.length - 1, 0)} - y[i];`);
  for (let l = layers.length - 1; l >= 0; l -= 1) {
    const { inputs, outputs, weights, biases } = layers[l];
    for (const j of range(outputs)) {
      for (const k of range(inputs))
        lines.push(`g${weights + j * inputs + k} += d${l}_${j} * ${unit(l - 1, k)};`);
      lines.push(`g${biases + j} += d${l}_${j};`);
    }
    if (l === 0) continue;
    for (const k of range(inputs)) {
      const sum = range(outputs).map((j) => `p${weights + j * inputs + k} * d${l}_${j}`);
      lines.push(`const d${l - 1}_${k} = ${unit(l - 1, k)} > 0 ? ${sum.join(' + ')} : 0;`);
    }
  }
  lines.push('}', ...parameters.map((i) => `p[${i}] = p${i} - rate * g${i};`));
  // eslint-disable-next-line no-new-func -- this peer measures generated code
  const update = new Function('p', 'x', 'y', 'm', 'rate', lines.join('\n'));

  function output(/** @type {number} */ i) {
    let a = range(job.features).map((k) => x[k * m + i]);
    layers.forEach(({ inputs, outputs, weights, biases }, l) => {
      a = range(outputs).map((j) => {
        const z = a.reduce((sum, value, k) => sum + p[weights + j * inputs + k] * value, p[biases + j]);
        return l === layers.length - 1 ? 1 / (1 + Math.exp(-z)) : Math.max(0, z);
      });
    });
    return a[0];
  }

  return {
    step(n) {
      for (let i = 0; i < n; i += 1) update(p, x, y, m, learningRate / m);
    },
    cost: () => range(m).reduce((sum, i) => sum - Math.log(y[i] > 0 ? output(i) : 1 - output(i)), 0) / m,
  };
}
