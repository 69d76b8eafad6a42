import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { npmPackagesAreCurrent, plan, requirements } from '../../../scripts/setup.mjs';
import { StepError } from '../../../scripts/steps.mjs';

/** A machine on which nothing is installed and nothing may be. */
const bare = {
  node: '20.19.0',
  has: () => false,
  exists: () => false,
  python: () => false,
  installer: () => undefined,
};

const complete = { ...bare, has: () => true, exists: () => true, python: () => true };

test('a machine that has everything is asked for nothing', () => {
  assert.equal(plan(['build', 'test', 'lint'], complete), undefined);
});

test('root on Debian gets the packages that are missing, and no others', () => {
  const machine = { ...complete, has: (program) => program !== 'em++', installer: () => [] };
  assert.deepEqual(plan(['build'], machine), { packages: ['emscripten'], asRoot: [] });
});

test('a user with passwordless sudo installs through it', () => {
  assert.deepEqual(plan(['build'], { ...bare, installer: () => ['sudo'] })?.asRoot, ['sudo']);
});

test('starting the page asks for neither a browser nor Python', () => {
  const packages = plan(['build'], { ...bare, installer: () => [] })?.packages ?? [];
  assert.deepEqual(packages, ['emscripten', 'cmake', 'ninja-build', 'libeigen3-dev']);
});

test('where nothing may be installed, the error names each missing thing, where to get it, and the one command for Debian', () => {
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

test('WebKit needs a screen on Linux, and on macOS nothing but what is there', () => {
  const only = (...programs) => ({ ...complete, has: (program) => programs.includes(program) });
  const lacking = (machine) => plan(['test'], { ...machine, installer: () => [] })?.packages ?? [];
  assert.ok(lacking(only('WebKitWebDriver')).includes('xvfb'));
  assert.ok(!lacking(only('safaridriver')).includes('xvfb'));
});

test('a library that CMake downloads by itself stops nobody', () => {
  const machine = { ...complete, exists: () => false };
  assert.equal(plan(['build', 'test', 'lint'], machine), undefined);
});

test('an old Node is named before anything is installed', () => {
  assert.throws(
    () => plan(['build'], { ...bare, node: '18.20.4', installer: () => [] }),
    /Node 20\.19.*18\.20\.4/,
  );
});

test('npm packages are current only when every version of the lock file is installed', (t) => {
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
