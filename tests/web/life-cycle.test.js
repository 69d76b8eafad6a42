// What browsers do to an open page: they freeze it, keep it for the way back, take the contents of
// its canvases, deny it storage; and readers open it twice.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const position = `document.querySelector('lab-app').model.race.frame.position`;

test('a page that was frozen trains on when it is thawed, and does not take its worker for dead', async () => {
  const { page, breaches } = await site.open('#steps=100000');
  await until(page, 'frame.position > 0');
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  // Longer than the page lets a worker be silent.
  await new Promise((resolve) => setTimeout(resolve, 7000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  const thawed = Number(await page.evaluate(position));
  await until(page, `frame.playing && frame.position > ${thawed}`);
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.deepEqual(breaches, []);
});

test('the parts of the lab share its race, also those that load after their place is drawn', async () => {
  const page = await site.blank();
  // Collects the races whose frames the worker sends.
  await page.addInitScript(`
    window.races = new Set();
    window.Worker = class extends Worker {
      constructor(...options) {
        super(...options);
        this.addEventListener('message', ({ data }) => data?.type === 'frame' && window.races.add(data.race));
      }
    };`);
  await page.goto(`${site.address}#preset=digits`);
  await until(page, 'frame.position > 20');
  assert.deepEqual(await page.evaluate('[...window.races]'), [1]);
});

test('two tabs train each their own experiment', async () => {
  const { page, breaches } = await site.open('#preset=zeros');
  const other = await page.context().newPage();
  await other.goto(`${site.address}#preset=he&theme=dark`);
  await until(other, 'frame.position > 20');
  const seen = Number(await page.evaluate(position));
  await until(page, `frame.position > ${seen}`);
  for (const [tab, preset] of /** @type {const} */ ([
    [page, 'zeros'],
    [other, 'he'],
  ]))
    assert.match(await tab.evaluate('location.hash'), new RegExp(`preset=${preset}`));
  await other.close();
  const later = Number(await page.evaluate(position));
  await until(page, `!frame.playing || frame.position > ${later}`);
  assert.deepEqual(breaches, []);
});

test('where storage is denied or full every control works, and the choice holds on the page', async () => {
  for (const fault of [
    `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {
       get() { throw new DOMException('denied', 'SecurityError'); } });`,
    `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
    `Storage.prototype.getItem = () => '{"garbage';`,
  ]) {
    const page = await site.blank();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.addInitScript(fault);
    await page.goto(site.address);
    await until(page, 'frame.position > 0');
    const header = `document.querySelector('site-header').renderRoot`;
    await page.evaluate(`${header}.querySelector('[aria-label^="Theme"], .theme, button')?.click()`);
    await page.goto(`${site.address}sweeps.html`);
    await untilTrue(page, `document.querySelector('factor-sweep')?.runner?.done > 0`);
    await page.goto(`${site.address}maps.html`);
    await untilTrue(page, `document.querySelector('phase-diagram')?.runner?.done > 0`);
    assert.deepEqual(errors, [], fault);
    await page.close();
  }
});

test('a canvas whose contents the browser has taken is painted again', async () => {
  const { page, breaches } = await site.open('#at=20');
  await until(page, 'frame.position === 20 && !frame.catchingUp');
  // In one step, so that no frame of the race paints in between.
  const seen = await page.evaluate(() => {
    const { pictures } = /** @type {any} */ (document.querySelector('lab-app'));
    /** @type {HTMLCanvasElement[]} */
    const canvases = pictures.map((/** @type {any} */ picture) => picture.canvas);
    const painted = () =>
      canvases.every((canvas) => {
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        return context.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0);
      });
    const first = painted();
    for (const canvas of canvases) /** @type {any} */ (canvas.getContext('2d')).reset();
    const lost = painted();
    canvases[0].dispatchEvent(new Event('contextrestored'));
    return { first, lost, restored: painted() };
  });
  assert.deepEqual(seen, { first: true, lost: false, restored: true });
  assert.deepEqual(breaches, []);
});

test('the way back leads to the page as it was left, and it trains on', async () => {
  // Playwright switches the back/forward cache off, and the headless shell has none.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(`${site.address}#steps=100000&runs=he_normal`);
    await until(page, 'frame.position > 20');
    // A busy browser may drop a page from its cache, so the reader may have to leave it again.
    let kept = false;
    for (let visit = 0; visit < 5 && !kept; visit += 1) {
      await page.evaluate('window.kept = true');
      await page.goto(`${site.address}api.html`);
      // A page from the cache sends no event of its load.
      await page.evaluate('history.back()');
      await until(page, 'frame.playing && frame.position > 20');
      kept = Boolean(await page.evaluate('window.kept'));
    }
    assert.ok(kept, 'from the cache');
    const seen = Number(await page.evaluate(position));
    await until(page, `frame.position > ${seen}`);
    assert.match(await page.evaluate('location.hash'), /runs=he_normal/);
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
});
