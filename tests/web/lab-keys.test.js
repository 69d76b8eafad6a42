// The keyboard shortcuts, the last tab of the tour: single-character shortcuts can be switched off
// permanently (WCAG 2.1.4).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, until } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Opens the tab and finds its switch. @param {import('playwright-core').Page} page */
async function choiceOf(page) {
  await page.getByRole('button', { name: 'Help: a tour' }).click();
  await page.getByRole('tab', { name: 'Keys' }).click();
  return page.getByRole('dialog').getByRole('checkbox', { name: 'Single-key shortcuts' });
}
const stored = `localStorage.getItem('init-lab-keys')`;

test('stores the switch of single-character shortcuts, and can switch them on again', async () => {
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
});

test('keeps the choice while the page is open if nothing can be stored', async () => {
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
});

test('moves a run with brackets on every keyboard, and leaves the browser its own shortcuts', async () => {
  const { page, breaches } = await site.open('#at=5');
  await until(page, 'frame.position === 5');
  const place = () =>
    page.evaluate(() => {
      const { store, selectedRun } = /** @type {any} */ (document.querySelector('lab-app')).model;
      return store.indexOf(selectedRun.id);
    });
  const press = (/** @type {KeyboardEventInit} */ init) =>
    page.evaluate(
      (given) => document.dispatchEvent(new KeyboardEvent('keydown', { ...given, cancelable: true })),
      /** @type {any} */ (init),
    );
  const start = await place();
  assert.equal(await press({ key: '[' }), false);
  assert.equal(await place(), start - 1);
  // AltGr as Windows reports it, and the Mac's Alt.
  await press({ key: '[', ctrlKey: true, altKey: true });
  assert.equal(await place(), start - 2);
  await press({ key: ']', altKey: true });
  assert.equal(await place(), start - 1);
  for (const other of [{ ctrlKey: true }, { metaKey: true }]) assert.ok(await press({ key: '[', ...other }));
  assert.equal(await place(), start - 1);
  assert.deepEqual(breaches, []);
});
