/**
 * The three files of the site that hold everything they need, module and worker included: init-lab.js (the element, for
 * pages of any host), init-lab-widget.js (for notebooks) and standalone.html (the lab, from disk by double-click). And
 * beside them the examples and the schema of an experiment.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './steps.mjs';

const web = join(root, 'web');
const site = join(root, 'dist', 'site');

/** @type {import('vite').Plugin} a worker from an address becomes one from the file itself */
const workerInside = {
  name: 'worker-inside',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/start-worker.js') ? join(web, 'race', 'start-worker-inline.js') : null),
};

/**
 * @param {string} entry a script of web/
 * @returns {Promise<{ code: string, css: string }>} everything that it imports, in one
 */
async function bundle(entry) {
  const made = await build({
    configFile: false,
    root: web,
    base: './',
    logLevel: 'warn',
    plugins: [workerInside],
    publicDir: false,
    // From disk a module worker does not start.
    worker: { format: 'iife' },
    define: { 'import.meta.env.VITE_HOME': JSON.stringify('./index.html') },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: () => true,
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: {
        input: join(web, entry),
        output: { format: 'es', codeSplitting: false },
        preserveEntrySignatures: 'exports-only',
      },
    },
  });
  const { output } = /** @type {any} */ (Array.isArray(made) ? made[0] : made);
  const chunks = output.filter((/** @type {any} */ part) => part.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`${entry} became ${chunks.length} files; expected one`);
  const sheets = output.filter((/** @type {any} */ part) => part.fileName.endsWith('.css'));
  return { code: chunks[0].code, css: sheets.map((/** @type {any} */ { source }) => source).join('\n') };
}

/** @param {string} text @returns {string} as a source of a Content-Security-Policy */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The lab's page with its scripts and styles in it, allowed by their hashes and nothing else. */
async function standalone() {
  const { code, css } = await bundle('standalone.js');
  // Neither may end its element early.
  const script = code.replaceAll('</script', '<\\/script');
  const icon = readFileSync(join(web, 'images', 'icon.svg')).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval' blob:`,
    `style-src ${hashOf(css)}`,
    'img-src data: blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // Functions, as "$" means something in a replacement text.
  const page = readFileSync(join(web, 'index.html'), 'utf8')
    .replace(
      '<meta charset="utf-8" />',
      (all) => `${all}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('./images/icon.svg', () => `data:image/svg+xml;base64,${icon}`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`)
    .replace(/<script[^>]*><\/script>/, () => `<script type="module">${script}</script>`)
    .replace('<site-header current="lab">', '<site-header current="lab" alone>');
  writeFileSync(join(site, 'standalone.html'), page);
}

/** Writes the three files into the built site. */
async function oneFiles() {
  for (const name of ['init-lab.js', 'init-lab-widget.js'])
    writeFileSync(join(site, name), (await bundle(name)).code);
  await standalone();
}

/** The examples of embedding as their authors wrote them, and what of reveal.js the slides need. */
function examples() {
  const target = join(site, 'examples');
  cpSync(join(web, 'examples'), target, { recursive: true });
  mkdirSync(join(target, 'reveal'), { recursive: true });
  for (const file of ['reveal.css', 'reveal.mjs'])
    cpSync(join(root, 'node_modules', 'reveal.js', 'dist', file), join(target, 'reveal', file));
}

// A program of its own: Vite is not there yet when the set-up begins.
await oneFiles();
examples();
cpSync(join(root, 'dist', 'experiment.schema.json'), join(site, 'experiment.schema.json'));
