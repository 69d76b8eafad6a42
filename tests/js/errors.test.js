import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { english, errorSentence, kindKey } from '../../src/js/error-sentences.js';
import { UsageError } from '../../src/js/cli/exit.js';
import { usageSentences } from '../../src/js/cli/usage-sentences.js';
import { dataError, fieldError, rangeError } from '../../src/js/errors.js';
import { loadLab } from '../../src/js/index.js';
import { germanErrors } from '../../web/texts/errors-de.js';
import { languages } from '../../web/texts/index.js';
import { root } from './support.js';

const lab = await loadLab();
/** The table of each language; that of English is the package's. */
const tables = await Promise.all(
  Object.entries(languages).map(
    async ([tag, { load }]) =>
      /** @type {const} */ ([tag, tag === 'en' ? english : ((await load()).errors ?? assert.fail(tag))]),
  ),
);

/**
 * @param {any} spec
 * @returns {any}
 */
function refusalOf(spec) {
  try {
    lab.validate(spec);
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('gives errors of the package the form of the core’s errors', () => {
  for (const [make, spec] of /** @type {[typeof fieldError, any][]} */ ([
    ...['many', null, true, {}, [1, 2]].map((iterations) => [fieldError, { iterations }]),
    [fieldError, { layers: 3 }],
    [rangeError, { iterations: -1 }],
    [rangeError, { record: 0 }],
  ])) {
    const theirs = refusalOf(spec);
    const [[field, value]] = Object.entries(spec);
    const ours = /** @type {any} */ (make(field, value, theirs.expected));
    const parts = (/** @type {any} */ error) => {
      const { name, message, code, field: place, value: shown, expected } = error;
      return { name, message, code, place, shown, expected };
    };
    assert.deepEqual(parts(ours), parts(theirs));
  }
});

test('has the same codes, kinds, types, units and rules in every language', () => {
  const keys = (/** @type {import('../../src/js/error-sentences.js').Sentences} */ table) =>
    Object.fromEntries(
      Object.entries(table).map(([part, rows]) => [
        part,
        typeof rows === 'string' || Object.keys(rows).sort(),
      ]),
    );
  for (const [tag, table] of tables) assert.deepEqual(keys(table), keys(english), tag);
});

test('has a sentence for every code and kind of the core', () => {
  const { codes, kinds } = lab.catalogue.errors;
  assert.ok(codes.length > 5 && kinds.length > 5);
  for (const code of codes) assert.ok(Object.hasOwn(english.codes, code), code);
  for (const kind of kinds) {
    if (kind === 'rule') continue;
    for (const bounds of [{ low: 1, high: 1 }, { low: 1, high: 2 }, { low: 1 }, { high: 1 }, {}]) {
      const bounded = ['number', 'integer', 'count'].includes(kind);
      // No rule has only an upper bound, and a count always has a bound.
      if (kind !== 'count' && 'high' in bounds && !('low' in bounds)) continue;
      if (kind === 'count' && !('low' in bounds || 'high' in bounds)) continue;
      const key = kindKey({ kind, names: ['a', 'b'], ...(bounded ? bounds : {}) });
      assert.ok(Object.hasOwn(english.kinds, key), key);
    }
  }
});

/**
 * The text of all files under folders.
 *
 * @param {string[]} folders
 * @param {RegExp} endings
 */
const sourcesIn = (folders, endings) =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, String(name))),
    )
    .filter((path) => endings.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

/**
 * The names that a pattern finds, each once.
 *
 * @param {string} sources
 * @param {RegExp} pattern
 */
const namesIn = (sources, pattern) => [...new Set([...sources.matchAll(pattern)].map(([, name]) => name))];

test('has a sentence for every rule, type and unit that the package and the pages raise', () => {
  const sources = sourcesIn(['src/js', 'web'], /\.js$/);
  const rules = [
    ...namesIn(sources, /expected\.rule\(\s*'([^']+)'/g),
    ...namesIn(sources, /(?:notLoaded|unsupported)\(\s*\w+,\s*'([^']+)'/g),
    ...namesIn(readFileSync(join(root, 'src/js/exports/weights.js'), 'utf8'), /refusal\('([^']+)'/g).map(
      (rule) => `weights-${rule}`,
    ),
    ...namesIn(readFileSync(join(root, 'src/js/pictures.js'), 'utf8'), /refusal\(part, '([^']+)'/g).map(
      (rule) => `pictures-${rule}`,
    ),
  ];
  assert.ok(rules.length > 25);
  for (const rule of rules) assert.ok(Object.hasOwn(english.rules, rule), rule);
  for (const type of namesIn(sources, /expected\.type\('([^']+)'\)/g))
    assert.ok(Object.hasOwn(english.types, type), type);
  for (const unit of namesIn(sources, /expected\.count\('([^']+)'/g))
    assert.ok(Object.hasOwn(english.units, unit), unit);
});

test('has no sentence of the command line that nothing raises, and makes each an error with data', () => {
  const sources = sourcesIn(['src/js/cli'], /\.js$/);
  for (const [code, sentence] of Object.entries(usageSentences)) {
    const isRaised = new RegExp(`[(?:|] *'${code}'`).test(sources.replaceAll(`'${code}':`, ''));
    assert.ok(isRaised || code.startsWith('table-'), code);
    const names = namesIn(sentence, /\{(\w+)\}/g);
    const data = Object.fromEntries(names.map((name) => [name, 'x']));
    const error = new UsageError(/** @type {keyof typeof usageSentences} */ (code), data);
    assert.doesNotMatch(error.message, /[{}]/, code);
    assert.deepEqual({ ...error }, { code, ...data });
  }
});

test('shows every error with data in German', () => {
  const error = dataError(TypeError, {
    code: 'bad-weights',
    field: '0.bias',
    value: 3,
    expected: { kind: 'rule', names: ['weights-bias', '4', '0.weight'] },
  });
  assert.equal(error.message, '"0.bias" has 3 values; expected 4, one for each unit of "0.weight"');
  assert.match(errorSentence(/** @type {any} */ (error), germanErrors), /^"0\.bias" hat 3 Werte; erwartet 4/);
});

test('has a sentence for every rule, type and unit that the core raises', () => {
  const sources = sourcesIn(['src/core', 'src/bindings'], /\.(cpp|hpp)$/);
  const raised = (/** @type {RegExp} */ pattern) => namesIn(sources, pattern);
  const rules = raised(/expected::rule\(\s*"([^"]+)"/g);
  assert.ok(rules.length > 5);
  for (const rule of rules) assert.ok(Object.hasOwn(english.rules, rule), rule);
  for (const type of raised(/(?:wrong_type\([^;]*|expected::type\()"([^"]+)"\)/g))
    assert.ok(Object.hasOwn(english.types, type), type);
  for (const unit of raised(/expected::(?:at_most|exactly)\([^;]*"([a-z]+)"\)/g))
    assert.ok(Object.hasOwn(english.units, unit), unit);
});

test('fills in every placeholder of a sentence', () => {
  const values = { field: 'init.std', value: -1 };
  for (const [name, table] of tables) {
    for (const code of Object.keys(table.codes)) {
      const expected = { kind: 'count', low: 1, high: 2, names: ['entries'] };
      assert.doesNotMatch(
        errorSentence({ code, ...values, expected }, table),
        /[{}]|undefined/,
        `${name} ${code}`,
      );
    }
    for (const rule of Object.keys(table.rules)) {
      const expected = { kind: 'rule', names: [rule, 'one', 'two', 'three'] };
      assert.doesNotMatch(
        errorSentence({ code: 'out-of-range', ...values, expected }, table),
        /[{}]|undefined/,
        `${name} ${rule}`,
      );
    }
  }
});

test('names the field, the accepted values and the value in a sentence', () => {
  const sentences = [
    [{ init: { name: 'normal', std: -1 } }, 'init.std must be a number from 0 to 1000000, but is -1'],
    [{ output: 'step' }, 'output must be one of sigmoid, tanh, softmax, linear, but is "step"'],
    [{ layers: Array(258).fill(1) }, 'layers must have at most 257 entries, but has 258'],
    [{ layers: [{}] }, 'layers[0] must be a number, but is an object'],
    [{ iterations: 1.5 }, 'iterations must be a whole number, but is 1.5'],
  ];
  for (const [spec, sentence] of sentences) assert.equal(refusalOf(spec).message, sentence);
  const german = errorSentence(refusalOf({ iterations: -1 }), germanErrors);
  assert.equal(german, 'iterations muss eine ganze Zahl von 0 bis 100000000 sein, ist aber -1');
});

test('keeps the cause of an error made from data', () => {
  const cause = new Error('first');
  const error = dataError(RangeError, { code: 'disposed' }, cause);
  assert.ok(error instanceof RangeError);
  assert.equal(error.cause, cause);
  assert.equal(error.message, english.codes.disposed);
});

test('an error that nobody catches shows its sentence, not the module’s only line', () => {
  const script = `
    import { loadLab } from ${JSON.stringify(new URL('../../src/js/index.js', import.meta.url).href)};
    const lab = await loadLab();
    await lab.run({ init: { name: 'he_norml' } });`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stderr, /RangeError: init\.name must be one of zeros, /);
  assert.doesNotMatch(stderr, /createInitLab/);
});

test('suggests the accepted name that an unknown one resembles, in every language', () => {
  /** @type {[any, string | undefined][]} */
  const cases = [
    [{ init: { name: 'he_norml' } }, 'he_normal'],
    [{ init: { name: 'He_Normal' } }, 'he_normal'],
    [{ dataset: { name: 'moon' } }, 'moons'],
    [{ activations: 'ReLU' }, 'relu'],
    [{ optimizer: { name: 'gd', learnRate: 1 } }, 'learningRate'],
    [{ iteration: 5 }, 'iterations'],
    [{ init: { name: 'best' } }, undefined],
    [{ colour: 1 }, undefined],
  ];
  for (const [spec, meant] of cases) {
    const error = refusalOf(spec);
    const text = JSON.stringify(spec);
    const asked = / \(did you mean (.*)\?\)$/.exec(error.message);
    assert.equal(asked?.[1], meant, text);
    assert.equal(/ \(meinten Sie (.*)\?\)$/.exec(errorSentence(error, germanErrors))?.[1], meant, text);
  }
});
