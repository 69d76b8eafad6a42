// The package in esbuild, Vite and webpack, and what they bundle in Node and in Chromium.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { folder, node, pageProgram, titleAt, titleInChromium, unpack, unpacked, write } from './packed.js';

/** What a program must print. */
let expected = '';
before(async () => {
  expected = await unpack();
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

/** A page's program that writes weights as both kinds of file and reads them again. */
const weightsProgram = `
  import { networkOf, readTensors, writeNpz, writeSafetensors } from 'init-lab/weights';
  const tensors = {
    'layers.0.weight': { shape: [2, 3], data: Float64Array.of(0.1, -2, 3e300, 5e-324, 4, 1 / 3) },
    'layers.0.bias': { shape: [2], data: Float64Array.of(7, -0.5) },
    'layers.1.weight': { shape: [1, 2], data: Float64Array.of(8, 9) },
    'layers.1.bias': { shape: [1], data: Float64Array.of(0) },
  };
  const read = [writeSafetensors, writeNpz].map((write) => networkOf(readTensors(write(tensors))));
  document.title = JSON.stringify(read.map(({ layers, parameters }) => [...layers, ...parameters]));
`;
const weightsRead = [2, 0.1, -2, 3e300, 5e-324, 4, 1 / 3, 7, -0.5, 8, 9, 0];

/**
 * Bundles weights.js for a page into a folder.
 *
 * @type {Record<string, (folder: string) => unknown>}
 */
const pageBundlers = {
  esbuild: async (outdir) =>
    (await import('esbuild')).build({
      absWorkingDir: folder,
      entryPoints: { main: 'weights.js' },
      outdir,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    }),
  vite: async (outDir) =>
    (await import('vite')).build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { outDir, lib: { entry: 'weights.js', formats: ['es'], fileName: () => 'main.js' } },
    }),
  webpack: async (path) => {
    const { default: webpack } = await import('webpack');
    const compiler = webpack({
      context: folder,
      mode: 'production',
      target: 'web',
      entry: './weights.js',
      output: { path },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    assert.equal(stats?.hasErrors(), false, stats?.toString('errors-only'));
  },
};

for (const [name, bundle] of Object.entries(pageBundlers))
  test(`writes and reads .safetensors and .npz files in a page bundled by ${name}`, async () => {
    const site = join(folder, `weights-${name}`);
    write('weights.js', weightsProgram);
    await bundle(site);
    const html = '<link rel="icon" href="data:,"><script type="module" src="main.js"></script>';
    write(`weights-${name}/index.html`, html);
    assert.deepEqual(JSON.parse(await titleInChromium(site)), [weightsRead, weightsRead]);
  });
