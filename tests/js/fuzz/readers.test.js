// Property tests of everything that reads text or bytes from outside: links, JSON, tables, options
// of the command line, weights. Each gives a result or names what it cannot read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { readAxis, shardOf, withField } from '../../../src/js/cli/grid.js';
import { readShard } from '../../../src/js/cli/shard.js';
import { csvText } from '../../../src/js/csv.js';
import { readExperiments } from '../../../src/js/experiments.js';
import { networkOf, readTensors, writeNpz, writeSafetensors } from '../../../src/js/exports/weights.js';
import { loadLab } from '../../../src/js/index.js';
import { readCsv } from '../../../web/state/points-table.js';
import { linkOfJson } from '../../../web/state/given.js';
import { TABLE, readLink, writeLink } from '../../../web/state/table.js';
import { resultOf } from './documented.js';
import { settings } from './settings.js';
import { anything, damagedSpec, plausibleSpec } from './specs.js';

const lab = await loadLab();
const { numRuns } = settings;
/** For properties whose cases are large. */
const fewer = { ...settings, numRuns: Math.ceil(numRuns / 4) };

/** Text with the signs that links and options give a meaning to. */
const signs = fc.string({
  unit: fc.constantFrom(...'0123456789abexn_=&;,:.[]{}()%"\'<>+-#?/~!* \n\r\t\u2028é\0'),
  maxLength: 40,
});
const text = fc.oneof(signs, fc.string({ unit: 'binary', maxLength: 60 }));

/** A link: keys of the table and others, each with a value that was written, cut or random. */
const link = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...Object.values(TABLE).map(({ key }) => key)), text),
      fc.oneof(text, fc.constantFrom('he_normal;zeros', '10,5', '1e309', '-0', 'NaN', '%', '%E0%A4%A')),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.map(([key, value]) => `${key}=${value}`).join('&'));

test('reads any link, names what it left out, and writes a link that says the same', () => {
  fc.assert(
    fc.property(link, (given) => {
      const { state, unread } = readLink(given);
      for (const { key, text: value, error } of unread) {
        assert.equal(typeof key, 'string');
        assert.equal(typeof value, 'string');
        assert.equal(typeof error?.code, 'string', given);
      }
      const again = readLink(writeLink(state));
      assert.deepEqual(again.unread, [], writeLink(state));
      assert.equal(writeLink(again.state), writeLink(state));
    }),
    settings,
  );
});

test('turns any JSON into a link or says why not', () => {
  const json = fc.oneof(
    fc.json(),
    text,
    damagedSpec(lab.catalogue).map((spec) => {
      try {
        return JSON.stringify(spec) ?? '';
      } catch {
        return '{';
      }
    }),
  );
  fc.assert(
    fc.property(json, (given) => {
      const { link: made, unread } = linkOfJson(given);
      assert.deepEqual(readLink(made).unread, [], given);
      for (const { error } of unread) assert.equal(typeof error?.code, 'string', given);
    }),
    settings,
  );
});

test('reads any content of a file as experiments or names the place of its fault', () => {
  fc.assert(
    fc.property(anything, (content) => {
      resultOf(() => readExperiments(content, 'file'));
      resultOf(() => readExperiments({ shared: content, runs: [{ init: content }, content] }, 'file'));
    }),
    settings,
  );
});

test('reads any table as finite points or names the lines of its faults', () => {
  const cell = fc.oneof(text, fc.double().map(String), fc.constantFrom('1', '0', 'x1', '1,5', '"'));
  const table = fc
    .tuple(
      fc.constantFrom(',', ';', '\t', ' '),
      fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 12 }),
    )
    .map(([delimiter, rows]) => rows.map((cells) => cells.join(delimiter)).join('\n'));
  fc.assert(
    fc.property(table, (given) => {
      const { points, faults, classes, real } = readCsv(given);
      for (const { x1, x2, label } of points) {
        assert.ok(Number.isFinite(x1) && Number.isFinite(x2) && Number.isFinite(label), given);
        assert.ok(real || faults.length > 0 || classes[label] !== undefined, given);
      }
      for (const { kind, line } of faults) assert.ok(kind && Number.isInteger(line), given);
      assert.ok(points.length >= 2 || faults.length > 0, given);
    }),
    settings,
  );
});

test('writes tables that a spreadsheet reads without a formula', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
      const { data } = Papa.parse(csvText(cells, [cells]), { delimiter: ',', newline: '\n' });
      for (const cell of /** @type {string[][]} */ (data).flat()) assert.doesNotMatch(cell, /^\s*[=+\-@]/);
    }),
    settings,
  );
});

test('reads any grid and shard of the command line or names its fault', () => {
  const path = fc.oneof(
    text,
    fc.constantFrom('init.std', 'layers', 'layers[0]', 'dataset.noise', '__proto__.x', 'init.layers[1].name'),
  );
  fc.assert(
    fc.property(path, text, fc.oneof(plausibleSpec(lab.catalogue), anything), (name, values, spec) => {
      const axis = resultOf(() => readAxis(`${name}=${values}`));
      for (const value of axis?.values.slice(0, 3) ?? [])
        if (axis && typeof spec === 'object' && spec !== null && !Array.isArray(spec)) {
          const plain = resultOf(() => structuredCloneOf(spec));
          if (plain) resultOf(() => withField(plain, axis.path, value));
        }
      resultOf(() => shardOf([1, 2, 3], readShard(values, {}) ?? '1/1'));
      assert.equal(/** @type {any} */ ({}).x, undefined, 'no prototype was changed');
    }),
    settings,
  );
});

/**
 * @param {any} spec
 * @returns {any} undefined where it is not plain data
 */
function structuredCloneOf(spec) {
  try {
    return structuredClone(spec);
  } catch {
    return undefined;
  }
}

test('reads any bytes as weights or says what is wrong with them', () => {
  const tensors = {
    'a.weight': { shape: [1, 2], data: Float64Array.of(1, 2) },
    'a.bias': { shape: [1], data: Float64Array.of(3) },
  };
  const files = [writeSafetensors(tensors), writeNpz(tensors)];
  const damaged = fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.nat(600),
    )
    .map(([file, changes, end]) => {
      const bytes = file.slice(0, end < 300 ? end : undefined);
      for (const [place, value] of changes) if (bytes.length > 0) bytes[place % bytes.length] = value;
      return bytes;
    });
  const entry = fc.record(
    {
      dtype: fc.oneof(fc.constantFrom('F32', 'F64', 'BF16'), text),
      shape: fc.oneof(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 3 }), fc.jsonValue()),
      data_offsets: fc.oneof(fc.array(fc.integer({ min: -4, max: 40 }), { maxLength: 3 }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const headed = fc.dictionary(text, fc.oneof(entry, fc.jsonValue()), { maxKeys: 3 }).map((header) => {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + json.length + 24);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(damaged, headed, fc.uint8Array({ maxLength: 80 })), (bytes) => {
      resultOf(() => networkOf(readTensors(bytes)));
    }),
    fewer,
  );
});
