// The table of texts: another language is one file, and it is whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../../src/js/index.js';
import german from '../../web/texts/de.js';
import english from '../../web/texts/en.js';
import { layerTexts } from '../../web/texts/layers.js';

/** @param {string} text */
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('German has every text that English has, with the same placeholders', () => {
  const texts = /** @type {Record<string, string>} */ (german);
  for (const [key, text] of Object.entries(english)) {
    assert.ok(key in texts, `"${key}" is missing`);
    assert.deepEqual(placeholders(texts[key]), placeholders(text), key);
  }
});

test('German says what each thing of the catalogue is, and each of its numbers', async () => {
  const { datasets, initializers, optimizers } = (await loadLab()).catalogue;
  const parameters = [...datasets, ...initializers, ...optimizers].flatMap((entry) => entry.parameters);
  const keys = [
    ...datasets.map(({ name }) => `name.${name}.help`),
    ...initializers.map(({ name }) => `init.${name}.help`),
    ...parameters.map(({ name }) => `parameter.${name}.help`),
  ];
  for (const key of keys) assert.ok(key in german, `"${key}" is missing`);
});

test('the table of measurements has the same words, with the same placeholders, in each language', () => {
  for (const texts of Object.values(layerTexts)) {
    assert.deepEqual(Object.keys(texts), Object.keys(layerTexts.en));
    for (const [key, [name, help]] of Object.entries(texts)) {
      assert.deepEqual(placeholders(name), placeholders(layerTexts.en[key][0]), key);
      assert.equal(help === '', layerTexts.en[key][1] === '', key);
      assert.ok(!`${name}${help}`.includes('!'), key);
    }
  }
});

test('no text is empty or shouts', () => {
  for (const [key, text] of [...Object.entries(english), ...Object.entries(german)]) {
    assert.ok(text.trim() !== '', key);
    assert.ok(!text.includes('!'), `${key}: ${text}`);
  }
});
