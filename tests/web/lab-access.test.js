// The built lab for everyone: axe, the keyboard, reduced motion, both themes, paper.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { afterFrames, openGroup, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Returns axe's findings as text. @param {import('playwright-core').Page} page */
async function violations(page) {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations: found } = await /** @type {any} */ (window).axe.run(document, {
      resultTypes: ['violations'],
    });
    return found.map(
      (/** @type {any} */ v) =>
        `${v.id}: ${v.nodes.map((/** @type {any} */ n) => n.target.join(' ')).join(' | ')}`,
    );
  });
}

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
    assert.deepEqual(await violations(page), [], `${colorScheme}, ${viewport.width} px`);
    await page.getByRole('button', { name: 'Options for He' }).click();
    assert.deepEqual(await violations(page), [], `${colorScheme}, menu`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, keyboard sheet`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, experiments`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, undo`);
    await page.getByText('Layer by layer', { exact: true }).click();
    await openGroup(page, 'Data');
    await page.getByRole('button', { name: 'Draw your own points' }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, own points`);
    await page.context().close();
  }
});

test('reaches everything with Tab in at most 60 stops, with a visible focus', async () => {
  const { page } = await site.open('#at=20');
  await until(page, 'frame.position === 20');
  /** @type {Set<string>} */
  const reached = new Set();
  let stops = 0;
  for (let i = 0; i < 160; i += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return { name: `${element.tagName} ${name}`, seen: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });
    if (focused === null) break;
    assert.ok(focused.seen, `no visible focus on ${focused.name}`);
    reached.add(focused.name);
    stops += 1;
  }
  assert.ok(stops <= 60, `${stops} stops`);
  for (const wanted of [
    'BUTTON Train',
    'INPUT gain',
    'SELECT Initializer',
    'BUTTON He',
    'BUTTON Add a run',
    'BUTTON speed',
    'SUMMARY Data',
    'BUTTON linear',
    'DIV Line chart of cost',
  ]) {
    assert.ok(
      [...reached].some((name) => name.startsWith(wanted)),
      `Tab does not reach "${wanted}"; it reached ${[...reached].join(', ')}`,
    );
  }
});

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
