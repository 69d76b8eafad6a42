// The tables of texts: a language is one file, and each is complete.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadLab } from '../../src/js/index.js';
import { written } from '../../web/templates/formula.js';
import german from '../../web/texts/de.js';
import english from '../../web/texts/en.js';
import later from '../../web/texts/en-later.js';
import '../../web/texts/later.js';
import { english as englishErrors } from '../../src/js/error-sentences.js';
import { germanErrors } from '../../web/texts/errors-de.js';
import { errorText, languages } from '../../web/texts/index.js';
import { formulaOf } from '../../web/texts/words.js';
import { language } from '../../web/texts/language.js';
import { compact, cost } from '../../web/texts/format.js';
import { linkOfJson } from '../../web/state/given.js';
import { fitToCatalogue } from '../../web/state/fit.js';
import { readLink, startState } from '../../web/state/table.js';

/** @param {string} text */
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('has every English text in every language, with the same placeholders', async () => {
  for (const [tag, { load }] of Object.entries(languages)) {
    const texts = /** @type {Record<string, string>} */ ((await load()).default);
    for (const [key, text] of Object.entries(english)) {
      assert.ok(key in texts, `${tag}: "${key}" is missing`);
      assert.deepEqual(placeholders(texts[key]), placeholders(text), `${tag}: ${key}`);
    }
  }
});

test('loads the English texts of later parts with each file that uses them', () => {
  const groupsOf = (/** @type {Record<string, string>} */ table) =>
    new Set(Object.keys(table).flatMap((key) => (key.includes('.') ? [key.split('.')[0]] : [])));
  const groups = groupsOf(later);
  const first = Object.keys(english).filter((key) => !Object.hasOwn(later, key));
  assert.deepEqual(
    [...groupsOf(Object.fromEntries(first.map((key) => [key, ''])))].filter((group) => groups.has(group)),
    [],
  );
  const web = fileURLToPath(new URL('../../web/', import.meta.url));
  const uses = new RegExp(
    `\\bt(?:\\.maybe)?\\(\\s*['\`](?:${[...groups].join('|')})\\.|textsUnder\\('(?:${[...groups].join('|')})'\\)`,
  );
  const users = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && !file.startsWith('texts'))
    .map((file) => ({ file, source: readFileSync(join(web, file), 'utf8') }))
    .filter(({ source }) => uses.test(source));
  assert.ok(users.length >= groups.size);
  for (const { file, source } of users) assert.match(source, /import '[./]*\/texts\/later\.js';/, file);
});

test('explains every catalogue entry and parameter in German', async () => {
  const { datasets, initializers, optimizers } = (await loadLab()).catalogue;
  const parameters = [...datasets, ...initializers, ...optimizers].flatMap((entry) => entry.parameters);
  const keys = [
    ...datasets.map(({ name }) => `name.${name}.help`),
    ...initializers.map(({ name }) => `init.${name}.help`),
    ...parameters.map(({ name }) => `parameter.${name}.help`),
  ];
  for (const key of keys) assert.ok(key in german, `"${key}" is missing`);
});

test('writes every error of links, files and runs in German, with the bounds', async () => {
  const lab = await loadLab();
  const { state, unread } = readLink(
    `net=5000&act=9&out=relu&skip=half&norm=9&frozen=0&opt=gd,l2&prec=half&seed=-1&steps=x&speed=7&stop=cost:99&chart=a&show=b&colour=c&` +
      `data=points,0,1,AB,C&at=%E0%A4%A&look=99&runs=${'zeros;'.repeat(9)}`,
  );
  const more = [
    'net=' + '1,'.repeat(257) + '1',
    'data=points,1',
    'data=points,0,1,****,',
    'data=points,0,1,,',
    'data=targets,0,1',
    'data=targets,0,1,0,1,AAAA',
    'skip=1,often',
    'runs=given,parameters:_AAAA',
    `act=${Array(258).fill('relu').join()}`,
    'at=9999',
    'runs=zeros/a=b',
    'stop=accuracy:5',
    'y=é',
  ].flatMap((link) => readLink(link).unread);
  const unfit = fitToCatalogue(
    readLink('data=cats&runs=normal,std:1e9;magic;zeros,foo:1&act=foo&opt=gd,batchSize:0.5').state,
    /** @type {any} */ (lab.catalogue),
    startState(),
  );
  assert.equal(state.seed, startState().seed);
  const specs = [
    { layers: [5000] },
    { layers: Array(5000).fill(1) },
    { layers: [4096, 4096, 4096, 4096] },
    { layers: [2, 2, 2], activations: ['relu', 'tanh'] },
    { layers: [2], activations: ['magic'] },
    { init: { name: 'magic' } },
    { init: { name: 'normal', std: -1 } },
    { init: { name: 'zeros', slope: 1 } },
    { init: { name: 'he_normal', layers: Array(9).fill({ name: 'zeros' }) } },
    { optimizer: { name: 'gd', batchSize: 0.5 } },
    { dataset: { name: 'points', train: { x: [], y: [] } } },
    { dataset: { name: 'points', train: { x: [[0, 1]], y: [2] } } },
    { dataset: { name: 'points', train: { x: [[0, NaN]], y: [1] } } },
    { output: 'magic' },
    { iterations: -1 },
    { precision: 'half' },
  ];
  const problems = specs.map((spec) => {
    try {
      lab.validate(/** @type {any} */ (spec));
    } catch (error) {
      return /** @type {any} */ (error);
    }
    return assert.fail(`${JSON.stringify(spec)} is valid`);
  });
  const given = [
    {
      layers: 'x',
      activations: 3,
      output: 1,
      init: 1,
      optimizer: [],
      iterations: 'x',
      dataset: 'x',
      colour: 1,
    },
    { dataset: { name: 'points', train: { x: [[1]], y: [0] } } },
    {
      dataset: {
        name: 'points',
        train: {
          x: [
            [1, 2],
            [3, 4],
          ],
          y: [0, 1],
        },
        test: {},
      },
    },
    [{ iterations: 1 }, { iterations: 2 }],
  ].flatMap((content) => linkOfJson(JSON.stringify(content)).unread);
  const errors = [...unread, ...more, ...unfit, ...given].map(({ error }) => error ?? assert.fail());
  assert.ok(errors.length >= 40, `${errors.length} errors`);
  language.errors = germanErrors;
  for (const problem of [...errors, ...problems]) {
    const sentence = errorText(problem);
    assert.doesNotMatch(
      sentence.replace(/"[^"]*"/g, ''),
      /\b(must|is|but|found|expected|the|whole|number|from|to|of|or|at|most|least|each|for|has|such)\b/,
    );
    for (const bound of [problem.expected?.low, problem.expected?.high])
      if (bound !== undefined) assert.ok(sentence.includes(String(bound)), sentence);
  }
  language.errors = englishErrors;
});

test('writes formulas with a minus sign, and in German without English words', async () => {
  const { initializers, optimizers, activations } = (await loadLab()).catalogue;
  const rows = [...initializers, ...optimizers, ...activations].filter(({ formula }) => formula);
  assert.ok(rows.length > 20);
  for (const row of rows) assert.doesNotMatch(written(formulaOf(row)), /-|sqrt/);
  language.texts = german;
  try {
    for (const row of rows)
      assert.doesNotMatch(
        written(formulaOf(row)),
        /\b(rate|the|same|every|with|rows|until|then|one|of|each|as|and|by|if|else|function|branch)\b/,
      );
    assert.equal(
      written(formulaOf(rows.find(({ name }) => name === 'gd') ?? assert.fail())),
      'W := W − Lernrate dW',
    );
  } finally {
    language.texts = null;
  }
  assert.equal(written('W ~ U(-g sqrt(3 / n_in), 1)'), 'W ~ U(−g √(3 / n_in), 1)');
});

test('writes numbers near a power of ten and the smallest number correctly', () => {
  assert.equal(compact(0.000996), '10⁻³');
  assert.equal(compact(-0.00012), '−1.2·10⁻⁴');
  assert.equal(cost(99_700), '10⁵');
  assert.equal(cost(0.0001), '10⁻⁴');
  assert.equal(compact(5e-324), '4.9·10⁻³²⁴');
});

test('has no empty text and no exclamation mark', () => {
  for (const [key, text] of [...Object.entries(english), ...Object.entries(german)]) {
    assert.ok(text.trim() !== '', key);
    assert.ok(!text.includes('!'), `${key}: ${text}`);
  }
});
