import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvText, decodeText, readCell, readRows } from '../../src/js/csv.js';
import { readExamplesTable } from '../../src/js/examples-table.js';

/**
 * @param {string} text
 * @param {object} [options]
 */
function read(text, options) {
  const { names, rows, labels, faults } = readExamplesTable(text, options);
  assert.deepEqual(faults, [], JSON.stringify(text));
  return { names, rows, labels };
}

const expected = {
  names: ['x1', 'x2'],
  rows: [
    [1, 2],
    [3.5, 4],
  ],
  labels: [0, 1],
};

test('finds the columns by their names, in any order', () => {
  for (const text of [
    'x1,x2,label\n1,2,0\n3.5,4,1',
    'label,x1,x2\n0,1,2\n1,3.5,4',
    'x2,x1,label\n2,1,0\n4,3.5,1',
    ',x1,x2,class\n0,1,2,0\n1,3.5,4,1',
    'id;x1;x2;y\n7;1;2;0\n9;3,5;4;1',
    '"x1","x2","label"\n"1","2","0"\n"3,5","4","1"',
    'sep=;\r\nx1;x2;label\r\n1;2;0\r\n3,5;4;1\r\n',
    'x1,x2,label,\n1,2,0,\n3.5,4,1,\n',
    '\uFEFFx1\tx2\tlabel\n1\t2\t0\n3.5\t4\t1',
  ])
    assert.deepEqual(read(text), expected, JSON.stringify(text));
  const { names, rows, labels } = read('x,y,kind\n1,2,0\n3,4,1');
  assert.deepEqual(
    [names, rows, labels],
    [
      ['x', 'y'],
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
    ],
  );
});

test('takes the last column as the label without names, and skips a column that counts the rows', () => {
  for (const text of ['1,2,0\n3.5,4,1', '  1   2  0\n3.5 4 1', '0,1,2,0\n1,3.5,4,1'])
    assert.deepEqual(read(text, { features: 2 }), expected, JSON.stringify(text));
  assert.equal(read('0,1,2,0\n1,3.5,4,1').rows[0].length, 3);
});

test('reads NumPy’s output, with comments and all 17 digits', () => {
  const text = '# x1,x2,label\n1.000000000000000000e+00,2.000000000000000000e+00,0.0\n3.5,4,1.000000\n';
  assert.deepEqual(read(text), expected);
  assert.deepEqual(read('0.1234567890123456,-0.30000000000000004,1').rows, [
    [0.1234567890123456, -0.30000000000000004],
  ]);
});

test('accepts the labels -1 and 1, words of truth, and more classes', () => {
  const labelsOf = (/** @type {string[]} */ ...labels) =>
    read(labels.map((label) => `1,2,${label}`).join('\n'), { classes: 3 }).labels;
  assert.deepEqual(labelsOf('-1', '1', '-1'), [0, 1, 0]);
  assert.deepEqual(labelsOf('\u22121', '1'), [0, 1]);
  assert.deepEqual(labelsOf('True', 'false'), [1, 0]);
  assert.deepEqual(labelsOf('2', '0', '1'), [2, 0, 1]);
});

test('names the line of each fault, after quoted line breaks too', () => {
  const { faults } = readExamplesTable('a,b,label\n"1","2",0\n1,"2\n",0\n1,abc,1\n1,2\n1,2,5');
  assert.deepEqual(faults, [
    { kind: 'number', line: 5, found: 'abc' },
    { kind: 'columns', line: 6, found: '2' },
    { kind: 'label', line: 7, found: '5' },
  ]);
});

test('does not read an empty cell as 0', () => {
  assert.ok(Number.isNaN(readCell('')));
  assert.equal(readExamplesTable('1,,0\n1,2,1').faults[0].kind, 'number');
});

test('decodes UTF-16 with a byte order mark', () => {
  const little = Buffer.from('\uFEFF1;2;0\n', 'utf16le');
  assert.equal(decodeText(little), '1;2;0\n');
  assert.equal(decodeText(Buffer.from(little).swap16()), '1;2;0\n');
  assert.equal(decodeText(Buffer.from('\uFEFFé')), 'é');
});

test('writes formulas of a spreadsheet as text, and numbers as numbers', () => {
  assert.equal(
    csvText(
      ['a', 'b'],
      [
        ['=1+1', -0.5],
        ['a, "b"', Infinity],
      ],
    ),
    `a,b\n"'=1+1",-0.5\n"a, ""b""",Infinity\n`,
  );
  assert.deepEqual(
    readRows('a,"b, c"\n').map(({ cells }) => cells),
    [['a', 'b, c']],
  );
});
