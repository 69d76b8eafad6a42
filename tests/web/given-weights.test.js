// Runs that start from given weights: from the lab's own export to the core, number by number.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  networkOf,
  readTensors,
  tensorsOf,
  writeNpz,
  writeSafetensors,
} from '../../src/js/exports/weights.js';
import { loadLab } from '../../src/js/index.js';
import { runOfWeights } from '../../web/state/given-weights.js';
import { specOf } from '../../web/state/specs.js';
import { readLink, startState, writeLink } from '../../web/state/table.js';

const lab = await loadLab();

test('a run starts from the weights of an exported file, and its link keeps every bit', () => {
  const session = lab.createSession({ layers: [5, 3], iterations: 10, init: { name: 'he_normal', seed: 4 } });
  session.step(10);
  const parameters = session.parameters();
  for (const write of [writeNpz, writeSafetensors]) {
    const network = networkOf(readTensors(write(tensorsOf(session.network, parameters))));
    const state = startState();
    const run = runOfWeights(state, network, 'trained');
    assert.deepEqual(run.own.layers, [5, 3]);
    for (const opened of [{ ...state, runs: [run] }, readLink(writeLink({ ...state, runs: [run] })).state]) {
      const again = lab.createSession(/** @type {any} */ (specOf(opened, opened.runs[0])));
      assert.deepEqual([...again.parameters()], [...parameters]);
      again.dispose();
    }
  }
  session.dispose();
});

test('a run has the normalization and the learned branches of its weights', () => {
  const session = lab.createSession({
    layers: [4, 4],
    skip: { scale: 0.5, learned: true },
    normalization: 'layer',
  });
  const network = networkOf(readTensors(writeNpz(tensorsOf(session.network, session.parameters()))));
  const state = { ...startState(), layers: [4, 4] };
  const run = runOfWeights(state, network, 'modern');
  assert.deepEqual(run.own, { skip: { scale: 1, learned: true }, normalization: { name: 'layer' } });
  const again = lab.createSession(/** @type {any} */ (specOf({ ...state, runs: [run] }, run)));
  assert.deepEqual([...again.parameters()], [...session.parameters()]);
  again.dispose();
  session.dispose();
  const plain = runOfWeights(
    { ...state, normalization: { name: 'batch' } },
    { ...network, normalization: undefined },
    '',
  );
  assert.deepEqual(plain.own.normalization, { name: 'none' });
});

test('weights of several outputs make a softmax of their run, and layers as shared stay shared', () => {
  const state = { ...startState(), layers: [4] };
  const session = lab.createSession({
    dataset: { name: 'spiral', arms: 3 },
    layers: [4],
    output: 'softmax',
  });
  const network = networkOf(readTensors(writeNpz(tensorsOf(session.network, session.parameters()))));
  assert.deepEqual(runOfWeights(state, network, 'spiral').own, { output: 'softmax' });
  session.dispose();
});
