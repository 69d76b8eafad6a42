// Drawings and styles of the lab: text sizes, glyphs of runs, hatching, forced colours, print.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const lab = `document.querySelector('lab-app')`;
const part = (/** @type {string} */ name) => `${lab}.renderRoot.querySelector('${name}')`;

for (const ratio of [1, 2, 3]) {
  test(`draws the chart's numbers in 12 CSS pixels at a device ratio of ${ratio}`, async () => {
    const { page } = await site.open('#at=300', { deviceScaleFactor: ratio });
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    const plot = `${part('lab-chart')}.chart.plot`;
    await untilTrue(page, `Boolean(${plot})`);
    const sizes = await page.evaluate(`(async () => {
      const found = new Set();
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (...given) {
        if (this.canvas === ${plot}.ctx.canvas) found.add(parseFloat(this.font));
        fillText.apply(this, given);
      };
      ${plot}.redraw(true, true);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      CanvasRenderingContext2D.prototype.fillText = fillText;
      return [...found];
    })()`);
    assert.deepEqual(sizes, [12 * ratio]);
    await page.context().close();
  });
}

test('sets headings larger than text, and quiet text in 13 px', async () => {
  const { page } = await site.open('#at=300');
  await until(page, 'frame.position === 300');
  const size = (/** @type {string} */ element) =>
    page.evaluate(`parseFloat(getComputedStyle(${element}).fontSize)`);
  const text = await size('document.body');
  const section = await size(`${part('lab-chart')}.renderRoot.querySelector('h2')`);
  const title = await size(part('h1'));
  const quiet = await size(part('lab-legend'));
  assert.deepEqual([title, section, text, quiet], [22, 18, 15, 13]);
});

test('labels only the powers of ten on a logarithmic axis', async () => {
  const { page } = await site.open('#at=300&y=log');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  const axis = `${part('lab-chart')}.chart.plot.axes[1]`;
  await untilTrue(page, `${axis}._values?.length > 0`);
  const drawn = /** @type {number[]} */ (
    await page.evaluate(
      `${axis}.grid.filter(${part('lab-chart')}.chart.plot, [0.1, 0.2, 0.5, 1, 2, 10]).filter((tick) => tick !== null)`,
    )
  );
  assert.deepEqual(drawn, [0.1, 1, 10]);
});

test('gives each run a different glyph whose dashes repeat within it', async () => {
  const { page } = await site.open('#at=300');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  const glyphs = /** @type {string[]} */ (
    await page.evaluate(
      `${lab}.cards.map((card) => card.renderRoot.querySelector('.glyph').innerHTML.replace(/<!--.*?-->/g, '').trim())`,
    )
  );
  assert.equal(new Set(glyphs).size, 4);
  // A glyph holds at least two whole dashes, so that a dashed line does not look solid.
  for (const [, dashes] of glyphs.join().matchAll(/stroke-dasharray="([\d ]+)"/g))
    assert.ok(dashes.split(' ').reduce((sum, length) => sum + Number(length), 0) <= 14 * 1.2, dashes);
});

test('hatches a field of NaN at the screen’s resolution', async () => {
  const { page } = await site.open(
    '#runs=normal,std:1e5&net=10,10,10,10,10,10&steps=50&at=50&opt=gd,learningRate:100',
    {
      deviceScaleFactor: 2,
    },
  );
  await until(page, 'frame.position === 50 && !frame.catchingUp');
  await untilTrue(page, `${lab}.model.race.latest.values().next().value.field.values.some(Number.isNaN)`);
  await page.evaluate(`${lab}.model.store.set({ show: ['clean'] })`);
  const runs = await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => {
    const [{ canvas }] = ${lab}.pictures;
    const row = canvas.getContext('2d').getImageData(0, 5, canvas.width, 1).data;
    let changes = 0;
    for (let x = 1; x < canvas.width; x += 1) if (Math.abs(row[4 * x] - row[4 * x - 4]) > 12) changes += 1;
    resolve(changes / canvas.width);
  }))`);
  // A line every 7 CSS pixels: its two edges are seen, each over one or two pixels.
  assert.ok(Number(runs) > 1.5 / 14, String(runs));
});

test('shows a pressed button in the system’s highlight colour when colours are forced', async () => {
  const { page } = await site.open('#at=300', { forcedColors: 'active' });
  await until(page, 'frame.position === 300');
  const colour = (/** @type {string} */ selector) =>
    page.evaluate(
      `getComputedStyle(${part('lab-chart')}.renderRoot.querySelector('${selector}')).backgroundColor`,
    );
  assert.notEqual(await colour('[aria-checked=true]'), await colour('[aria-checked=false]'));
});

test('reports a copied link without moving the buttons beside it', async () => {
  const { page } = await site.open('#at=300');
  await until(page, 'frame.position === 300');
  const place = `${part('.experiment')}.getBoundingClientRect().left`;
  const before_ = await page.evaluate(place);
  await page.evaluate(`${part('lab-share')}.announce('Copied')`);
  await page.getByText('Copied').waitFor();
  assert.equal(await page.evaluate(place), before_);
});

test('prints the link of the experiment, and no controls', async () => {
  const { page } = await site.open('#at=300');
  await until(page, 'frame.position === 300');
  await page.emulateMedia({ media: 'print' });
  await page.getByText(/#at=300$/).waitFor();
  const controls = /** @type {string[]} */ (
    await page.evaluate(() => {
      /** @type {string[]} */
      const found = [];
      const look = (/** @type {Document | ShadowRoot} */ root) => {
        for (const element of root.querySelectorAll('*')) {
          if (
            element.matches('button:not(.name *), input[type=range], summary') &&
            !(root instanceof ShadowRoot && root.host.localName === 'lab-ask') &&
            element.checkVisibility()
          )
            found.push(
              `${element.localName} ${element.textContent?.trim()} ${element.getAttribute('aria-label')}`,
            );
          if (element.shadowRoot) look(element.shadowRoot);
        }
      };
      look(document);
      return found;
    })
  );
  assert.deepEqual(controls, []);
});
