import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { npmPackagesAreCurrent, plan, requirements } from '../../../scripts/setup.mjs';
import { root, StepError } from '../../../scripts/steps.mjs';

/** A machine on which nothing is installed and the user may install nothing. */
const bare = {
  node: '20.19.0',
  has: () => false,
  exists: () => false,
  python: () => false,
  version: () => undefined,
  installer: () => undefined,
};

const complete = { ...bare, has: () => true, exists: () => true, python: () => true };

test('plans nothing on a machine that has everything', () => {
  assert.equal(plan(['build', 'test', 'lint'], complete), undefined);
});

test('plans only the missing packages for root on Debian', () => {
  const machine = { ...complete, has: (program) => program !== 'em++', installer: () => [] };
  assert.deepEqual(plan(['build'], machine), { packages: ['emscripten'], asRoot: [] });
});

test('installs through sudo for a user with passwordless sudo', () => {
  assert.deepEqual(plan(['build'], { ...bare, installer: () => ['sudo'] })?.asRoot, ['sudo']);
});

test('plans neither a browser nor Python for starting the page', () => {
  const packages = plan(['build'], { ...bare, installer: () => [] })?.packages ?? [];
  assert.deepEqual(packages, ['emscripten', 'cmake', 'ninja-build', 'libeigen3-dev']);
});

test('names each missing thing, its source and one Debian command if the user may install nothing', () => {
  assert.throws(
    () => plan(['build', 'test', 'lint'], bare),
    (error) => {
      assert.ok(error instanceof StepError);
      for (const requirement of requirements.filter((each) => !each.fetched)) {
        assert.ok(error.message.includes(requirement.name), requirement.name);
        assert.ok(error.message.includes(requirement.elsewhere), requirement.elsewhere);
      }
      assert.match(error.message, /emsdk install latest/);
      assert.match(error.message, /apt-get install -y emscripten cmake .*libeigen3-dev/);
      return true;
    },
  );
});

test('plans Xvfb for WebKit on Linux and nothing on macOS', () => {
  const only = (...programs) => ({ ...complete, has: (program) => programs.includes(program) });
  const lacking = (machine) => plan(['test'], { ...machine, installer: () => [] })?.packages ?? [];
  assert.ok(lacking(only('WebKitWebDriver')).includes('xvfb'));
  assert.ok(!lacking(only('safaridriver')).includes('xvfb'));
});

test('ignores a missing library that CMake downloads', () => {
  const machine = { ...complete, exists: () => false };
  assert.equal(plan(['build', 'test', 'lint'], machine), undefined);
});

test('rejects an old Node before anything is installed', () => {
  assert.throws(
    () => plan(['build'], { ...bare, node: '18.20.4', installer: () => [] }),
    /Node 20\.19.*18\.20\.4/,
  );
});

test('finds npm packages current only if every version of the lock file is installed', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'init-lab-setup-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const lock = (packages) => JSON.stringify({ packages });
  const want = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };
  writeFileSync(join(folder, 'package-lock.json'), lock(want));
  assert.equal(npmPackagesAreCurrent(folder), false, 'nothing installed');

  mkdirSync(join(folder, 'node_modules'));
  const installed = join(folder, 'node_modules', '.package-lock.json');
  writeFileSync(installed, lock({ 'node_modules/a': { version: '0.9.0' } }));
  assert.equal(npmPackagesAreCurrent(folder), false, 'an older version installed');

  writeFileSync(installed, lock({ 'node_modules/a': { version: '1.0.0' } }));
  assert.equal(npmPackagesAreCurrent(folder), true, 'all but another system’s optional package installed');
});

test('accepts em++ from 3.1.6 on and rejects older versions by name', () => {
  const withVersion = (version) => ({ ...complete, version: () => version });
  for (const version of ['3.1.6', '3.1.69', '4.0.1'])
    assert.equal(plan(['build'], withVersion(version)), undefined, version);
  assert.throws(() => plan(['build'], withVersion('3.1.5')), /3\.1\.6 or newer is needed; em\+\+ .* 3\.1\.5/);
});

test('refuses an old em++ that is first on the PATH, by its version', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'init-lab-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const setUp = (/** @type {string} */ version) => {
    const text = `#!/bin/sh\necho "emcc (Emscripten gcc/clang-like replacement) ${version} ()"\n`;
    for (const name of ['em++', 'emcmake']) writeFileSync(join(folder, name), text, { mode: 0o755 });
    return spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs'), 'build'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, INIT_LAB_NO_INSTALL: '1' },
    });
  };
  const old = setUp('3.1.5');
  assert.equal(old.status, 1);
  assert.match(old.stderr, /Emscripten 3\.1\.6 or newer is needed; em\+\+ on the PATH is 3\.1\.5/);
  assert.equal(setUp('3.1.74').status, 0);
});

test('every first command of a fresh clone reaches the set-up: it imports no npm package before', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'init-lab-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  for (const [name, ...args] of [['start'], ['test'], ['lint'], ['build'], ['run', 'x.js'], ['setup']]) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'scripts', `${name}.mjs`), ...args],
      { encoding: 'utf8', env: { PATH: folder } },
    );
    assert.match(`${stdout}${stderr}`, /Init Lab needs the following/, name);
  }
});
