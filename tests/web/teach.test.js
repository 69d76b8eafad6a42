// The page "Teach": a lesson asks for a prediction before it trains, compares it with the result,
// and prints as a handout.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readWithPreset } from '../../web/state/presets.js';
import { faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const card = `document.querySelector('lesson-card')`;

test('trains a lesson only after the prediction is locked, then shows the result beside it', async () => {
  const { page, breaches } = await site.open('teach.html');
  await page.getByRole('button', { name: 'Begin this lesson' }).first().click();
  const position = `(${card}.figure?.model?.race.frame?.position ?? -1)`;
  await untilTrue(page, `${position} === 0`);
  await page.getByRole('button', { name: 'Move × 0.01 up' }).click();
  assert.equal(await page.evaluate(position), 0);
  await page.evaluate(`(() => {
    ${card}.figure.model.store.set({ iterations: 40 });
    document.addEventListener('predicted', ({ detail }) => (window.predicted = detail));
  })()`);
  await page.getByRole('button', { name: 'Lock my prediction and train' }).click();
  await untilTrue(page, `window.predicted !== undefined`);
  await page.getByText('What you should see:').waitFor();
  assert.deepEqual(breaches, []);
});

test('prints a handout alone, with empty fields, the link and its QR code', async () => {
  const { page } = await site.open('teach.html');
  await page.evaluate(`window.print = () => (window.printed = true)`);
  await page.getByRole('button', { name: 'Print the handout' }).nth(1).click();
  await untilTrue(page, `window.printed === true`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('lesson-card').nth(0).isVisible(), false);
  const sheet = page.locator('lesson-card').nth(1);
  assert.deepEqual(await sheet.locator('.handout tbody th').allInnerTexts(), [
    'Zeros',
    'Constant 0.5',
    '× 0.01',
  ]);
  // Long links break within the page.
  assert.ok(
    await sheet.locator('.handout').evaluate((handout) => handout.scrollWidth <= handout.clientWidth),
  );
  await sheet.getByRole('img', { name: 'QR code of the link' }).waitFor();
  assert.match(await sheet.locator('.handout').innerText(), /index\.html#.*runs=zeros/s);
  await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
  assert.equal(await page.locator('lesson-card').nth(0).isVisible(), true);
});

test('can read every experiment of the lessons', async () => {
  const { page } = await site.open('teach.html');
  await untilTrue(page, `Boolean(${card}?.renderRoot?.querySelector('a'))`);
  for (const link of await page
    .locator('lesson-card a')
    .evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''))) {
    const [, hash] = link.split('#');
    if (!hash.startsWith('preset=')) assert.deepEqual(readWithPreset([], hash).unread, [], link);
  }
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`passes axe on the ${colorScheme} page`, async () => {
    const { page } = await site.open('teach.html', { colorScheme });
    await untilTrue(page, `Boolean(${card}?.renderRoot?.querySelector('button'))`);
    assert.deepEqual(await faultsOf(page), []);
  });
}
