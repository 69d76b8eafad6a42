// The head of every page: where one is, and in which language.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decode } from 'fast-png';
import { openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const head = `document.querySelector('site-header')`;

test('on a phone the open page is in sight in the row of pages, and nothing else is scrolled', async () => {
  for (const path of ['', 'why.html', 'phase.html', 'notebook.html', 'embedding.html']) {
    const { page } = await site.open(path, { viewport: { width: 390, height: 844 } });
    await untilTrue(page, `Boolean(${head}?.renderRoot?.querySelector('[aria-current]'))`);
    const sight = await page.evaluate(`(() => {
      const box = ${head}.renderRoot.querySelector('[aria-current]').getBoundingClientRect();
      return { left: box.left >= 0, right: box.right <= innerWidth, x: scrollX, y: scrollY };
    })()`);
    assert.deepEqual(sight, { left: true, right: true, x: 0, y: 0 }, path);
    await page.context().close();
  }
});

test('on a phone the row of pages fades on the side where it goes on, and nowhere else', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { page } = await site.open('?lang=de#at=0', { viewport: { width: 390, height: 844 }, colorScheme });
    await untilTrue(page, `${head}.renderRoot.querySelector('[aria-current]').innerText === 'Das Labor'`);
    const box = await page.getByRole('navigation', { name: 'Seiten' }).boundingBox();
    assert.ok(box);
    /** How far the strongest ink is from the paper between two places of the row, which is seen without its underline. */
    const ink = async (/** @type {number} */ from, /** @type {number} */ to) => {
      const clip = { x: box.x + from, y: box.y + 8, width: to - from, height: box.height - 16 };
      const { data, channels } = decode(await page.screenshot({ clip }));
      const reds = data.filter((_, at) => at % channels === 0);
      return Math.max(...reds) - Math.min(...reds);
    };
    for (const [place, left, right] of /** @type {const} */ ([
      [0, 'whole', 'faded'],
      [0.5, 'faded', 'faded'],
      [1, 'faded', 'whole'],
    ])) {
      await page.evaluate(`((nav) => {
        nav.scrollLeft = ${place} * (nav.scrollWidth - nav.clientWidth);
      })(${head}.renderRoot.querySelector('nav'))`);
      const most = await ink(0, box.width);
      const look = async (/** @type {number} */ from, /** @type {number} */ to) =>
        (await ink(from, to)) > most / 2 ? 'whole' : 'faded';
      const seen = [await look(4, 24), await look(box.width - 24, box.width - 4)];
      assert.deepEqual(seen, [left, right], `${colorScheme}, scrolled to ${place}`);
    }
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
    await page.context().close();
  }
});

test('who comes in German goes on in German: the head of English pages, the way back, and what is opened from there', async () => {
  const { page, breaches } = await site.open('?lang=de#at=0');
  await page.getByRole('link', { name: 'Warum' }).click();
  await page.getByRole('link', { name: 'Das Labor' }).waitFor();
  assert.match(page.url(), /why\.html\?lang=de$/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.evaluate(`${head}.renderRoot.querySelector('header').lang`), 'de');
  await page.getByText('Seite auf Englisch').waitFor();
  await page.getByRole('link', { name: 'Das Labor' }).click();
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  // A link in the text of a page that says nothing of the language.
  await page.goto(`${site.address}why.html`);
  await page.locator('main a[href*="index.html#"]').first().click();
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  assert.deepEqual(breaches, []);
  await page.context().close();
  // Another visit is nobody's yet.
  const { page: other } = await site.open('why.html');
  await other.getByRole('link', { name: 'The lab', exact: true }).waitFor();
  assert.equal(await other.getByText('Seite auf Englisch').count(), 0);
  await other.context().close();
});

test('links that leave a German page keep its language', async () => {
  const embed = await site.open('embed.html?preset=zeros&lang=de&autoplay=off');
  const link = embed.page.getByRole('link', { name: 'Im Labor öffnen' });
  await link.waitFor();
  await link.click();
  await embed.page
    .getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' })
    .waitFor();
  assert.deepEqual(embed.breaches, []);
  await embed.page.context().close();
  const { page } = await site.open('?lang=de#net=7&at=0', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', { name: 'Teilen' }).click();
  await page.getByRole('menuitem', { name: 'Link kopieren' }).click();
  await page.getByText('Kopiert').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `${site.address}?lang=de#net=7&at=0`);
  await page.context().close();
});

test('the first click on the theme shows the opposite of what is seen, and three go through all', async () => {
  const paper = { light: 'rgb(252, 251, 248)', dark: 'rgb(21, 24, 27)' };
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const opposite = colorScheme === 'light' ? 'dark' : 'light';
    /** What the label says, and what is seen. */
    const names = { auto: 'same as the system', light: 'light', dark: 'dark' };
    for (const chosen of /** @type {const} */ (['auto', 'light', 'dark'])) {
      const { page } = await site.open('sweeps.html', { colorScheme });
      await page.evaluate(`localStorage.setItem('init-lab.theme', '${chosen}')`);
      await page.reload();
      const button = page.getByRole('button', { name: /^Theme/ });
      const look = async () => {
        const background = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
        return { label: await button.getAttribute('aria-label'), background };
      };
      const expected = (/** @type {keyof typeof names} */ theme) => ({
        label: `Theme: ${names[theme]}`,
        background: paper[theme === 'auto' ? colorScheme : theme],
      });
      const at = `${chosen}, the system ${colorScheme}`;
      assert.deepEqual(await look(), expected(chosen), at);
      await button.click();
      const first = (chosen === 'auto' ? colorScheme : chosen) === colorScheme ? opposite : colorScheme;
      assert.deepEqual(await look(), expected(first), at);
      const labels = new Set([(await look()).label]);
      for (let i = 0; i < 2; i += 1) {
        await button.click();
        labels.add((await look()).label);
      }
      assert.equal(labels.size, 3, `${at}: ${[...labels].join(', ')}`);
      assert.deepEqual(await look(), expected(chosen), at);
      await page.context().close();
    }
  }
});
