// The column of settings: what it shows of a network that changes, and what stays open under the reader's hands.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('a unit that is shown large goes with its layer, and activations follow the layers by themselves', async () => {
  const { page, breaches } = await site.open('#net=4,4,3&act=relu,relu,tanh&at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  await page.locator('lab-network canvas').first().focus();
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const large = page.locator('lab-network figcaption');
  assert.equal(await large.innerText(), 'Unit 2 of layer 3');
  await page.getByRole('button', { name: 'Remove a unit from layer 1' }).click();
  assert.equal(await large.count(), 1);
  await page.getByRole('button', { name: 'Remove the last layer' }).click();
  assert.equal(await large.count(), 0);
  await until(page, '[...model.race.specs.values()].at(-1).activations.join() === "relu,relu"');
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await until(page, '[...model.race.specs.values()].at(-1).activations.join() === "relu,relu,tanh"');
  assert.deepEqual(breaches, []);
  await page.context().close();
});
