// Hosts and frameworks move elements in the page. A moved element leaves the page and comes back at
// once; afterwards it must do all that it did before.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { filesUnder } from '../../scripts/files.mjs';
import { afterFrames, openInside, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/**
 * Elements that no test moves: they are inside a modal dialog, or visible only on paper. (Modal
 * dialogs are left out by their base class: the browser closes one that leaves the page.)
 */
const UNMOVED = ['lab-handout', 'lab-keys', 'map-picture'];

/** Names of the elements that the tests below have moved. @type {Set<string>} */
const moved = new Set();

/** Defines `elements()`: the custom elements of the page, those in shadow roots included. */
const ELEMENTS = `
  window.elements = (root = document) => [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName.includes('-') ? [element] : []),
    ...(element.shadowRoot ? window.elements(element.shadowRoot) : []),
  ]);`;

/**
 * Moves every custom element of the page to the place where it is.
 * @param {import('playwright-core').Page} page
 */
async function moveAll(page) {
  await page.evaluate(ELEMENTS);
  const names = await page.evaluate(`elements().map((element) => {
    element.parentNode.insertBefore(element, element.nextSibling);
    return element.localName;
  })`);
  for (const name of /** @type {string[]} */ (names)) moved.add(name);
}

/** Chooses a language in the header. @param {import('playwright-core').Page} page */
async function speakGerman(page) {
  await page.locator('site-header select').selectOption('de');
  await untilTrue(page, `document.documentElement.lang === 'de'`);
}

/**
 * Lists the elements whose words change when they are rendered once more: they have not followed
 * the page. Numbers are left out, because trainings go on.
 */
const STALE = `(async () => {
  const words = () => elements().map((element) =>
    [element.localName, (element.shadowRoot?.textContent ?? '').replace(/[\\d.,\\s]+/g, ' ')]);
  const settle = () => Promise.all(elements().map((element) => element.updateComplete));
  await settle();
  const before = words();
  for (const element of elements()) element.requestUpdate?.();
  await settle();
  const now = words();
  return now.filter(([, text], i) => text !== before[i]?.[1]).map(([name]) => name);
})()`;

/**
 * What the lab's canvases show, by the element that holds them. Without the landscapes, which
 * depend on when the reader looked.
 */
const PICTURES = `elements().filter(({ localName }) => localName !== 'lab-landscape').flatMap((element) =>
  [...(element.shadowRoot?.querySelectorAll('canvas') ?? [])].map(
    (canvas) => [element.localName, canvas.width, canvas.height, canvas.toDataURL()].join(' ')))`;

test('the lab draws the same after its elements have moved, and follows steps, widths and language', async () => {
  const pages = [];
  for (const moves of [false, true]) {
    const { page, breaches } = await site.open('#at=20&select=2');
    await until(page, 'frame.position === 20 && !frame.catchingUp');
    await openInside(page);
    await page.evaluate(ELEMENTS);
    await untilTrue(page, `elements().some(({ localName }) => localName === 'lab-signals')`);
    if (moves) await moveAll(page);
    await speakGerman(page);
    await page.setViewportSize({ width: 1180, height: 900 });
    await page.evaluate(`document.querySelector('lab-app').model.seek(24)`);
    await until(page, 'frame.position === 24 && !frame.catchingUp');
    pages.push({ page, breaches });
  }
  const [still, movedPage] = pages;
  assert.deepEqual(await movedPage.page.evaluate(STALE), []);
  await untilTrue(
    {
      evaluate: async () =>
        String(await still.page.evaluate(PICTURES)) === String(await movedPage.page.evaluate(PICTURES)),
    },
    'both pages show the same pictures',
  );
  assert.ok(/** @type {string[]} */ (await still.page.evaluate(PICTURES)).length > 4);
  for (const { breaches } of pages) assert.deepEqual(breaches, []);
});

// Each link with the elements that it alone shows. They load when the experiment needs them.
for (const [link, own] of /** @type {[string, string[]][]} */ ([
  ['#preset=digits&at=5', ['lab-digits', 'lab-reading']],
  ['#predict=rank&at=0', ['lab-predict']],
  ['#preset=deep-and-narrow&at=5', []],
])) {
  test(`the lab goes on after its elements have moved: ${link}`, async () => {
    const { page, breaches } = await site.open(link);
    await until(page, 'frame !== null');
    await openInside(page);
    for (const details of await page.locator('lab-inside details').all())
      await details.evaluate((element) => element.setAttribute('open', ''));
    await page.evaluate(ELEMENTS);
    for (const name of own)
      await untilTrue(
        page,
        `elements().some(({ localName, hasUpdated }) => localName === '${name}' && hasUpdated)`,
      );
    await moveAll(page);
    await speakGerman(page);
    assert.deepEqual(await page.evaluate(STALE), []);
    assert.deepEqual(breaches, []);
  });
}

for (const name of ['why', 'maps', 'sweeps', 'pictures', 'teach', 'embedding', 'notebook']) {
  test(`the figures of ${name}.html go on after they have moved`, async () => {
    const { page, breaches } = await site.open(`${name}.html`);
    await page.evaluate(ELEMENTS);
    await untilTrue(page, `elements().every((element) => element.hasUpdated !== false)`);
    // Figures that train only when they are seen are moved before and after they begin.
    await moveAll(page);
    const trains = `elements().filter(({ runner }) => runner?.running)`;
    const figures = `elements().filter(({ begin, runner }) => begin && runner)`;
    for (let i = 0; i < Number(await page.evaluate(`${figures}.length`)); i += 1) {
      await page.evaluate(`${figures}[${i}].scrollIntoView({ block: 'center' })`);
      await untilTrue(page, `${figures}[${i}].runner.total > 0`);
    }
    await page.evaluate(`window.before = ${trains}.map((element) => [element, element.runner.done])`);
    await moveAll(page);
    await untilTrue(page, `before.every(([{ runner }, done]) => runner.complete || runner.done > done)`);
    await speakGerman(page);
    assert.deepEqual(await page.evaluate(STALE), []);
    await page.setViewportSize({ width: 700, height: 900 });
    await untilTrue(
      page,
      `elements().every((element) => !element.room || Math.abs(element.room - element.clientWidth) < 2)`,
    );
    await afterFrames(page);
    // One chart in each place for one: none is lost, none is doubled.
    await untilTrue(
      page,
      `elements().every((element) =>
        [...(element.shadowRoot?.querySelectorAll('.plot') ?? [])].every(
          (place) => place.querySelectorAll('canvas').length <= 1))`,
    );
    assert.deepEqual(breaches, []);
  });
}

test('every custom element that is no modal dialog has been moved', () => {
  const defined = filesUnder('web')
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => !text.includes(' extends Sheet '))
    .flatMap((text) => [...text.matchAll(/^define\('([\w-]+)'/gm)].map(([, name]) => name));
  assert.ok(defined.length > 30, `${defined.length}`);
  assert.deepEqual(
    defined.filter((name) => !moved.has(name) && !UNMOVED.includes(name)),
    [],
  );
});
