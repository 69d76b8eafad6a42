// The head of every page: where one is, and in which language.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const head = `document.querySelector('site-header')`;

test('on a phone the open page is in sight in the row of pages, and nothing else is scrolled', async () => {
  for (const path of ['', 'why.html', 'phase.html', 'notebook.html', 'embedding.html']) {
    const { page } = await site.open(path, { viewport: { width: 390, height: 844 } });
    await untilTrue(page, `${head}?.renderRoot?.querySelector('[aria-current]') !== null`);
    const sight = await page.evaluate(`(() => {
      const box = ${head}.renderRoot.querySelector('[aria-current]').getBoundingClientRect();
      return { left: box.left >= 0, right: box.right <= innerWidth, x: scrollX, y: scrollY };
    })()`);
    assert.deepEqual(sight, { left: true, right: true, x: 0, y: 0 }, path);
    await page.context().close();
  }
});
