// The page "Notebook figures": the browser computes the notebooks' figures.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('computes every figure of the reference in the browser, in agreement', async () => {
  const { page, breaches } = await site.open('notebook.html');
  await untilTrue(
    page,
    `/^All \\d+ figures agree/.test(document.querySelector('notebook-figures')?.summary ?? '')`,
  );
  const words = await page
    .locator('notebook-figures')
    .evaluate((host) =>
      [...(host.shadowRoot?.querySelectorAll('h2, h3 span, .note') ?? [])].map(
        ({ textContent }) => textContent,
      ),
    );
  assert.ok(
    words.includes('randn ×\u00a010') && words.includes('He: randn ×\u00a0√(2/nin)'),
    words.join('\n'),
  );
  assert.ok(words.some((text) => text?.includes('from 4·10⁻¹⁵ to 1.6·10⁻³ within')));
  assert.ok(words.some((text) => text?.endsWith('that cost by 10⁻³.')));
  for (const text of words) assert.doesNotMatch(String(text), /\*|\de-|n_|thread/);
  assert.deepEqual(await faultsOf(page), []);
  assert.deepEqual(breaches, []);
});

test('opens a row in the lab as its experiment', async () => {
  const { page } = await site.open('notebook.html');
  await untilTrue(
    page,
    `Boolean(document.querySelector('notebook-figures')?.shadowRoot?.querySelector('h3 a'))`,
  );
  await page.locator('notebook-figures h3 a').first().click();
  await untilTrue(page, `(document.querySelector('lab-app')?.model?.race.frame?.position ?? 0) > 0`);
  const { init, dataset } = await page.evaluate(() => {
    const { state } = /** @type {any} */ (document.querySelector('lab-app')).model.store;
    return { init: state.runs[0].init, dataset: state.dataset.name };
  });
  assert.deepEqual(init, { name: 'normal', std: 10 });
  assert.equal(dataset, 'circles');
});
