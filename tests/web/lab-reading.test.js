// Reading values in the built lab: at a pointer on a field, on the chart by mouse and keys, and at
// the stop condition.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('shows x1, x2 and P at a pointer on a field, with mouse, touch and arrow keys', async () => {
  const { page, breaches } = await site.open('#speed=30', { hasTouch: true });
  await until(page, 'frame.position > 5');
  const canvas = page.locator('lab-field canvas').nth(3);
  await canvas.hover({ position: { x: 40, y: 60 } });
  const probe = page.locator('lab-field').nth(3).locator('.probe');
  const spoken = /x₁ −?\d\.\d\d, x₂ −?\d\.\d\d, P\(y=1\) [01]\.\d{3}/;
  await probe.waitFor();
  assert.match(await probe.innerText(), spoken);
  const first = await probe.innerText();
  await canvas.tap({ position: { x: 150, y: 90 } });
  assert.notEqual(await probe.innerText(), first);
  await page.mouse.move(5, 5);
  await canvas.focus();
  await page.keyboard.press('ArrowLeft');
  assert.match(await probe.innerText(), spoken);
  const at = await page.evaluate(
    () => /** @type {any} */ (document.querySelector('lab-app')).model.race.frame.position,
  );
  await until(page, `frame.position > ${at + 5}`);
  assert.deepEqual(breaches, []);
});

test('names the iteration and every value at a pointer on the chart, in both views', async () => {
  const { page, breaches } = await site.open('#at=300');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  const plot = page.locator('lab-chart .u-over');
  await plot.hover({ position: { x: 40, y: 40 } });
  const tip = page.locator('lab-chart .tip');
  await tip.waitFor();
  const values = await tip.innerText();
  const iteration = Number(/iteration (\d+)/.exec(values)?.[1]);
  assert.ok(iteration > 0);
  const costs = await page.evaluate((at) => {
    const { model } = /** @type {any} */ (document.querySelector('lab-app'));
    return model.store.state.runs.map((/** @type {any} */ run) =>
      model.race.histories
        .get(run.id)
        .find((/** @type {any} */ m) => m.iteration === at)
        .cost.toFixed(7),
    );
  }, iteration);
  for (const cost of costs) assert.ok(values.includes(cost), `${cost} is not in ${values}`);
  await page.keyboard.press('a');
  await plot.hover({ position: { x: 41, y: 40 } });
  assert.match(await tip.innerText(), /He\s+\d\d\.\d\d %, test \d\d\.\d\d %/);
  assert.deepEqual(breaches, []);
});

test('reads the chart and seeks an iteration with keys, and steps the race after a click', async () => {
  const { page, breaches } = await site.open('#at=300');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  await page.locator('lab-chart .u-over').waitFor();
  const chart = `document.querySelector('lab-app').shadowRoot.querySelector('lab-chart')`;
  const x = /** @type {number[]} */ (await page.evaluate(`${chart}.x`));
  const tip = page.locator('lab-chart .tip');
  /**
   * Waits until the iteration of an index is shown, announced, and marked by the line.
   * @param {number} index
   */
  const reads = async (index) => {
    const at = `iteration ${x[index]}`;
    await untilTrue(page, `${chart}.renderRoot.querySelector('.tip b')?.innerText === '${at}'`, 3000);
    const spoken = await page.locator('lab-chart [role=status]').innerText();
    assert.ok(spoken.startsWith(`${at}. `), `"${spoken}" is not of ${at}`);
    const { costs, away } = /** @type {{ costs: number[], away: number }} */ (
      await page.evaluate(`(({ model, x, chart: { plot } }) => ({
        costs: model.store.state.runs.map(({ id }) => model.race.histories.get(id)[${index}].cost),
        away: Math.abs(plot.cursor.left - plot.valToPos(${x[index]}, 'x')),
      }))(${chart})`)
    );
    assert.ok(away < 0.5, `the line is ${away} px beside the iteration`);
    const shown = await tip.innerText();
    for (const cost of costs.map((value) => (Number.isFinite(value) ? value.toFixed(7) : '∞')))
      for (const text of [spoken, shown]) assert.ok(text.includes(cost), `${cost} is not in ${text}`);
  };
  const press = async (/** @type {string} */ key, /** @type {number} */ index) => {
    await page.keyboard.press(key);
    await reads(index);
  };
  const last = x.length - 1;
  const plot = page.getByRole('application', { name: /^Line chart/ });
  await page.locator('lab-chart').getByRole('radio', { name: 'linear' }).focus();
  await page.keyboard.press('Tab');
  assert.equal(await plot.evaluate((element) => element.matches(':focus-visible')), true);
  // The chart clips what is drawn outside of it.
  const beyond = await plot.evaluate((element) => {
    const { outlineOffset, outlineWidth } = getComputedStyle(element);
    return parseFloat(outlineOffset) + parseFloat(outlineWidth);
  });
  assert.ok(beyond <= 0, `the outline reaches ${beyond} px beyond the plot`);
  // The first key reads the race's iteration.
  await press('ArrowLeft', last);
  await press('ArrowLeft', last - 1);
  await press('ArrowRight', last);
  await press('ArrowRight', last);
  await press('Home', 0);
  await press('ArrowRight', 1);
  await press('PageUp', 1 + Math.round(last / 20));
  await press('PageDown', 1);
  await press('End', last);
  await press('Home', 0);
  await press('PageUp', Math.round(last / 20));
  assert.equal(await page.evaluate(`document.querySelector('lab-app').model.position`), 300);
  await page.keyboard.press('Enter');
  await until(page, `frame.position === ${x[Math.round(last / 20)]} && !frame.catchingUp`);
  // Another axis creates another plot; the line stays.
  await page.keyboard.press('l');
  await untilTrue(page, `${chart}.chart.options.log`);
  await reads(Math.round(last / 20));
  await page.keyboard.press('Tab');
  await tip.waitFor({ state: 'detached' });

  await page.locator('lab-chart .u-over').click({ position: { x: 60, y: 40 } });
  await until(page, `frame.position !== ${x[Math.round(last / 20)]} && !frame.catchingUp`);
  const clicked = Number(await page.evaluate(`document.querySelector('lab-app').model.position`));
  await page.keyboard.press('ArrowRight');
  await until(page, `frame.position === ${clicked + 1}`);
  assert.deepEqual(breaches, []);
});

test('reports while it plays that the chart cuts a curve off', async () => {
  const { page, breaches } = await site.open('#preset=exercise-5');
  await until(page, 'frame.position > 1 && frame.playing');
  const chart = `document.querySelector('lab-app').shadowRoot.querySelector('lab-chart')`;
  await untilTrue(page, `${chart}.cut === true`);
  await untilTrue(page, `/^Clipped at 1.5/.test(${chart}.renderRoot.querySelector('.cut').innerText)`, 2000);
  assert.equal(await page.evaluate(`document.querySelector('lab-app').model.running`), true);
  assert.deepEqual(breaches, []);
});

test('places the sign of an infinite cost at the end of its bar, without overlaps', async () => {
  const { page, breaches } = await site.open('#at=1');
  await until(page, 'frame.position === 1 && !frame.catchingUp');
  const chart = `document.querySelector('lab-app').shadowRoot.querySelector('lab-chart').chart`;
  await untilTrue(page, `Boolean(${chart}?.plot?.ctx)`);
  // Four lines that are infinite until 20, 20, 21 and 60, and one to the end, whose sign is before
  // its bar.
  const ends = [20, 20, 21, 60];
  const drawn = /** @type {{ signs: number[][], ends: number[], ratio: number }} */ (
    await page.evaluate(`((chart) => {
      const x = Array.from({ length: 101 }, (_, i) => i);
      const lines = [
        ...${JSON.stringify(ends)}.map((end) => x.map((at) => (at <= end ? Infinity : 1))),
        x.map((at) => (at >= 80 ? NaN : 1)),
      ];
      const draw = chart.draw.bind(chart);
      // Frames that are still to come do not draw over it.
      chart.draw = () => {};
      draw(
        x,
        lines.map((values, i) => ({ label: String(i), colour: '#000000', values })),
        { ...chart.options, x: [0, 100] },
      );
      return new Promise((resolve) => setTimeout(() => {
        const { ctx } = chart.plot;
        const signs = [];
        const write = ctx.fillText.bind(ctx);
        ctx.fillText = (text, x, y) => {
          if (text === '∞' || text === 'NaN') signs.push([x, y]);
          write(text, x, y);
        };
        chart.plot.redraw();
        setTimeout(() => resolve({
          signs,
          ends: [20, 20, 21, 60, 80].map((at) => chart.plot.valToPos(at, 'x', true)),
          ratio: devicePixelRatio,
        }), 100);
      }, 100));
    })(${chart})`)
  );
  const { signs, ratio } = drawn;
  assert.equal(signs.length, 5);
  signs.forEach(([x], i) => assert.ok(Math.abs(x - drawn.ends[i]) < 5 * ratio, `sign ${i} is at ${x}`));
  signs.forEach(([x, y], i) => {
    for (const [otherX, otherY] of signs.slice(i + 1))
      assert.ok(Math.abs(otherX - x) > 20 * ratio || Math.abs(otherY - y) > 9 * ratio, `on sign ${i}`);
  });
  assert.deepEqual(breaches, []);
});

test('describes the iteration at which the race stopped, on fields and chart', async () => {
  const { page } = await site.open('#steps=200&speed=max');
  await until(page, 'frame.position === 200 && !frame.playing');
  await page
    .getByRole('application', { name: /^He at iteration 200: .* healthy|^He at iteration 200: .* learning/ })
    .waitFor();
  await page
    .getByRole('application', { name: /^Line chart of cost for 4 runs up to iteration 200/ })
    .waitFor();
  await untilTrue(
    page,
    "/^Iteration 200\\./.test(document.querySelector('lab-app').shadowRoot.querySelector('lab-notices').shadowRoot.querySelector('.away').textContent)",
  );
});
