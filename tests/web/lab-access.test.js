// The built lab for everyone: axe, the keyboard, reduced motion, both themes, paper.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { afterFrames, faultsOf, openGroup, openInside, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('has the same dark colours where the system and where the reader chose them', () => {
  const text = readFileSync(new URL('../../web/styles/theme.css', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/\{\s*color-scheme: dark;([^}]*)\}/g)].map(([, block]) => block);
  assert.equal(blocks.length, 2);
  assert.equal(blocks[0], blocks[1]);
});

test('passes axe in light and dark, with menus and dialogs open, on a phone', async () => {
  for (const [colorScheme, viewport] of /** @type {const} */ ([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 390, height: 844 }],
  ])) {
    const { page } = await site.open('#at=300', { colorScheme, viewport, bypassCSP: true });
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    assert.deepEqual(await faultsOf(page), [], `${colorScheme}, ${viewport.width} px`);
    await page.getByRole('button', { name: 'Options for He' }).click();
    assert.deepEqual(await faultsOf(page), [], `${colorScheme}, menu`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await faultsOf(page), [], `${colorScheme}, keyboard sheet`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await faultsOf(page), [], `${colorScheme}, experiments`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.deepEqual(await faultsOf(page), [], `${colorScheme}, undo`);
    await page.getByText('Layer by layer', { exact: true }).click();
    await openGroup(page, 'Data');
    await page.getByRole('button', { name: 'Draw your own points' }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await faultsOf(page), [], `${colorScheme}, own points`);
    await page.context().close();
  }
});

/** The most presses of Tab from the top of the lab to its end. */
const MOST_STOPS = 60;

/**
 * Goes through the page with Tab.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ place: string, name: string, seen: boolean }[]>} for each stop its host and
 *   element, its tag and name, and whether the focus is visible
 */
async function tabStops(page) {
  const stops = [];
  while (stops.length <= 2 * MOST_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      /** @type {Element[]} */
      const path = [];
      for (let part = document.activeElement; part; part = part.shadowRoot?.activeElement ?? null)
        path.push(part);
      const element = path[path.length - 1];
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const text = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return {
        place: path
          .slice(-2)
          .map(({ localName }) => localName)
          .join(' '),
        name: `${element.tagName} ${text}`,
        seen: outlineStyle !== 'none' && outlineWidth !== '0px',
      };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

/** Stops of the lab as it opens, by the beginnings of their names. */
const WANTED = [
  'BUTTON Train',
  'INPUT gain',
  'SELECT Initializer',
  'BUTTON He',
  'BUTTON Add a run',
  'BUTTON speed',
  'SUMMARY Data',
  'BUTTON linear',
  'DIV Line chart of cost',
];
const EIGHT_RUNS =
  'zeros;normal,std:0.01;normal,std:0.1;normal;normal,std:10;he_normal;glorot_normal;orthogonal';

for (const { link, wanted, selected } of [
  { link: '#at=20', wanted: WANTED },
  { link: '#at=20', wanted: [], selected: 1 },
  { link: `#at=20&runs=${EIGHT_RUNS}`, wanted: [], selected: 1 },
]) {
  test(`reaches everything in few stops of Tab with a visible focus: ${link}, run ${selected}`, async () => {
    const { page } = await site.open(link);
    await until(page, 'frame.position === 20 && !frame.catchingUp');
    await openInside(page);
    if (selected !== undefined) {
      await page.evaluate(`document.querySelector('lab-app').model.store.set({ selected: ${selected} })`);
      await untilTrue(page, `document.querySelector('lab-app').cards[${selected}].matches('[chosen]')`);
    }
    const stops = await tabStops(page);
    const list = stops.map(({ name }) => name).join(', ');
    assert.ok(stops.length <= MOST_STOPS, `${stops.length} stops: ${list}`);
    for (const { name, seen } of stops) assert.ok(seen, `no visible focus on ${name}`);
    for (const beginning of wanted)
      assert.ok(
        stops.some(({ name }) => name.startsWith(beginning)),
        `Tab does not reach "${beginning}"; it reached ${list}`,
      );
    // The selected run's controls are stops; those of the other runs are not.
    for (const place of ['lab-start select', 'lab-start input', 'lab-field canvas'])
      assert.equal(stops.filter((stop) => stop.place === place).length, 1, place);
  });
}

test('keeps the focus clear of the sticky bar while tabbing backwards', async () => {
  const { page } = await site.open('#at=0', { viewport: { width: 1000, height: 700 } });
  await until(page, 'frame.position === 0 && frame.runs.every((run) => run.field.columns === 256)');
  await page.evaluate(() => {
    const last = document.createElement('button');
    document.body.append(last);
    last.focus();
  });
  /**
   * How far the bar covers the focused element, in CSS pixels; null if the focus is in the bar or
   * gone.
   */
  const covered = () =>
    page.evaluate(() => {
      let focused = document.activeElement;
      const path = [focused];
      while (focused?.shadowRoot?.activeElement) path.push((focused = focused.shadowRoot.activeElement));
      const bar = document.querySelector('lab-app')?.shadowRoot?.querySelector('lab-transport');
      if (!focused || !bar || path.includes(bar) || focused === document.body) return null;
      return bar.getBoundingClientRect().bottom - focused.getBoundingClientRect().top;
    });
  let seen = 0;
  for (;;) {
    await page.keyboard.press('Shift+Tab');
    const pixels = await covered();
    if (pixels === null) break;
    assert.ok(pixels < 1, `${pixels} pixels are covered after ${seen} steps`);
    seen += 1;
  }
  assert.ok(seen > 20, `${seen}`);
  // While the focus moves within the bar, the page does not scroll.
  await page.evaluate(() => scrollTo(0, 300));
  await page.evaluate(() =>
    /** @type {any} */ (document.querySelector('lab-app')).renderRoot
      .querySelector('lab-transport')
      .renderRoot.querySelector('button')
      .focus({ preventScroll: true }),
  );
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => scrollY), 300);
});

test('plays nothing automatically with reduced motion, and shows the end', async () => {
  const { page } = await site.open('#steps=300', { reducedMotion: 'reduce' });
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  assert.equal(
    await page.evaluate(() => /** @type {any} */ (document.querySelector('lab-app')).model.running),
    false,
  );
});

test('draws a paused page after a change of theme like a page opened in that theme', async () => {
  const pictures = `[...document.querySelector('lab-app').pictures.map((part) => part.canvas),
    document.querySelector('lab-app').shadowRoot.querySelector('lab-chart').shadowRoot.querySelector('canvas'),
  ].map((canvas) => canvas?.toDataURL()).join()`;
  const open = async (/** @type {'light' | 'dark'} */ colorScheme) => {
    const { page } = await site.open('#at=300', { colorScheme });
    await until(page, 'frame.position === 300 && frame.runs.every((run) => run.field.columns === 256)');
    await untilTrue(page, `!/,$/.test(${pictures})`);
    await afterFrames(page);
    return page;
  };
  const [dark, changed] = [await open('dark'), await open('light')];
  const expected = await dark.evaluate(pictures);
  assert.notEqual(await changed.evaluate(pictures), expected);
  await changed.emulateMedia({ colorScheme: 'dark' });
  await changed.evaluate(`void (window.expected = ${JSON.stringify(expected)})`);
  await untilTrue(changed, `${pictures} === window.expected`);
});

test('prints a page of the dark theme on white paper, fields included', async () => {
  const { page } = await site.open('#at=10', { colorScheme: 'dark' });
  await until(page, 'frame.position === 10 && !frame.catchingUp && frame.runs[0].field.columns === 256');
  // The corner of the field of zeros, where P is 0.5 and there is no example.
  const corner = () =>
    page.evaluate(() => {
      const [{ canvas }] = /** @type {any} */ (document.querySelector('lab-app')).pictures;
      return [...canvas.getContext('2d').getImageData(2, 2, 1, 1).data];
    });
  assert.ok((await corner())[0] < 60);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await afterFrames(page);
  const printed = await corner();
  assert.ok(Math.min(...printed) >= 250, String(printed));
});
