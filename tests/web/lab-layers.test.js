// The table of everything that is measured of a run's layers, opened below the histograms.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('the table is fetched when it is opened, and shows what was measured of each layer', async () => {
  const { page, breaches } = await site.open(
    '#net=6,4&act=tanh&runs=orthogonal,gain:1.5&opt=gd,learningRate:0.1',
  );
  await until(page, 'frame.position > 0');
  assert.equal(await page.evaluate(`customElements.get('lab-layers') === undefined`), true);
  await page.keyboard.press('Space');
  await page.locator('lab-signals summary').click();
  const table = page.locator('lab-layers');
  await table.locator('tbody tr').first().waitFor();
  assert.deepEqual(await table.locator('thead th').allInnerTexts(), [
    await table.locator('thead th').first().innerText(),
    'layer 1',
    'layer 2',
    'output',
  ]);
  // Four signals in three layers, each with its histogram.
  assert.equal(await table.locator('td svg').count(), 12);
  const row = async (/** @type {string} */ name) =>
    (await table.locator('tr', { hasText: name }).locator('td').allInnerTexts()).map((text) => text.trim());
  assert.deepEqual(await row('dead units'), ['0 / 6', '0 / 4', '0 / 1']);
  assert.deepEqual(await row('distinct units'), ['6 / 6', '4 / 4', '1 / 1']);
  assert.deepEqual(await row('rank of W'), ['2', '4', '1']);
  // Saxe et al. 2013: orthogonal weights of gain 1.5 have no other singular value.
  assert.deepEqual(await row('expected at the start'), ['1.5', '1.5', '1.5']);
  // The step of gradient descent: its rate times the gradient over the weights.
  const layer = `document.querySelector('lab-app').model.race.latest.values().next().value.diagnostics.layers[0]`;
  const { updateRatio, gradientNorm, weightNorm } = /** @type {any} */ (await page.evaluate(layer));
  assert.ok(Math.abs(updateRatio / ((0.1 * gradientNorm) / weightNorm) - 1) < 1e-12);
  await untilTrue(page, `document.querySelector('lab-app').model.running === false`);
  assert.deepEqual(breaches, []);
});

test('the legend of the signals names the lines as they are drawn', async () => {
  for (const [locale, solid, dotted] of /** @type {const} */ ([
    ['en', /solid line are measured/, /dotted is what theory/],
    ['de', /durchgezogener Linie sind jetzt gemessen/, /gepunktet ist, was die Theorie/],
  ])) {
    const { page, breaches } = await site.open('#net=6,4&runs=he_normal&at=5', { locale });
    await until(page, 'frame.position === 5 && !frame.catchingUp');
    const lines = page.locator('lab-signals svg path[fill=none]');
    await lines.first().waitFor();
    const dashes = await lines.evaluateAll((paths) =>
      paths.map((path) => path.getAttribute('stroke-dasharray')?.split(' ').map(Number) ?? []),
    );
    // Forward and backward: theory, then what is measured, with a point for each layer.
    assert.equal(dashes.length, 4);
    for (const i of [0, 2]) assert.ok(dashes[i].length > 0 && dashes[i][0] < dashes[i][1], String(dashes));
    for (const i of [1, 3]) assert.deepEqual(dashes[i], []);
    assert.equal(await page.locator('lab-signals figure path[transform]').count(), 6);
    const legend = await page.locator('lab-signals p').first().innerText();
    assert.match(legend, solid);
    assert.match(legend, dotted);
    assert.deepEqual(breaches, []);
    await page.context().close();
  }
});
