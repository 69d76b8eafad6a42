// The tour under "?": four steps, each beside the part that it explains, and the keys in the last
// tab.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const lab = `document.querySelector('lab-app').shadowRoot`;
const tour = `${lab}.querySelector('lab-tour').shadowRoot`;
/** A part of each step that the frame must surround, as far as the window shows it. */
const PARTS = ['lab-run-card', 'lab-chart', 'lab-setup', 'lab-landscape'];
const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

/** Whether the frame surrounds a part of the window, and leaves the box outside. */
const framed = (/** @type {string} */ part) => `(() => {
  const rect = (element) => element.getBoundingClientRect();
  const part = rect(${lab}.querySelector('${part}'));
  const frame = rect(${tour}.querySelector('.frame'));
  const box = rect(${tour}.querySelector('.box'));
  const apart =
    box.left >= frame.right || box.right <= frame.left || box.top >= frame.bottom || box.bottom <= frame.top;
  const inside = [box, frame].every(
    ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
  );
  const shown = Math.min(part.bottom, frame.bottom) - Math.max(part.top, frame.top);
  return apart && inside && frame.left <= part.left && frame.top <= part.top && shown >= 100;
})()`;

for (const viewport of WINDOWS) {
  test(`leads through four parts and the keys at ${viewport.width} pixels`, async () => {
    const { page, breaches } = await site.open('#at=200', { viewport, reducedMotion: 'reduce' });
    await until(page, 'frame.position === 200 && !frame.catchingUp');
    await page.getByRole('button', { name: 'Help: a tour' }).click();
    for (const [i, part] of PARTS.entries()) {
      await page.getByRole('tab', { name: `Step ${i + 1} of 4`, selected: true }).waitFor();
      await untilTrue(page, framed(part));
      assert.deepEqual(await faultsOf(page), []);
      if (i < PARTS.length - 1) await page.getByRole('button', { name: 'Next' }).click();
    }
    const { length } = PARTS;
    assert.equal(await page.getByRole('tab').count(), length + 1);
    await page.getByRole('tab').nth(length).click();
    await page.getByRole('tabpanel', { name: 'Keys' }).getByText('train or pause').waitFor();
    assert.equal(await page.evaluate(`${tour}.querySelector('.frame').hidden`), true);
    await page.getByRole('button', { name: 'Done' }).click();
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.deepEqual(breaches, []);
  });
}

test('is led by keys alone, and gives the focus back', async () => {
  const { page, breaches } = await site.open('#at=200');
  await until(page, 'frame.position === 200 && !frame.catchingUp');
  const focused = () =>
    page.evaluate(`(() => {
      let element = document.activeElement;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element.getAttribute('aria-label') ?? element.textContent.trim();
    })()`);
  const opener = page.getByRole('button', { name: 'Help: a tour' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal(await focused(), 'Next');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Step 2 of 4', selected: true }).waitFor();
  // The button "Back" leaves with the second step, and the focus stays in the dialog.
  await page.getByRole('button', { name: 'Back' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Step 1 of 4', selected: true }).waitFor();
  await untilTrue(page, `${tour}.activeElement?.textContent.trim() === 'Next'`);
  await page.getByRole('tab', { name: 'Step 1 of 4' }).focus();
  for (let i = 2; i <= 4; i += 1) {
    await page.keyboard.press('ArrowRight');
    await untilTrue(page, `${tour}.activeElement?.id === 'tab-${i - 1}'`);
  }
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tab', { name: 'Keys', selected: true }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await focused(), await opener.getAttribute('aria-label'));
  // A key that moves the race elsewhere has moved only the tour.
  assert.equal(await page.evaluate(`document.querySelector('lab-app').model.position`), 200);
  assert.deepEqual(breaches, []);
});
