// The element and the page for iframes on real hosts: without CORS headers, in sandboxes, under
// strict policies, on slides, in frameworks and notebooks.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { openSite, site as folder, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
/** A host that sends only content types, like nginx. @type {import('node:http').Server} */
let plain;
let host = '';
/**
 * Pages of other authors, by their paths.
 * @type {Record<string, { body: string, headers?: Record<string, string> }>}
 */
const pages = {};

const TYPES = /** @type {Record<string, string>} */ ({
  js: 'text/javascript',
  html: 'text/html',
  css: 'text/css',
});

/** @param {import('node:http').Server} server */
const start = async (server) => await listen(server, 0);

before(async () => {
  site = await openSite();
  plain = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = pages[pathname];
    try {
      const body = page?.body ?? readFileSync(join(folder, decodeURIComponent(pathname)));
      const type = page ? 'text/html' : TYPES[pathname.split('.').at(-1) ?? ''];
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, ...page?.headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  host = await start(plain);
});
after(async () => {
  await site.close();
  plain.close();
});

const position = `(document.querySelector('init-lab')?.model?.race.frame?.position ?? 0)`;

/**
 * @param {string} path
 * @param {string} body
 * @param {Record<string, string>} [headers]
 */
async function openForeign(path, body, headers) {
  pages[path] = { body: `<!doctype html><html lang="en"><body>${body}</body></html>`, headers };
  const page = await site.blank();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(host.replace('localhost', '127.0.0.1') + path.slice(1));
  return { page, errors };
}

test('defines the element from another host without CORS headers, and links to that host’s lab', async () => {
  const { page, errors } = await openForeign(
    '/classic',
    `<script async src="${host}init-lab.js"></script><init-lab preset="zeros"></init-lab>`,
  );
  await untilTrue(page, `${position} > 0`);
  assert.equal(await page.evaluate(`document.querySelector('init-lab').home`), `${host}index.html`);
  assert.deepEqual(errors, []);
});

test('serves its pages from a folder of a host', async () => {
  const page = await site.blank();
  /** @type {string[]} */
  const outside = [];
  const server = createSiteServer(dirname(folder));
  const address = `${await listen(server, 0)}${basename(folder)}/`;
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url()))
      outside.push(request.url());
  });
  try {
    await page.goto(address);
    await untilTrue(page, `(document.querySelector('lab-app')?.model?.race.frame?.position ?? 0) > 0`);
    await page.goto(`${address}sweeps.html`);
    await untilTrue(page, `document.querySelector('factor-sweep')?.runner?.done > 0`);
    await page.goto(`${address}embed.html?preset=zeros`);
    await untilTrue(page, `${position} > 0`);
    assert.deepEqual(outside, []);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('trains in a frame with sandbox="allow-scripts" on a host without CORS headers', async () => {
  const { page } = await openForeign(
    '/sandboxed',
    `<iframe sandbox="allow-scripts" width="700" height="600" src="${host}embed.html?preset=zeros"></iframe>`,
  );
  const frame = page.frames()[1];
  await untilTrue(frame, `${position} > 0`);
});

test('trains in a page without an address of its own (srcdoc, data:)', async () => {
  const text = `<!doctype html><body><script src="${host}init-lab.js"></script><init-lab preset="zeros"></init-lab>`;
  for (const source of [
    `srcdoc="${text.replaceAll('"', '&quot;')}"`,
    `src="data:text/html,${encodeURIComponent(text)}"`,
  ]) {
    const { page } = await openForeign(
      `/bare-${source.slice(0, 3)}`,
      `<iframe width="700" height="600" ${source}></iframe>`,
    );
    await untilTrue(page.frames()[1], `${position} > 0`);
    await page.close();
  }
});

test('names the missing permission in a sandbox without scripts, in both languages', async () => {
  const { page } = await openForeign(
    '/scriptless',
    `<iframe sandbox width="700" height="600" src="${host}embed.html"></iframe>`,
  );
  const text = page.frameLocator('iframe').locator('noscript');
  await text.waitFor();
  assert.match(await text.innerText(), /sandbox="allow-scripts"[^]*Rahmen/);
});

test('shows a picture inside the element until the script has run', async () => {
  const { page } = await openForeign(
    '/still',
    '<init-lab preset="zeros"><img id="still" width="10" height="10" alt="" src="data:,"></init-lab>',
  );
  const boxes = 'still.getClientRects().length';
  assert.equal(await page.evaluate(boxes), 1);
  await page.addScriptTag({ url: `${host}init-lab.js` });
  await untilTrue(page, `${position} > 0`);
  assert.equal(await page.evaluate(boxes), 0);
});

test('trains under require-trusted-types-for', async () => {
  const { page, errors } = await openForeign(
    '/trusted',
    `<script src="${host}init-lab.js"></script><init-lab preset="zeros"></init-lab>`,
    { 'Content-Security-Policy': "require-trusted-types-for 'script'" },
  );
  await untilTrue(page, `${position} > 0`);
  assert.deepEqual(errors, []);
});

test('names the directive of a policy that forbids the worker or WebAssembly', async () => {
  const sources = `script-src ${host} 'wasm-unsafe-eval'`;
  for (const [policy, words] of /** @type {[string, RegExp][]} */ ([
    [`${sources}; worker-src 'none'`, /worker-src 'self' blob:/],
    [`script-src ${host} blob:; worker-src blob:`, /'wasm-unsafe-eval' to script-src/],
  ])) {
    const { page } = await openForeign(
      `/policy-${words.source.length}`,
      `<script src="${host}init-lab.js"></script><init-lab preset="zeros"></init-lab>`,
      { 'Content-Security-Policy': policy },
    );
    await page.getByText(words).waitFor();
    await page.close();
  }
});

test('reflects every attribute as a property, before and after the element is defined', async () => {
  const { page } = await openForeign('/properties', `<init-lab id="early"></init-lab>`);
  await page.evaluate(`Object.assign(early, { autoplay: 'off', hide: 'chart', preset: 'zeros', seed: 7 })`);
  await page.addScriptTag({ url: `${host}init-lab.js` });
  await untilTrue(page, `early.model?.race.frame !== null && early.visible`);
  const seen = await page.evaluate(() => {
    const { early } = /** @type {any} */ (window);
    const late = /** @type {any} */ (document.createElement('init-lab'));
    late.autoplay = false;
    late.theme = 'dark';
    late.height = 300;
    const names = ['autoplay', 'theme', 'height', 'preset'];
    const reflected = names.map((name) => late.getAttribute(name));
    late.theme = null;
    late.autoplay = true;
    return [
      ['autoplay', 'hide', 'preset', 'seed'].map((name) => early.getAttribute(name)),
      early.model.running,
      reflected,
      [late.theme, late.autoplay, late.getAttribute('autoplay')],
    ];
  });
  assert.deepEqual(seen, [['off', 'chart', 'zeros', '7'], false, ['off', 'dark', '300', null], ['', '', '']]);
});

test('keeps keys and touches that its parts use from the surrounding page', async () => {
  const { page } = await openForeign(
    '/slide',
    `<script src="${host}init-lab.js"></script><init-lab preset="he" autoplay="off"></init-lab>
     <button id="outside">next</button>`,
  );
  await untilTrue(page, `document.querySelector('init-lab').shadowRoot?.querySelector('lab-chart')`);
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.heard = [];
    for (const name of ['keydown', 'touchstart', 'pointerdown'])
      document.addEventListener(name, (/** @type {any} */ event) => seen.heard.push(event.key ?? event.type));
  });
  await page.locator('init-lab button').first().focus();
  for (const key of ['Space', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp', 'Enter'])
    await page.keyboard.press(key);
  await page.locator('init-lab canvas').first().dispatchEvent('touchstart');
  await page.locator('init-lab canvas').first().dispatchEvent('pointerdown');
  assert.deepEqual(await page.evaluate('heard'), []);
  await page.keyboard.press('Escape');
  await page.locator('#outside').focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await page.evaluate('heard'), ['Escape', 'ArrowRight']);
});

test('seeks 1,200 for a click at 40 % of 3,000 inside a scaled or zoomed slide', async () => {
  for (const style of ['transform: scale(1.48)', 'transform: scale(0.55)', 'zoom: 1.5', 'zoom: 0.7']) {
    const { page } = await openForeign(
      `/scale-${encodeURIComponent(style)}`,
      `<script src="${host}init-lab.js"></script>
       <div style="width: 640px; transform-origin: 0 0; ${style}">
         <init-lab experiment="runs=he_normal&at=3000"></init-lab>
       </div>`,
    );
    const over = page.locator('init-lab .u-over');
    await over.waitFor();
    const shown = `document.querySelector('init-lab').model.race.frame?.position`;
    await untilTrue(page, `${shown} === 3000`);
    await over.scrollIntoViewIfNeeded();
    const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
      await over.boundingBox()
    );
    for (const height of [0.3, 0.9]) {
      await page.mouse.move(box.x + 0.5 * box.width, box.y + height * box.height);
      await page.mouse.move(box.x + 0.4 * box.width, box.y + height * box.height);
      await page.mouse.down();
      await page.mouse.up();
      await untilTrue(page, `Math.abs(${shown} - 1200) <= 12`);
      await page.evaluate(`document.querySelector('init-lab').model.seek(3000)`);
      await untilTrue(page, `${shown} === 3000`);
    }
    await page.close();
  }
});

test('waits for the prediction with predict="rank", trains, and reports it to the surrounding page', async () => {
  const { page, errors } = await openForeign(
    '/predict',
    `<script src="${host}init-lab.js"></script>
     <init-lab predict="rank" experiment="runs=zeros;he_normal&steps=200"></init-lab>`,
  );
  await page.locator('init-lab lab-predict').waitFor();
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    document.addEventListener('predicted', (/** @type {any} */ { detail }) => (seen.predicted = detail));
  });
  assert.equal(await page.evaluate(position), 0);
  await page.locator('init-lab lab-predict').getByRole('button', { name: 'Lock' }).click();
  await page.evaluate(`document.querySelector('init-lab').play()`);
  await untilTrue(page, 'window.predicted !== undefined');
  const { result } = /** @type {any} */ (await page.evaluate('predicted'));
  assert.equal(result.length, 2);
  assert.deepEqual(errors, []);
});

test('shows and removes the element in a notebook host whose model cannot save or stop listening', async () => {
  const { page, errors } = await openForeign('/notebook', '<div id="cell"></div>');
  await page.evaluate(
    async (address) => {
      const refuse = () => {
        throw new Error('not implemented');
      };
      const seen = /** @type {any} */ (window);
      const model = {
        get: (/** @type {string} */ name) => (name === 'preset' ? 'zeros' : undefined),
        set() {},
        on() {},
        save_changes: refuse,
        off: refuse,
      };
      const text = await (await fetch(address)).text();
      const widget = await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
      seen.remove = widget.default.render({ model, el: document.getElementById('cell') });
    },
    `${host.replace('localhost', '127.0.0.1')}init-lab-widget.js`,
  );
  await untilTrue(page, `${position} > 100`);
  await page.evaluate('remove()');
  assert.equal(await page.evaluate(`document.querySelector('init-lab')`), null);
  assert.deepEqual(errors, []);
});
