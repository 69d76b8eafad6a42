/**
 * One build for the whole static site: every .html file of this folder is a page, all of it lands in dist/site.
 * Addresses are relative, so that the site works under any path of any host.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { apiReference } from '../scripts/api-reference.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const pages = readdirSync(web).filter((name) => name.endsWith('.html'));

/** The policy of scripts/site-server.mjs in the pages themselves, for hosts that send no headers (GitHub Pages). */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @type {import('vite').Plugin} */
const reference = {
  name: 'api-reference',
  transformIndexHtml: (page) => page.replace('<!-- the reference -->', () => apiReference()),
};

/** @type {import('vite').Plugin} the policy goes into built pages only: the development server writes inline scripts */
const strictPages = {
  name: 'strict-pages',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig({
  plugins: [strictPages, reference],
  root: web,
  base: './',
  publicDir: 'public',
  worker: { format: 'es' },
  build: {
    outDir: join(web, '..', 'dist', 'site'),
    emptyOutDir: true,
    target: 'es2022',
    // A file inlined as a data: address would be refused by a page whose connect-src is 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: pages.map((name) => join(web, name)),
    },
  },
  // The module and the packages' folder lie beside web/, not in it.
  server: { fs: { allow: [join(web, '..')] } },
});
