// The sheet of keys: shortcuts of single letters can be switched off, and stay so (WCAG 2.1.4).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, until } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Opens the sheet and finds its choice. @param {import('playwright-core').Page} page */
async function choiceOf(page) {
  await page.getByRole('button', { name: 'Keyboard' }).click();
  return page.getByRole('dialog').getByRole('checkbox', { name: 'Shortcuts of a single letter' });
}
const stored = `localStorage.getItem('init-lab-keys')`;

test('the choice of single-letter keys is remembered, and taken back', async () => {
  const { page, breaches } = await site.open('#at=5');
  await until(page, 'frame.position === 5');
  const choice = await choiceOf(page);
  assert.equal(await choice.isChecked(), true);
  assert.deepEqual(await faultsOf(page), []);
  await choice.uncheck();
  assert.equal(await page.evaluate(stored), 'off');
  await page.reload();
  const again = await choiceOf(page);
  assert.equal(await again.isChecked(), false);
  await again.check();
  assert.equal(await page.evaluate(stored), null);
  assert.deepEqual(breaches, []);
  await page.context().close();
});

test('where nothing may be remembered the choice holds while the page is open', async () => {
  const { page, breaches } = await site.open('#at=5');
  await until(page, 'frame.position === 5');
  await page.evaluate(`Object.defineProperty(window, 'localStorage', {
    get() {
      throw new DOMException('denied', 'SecurityError');
    },
  })`);
  await (await choiceOf(page)).uncheck();
  await page.keyboard.press('Escape');
  assert.equal(await (await choiceOf(page)).isChecked(), false);
  assert.deepEqual(breaches, []);
  await page.context().close();
});
