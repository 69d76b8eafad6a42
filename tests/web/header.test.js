// The header of every page: navigation and language.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const head = `document.querySelector('site-header')`;
/** Every page that has the header. */
const PAGES = ['', 'why', 'maps', 'sweeps', 'pictures', 'teach', 'notebook', 'embedding', 'api'].map(
  (name) => name && `${name}.html`,
);

test('lets a keyboard user skip the header on every page', async () => {
  for (const path of PAGES) {
    const { page } = await site.open(path);
    await untilTrue(page, `Boolean(${head}?.renderRoot?.querySelector('.skip'))`);
    await page.keyboard.press('Tab');
    assert.equal(
      await page.evaluate(`${head}.renderRoot.activeElement.textContent`),
      'Skip to content',
      path,
    );
    const box = await page.locator('site-header .skip').boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0, `${path}: ${JSON.stringify(box)}`);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'main', path);
    await page.context().close();
  }
});

test('shows the open page in the row of pages on a phone, without scrolling anything else', async () => {
  for (const path of ['', 'why.html', 'maps.html', 'notebook.html', 'embedding.html']) {
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

test('lists four pages, and the pages of the open group', async () => {
  const { page } = await site.open('sweeps.html');
  const names = (/** @type {string} */ name) =>
    page.getByRole('navigation', { name, exact: true }).getByRole('link').allInnerTexts();
  await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor();
  assert.deepEqual(await names('Pages'), ['Lab', 'Why', 'Maps', 'Teach']);
  assert.deepEqual(await names('Pages of this group'), ['Maps', 'Sweeps', 'Pictures']);
  assert.equal(await page.locator('nav.group [aria-current]').innerText(), 'Sweeps');
});

test('keeps German on every page for a reader who arrives in German', async () => {
  const { page, breaches } = await site.open('?lang=de#at=0');
  await page.getByRole('link', { name: 'Warum', exact: true }).click();
  await page.getByRole('heading', { name: 'Warum die ersten Gewichte entscheiden' }).waitFor();
  assert.match(page.url(), /why\.html\?lang=de$/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  await page.getByRole('link', { name: 'Labor', exact: true }).click();
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  for (const [path, heading] of [
    ['maps.html', 'Karten: Mit welchen ersten Gewichten lernt ein Netz?'],
    ['sweeps.html', 'Messreihen: Skala, Tiefe, Verfahren'],
    ['pictures.html', 'Das tiefe Bildernetz: eine Skala oder eine Skala je Schicht?'],
    ['teach.html', 'Sechs Lektionen'],
  ]) {
    await page.goto(`${site.address}${path}`);
    await page.getByRole('heading', { name: heading }).waitFor();
  }
  // Links in a page's text do not name the language.
  await page.goto(`${site.address}why.html`);
  await page.locator('main a[href*="index.html#"]').first().click();
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  assert.deepEqual(breaches, []);
  await page.context().close();
  // Another visit starts in the browser's language.
  const { page: other } = await site.open('why.html');
  await other.getByRole('heading', { name: 'Why the initial weights decide' }).waitFor();
});

test('keeps the language in links that leave a German page', async () => {
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
});

test('switches to the opposite of the visible theme first, and cycles through all three', async () => {
  const paper = { light: 'rgb(252, 251, 248)', dark: 'rgb(21, 24, 27)' };
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const opposite = colorScheme === 'light' ? 'dark' : 'light';
    /** The label and the visible theme. */
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
