// Files and tables that are given to the lab: points as CSV.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, until } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Drops a file on an element. @param {import('playwright-core').Page} page @param {string} name @param {string} text @param {string} [on] */
const drop = (page, name, text, on = `document.querySelector('lab-app')`) =>
  page.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
    ${on}.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true, composed: true }));
  })()`);

test('a table that can be read is counted as it is seen, and Done takes it', async () => {
  const { page, breaches } = await site.open('#at=0');
  await until(page, 'frame.position === 0');
  await drop(page, 'points.csv', '1,2,0\n3,4,1\n-1,0,1');
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Use these 3 points' }).waitFor();
  assert.equal(await sheet.getByRole('status').first().innerText(), '1 of class 0, 2 of class 1');
  assert.deepEqual(await sheet.locator('button.main').allInnerTexts(), ['Done']);
  await sheet.getByRole('button', { name: 'Done' }).click();
  await until(page, 'model.race.datasets.get(frame.runs[0].id).train.y.length === 3');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.deepEqual(breaches, []);
  await page.context().close();
});
