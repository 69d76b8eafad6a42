// The built lab in a browser, as a visitor sees it: under the strict policy and without a request
// to another host. It plays, travels in time, opens links, and reports what fails.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { advanceClock, afterFrames, openGroup, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** @param {import('playwright-core').Page} page */
const link = (page) => page.evaluate(() => location.hash);

/**
 * Returns the pixels of every field as text, to detect changes.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
const fields = (page) =>
  page.evaluate(() =>
    /** @type {any} */ (document.querySelector('lab-app')).pictures.map((/** @type {any} */ part) =>
      part.canvas.toDataURL(),
    ),
  );

test('removes and restores a broken run while the others train', async () => {
  const { page, breaches } = await site.open('#look=3');
  await until(page, 'frame.position > 100');
  for (let i = 0; i < 6; i += 1) {
    await page.evaluate(async () => {
      const { model } = /** @type {any} */ (document.querySelector('lab-app'));
      model.removeRun(model.store.state.runs[0].id);
    });
    await afterFrames(page, 9);
    await page.evaluate(`document.querySelector('lab-app').model.undo()`);
    await afterFrames(page, 18);
  }
  const at = Number(await page.evaluate(`document.querySelector('lab-app').model.position`));
  await until(page, `frame.position > ${at} || frame.position === 3000`);
  assert.deepEqual(breaches, []);
});

test('shows the same accuracy in a run’s sentence and on its card while it trains', async () => {
  const { page } = await site.open('#look=3');
  await until(page, 'frame.position > 100');
  const pairs = await page.evaluate(async () => {
    const { race } = /** @type {any} */ (document.querySelector('lab-app')).model;
    /** @type {number[][]} */
    const seen = [];
    for (let i = 0; i < 40; i += 1) {
      await new Promise((resolve) => race.addEventListener('frame', resolve, { once: true }));
      for (const { state, metrics } of race.latest.values())
        if (state?.values.train !== undefined) seen.push([state.values.train, metrics.trainAccuracy]);
    }
    return seen;
  });
  assert.ok(pairs.length > 20, String(pairs.length));
  for (const [spoken, shown] of pairs) assert.equal(spoken, shown);
});

test('trains four runs on the flower without a click: He exceeds 85 %, zeros stay at 50 %', async () => {
  const { page, breaches } = await site.open();
  await until(page, 'frame.position > 0 && frame.playing');
  assert.equal(await page.locator('lab-run-card').count(), 4);
  const before_ = await fields(page);
  await until(page, 'frame.position >= 1500 && frame.runs.every((run) => run.iteration === frame.position)');
  const after_ = await fields(page);
  assert.equal(after_[0], before_[0], 'nothing moves with zeros');
  assert.notEqual(after_[3], before_[3], 'the field of He moves');
  const accuracies = await page.evaluate(() =>
    /** @type {any} */ (document.querySelector('lab-app')).model.race.frame.runs.map(
      (/** @type {any} */ run) => run.metrics.trainAccuracy,
    ),
  );
  assert.equal(accuracies[0], 0.5);
  assert.ok(accuracies[3] > 0.85, `He reached ${accuracies[3]}`);
  assert.deepEqual(breaches, []);
});

test('pauses, steps, goes back and resets, and shows the past unchanged', async () => {
  const { page, breaches } = await site.open('#steps=400&speed=max');
  await until(page, 'frame.position === 400 && !frame.playing');
  await page.keyboard.press('Home');
  await until(page, 'frame.position === 0 && !frame.catchingUp && frame.runs[0].field.columns === 256');
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('.');
  await page.keyboard.press(',');
  await until(page, 'frame.position === 4 && frame.runs.every(({ iteration }) => iteration === 4)');
  await page.evaluate(() => /** @type {any} */ (document.querySelector('lab-app')).model.seek(200));
  await until(
    page,
    'frame.position === 200 && !frame.catchingUp && frame.runs.every((run) => run.field.columns === 256)',
  );
  const there = await fields(page);
  await page.keyboard.press('End');
  await until(
    page,
    'frame.position === 400 && !frame.catchingUp && frame.runs.every((run) => run.field.columns === 256)',
  );
  assert.notDeepEqual(await fields(page), there);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('lab-app')).model.seek(200));
  await until(
    page,
    'frame.position === 200 && !frame.catchingUp && frame.runs.every((run) => run.field.columns === 256)',
  );
  assert.deepEqual(await fields(page), there);
  await page.getByRole('button', { name: 'Restart with the same weights' }).click();
  await until(page, 'frame.position === 0');
  assert.deepEqual(breaches, []);
});

test('updates the address, and undoes with the browser’s back button', async () => {
  const { page } = await site.open('#at=10');
  await until(page, 'frame.position === 10');
  await page.keyboard.press('a');
  assert.match(await link(page), /chart=accuracy/);
  await advanceClock(page, 900);
  await page.keyboard.press('d');
  assert.match(await link(page), /runs=.*he_normal;he_normal/);
  await page.goBack();
  await untilTrue(page, "!location.hash.includes('runs=')");
  assert.equal(await page.locator('lab-run-card').count(), 4);
  await page.goForward();
  await untilTrue(page, "location.hash.includes('runs=')");
  assert.equal(await page.locator('lab-run-card').count(), 5);
  // An iteration is part of the address, but no entry of its own.
  await advanceClock(page, 900);
  await page.keyboard.press('Home');
  await until(page, 'frame.position === 0');
  assert.match(await link(page), /at=0/);
  await page.goBack();
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  assert.equal(await page.locator('lab-run-card').count(), 4);
});

test('opens the readable parts of a damaged link and names the others', async () => {
  const { page, breaches } = await site.open('#net=3,x&runs=he_normal;magic&act=tanh&at=5');
  await until(page, 'frame.position === 5');
  const note = await page.getByRole('alert').innerText();
  assert.match(note, /net=3,x/);
  assert.match(note, /magic/);
  assert.deepEqual(breaches, []);
});

test('opens a preset by its name, like an embed', async () => {
  for (const path of ['?preset=exercise-5', '#preset=exercise-5']) {
    const { page } = await site.open(path);
    await until(page, 'frame.runs.length === 3 && model.unread.length === 0');
    await page.getByRole('button', { name: /^Experiment: Exercise 5/ }).waitFor();
    if (path.startsWith('#')) {
      await page.evaluate(() => (location.hash = '#preset=zeros'));
      await page.getByRole('button', { name: /^Experiment: Can a network start from zeros/ }).waitFor();
    }
    await page.context().close();
  }
});

test('checks a link that is pasted into the open page', async () => {
  const { page, breaches } = await site.open('#at=5');
  await until(page, 'frame.position === 5');
  await page.evaluate(() => {
    location.hash = 'data=cats&runs=he_normal;magic;normal,std:1e9&act=foo&opt=adam,beta1:0.5&at=6';
  });
  await until(page, 'frame.position === 6 && !frame.catchingUp');
  const note = await page.locator('lab-notices').getByRole('alert').innerText();
  for (const found of ['data=cats', 'runs=magic', 'runs=std:1000000000', 'act=foo'])
    assert.ok(note.includes(found), `${found} is not in ${note}`);
  assert.equal(await page.locator('lab-run-card .broken').count(), 0);
  assert.deepEqual(breaches, []);
});

test('reports a module that cannot be loaded on every page, without unhandled errors', async () => {
  for (const path of ['', 'maps.html', 'sweeps.html']) {
    const page = await site.blank();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto(site.address + path);
    await page.getByRole('alert').first().waitFor();
    assert.match(await page.getByRole('alert').first().innerText(), /init_lab.*\.wasm cannot be loaded/);
    await afterFrames(page, 20);
    assert.deepEqual(errors, [], path);
    await page.close();
  }
});

test('trains another experiment after one that failed', async () => {
  const { page, breaches } = await site.open();
  await until(page, 'frame.position > 0');
  const fail = () =>
    page.evaluate(() =>
      /** @type {any} */ (document.querySelector('lab-app')).model.race.dispatchEvent(
        new CustomEvent('failed', {
          detail: new Error('The experiment does not fit into memory; expected fewer examples or parameters'),
        }),
      ),
    );
  await fail();
  const alert = page.getByRole('alert');
  assert.match(
    await alert.innerText(),
    /^This experiment stopped because of an error\.\s+The experiment does not fit/,
  );
  await page.getByRole('button', { name: 'Open the default experiment' }).click();
  await until(page, 'frame.position > 0 && frame.position < 3000 && frame.playing');
  await fail();
  await page.evaluate(() => (location.hash = '#preset=zeros'));
  await until(page, 'model.broken === null && frame.runs.length === 1 && frame.position > 0');
  assert.deepEqual(breaches, []);
});

test('reports a part of the lab that cannot be loaded, and loads it on the next request', async () => {
  const page = await site.blank();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.route('**/lab-tour*.js', (route) => route.abort());
  await page.goto(site.address);
  await until(page, 'frame.position > 0');
  await page.getByRole('button', { name: 'Help: a tour' }).click();
  const notice = page.getByText('Some files failed to load.');
  await notice.waitFor();
  await page.unroute('**/lab-tour*.js');
  await page.getByRole('button', { name: 'Help: a tour' }).click();
  await page.getByRole('dialog').waitFor();
  assert.equal(await notice.count(), 0);
  await page.route('**/lab-app*.js', (route) => route.abort());
  await page.reload();
  await page.getByRole('heading', { name: 'The lab has not loaded.' }).waitFor();
  assert.deepEqual(errors, []);
});

test('paints, undoes and pastes points, and trains the runs on them', async () => {
  const { page, breaches } = await site.open('#at=0');
  await until(page, 'frame.position === 0');
  await openGroup(page, 'Data');
  await page.getByRole('button', { name: 'Draw your own points' }).click();
  const plane = page.locator('lab-points canvas');
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await plane.boundingBox()
  );
  const put = (/** @type {number} */ u, /** @type {number} */ v) =>
    page.mouse.click(box.x + u * box.width, box.y + v * box.height);
  await put(0.2, 0.2);
  await put(0.3, 0.25);
  await page.getByRole('button', { name: 'class 1' }).click();
  await put(0.7, 0.8);
  await put(0.8, 0.7);
  // A click on an existing point changes nothing and adds no undo step.
  await put(0.2, 0.2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await untilTrue(page, '/^#data=points/.test(location.hash)');
  assert.equal(
    await page.locator('lab-points [role=status]').first().innerText(),
    '2 of class 0, 1 of class 1',
  );
  await page.getByText('Paste CSV').click();
  await page.locator('lab-points textarea').fill('1,2,0\n3,x,1');
  assert.match(await page.locator('lab-points [role=alert]').innerText(), /Line 2: "x" is not a number/);
  await page.locator('lab-points textarea').fill('1,2,0\n3,4,1\n-1,0,1');
  await page.getByRole('button', { name: 'Use these 3 points' }).click();
  await until(page, 'model.race.datasets.get(frame.runs[0].id).train.y.length === 3');
  // Back to the painted points, in their own range.
  await page.getByRole('button', { name: 'Undo' }).click();
  await untilTrue(page, "document.querySelector('lab-app').model.store.state.dataset.own.low === -5");
  await untilTrue(page, '/data=points,-5,5,[\\w-]+,[\\w-]+/.test(location.hash)');
  assert.deepEqual(breaches, []);
});

test('renders a panel alone on a bare page', async () => {
  const { page, breaches } = await site.open('#at=1');
  await until(page, 'frame.position === 1');
  await page.evaluate(() => {
    const card = document.createElement('lab-run-card');
    card.setAttribute('experiment', 'runs=he_normal&steps=200&speed=max');
    card.setAttribute('bare', '');
    document.body.replaceChildren(card);
  });
  await untilTrue(page, "(document.querySelector('lab-run-card')).model.race.frame?.position === 200");
  assert.deepEqual(breaches, []);
});
