// The package in the bundlers, frameworks and runtimes that are too large for `npm test`: each test
// installs them from the registry in a temporary folder, builds a project and runs what came out.
// What each needs is the table of src/js/README.md.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { expected, pageHtml, pageProgram, program, project, run, serve, titleOf } from './support.js';

let figures = '';
before(async () => {
  figures = await expected();
});

/**
 * @param {string} site a built folder
 * @returns {Promise<string>} the title of its first page
 */
async function titleIn(site) {
  const { address, close } = await serve(site);
  try {
    return await titleOf(address);
  } finally {
    close();
  }
}

test('Rollup bundles it for a page with the plugin for new URL(…, import.meta.url)', async () => {
  const place = await project(
    'rollup',
    { rollup: '^4', '@rollup/plugin-node-resolve': '^16', '@web/rollup-plugin-import-meta-assets': '^2' },
    {
      'main.js': program.replace(
        'console.log(JSON.stringify(final))',
        'document.title = JSON.stringify(final)',
      ),
      'rollup.config.js': `
        import resolve from '@rollup/plugin-node-resolve';
        import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets';
        export default {
          input: 'main.js',
          output: { dir: 'dist', format: 'es' },
          plugins: [resolve({ browser: true }), importMetaAssets({ include: '**/package-files.js' })],
        };`,
      'dist/index.html': pageHtml('<script type="module" src="main.js"></script>'),
    },
  );
  await run(place, 'npx', 'rollup', '--config');
  assert.equal(await titleIn(join(place, 'dist')), figures);
});

test('Parcel bundles it and its pool', async () => {
  const place = await project(
    'parcel',
    { parcel: '^2' },
    {
      'package.json': JSON.stringify({ '@parcel/resolver-default': { packageExports: true } }),
      'index.html': pageHtml('<script type="module" src="main.js"></script>'),
      'main.js': pageProgram,
    },
  );
  await run(place, 'npx', 'parcel', 'build', 'index.html', '--no-cache', '--public-url', './');
  assert.equal(await titleIn(join(place, 'dist')), figures);
});

test('Next.js builds a client component with the pool, and a server component', async () => {
  const place = await project(
    'next',
    { next: '^16', react: '^19', 'react-dom': '^19' },
    {
      'next.config.js': `export default { serverExternalPackages: ['init-lab'] };`,
      'app/layout.js': `export default ({ children }) => <html><body>{children}</body></html>;`,
      'app/page.js': `'use client';
        import { useEffect } from 'react';
        import { createPool } from 'init-lab/pool';
        export default function Page() {
          useEffect(() => {
            createPool({ size: 2 }).run([{ iterations: 50 }, { iterations: 1 }])
              .then(([{ final }]) => (document.title = JSON.stringify(final)));
          }, []);
          return <p>training</p>;
        }`,
      'app/server/page.js': `import { loadLab } from 'init-lab';
        export const dynamic = 'force-dynamic';
        export default async function Page() {
          const { final } = await (await loadLab()).run({ iterations: 50 });
          return <pre>{JSON.stringify(final)}</pre>;
        }`,
    },
  );
  await run(place, 'npx', 'next', 'build');
  const server = spawn(join(place, 'node_modules', '.bin', 'next'), ['start', '--port', '0'], {
    cwd: place,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  try {
    const address = await new Promise((resolve, reject) => {
      let text = '';
      server.on('exit', () => reject(new Error(text)));
      for (const stream of [server.stdout, server.stderr])
        stream.on('data', (chunk) => {
          text += chunk;
          const found = /http:\/\/localhost:\d+/.exec(text);
          if (found) resolve(found[0]);
        });
    });
    assert.equal(await titleOf(address), figures);
    const page = await (await fetch(`${address}/server`)).text();
    assert.ok(page.replaceAll('&quot;', '"').includes(figures), page);
  } finally {
    server.kill();
  }
});

test('SvelteKit builds a page with the pool', async () => {
  const place = await project(
    'svelte',
    {
      '@sveltejs/kit': '^2',
      '@sveltejs/adapter-static': '^3',
      '@sveltejs/vite-plugin-svelte': '^6',
      svelte: '^5',
      vite: '^7',
    },
    {
      'svelte.config.js': `import adapter from '@sveltejs/adapter-static';
        export default { kit: { adapter: adapter() } };`,
      'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';
        export default { plugins: [sveltekit()], worker: { format: 'es' } };`,
      'src/app.html': pageHtml('%sveltekit.head%<div>%sveltekit.body%</div>'),
      'src/routes/+layout.js': 'export const prerender = true;',
      'src/routes/+page.svelte': `<script>
        import { onMount } from 'svelte';
        import { createPool } from 'init-lab/pool';
        onMount(async () => {
          const [{ final }] = await createPool({ size: 2 }).run([{ iterations: 50 }, { iterations: 1 }]);
          document.title = JSON.stringify(final);
        });
      </script>
      <p>training</p>`,
    },
  );
  await run(place, 'npx', 'vite', 'build');
  assert.equal(await titleIn(join(place, 'build')), figures);
});

/** A test of a user. @param {string} runner */
const userTest = (runner) => `
${runner}
test('trains', async () => {
  const { loadLab } = await import('init-lab');
  const { createPool } = await import('init-lab/pool');
  const lab = await loadLab();
  const { final } = await lab.run({ iterations: 50 });
  const pool = createPool({ size: 1 });
  const [pooled] = await pool.run([{ iterations: 50 }]);
  pool.dispose();
  expect(JSON.stringify(final)).toBe(process.env.FIGURES);
  expect(JSON.stringify(pooled.final)).toBe(process.env.FIGURES);
}, 120_000);
`;

test('Vitest runs tests that use it', async () => {
  const place = await project(
    'vitest',
    { vitest: '^5' },
    { 'lab.test.js': userTest("import { expect, test } from 'vitest';") },
  );
  await run(place, 'env', `FIGURES=${figures}`, 'npx', 'vitest', 'run');
});

test('Jest runs tests that use it with --experimental-vm-modules', async () => {
  const place = await project(
    'jest',
    { jest: '^30' },
    { 'lab.test.js': userTest(''), 'package.json': JSON.stringify({ jest: { transform: {} } }) },
  );
  await run(place, 'env', `FIGURES=${figures}`, 'NODE_OPTIONS=--experimental-vm-modules', 'npx', 'jest');
});

test('a Cloudflare Worker trains with loadLab({ wasmModule })', async () => {
  const place = await project(
    'workers',
    { miniflare: '^4', esbuild: '*' },
    {
      'worker.js': `import { loadLab } from 'init-lab';
        import wasmModule from 'init-lab/module/init_lab.wasm';
        export default {
          async fetch() {
            const lab = await loadLab({ wasmModule });
            return new Response(JSON.stringify((await lab.run({ iterations: 50 })).final));
          },
        };`,
      // What wrangler does: the file of a .wasm import is a module of its own beside the program.
      'build.js': `import { build } from 'esbuild';
        await build({ entryPoints: ['worker.js'], bundle: true, format: 'esm', outdir: 'dist',
          loader: { '.wasm': 'copy' }, assetNames: '[name]', conditions: ['workerd', 'worker', 'browser'] });`,
      'run.js': `import { Miniflare } from 'miniflare';
        const miniflare = new Miniflare({
          modules: true,
          modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
          modulesRoot: 'dist',
          scriptPath: 'dist/worker.js',
          compatibilityDate: '2025-01-01',
        });
        console.log(await (await miniflare.dispatchFetch('http://localhost/')).text());
        await miniflare.dispose();`,
    },
  );
  await run(place, process.execPath, 'build.js');
  assert.equal((await run(place, process.execPath, 'run.js')).trim(), figures);
  assert.ok(readFileSync(join(place, 'dist', 'init_lab.wasm')).length > 0);
});
