// The package as its users get it: its contents, its types, and its programs in Node, Bun and Deno.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { folder, node, run, unpack, unpacked, write } from './packed.js';
import { root } from './support.js';

/** What a program must print. */
let expected = '';
before(async () => {
  expected = await unpack();
});

test('contains the module, the types, the presets and the schema, and no C++ sources', () => {
  const files = readdirSync(unpacked, { recursive: true }).map(String);
  for (const file of [
    'LICENSE',
    'dist/module/init_lab.wasm',
    'dist/module/init_lab.mjs',
    'dist/types/index.d.ts',
    'src/js/index.js',
    'src/js/experiments/four-starts.json',
    'dist/experiment.schema.json',
  ]) {
    assert.ok(files.includes(file), file);
  }
  assert.deepEqual(
    files.filter((file) => /\.[ch]pp$|^tests|^scripts|^build|tsconfig/.test(file)),
    [],
  );
});

test('contains every file that its manifest names', () => {
  const { exports, bin, types } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  for (const target of [...targets, bin['init-lab'], types]) {
    if (!target.includes('*')) readFileSync(join(unpacked, target));
  }
});

test('is imported by Node', async () => {
  assert.equal(await node('program.js'), expected);
});

test('prints what the first example of the README says', async () => {
  const example = /```js\n(import \{ loadLab \}.*?)```/s.exec(
    readFileSync(join(root, 'README.md'), 'utf8'),
  )?.[1];
  assert.ok(example, 'README.md has no example');
  write('example.mjs', example);
  const said = /\/\/ (.*)/.exec(example)?.[1].split(/,? /) ?? [];
  const printed = (await node('example.mjs')).trim().split(/\s+/);
  assert.equal(printed.length, said.length);
  for (const [i, word] of said.entries())
    if (word.endsWith('…')) assert.ok(printed[i].startsWith(word.slice(0, -1)), `${printed[i]}, not ${word}`);
    else assert.equal(printed[i], word);
});

test('is required by a CommonJS program in Node', async () => {
  const text = `require('init-lab').loadLab().then((lab) => lab.run({ iterations: 50 }))
    .then(({ final }) => console.log(JSON.stringify(final)));`;
  write('program.cjs', text);
  assert.equal(await node('program.cjs'), expected);
});

test('passes publint', async () => {
  const { stdout } = await run(process.execPath, [
    join(root, 'node_modules/publint/src/cli.js'),
    '--strict',
    unpacked,
  ]);
  assert.match(stdout, /All good!/);
});

test('resolves its types in every way that TypeScript has', async () => {
  // A CommonJS program imports it dynamically, or requires it (Node 20.19): it is an ES module
  // alone.
  const args = ['--ignore-rules', 'cjs-resolves-to-esm', '--format', 'ascii'];
  const attw = join(root, 'node_modules', '.bin', 'attw');
  const { stdout } = await run(attw, [join(folder, 'init-lab.tgz'), ...args]).catch(({ stdout: text }) =>
    assert.fail(text),
  );
  assert.match(stdout, /No problems found/);
});

test('runs its pool in Node', async () => {
  assert.equal(await node('pool.js'), expected);
});

/** @type {[name: string, command: string, args: string[]][]} */
const engines = [
  ['Bun', 'bun', []],
  ['Deno', 'deno', ['run', '--allow-all', '--node-modules-dir=manual']],
];
for (const [name, command, args] of engines) {
  test(`${name} runs it and its pool, with the bits of Node`, async () => {
    for (const file of ['program.js', 'pool.js']) {
      const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1' };
      const engine = join(root, 'node_modules', '.bin', command);
      const { stdout } = await run(engine, [...args, file], { cwd: folder, env });
      assert.equal(stdout, expected, file);
    }
  });
}

test('runs its command line', async () => {
  assert.match(await node(join(unpacked, 'src', 'js', 'cli.js'), 'presets'), /^four-starts /m);
  assert.match(
    await node(join(unpacked, 'src', 'js', 'cli.js'), 'run', 'zeros', '--set', 'iterations=2'),
    /^zeros +2 /m,
  );
});

test('type-checks in a strict TypeScript program', async () => {
  const types = readFileSync(join(root, 'src/js/types.ts'), 'utf8');
  const names = [...types.matchAll(/^export (?:interface|type) (?:\{ )?(\w+)/gm)].map(([, name]) => name);
  assert.ok(names.length > 20);
  write(
    'program.ts',
    `
    import { loadLab, type Spec, type Result } from 'init-lab';
    import type { LoadOptions, ${names.map((name) => `${name} as ${name}_`).join(', ')} } from 'init-lab';
    import { createPool } from 'init-lab/pool';
    import type {} from 'init-lab/pool-worker';
    import { readPictures } from 'init-lab/pictures';
    const options: LoadOptions = {};
    const lab = await loadLab(options);
    const spec: Spec = { init: { name: 'normal', std: 0.1 }, layers: [4] };
    const result: Result = await lab.run(spec);
    const cost: number = result.final.cost;
    const [other] = await createPool({ size: 2 }).run([spec], { onProgress: ({ done }) => done.toFixed() });
    console.log(cost, other.parameters.length, readPictures.length);
    const session = lab.createSession({ dataset: { name: 'points', train: { x: [new Float32Array(2)], y: new Uint8Array(1) } } });
    session.predictPoints([new Float64Array(2), [0, 1]]);
    session.setParameters(session.parameters());
    {
      using automatic = lab.createSession({});
      using pool = createPool();
      console.log(automatic.iteration, pool.size);
    }
    // @ts-expect-error only lists and typed arrays are read
    session.setParameters({ length: 1, 0: 0 });
    // @ts-expect-error only lists and typed arrays are read
    session.predictPoints({ features: 1, x: '12' });
    // @ts-expect-error layers are numbers
    lab.validate({ layers: ['4'] });
    // @ts-expect-error there is no such field
    lab.validate({ epochs: 3 });
    // @ts-expect-error a result has no such figure
    result.final.loss;
  `,
  );
  // A page's program, and one for Node, whose types know of no page.
  symlinkSync(join(root, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
  for (const surroundings of [
    { lib: ['es2023', 'dom'], types: [] },
    { lib: ['es2022'], types: ['node'] },
  ]) {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      ...surroundings,
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['program.ts'] }));
    await run(join(root, 'node_modules', '.bin', 'tsc'), ['--project', '.'], { cwd: folder }).catch(
      ({ stdout }) => assert.fail(stdout),
    );
  }
});
