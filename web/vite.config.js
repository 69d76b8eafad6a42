/**
 * One build for the whole static site: every .html file of this folder is a page, all of it lands
 * in dist/site. Addresses are relative, so that the site works under any path of any host.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defineConfig } from 'vite';
import { apiReference } from '../scripts/api-reference.mjs';
import { contentPolicy, pagePolicy } from '../scripts/content-policy.mjs';
import { withHead } from '../scripts/page-head.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const pages = readdirSync(web).filter((name) => name.endsWith('.html'));

/** @type {import('vite').Plugin} before Vite looks for the files that a page names */
const sharedHead = {
  name: 'shared-head',
  transformIndexHtml: { order: 'pre', handler: withHead },
};

/** @type {import('vite').Plugin} */
const reference = {
  name: 'api-reference',
  transformIndexHtml: (page) =>
    page
      .replace('<!-- the reference -->', () => apiReference())
      .replace('<!-- the policy -->', () => contentPolicy().replaceAll('; ', ';\n')),
};

/**
 * Writes the English texts into the story pages: `<p data-text="lead" …></p>`, from the table that
 * `<html data-texts="why">` names. Another language replaces them in the browser (texts/page.js).
 * @type {import('vite').Plugin}
 */
const englishTexts = {
  name: 'english-texts',
  async transformIndexHtml(page) {
    const [, part] = /<html[^>]* data-texts="(\w+)"/.exec(page) ?? [];
    if (part === undefined) return page;
    const { default: table } = await import(pathToFileURL(join(web, 'texts', 'en', `${part}.js`)).href);
    return page.replace(/(<(\w+)[^>]* data-text="([^"]+)"[^>]*>)\s*(?=<\/\2>)/g, (_, tag, __, key) => {
      if (!Object.hasOwn(table, key)) throw new Error(`texts/en/${part}.js lacks "${key}"`);
      return tag + table[key];
    });
  },
};

/**
 * @type {import('vite').Plugin} the policy goes into built pages only: the development server
 *   writes inline scripts
 */
const strictPages = {
  name: 'strict-pages',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy() },
      injectTo: 'head-prepend',
    },
  ],
};

/**
 * Chunks that many pages share, by the folders of their files. Many small chunks compress worse and
 * take more requests.
 * @type {[name: string, test: RegExp][]}
 */
const CHUNKS = [
  ['lit', /\/node_modules\/(lit|lit-html|lit-element|@lit)\//],
  // Without the texts of single pages, which lie in folders of texts/.
  [
    'state',
    /\/web\/((state|race)\/(?!points-table|given|side-by-side)|texts\/(en|index|language|format|words)\.js)/,
  ],
];

/**
 * @type {import('vite').Plugin} the components' style sheets are text to the minifier, which leaves
 *   their layout in them
 */
const denseSheets = {
  name: 'dense-sheets',
  apply: 'build',
  transform: {
    filter: { id: /\/web\/(components|panels|templates|story|maps|teach)\/[\w-]+\.js$/ },
    handler: (code) =>
      code.replace(/\bcss`[^`]*`/g, (sheet) => sheet.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ')),
  },
};

/**
 * The module that lab.js imports after it has started the worker. The page preloads its files
 * nevertheless.
 */
const preloadedModule = /\/components\/lab-app\.js$/;

/** @type {import('vite').Plugin} */
const preloaded = {
  name: 'preloaded',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(page, { bundle = {}, chunk: entry, path }) {
      /** @type {Set<string>} */
      const files = new Set();
      const add = (/** @type {string} */ file) => {
        const chunk = bundle[file];
        if (files.has(file) || chunk?.type !== 'chunk') return;
        files.add(file);
        chunk.imports.forEach(add);
      };
      entry?.imports.forEach(add);
      if (path.endsWith('/index.html'))
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk' && preloadedModule.test(chunk.facadeModuleId ?? '')) add(chunk.fileName);
      return [...files]
        .filter((file) => !page.includes(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head',
        }));
    },
  },
};

export default defineConfig({
  plugins: [sharedHead, englishTexts, strictPages, reference, denseSheets, preloaded],
  root: web,
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: join(web, '..', 'dist', 'site'),
    emptyOutDir: true,
    target: 'es2022',
    // A file inlined as a data: address would be refused by a page whose connect-src is 'self'.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: pages.map((name) => join(web, name)),
      output: { codeSplitting: { groups: CHUNKS.map(([name, test]) => ({ name, test })) } },
    },
  },
  // The module and the packages' folder lie beside web/, not in it.
  server: { fs: { allow: [join(web, '..')] } },
});
