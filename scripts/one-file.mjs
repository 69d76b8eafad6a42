/**
 * Builds the files of the site that contain everything they need, module and worker included:
 * init-lab.js (the element, for pages of any host), init-lab-widget.js (for notebooks) and
 * standalone.html (the lab, opened from disk). Copies the examples and the schema of an experiment
 * beside them, and completes the list of licenses.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { pagePolicy } from './content-policy.mjs';
import { withHead } from './page-head.mjs';
import { root } from './steps.mjs';

const web = join(root, 'web');
const site = join(root, 'dist', 'site');

/** The module that holds the worker's script as text. */
const WORKER_CODE = 'virtual:worker-code';

/**
 * @type {import('vite').Plugin} The worker starts from the file itself instead of from an address.
 */
const workerInside = {
  name: 'worker-inside',
  enforce: 'pre',
  resolveId(id) {
    if (id === WORKER_CODE) return `\0${WORKER_CODE}`;
    return id.endsWith('/start-worker.js') ? join(web, 'race', 'start-worker-inline.js') : null;
  },
  async load(id) {
    if (id !== `\0${WORKER_CODE}`) return null;
    // From disk a module worker does not start.
    const { code } = await bundle(join('race', 'worker.js'), 'iife');
    return `export default ${JSON.stringify(code)}`;
  },
};

/** @type {import('vite').Plugin} A classic script finds its address in the page. */
const classicAddress = {
  name: 'classic-address',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('/own-address.js') ? join(web, 'browser', 'own-address-classic.js') : null),
};

/** @type {import('vite').Plugin} The element comes from a script of its own, beside this one. */
const elementBeside = {
  name: 'element-beside',
  enforce: 'pre',
  resolveId: (id) => (id === './init-lab.js' ? '\0element-beside' : null),
  load: (id) => (id === '\0element-beside' ? 'export {};' : null),
};

/**
 * The packages inside the bundles, the worker's among them, by name and version.
 *
 * @type {Map<string, { name: string, version: string, identifier?: string, text?: string }>}
 */
const packages = new Map();

/**
 * Bundles a script with everything that it imports, and notes the packages that it contains.
 *
 * @param {string} entry a script of web/
 * @param {'es' | 'iife'} [format] a module, or a classic script
 * @param {import('vite').Plugin[]} [plugins]
 * @returns {Promise<{ code: string, css: string }>}
 */
async function bundle(entry, format = 'es', plugins = []) {
  const made = await build({
    configFile: false,
    root: web,
    base: './',
    logLevel: 'warn',
    plugins: [workerInside, ...plugins],
    publicDir: false,
    define: {
      'import.meta.env.VITE_HOME': JSON.stringify('./index.html'),
      // A classic script has no address of its own; what lies beside it is inside it, as a data:
      // address.
      ...(format === 'iife' ? { 'import.meta.url': JSON.stringify('file:///') } : {}),
    },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: () => true,
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      license: { fileName: 'licenses.json' },
      rollupOptions: {
        input: join(web, entry),
        output: { format, codeSplitting: false },
        preserveEntrySignatures: 'exports-only',
      },
    },
  });
  const { output } = /** @type {any} */ (Array.isArray(made) ? made[0] : made);
  const chunks = output.filter((/** @type {any} */ part) => part.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`${entry} became ${chunks.length} files; expected one`);
  const list = output.find((/** @type {any} */ part) => part.fileName === 'licenses.json');
  for (const each of JSON.parse(list.source)) packages.set(`${each.name} - ${each.version}`, each);
  const sheets = output.filter((/** @type {any} */ part) => part.fileName.endsWith('.css'));
  return { code: chunks[0].code, css: sheets.map((/** @type {any} */ { source }) => source).join('\n') };
}

/**
 * Returns a text's hash as a source of a Content-Security-Policy.
 *
 * @param {string} text
 */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Writes the lab's page with its scripts and styles inside, which the policy allows by their hashes
 * only.
 */
async function standalone() {
  const { code, css } = await bundle('standalone.js');
  // The script must not end its element early.
  const script = code.replaceAll('</script', '<\\/script');
  const icon = readFileSync(join(web, 'images', 'icon.svg')).toString('base64');
  const policy = pagePolicy({
    'script-src': [hashOf(script), "'wasm-unsafe-eval'", 'blob:'],
    'style-src': [hashOf(css)],
    'img-src': ['data:', 'blob:'],
    'worker-src': ['blob:'],
    'connect-src': [],
    'frame-src': [],
  });
  // Replacements are functions because "$" has a meaning in a replacement text.
  const page = withHead(readFileSync(join(web, 'index.html'), 'utf8'))
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

/**
 * Makes embed.html load classic scripts, without `crossorigin`: a frame with
 * sandbox="allow-scripts" has no origin, and a host without CORS headers sends such a frame neither
 * modules nor style sheets that ask for them.
 */
async function embedPage() {
  const { code } = await bundle('embed.js', 'iife', [elementBeside]);
  writeFileSync(join(site, 'embed-page.js'), code);
  const file = join(site, 'embed.html');
  const page = readFileSync(file, 'utf8')
    .replace(/\s*<script type="module"[^>]*><\/script>/g, '')
    .replace(/\s*<link rel="modulepreload"[^>]*>/g, '')
    .replaceAll(' crossorigin', '')
    .replace(
      '</head>',
      '  <script defer src="./init-lab.js"></script>\n    <script defer src="./embed-page.js"></script>\n  </head>',
    );
  writeFileSync(file, page);
}

/** Writes the self-contained files into the built site. */
async function oneFiles() {
  const { code } = await bundle('init-lab.js', 'iife', [classicAddress]);
  writeFileSync(join(site, 'init-lab.js'), code);
  writeFileSync(join(site, 'init-lab-widget.js'), (await bundle('init-lab-widget.js')).code);
  await embedPage();
  await standalone();
}

/**
 * Copies the examples of embedding as their authors wrote them, and the files of reveal.js that the
 * slides need.
 */
function examples() {
  const target = join(site, 'examples');
  cpSync(join(web, 'examples'), target, { recursive: true });
  mkdirSync(join(target, 'reveal'), { recursive: true });
  // Servers know the type of .js files, but not always that of .mjs files.
  for (const [from, to] of [
    ['reveal.css', 'reveal.css'],
    ['reveal.mjs', 'reveal.js'],
  ])
    cpSync(join(root, 'node_modules', 'reveal.js', 'dist', from), join(target, 'reveal', to));
}

/** What the site holds of others besides npm packages. */
const OTHERS = [
  ['Eigen 3.4 (MPL-2.0)', 'In the WebAssembly module. Source: https://eigen.tuxfamily.org'],
  [
    'Emscripten’s runtime library (MIT), with parts of musl (MIT) and LLVM (Apache-2.0 with LLVM exception)',
    'In the WebAssembly module. Source: https://emscripten.org',
  ],
  [
    'Optical Recognition of Handwritten Digits (CC BY 4.0)',
    'The data set "digits": E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998.',
  ],
];

/**
 * Completes licenses.md. Vite has listed the packages of the pages there, without those that only
 * the worker contains.
 */
function licenses() {
  const listed = readFileSync(join(site, 'licenses.md'), 'utf8');
  const missing = [...packages]
    .filter(([name]) => !listed.includes(`## ${name}`))
    .map(([name, { identifier, text }]) => [`${name} (${identifier})`, text ?? '']);
  const reveal = readFileSync(join(root, 'node_modules', 'reveal.js', 'LICENSE'), 'utf8').trim();
  const others = [...missing, ...OTHERS, ['reveal.js (MIT), in the example of slides', reveal]];
  appendFileSync(
    join(site, 'licenses.md'),
    others.map(([name, text]) => `\n## ${name}\n\n${text}\n`).join(''),
  );
}

// A program of its own, because Vite is not installed yet when the set-up begins.
await oneFiles();
examples();
licenses();
cpSync(join(root, 'dist', 'experiment.schema.json'), join(site, 'experiment.schema.json'));
