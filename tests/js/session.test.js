import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { bits, small } from './support.js';

const lab = await loadLab();

/**
 * @param {any} spec
 * @param {(session: import('../../src/js/lab.js').Session) => void} work
 */
function withSession(spec, work) {
  const session = lab.createSession(spec);
  try {
    work(session);
  } finally {
    session.dispose();
  }
}

const grid = { x1: [-1, 1], x2: [-2, 2], columns: 4, rows: 3 };

test('gives the same bits for any division of a training into steps', () => {
  withSession(small, (whole) =>
    withSession(small, (pieces) => {
      whole.step(60);
      for (const n of [1, 0, 7, 30, 22]) pieces.step(n);
      assert.equal(pieces.iteration, 60);
      assert.equal(bits(pieces.parameters()), bits(whole.parameters()));
      assert.deepEqual(pieces.history(), whole.history());
    }),
  );
});

for (const optimizer of lab.catalogue.optimizers) {
  for (const precision of /** @type {const} */ (['float64', 'float32'])) {
    test(`a snapshot under ${optimizer.label} in ${precision} continues to the same bits, in the same session and in another`, () => {
      const spec = {
        ...small,
        precision,
        optimizer: { name: optimizer.name, batchSize: 64, learningRate: 0.01 },
      };
      withSession(spec, (first) =>
        withSession(spec, (second) => {
          first.step(23);
          const snapshot = first.snapshot();
          first.step(31);
          const [end, history] = [bits(first.parameters()), first.history()];
          first.restore(snapshot);
          assert.equal(first.iteration, 23);
          first.step(31);
          assert.equal(bits(first.parameters()), end);
          assert.deepEqual(first.history(), history);
          second.restore(snapshot);
          second.step(31);
          assert.equal(bits(second.parameters()), end);
        }),
      );
    });
  }
}

test('rejects bytes that are no snapshot of such a session, and changes nothing', () => {
  withSession(small, (session) =>
    withSession({ ...small, layers: [3] }, (other) => {
      session.step(5);
      const before = bits(session.parameters());
      const good = session.snapshot();
      const bad = [
        new Uint8Array(0),
        new Uint8Array(7),
        good.subarray(1),
        good.slice(0, -1),
        other.snapshot(),
        [1, 2],
        null,
        'x',
      ];
      for (const bytes of bad) {
        const refusal = { field: 'snapshot' };
        assert.throws(() => session.restore(/** @type {any} */ (bytes)), refusal);
      }
      assert.throws(() => session.restore(/** @type {any} */ (null)), { value: null });
      assert.throws(() => session.restore(/** @type {any} */ ([1, 2])), { value: { type: 'array' } });
      assert.equal(bits(session.parameters()), before);
      assert.equal(session.iteration, 5);
    }),
  );
});

test('reads, sets and reads parameters again', () => {
  withSession(small, (session) => {
    const values = session.parameters().map((_, i) => Math.sin(i));
    session.setParameters(values);
    assert.equal(bits(session.parameters()), bits(values));
    session.setParameters(Array.from(values));
    assert.equal(bits(session.parameters()), bits(values));
    assert.throws(() => session.setParameters(values.subarray(1)), {
      name: 'RangeError',
      field: 'parameters',
    });
    assert.throws(() => session.setParameters(/** @type {any} */ ('many')), { name: 'TypeError' });
  });
});

test('lays out the parameters as W1, b1, W2, b2 without gaps', () => {
  withSession(small, ({ network }) => {
    let place = 0;
    for (const layer of network.layers) {
      assert.equal(layer.weights, place);
      assert.equal(layer.biases, place + layer.in * layer.out);
      place = layer.biases + layer.out;
    }
    assert.equal(network.parameters, place);
    assert.deepEqual(
      network.layers.map((layer) => layer.out),
      [10, 5, 1],
    );
  });
});

test('gives a field as predictions at the middles of its cells, the top row first', () => {
  withSession(small, (session) => {
    session.step(20);
    const field = session.predict(/** @type {any} */ (grid));
    const middles = [];
    for (let r = 0; r < 3; r += 1) {
      for (let c = 0; c < 4; c += 1) middles.push([-1 + ((c + 0.5) / 4) * 2, 2 - ((r + 0.5) / 3) * 4]);
    }
    const points = session.predictPoints(middles);
    assert.equal(field.length, 12);
    for (const [i, value] of points.entries()) assert.ok(Math.abs(field[i] - value) < 1e-6, `cell ${i}`);
  });
});

test('computes the output from the units of the last hidden layer', () => {
  withSession(small, (session) => {
    session.step(20);
    const field = session.predict(/** @type {any} */ (grid));
    const [, last] = session.predictUnits(/** @type {any} */ (grid));
    const parameters = session.parameters();
    const { weights, biases } = session.network.layers[2];
    for (const [cell, p] of field.entries()) {
      const z = last.reduce((sum, unit, i) => sum + parameters[weights + i] * unit[cell], parameters[biases]);
      assert.ok(Math.abs(p - 1 / (1 + Math.exp(-z))) < 1e-6, `cell ${cell}`);
    }
  });
});

test('rejects a grid or unit that does not exist, by name', () => {
  withSession(small, (session) => {
    const predict = (/** @type {any} */ value) => () => session.predict(value);
    assert.throws(predict({ ...grid, columns: 0 }), RangeError);
    assert.throws(predict({ ...grid, columns: 1e6 }), RangeError);
    assert.throws(predict({ ...grid, x1: [0] }), { field: 'grid.x1' });
    assert.throws(predict({ ...grid, rows: 1.5 }), { field: 'grid.rows' });
    assert.throws(predict(null), TypeError);
    assert.throws(predict(undefined), TypeError);
    for (const most of [0, 1.5, 4097])
      assert.throws(() => session.predictUnits(/** @type {any} */ (grid), { most }), { field: 'most' });
    assert.throws(() => session.predictUnits(/** @type {any} */ ({ ...grid, rows: -1 })), {
      field: 'grid.rows',
    });
  });
});

const large = (/** @type {number} */ columns, /** @type {number} */ rows) =>
  /** @type {any} */ ({ ...grid, columns, rows });

test('rejects a grid with more values than 32 bits can count, and stays usable', () => {
  const withFeatures = (/** @type {number} */ features) => ({
    dataset: {
      name: 'points',
      train: { features, x: new Float64Array(2 * features), y: [0, 1] },
    },
    layers: [2],
  });
  const refusal = { name: 'RangeError', code: 'wrong-count' };
  withSession(withFeatures(12288), (session) => {
    for (const side of [256, 1024])
      assert.throws(() => session.predictUnits(large(side, side), { most: 1 }), {
        ...refusal,
        field: 'grid',
        value: side * side,
      });
    assert.equal(session.predict(large(256, 2)).length, 512);
  });
  withSession(withFeatures(2 ** 20), (session) => {
    assert.throws(() => session.predict(large(4096, 1)), { ...refusal, field: 'grid.columns' });
  });
  withSession({ layers: [1024] }, (session) => {
    assert.throws(() => session.predictUnits(large(2048, 2048)), { ...refusal, field: 'grid' });
  });
  assert.equal(lab.validate({}).record, 100);
});

test('frees the module’s memory after a large or rejected field', () => {
  withSession(small, (session) => {
    session.predict(large(16, 16));
    const before = lab.heapInUse();
    session.predict(large(2048, 2048));
    assert.throws(() => session.predict(large(5000, 3000)), { field: 'grid.columns' });
    assert.throws(() => session.predict({ ...large(4096, 4096), x1: [0, NaN] }), { field: 'grid.x1[1]' });
    assert.ok(lab.heapInUse() - before < 1e6, `${lab.heapInUse() - before} bytes`);
  });
});

test('rejects steps that are no number of iterations', () => {
  withSession(small, (session) => {
    for (const n of [-1, 0.5, NaN, Infinity, '3', null]) {
      assert.throws(
        () => session.step(/** @type {any} */ (n)),
        (error) => error instanceof RangeError || error instanceof TypeError,
      );
    }
    assert.equal(session.iteration, 0);
  });
});

test('rejects examples with another number of features', () => {
  withSession(small, (session) => {
    for (const points of [[[1, 2, 3]], [[1], [2]], [1, 2], null, 'x', { features: 3, x: [1, 2, 3] }]) {
      assert.throws(
        () => session.predictPoints(/** @type {any} */ (points)),
        (error) => error instanceof RangeError || error instanceof TypeError,
      );
    }
  });
});

test('gives no predictions for no examples, with any number of features', () => {
  const train = { x: [[1, 2, 3]], y: [0] };
  withSession({ dataset: { name: 'points', train }, layers: [2] }, (session) =>
    assert.equal(session.predictPoints([]).length, 0),
  );
});

test('diagnostics find units that are copies of each other', () => {
  withSession({ ...small, init: { name: 'constant', value: 0.5 } }, (session) => {
    session.step(10);
    const [first] = session.diagnostics().layers;
    assert.equal(first.distinct, 1);
    assert.equal(new Set(first.group).size, 1);
  });
});

test('diagnostics without singular values or cosines have the same other bits', () => {
  withSession({ ...small, init: { name: 'lsuv', seed: 3 } }, (session) => {
    session.step(10);
    const all = session.diagnostics();
    const without = session.diagnostics({ largestCosine: false, singularValues: false });
    const missing = { largestCosine: NaN, rank: -1, singularValues: [] };
    assert.deepEqual(without, { ...all, layers: all.layers.map((layer) => ({ ...layer, ...missing })) });
  });
});

test('reports an infinite cost as infinite', () => {
  withSession({ ...small, init: { name: 'normal', std: 10, seed: 3 } }, (session) => {
    assert.equal(session.metrics().cost, Infinity);
  });
});

test('gives NaN as the accuracy of an empty test part', () => {
  withSession({ dataset: { name: 'flower', testSamples: 0 } }, (session) => {
    assert.ok(Number.isNaN(session.metrics().testAccuracy));
  });
});

test('can be disposed of twice', () => {
  const session = lab.createSession(small);
  session.dispose();
  session.dispose();
});

test('returns all memory after 10,000 sessions', () => {
  const spec = { ...small, dataset: { name: 'circles', samples: 20, testSamples: 10 } };
  const once = () =>
    withSession(spec, (session) => {
      session.step(2);
      session.predict(/** @type {any} */ (grid));
      session.restore(session.snapshot());
      session.diagnostics();
      assert.throws(() => session.step(-1));
      assert.throws(() => lab.createSession({ init: { name: 'normal', std: -1 } }));
    });
  for (let i = 0; i < 100; i += 1) once();
  const before = lab.heapInUse();
  for (let i = 0; i < 10_000; i += 1) once();
  assert.equal(lab.heapInUse(), before);
});

test('reports a disposed session in every method', () => {
  const session = lab.createSession({ layers: [3] });
  session.dispose();
  session.dispose();
  for (const ask of [() => session.step(1), () => session.metrics(), () => session.iteration]) {
    assert.throws(
      ask,
      (/** @type {any} */ error) => error.code === 'disposed' && /disposed/.test(error.message),
    );
  }
});

test('rejects a request for too much memory with a documented error', async () => {
  // A lab of its own, whose memory does not grow.
  const full = await loadLab();
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError('full');
  };
  try {
    const session = full.createSession({ ...small, layers: [400, 400] });
    const long = full.createSession({ ...small, dataset: { name: 'circles', samples: 5000 } });
    const refusal = { name: 'RangeError', code: 'out-of-memory' };
    const fill = (/** @type {number} */ width) => {
      for (;;) full.createSession({ ...small, layers: [width, width] });
    };
    for (const width of [400, 100, 20, 1]) assert.throws(() => fill(width), refusal);
    assert.throws(() => session.snapshot(), refusal);
    assert.throws(() => session.parameters(), refusal);
    assert.throws(() => long.metrics(), refusal);
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
});
