// What the built lab exports: scripts, pictures, tables, results and links.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { python } from '../js/support.js';
import { openSite, until } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/**
 * @param {import('playwright-core').Page} page
 * @param {string} run
 * @param {string} item
 */
async function choose(page, run, item) {
  await page.getByRole('button', { name: `Options for ${run}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('exports a script that gives the figures of the page', async () => {
  const { page, breaches } = await site.open('#at=400', { acceptDownloads: true });
  await until(page, 'frame.position === 400 && !frame.catchingUp');
  const waiting = page.waitForEvent('download');
  await choose(page, 'He', 'NumPy script of this run');
  const download = await waiting;
  assert.equal(download.suggestedFilename(), 'init-lab-he.py');
  const printed = execFileSync(python, [await download.path()], { encoding: 'utf8' });
  const shown = await page.evaluate(
    () => /** @type {any} */ (document.querySelector('lab-app')).model.race.frame.runs[3].metrics,
  );
  assert.match(printed, new RegExp(`train accuracy ${shown.trainAccuracy}\\n`));
  assert.match(printed, new RegExp(`test accuracy  ${shown.testAccuracy}\\n`));
  const cost = Number(/cost\s+(\S+)/.exec(printed)?.[1]);
  assert.ok(Math.abs(cost - shown.cost) < 1e-9 * shown.cost, `${cost} is not ${shown.cost}`);
  assert.deepEqual(breaches, []);
});

test('exports pictures, tables and results', async () => {
  const { page } = await site.open('#at=30', { acceptDownloads: true });
  await until(page, 'frame.position === 30 && !frame.catchingUp');
  const take = async (/** @type {string} */ item) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const picture = await take('Picture of all runs (PNG)');
  assert.equal(picture.name, 'init-lab.png');
  assert.deepEqual([...picture.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  const table = (await take('History of all runs (CSV)')).bytes.toString().trim().split('\n');
  assert.equal(table[0], 'experiment,iteration,cost,trainAccuracy,testAccuracy');
  assert.match(table[1], /^Zeros,0,0\.693/);
  assert.ok(table.some((row) => row.startsWith('× 10,0,Infinity,')));
  const result = JSON.parse((await take('Settings, weights and results (JSON)')).bytes.toString());
  assert.equal(result.runs.length, 4);
  assert.equal(result.runs[3].parameters.length, 91);
  assert.equal(result.runs[2].history[0].cost, 'Infinity');
  assert.equal(result.runs[3].spec.init.name, 'he_normal');
});

test('writes the whole link under the picture of all runs, on as many lines as it needs', async () => {
  const name = 'a%20long%20name%20of%20a%20run%20that%20fills%20many%20a%20line%20';
  const many = Array.from({ length: 8 }, (_, i) => `he_normal,slope:0.${i}/name=${name}${i}/net=4,4,4,4`);
  const take = async (/** @type {string} */ runs) => {
    const { page } = await site.open(`#at=2&runs=${runs}`);
    await until(page, 'frame.position === 2 && !frame.catchingUp');
    await page.getByRole('button', { name: 'Share' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Picture of all runs (PNG)' }).click(),
    ]);
    const bytes = readFileSync(await download.path()).toString('base64');
    // Rows of pixels with ink beside the fields: the text below the lowest field, and its right
    // edge.
    const measured = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const { width, height } = image;
      const context = /** @type {CanvasRenderingContext2D} */ (
        Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
      );
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const inked = (/** @type {number} */ x, /** @type {number} */ y) => data[4 * (y * width + x)] < 200;
      let [lines, right] = [0, 0];
      let inLine = false;
      for (let y = 2 * (26 + 480) + 150; y < height; y += 1) {
        let any = false;
        for (let x = 0; x < width; x += 1) if (inked(x, y)) [any, right] = [true, Math.max(right, x)];
        if (any && !inLine) lines += 1;
        inLine = any;
      }
      return { width, lines, right, clear: !inLine };
    }, bytes);
    const characters = await page.evaluate(() => location.href.length);
    await page.context().close();
    return { ...measured, characters };
  };
  const [long, short] = [await take(many.join(';')), await take('zeros;'.repeat(7) + 'zeros')];
  assert.ok(long.characters > 600, `${long.characters} characters`);
  assert.ok(long.lines >= short.lines + 3, `${long.lines} lines after ${short.lines}`);
  assert.ok(long.right <= long.width - 36 && long.clear, JSON.stringify(long));
});

test('exports nothing of a run that cannot start, and reports other failures', async () => {
  const { page } = await site.open('#at=2&runs=zeros/net=4096,4096,4096,4096;he_normal');
  await until(page, 'frame.position === 2 && !frame.catchingUp');
  await page.getByText('This run cannot start.').waitFor();
  const item = (/** @type {string} */ name) => page.getByRole('menuitem', { name, exact: true });
  await page.getByRole('button', { name: 'Options for Zeros' }).click();
  for (const name of [
    'Picture of this field (PNG)',
    'NumPy script of this run',
    'History of this run (CSV)',
    'Everything about this run (JSON)',
  ])
    assert.ok(await item(name).isDisabled(), name);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Options for He' }).click();
  await page.evaluate(() => {
    const { race } = /** @type {any} */ (document.querySelector('lab-app')).model;
    race.result = () => Promise.reject(new Error('The run has gone'));
  });
  await item('History of this run (CSV)').click();
  await page.getByText('That did not work (The run has gone).').waitFor();
});

test('copies the whole link', async () => {
  const { page, address } = await site.open('#seed=4&at=3', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await until(page, 'frame.position === 3');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await page.getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${address}#seed=4&at=3`);
});

test('shows the link for copying by hand without a clipboard', async () => {
  const { page, address, breaches } = await site.open('#at=3');
  await until(page, 'frame.position === 3');
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  const text = page.getByRole('dialog').getByRole('textbox');
  assert.equal(await text.inputValue(), `${address}#at=3`);
  assert.equal(
    await text.evaluate((area) => {
      const { selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (area);
      return selectionEnd - selectionStart;
    }),
    `${address}#at=3`.length,
  );
  assert.deepEqual(breaches, []);
});
