// Explanations and announcements, as WCAG 1.4.13 and 4.1.3 require.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { afterFrames, openSite, until } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** The tips that are open. @param {import('playwright-core').Page} page */
const open = (page) => page.locator('[role=tooltip][data-open]');

test('keeps a tip open while the pointer is on it or its button has the focus, and closes it with Escape', async () => {
  const { page, breaches } = await site.open('#at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  const button = page.locator('lab-legend lab-ask button');
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  await open(page).waitFor();
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await open(page).boundingBox()
  );
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  await afterFrames(page, 40);
  assert.equal(await open(page).count(), 1, 'the pointer is on the tip');
  await page.mouse.move(5, 5);
  await open(page).waitFor({ state: 'detached' });
  // With the focus elsewhere.
  await button.hover();
  await open(page).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await open(page).count(), 0);
  await page.mouse.move(5, 5);
  await button.focus();
  await open(page).waitFor();
  await button.hover();
  await page.mouse.move(5, 5);
  await afterFrames(page, 40);
  assert.equal(await open(page).count(), 1, 'the button has the focus');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('[role=tooltip][data-open]', { hasText: await tipOf(button) }).count(), 0);
  assert.deepEqual(breaches, []);
});

/** @param {import('playwright-core').Locator} button */
const tipOf = (button) =>
  button.evaluate(
    (element) => element.parentNode?.querySelector('[role=tooltip]')?.textContent?.trim() ?? '',
  );

test('opens a tip with a tap and closes it with a tap elsewhere', async () => {
  const { page } = await site.open('#at=5', { hasTouch: true, viewport: { width: 390, height: 844 } });
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  const button = page.locator('lab-ask button').first();
  await button.tap();
  await afterFrames(page, 40);
  assert.equal(await open(page).count(), 1);
  await page.touchscreen.tap(3, 3);
  await open(page).waitFor({ state: 'detached' });
});

test('renders the live region of a field before it has a value', async () => {
  const { page } = await site.open('#at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  const field = page.locator('lab-field').first();
  const spoken = await field.locator('[aria-live=polite]').elementHandle();
  assert.equal(await spoken?.textContent(), '');
  await field.locator('canvas').focus();
  await page.keyboard.press('ArrowLeft');
  await field.getByText('P(y=1)').waitFor();
  assert.match(String(await spoken?.textContent()), /^x₁ .*P\(y=1\) [01]\.\d{3}$/);
  await page.keyboard.press('Escape');
  await field.getByText('P(y=1)').waitFor({ state: 'detached' });
  assert.equal(await spoken?.textContent(), '');
});
