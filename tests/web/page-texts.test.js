// The tables of the story pages: complete in every language, with the same numbers, and with every
// key that a page uses.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/steps.mjs';
import { languages } from '../../web/texts/index.js';

const web = join(root, 'web');
const folder = join(web, 'texts');
const parts = readdirSync(join(folder, 'en')).filter((file) => file.endsWith('.js'));

/**
 * @param {string} tag
 * @param {string} file
 * @returns {Promise<Record<string, string>>}
 */
const tableOf = async (tag, file) => (await import(pathToFileURL(join(folder, tag, file)).href)).default;

/** @param {string} text */
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

/**
 * The numbers in a text, without separators, which differ between languages.
 * @param {string} text
 */
const figures = (text) =>
  (text.replaceAll(/<[^>]+>/g, ' ').match(/\d+(?:[.,]\d+)*/g) ?? [])
    .map((figure) => figure.replaceAll(/[.,]/g, ''))
    .sort();

for (const file of parts) {
  test(`has the texts of ${file} in every language, with the same placeholders and numbers`, async () => {
    const english = await tableOf('en', file);
    for (const tag of Object.keys(languages)) {
      const texts = await tableOf(tag, file);
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), tag);
      for (const [key, text] of Object.entries(english)) {
        assert.deepEqual(placeholders(texts[key]), placeholders(text), `${tag}: ${key}`);
        assert.deepEqual(figures(texts[key]), figures(text), `${tag}: ${key}`);
        assert.ok(texts[key].trim() !== '' && !texts[key].includes('!'), `${tag}: ${key}`);
      }
    }
  });

  test(`links to the same places in every language in ${file}`, async () => {
    const links = (/** @type {string} */ text) => (text.match(/(?:href|data-claim)="[^"]+"/g) ?? []).sort();
    const english = await tableOf('en', file);
    for (const tag of Object.keys(languages))
      for (const [key, text] of Object.entries(await tableOf(tag, file)))
        assert.deepEqual(links(text), links(english[key]), `${tag}: ${key}`);
  });
}

for (const page of readdirSync(web).filter((file) => file.endsWith('.html'))) {
  const source = readFileSync(join(web, page), 'utf8');
  const [, part] = /<html[^>]* data-texts="(\w+)"/.exec(source) ?? [];
  if (part === undefined) continue;
  test(`uses only existing texts in ${page}`, async () => {
    const table = await tableOf('en', `${part}.js`);
    for (const [, key] of source.matchAll(/data-text="([^"]+)"/g)) assert.ok(key in table, key);
  });
}

test('keeps each step of the article within 60 words, in every language', async () => {
  for (const tag of Object.keys(languages))
    for (const [key, text] of Object.entries(await tableOf(tag, 'why.js'))) {
      if (!/^\w+\.text$/.test(key)) continue;
      const count = text
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('&nbsp;', ' ')
        .split(/\s+/).length;
      assert.ok(count <= 60, `${tag} ${key} has ${count} words`);
    }
});

test('has a title and a sentence of every preset, and the words before any script, in every language', () => {
  const presets = join(root, 'src', 'js', 'experiments');
  for (const tag of Object.keys(languages)) {
    for (const file of readdirSync(presets)) {
      const { runs, title, sentence } = JSON.parse(readFileSync(join(presets, file), 'utf8'));
      if (!Array.isArray(runs)) continue;
      assert.ok(title[tag] && sentence[tag], `${file}: ${tag}`);
    }
    for (const page of readdirSync(web).filter((file) => file.endsWith('.html'))) {
      const source = readFileSync(join(web, page), 'utf8');
      for (const [part] of source.matchAll(/<noscript>.*?<\/noscript>|<div class="unsupported".*?<\/div>/gs))
        assert.ok(tag === 'en' || part.includes(`lang="${tag}"`), `${tag}, ${page}: ${part}`);
    }
  }
});
