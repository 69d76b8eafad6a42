// Text from elsewhere stays text: under Trusted Types, from pages of others, in links.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { openSite, site as folder, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('every built page holds the policy with Trusted Types and without unsafe sources', () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));
  assert.ok(pages.length >= 10);
  for (const name of pages) {
    const [, policy] =
      /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(
        readFileSync(join(folder, name), 'utf8'),
      ) ?? [];
    assert.match(policy, /require-trusted-types-for (&#39;|')script/, name);
    assert.doesNotMatch(policy.replace('wasm-unsafe-eval', ''), /unsafe|https?:|\*/, name);
  }
});

test('a page makes no markup out of text and no worker out of a foreign address', async () => {
  const { page } = await site.open('maps.html');
  await untilTrue(page, `document.querySelector('phase-diagram')?.runner?.done > 0`);
  const took = await page.evaluate(() => {
    /** @type {[string, () => unknown][]} */
    const sinks = [
      ['markup', () => (document.body.innerHTML = '<b>text</b>')],
      ['script', () => (document.createElement('script').text = '1')],
      ['foreign worker', () => new Worker('https://example.invalid/worker.js')],
      ['worker from data', () => new Worker('data:text/javascript,1')],
    ];
    return sinks
      .filter(([, sink]) => {
        try {
          sink();
          return true;
        } catch (error) {
          return !(error instanceof TypeError);
        }
      })
      .map(([name]) => name);
  });
  assert.deepEqual(took, []);
});

test('messages from another origin change nothing', async () => {
  const other = createSiteServer(join(folder, 'examples'), { policy: null });
  const host = await listen(other, 0);
  const page = await site.blank();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${host}reveal/reveal.css`);
  const address = `${site.address.replace('localhost', '127.0.0.1')}embed.html?preset=zeros&autoplay=off`;
  await page.evaluate((src) => {
    const frame = document.createElement('iframe');
    frame.src = src;
    document.body.replaceChildren(frame);
  }, address);
  await untilTrue(page, 'frames.length === 1');
  const frame =
    /** @type {import('playwright-core').Frame} */ (
      await page
        .waitForEvent('framenavigated', { predicate: (each) => each.url() === address })
        .catch(() => null)
    ) ?? page.frames()[1];
  const state = `JSON.stringify(document.querySelector('init-lab').model.store.state)`;
  await untilTrue(frame, `document.querySelector('init-lab')?.model?.race.frame?.position === 0`);
  const first = await frame.evaluate(state);
  await page.evaluate(() => {
    for (const message of [
      { type: 'frame', detail: {} },
      { type: 'failed', error: 'x' },
      { type: 'init-lab:height', height: 9e9 },
      { type: 'APPLY', path: ['play'], id: '1', argumentList: [] },
      { type: 'play', seek: 100, experiment: 'runs=he_normal' },
      'play',
      null,
    ])
      frames[0].postMessage(message, '*');
  });
  // A message of its own, which arrives after all others.
  await frame.evaluate(
    'new Promise((resolve) => { addEventListener("message", resolve, { once: true }); postMessage("last", "*"); })',
  );
  assert.equal(await frame.evaluate(state), first);
  assert.equal(await frame.evaluate(`document.querySelector('init-lab').model.race.frame.position`), 0);
  assert.deepEqual(errors, []);
  await page.close();
  other.close();
});

test('long, foreign and broken words of a link stay text within the window, and are told once', async () => {
  const hostile = `<img src=x onerror=alert(1)>${'x'.repeat(3000)}`;
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const link = ['at=0', 'net', 'runs', 'data', 'rate', hostile]
      .map((key, i) =>
        i === 0 ? key : `${encodeURIComponent(key)}=${encodeURIComponent(`${hostile}\n${i}`)}`,
      )
      .join('&');
    const { page, breaches } = await site.open(`#${link}`, { viewport });
    await until(page, 'frame.position === 0');
    const notice = page.getByRole('alert').first();
    await notice.waitFor();
    const box = await notice.boundingBox();
    assert.ok(box && box.height < viewport.height && box.width <= viewport.width, JSON.stringify(box));
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width);
    assert.equal(await notice.locator('img').count(), 0);
    const said = await notice.getByRole('listitem').allInnerTexts();
    await page.reload();
    await until(page, 'frame.position === 0');
    await notice.waitFor();
    assert.deepEqual(await notice.getByRole('listitem').allInnerTexts(), said);
    assert.deepEqual(breaches, []);
    await page.context().close();
  }
});

test('the site lists the licenses of everything that it contains', () => {
  const text = readFileSync(join(folder, 'licenses.md'), 'utf8');
  for (const name of [
    'lit',
    'uplot',
    'comlink',
    'd3-contour',
    'papaparse',
    'Eigen',
    'Emscripten',
    'Digits',
    'reveal.js',
  ])
    assert.match(text, new RegExp(`^## .*${name}`, 'm'), name);
});
