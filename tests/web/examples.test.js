// Every example of embedding, opened as a reader would: each trains and sends requests to its own
// host only.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { afterFrames, openSite, site as built, untilTrue } from './browser.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
/** @type {string} */
let folder;
/**
 * Servers that a test has started; they are closed after the tests.
 * @type {import('node:http').Server[]}
 */
const servers = [];
before(async () => {
  site = await openSite();
  folder = mkdtempSync(join(tmpdir(), 'init-lab-examples-'));
});
after(async () => {
  await site.close();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Returns an expression for whether the first element of a document trains.
 * @param {string} [document_]
 */
const trains = (document_ = 'document') =>
  `(${document_}.querySelector('init-lab')?.model?.race.frame?.position ?? 0) > 0`;

test('trains in an iframe of plain HTML, which takes the height of its content', async () => {
  const { page, breaches } = await site.open('examples/iframe.html');
  const inside = `document.querySelector('iframe').contentDocument`;
  await untilTrue(page, trains(inside));
  const frame = `document.querySelector('iframe')`;
  await untilTrue(page, `${frame}.style.height !== ''`);
  await untilTrue(
    page,
    `Math.abs(parseFloat(${frame}.style.height) - ${inside}.documentElement.getBoundingClientRect().height) < 2`,
  );
  assert.deepEqual(breaches, []);
});

test('trains as an element in plain HTML, reports, obeys, and reads JSON', async () => {
  const { page, breaches } = await site.open('examples/element.html');
  await untilTrue(page, trains());
  await untilTrue(page, `/ of \\d+ iterations/.test(document.querySelector('output').value)`);
  const second = `document.querySelectorAll('init-lab')[1]`;
  await untilTrue(page, `${second}.model?.race.specs.size === 1`);
  const spec = /** @type {any} */ (await page.evaluate(`[...${second}.model.race.specs.values()][0]`));
  assert.deepEqual(
    [spec.layers, spec.init.name, spec.dataset.name, spec.iterations],
    [[10, 5], 'he_normal', 'circles', 5000],
  );
  assert.equal(await page.evaluate(`${second}.getBoundingClientRect().height`), 540);
  await page.locator('#again').click();
  await untilTrue(page, `document.querySelector('init-lab').model.running`);
  assert.deepEqual(breaches, []);
});

test('names invalid attributes and shows the rest', async () => {
  const { page } = await site.open('embedding.html');
  await page.evaluate(() => {
    const lab = document.createElement('init-lab');
    lab.setAttribute('experiment', '{ "layers": [');
    lab.setAttribute('seed', '-1');
    lab.id = 'bad';
    document.querySelector('main')?.prepend(lab);
  });
  await untilTrue(page, `document.querySelector('#bad').shadowRoot.querySelector('[role=alert]') !== null`);
  const notice = String(
    await page.evaluate(
      `document.querySelector('#bad').shadowRoot.querySelector('[role=alert]').textContent`,
    ),
  );
  assert.match(notice, /experiment=.*expected an experiment as JSON/s);
  assert.match(notice, /seed=-1.*expected a whole number from 0 to 4294967295/s);
});

test('trains on a learning platform that allows frames but no scripts', async () => {
  const { page, breaches } = await site.open('examples/lms.html');
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await untilTrue(page, trains(`document.querySelector('iframe').contentDocument`));
  assert.deepEqual(breaches, []);
});

test('trains on the visible reveal.js slide and pauses when the slide changes', async () => {
  const { page, breaches } = await site.open('examples/slides.html');
  await untilTrue(page, `document.querySelector('.reveal.ready') !== null`);
  const [four, zeros] = [0, 1].map((i) => `document.querySelectorAll('init-lab')[${i}].model`);
  await untilTrue(page, `Boolean(${four}?.catalogue && ${zeros}?.catalogue)`);
  // Long enough to start by mistake.
  await afterFrames(page, 60);
  assert.equal(await page.evaluate(`${four}.race.frame?.position ?? 0`), 0);
  assert.equal(await page.evaluate(`${zeros}.race.frame?.position ?? 0`), 0);
  // The arrow is animated forever, so a click of Playwright would wait for it to stop.
  await page.evaluate(`document.querySelector('.navigate-right').click()`);
  await untilTrue(page, `(${four}.race.frame?.position ?? 0) > 0`);
  await page.evaluate(`document.querySelector('.navigate-right').click()`);
  await untilTrue(page, `(${zeros}.race.frame?.position ?? 0) > 0 && !${four}.running`);
  const { iterations } = await page.evaluate(`({ ...${four}.store.state })`);
  assert.ok((await page.evaluate(`${four}.race.frame.position`)) < iterations, 'left before its end');
  assert.deepEqual(breaches, []);
});

test('trains on a site that MkDocs Material has built', async () => {
  const source = join(folder, 'mkdocs');
  cpSync(join(root, 'web', 'examples', 'mkdocs'), source, { recursive: true });
  cpSync(join(built, 'init-lab.js'), join(source, 'docs', 'init-lab.js'));
  execFileSync('mkdocs', ['build', '--strict', '--quiet', '--site-dir', join(folder, 'notes')], {
    cwd: source,
  });
  // The theme's own pages contain inline scripts, so they cannot have the strict policy.
  const server = createSiteServer(join(folder, 'notes'), { policy: null });
  servers.push(server);
  const address = await listen(server, 0);
  const page = await site.blank();
  /** @type {string[]} */
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url()))
      foreign.push(request.url());
  });
  await page.goto(address);
  await untilTrue(page, trains());
  assert.deepEqual(foreign, []);
});

test('trains on a page that MyST has built, rendered as MyST’s theme does', async () => {
  const source = join(folder, 'myst');
  cpSync(join(root, 'web', 'examples', 'myst'), source, { recursive: true });
  cpSync(join(built, 'init-lab-widget.js'), join(source, 'init-lab-widget.js'));
  // MyST loads its theme from the network; this theme has no pages, so the test covers only how
  // MyST reads the file.
  mkdirSync(join(source, 'theme'));
  writeFileSync(join(source, 'theme', 'template.yml'), 'jtex: v1\ntitle: none\nversion: 1.0.0\n');
  writeFileSync(join(source, 'myst.yml'), 'version: 1\nproject: {}\nsite: { template: ./theme }\n');
  execFileSync(join(root, 'node_modules', '.bin', 'myst'), ['build', '--site', '--strict'], {
    cwd: source,
    stdio: 'ignore',
  });
  const made = join(source, '_build', 'site');
  const { mdast } = JSON.parse(readFileSync(join(made, 'content', 'notes.json'), 'utf8'));
  const nodes = mdast.children.flatMap((/** @type {any} */ block) => block.children);
  const { esm, model } = nodes.find((/** @type {any} */ node) => node.type === 'anywidget');

  const server = createSiteServer(join(made, 'public'));
  servers.push(server);
  const address = await listen(server, 0);
  const page = await site.blank();
  await page.goto(new URL(esm, address).href);
  await page.evaluate(async ([module, given]) => {
    const { default: widget } = await import(module);
    const el = document.createElement('div');
    document.body.replaceChildren(el);
    await widget.render({ model: { get: (/** @type {string} */ name) => given[name] }, el });
  }, /** @type {[string, Record<string, any>]} */ ([esm, model]));
  await untilTrue(page, trains());
  assert.equal(
    await page.evaluate(`document.querySelector('init-lab').getAttribute('preset')`),
    'four-starts',
  );
});

test('loads the element from another host under a policy that names it', async () => {
  const other = createSiteServer(built);
  servers.push(other);
  const there = await listen(other, 0);
  const policy = `default-src 'none'; script-src 'self' ${there} 'wasm-unsafe-eval'; worker-src blob:; style-src 'self'; img-src data: blob:`;
  const here = createSiteServer(join(built, 'examples'), { policy });
  servers.push(here);
  const address = await listen(here, 0);
  const page = await site.blank();
  // Any page of that host works.
  await page.goto(`${address}notes.css`);
  await page.evaluate(async (url) => {
    const script = Object.assign(document.createElement('script'), {
      type: 'module',
      src: `${url}init-lab.js`,
    });
    const lab = document.createElement('init-lab');
    lab.setAttribute('preset', 'zeros');
    // At the top of the page, because it trains when visible.
    document.body.prepend(lab);
    document.head.append(script);
  }, there);
  await untilTrue(page, trains());
});

test('renders the notebook module into an element, follows the model, and cleans up', async () => {
  const { page, breaches } = await site.open('embed.html?preset=zeros&hide=chart');
  await page.evaluate(async (url) => {
    const widget = await import(url);
    /** @type {Record<string, any>} */
    const values = { experiment: { layers: [3], init: { name: 'he_normal', seed: 7 } }, hide: 'chart' };
    /** @type {Record<string, () => void>} */
    const listeners = {};
    const el = document.createElement('div');
    el.id = 'cell';
    document.body.prepend(el);
    const model = {
      get: (/** @type {string} */ name) => values[name],
      set: (/** @type {string} */ name, /** @type {any} */ value) => (values[name] = value),
      save_changes() {},
      on: (/** @type {string} */ name, /** @type {() => void} */ listener) => (listeners[name] = listener),
      off: (/** @type {string} */ name) => delete listeners[name],
    };
    Object.assign(window, { cell: { values, listeners, leave: widget.default.render({ model, el }) } });
  }, `${site.address}init-lab-widget.js`);
  const lab = `document.querySelector('#cell init-lab')`;
  await untilTrue(page, `(${lab}?.model?.race.frame?.position ?? 0) > 0`);
  assert.deepEqual(await page.evaluate(`${lab}.model.store.state.layers`), [3]);
  await page.evaluate(`(cell.values.experiment = 'net=6', cell.listeners['change:experiment']())`);
  await untilTrue(page, `${lab}.model.store.state.layers[0] === 6`);
  await page.evaluate('cell.leave()');
  assert.equal(await page.evaluate(`${lab} === null && Object.keys(cell.listeners).length === 0`), true);
  assert.deepEqual(breaches, []);
});
