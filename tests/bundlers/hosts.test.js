// The examples for hosts of course notes, built by the hosts' own programs: each test installs its
// program from the registry, builds a site of the example and looks whether the lab in it trains.

import { execFileSync, spawnSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { project, root, run, serve, untilPage, untilTrains } from './support.js';

const site = join(root, 'dist', 'site');

/**
 * An example as its author copies it, with the lab on the same host.
 *
 * @param {string} path in web/examples
 */
const example = (path) =>
  readFileSync(join(root, 'web', 'examples', path), 'utf8').replaceAll('https://your.host/', '/');

/**
 * @param {string} built a host's site
 * @param {string} page its page
 */
async function trainsIn(built, page) {
  cpSync(site, join(built, 'init-lab'), { recursive: true });
  const { address, close } = await serve(built);
  try {
    assert.ok(await untilTrains(address + page));
  } finally {
    close();
  }
}

test('Docusaurus', async () => {
  const place = await project(
    'docusaurus',
    { '@docusaurus/core': '^3', '@docusaurus/preset-classic': '^3', react: '^19', 'react-dom': '^19' },
    {
      // Neither "module" nor "commonjs": webpack reads what Docusaurus generates as both.
      'package.json': JSON.stringify({ type: null }),
      'docusaurus.config.js': `export default {
        title: 'Notes', url: 'https://notes.example', baseUrl: '/',
        presets: [['classic', { docs: { routeBasePath: '/' }, blog: false, theme: {} }]],
      };`,
      'docs/index.md': '# Notes\n',
      'docs/notes.mdx': example('docusaurus/notes.mdx'),
    },
  );
  await run(place, 'npx', 'docusaurus', 'build');
  await trainsIn(join(place, 'build'), 'notes');
});

test('Astro with Starlight', async () => {
  const place = await project(
    'starlight',
    { astro: '^5', '@astrojs/starlight': '^0.36' },
    {
      'astro.config.mjs': `import { defineConfig } from 'astro/config';
        import starlight from '@astrojs/starlight';
        export default defineConfig({ integrations: [starlight({ title: 'Notes' })] });`,
      'src/content.config.ts': `import { defineCollection } from 'astro:content';
        import { docsLoader } from '@astrojs/starlight/loaders';
        import { docsSchema } from '@astrojs/starlight/schema';
        export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };`,
      'src/content/docs/notes.md': example('starlight/notes.md'),
    },
  );
  await run(place, 'npx', 'astro', 'build');
  await trainsIn(join(place, 'dist'), 'notes');
});

test('VitePress', async () => {
  const place = await project(
    'vitepress',
    { vitepress: '^1' },
    {
      '.vitepress/config.js': example('vitepress/config.js'),
      'notes.md': example('vitepress/notes.md'),
    },
  );
  await run(place, 'npx', 'vitepress', 'build');
  await trainsIn(join(place, '.vitepress', 'dist'), 'notes');
});

test('Observable Framework', async () => {
  const place = await project(
    'framework',
    { '@observablehq/framework': '^1' },
    { 'src/index.md': example('observable/notes.md') },
  );
  await run(place, 'npx', 'observable', 'build');
  await trainsIn(join(place, 'dist'), '');
});

/** A reason to skip a test without a program, or false. @param {string} name */
const withoutProgram = (name) =>
  spawnSync(name, ['--help']).status === 0 ? false : `${name} is not on the PATH`;

test('Hugo', { skip: withoutProgram('hugo') }, async () => {
  const place = await project(
    'hugo',
    {},
    {
      'hugo.toml': 'baseURL = "/"\n',
      'layouts/shortcodes/init-lab.html': example('hugo/init-lab.html'),
      'layouts/_default/single.html': '<!doctype html><html><body>{{ .Content }}</body></html>',
      'content/notes.md': example('hugo/notes.md'),
    },
  );
  execFileSync('hugo', ['--quiet'], { cwd: place, stdio: 'ignore' });
  await trainsIn(join(place, 'public'), 'notes');
});

test('pandoc, and so Quarto, with self-contained files', { skip: withoutProgram('pandoc') }, async () => {
  const lab = await serve(site);
  const place = await project(
    'pandoc',
    {},
    {
      // The line as the README and the lab write it, with the lab on another host than the notes.
      'notes.md':
        readFileSync(join(root, 'README.md'), 'utf8')
          .match(/<iframe .*<\/iframe>/)?.[0]
          .replace('https://your.host/init-lab/', lab.address) ?? '',
    },
  );
  // The option's name of pandoc 2, which pandoc 3 still takes.
  await run(place, 'pandoc', '--standalone', '--self-contained', 'notes.md', '--output', 'notes.html');
  const notes = await serve(place);
  try {
    assert.ok(await untilTrains(`${notes.address}notes.html`));
  } finally {
    notes.close();
    lab.close();
  }
});

test('MyST’s own renderer for anywidget shows the lab, and removes it without an error', async () => {
  const place = await project(
    'myst',
    { '@myst-theme/anywidget': '^1', react: '^18', 'react-dom': '^18', esbuild: '*' },
    {
      'main.jsx': `import { createElement } from 'react';
        import { createRoot } from 'react-dom/client';
        import { ANY_RENDERERS } from '@myst-theme/anywidget';
        window.faults = [];
        for (const name of ['error', 'unhandledrejection'])
          addEventListener(name, (event) => window.faults.push(String(event.message ?? event.reason)));
        console.error = (...args) => window.faults.push(args.join(' '));
        const root = createRoot(document.getElementById('notes'));
        const esm = new URL('./init-lab-widget.js', location.href).href;
        const node = { type: 'anywidget', esm, model: { preset: 'zeros' } };
        root.render(createElement(ANY_RENDERERS.anywidget, { node }));
        window.leave = () => root.unmount();`,
    },
  );
  await run(place, 'npx', 'esbuild', 'main.jsx', '--bundle', '--format=esm', '--outfile=dist/main.js');
  mkdirSync(join(place, 'dist'), { recursive: true });
  cpSync(join(site, 'init-lab-widget.js'), join(place, 'dist', 'init-lab-widget.js'));
  writeFileSync(
    join(place, 'dist', 'index.html'),
    '<!doctype html><div id="notes"></div><script type="module" src="main.js"></script>',
  );
  const { address, close } = await serve(join(place, 'dist'));
  try {
    const position = `document.querySelector('.myst-anywidget')?.shadowRoot?.querySelector('init-lab')?.model?.race.frame?.position ?? 0`;
    const faults = await untilPage(address, async (page) => {
      // Past the first report of the iteration, which MyST's model refuses.
      if (!(Number(await page.evaluate(position)) > 1000)) return undefined;
      await page.evaluate('leave()');
      await page.waitForFunction(`document.querySelector('init-lab') === null`);
      return await page.evaluate('faults');
    });
    assert.deepEqual(faults, []);
  } finally {
    close();
  }
});
