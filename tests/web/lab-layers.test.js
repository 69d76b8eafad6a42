// The table of all measurements of a run's layers, below the histograms.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openInside, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('loads the table when it is opened, and shows each layer’s measurements', async () => {
  const { page, breaches } = await site.open(
    '#net=6,4&act=tanh&runs=orthogonal,gain:1.5&opt=gd,learningRate:0.1',
  );
  await until(page, 'frame.position > 0');
  assert.equal(await page.evaluate(`customElements.get('lab-layers') === undefined`), true);
  await page.keyboard.press('Space');
  await openInside(page);
  await page.locator('lab-inside summary').click();
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

test('shows the start’s signals with theory until the training moves on', async () => {
  const { page, breaches } = await site.open('#net=6,4&runs=he_normal&at=0');
  await until(page, 'frame.position === 0 && !frame.catchingUp');
  const lines = page.locator('lab-signals svg path[fill=none]');
  // A line of constant height has no box of its own.
  await lines.first().waitFor({ state: 'attached' });
  const dashes = () =>
    lines.evaluateAll((paths) => paths.map((path) => path.getAttribute('stroke-dasharray') !== null));
  // Theory, which is dotted, then the measurement, with a mark for each layer.
  assert.deepEqual(await dashes(), [true, false]);
  assert.equal(await page.locator('lab-signals svg path[transform]').count(), 3);
  const view = (/** @type {string} */ name) => page.getByRole('radio', { name, exact: true });
  assert.equal(await view('at start').getAttribute('aria-checked'), 'true');
  await page.keyboard.press('End');
  await until(page, 'frame.position === 3000 && !frame.catchingUp');
  await untilTrue(
    page,
    `document.querySelector('lab-app').renderRoot.querySelector('lab-signals').shown === 'now'`,
  );
  // The start as a thin line, then the present signals; theory applied to the start only.
  assert.deepEqual(await dashes(), [false, false]);
  await view('at start').click();
  assert.deepEqual(await dashes(), [true, false]);
  // One tab stop; arrow keys choose.
  await view('forward').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await view('backward').getAttribute('aria-checked'), 'true');
  assert.equal(await view('backward').evaluate((part) => part.matches(':focus')), true);
  assert.deepEqual(breaches, []);
});
