// Pasted tables: which tables are read, and how faults are named.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyCsv } from '../../src/js/exports/history-table.js';
import { beginningOf, readCsv, sampleOf, toOwnPoints, sampled } from '../../web/state/points-table.js';

test('reads columns between commas, semicolons, tabs and spaces, below a heading', () => {
  for (const separator of [',', ', ', ';', '\t', ' ']) {
    const text = [
      ['x1', 'x2', 'label'],
      ['1', '-2.5', '0'],
      ['3e-1', '4', '1'],
    ]
      .map((row) => row.join(separator))
      .join('\r\n');
    const { points, faults, heading } = readCsv(text);
    assert.deepEqual(faults, [], JSON.stringify(separator));
    assert.equal(heading, true);
    assert.deepEqual(points, [
      { x1: 1, x2: -2.5, label: 0 },
      { x1: 0.3, x2: 4, label: 1 },
    ]);
  }
});

test('names the line of each fault and the text found there', () => {
  const { faults } = readCsv('1,2,0\n1,2\n1,abc,1\n\n1,2,7\n# a comment\nInfinity,2,1\n3,4,1');
  assert.deepEqual(faults, [
    { kind: 'columns', line: 2, found: '2' },
    { kind: 'number', line: 3, found: 'abc' },
    { kind: 'number', line: 7, found: 'Infinity' },
  ]);
});

test('finds the columns by their names, in any order, beside an index', () => {
  const expected = [
    { x1: 1.5, x2: -2, label: 0 },
    { x1: 3, x2: 4, label: 1 },
  ];
  for (const text of [
    'label,x1,x2\n0,1.5,-2\n1,3,4',
    'x2,x1,label\n-2,1.5,0\n4,3,1',
    '"X2","X1","Class"\n-2,1.5,0\n4,3,1',
    '0,1,label\n1.5,-2,0\n3,4,1',
    ',0,1,label\n0,1.5,-2,0\n1,3,4,1',
    'id;x2;extra;y;x1\n7;-2;9;0;1,5\n8;4;9;1;3',
    '0,1.5,-2,0\n1,3,4,1',
    'sep=;\nx1;x2;label\n1,5;-2;0\n3;4;1',
    '"1,5","-2","0"\n"3","4","1"',
    '# x1 x2 label\n1.500000e+00 -2.000000e+00 0.000000\n3 4 1.000000',
    '\uFEFFx1,x2,label,\r\n1.5,-2,0,\r\n3,4,1,\r\n',
  ]) {
    const { points, faults } = readCsv(text);
    assert.deepEqual(faults, [], text);
    assert.deepEqual(points, expected, text);
  }
});

test('takes any two labels, the smaller or alphabetically first one as class 0', () => {
  const labels = (/** @type {string[]} */ cells) => {
    const { points, faults, classes } = readCsv(cells.map((cell, i) => `${i},0.5,${cell}`).join('\n'));
    assert.deepEqual(faults, []);
    return [points.map(({ label }) => label), classes];
  };
  assert.deepEqual(labels(['1', '-1', '1']), [
    [1, 0, 1],
    ['-1', '1'],
  ]);
  assert.deepEqual(labels(['True', 'false']), [
    [1, 0],
    ['false', 'true'],
  ]);
  assert.deepEqual(labels(['setosa', 'virginica', 'setosa']), [
    [0, 1, 0],
    ['setosa', 'virginica'],
  ]);
  assert.deepEqual(labels(['2', '10', '2.0']), [
    [0, 1, 0],
    ['2', '10'],
  ]);
  assert.deepEqual(labels(['1', '1.000000']), [
    [1, 1],
    ['0', '1'],
  ]);
});

test('takes up to ten classes, or real targets, and a test part', () => {
  const table = (/** @type {string[]} */ rows) => readCsv(['x1,x2,label,split', ...rows].join('\n'));
  const three = table(['1,2,b,train', '3,4,a,train', '5,6,c,train', '7,8,a,test']);
  assert.deepEqual(three.faults, []);
  assert.deepEqual(three.classes, ['a', 'b', 'c']);
  assert.deepEqual(
    three.points.map(({ label }) => label),
    [1, 0, 2],
  );
  assert.deepEqual(three.test, [{ x1: 7, x2: 8, label: 0 }]);
  const real = table(['1,2,0.5,train', '3,4,-7,train', '5,6,2,train']);
  assert.deepEqual([real.faults, real.real], [[], true]);
  assert.deepEqual(
    real.points.map(({ label }) => label),
    [0.5, -7, 2],
  );
  const many = Array.from({ length: 11 }, (_, i) => `${i},1,${i},train`);
  assert.equal(table(many).real, true);
  const names = many.map((row, i) => row.replace(/,\d+,train/, `,${'abcdefghijk'[i]},train`));
  assert.deepEqual(
    table(names).faults.map(({ kind }) => kind),
    ['classes'],
  );
  assert.deepEqual(table(['1,2,a,maybe', '1,2,b,train', '1,3,b,train']).faults, [
    { kind: 'part', line: 2, found: 'maybe' },
  ]);
  const large = sampled(
    table(Array.from({ length: 4000 }, (_, i) => `${i},1,${i % 2},${i % 4 === 3 ? 'test' : 'train'}`)),
  );
  assert.deepEqual([large.points.length, large.test.length], [1500, 500]);
});

test('reports the columns it found if three cannot be identified', () => {
  assert.deepEqual(readCsv('a,b,c,d\n1,2,3,4\n5,6,7,8').faults, [
    { kind: 'header', line: 2, found: 'a, b, c, d' },
  ]);
  assert.deepEqual(readCsv('5,2\n1,2').faults, [{ kind: 'columns', line: 1, found: '2' }]);
});

test('reads files in UTF-16, as spreadsheets save them', async () => {
  const text = '\uFEFFx1\tx2\tlabel\r\n1,5\t2\tno\r\n3\t4\tyes\r\n';
  const { points, faults } = readCsv(await beginningOf(new File([Buffer.from(text, 'utf16le')], 'a.txt')));
  assert.deepEqual(faults, []);
  assert.deepEqual(points, [
    { x1: 1.5, x2: 2, label: 0 },
    { x1: 3, x2: 4, label: 1 },
  ]);
});

test('keeps all 17 digits of a number', () => {
  const [point] = readCsv('0.10000000000000001,1.7976931348623157e-5,0\n1,1,1').points;
  assert.deepEqual(point, { x1: 0.1, x2: 1.7976931348623157e-5, label: 0 });
});

test('rejects one point and 2,001 points, and samples evenly from a table that is too large', () => {
  assert.deepEqual(readCsv('1,2,0').faults, [{ kind: 'few', line: 0, found: '1' }]);
  const many = Array.from({ length: 2001 }, (_, i) => `${i},0,1`).join('\n');
  assert.deepEqual(readCsv(many).faults, [{ kind: 'many', line: 0, found: '2001' }]);
  const sorted = Array.from({ length: 5000 }, (_, i) => `${i},0.5,${Number(i >= 4000)}`).join('\n');
  const sample = sampleOf(readCsv(sorted).points);
  assert.equal(sample.length, 2000);
  assert.equal(sample.filter(({ label }) => label === 1).length, 400);
});

test('moves points by less than 1/4095 of their range to fit into a link', () => {
  const points = [
    { x1: -3.21, x2: 17, label: /** @type {const} */ (0) },
    { x1: 0.001, x2: 4, label: /** @type {const} */ (1) },
  ];
  const own = toOwnPoints(points);
  const step = (own.high - own.low) / 4095;
  own.points.forEach(({ x1, x2 }, i) => {
    assert.ok(Math.abs(x1 - points[i].x1) <= step / 2 + 1e-9);
    assert.ok(Math.abs(x2 - points[i].x2) <= step / 2 + 1e-9);
  });
});

test('reads decimal commas between semicolons or tabs', () => {
  const expected = [
    { x1: 0.5, x2: -1.25, label: 1 },
    { x1: 2, x2: 3e-2, label: 0 },
  ];
  for (const text of ['0,5;-1,25;1\n2;3,0e-2;0', '0,5\t-1,25\t1\n2\t0,03\t0']) {
    const { points, faults } = readCsv(text);
    assert.deepEqual(faults, []);
    assert.deepEqual(points, expected);
  }
  assert.equal(readCsv('1,2,3;4;0\n1;1;1').faults[0].kind, 'number');
});

test('reads the separator from a first line "sep=", and decimal commas within quotes', () => {
  const expected = [
    { x1: 0.5, x2: 1.25, label: 0 },
    { x1: 2, x2: 3.5, label: 1 },
  ];
  for (const text of [
    'sep=;\r\nx1;x2;label\r\n0,5;1,25;0\r\n2;3,5;1',
    'sep=,\nx1,x2,label\n"0,5","1,25",0\n2,"3,5",1',
    'x1,x2,label\n"0,5","1,25",0\n"2,0","3,5",1',
  ]) {
    const { points, faults } = readCsv(text);
    assert.deepEqual(faults, [], text);
    assert.deepEqual(points, expected, text);
  }
});

test('keeps a range around equal points, points in a narrow range and large numbers', () => {
  for (const rows of ['5,5,1\n5,5,0', '123456.1,123456.2,0\n123456.3,123456.4,1', '1e11,-1e11,1\n0,0,0']) {
    const { low, high, points } = toOwnPoints(readCsv(rows).points);
    assert.ok(low < high, rows);
    for (const { x1, x2 } of points) for (const x of [x1, x2]) assert.ok(x >= low && x <= high, rows);
  }
  assert.deepEqual(readCsv('1e308,-1e308,1\n0,0,0').faults, [{ kind: 'number', line: 1, found: '1e308' }]);
});

test('writes a history as one row per iteration, for any name of a run', () => {
  const history = [{ iteration: 0, cost: Infinity, trainAccuracy: 0.5, testAccuracy: NaN }];
  const names = ['He', 'a, "b"', 'two\rlines', '=HYPERLINK("https://example.org")', '@x', '-1'];
  const rows = historyCsv(names.map((name) => ({ name, history }))).split('\n');
  assert.deepEqual(rows, [
    'experiment,iteration,cost,trainAccuracy,testAccuracy',
    'He,0,Infinity,0.5,',
    '"a, ""b""",0,Infinity,0.5,',
    '"two\rlines",0,Infinity,0.5,',
    `"'=HYPERLINK(""https://example.org"")",0,Infinity,0.5,`,
    `"'@x",0,Infinity,0.5,`,
    `"'-1",0,Infinity,0.5,`,
    '',
  ]);
});
