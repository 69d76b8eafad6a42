// Pasted tables: what is read, and how faults are named.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyCsv } from '../../src/js/exports/history-table.js';
import { readCsv, toOwnPoints } from '../../web/state/csv.js';

test('commas, semicolons, tabs and spaces part the columns, and a heading is let pass', () => {
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

test('each fault names its line and what was found there', () => {
  const { faults } = readCsv('1,2,0\n1,2\n1,abc,1\n\n1,2,7\n# a comment\nInfinity,2,1');
  assert.deepEqual(faults, [
    { kind: 'columns', line: 2, found: '2' },
    { kind: 'number', line: 3, found: 'abc' },
    { kind: 'label', line: 5, found: '7' },
    { kind: 'number', line: 7, found: 'Infinity' },
  ]);
});

test('one point is too few and 2,001 are too many', () => {
  assert.deepEqual(readCsv('1,2,0').faults, [{ kind: 'few', line: 0, found: '1' }]);
  const many = Array.from({ length: 2001 }, (_, i) => `${i},0,1`).join('\n');
  assert.deepEqual(readCsv(many).faults, [{ kind: 'many', line: 0, found: '2001' }]);
});

test('points are moved by less than 1/4095 of their range to fit into a link', () => {
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

test('where semicolons or tabs part the columns, a comma is a decimal one', () => {
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

test('points of one place, of a narrow range and of large numbers keep a range that holds them', () => {
  for (const rows of ['5,5,1\n5,5,0', '123456.1,123456.2,0\n123456.3,123456.4,1', '1e11,-1e11,1\n0,0,0']) {
    const { low, high, points } = toOwnPoints(readCsv(rows).points);
    assert.ok(low < high, rows);
    for (const { x1, x2 } of points) for (const x of [x1, x2]) assert.ok(x >= low && x <= high, rows);
  }
  assert.deepEqual(readCsv('1e308,-1e308,1\n0,0,0').faults, [{ kind: 'number', line: 1, found: '1e308' }]);
});

test('a saved history is one row an iteration, whatever a run is called', () => {
  const history = [{ iteration: 0, cost: Infinity, trainAccuracy: 0.5, testAccuracy: NaN }];
  const names = ['He', 'a, "b"', 'two\rlines', '=HYPERLINK("https://example.org")', '@x', '-1'];
  const rows = historyCsv(names.map((name) => ({ name, history }))).split('\n');
  assert.deepEqual(rows, [
    'run,iteration,cost,train_accuracy,test_accuracy',
    'He,0,Infinity,0.5,',
    '"a, ""b""",0,Infinity,0.5,',
    '"two\rlines",0,Infinity,0.5,',
    `"'=HYPERLINK(""https://example.org"")",0,Infinity,0.5,`,
    `"'@x",0,Infinity,0.5,`,
    `"'-1",0,Infinity,0.5,`,
    '',
  ]);
});
