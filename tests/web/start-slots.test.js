// Colours of runs: one per kind of start, wherever the start appears.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import { SLOTS, slotOfStart, slotsOf } from '../../web/state/start-slots.js';
import { readLink, startState, writeLink } from '../../web/state/table.js';

test('gives each family of starts a colour, and two of a family its two shades', () => {
  const slot = (/** @type {import('../../web/state/codec.js').Choice} */ init) => slotOfStart(init);
  const pairs = [
    [{ name: 'zeros' }, { name: 'constant', value: 0.5 }],
    [
      { name: 'normal', std: 0.01 },
      { name: 'normal', std: 0.1 },
    ],
    [
      { name: 'normal', std: 10 },
      { name: 'normal', std: 1 },
    ],
    [{ name: 'he_normal' }, { name: 'he_uniform' }],
    [{ name: 'glorot_normal' }, { name: 'glorot_uniform' }],
    [{ name: 'lecun_normal' }, { name: 'pytorch_linear' }],
    [{ name: 'orthogonal' }, { name: 'orthogonal', gain: 1.5 }],
    [{ name: 'lsuv' }, { name: 'given' }],
  ];
  assert.deepEqual(
    pairs.map((pair) => pair.map(slot)),
    pairs.map((_, family) => [family, family + 8]),
  );
  assert.equal(slot({ name: 'uniform', low: -0.01, high: 0.01 }), 1);
});

test('gives every initializer the family that its rule belongs to', async () => {
  const { initializers } = (await loadLab()).catalogue;
  // The families by their slots. What is missing here has no rule of its own.
  const families = [
    ['zeros', 'constant'],
    ['playground'],
    ['normal', 'uniform'],
    ['he_normal', 'he_uniform', 'keras_he_normal', 'randomized_asymmetric', 'zero_branch', 'fixup'],
    ['glorot_normal', 'glorot_uniform', 'keras_glorot_normal', 'keras_dense', 'sklearn_mlp'],
    [
      ...['lecun_normal', 'lecun_uniform', 'keras_lecun_normal', 'variance_scaling', 'siren'],
      ...['pytorch_linear', 'flax_dense', 'haiku_linear', 'convnetjs'],
    ],
    ['orthogonal'],
    ['lsuv', 'formula', 'given'],
  ];
  assert.deepEqual(families.flat().sort(), initializers.map(({ name }) => name).sort());
  for (const [slot, names] of families.entries())
    for (const name of names) assert.equal(slotOfStart({ name }) % 8, slot, name);
});

test('calls a rule with half or twice its gain small or large, and never grey', () => {
  for (const name of ['he_normal', 'lecun_uniform', 'orthogonal']) {
    assert.equal(slotOfStart({ name, gain: 0.5 }) % 8, 1, name);
    assert.equal(slotOfStart({ name, gain: 2 }) % 8, 2, name);
  }
  // The gain of sigmoid's derivative at 0.
  assert.equal(slotOfStart({ name: 'glorot_normal', gain: 4 }) % 8, 4);
  // A third and a fourth run of a family take no colour that another run asks for, and not grey.
  const { runs } = readLink('runs=he_normal;he_uniform;fixup;zero_branch;lsuv;orthogonal').state;
  const slots = slotsOf(runs);
  const given = runs.map(({ id }) => Number(slots.get(id)));
  assert.deepEqual([...given.slice(0, 2), ...given.slice(4)], [3, 11, 7, 6]);
  assert.equal(new Set(given).size, runs.length);
  assert.ok(given.every((slot) => slot % 8 !== 0));
});

test('keeps the colours of starts in any order and in links, without duplicates', () => {
  const { state } = readLink('runs=he_normal;normal,std:0.01;normal,std:0.02;zeros;normal,std:0.001');
  const colours = (/** @type {import('../../web/state/table.js').RunChoice[]} */ runs) => {
    const slots = slotsOf(runs);
    return runs.map(({ id }) => slots.get(id));
  };
  const slots = colours(state.runs);
  assert.deepEqual(slots.slice(0, 4), [3, 1, 9, 0]);
  assert.equal(new Set(slots).size, 5);
  assert.deepEqual(colours(readLink(writeLink(state)).state.runs), slots);
  assert.deepEqual(colours([state.runs[3], state.runs[0]]), [0, 3]);
  assert.deepEqual(colours(startState().runs), [0, 1, 2, 3]);
});

test('defines every slot’s colour in each theme, far from the classes’ orange and blue', () => {
  const sheet = readFileSync(new URL('../../web/styles/theme.css', import.meta.url), 'utf8');
  for (let slot = 1; slot <= SLOTS; slot += 1) {
    const colours = [...sheet.matchAll(new RegExp(`--run-${slot}: #(..)(..)(..);`, 'g'))];
    assert.equal(colours.length, 3, `--run-${slot}`);
    for (const [text, ...channels] of colours) {
      const [r, g, b] = channels.map((channel) => parseInt(channel, 16));
      assert.ok(!(r > 200 && g < 150 && b < 90), `${text} is orange`);
      assert.ok(!(b > r + 60 && b > g + 25 && r < 120), `${text} is blue`);
    }
  }
});
