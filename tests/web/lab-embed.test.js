// The dialog for embedding: its preview, its code, and that both show the same.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Opens the dialog. @param {import('playwright-core').Page} page */
async function embed(page) {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Embed in notes' }).click();
  const sheet = page.getByRole('dialog', { name: 'Embed in course notes' });
  await sheet.waitFor();
  return { sheet, code: () => sheet.getByLabel('Code').inputValue() };
}

const preview = `document.querySelector('lab-app').renderRoot.querySelector('lab-embed').renderRoot.querySelector('init-lab')`;

/** Returns the address in embed code as a browser reads it. @param {string} code */
const sourceOf = (code) => code.match(/src="([^"]*)"/)?.[1].replaceAll('&amp;', '&') ?? '';

test('shows the frame of the code in the preview, at the same height', async () => {
  const { page, address, breaches } = await site.open(
    '#data=moons&runs=he_normal;zeros/name=%22A%22%20%26%20B&at=3',
  );
  await until(page, 'frame.position === 3');
  const { sheet, code } = await embed(page);
  await untilTrue(page, `(${preview}?.model?.race.frame?.position ?? 0) > 0`);
  await sheet.getByRole('checkbox', { name: 'chart' }).uncheck();
  await sheet.getByRole('checkbox', { name: 'link to the lab' }).uncheck();
  await sheet.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
  await sheet.getByRole('combobox', { name: 'Training starts' }).selectOption('with a click');
  await untilTrue(
    page,
    `${preview}.renderRoot.querySelector('lab-chart') === null && ${preview}.dataset.theme === 'dark'`,
  );
  const text = await code();
  // Without the attribute pandoc would inline the frame into self-contained files.
  assert.match(text, /data-external="1"/);
  const shown = await page.evaluate(`${preview}.experiment`);
  assert.ok(!String(shown).includes('at='), 'the place of the lab is not taken along');
  assert.equal(
    sourceOf(text),
    `${address}embed.html?data=moons&runs=he_normal;zeros/name=%22A%22%20%26%20B&look=2&hide=chart,link&theme=dark&autoplay=off`,
  );
  const { width, height } = /** @type {{ width: number, height: number }} */ (
    await page.evaluate(`(({ width, height }) => ({ width, height }))(${preview}.getBoundingClientRect())`)
  );
  const framed = await site.open(sourceOf(text).slice(address.length), {
    viewport: { width: Math.round(width), height: 900 },
  });
  const inside = `document.querySelector('init-lab')`;
  await untilTrue(framed.page, `Boolean(${inside}?.model?.race.frame)`);
  assert.equal(await framed.page.evaluate(`${inside}.experiment`), shown);
  assert.equal(await framed.page.evaluate(`${inside}.model.running`), false);
  const needed = Number(
    await framed.page.evaluate('Math.ceil(document.documentElement.getBoundingClientRect().height)'),
  );
  const given = Number(text.match(/height="(\d+)"/)?.[1]);
  // Hosts that remove styles use the attribute; hosts whose styles set `height: auto` the style.
  assert.ok(text.includes(`style="width: 100%; height: ${given}px; border: 0"`), text);
  assert.ok(given >= needed && given >= height && given < needed + 60, `${given} pixels for ${needed}`);
  assert.deepEqual([...breaches, ...framed.breaches], []);
  await framed.page.context().close();
});

test('shows the element of the code in the preview, at the lab’s iteration if chosen', async () => {
  const { page, address } = await site.open('#data=moons&runs=he_normal;zeros&at=3');
  await until(page, 'frame.position === 3');
  const { sheet, code } = await embed(page);
  await sheet.getByRole('combobox', { name: 'As' }).selectOption({ index: 1 });
  await sheet.getByRole('combobox', { name: 'Training starts' }).selectOption('paused at iteration 3');
  await sheet.getByRole('checkbox', { name: 'points' }).uncheck();
  await untilTrue(page, `${preview}.model?.race.frame?.position === 3`);
  const shown = await page.evaluate(`${preview}.experiment`);
  const text = await code();
  assert.equal(sourceOf(text), `${address}init-lab.js`);
  // Insert the code unchanged; its script is loaded from the address in it.
  const other = await site.open('examples/README.md');
  await other.page.evaluate((lines) => {
    const parsed = new DOMParser().parseFromString(lines, 'text/html');
    const script = document.createElement('script');
    script.type = 'module';
    script.src = /** @type {HTMLScriptElement} */ (parsed.querySelector('script')).src;
    document.body.append(
      script,
      document.importNode(/** @type {Element} */ (parsed.querySelector('init-lab')), true),
    );
  }, text);
  const inside = `document.querySelector('init-lab')`;
  await untilTrue(other.page, `${inside}.model?.race.frame?.position === 3`);
  assert.equal(await other.page.evaluate(`${inside}.experiment`), shown);
  await other.page.context().close();
});

test('keeps the frame’s height where the host’s styles set iframes to height: auto', async () => {
  const { page } = await site.open('#data=moons&runs=he_normal&at=0');
  const { sheet, code } = await embed(page);
  await untilTrue(page, `(${preview}?.model?.race.frame?.position ?? 0) > 0`);
  await sheet.waitFor();
  const text = await code();
  await page.context().close();
  const host = await site.open('examples/README.md');
  const shown = await host.page.evaluate((line) => {
    const style = new CSSStyleSheet();
    style.replaceSync('iframe { display: block; max-width: 100%; height: auto; }');
    document.adoptedStyleSheets = [style];
    const frame = new DOMParser().parseFromString(line, 'text/html').querySelector('iframe');
    if (!frame) return null;
    // The host's policy may forbid style attributes of markup; that is not what this test asks.
    const { width, height, border } = frame.style;
    const copy = document.importNode(frame, false);
    Object.assign(copy.style, { width, height, border });
    document.body.append(copy);
    return { shown: copy.getBoundingClientRect().height, given: Number(frame.getAttribute('height')) };
  }, text);
  assert.ok(shown && shown.given > 300);
  assert.equal(shown.shown, shown.given);
  await host.page.context().close();
});

test('writes the line of a still picture for print, and leads to the dialog that saves it', async () => {
  const { page, address, breaches } = await site.open('#data=moons&runs=he_normal;zeros/name=%22A%22&at=3');
  await until(page, 'frame.position === 3');
  const { sheet, code } = await embed(page);
  await sheet
    .getByRole('combobox', { name: 'As' })
    .selectOption({ label: 'a still picture: for print and PDF' });
  await sheet.getByRole('heading', { name: 'Preview' }).waitFor({ state: 'hidden' });
  const found = /^<a href="([^"]*)"><img src="([^"]*)" alt="([^"]*)" style="max-width: 100%" \/><\/a>$/.exec(
    await code(),
  );
  const [link, file, alternative] = (found ?? [])
    .slice(1)
    .map((text) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  assert.equal(link, `${address}#data=moons&runs=he_normal;zeros/name=%22A%22&look=2&at=3`);
  assert.match(alternative, /"A" at iteration 3$/);
  await sheet.getByRole('button', { name: 'Figure' }).click();
  const figure = page.getByRole('dialog', { name: 'Figure' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    figure.getByRole('button', { name: 'PNG' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), file);
  assert.deepEqual(breaches, []);
});

test('copies the code whole, and selects it for copying without a clipboard', async () => {
  const { page } = await site.open('#seed=4&at=0', { permissions: ['clipboard-read', 'clipboard-write'] });
  await until(page, 'frame.position === 0');
  const { sheet, code } = await embed(page);
  await untilTrue(page, `(${preview}?.model?.race.frame?.position ?? 0) > 0`);
  await sheet.getByRole('button', { name: 'Copy the code' }).click();
  await sheet.getByText('Copied').waitFor();
  // The height follows the preview, which continues to train.
  const withoutHeight = (/** @type {string} */ text) => text.replace(/height="\d+"|height: \d+px/g, '');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(withoutHeight(copied), withoutHeight(await code()));
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await sheet.getByRole('combobox', { name: 'Colours' }).selectOption('light');
  await sheet.getByRole('button', { name: 'Copy the code' }).click();
  await sheet.getByText('The browser did not allow copying').waitFor();
  const selected = await sheet.getByLabel('Code').evaluate((area) => {
    const { selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (area);
    return selectionEnd - selectionStart;
  });
  assert.equal(selected, (await code()).length);
});

test('closes with Escape, restores the focus, ends the preview and leaves the lab unchanged', async () => {
  const { page, breaches } = await site.open('#seed=4&at=5');
  await until(page, 'frame.position === 5');
  const address = await page.evaluate(() => location.href);
  const { sheet } = await embed(page);
  await untilTrue(page, `(${preview}?.model?.race.frame?.position ?? 0) > 0`);
  await page.evaluate(`window.before = ${preview}`);
  const seed = await page.evaluate(`document.querySelector('lab-app').model.store.state.seed`);
  // A shortcut of the lab has no effect here.
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await untilTrue(page, 'window.before.hasModel === false');
  assert.equal(await page.evaluate(`document.querySelector('lab-app').model.race.frame.position`), 5);
  assert.equal(await page.evaluate(`document.querySelector('lab-app').model.store.state.seed`), seed);
  assert.equal(await page.evaluate(() => location.href), address);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  assert.deepEqual(breaches, []);
});

test('warns about a frame address that is too long for many hosts, but not for the element', async () => {
  const { page } = await site.open('#at=0');
  await until(page, 'frame.position === 0');
  await page.evaluate(() => {
    const { store } = /** @type {any} */ (document.querySelector('lab-app')).model;
    const points = Array.from({ length: 2000 }, (_, i) => ({
      x1: Math.sin(i),
      x2: Math.cos(3 * i),
      label: i % 2,
    }));
    store.set({ dataset: { name: 'points', own: { low: -1, high: 1, points } } });
  });
  const { sheet } = await embed(page);
  await sheet.getByText('Many hosts refuse an address this long').waitFor();
  await sheet.getByRole('combobox', { name: 'As' }).selectOption({ index: 1 });
  await sheet.getByText('Many hosts refuse').waitFor({ state: 'hidden' });
});

test('passes axe, in light and dark, on a phone, in German', async () => {
  for (const [colorScheme, viewport] of /** @type {const} */ ([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 390, height: 844 }],
  ])) {
    const { page } = await site.open('#at=300', { colorScheme, viewport, bypassCSP: true });
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    const { sheet } = await embed(page);
    // On a phone the preview is below the code and trains when visible.
    await sheet.getByRole('group', { name: 'Preview' }).scrollIntoViewIfNeeded();
    await untilTrue(page, `(${preview}?.model?.race.frame?.position ?? 0) > 0`);
    assert.deepEqual(await faultsOf(page), [], colorScheme);
    await page.context().close();
  }
  const { page } = await site.open('?lang=de#at=0');
  await until(page, 'frame.position === 0');
  await page.getByRole('button', { name: 'Teilen' }).click();
  await page.getByRole('menuitem', { name: 'In Kursunterlagen einbetten' }).click();
  const text = await page.getByRole('dialog').getByLabel('Code', { exact: true }).inputValue();
  assert.match(text, /embed\.html\?at=0&amp;lang=de"|embed\.html\?lang=de"/);
});
