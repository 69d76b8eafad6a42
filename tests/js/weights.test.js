// Weights in files: what PyTorch and NumPy write and read, and what is refused.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import { loadLab } from '../../src/js/index.js';
import {
  networkOf,
  readTensors,
  tensorsOf,
  writeNpz,
  writeSafetensors,
} from '../../src/js/exports/weights.js';
import { unpack } from '../../src/js/exports/unpack.js';
import { bits, python, runCli, seeded, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const lab = await loadLab();

const session = lab.createSession({ layers: [4, 3], init: { name: 'he_normal', biasStd: 0.1, seed: 3 } });
const tensors = tensorsOf(session.network, session.parameters());
const parameters = session.parameters();
session.dispose();

test('names and shapes arrays like PyTorch', () => {
  assert.deepEqual(
    Object.entries(tensors).map(([name, { shape }]) => [name, shape]),
    [
      ['layers.0.weight', [4, 2]],
      ['layers.0.bias', [4]],
      ['layers.1.weight', [3, 4]],
      ['layers.1.bias', [3]],
      ['layers.2.weight', [1, 3]],
      ['layers.2.bias', [1]],
    ],
  );
});

test('round-trips every bit in both formats, including special values', () => {
  const special = { 'layers.0.weight': { shape: [2, 2], data: Float64Array.of(-0, NaN, Infinity, 5e-324) } };
  for (const write of [writeNpz, writeSafetensors])
    for (const each of [tensors, special]) {
      const read = readTensors(write(each));
      assert.deepEqual(Object.keys(read).sort(), Object.keys(each).sort());
      for (const [name, { shape, data }] of Object.entries(each)) {
        assert.deepEqual(read[name].shape, shape);
        assert.equal(bits(read[name].data), bits(data), name);
      }
    }
});

test('derives a network from its arrays, in the lab’s order of parameters', () => {
  const network = networkOf(readTensors(writeSafetensors(tensors)));
  assert.deepEqual([network.features, network.layers, network.outputs], [2, [4, 3], 1]);
  assert.equal(bits(network.parameters), bits(parameters));
});

test('reads normalization and learned branches from its own files, and from PyTorch’s', () => {
  for (const name of /** @type {const} */ (['layer', 'batch'])) {
    const modern = lab.createSession({
      layers: [3, 3, 3],
      skip: { scale: 0.5, learned: true },
      normalization: name,
      iterations: 5,
    });
    modern.step(5);
    const own = modern.parameters();
    const given = tensorsOf(modern.network, own);
    modern.dispose();
    const running = { 'norms.0.running_mean': { shape: [3], data: new Float64Array(3) } };
    const network = networkOf(readTensors(writeNpz(name === 'batch' ? { ...given, ...running } : given)));
    assert.deepEqual([network.normalization, network.skip], [name, { scale: 1, learned: true }]);
    assert.equal(bits(network.parameters), bits(own));
    const again = lab.createSession({
      layers: network.layers,
      skip: network.skip,
      normalization: network.normalization,
      init: { name: 'given', parameters: Array.from(network.parameters) },
    });
    assert.equal(bits(again.parameters()), bits(own));
    again.dispose();
    delete given['norms.1.bias'];
    assert.throws(() => networkOf(given), /"norms\.0\.weight" is neither/);
  }
});

test('writes .npz files for NumPy, and reads NumPy’s', () => {
  const [ours, theirs] = [join(folder, 'ours.npz'), join(folder, 'theirs.npz')];
  writeFileSync(ours, writeNpz(tensors));
  const program = `
import sys, numpy as np
a = np.load(sys.argv[1])
names = [n for n in a.files]
rows = {"W%d" % (l + 1): np.asfortranarray(a["layers.%d.weight" % l]) for l in range(3)}
rows.update({"b%d" % (l + 1): a["layers.%d.bias" % l].reshape(-1, 1)[:, 0] for l in range(3)})
np.savez_compressed(sys.argv[2], **rows)
print(sum(a[n].size for n in names), repr(a["layers.1.weight"][2, 3]))`;
  const [size, value] = execFileSync(python, ['-c', program, ours, theirs], { encoding: 'utf8' }).split(
    /\s+/,
  );
  assert.equal(Number(size), parameters.length);
  assert.equal(Number(value), tensors['layers.1.weight'].data[11]);
  assert.equal(bits(networkOf(readTensors(readFileSync(theirs))).parameters), bits(parameters));
});

test('lays out .safetensors as specified', () => {
  const bytes = Buffer.from(
    writeSafetensors({ 'layers.0.bias': { shape: [2], data: Float64Array.of(1, -2) } }),
  );
  const length = Number(bytes.readBigUInt64LE(0));
  assert.deepEqual(JSON.parse(bytes.subarray(8, 8 + length).toString()), {
    __metadata__: {},
    'layers.0.bias': { dtype: 'F64', shape: [2], data_offsets: [0, 16] },
  });
  assert.deepEqual([bytes.readDoubleLE(8 + length), bytes.readDoubleLE(16 + length)], [1, -2]);
  assert.equal((8 + length) % 8, 0);
});

test('reads smaller number types of a .safetensors file', () => {
  const file = (/** @type {string} */ dtype, /** @type {number[]} */ content) => {
    const header = Buffer.from(
      JSON.stringify({ w: { dtype, shape: [content.length / 2], data_offsets: [0, content.length] } }),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    return Buffer.concat([length, header, Buffer.from(content)]);
  };
  // 1, -2, 65504 and the smallest half; 1 and -2 as bfloat16.
  assert.deepEqual(
    [...readTensors(file('F16', [0, 0x3c, 0, 0xc0, 0xff, 0x7b, 1, 0])).w.data],
    [1, -2, 65504, 2 ** -24],
  );
  assert.deepEqual([...readTensors(file('BF16', [0x80, 0x3f, 0, 0xc0])).w.data], [1, -2]);
});

test('transposes Keras weights (inputs by units), and fills missing biases with zeros', () => {
  const kernel = { 'dense/kernel': { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) } };
  const { features, outputs, parameters: own } = networkOf(kernel);
  assert.deepEqual([features, outputs, [...own]], [2, 3, [1, 4, 2, 5, 3, 6, 0, 0, 0]]);
});

test('rejects arrays that are no chain of layers, and names them', () => {
  const array = (/** @type {number[]} */ ...shape) => ({
    shape,
    data: new Float64Array(shape.reduce((product, side) => product * side, 1)),
  });
  for (const [
    wrong,
    problem,
  ] of /** @type {[import('../../src/js/exports/weights.js').Tensors, RegExp][]} */ ([
    [{}, /holds no weights; expected arrays of two dimensions/],
    [
      { '0.weight': array(4, 2), '2.weight': array(1, 5) },
      /"2\.weight" takes 5 inputs; expected 4, the units of "0\.weight"/,
    ],
    [{ '0.weight': array(4, 2), '0.bias': array(3) }, /"0\.bias" has 3 values; expected 4/],
    [{ 'conv.weight': array(4, 2, 3, 3), '0.weight': array(4, 2) }, /"conv\.weight" is neither/],
  ]))
    assert.throws(() => networkOf(wrong), problem);
});

test('rejects any damaged file with an error', () => {
  const random = seeded(5);
  for (const whole of [writeNpz(tensors), writeSafetensors(tensors)])
    for (let i = 0; i < 200; i += 1) {
      const bytes = whole.slice();
      const isCut = i % 2 === 0;
      if (!isCut)
        for (let n = 0; n < 3; n += 1) bytes[Math.floor(random() * 300)] = Math.floor(random() * 256);
      try {
        networkOf(readTensors(isCut ? bytes.slice(0, Math.floor(random() * bytes.length)) : bytes));
      } catch (error) {
        assert.equal(
          /** @type {any} */ (error).code,
          'bad-weights',
          String(/** @type {any} */ (error).stack),
        );
      }
    }
});

/**
 * A .safetensors file with a header that says anything.
 * @param {Record<string, unknown>} header
 * @param {number} size bytes of the numbers
 */
function headed(header, size) {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

test('rejects headers that lie about shapes and places before it takes memory for them', () => {
  const entry = (/** @type {number[]} */ shape, /** @type {unknown[]} */ offsets) => ({
    dtype: 'F64',
    shape,
    data_offsets: offsets,
  });
  const single = (/** @type {number[]} */ shape, /** @type {unknown[]} */ ...offsets) => ({
    'a.weight': entry(shape, offsets),
  });
  const many = Array.from({ length: 3000 }, (_, i) => [`l${i}.weight`, entry([1, 1], [8 * i, 8 * i + 8])]);
  for (const [header, problem] of /** @type {[Record<string, unknown>, RegExp][]} */ ([
    [single([1e300, 0], 0, 0), /"a\.weight" has no shape/],
    [single([2 ** 27, 0], 0, 0), /"a\.weight" has no shape/],
    [single(Array(33).fill(1), 0, 8), /"a\.weight" has no shape/],
    [single([2 ** 20, 2 ** 20], 0, 8), /"a\.weight" has no shape/],
    // Before the numbers lies the header, after them nothing.
    [single([1, 1], -8, 0), /"a\.weight" has 0 bytes; expected 8/],
    [single([1, 1], 60, 68), /"a\.weight" has 0 bytes; expected 8/],
    [single([1, 1], 0.5, 8.5), /"a\.weight" has 0 bytes; expected 8/],
    [single([1, 1], 'x', {}), /"a\.weight" has 0 bytes; expected 8/],
    // Arrays that share their bytes would be many from few.
    [
      { 'a.weight': entry([1, 8], [0, 64]), 'b.weight': entry([1, 8], [0, 64]) },
      /"b\.weight" has 0 bytes; expected 64/,
    ],
    [Object.fromEntries(many), /3000 arrays or more; expected at most 2064/],
  ]))
    assert.throws(() => networkOf(readTensors(headed(header, 64))), {
      code: 'bad-weights',
      message: problem,
    });
  const npz = writeNpz(Object.fromEntries(many.map(([name]) => [name, { shape: [1, 1], data: [1] }])));
  assert.throws(() => readTensors(npz), /arrays or more; expected at most 2064/);
});

test('unpacks no more than it was told, whatever the ZIP claims', () => {
  const zip = zipSync({ zeros: new Uint8Array(50_000) });
  const view = new DataView(zip.buffer);
  const directory = view.getUint32(zip.length - 6, true);
  for (const claimed of [50_000, 10, 0, 2 ** 32 - 2]) {
    view.setUint32(22, claimed, true);
    view.setUint32(directory + 24, claimed, true);
    assert.throws(() => unpack(zip, { files: 1, bytes: 49_999 }), RangeError, `${claimed} claimed`);
    assert.equal(unpack(zip, { files: 1, bytes: 50_000 })[0][1].length, 50_000);
  }
});

test('export writes the initial and the trained weights', async () => {
  const file = join(folder, 'start.safetensors');
  const args = ['export', 'exercise-5', '--run', 'normal std=10', '--set', 'iterations=20'];
  for (const format of ['safetensors', 'npz']) {
    const { status, stderr } = await runCli([...args, '--to', format, '--at', '0', '-o', file]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(networkOf(readTensors(readFileSync(file))).layers, [10, 5]);
  }
  const script = await runCli([...args, '--to', 'torch']);
  assert.match(
    script.text,
    /^#!\/usr\/bin\/env python3\n"""normal std=10: one run of Init Lab, in PyTorch\./,
  );
  const several = await runCli(['export', 'exercise-5', '--to', 'npz', '-o', file]);
  assert.equal(several.status, 2);
  assert.match(several.stderr, /several experiments; use --run with one of "normal std=10", /);
});

test('diagnose measures weights from a file on the examples of a CSV file', async () => {
  const data = lab.dataset({ name: 'circles', samples: 30 }).train;
  const rows = Array.from(data.y, (label, i) => `${data.x[i]},${data.x[data.y.length + i]},${label}`);
  const [csv, file] = [join(folder, 'train.csv'), join(folder, 'own.safetensors')];
  writeFileSync(csv, `${rows.join('\n')}\n`);
  writeFileSync(file, writeSafetensors(tensors));
  const { text, stderr } = await runCli([
    'diagnose',
    file,
    '--data',
    csv,
    '--set',
    'activations=tanh',
    '--json',
  ]);
  const [{ layers, predicted }] = JSON.parse(text || stderr);
  const own = lab.createSession({
    dataset: { name: 'points', train: data },
    layers: [4, 3],
    activations: 'tanh',
  });
  own.setParameters(parameters);
  assert.deepEqual(layers[0].preActivation, own.diagnostics().layers[0].preActivation);
  own.dispose();
  assert.deepEqual([layers.length, predicted], [3, []]);
  const refusals = [
    [[file], /weights are measured on examples; use --data FILE/],
    [[csv.replace('train.csv', 'none.npz'), '--data', csv], /none\.npz" cannot be read: ENOENT/],
  ];
  for (const [args, problem] of /** @type {[string[], RegExp][]} */ (refusals))
    assert.match((await runCli(['diagnose', ...args])).stderr, problem);
  writeFileSync(file, 'not weights');
  assert.match(
    (await runCli(['diagnose', file, '--data', csv])).stderr,
    /own\.safetensors": the file is neither/,
  );
});
