// The one-file lab opened from disk: no host, no network, the same lab.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openSite, site as built, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
/** @type {string} */
let folder;
before(async () => {
  site = await openSite();
  // The file is alone in its folder, as if it had been mailed.
  folder = mkdtempSync(join(tmpdir(), 'init-lab-alone-'));
  copyFileSync(join(built, 'standalone.html'), join(folder, 'lab.html'));
});
after(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

test('trains from disk, opens its late parts, and sends no request', async () => {
  const page = await site.blank();
  /** @type {string[]} */
  const faults = [];
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) faults.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(
    `${pathToFileURL(join(folder, 'lab.html'))}#data=circles&at=50&runs=normal,std:10;he_normal`,
  );
  const model = `document.querySelector('lab-app')?.model`;
  await untilTrue(page, `${model}?.race.frame?.position === 50 && !${model}.race.frame.catchingUp`);
  await page.keyboard.press('?');
  await untilTrue(page, `document.querySelector('lab-app').shadowRoot.querySelector('lab-tour') !== null`);
  assert.equal(await page.locator('site-header nav').count(), 0);
  assert.deepEqual(faults, []);
});

test('links to the file itself when opened from disk, and offers no frame', async () => {
  const page = await site.blank();
  const file = pathToFileURL(join(folder, 'lab.html')).href;
  await page.goto(`${file}?lang=de#net=7&at=0`);
  await page.getByRole('button', { name: 'Teilen' }).click();
  assert.equal(await page.getByRole('menuitem', { name: 'Code zum Einbetten kopieren' }).count(), 0);
  await page.evaluate(`(navigator.clipboard.writeText = async (text) => void (window.copied = text))`);
  await page.getByRole('menuitem', { name: 'Link kopieren' }).click();
  await untilTrue(page, `window.copied === ${JSON.stringify(`${file}?lang=de#net=7&at=0`)}`);
});
