import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findIncludeFaults } from '../../../scripts/include-rules.mjs';

const HEADERS = {
  'src/core/init_lab/network/layer.hpp': [
    '#pragma once',
    '#include <vector>',
    'namespace init_lab {',
    'struct Layer {',
    '  std::vector<double> weights;',
    '};',
    '/// int commented(int);',
    'struct Promised;',
    'inline constexpr int kMost = 8;',
    'double length(const Layer& layer);',
    '}  // namespace init_lab',
  ],
  'src/core/init_lab/numerics/elementary.hpp': [
    '#pragma once',
    'namespace init_lab::elementary {',
    'double exp(double x);',
    '}  // namespace init_lab::elementary',
  ],
};

/** The findings for a source beside the headers above, without the source's name. */
const findings = (/** @type {string[]} */ lines, name = 'src/core/init_lab/training/x.cpp') => {
  const files = { ...HEADERS, [name]: lines };
  return findIncludeFaults(Object.keys(files), (file) => files[file].join('\n')).map((finding) =>
    finding.replace(`${name}: `, ''),
  );
};

test('accepts a source that includes exactly what it uses', () => {
  const source = [
    '#include <cmath>',
    '#include "init_lab/network/layer.hpp"',
    'double x = std::sqrt(length(Layer{}) + kMost);',
  ];
  assert.deepEqual(findings(source), []);
});

test('demands the header of a standard name, also in a header, and of a name it does not know', () => {
  assert.deepEqual(findings(['std::string a;']), ['include <string> for std::string']);
  assert.deepEqual(findings(['std::string a;'], 'src/core/init_lab/data/y.hpp'), [
    'include <string> for std::string',
  ]);
  assert.match(findings(['std::nonsense a;'])[0], /STANDARD lacks.*std::nonsense/);
});

test("demands the project's header of a type, a constant and a function", () => {
  for (const line of ['void f(Layer layer);', 'int a = kMost;', 'double f() { return length(a); }'])
    assert.match(findings([line])[0], /^include "init_lab\/network\/layer.hpp" for \w+$/, line);
  assert.match(findings(['double a = elementary::exp(1);'])[0], /elementary.hpp/);
});

test('is not misled by members, words in comments and literals, or what the file itself declares', () => {
  for (const line of [
    'auto a = b.length(c);',
    'auto a = other::length(c);',
    '// Layer, std::vector',
    'auto a = "kMost std::string";',
    "auto a = '\"'; /* std::string */",
    'struct Layer {};',
    'double length(int x); double a = length(3);',
    'double a = exp(1);',
    'void f(Promised* a); int b = commented(1);',
  ])
    assert.deepEqual(findings([line]), [], line);
});

test('rejects includes of which nothing is used', () => {
  assert.deepEqual(findings(['#include <vector>', '#include "init_lab/network/layer.hpp"']), [
    'uses nothing of vector, so do not include it',
    'uses nothing of init_lab/network/layer.hpp, so do not include it',
  ]);
  // A source may use a type that it does not name.
  assert.deepEqual(findings(['#include "init_lab/network/layer.hpp"', 'auto a = f().weights;']), []);
});

test('lets a source rely on the includes of its own header, which it need not use by name', () => {
  const source = ['#include "init_lab/network/layer.hpp"', 'double f(std::vector<double> a);'];
  assert.deepEqual(findings(source, 'src/core/init_lab/network/layer.cpp'), []);
});
