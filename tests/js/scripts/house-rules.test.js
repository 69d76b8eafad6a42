import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findIncludesBack, findLayoutFaults, findUnbuiltSources } from '../../../scripts/house-rules.mjs';

const core = (/** @type {string} */ folder) => `src/core/init_lab/${folder}/x.cpp`;

test('accepts an include of an earlier folder and rejects one of a later folder', () => {
  assert.deepEqual(findIncludesBack(core('training'), '#include "init_lab/network/network.hpp"'), []);
  const [finding] = findIncludesBack(core('network'), '\n#include "init_lab/training/kernel.hpp"');
  assert.match(finding, /x\.cpp:2: network may not include training/);
});

test('rejects Emscripten and unknown folders in the core', () => {
  assert.equal(findIncludesBack(core('base'), '#include <emscripten/val.h>').length, 1);
  assert.match(findIncludesBack(core('attic'), '')[0], /attic has no place/);
});

test('rejects comments over 100 columns, also after code, but not code or addresses', () => {
  const words = 'word '.repeat(20);
  assert.equal(findLayoutFaults('a.js', `// ${words}`).length, 1);
  assert.equal(findLayoutFaults('a.hpp', `int a;  ///< ${words}`).length, 1);
  assert.deepEqual(findLayoutFaults('a.js', `const a = '${words}';`), []);
  assert.deepEqual(findLayoutFaults('a.js', `// https://${'a'.repeat(100)}`), []);
});

test('rejects two tags in one line', () => {
  assert.equal(findLayoutFaults('a.js', '/** @param {number} a @returns {number} */').length, 1);
  assert.deepEqual(findLayoutFaults('a.js', ' * @param {number} a how many'), []);
});

test('rejects a file over 450 lines unless its top gives the reason', () => {
  const long = 'x\n'.repeat(451);
  assert.match(findLayoutFaults('a.js', long)[0], /451 lines/);
  assert.deepEqual(findLayoutFaults('a.js', `// Longer than most files because it is a table.\n${long}`), []);
});

test('rejects a C++ source that no CMakeLists.txt lists', () => {
  const files = ['src/core/CMakeLists.txt', 'src/core/init_lab/base/a.cpp', 'src/core/init_lab/b.cpp'];
  const findings = findUnbuiltSources(files, () => 'add_library(core\n  init_lab/base/a.cpp)');
  assert.deepEqual(findings, ['src/core/init_lab/b.cpp: no CMakeLists.txt lists it, so nothing compiles it']);
});
