// Functions for lectures: a verdict, a prediction before the training, a name, a figure, a handout.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { faultsOf, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const lab = `document.querySelector('lab-app')`;

test('summarizes each run’s outcome in one line, with links to the reasons', async () => {
  const { page, breaches } = await site.open('#at=3000');
  await until(page, 'frame.position === 3000 && !frame.catchingUp');
  const verdict = page.locator('lab-verdict p');
  await page.getByText(/He\s\(\d\d\s%\) learns\./).waitFor();
  const text = await verdict.innerText();
  assert.match(text, /Zeros cannot start/);
  assert.match(text, /×\s0\.01 has not started/);
  assert.match(text, /×\s10: 4 of 5 units are dead/);
  assert.equal(
    await verdict.getByRole('link', { name: 'Zeros' }).getAttribute('href'),
    './why.html#symmetry',
  );
  const anchors = await page.evaluate(
    `[...${lab}.renderRoot.querySelector('lab-verdict').renderRoot.querySelectorAll('a')].map((link) => link.hash.slice(1))`,
  );
  await page.goto(new URL('why.html', page.url()).href);
  for (const anchor of /** @type {string[]} */ (anchors))
    assert.equal(await page.locator(`[id="${anchor}"]`).count(), 1, anchor);
  assert.deepEqual(breaches, []);
});

test('asks for a ranking, hides the answer, and compares it with the result', async () => {
  const { page, breaches } = await site.open('#predict=rank&steps=300&speed=max', { bypassCSP: true });
  await until(page, 'frame.position === 0 && !frame.playing');
  await page.evaluate(
    `void ${lab}.addEventListener('predicted', ({ detail }) => (window.reported = detail))`,
  );
  const names = () => page.locator('lab-predict li:not(.head) > span:nth-of-type(2)').allInnerTexts();
  await page.getByRole('heading', { name: /^Which initialization reaches/ }).waitFor();
  assert.equal(await page.locator('lab-verdict p').count(), 0);
  assert.deepEqual(await faultsOf(page), []);
  const up = page.getByRole('button', { name: 'Move He up' });
  for (let i = 0; i < 3; i += 1) await up.click();
  assert.deepEqual(await names(), ['He', 'Zeros', '× 0.01', '× 10']);
  await page.getByRole('button', { name: 'Lock my prediction and train' }).click();
  await until(page, 'frame.position === 300 && !frame.playing');
  await page.getByText(/^\d of 6 pairs are in the right order\.$/).waitFor();
  const reported = /** @type {any} */ (await page.evaluate('window.reported'));
  assert.equal(reported.prediction[0], 'He');
  assert.equal(reported.result[0], 'He');
  assert.ok(reported.right >= 3 && reported.pairs === 6, JSON.stringify(reported));
  await page.locator('lab-verdict p').waitFor();
  // The next prediction starts at iteration 0.
  await page.getByRole('button', { name: 'Predict again' }).click();
  await until(page, 'frame.position === 0');
  await page.getByRole('button', { name: 'Lock my prediction and train' }).waitFor();
  assert.deepEqual(breaches, []);
});

test('carries a title and a question in the link', async () => {
  const { page } = await site.open('#at=5');
  await until(page, 'frame.position === 5');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Name this experiment …' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Week 3: a & b = c?');
  await page.getByRole('textbox', { name: 'Question' }).fill('Who wins, 50 % or more?');
  await page.getByRole('button', { name: 'Done' }).click();
  await untilTrue(page, 'location.hash.includes("question=")');
  const address = await page.evaluate(() => location.href);
  await page.goto('about:blank');
  await page.goto(address);
  await until(page, 'frame.position === 5');
  await page.getByRole('button', { name: 'Experiment: Week 3: a & b = c?' }).waitFor();
  await page.getByText('Who wins, 50 % or more?').waitFor();
  assert.equal(await page.evaluate(`${lab}.model.unread.length`), 0);
});

test('saves a figure with the chosen parts and colours, without external references', async () => {
  const { page, breaches } = await site.open('#at=300');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Figure …' }).click();
  const dialog = page.getByRole('dialog');
  const saved = async (/** @type {'PNG' | 'SVG'} */ kind) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: kind, exact: true }).click(),
    ]);
    return readFileSync(await download.path());
  };
  const png = await saved('PNG');
  // The size stands at byte 16 of a PNG: 1280 by 720 at two pixels each.
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2560, 1440]);
  const light = String(await saved('SVG'));
  assert.match(light, /Cost by iteration/);
  assert.doesNotMatch(light, /var\(--|href="(?!data:)/);
  await dialog.getByRole('checkbox', { name: 'cost', exact: true }).uncheck();
  await dialog.getByRole('checkbox', { name: 'signals by layer' }).check();
  await dialog.getByRole('combobox', { name: 'Colours' }).selectOption({ label: 'dark' });
  await dialog.getByRole('combobox', { name: 'Shape' }).selectOption({ label: 'column' });
  const dark = String(await saved('SVG'));
  assert.doesNotMatch(dark, /Cost by iteration/);
  assert.match(dark, /Signals by layer/);
  assert.match(dark, /<rect width="640" height="\d+(\.\d+)?" fill="#15181b"/);
  // Every drawing inside the figure has a size of its own.
  for (const [tag] of dark.slice(4).matchAll(/<svg [^>]*>/g)) assert.match(tag, / width="\d/);
  const pictures = (/** @type {string} */ svg) => [...svg.matchAll(/<image /g)].length;
  await dialog.getByRole('checkbox', { name: 'landscape of the cost' }).check();
  const picture = `document.querySelector('lab-app').renderRoot.querySelector('lab-picture')`;
  await untilTrue(page, `${picture}.maps.length === 5`);
  // The map that all runs share, and one of each run.
  const mapped = String(await saved('SVG'));
  assert.match(mapped, /Landscape of the cost/);
  assert.equal(pictures(mapped), pictures(dark) + 5);
  assert.deepEqual(breaches, []);
});

test('prints a handout with the question, empty fields, lines and the link as a QR code', async () => {
  const { page, breaches } = await site.open('#preset=exercise-5&at=0');
  await until(page, 'frame.position === 0 && !frame.catchingUp');
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Handout …' }).click();
  await untilTrue(page, `document.body.hasAttribute('data-printed')`);
  await page.emulateMedia({ media: 'print' });
  const handout = page.locator('lab-handout');
  await handout.getByRole('heading').waitFor();
  assert.equal(await page.locator('lab-transport').isVisible(), false);
  assert.equal(await handout.locator('canvas').count(), 3);
  assert.equal(await handout.locator('.code svg').count(), 1);
  assert.match(await handout.locator('.foot').innerText(), /#preset=exercise-5|runs=/);
  await page.evaluate(() => void dispatchEvent(new Event('afterprint')));
  assert.equal(await handout.count(), 0);
  await page.locator('lab-transport').waitFor();
  assert.deepEqual(breaches, []);
});

test('prints a figure on a page of its own size', async () => {
  const { page, breaches } = await site.open('#at=100');
  await until(page, 'frame.position === 100 && !frame.catchingUp');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Figure …' }).click();
  const frame = `document.querySelector('lab-app').renderRoot.querySelector('lab-picture')
    .renderRoot.querySelector('iframe')`;
  await untilTrue(page, `${frame} !== null`);
  await page.evaluate(`${frame}.contentWindow.print = () => (window.printed = true)`);
  await page.getByRole('button', { name: 'Print or PDF' }).click();
  await untilTrue(page, 'window.printed === true');
  const rule = `${frame}.contentDocument.adoptedStyleSheets[0].cssRules[0]`;
  assert.match(String(await page.evaluate(`${rule}.cssText`)), /@page.*1280px 720px/);
  const image = `${frame}.contentDocument.querySelector('img')`;
  assert.equal(await page.evaluate(`${image}.naturalWidth`), 1280);
  assert.deepEqual(breaches, []);
});
