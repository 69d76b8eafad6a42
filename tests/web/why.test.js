// The page "Why": its figures train, its texts are accessible, and it sends no request to another
// host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readLink } from '../../web/state/table.js';
import { faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('trains a figure when it becomes visible, while the others wait', async () => {
  const { page, breaches } = await site.open('why.html');
  const position = (/** @type {string} */ claim) =>
    `(document.querySelector('lab-figure[claim="${claim}"]')?.model?.race.frame?.position ?? -1)`;
  const first = await page.locator('lab-figure[claim="exercise"]').boundingBox();
  assert.ok(first && first.y + 0.4 * first.height < 900, 'on a desktop the first figure is in sight');
  await untilTrue(page, `${position('exercise')} > 0`);
  assert.ok((await page.evaluate(position('start'))) <= 0, 'a figure out of sight does not train');
  await page.evaluate(
    `document.querySelector('lab-figure[claim="start"]').scrollIntoView({ block: 'center' })`,
  );
  await untilTrue(page, `${position('start')} > 0`);
  assert.deepEqual(breaches, []);
});

test('shows the first figure before the answers, and links each answer to its step', async () => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 768, height: 1024 },
    { width: 390, height: 844 },
  ]) {
    const { page } = await site.open('why.html', { viewport });
    const answer = page.locator('.recap li');
    assert.equal(await answer.count(), 4);
    const figure = await page.locator('lab-figure').first().boundingBox();
    const first = await answer.first().boundingBox();
    assert.ok(figure && figure.y < viewport.height / 2, `${viewport.width}: ${JSON.stringify(figure)}`);
    assert.ok(first && first.y > figure.y + figure.height);
    const steps = await answer
      .locator('a')
      .evaluateAll((links) =>
        links.map((link) => document.querySelector(String(link.getAttribute('href')))?.id),
      );
    assert.deepEqual(steps, ['later', 'symmetry', 'lottery', 'deep']);
    await page.context().close();
  }
});

test('opens every claim of the text as an experiment, and trains the map in the page', async () => {
  const { page, breaches } = await site.open('why.html');
  const links = page.locator('a[data-claim]');
  await untilTrue(page, `document.querySelector('a[data-claim="latest"]').href !== ''`);
  for (const link of await links.all()) {
    const [, hash] = String(await link.getAttribute('href')).split('#');
    assert.deepEqual(readLink(hash).unread, []);
    assert.ok(readLink(hash).state.runs.length > 0 && hash.includes('runs='));
  }
  // The figures above have their height before the map, which is loaded last.
  await untilTrue(page, `customElements.get('phase-diagram') !== undefined`);
  await page.evaluate(`document.querySelector('phase-diagram').scrollIntoView({ block: 'center' })`);
  await untilTrue(page, `document.querySelector('phase-diagram')?.runner?.done > 20`);
  assert.equal(await page.evaluate(`document.querySelector('phase-diagram').runner.total`), 432);
  assert.deepEqual(breaches, []);
});

test('draws the butterfly and summarizes its distance', async () => {
  const { page, breaches } = await site.open('why.html');
  await untilTrue(
    page,
    `/He: \\d/.test(document.querySelector('story-butterfly')?.shadowRoot?.querySelector('.plot')?.getAttribute('aria-label') ?? '')`,
  );
  assert.deepEqual(breaches, []);
});

test('names figures without training in print, and prints all of them trained after a click', async () => {
  const { page, breaches } = await site.open('why.html');
  await untilTrue(
    page,
    `[...document.querySelectorAll('lab-figure')].every((one) => Boolean(one.model?.race.frame))`,
  );
  const note = page.locator('print-figures p');
  const prepare = page.locator('print-figures button');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
  assert.match(await note.innerText(), /^1[0-9] of the 19 figures had not been trained/);
  assert.equal(await prepare.isVisible(), false);
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await note.isVisible(), false);
  // Shorten the trainings for this test, and count calls of print().
  await page.evaluate(`(() => {
    for (const { model } of document.querySelectorAll('lab-figure')) model.store.set({ iterations: 20 });
    window.prints = 0;
    window.print = () => (window.prints += 1);
  })()`);
  await prepare.click();
  await untilTrue(page, 'window.prints === 1', 300000);
  const [positions, map] = /** @type {any} */ (
    await page.evaluate(`[
      [...document.querySelectorAll('lab-figure')].map(({ model }) => model.race.frame.position),
      [...document.querySelectorAll('phase-diagram, width-map, digit-starts, lazy-chart')].every(
        ({ runner }) => runner.complete,
      ),
    ]`)
  );
  assert.deepEqual(positions, Array(15).fill(20));
  assert.equal(map, true);
  assert.equal(await note.count(), 0);
  assert.deepEqual(breaches, []);
});

test('requests no unit fields for figures without a network drawing', async () => {
  const { page } = await site.open('why.html');
  const runs = `[...document.querySelector('lab-figure').model.race.latest.values()]`;
  await untilTrue(page, `${runs}.length === 4 && ${runs}.every(({ diagnostics }) => diagnostics)`);
  assert.deepEqual(await page.evaluate(`${runs}.map(({ network }) => network)`), Array(4).fill(null));
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`passes axe on the ${colorScheme} page`, async () => {
    const { page } = await site.open('why.html', { colorScheme });
    await untilTrue(
      page,
      `Boolean(document.querySelector('lab-figure')?.shadowRoot?.querySelector('lab-run-card'))`,
    );
    assert.deepEqual(await faultsOf(page), []);
  });
}
