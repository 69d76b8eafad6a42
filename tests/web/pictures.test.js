// The page "Pictures": samples, training that pauses, invalid files.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const lab = `document.querySelector('picture-lab')`;
/** Whether the table's content is within a phone's window. */
const inSight = `[...${lab}.renderRoot.querySelectorAll('tbody th, tbody td')].every((cell) => {
  const { left, right, height } = cell.getBoundingClientRect();
  return left >= 0 && right <= innerWidth && height < 60;
})`;
const data =
  env.INIT_LAB_PICTURES ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'data');

test('shows the drawn pictures, starts and pauses the training, and names a wrong file without losing results', async () => {
  const { page, breaches } = await site.open('pictures.html');
  await untilTrue(page, `Boolean(${lab}?.pictures)`);
  const painted = `[...${lab}.renderRoot.querySelectorAll('.samples canvas')].every((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, 64, 64);
    return new Set(data).size > 20;
  })`;
  await untilTrue(page, painted);
  await page.locator('input[type=file]').setInputFiles({
    name: 'train_catvnoncat.h5',
    mimeType: 'application/x-hdf5',
    buffer: Buffer.from('no HDF5 at all'),
  });
  await untilTrue(page, `${lab}.renderRoot.querySelector('[role=alert]') !== null`);
  assert.match(String(await page.evaluate(`${lab}.problem`)), /train_catvnoncat\.h5: .*HDF5/);
  assert.equal(await page.evaluate(`${lab}.pictures.train.y.length`), 209);
  // The same by dropping it.
  await page.evaluate(() => {
    const dropped = new DataTransfer();
    dropped.items.add(new File(['neither'], 'test_catvnoncat.h5'));
    const target = document.querySelector('picture-lab')?.shadowRoot?.querySelector('.drop');
    target?.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, cancelable: true }));
  });
  await untilTrue(page, `/^test_catvnoncat\\.h5: .*HDF5/.test(${lab}.problem)`);
  const button = page.locator('picture-lab button').first();
  // Long before the first training is done, the text shows progress. Keep all texts, because a fast
  // machine shows each only briefly.
  await page.evaluate(`(() => {
    const lab = ${lab};
    const { requestUpdate } = lab;
    window.texts = [];
    lab.requestUpdate = (...change) => {
      window.texts.push(lab.runner.progress);
      requestUpdate.apply(lab, change);
    };
  })()`);
  await button.click();
  await untilTrue(page, `${lab}.runner.running`);
  await untilTrue(
    page,
    `window.texts.some((words) => /^0 of 6 trainings, [1-9]\\d* %, .+ left/.test(words))`,
  );
  await untilTrue(page, `${lab}.renderRoot.querySelector('progress').value > 0`);
  await button.click();
  await untilTrue(page, `!${lab}.runner.running`);
  assert.deepEqual(await faultsOf(page), []);
  assert.deepEqual(breaches, []);
});

test('fits every number of the table and each start’s description into a phone’s window', async () => {
  const { page } = await site.open('pictures.html', { viewport: { width: 390, height: 844 } });
  await untilTrue(page, `Boolean(${lab}?.pictures)`);
  assert.equal(await page.evaluate(inSight), true);
  assert.equal(await page.getByRole('rowheader').count(), 6);
  assert.equal(await page.getByRole('cell').count(), 30);
});

test(
  'reads the course’s files in the browser, one after the other',
  { skip: existsSync(join(data, 'train_catvnoncat.h5')) ? false : 'the course’s files are not here' },
  async () => {
    const { page, breaches } = await site.open('pictures.html');
    await untilTrue(page, `Boolean(${lab}?.pictures)`);
    await page.locator('input[type=file]').setInputFiles(join(data, 'test_catvnoncat.h5'));
    await untilTrue(page, `/now choose the training file/.test(${lab}.note)`);
    await page.locator('input[type=file]').setInputFiles(join(data, 'train_catvnoncat.h5'));
    await untilTrue(page, `${lab}.source === 'course'`);
    assert.deepEqual(
      await page.evaluate(
        `[${lab}.pictures.train.y.length, ${lab}.pictures.test.y.length, ${lab}.iterations]`,
      ),
      [209, 50, 2500],
    );
    assert.match(String(await page.evaluate(`${lab}.renderRoot.querySelector('tbody').textContent`)), /–/);
    assert.deepEqual(breaches, []);
  },
);

test(
  'identifies files by their content, not by their names, and says so',
  { skip: existsSync(join(data, 'train_catvnoncat.h5')) ? false : 'the course’s files are not here' },
  async () => {
    const { page } = await site.open('pictures.html');
    await untilTrue(page, `Boolean(${lab}?.pictures)`);
    const renamed = (/** @type {string} */ file, /** @type {string} */ name) => ({
      name,
      mimeType: 'application/x-hdf5',
      buffer: readFileSync(join(data, file)),
    });
    await page
      .locator('input[type=file]')
      .setInputFiles([renamed('train_catvnoncat.h5', 'latest.h5'), renamed('test_catvnoncat.h5', 'cats.h5')]);
    await untilTrue(page, `${lab}.source === 'course'`);
    assert.deepEqual(
      await page.evaluate(`[${lab}.pictures.train.y.length, ${lab}.pictures.test.y.length, ${lab}.problem]`),
      [209, 50, ''],
    );
    assert.equal(
      await page.locator('picture-lab [role=status]').innerText(),
      'latest.h5: 209 training pictures; cats.h5: 50 test pictures',
    );
  },
);
