// The maps below the phase diagram: interim results draw no conclusion, a cell opens in the lab
// with its parametrization, and a complete map becomes a figure.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const width = `document.querySelector('width-map')`;

test('draws no conclusion from a part of the width map, and opens both parametrizations of a cell', async () => {
  const { page, breaches } = await site.open('maps.html');
  await untilTrue(page, `customElements.get('width-map') !== undefined`);
  await page.locator('width-map').scrollIntoViewIfNeeded();
  await untilTrue(page, `${width}?.runner.done > 5`);
  await page.locator('width-map button').first().click();
  await untilTrue(page, `!${width}.runner.running`);
  assert.deepEqual(await page.evaluate(`[${width}.curve(0), ${width}.curve(1)]`), [[], []]);
  assert.match(await page.locator('width-map .found').innerText(), /^\d+ of 324 trainings are done/);
  assert.equal(await page.locator('width-map').getByRole('button', { name: 'Figure' }).isDisabled(), true);
  assert.deepEqual(await faultsOf(page), []);
  assert.deepEqual(breaches, []);
  await page.locator('width-map canvas').last().focus();
  await page.keyboard.press('ArrowRight');
  await Promise.all([page.waitForURL(/index\.html/), page.keyboard.press('Enter')]);
  await untilTrue(page, `document.querySelector('lab-app')?.model?.store.state.runs.length === 2`);
  const state = await page.evaluate(
    () => /** @type {any} */ (document.querySelector('lab-app')).model.store.state,
  );
  assert.deepEqual([state.dataset.name, state.output, state.layers], ['digits', 'softmax', [16, 16]]);
  const kinds = state.runs.map(
    (/** @type {any} */ { own }) => (own.parametrization ?? state.parametrization).name,
  );
  assert.deepEqual(kinds, ['mup', 'standard']);
});

test('hatches the cells of the phase diagram and waits with the table of luck until all seeds are trained', async () => {
  const { page } = await site.open('maps.html');
  const phase = `document.querySelector('phase-diagram')`;
  await untilTrue(page, `${phase}?.runner?.done > 30`);
  await page.locator('phase-diagram').getByRole('button', { name: 'Pause' }).click();
  // Some cells have one of three seeds, and none has all.
  const kinds = await page.evaluate(`(() => {
    const { results } = ${phase};
    const paint = ${phase}.painter(
      { paper: [255, 255, 255], line: [0, 0, 0] }, getComputedStyle(${phase}),
    );
    const kinds = results.cells.map((cell, i) => {
      const [row, column] = [Math.floor(i / 24), i % 24];
      return [cell.length, paint(row, column)?.preliminary];
    });
    return [kinds.some(([seeds]) => seeds === 1), kinds.every(([, preliminary]) => preliminary !== false)];
  })()`);
  assert.deepEqual(kinds, [true, true]);
  const luck = `document.querySelector('luck-chart')`;
  await page.locator('luck-chart').scrollIntoViewIfNeeded();
  await untilTrue(page, `${luck}.runner.done > 20`);
  await page.locator('luck-chart').getByRole('button', { name: 'Pause' }).click();
  const rows = await page
    .locator('luck-chart tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
  for (const [seeds, ...statistics] of rows) {
    assert.match(String(seeds), /^\d+ of 100$/);
    assert.deepEqual(statistics, ['–', '–', '–']);
  }
});

test('shows a complete map as a figure without references, in light and dark', async () => {
  const { page, breaches } = await site.open('maps.html');
  const luck = `document.querySelector('luck-chart')`;
  await untilTrue(page, `customElements.get('luck-chart') !== undefined`);
  await page.locator('luck-chart').scrollIntoViewIfNeeded();
  await untilTrue(page, `${luck}?.runner.done > 10`);
  // Fewer trainings, for the test's sake.
  await page.evaluate(`(() => {
    const { runner } = ${luck};
    runner.pause();
    runner.specs = runner.specs.slice(0, runner.done);
    ${luck}.requestUpdate();
  })()`);
  await page.locator('luck-chart').getByRole('button', { name: 'Figure' }).click();
  const source = async () =>
    decodeURIComponent(String(await page.locator('map-picture img').getAttribute('src')));
  const light = await source();
  assert.match(light, /<circle/);
  assert.doesNotMatch(light, /var\(|href|url\(/);
  await page.locator('map-picture').getByLabel('Colours').selectOption('dark');
  const preview = `document.querySelector('map-picture').renderRoot.querySelector('img').src`;
  await untilTrue(page, `decodeURIComponent(${preview}) !== ${JSON.stringify(light)}`);
  assert.deepEqual(await faultsOf(page), []);
  await page.locator('map-picture').getByRole('button', { name: 'SVG' }).click();
  // A slide has its size; a column is as high as its contents; parts can be left out.
  assert.match(light, /width="1280" height="720"/);
  assert.match(light, /Luck: one hundred seeds/);
  await page.locator('map-picture').getByLabel('Shape').selectOption('column');
  await page.locator('map-picture').getByLabel('title').uncheck();
  await untilTrue(page, `decodeURIComponent(${preview}).includes('width="640"')`);
  assert.doesNotMatch(await source(), /Luck: one hundred seeds/);
  assert.match(await source(), /Init Lab<\/text>/);
  await page.keyboard.press('Escape');
  await untilTrue(page, `document.querySelector('map-picture') === null`);
  assert.deepEqual(breaches, []);
});
