// The page "Sweeps": three experiments that start when visible, report their results, pause and
// resume.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { namesOfLevels } from '../../web/plots/ribbons.js';
import { afterFrames, faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const factor = `document.querySelector('factor-sweep')`;
const method = `document.querySelector('method-sweep')`;

test('places the names of reference lines inside the plot and clear of other such lines', () => {
  const top = 22;
  for (const lines of [
    [226, 218], // He and Glorot by cost on a phone
    [24, 26], // and by accuracy
    [26, 24],
    [30, 200],
    [100, 110, 120],
  ]) {
    const names = namesOfLevels(lines, top);
    for (const [i, baseline] of names.entries()) {
      const [from, to] = [baseline - 9, baseline + 3];
      assert.ok(from >= top, `${lines[i]}`);
      assert.ok(
        lines.every((y) => y < from || y > to),
        `${lines} cross the name at ${from} … ${to}`,
      );
    }
  }
  assert.deepEqual(namesOfLevels([226, 218], top), [239, 213]);
});

/** One seed of every factor and depth is trained. */
const oneSeed = `${factor}?.x.every((_, x) => ${factor}.lines.every((_, l) => ${factor}.values(x, l).length > 0))`;

test('shows that a smaller factor leaves the plateau later, by a power that the depth sets', async () => {
  const { page, breaches } = await site.open('sweeps.html');
  await untilTrue(page, oneSeed);
  const wait = async (/** @type {number} */ value, /** @type {number} */ line) =>
    Number(await page.evaluate(`${factor}.values(${factor}.x.indexOf(${value}), ${line})[0]`));
  // With k hidden layers the size s grows as s^k: from 0.1 to 0.0316 the wait grows by less than 2,
  // by about √10, and by about 10.
  const growth = async (/** @type {number} */ line) => (await wait(0.0316, line)) / (await wait(0.1, line));
  assert.ok((await growth(0)) < 2, `one layer: ${await growth(0)}`);
  assert.ok(Math.abs(Math.log((await growth(1)) / Math.sqrt(10))) < 0.4, `two layers: ${await growth(1)}`);
  assert.ok(Math.abs(Math.log((await growth(2)) / 10)) < 0.6, `three layers: ${await growth(2)}`);
  assert.equal(await wait(0.01, 2), Infinity);
  await page.locator('factor-sweep button').first().click();
  await untilTrue(page, `!${factor}.runner.running`);
  const paused = Number(await page.evaluate(`${factor}.runner.done`));
  await page.locator('factor-sweep button').first().click();
  await untilTrue(page, `${factor}.runner.done > ${paused}`);
  await page.locator('factor-sweep button').first().click();
  assert.deepEqual(await faultsOf(page), []);
  assert.deepEqual(breaches, []);
});

test('draws no median from some of the seeds, and says in a table what is missing', async () => {
  const { page } = await site.open('sweeps.html');
  await untilTrue(page, oneSeed);
  await page.locator('factor-sweep button').first().click();
  await untilTrue(page, `!${factor}.runner.running`);
  const ribbons = /** @type {{ middle: (number | null)[], seeds: unknown[] }[]} */ (
    await page.evaluate(`${factor}.ribbons`)
  );
  const done = Number(await page.evaluate(`${factor}.runner.done`));
  assert.ok(done < 195);
  assert.deepEqual(
    ribbons.flatMap(({ middle }) => middle).filter((value) => value !== null),
    [],
  );
  assert.equal(ribbons.flatMap(({ seeds }) => seeds).length, done);
  assert.match(await page.locator('factor-sweep .reading').innerText(), /all 5 seeds/);
  assert.equal(await page.locator('factor-sweep').getByRole('button', { name: 'Figure' }).isDisabled(), true);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('factor-sweep').getByRole('button', { name: 'CSV' }).click(),
  ]);
  const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
  assert.equal(head, 'factor,line,draw,iterations');
  assert.equal(rows.length, 195);
  assert.equal(rows.filter((row) => row.endsWith(',')).length, 195 - done);
});

test('shows a sweep as a figure with its lines and reference lines', async () => {
  const { page, breaches } = await site.open('sweeps.html');
  await untilTrue(page, oneSeed);
  // One seed, for the test's sake.
  await page.evaluate(`(() => {
    ${factor}.runner.pause();
    ${factor}.runner.specs = ${factor}.runner.specs.slice(0, ${factor}.runner.done);
    for (const lines of ${factor}.outcomes) for (const seeds of lines) seeds.length = 1;
    Object.defineProperty(${factor}, 'draws', { value: 1 });
    ${factor}.requestUpdate();
  })()`);
  await page.locator('factor-sweep').getByRole('button', { name: 'Figure' }).click();
  const figure = decodeURIComponent(String(await page.locator('map-picture img').getAttribute('src')));
  for (const text of [
    'Smaller is later',
    '3 hidden layers',
    'factors of He',
    'end of training; above: not left',
    '× 10',
  ])
    assert.ok(figure.includes(`${text}</text>`), text);
  const lines = [...figure.matchAll(/<path [^>]*>/g)].filter(([path]) => / d="M[^"]*L/.test(path));
  assert.equal(lines.filter(([path]) => path.includes('fill="none"')).length, 3);
  assert.doesNotMatch(figure, /var\(|NaN|href|url\(/);
  assert.deepEqual(breaches, []);
});

test('shows the signals of a deep network as a figure with both charts', async () => {
  const { page, breaches } = await site.open('sweeps.html');
  const profile = `document.querySelector('depth-profile')`;
  await untilTrue(page, `${profile}?.signals?.length === 9`);
  await page.locator('depth-profile').getByRole('button', { name: 'Figure' }).click();
  const figure = decodeURIComponent(String(await page.locator('map-picture img').getAttribute('src')));
  for (const text of [
    'What depth does to a signal',
    'Size of the activations',
    'Size of the gradients',
    'He: √2 / √n',
  ])
    assert.ok(figure.includes(`${text}</text>`), text);
  assert.doesNotMatch(figure, /var\(|NaN|href|url\(/);
  assert.equal([...figure.matchAll(/<svg /g)].length, 6);

  assert.deepEqual(breaches, []);
  await page.context().close();
});

test('reads a value out and opens it in the lab by keyboard', async () => {
  const { page } = await site.open('sweeps.html');
  await untilTrue(page, oneSeed);
  await page.locator('factor-sweep button').first().click();
  await page.locator('factor-sweep .plot').focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.evaluate(`${factor}.x[${factor}.hover]`), 0.0562);
  // Neither a mouse that leaves nor a new drawing moves the keyboard's cursor.
  await page.mouse.move(300, 2);
  await page.evaluate(`${factor}.requestDraw()`);
  await afterFrames(page);
  assert.equal(await page.evaluate(`${factor}.x[${factor}.hover]`), 0.0562);
  const cursor = `${factor}.renderRoot.querySelector('.u-cursor-x').getBoundingClientRect().left`;
  const over = `${factor}.renderRoot.querySelector('.u-over').getBoundingClientRect()`;
  // 0.0562 is three quarters of a power of ten from the left edge, of three.
  assert.ok(
    Math.abs(Number(await page.evaluate(`(${cursor} - ${over}.left) / ${over}.width`)) - 0.25) < 0.01,
  );
  await page.locator('factor-sweep .plot').focus();
  assert.match(
    String(await page.evaluate(`${factor}.reading`)),
    /^factor of randn 0\.0562\. 1 hidden layer: [\d,]+ iterations/,
  );
  await Promise.all([page.waitForURL(/index\.html/), page.keyboard.press('Enter')]);
  await untilTrue(page, `(document.querySelector('lab-app')?.model?.race.frame?.position ?? -1) >= 0`);
  const runs = await page.evaluate(() =>
    /** @type {any} */ (document.querySelector('lab-app')).model.store.state.runs.map(
      (/** @type {any} */ { init, own }) => [init, own.layers ?? null],
    ),
  );
  const init = { name: 'normal', std: 0.0562 };
  assert.deepEqual(runs, [
    [init, null],
    [init, [10, 10]],
    [init, [10, 10, 10]],
  ]);
});

test('shows a value after a tap, with a link that opens the start', async () => {
  const { page } = await site.open('sweeps.html', { viewport: { width: 390, height: 844 }, hasTouch: true });
  // On a phone the sweep is below the first view and starts when visible.
  await untilTrue(page, `customElements.get('factor-sweep') !== undefined`);
  await page.locator('factor-sweep').scrollIntoViewIfNeeded();
  await untilTrue(page, oneSeed);
  await page.locator('factor-sweep button').first().click();
  await untilTrue(page, `!${factor}.runner.running`);
  await page.locator('factor-sweep .plot').scrollIntoViewIfNeeded();
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await page.locator('factor-sweep .u-over').boundingBox()
  );
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  const sentence = page.locator('factor-sweep .reading');
  assert.match(
    await sentence.innerText(),
    /^factor of randn 0\.316\. 1 hidden layer: [\d,]+ iterations(?: \(\d of 5 seeds\))?; /,
  );
  assert.match(page.url(), /sweeps\.html/);
  await Promise.all([page.waitForURL(/index\.html/), sentence.getByRole('link').tap()]);
});

test('leaves the plateau of a small start with Adam, but not with gradient descent, and from zeros with neither', async () => {
  const { page } = await site.open('sweeps.html');
  const best = (/** @type {number} */ line) =>
    `Math.min(...${method}.x.flatMap((_, x) => ${method}.values(x, ${line})))`;
  for (const [start, adamLearns] of [
    ['randn × 0.01', true],
    ['zeros', false],
  ]) {
    await page.locator('method-sweep select').first().selectOption(String(start));
    await untilTrue(page, `${method}.start === ${JSON.stringify(start)} && ${method}.runner.done >= 80`);
    assert.ok(Number(await page.evaluate(best(0))) > 0.69, `${start}: gradient descent`);
    const adam = Number(await page.evaluate(best(3)));
    assert.equal(adam < 0.1, adamLearns, `${start}: Adam ends at ${adam}`);
  }
});

test('keeps a signal’s size with He, and loses it with half of He, as theory predicts', async () => {
  const { page } = await site.open('sweeps.html');
  await untilTrue(page, `document.querySelector('depth-profile')?.signals.length === 9`);
  const sizes = /** @type {number[][]} */ (
    await page.evaluate(() =>
      /** @type {any} */ (document.querySelector('depth-profile')).signals.map(
        (/** @type {any} */ { diagnostics }) =>
          diagnostics.layers
            .slice(0, -1)
            .map((/** @type {any} */ { activation: { mean, variance } }) => variance + mean * mean),
      ),
    )
  );
  const perLayer = (/** @type {number[]} */ values) =>
    (values[values.length - 1] / values[0]) ** (1 / (values.length - 1));
  // The second moment is multiplied by n var(W) / 2 in each layer of ReLU (He et al. 2015); width
  // 50 scatters about it.
  for (const [line, factor_] of [0.125, 0.5, 1, 3.125].entries()) {
    const measured = perLayer(sizes[line]);
    assert.ok(
      Math.abs(Math.log(measured / factor_)) < 0.25,
      `line ${line}: ${measured} a layer, theory ${factor_}`,
    );
  }
  // The page also shows the measured factor, beside theory's factor for the gradient.
  const shown = await page
    .locator('depth-profile tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
    );
  for (const [line, [, chi1, measured]] of shown.slice(0, 4).entries()) {
    assert.ok(Math.abs(chi1 / [0.125, 0.5, 1, 3.125][line] - 1) < 0.01, `line ${line}: chi1 ${chi1}`);
    assert.ok(Math.abs(Math.log(measured / chi1)) < 0.25, `line ${line}: ${measured} a layer, chi1 ${chi1}`);
  }
});

test('measures the starts of a deep network one by one, and can pause, resume and restart for another shape', async () => {
  const { page } = await site.open('sweeps.html');
  const depth = `document.querySelector('depth-profile')`;
  const choose = (/** @type {string} */ label, /** @type {string} */ option) =>
    page.locator('depth-profile').getByLabel(label).selectOption(option);
  const count = async () => Number(await page.evaluate(`${depth}.signals.length`));
  await untilTrue(page, `${depth}?.signals.length === 9`);
  assert.equal(await page.locator('depth-profile progress').count(), 0);
  // The second start waits for the pause on any machine.
  await page.evaluate(`(() => {
    const depth = ${depth};
    const { one } = depth;
    const paused = new Promise((resolve) => (window.disposeModel = resolve));
    depth.one = async (init) => {
      if (depth.signals.length > 0) await paused;
      return one.call(depth, init);
    };
  })()`);
  await choose('units per layer', '100');
  await choose('hidden layers', '32');
  await untilTrue(page, `${depth}.signals.length > 0`);
  await page.locator('depth-profile button').first().click();
  await page.evaluate('window.disposeModel()');
  assert.match(String(await page.locator('depth-profile .bar').textContent()), /1 of 9/);
  await afterFrames(page, 60);
  assert.equal(await count(), 1);
  await page.locator('depth-profile button').first().click();
  await untilTrue(page, `${depth}.signals.length > 1`);
  await choose('hidden layers', '4');
  await untilTrue(page, `${depth}.signals.length === 9`);
  assert.deepEqual(
    await page.evaluate(() =>
      /** @type {any} */ (document.querySelector('depth-profile')).signals.map(
        (/** @type {any} */ { diagnostics }) => diagnostics.layers.length,
      ),
    ),
    Array(9).fill(5),
  );
});
