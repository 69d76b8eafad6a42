// The package as its users get it: packed, unpacked in an empty folder beside its dependencies, and
// taken into programs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { loadLab } from '../../src/js/index.js';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { root, temporaryFolder } from './support.js';

const run = promisify(execFile);
const folder = temporaryFolder();

const unpacked = join(folder, 'node_modules', 'init-lab');
/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
/** @param {string[]} args */
const node = async (...args) => (await run(process.execPath, args, { cwd: folder })).stdout;

/**
 * A page's program: the same training in a worker of the pool; the page's title tells how it ended.
 */
const pageProgram = `
  import { createPool } from 'init-lab/pool';
  const pool = createPool({ size: 2 });
  const [{ final }] = await pool.run([{ iterations: 50 }, { iterations: 1 }]);
  pool.dispose();
  document.title = JSON.stringify(final);
`;

/**
 * Opens a built page under the policy of a careful host.
 *
 * @param {string} site a folder with an index.html
 * @returns {Promise<string>} the page's title, once it has one
 */
async function titleInChromium(site) {
  const server = createSiteServer(site);
  try {
    return await titleAt(await listen(server, 0));
  } finally {
    server.close();
  }
}

/**
 * @param {string} address
 * @returns {Promise<string>} the title of the page there, once it has one
 */
async function titleAt(address) {
  /** @type {string[]} */
  const problems = [];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(address);
    // Read from outside: the policy forbids what a page-side condition would need.
    let title = '';
    for (let i = 0; i < 1200 && title === '' && problems.length === 0; i += 1) {
      await wait(50);
      title = await page.title();
    }
    assert.deepEqual(problems, []);
    return title;
  } catch (error) {
    throw new Error([String(error), ...problems].join('\n'), { cause: error });
  } finally {
    await browser.close();
  }
}

/** What a user's program does: one training in the lab, the same in a pool. */
const program = `
  import { loadLab } from 'init-lab';
  const lab = await loadLab(globalThis.labOptions);
  const { final } = await lab.run({ iterations: 50 });
  console.log(JSON.stringify(final));
`;
/** The same in a worker of the pool. */
const poolProgram = `
  import { createPool } from 'init-lab/pool';
  const pool = createPool({ size: 2 });
  const [{ final }] = await pool.run([{ iterations: 50 }, { iterations: 1 }]);
  pool.dispose();
  console.log(JSON.stringify(final));
`;
/** What they must print. */
let expected = '';

before(async () => {
  const lab = await loadLab();
  expected = `${JSON.stringify((await lab.run({ iterations: 50 })).final)}\n`;
  // Without scripts, which would build: the tests have built already. Without the network, which
  // nothing here needs.
  const { stdout } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--offline', '--json', '--pack-destination', folder],
    { cwd: root },
  );
  const [{ filename }] = JSON.parse(stdout);
  mkdirSync(join(folder, 'tarball'));
  renameSync(join(folder, filename), join(folder, 'init-lab.tgz'));
  await run('tar', ['-xzf', join(folder, 'init-lab.tgz'), '-C', join(folder, 'tarball')]);
  mkdirSync(dirname(unpacked), { recursive: true });
  cpSync(join(folder, 'tarball', 'package'), unpacked, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  write('package.json', '{"type": "module"}');
  write('program.js', program);
  write('pool.js', poolProgram);
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

test('esbuild bundles it for Node with wasmBinary', async () => {
  const { build } = await import('esbuild');
  const options = {
    absWorkingDir: folder,
    entryPoints: ['program.js'],
    bundle: true,
    format: /** @type {const} */ ('esm'),
    logLevel: /** @type {const} */ ('silent'),
  };
  const banner = {
    js: `import { readFileSync } from 'node:fs';
      globalThis.labOptions = { wasmBinary: readFileSync(${JSON.stringify(join(unpacked, 'dist/module/init_lab.wasm'))}) };`,
  };
  await build({ ...options, platform: 'node', outfile: 'esbuild/node.js', banner });
  assert.equal(await node('esbuild/node.js'), expected);
});

test('esbuild bundles the lab and its pool for a browser with wasmUrl and workerUrl', async () => {
  const { build } = await import('esbuild');
  write(
    'esbuild.js',
    `
    import { loadLab } from 'init-lab';
    import { createPool } from 'init-lab/pool';
    const wasmUrl = './init_lab.wasm';
    const lab = await loadLab({ wasmUrl });
    const alone = await lab.run({ iterations: 50 });
    const pool = createPool({ size: 1, wasmUrl, workerUrl: './pool-worker.js' });
    const [pooled] = await pool.run([{ iterations: 50 }]);
    pool.dispose();
    document.title = JSON.stringify(pooled.final) === JSON.stringify(alone.final) ? JSON.stringify(alone.final) : 'differ';
  `,
  );
  await build({
    absWorkingDir: folder,
    entryPoints: { main: 'esbuild.js', 'pool-worker': 'init-lab/pool-worker' },
    outdir: 'esbuild-web',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  cpSync(join(unpacked, 'dist/module/init_lab.wasm'), join(folder, 'esbuild-web/init_lab.wasm'));
  write(
    'esbuild-web/index.html',
    '<link rel="icon" href="data:,"><script type="module" src="main.js"></script>',
  );
  assert.equal(`${await titleInChromium(join(folder, 'esbuild-web'))}\n`, expected);
});

test('Vite bundles it with its WebAssembly file and its worker', async () => {
  const { build } = await import('vite');
  write('vite/index.html', '<link rel="icon" href="data:,"><script type="module" src="./main.js"></script>');
  write('vite/main.js', pageProgram);
  await build({
    root: join(folder, 'vite'),
    configFile: false,
    logLevel: 'silent',
    base: './',
    worker: { format: 'es' },
    build: { target: 'es2022', modulePreload: { polyfill: false } },
  });
  const assets = readdirSync(join(folder, 'vite/dist/assets'));
  assert.equal(assets.filter((name) => name.endsWith('.wasm')).length, 1, assets.join(' '));
  for (const name of assets.filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(join(folder, 'vite/dist/assets', name), 'utf8');
    assert.doesNotMatch(text, /from\s*["']node:|import\(["']node:/, name);
  }
  assert.equal(`${await titleInChromium(join(folder, 'vite/dist'))}\n`, expected);
});

for (const name of ['vite', 'vite7']) {
  test(`the dev server of ${name} serves it without settings`, async () => {
    const site = join(folder, `${name}-dev`);
    const page = `try { ${pageProgram.replace(/import .*/, '')} } catch (error) { document.title = String(error); }`;
    write(
      `${name}-dev/index.html`,
      '<link rel="icon" href="data:,"><script type="module" src="./main.js"></script>',
    );
    write(`${name}-dev/main.js`, `import { createPool } from 'init-lab/pool';\n${page}`);
    // A copy: the dev server does not serve what lies outside of its folder.
    cpSync(join(folder, 'node_modules'), join(site, 'node_modules'), { recursive: true, dereference: true });
    const { createServer } = await import(name);
    const server = await createServer({
      root: site,
      configFile: false,
      logLevel: 'silent',
      server: { port: 0, host: '127.0.0.1' },
    });
    try {
      await server.listen();
      const { port } = server.httpServer.address();
      assert.equal(`${await titleAt(`http://127.0.0.1:${port}/`)}\n`, expected);
    } finally {
      await server.close();
    }
  });
}

test('webpack bundles it with its WebAssembly file, and the bundle runs', async () => {
  const { default: webpack } = await import('webpack');
  const compiler = webpack({
    context: folder,
    mode: 'production',
    target: 'node20',
    entry: './program.js',
    experiments: { outputModule: true },
    output: {
      path: join(folder, 'webpack'),
      filename: 'main.js',
      module: true,
      chunkFormat: 'module',
      publicPath: 'auto',
    },
  });
  /** @type {import('webpack').Stats | undefined} */
  const stats = await promisify(compiler.run.bind(compiler))();
  assert.equal(stats?.hasErrors(), false, stats?.toString('errors-only'));
  assert.equal(await node('webpack/main.js'), expected);
});

test('webpack bundles its pool for a browser', async () => {
  const { default: webpack } = await import('webpack');
  write('page.js', pageProgram);
  const compiler = webpack({
    context: folder,
    mode: 'production',
    target: 'web',
    entry: './page.js',
    output: { path: join(folder, 'webpack-web') },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  assert.equal(stats?.hasErrors(), false, stats?.toString('errors-only'));
  write('webpack-web/index.html', '<link rel="icon" href="data:,"><script src="main.js"></script>');
  assert.equal(`${await titleInChromium(join(folder, 'webpack-web'))}\n`, expected);
});
