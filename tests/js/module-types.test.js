import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'vite';
import { loadModule } from '../../src/js/load.js';
import { root } from './support.js';

const file = 'src/bindings/init_lab.d.mts';

/** What Emscripten puts beside the names that the project binds. */
const emscripten = new Set(
  (
    'wasmBinary printErr ready preloadedImages preloadedAudios run asm calledRun stackSave stackRestore stackAlloc instantiateWasm InternalError BindingError ' +
    'UnboundTypeError getInheritedInstanceCount getLiveInheritedInstances flushPendingDeletes setDelayFunction ' +
    'count_emval_handles get_first_emval constructor isAliasOf clone deleteLater'
  ).split(' '),
);
const isOurs = (/** @type {string} */ name) => !emscripten.has(name) && !/^(_|HEAP|dynCall_)/.test(name);

/**
 * Names that an interface of the hand-written types declares.
 *
 * @param {string} name
 * @returns {Map<string, 'method' | 'property'>}
 */
function declared(name) {
  const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  for (const node of program.body) {
    const declaration = /** @type {any} */ (node).declaration;
    if (declaration?.type !== 'TSInterfaceDeclaration' || declaration.id.name !== name) continue;
    return new Map(
      declaration.body.body.map((/** @type {any} */ member) => [
        member.key.name,
        member.type === 'TSMethodSignature' ? 'method' : 'property',
      ]),
    );
  }
  throw new Error(`${file} declares no ${name}`);
}

/**
 * @param {object} object
 * @returns {string[]} the names of its properties, inherited ones included
 */
function namesOf(object) {
  /** @type {string[]} */
  const names = [];
  for (let each = object; each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    names.push(...Object.getOwnPropertyNames(each));
  }
  return [...new Set(names)].filter((name) => name !== '$$' && isOurs(name)).sort();
}

test('declares exactly the names that the module has at run time', async () => {
  const module = await loadModule();
  const types = declared('InitLabModule');
  assert.deepEqual(Object.keys(module).filter(isOurs).sort(), [...types.keys()].sort());
  for (const [name, kind] of types) {
    if (kind === 'method') assert.equal(typeof (/** @type {any} */ (module)[name]), 'function', name);
  }
});

test('declares exactly the names that a session has at run time', async () => {
  const module = await loadModule();
  const session = /** @type {any} */ (module.createSession({}));
  const types = declared('ModuleSession');
  assert.deepEqual(namesOf(session), [...types.keys()].sort());
  for (const [name, kind] of types)
    assert.equal(typeof session[name] === 'function', kind === 'method', name);
  session.delete();
});

test('declares the fields of metrics', async () => {
  const module = await loadModule();
  const session = /** @type {any} */ (module.createSession({}));
  assert.deepEqual(Object.keys(session.metrics()), [...declared('Metrics').keys()]);
  session.delete();
});
