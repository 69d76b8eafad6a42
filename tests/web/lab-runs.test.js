// The runs of the built lab: added, renamed, reordered, unlinked, stopped.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { network, openGroup, openInside, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
const names = (page) => page.locator('lab-run-card .name').allInnerTexts();

/**
 * @param {import('playwright-core').Page} page
 * @param {string} run
 * @param {string} item
 */
async function choose(page, run, item) {
  await page.getByRole('button', { name: `Options for ${run}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('adds, duplicates, renames, moves, drags and removes runs, and never has more than eight', async () => {
  const { page, breaches } = await site.open('#at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  await choose(page, 'He', 'Duplicate');
  await page.keyboard.press('m');
  await page.keyboard.type('Second');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(page), ['Zeros', '× 0.01', '× 10', 'He', 'Second']);
  await choose(page, 'Second', 'Move left');
  assert.deepEqual(await names(page), ['Zeros', '× 0.01', '× 10', 'Second', 'He']);
  await page
    .locator('lab-run-card')
    .nth(4)
    .locator('.glyph')
    .dragTo(page.locator('lab-run-card').nth(0).locator('.name'));
  assert.deepEqual(await names(page), ['He', 'Zeros', '× 0.01', '× 10', 'Second']);
  await choose(page, '× 10', 'Remove');
  assert.deepEqual(await names(page), ['He', 'Zeros', '× 0.01', 'Second']);
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('d');
  assert.equal((await names(page)).length, 8);
  assert.ok(await page.getByRole('button', { name: 'Add a run' }).isDisabled());
  await until(page, 'frame.runs.length === 8 && frame.runs.every((run) => run.iteration === 10)');
  assert.deepEqual(breaches, []);
});

test('gives a new run an unused start, and selects a run whose start changes', async () => {
  const { page } = await site.open('#at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  for (let i = 0; i < 4; i += 1) await page.getByRole('button', { name: 'Add a run' }).click();
  assert.deepEqual(await names(page), ['Zeros', '× 0.01', '× 10', 'He', '× 1', 'Glorot', 'LeCun', '× 0.1']);
  const card = page.locator('lab-run-card').nth(1);
  await card.getByRole('spinbutton').fill('17');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '× 17 initialization' }).waitFor();
  await card.getByRole('combobox').selectOption({ label: 'Orthogonal' });
  await page.getByRole('heading', { name: 'Orthogonal initialization' }).waitFor();
});

test('names a run with an unknown initializer after the replacement', async () => {
  const { page } = await site.open('#runs=he_normal;magic&at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  assert.deepEqual(await names(page), ['He', 'He (2)']);
  await page.getByText('; He is used instead').waitFor();
});

test('moves the keyboard focus to a run that is renamed, enlarged, added or restored', async () => {
  const { page } = await site.open('#at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  /** Waits until the focus is on the name of a run. @param {string} name */
  const focused = (name) =>
    untilTrue(
      page,
      `(() => {
        let element = document.activeElement;
        while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element.matches('.name button') && element.innerText === ${JSON.stringify(name)};
      })()`,
      3000,
    );
  // A card that gives way to an enlarged one passes its focus on.
  await page.locator('lab-run-card .name button').first().focus();
  await page.keyboard.press('4');
  await page.keyboard.press('s');
  await focused('He');
  await page.keyboard.press('2');
  await focused('× 0.01');
  await page.keyboard.press('s');
  assert.equal(await page.locator('lab-run-card').count(), 4);
  await focused('× 0.01');
  // Any other focused element keeps the focus.
  await page.getByRole('button', { name: 'Train', exact: true }).focus();
  await page.keyboard.press('s');
  await page.keyboard.press('4');
  await page.keyboard.press('s');
  assert.equal(
    await page.getByRole('button', { name: 'Train', exact: true }).evaluate((part) => part.matches(':focus')),
    true,
  );
  await page.keyboard.press('m');
  await page.keyboard.type('Mine');
  await page.keyboard.press('Enter');
  await focused('Mine');
  await page.keyboard.press('m');
  await page.keyboard.type('other');
  await page.keyboard.press('Escape');
  await focused('Mine');
  for (const undo of ['Enter', 'Control+z']) {
    await page.getByRole('button', { name: 'Options for × 0.01', exact: true }).press('Enter');
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).press('Enter');
    await untilTrue(
      page,
      `/Undo/.test(document.activeElement.renderRoot.querySelector('lab-notices').renderRoot.activeElement?.innerText)`,
    );
    await page.keyboard.press(undo);
    await focused('× 0.01');
  }
  // After the eighth run the button that adds runs is disabled.
  await page.getByRole('button', { name: 'Add a run' }).focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Enter');
  assert.equal((await names(page)).length, 8);
  await focused((await names(page))[7]);
});

test('gives different runs different names and file names', async () => {
  const links = [
    'he_normal;he_normal,slope:0.1;he_normal,slope:0.2;he_normal,biasStd:0.1;he_normal,gain:2,seed:5;he_normal,gain:2,seed:6;he_normal,gain:3;he_normal',
    'zeros/opt=adam;zeros/opt=adam,beta1:0.5;zeros/opt=adam,beta1:0.5,l2:1;zeros/opt=gd,learningRate:0.5;zeros/seed=4;zeros/data=moons,noise:0.1;zeros/data=moons,noise:0.3;zeros',
    'zeros/net=3/out=tanh/seed=5;zeros/net=3/out=tanh/seed=6;zeros/net=3/out=tanh/prec=float32/seed=6;zeros/init2=he_normal,slope:0.1;zeros/init2=he_normal,slope:0.2;zeros/name=A;zeros/name=A',
    'zeros;zeros/outbias=log_odds;zeros/bias=normal;zeros/bias=normal/outbias=log_odds',
  ];
  for (const runs of links) {
    const { page } = await site.open(`#at=1&steps=1&runs=${runs}`);
    await until(page, 'frame.position === 1 && !frame.catchingUp');
    const found = await names(page);
    assert.equal(new Set(found).size, runs.split(';').length, found.join(' | '));
    for (const name of found) assert.ok(name.length <= 48, name);
    await page.getByRole('button', { name: 'Share' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'History of all runs (CSV)' }).click(),
    ]);
    const table = readFileSync(await download.path(), 'utf8');
    for (const name of found) assert.ok(table.includes(name), `${name} is not in the table`);
    await page.context().close();
  }
});

test('unlinks a setting for one run, and links it again', async () => {
  const { page } = await site.open('#at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  const rates = () =>
    page.evaluate(() => {
      const { model } = /** @type {any} */ (document.querySelector('lab-app'));
      return model.store.state.runs.map(
        (/** @type {any} */ run) => model.race.specs.get(run.id).optimizer.learningRate,
      );
    });
  await openGroup(page, 'Training');
  await page.getByRole('combobox', { name: 'Applies to' }).selectOption({ label: 'only He' });
  await page.getByRole('spinbutton', { name: 'learning rate' }).fill('0.5');
  await page.keyboard.press('Enter');
  await untilTrue(page, "location.hash.includes('he_normal/opt=gd,learningRate:0.5')");
  await until(page, '[...model.race.specs.values()].at(-1).optimizer.learningRate === 0.5');
  assert.deepEqual(await rates(), [0.1, 0.1, 0.1, 0.5]);
  assert.match((await names(page))[3], /He · gradient descent 0\.5|He · gd 0\.5/);
  await page.getByRole('button', { name: /Use the shared setting/ }).click();
  await until(page, '[...model.race.specs.values()].at(-1).optimizer.learningRate === 0.1');
});

test('restores a removed run and a replaced experiment with a click or Ctrl Z', async () => {
  const { page, breaches } = await site.open('#at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  const all = await names(page);
  await choose(page, '× 10', 'Remove');
  await page.getByText('× 10 was removed').waitFor();
  assert.deepEqual(await names(page), ['Zeros', '× 0.01', 'He']);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await names(page), all);
  await page.keyboard.press('Delete');
  assert.equal((await names(page)).length, 3);
  // How the experiment is watched may change meanwhile, and is not undone.
  await page.keyboard.press('l');
  await page.keyboard.press('Control+z');
  assert.deepEqual(await names(page), all);
  await untilTrue(page, "location.hash.includes('y=log')");
  await page.keyboard.press('l');
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Experiment: your own' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Can a network start from zeros/ })
    .click();
  await page.getByText('Your own experiment was replaced').waitFor();
  await untilTrue(page, "location.hash.includes('data=circles')");
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal((await names(page)).length, 5);
  await untilTrue(page, "!location.hash.includes('data=circles')");
  // Undo would lose a later change, so the offer disappears.
  await page.keyboard.press('Delete');
  await page.keyboard.press('d');
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  assert.deepEqual(breaches, []);
});

test('keeps the initializer of one layer when the others get another', async () => {
  const { page } = await site.open('#at=10');
  await until(page, 'frame.position === 10 && !frame.catchingUp');
  await page.getByText('Layer by layer', { exact: true }).click();
  await page.getByRole('combobox', { name: 'layer 2', exact: true }).selectOption({ label: 'Constant' });
  await page.getByRole('spinbutton', { name: 'layer 2: value' }).fill('0.25');
  await page.keyboard.press('Enter');
  await untilTrue(page, "location.hash.includes('he_normal/init2=constant,value:0.25')");
  await page.getByRole('combobox', { name: 'Initializer' }).nth(3).selectOption({ label: 'Orthogonal' });
  await untilTrue(page, "location.hash.includes('orthogonal/init2=constant,value:0.25')");
  await until(page, '[...model.race.specs.values()].at(-1).init.layers[1].value === 0.25');
  await page
    .getByRole('combobox', { name: 'layer 2', exact: true })
    .selectOption({ label: 'like the others' });
  await untilTrue(page, "location.hash.endsWith('orthogonal&at=10')");
});

test('shows an initializer’s line for each framework, or that there is none', async () => {
  const { page } = await site.open('#runs=he_normal&at=1');
  await until(page, 'frame.position === 1 && !frame.catchingUp');
  await page.getByRole('combobox', { name: 'framework' }).selectOption({ label: 'Keras' });
  await page.locator('lab-initializer code', { hasText: 'keras.initializers.VarianceScaling(2' }).waitFor();
  const written = page.locator('lab-initializer .formula');
  assert.equal(await written.innerText(), 'W ~ N(0, 2 / nin)');
  await page.getByRole('combobox', { name: 'Initializer' }).first().selectOption({ label: 'LSUV' });
  await page.getByText('Keras has no line of its own').waitFor();
  await page
    .getByRole('combobox', { name: 'Initializer' })
    .first()
    .selectOption({ label: 'PyTorch nn.Linear' });
  await written.filter({ hasText: '1 / √(nin)' }).waitFor();
});

test('accepts typed widths of a deep network', async () => {
  const { page } = await site.open('#net=4,4,4,4,4,4&at=3');
  await until(page, 'frame.position === 3 && !frame.catchingUp');
  await openGroup(page, 'Network');
  await page.getByRole('spinbutton', { name: 'units of layer 5' }).fill('7');
  await page.keyboard.press('Enter');
  await untilTrue(page, "location.hash.includes('net=4,4,4,4,7,4')");
});

test('separates the units of a deep network without widening the page', async () => {
  for (const [layers, viewport] of /** @type {const} */ ([
    [16, { width: 1440, height: 900 }],
    [40, { width: 1440, height: 900 }],
    [40, { width: 390, height: 844 }],
  ])) {
    const net = Array(layers).fill(16).join(',');
    const { page } = await site.open(`#net=${net}&runs=constant,value:0.1&at=1`, { viewport });
    await until(page, 'frame.position === 1');
    await openInside(page);
    // One row per layer, with as many of its units as the window has room for.
    await untilTrue(page, `${network}.painter.places.length >= ${3 * layers}`);
    assert.equal(await page.evaluate(`${network}.painter.places.length % ${layers}`), 0);
    const apart = await page.evaluate(`${network}.painter.places.every((one, i, all) =>
      all.slice(i + 1).every((other) =>
        Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y)) >= one.side + 2 * one.frame))`);
    assert.equal(apart, true, `${layers} layers`);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    await page.context().close();
  }
});

test('redraws the field at the shown iteration while the factor is dragged', async () => {
  const { page } = await site.open('#at=50');
  await until(page, 'frame.position === 50 && !frame.catchingUp');
  const slider = page.getByRole('slider', { name: 'factor' }).first();
  const field = "document.querySelector('lab-app').pictures[1].canvas.toDataURL()";
  await page.evaluate(`window.before = ${field}`);
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await slider.boundingBox()
  );
  const value = Number(await slider.inputValue());
  const [low, high] = [Number(await slider.getAttribute('min')), Number(await slider.getAttribute('max'))];
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 8 + (box.width - 16) * ((value - low) / (high - low)), y);
  await page.mouse.down();
  for (let i = 1; i <= 8; i += 1) await page.mouse.move(box.x + box.width * (0.5 + i / 40), y);
  await page.mouse.up();
  assert.ok(Number(await slider.inputValue()) > value, 'the slider follows the pointer');
  await untilTrue(page, "/normal,std:(?!0\\.01)/.test(location.hash.split(';')[1])");
  // A frame from before the change may still arrive, so compare the picture itself.
  await untilTrue(page, `${field} !== window.before`);
  await until(page, 'frame.position === 50 && frame.runs[1].iteration === 50 && !frame.catchingUp');
});

test('moves every slider by one value per arrow key, and back with as many presses', async () => {
  const { page, breaches } = await site.open('#at=2&steps=2&opt=adam&runs=normal,std:10;he_normal');
  await until(page, 'frame.position === 2 && !frame.catchingUp');
  const setup = `document.querySelector('lab-app').renderRoot.querySelector('lab-setup').renderRoot`;
  await untilTrue(page, `${setup}.querySelector('input[type=range]') !== null`);
  await page.evaluate(`(() => {
    const open = (root) => {
      for (const part of root.querySelectorAll('*')) {
        if (part.localName === 'details') {
          // Together they would close each other.
          part.removeAttribute('name');
          part.open = true;
        }
        if (part.shadowRoot) open(part.shadowRoot);
      }
    };
    open(${setup});
  })()`);
  /**
   * Returns a slider's text at first and after each press of a key.
   * @param {import('playwright-core').Locator} slider
   * @param {string} key
   * @param {number} presses
   */
  const press = async (slider, key, presses) => {
    const texts = [await slider.getAttribute('aria-valuetext')];
    for (let i = 0; i < presses; i += 1) {
      await slider.press(key);
      texts.push(await slider.getAttribute('aria-valuetext'));
    }
    return texts;
  };
  const sliders = page.locator('lab-run-card, lab-setup').getByRole('slider');
  /** @type {Set<string | null>} */
  const names_ = new Set();
  for (const slider of await sliders.all()) {
    const name = await slider.getAttribute('aria-label');
    names_.add(name);
    if (name === 'beta 2') continue;
    const there = await press(slider, 'ArrowRight', 6);
    assert.equal(new Set(there).size, 7, `${name}: ${there.join(' ')}`);
    const back = await press(slider, 'ArrowLeft', 6);
    assert.deepEqual(back.reverse(), there, `${name}`);
  }
  for (const name of ['factor', 'gain', 'learning rate', 'batch size', 'L2 regularization', 'beta 2'])
    assert.ok(names_.has(name), `${name} is not among ${[...names_].join(', ')}`);
  // A slider near its end stops at the allowed range.
  const slider = page.getByRole('slider', { name: 'beta 2' });
  assert.deepEqual(await press(slider, 'ArrowUp', 2), ['0.999', '0.999999999', '0.999999999']);
  assert.deepEqual(await press(slider, 'ArrowDown', 1), ['0.999999999', '0.999']);
  // A page is still a tenth of the slider.
  const rate = page.getByRole('slider', { name: 'learning rate' });
  const [before_, after_] = [await rate.inputValue(), (await rate.press('PageUp'), await rate.inputValue())];
  assert.ok(Math.abs(Number(after_) - Number(before_) - 100) < 10, `${before_} to ${after_}`);
  assert.deepEqual(breaches, []);
});

test('stops the race at the stop condition, and names the run that met it', async () => {
  const { page } = await site.open('#speed=max&stop=accuracy:0.85');
  await until(page, 'frame.stopped?.kind === "accuracy"');
  await page.getByText('He reached 85.0 %').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Train', exact: true }).count(), 1);
});

test('adds and removes layers and units in the settings', async () => {
  const { page } = await site.open('#at=5');
  await until(page, 'frame.position === 5');
  await openGroup(page, 'Network');
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await page.getByRole('button', { name: 'Add a unit to layer 3' }).click();
  await untilTrue(page, "location.hash.includes('net=10,5,6')");
  await until(page, 'model.race.specs.get(frame.runs[0].id)?.layers.length === 3');
  await page.getByRole('button', { name: 'Remove the last layer' }).click();
  await untilTrue(page, "!location.hash.includes('net=')");
});
