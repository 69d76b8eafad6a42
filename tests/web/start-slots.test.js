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

/**
 * What readers with each colour vision see of linear RGB, row by row: Machado, Oliveira and
 * Fernandes (2009), full severity.
 */
const VISIONS = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
/** The least distance in CIELAB of two families; 2.3 is just noticeable. */
const APART = 8;

/** Returns the CIELAB coordinates of linear RGB (D65). @param {number[]} rgb */
function lab([r, g, b]) {
  const white = [0.9505, 1, 1.089];
  const [x, y, z] = [
    0.4124 * r + 0.3576 * g + 0.1805 * b,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    0.0193 * r + 0.1192 * g + 0.9505 * b,
  ].map((value, i) => {
    const t = Math.max(0, value) / white[i];
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test('tells the families apart for colour-blind readers, in both themes', () => {
  const sheet = readFileSync(new URL('../../web/styles/theme.css', import.meta.url), 'utf8');
  const colours = Array.from({ length: SLOTS / 2 }, (_, slot) =>
    [...sheet.matchAll(new RegExp(`--run-${slot + 1}: #(..)(..)(..);`, 'g'))].map(([, ...channels]) =>
      channels.map((channel) => {
        const value = parseInt(channel, 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      }),
    ),
  );
  for (const theme of [0, 1])
    for (const [vision, matrix] of Object.entries(VISIONS)) {
      const seen = colours.map((themes) =>
        lab(
          [0, 3, 6].map((row) =>
            Math.min(
              1,
              Math.max(
                0,
                matrix.slice(row, row + 3).reduce((sum, m, i) => sum + m * themes[theme][i], 0),
              ),
            ),
          ),
        ),
      );
      seen.forEach((a, i) =>
        seen.slice(0, i).forEach((b, j) => {
          const distance = Math.hypot(...a.map((value, axis) => value - b[axis]));
          assert.ok(distance >= APART, `theme ${theme}, ${vision}: ${i} and ${j} differ by ${distance}`);
        }),
      );
    }
});
