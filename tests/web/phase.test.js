// The phase diagram on the page "Maps": results appear gradually, training pauses and resumes, and
// a cell opens in the lab.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const diagram = `document.querySelector('phase-diagram')`;

test('shows a coarse map early, pauses, resumes, and passes axe', async () => {
  const { page, breaches } = await site.open('maps.html');
  await untilTrue(page, `${diagram}?.runner.running === true`);
  // A few networks represent the whole map: every cell has a value long before every cell is
  // trained.
  const known = `Array.from({ length: 576 }, (_, i) => ${diagram}.value(Math.floor(i / 24), i % 24))`;
  await untilTrue(page, `!${known}.includes(null)`);
  assert.ok(Number(await page.evaluate(`${diagram}.runner.done`)) < 1728);
  await page.locator('phase-diagram button').first().click();
  await untilTrue(page, `${diagram}.runner.running === false`);
  const paused = Number(await page.evaluate(`${diagram}.runner.done`));
  assert.deepEqual(await faultsOf(page), []);
  await page.locator('phase-diagram button').first().click();
  await untilTrue(page, `${diagram}.runner.done > ${paused}`);
  assert.deepEqual(breaches, []);
});

test('opens a cell’s network in the lab by keyboard', async () => {
  const { page } = await site.open('maps.html');
  await page.locator('phase-diagram canvas').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  // Row 1, column 1 of 24, trained from the first draw.
  await untilTrue(page, `${diagram}.results.cells[25]?.[0] !== undefined`);
  const { trainAccuracy } = /** @type {any} */ (await page.evaluate(`${diagram}.results.cells[25][0].final`));
  await Promise.all([page.waitForURL(/index\.html/), page.keyboard.press('Enter')]);
  await untilTrue(page, `(document.querySelector('lab-app')?.model?.race.frame?.position ?? -1) >= 0`);
  const layers = await page.evaluate(
    () => /** @type {any} */ (document.querySelector('lab-app')).model.store.state.layers,
  );
  assert.deepEqual(layers, [10, 10]);
  // The lab's run ends where the cell's training ended.
  const lab = `document.querySelector('lab-app').model.race`;
  await untilTrue(page, `${lab}.frame.position === 500`);
  const reached = `${lab}.latest.values().next().value.metrics.trainAccuracy`;
  assert.equal(await page.evaluate(reached), trainAccuracy);
});

test('shows a cell’s value after a tap, with a link that opens the cell', async () => {
  const { page } = await site.open('maps.html', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const known = `Array.from({ length: 576 }, (_, i) => ${diagram}.value(Math.floor(i / 24), i % 24))`;
  // On a phone the map lies below the first screen, and trains when it is seen.
  await page.locator('phase-diagram canvas').scrollIntoViewIfNeeded();
  await untilTrue(page, `${diagram} && !${known}.includes(null)`);
  const map = page.locator('phase-diagram canvas');
  await map.scrollIntoViewIfNeeded();
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await map.boundingBox()
  );
  // Column 12 of 24, row 4 from below of 24.
  await page.touchscreen.tap(x + (12.5 / 24) * width, y + (1 - 4.5 / 24) * height);
  assert.match(
    await page.locator('phase-diagram .reading').innerText(),
    /^5 hidden layers, weight standard deviation [\d.]+ \/ √n\n?in\n?: [\d.]+ % \(mean of [123] of 3 seeds\)(, the \w+ \w+)? Open in the lab$/,
  );
  assert.match(page.url(), /maps\.html/);
  await Promise.all([page.waitForURL(/index\.html/), page.locator('phase-diagram .reading a').tap()]);
  await untilTrue(page, `document.querySelector('lab-app')?.model?.store.state.layers.length === 5`);
});

test('keeps the keyboard’s cell when the mouse leaves the map', async () => {
  const { page } = await site.open('maps.html');
  const map = page.locator('phase-diagram canvas');
  await map.hover();
  await map.focus();
  await page.keyboard.press('ArrowUp');
  const chosen = await page.evaluate(`${diagram}.cursor`);
  await page.mouse.move(2, 2);
  assert.notEqual(chosen, null);
  assert.deepEqual(await page.evaluate(`${diagram}.cursor`), chosen);
});

test('keeps results after a reload, and trains the rest', async () => {
  const { page, breaches } = await site.open('maps.html');
  await untilTrue(page, `${diagram}?.runner.done > 60`);
  await page.locator('phase-diagram button').first().click();
  await untilTrue(page, `${diagram}.runner.running === false`);
  const values = `JSON.stringify([0, 8, 16].map((at) => ${diagram}.value(at, at)))`;
  const [done, known] = [Number(await page.evaluate(`${diagram}.runner.done`)), await page.evaluate(values)];
  await page.reload();
  await untilTrue(page, `${diagram}?.runner.done >= ${done}`);
  assert.equal(await page.evaluate(values), known);
  await untilTrue(page, `${diagram}.runner.done > ${done}`);
  assert.deepEqual(breaches, []);
});

test('reads choices from a link, and writes them to a link', async () => {
  const { page, breaches } = await site.open('maps.html#activation=tanh&data=nonsense&method=Adam');
  await untilTrue(page, `${diagram}?.runner.running === true`);
  const chosen = `[${diagram}.activation, ${diagram}.output, ${diagram}.data, ${diagram}.method]`;
  assert.deepEqual(await page.evaluate(chosen), ['tanh', 'sigmoid', 'moons', 'Adam']);
  await page.getByLabel('output').selectOption('tanh');
  assert.equal(new URL(page.url()).hash, '#activation=tanh&output=tanh&method=Adam');
  assert.deepEqual(breaches, []);
});

test('concludes only from the complete map, and shows theory’s reach', async () => {
  const { page } = await site.open('maps.html');
  const found = `(${diagram}?.renderRoot?.querySelector('.found')?.textContent ?? '')`;
  await untilTrue(page, `/^\\d+ of 1,728 trainings are done\\./.test(${found})`);
  await untilTrue(page, `${diagram}.runner.done > 40`);
  await page.locator('phase-diagram button').first().click();
  await untilTrue(page, `${diagram}.runner.running === false`);
  assert.doesNotMatch(String(await page.evaluate(found)), /layers/);
  assert.equal(await page.locator('phase-diagram .field span').count(), 0, 'no words in the regions yet');
  // Theory's reach is highest at the edge of chaos: √2, where the axis has 0.25 … 4.
  await untilTrue(page, `${diagram}.reach.length > 0`);
  const highest = Number(
    await page.evaluate(`${diagram}.reach.reduce((a, b) => (b.row > a.row ? b : a)).column`),
  );
  assert.ok(Math.abs(highest - Number(await page.evaluate(`${diagram}.line`))) < 1, `at column ${highest}`);
});

test('redirects the old address to the map with its choices', async () => {
  const { page } = await site.open('phase.html#activation=tanh');
  await page.waitForURL(/maps\.html#activation=tanh$/);
  await untilTrue(page, `${diagram}?.activation === 'tanh'`);
});
