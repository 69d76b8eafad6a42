// The page "Phase diagram": results appear as they come, it pauses and goes on, and a cell opens in the lab.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const diagram = `document.querySelector('phase-diagram')`;

test('a coarse picture stands early; it pauses, goes on, and axe finds nothing', async () => {
  const { page, breaches } = await site.open('phase.html');
  await untilTrue(page, `${diagram}?.runner.running === true`);
  // A few networks stand for the whole map: every cell has a value long before every cell is trained.
  const known = `Array.from({ length: 576 }, (_, i) => ${diagram}.value(Math.floor(i / 24), i % 24))`;
  await untilTrue(page, `!${known}.includes(null)`, 60000);
  assert.ok(Number(await page.evaluate(`${diagram}.runner.done`)) < 1728);
  await page.locator('phase-diagram button').first().click();
  await untilTrue(page, `${diagram}.runner.running === false`);
  const paused = Number(await page.evaluate(`${diagram}.runner.done`));
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document);
    return violations.map((/** @type {any} */ violation) => violation.id);
  });
  assert.deepEqual(found, []);
  await page.locator('phase-diagram button').first().click();
  await untilTrue(page, `${diagram}.runner.done > ${paused}`, 60000);
  assert.deepEqual(breaches, []);
});

test('by keyboard, a cell opens in the lab as the network that it stands for', async () => {
  const { page } = await site.open('phase.html');
  await page.locator('phase-diagram canvas').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await Promise.all([page.waitForURL(/index\.html/), page.keyboard.press('Enter')]);
  await untilTrue(page, `(document.querySelector('lab-app')?.model?.race.frame?.position ?? -1) >= 0`);
  const layers = await page.evaluate(
    () => /** @type {any} */ (document.querySelector('lab-app')).model.store.state.layers,
  );
  assert.deepEqual(layers, [10, 10]);
});
