// The setup column: how it follows a network that changes, and which parts stay open.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { network, openGroup, openInside, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('removes an enlarged unit with its layer, and adapts the activations to the layers', async () => {
  const { page, breaches } = await site.open('#net=4,4,3&act=relu,relu,tanh&at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  // The keys move through the drawing.
  await openInside(page);
  await untilTrue(page, `${network}.drawing?.units.length === 3`);
  await page.locator('lab-network canvas').first().focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const large = page.locator('lab-network figcaption');
  assert.equal(await large.innerText(), 'Unit 2 of layer 3');
  await openGroup(page, 'Network');
  await page.getByRole('button', { name: 'Remove a unit from layer 1' }).click();
  assert.equal(await large.count(), 1);
  await page.getByRole('button', { name: 'Remove the last layer' }).click();
  assert.equal(await large.count(), 0);
  await until(page, '[...model.race.specs.values()].at(-1).activations.join() === "relu,relu"');
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await until(page, '[...model.race.specs.values()].at(-1).activations.join() === "relu,relu,tanh"');
  assert.deepEqual(breaches, []);
});

test('scrolls to the enlarged picture of a clicked unit', async () => {
  const { page } = await site.open('#at=5', { reducedMotion: 'reduce' });
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  await openInside(page);
  await untilTrue(page, `${network}.painter?.places.length === 15`);
  const canvas = page.locator('lab-network canvas').first();
  const { x, y } = /** @type {any} */ (await page.evaluate(`${network}.painter.places[0]`));
  await page.mouse.click(...(await at(x, y)));
  const unit = page.locator('lab-network canvas.unit');
  await unit.waitFor();
  await untilTrue(
    page,
    `${network}.renderRoot.querySelector('.unit').getBoundingClientRect().bottom < innerHeight + 1`,
  );
  const [first, last] = [await canvas.boundingBox(), await unit.boundingBox()];
  assert.ok(first && last && first.y >= 80, 'what was clicked stays in sight');
  assert.ok(last.x >= first.x + first.width);

  /**
   * Converts a position of the drawing to the window.
   * @param {number} left
   * @param {number} top
   * @returns {Promise<[number, number]>}
   */
  async function at(left, top) {
    const box = await canvas.boundingBox();
    return [Number(box?.x) + left, Number(box?.y) + top];
  }
});

test('numbers the boxes of many layers in even columns, and names rejected values', async () => {
  const { page } = await site.open('#net=10,5,5,5,5,5&at=0');
  await until(page, 'frame.position === 0');
  await openGroup(page, 'Network');
  const boxes = page.locator('lab-architecture .widths label');
  await boxes.nth(5).waitFor();
  assert.equal(await page.locator('lab-architecture .layers').count(), 0);
  assert.deepEqual(
    (await boxes.allInnerTexts()).map((text) => text.trim()),
    ['1', '2', '3', '4', '5', '6'],
  );
  const places = await Promise.all((await boxes.all()).map((box) => box.boundingBox()));
  assert.equal(new Set(places.map((place) => place?.y)).size, 1, 'six stand in one row');
  const third = page.getByRole('spinbutton', { name: 'units of layer 3' });
  await third.fill('0');
  await page.keyboard.press('Enter');
  await page
    .locator('lab-architecture .reason', {
      hasText: '0 is not valid. Expected a whole number from 1 to 4,096.',
    })
    .waitFor();
  await third.fill('7');
  await page.keyboard.press('Enter');
  await until(page, 'model.race.specs.values().next().value.layers.join() === "10,5,7,5,5,5"');
});

test('starts keyboard navigation at unit 1 of layer 1, and shows the focus and the open unit', async () => {
  const { page, breaches } = await site.open(`#net=${Array(24).fill(12)}&at=1`);
  await until(page, 'frame.position === 1 && !frame.catchingUp');
  await openInside(page);
  await untilTrue(page, `${network}.painter?.places.length === 288`);
  const canvas = page.locator('lab-network canvas').first();
  await canvas.focus();
  await page.keyboard.press('ArrowRight');
  const large = page.locator('lab-network figcaption');
  assert.equal(await large.innerText(), 'Unit 1 of layer 1');
  // An outline beyond the edge of a scrolling element is clipped.
  const beyond = await canvas.evaluate((element) => {
    const { outlineOffset, outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle === 'none' ? NaN : parseFloat(outlineOffset) + parseFloat(outlineWidth);
  });
  assert.ok(beyond <= 0, `the outline reaches ${beyond} px beyond the canvas`);

  /** Returns the units with a frame in the accent colour. */
  const framed = () =>
    page.evaluate(`(({ painter }) => {
      const [r, g, b] = painter.colours.accent;
      const ratio = painter.canvas.width / parseFloat(painter.canvas.style.width);
      return painter.places.filter(({ x, y, side, frame }) => {
        const away = side / 2 + Math.max(1, frame) + 1;
        return [[0, -1], [0, 1], [-1, 0], [1, 0]].every(([dx, dy]) => {
          const at = [(x + dx * away) * ratio, (y + dy * away) * ratio].map(Math.floor);
          const pixel = painter.context.getImageData(...at, 1, 1).data;
          return Math.max(...[r, g, b].map((channel, i) => Math.abs(channel - pixel[i]))) < 40;
        });
      }).map(({ layer, unit }) => [layer, unit].join());
    })(${network})`);
  assert.deepEqual(await framed(), ['0,0']);
  // A layer is a row. The navigation ends at the last unit, which is visible then.
  for (let i = 0; i < 13; i += 1) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 24; i += 1) await page.keyboard.press('ArrowDown');
  assert.equal(await large.innerText(), 'Unit 12 of layer 24');
  assert.deepEqual(await framed(), ['23,11']);
  const inView = await page.evaluate(`(({ painter }) => {
    const room = painter.canvas.parentElement;
    const { y } = painter.places.at(-1);
    return y > room.scrollTop && y < room.scrollTop + room.clientHeight;
  })(${network})`);
  assert.equal(inView, true);
  await page.keyboard.press('Escape');
  assert.deepEqual(await framed(), []);
  assert.deepEqual(breaches, []);
});

test('keeps parts open that the reader has opened', async () => {
  const { page, breaches } = await site.open('#net=4,4&act=relu,tanh&runs=he_normal/init2=zeros&at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  const isOpen = (/** @type {import('playwright-core').Locator} */ part) =>
    part.evaluate((element) => /** @type {HTMLDetailsElement} */ (element).open);
  const byLayer = page.locator('lab-setup details', { hasText: 'Layer by layer' });
  const activations = page.locator('lab-architecture details').first();
  await openGroup(page, 'Network');
  // Parts with content are open from the beginning.
  assert.deepEqual([await isOpen(activations), await isOpen(byLayer)], [true, true]);
  await page.getByRole('combobox', { name: 'activation of layer 2' }).selectOption({ label: 'ReLU' });
  await page
    .getByRole('combobox', { name: 'layer 2', exact: true })
    .selectOption({ label: 'like the others' });
  await until(page, 'model.store.state.runs[0].init.layers === undefined');
  assert.deepEqual([await isOpen(activations), await isOpen(byLayer)], [true, true]);
  // A part that the reader closes stays closed until there is new content.
  await byLayer.locator('summary').click();
  await page.keyboard.press('a');
  await until(page, 'model.store.state.chart === "accuracy"');
  assert.equal(await isOpen(byLayer), false);
  await page.evaluate(`(({ store }) => {
    const [run] = store.state.runs;
    store.setRun(run.id, { init: { ...run.init, layers: [{ name: 'zeros' }] } });
  })(document.querySelector('lab-app').model)`);
  await byLayer.getByRole('combobox').first().waitFor();
  assert.equal(await isOpen(byLayer), true);

  await openGroup(page, 'Data');
  await page.getByRole('button', { name: 'Draw your own points' }).click();
  await page.getByText('Paste CSV').click();
  const box = page.getByRole('dialog').getByRole('textbox');
  await box.fill('0, 0, 1');
  await page.getByText('Found 1 points').waitFor();
  await box.fill('');
  await page.getByText('Found 1 points').waitFor({ state: 'detached' });
  assert.equal(await box.evaluate((element) => element.matches(':focus')), true);
  assert.equal(await isOpen(page.locator('lab-points details')), true);
  assert.deepEqual(breaches, []);
});

test('trains what the settings of modern networks say, and names it in the heading', async () => {
  const { page, breaches } = await site.open('#net=4,4,4&at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  await openGroup(page, 'Network');
  const choose = (/** @type {string} */ name, /** @type {string} */ value) =>
    page.getByRole('combobox', { name, exact: true }).selectOption(value);
  await choose('normalization', 'layer');
  await choose('skips', '1/sqrt(L)');
  await page.getByLabel('learn the scale').check();
  await choose('parametrization', 'mup');
  await page.getByRole('spinbutton', { name: 'base width' }).fill('8');
  await page.keyboard.press('Enter');
  await choose('output', 'softmax');
  const last = '[...model.race.specs.values()].at(-1)';
  await until(page, `${last}.parametrization?.baseWidth === 8 && ${last}.output === "softmax"`);
  const spec = /** @type {any} */ (
    await page.evaluate(`document.querySelector('lab-app').model.race.specs.values().next().value`)
  );
  assert.equal(spec.normalization.name, 'layer');
  assert.deepEqual(spec.skip, { scale: '1/sqrt(L)', learned: true });
  // The address follows a moment after the race.
  const link = /skip=1-sqrt-L,learned.*norm=layer.*par=mup,baseWidth:8.*out=softmax/;
  await untilTrue(page, `${link}.test(location.hash)`);
  assert.match(await page.locator('lab-setup details[open] .values').innerText(), /softmax, layer norm/);
  assert.deepEqual(breaches, []);
});

test('starts a run from a weight that is edited at an edge', async () => {
  const { page, breaches } = await site.open('#net=3&at=0&runs=he_normal', { reducedMotion: 'reduce' });
  await until(page, 'frame?.position === 0 && !frame.catchingUp');
  await openInside(page);
  await untilTrue(page, `${network}.painter?.columns.length === 3 && ${network}.atStart`);
  const canvas = page.locator('lab-network canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  // The middle of the edge from the second input to the first unit, where other edges are apart.
  const place = /** @type {any} */ (
    await page.evaluate(`(() => {
      const { columns: [inputs, units] } = ${network}.painter;
      const share = 0.12;
      const [from, to] = [inputs[1], units[0]];
      const x0 = from.x + from.side / 2, x1 = to.x - to.side / 2;
      return { x: x0 + share * (x1 - x0), y: from.y };
    })()`)
  );
  assert.ok(box);
  await page.mouse.click(box.x + place.x, box.y + place.y);
  const input = page.locator('lab-network .weights input:focus');
  await input.waitFor();
  await input.fill('2.5');
  await page.keyboard.press('Enter');
  const parameters = `[...model.race.specs.values()][0].init.parameters`;
  await until(page, `${parameters}?.includes(2.5)`);
  const [weights] = /** @type {number[][]} */ (
    await page.evaluate(
      `[...document.querySelector('lab-app').model.race.specs.values()].map(({ init }) => [...init.parameters])`,
    )
  );
  assert.equal(weights.length, 13);
  assert.equal(weights.slice(0, 6).filter((weight) => weight === 2.5).length, 1);
  await untilTrue(page, `/runs=given,parameters:_/.test(location.hash)`);
  assert.deepEqual(breaches, []);
});

test('edits a weight of a unit with many inputs by the number of its input', async () => {
  const { page, breaches } = await site.open('#net=14,3&at=0&runs=he_normal', { reducedMotion: 'reduce' });
  await until(page, 'frame?.position === 0 && !frame.catchingUp');
  await openInside(page);
  await untilTrue(page, `${network}.painter?.places.length === 15 && ${network}.atStart`);
  await page.locator('lab-network canvas').first().focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  assert.equal(await page.locator('lab-network figcaption').innerText(), 'Unit 2 of layer 2');
  await page.getByRole('spinbutton', { name: 'weight from input' }).fill('12');
  await page.keyboard.press('Enter');
  await page.getByRole('spinbutton', { name: 'unit 12', exact: true }).fill('2.5');
  await page.keyboard.press('Enter');
  const { parameters } = /** @type {any} */ (
    await until(page, '[...model.race.specs.values()][0].init.parameters?.includes(2.5)').then(() =>
      page.evaluate(`[...document.querySelector('lab-app').model.race.specs.values()][0].init`),
    )
  );
  // After the 14 units of layer 1, row 2 of 14 weights, column 12.
  assert.equal(Object.values(parameters).indexOf(2.5), 14 * 2 + 14 + 14 + 11);
  assert.deepEqual(breaches, []);
});
