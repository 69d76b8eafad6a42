// Longer than most files because one browser serves all of its tests.
//
// The built lab in a browser, as a visitor sees it: under the strict policy and without a request
// to another host.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { advanceClock, afterFrames, openGroup, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

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

/** @param {import('playwright-core').Page} page */
const link = (page) => page.evaluate(() => location.hash);

/** Returns axe's findings as text. @param {import('playwright-core').Page} page */
async function violations(page) {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations: found } = await /** @type {any} */ (window).axe.run(document, {
      resultTypes: ['violations'],
    });
    return found.map(
      (/** @type {any} */ v) =>
        `${v.id}: ${v.nodes.map((/** @type {any} */ n) => n.target.join(' ')).join(' | ')}`,
    );
  });
}

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
  await page.context().close();
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
  await page.context().close();
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
  await page.context().close();
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
  await page.context().close();
});

test('keeps the size and position of track and cards for every text beside them', async () => {
  const name = 'A name of sixty letters, which is as long as they may become';
  const places = `(() => {
    const root = document.querySelector('lab-app').renderRoot;
    return [root.querySelector('lab-transport').renderRoot.querySelector('.track'), root.querySelector('lab-run-card')]
      .map((part) => Object.values(part.getBoundingClientRect().toJSON()).slice(0, 3).map(Math.round).join(' ')).join('; ');
  })()`;
  for (const locale of ['en', 'de']) {
    const { page, breaches } = await site.open(
      `#steps=300&speed=max&stop=cost:0.5&runs=he_normal/name=${encodeURIComponent(name)}`,
      { locale },
    );
    await until(page, 'frame.stopped?.kind === "cost" && !frame.playing');
    /**
     * The positions of the track and the cards at each width, by the text beside them.
     * @type {Record<string, string[]>}
     */
    const seen = {};
    for (const [step, position] of /** @type {const} */ ([
      ['', 'frame.head'],
      ['model.store.set({ stop: { kind: "none", value: 0 } }); model.seek(300)', '300'],
      ['model.seek(290)', '290'],
    ])) {
      await page.evaluate(`(({ model }) => { ${step} })(document.querySelector('lab-app'))`);
      await until(page, `frame.position === ${position} && !frame.catchingUp`);
      await afterFrames(page);
      /** @type {string[]} */
      const found = [];
      for (const width of [1440, 1100, 768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        found.push(`${width}: ${await page.evaluate(places)}`);
      }
      seen[await page.locator('lab-transport .left').innerText()] = found;
    }
    const spoken = Object.keys(seen);
    assert.equal(spoken.length, 3, spoken.join(' | '));
    for (const words of spoken) assert.deepEqual(seen[words], seen[spoken[0]], `${locale}, ${words}`);
    assert.deepEqual(breaches, []);
    await page.context().close();
  }
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
  await page.context().close();
});

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
  await page.context().close();
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
  await page.context().close();
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
  await page.context().close();
});

test('reports while it plays that the chart cuts a curve off', async () => {
  const { page, breaches } = await site.open('#preset=exercise-5');
  await until(page, 'frame.position > 1 && frame.playing');
  const chart = `document.querySelector('lab-app').shadowRoot.querySelector('lab-chart')`;
  await untilTrue(page, `${chart}.cut === true`);
  await untilTrue(page, `/^Clipped at 1.5/.test(${chart}.renderRoot.querySelector('.cut').innerText)`, 2000);
  assert.equal(await page.evaluate(`document.querySelector('lab-app').model.running`), true);
  assert.deepEqual(breaches, []);
  await page.context().close();
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
  await page.context().close();
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
  await page.context().close();
});

test('opens the readable parts of a damaged link and names the others', async () => {
  const { page, breaches } = await site.open('#net=3,x&runs=he_normal;magic&act=tanh&at=5');
  await until(page, 'frame.position === 5');
  const note = await page.getByRole('alert').innerText();
  assert.match(note, /net=3,x/);
  assert.match(note, /magic/);
  assert.deepEqual(breaches, []);
  await page.context().close();
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
  await page.context().close();
});

test('passes axe in light and dark, with menus and dialogs open, on a phone', async () => {
  for (const [colorScheme, viewport] of /** @type {const} */ ([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 390, height: 844 }],
  ])) {
    const { page } = await site.open('#at=300', { colorScheme, viewport, bypassCSP: true });
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    assert.deepEqual(await violations(page), [], `${colorScheme}, ${viewport.width} px`);
    await page.getByRole('button', { name: 'Options for He' }).click();
    assert.deepEqual(await violations(page), [], `${colorScheme}, menu`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, keyboard sheet`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, experiments`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, undo`);
    await page.getByText('Layer by layer', { exact: true }).click();
    await openGroup(page, 'Data');
    await page.getByRole('button', { name: 'Draw your own points' }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, own points`);
    await page.context().close();
  }
});

test('reaches everything with Tab in at most 60 stops, with a visible focus', async () => {
  const { page } = await site.open('#at=20');
  await until(page, 'frame.position === 20');
  /** @type {Set<string>} */
  const reached = new Set();
  let stops = 0;
  for (let i = 0; i < 160; i += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return { name: `${element.tagName} ${name}`, seen: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });
    if (focused === null) break;
    assert.ok(focused.seen, `no visible focus on ${focused.name}`);
    reached.add(focused.name);
    stops += 1;
  }
  assert.ok(stops <= 60, `${stops} stops`);
  for (const wanted of [
    'BUTTON Train',
    'INPUT factor',
    'SELECT Initializer',
    'BUTTON He',
    'BUTTON Add a run',
    'BUTTON speed',
    'SUMMARY Data',
    'BUTTON linear',
    'DIV Line chart of cost',
  ]) {
    assert.ok(
      [...reached].some((name) => name.startsWith(wanted)),
      `Tab does not reach "${wanted}"; it reached ${[...reached].join(', ')}`,
    );
  }
  await page.context().close();
});

test('keeps the focus clear of the sticky bar while tabbing backwards', async () => {
  const { page } = await site.open('#at=0', { viewport: { width: 1000, height: 700 } });
  await until(page, 'frame.position === 0 && frame.runs.every((run) => run.field.columns === 256)');
  await page.evaluate(() => {
    const last = document.createElement('button');
    document.body.append(last);
    last.focus();
  });
  /**
   * How far the bar covers the focused element, in CSS pixels; null if the focus is in the bar or
   * gone.
   */
  const covered = () =>
    page.evaluate(() => {
      let focused = document.activeElement;
      const path = [focused];
      while (focused?.shadowRoot?.activeElement) path.push((focused = focused.shadowRoot.activeElement));
      const bar = document.querySelector('lab-app')?.shadowRoot?.querySelector('lab-transport');
      if (!focused || !bar || path.includes(bar) || focused === document.body) return null;
      return bar.getBoundingClientRect().bottom - focused.getBoundingClientRect().top;
    });
  let seen = 0;
  for (;;) {
    await page.keyboard.press('Shift+Tab');
    const pixels = await covered();
    if (pixels === null) break;
    assert.ok(pixels < 1, `${pixels} pixels are covered after ${seen} steps`);
    seen += 1;
  }
  assert.ok(seen > 30, `${seen}`);
  // While the focus moves within the bar, the page does not scroll.
  await page.evaluate(() => scrollTo(0, 300));
  await page.evaluate(() =>
    /** @type {any} */ (document.querySelector('lab-app')).renderRoot
      .querySelector('lab-transport')
      .renderRoot.querySelector('button')
      .focus({ preventScroll: true }),
  );
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => scrollY), 300);
  await page.context().close();
});

test('accepts a number while the runs train, and removes a rejected one when its box is left', async () => {
  const { page, breaches } = await site.open('#steps=200000');
  await until(page, 'frame.position > 100 && frame.playing');
  const factor = page.getByRole('spinbutton', { name: 'factor' }).first();
  const given = (await factor.inputValue()) === '0.25' ? '0.125' : '0.25';
  await factor.click({ clickCount: 3 });
  await factor.pressSequentially(given, { delay: 120 });
  await page.keyboard.press('Enter');
  await until(
    page,
    `model.store.state.runs.some(({ init }) => String(init.std ?? init.factor) === '${given}')`,
  );
  await factor.click({ clickCount: 3 });
  await factor.pressSequentially('-5');
  await page.keyboard.press('Enter');
  assert.equal(await factor.getAttribute('aria-invalid'), 'true');
  const words = await factor.getAttribute('aria-describedby');
  const reason = page.locator(`#${words}[aria-live]`);
  assert.equal(await reason.innerText(), '−5 is not valid. Expected a number from 0 to 1,000,000.');
  await page.keyboard.press('Tab');
  assert.equal(await factor.inputValue(), given);
  assert.equal(await factor.getAttribute('aria-invalid'), null);
  // The message stays after Tab until the box gets another value.
  assert.ok(await reason.isVisible());
  await factor.fill('2');
  await page.keyboard.press('Enter');
  await reason.waitFor({ state: 'detached' });
  assert.deepEqual(breaches, []);
  await page.context().close();
});

test('writes and reads decimal commas in German, whatever the browser’s language', async () => {
  const { page } = await site.open('?lang=de#at=0', { locale: 'en-US' });
  await until(page, 'frame.position === 0');
  const factor = page.getByRole('spinbutton', { name: 'Faktor' }).first();
  assert.equal(await factor.inputValue(), '0,01');
  for (const [typed, shown, value] of [
    ['0,25', '0,25', 0.25],
    ['.5', '0,5', 0.5],
    ['1e-3', '0,001', 0.001],
  ]) {
    await factor.fill(String(typed));
    await page.keyboard.press('Enter');
    await until(page, `model.store.state.runs[1].init.std === ${value}`);
    assert.equal(await factor.inputValue(), shown);
  }
  const limit = page.getByRole('spinbutton', { name: 'Anzahl der Iterationen' });
  await limit.fill('2.500');
  await page.keyboard.press('Enter');
  await until(page, 'model.store.state.iterations === 2500');
  await limit.press('ArrowUp');
  await until(page, 'model.store.state.iterations === 2501');
  await limit.fill('viele');
  await limit.press('Enter');
  assert.equal(await limit.getAttribute('aria-invalid'), 'true');
  assert.equal(
    await page.locator(`#${await limit.getAttribute('aria-describedby')}`).innerText(),
    'viele ist nicht gültig. Erwartet: eine ganze Zahl von 1 bis 10.000.000.',
  );
  assert.equal(
    await page.locator('lab-weights svg text').filter({ hasText: /^,01$/ }).first().isVisible(),
    true,
  );
  await page.context().close();
});

test('names each number box’s range in the page’s language', async () => {
  const { page } = await site.open('?lang=de#at=0&net=3,3,3,3,3', { locale: 'de-DE' });
  await until(page, 'frame.position === 0');
  for (const [group, box, typed, spoken] of [
    [
      '',
      'Anzahl der Iterationen',
      '0',
      '0 ist nicht gültig. Erwartet: eine ganze Zahl von 1 bis 10.000.000.',
    ],
    ['Training', 'Lernrate', '-1', '−1 ist nicht gültig. Erwartet: eine Zahl von 0 bis 1.000.000.'],
    [
      '',
      'Seed der Gewichte',
      '1.5',
      '1,5 ist nicht gültig. Erwartet: eine ganze Zahl von 0 bis 4.294.967.295.',
    ],
    [
      'Netz',
      'Einheiten der Schicht 3',
      '5000',
      '5.000 ist nicht gültig. Erwartet: eine ganze Zahl von 1 bis 4.096.',
    ],
  ]) {
    if (group !== '') await openGroup(page, group);
    const input = page.getByRole('spinbutton', { name: box, exact: true });
    await input.fill(typed);
    await page.keyboard.press('Tab');
    const reason = page.locator(`#${await input.getAttribute('aria-describedby')}`);
    assert.equal(await reason.innerText(), spoken);
    const place = await reason.boundingBox();
    assert.ok(place && place.x >= 0 && place.x + place.width <= 1440, JSON.stringify(place));
  }
  await page.context().close();
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
  await page.context().close();
});

test('reports a part of the lab that cannot be loaded, and loads it on the next request', async () => {
  const page = await site.blank();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.route('**/lab-keys*.js', (route) => route.abort());
  await page.goto(site.address);
  await until(page, 'frame.position > 0');
  await page.getByRole('button', { name: 'Keyboard' }).click();
  const notice = page.getByText('Some files failed to load.');
  await notice.waitFor();
  await page.unroute('**/lab-keys*.js');
  await page.getByRole('button', { name: 'Keyboard' }).click();
  await page.getByRole('dialog').waitFor();
  assert.equal(await notice.count(), 0);
  await page.route('**/lab-app*.js', (route) => route.abort());
  await page.reload();
  await page.getByRole('heading', { name: 'The lab has not loaded.' }).waitFor();
  assert.deepEqual(errors, []);
  await page.close();
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
  await page.context().close();
});

test('plays nothing automatically with reduced motion, and shows the end', async () => {
  const { page } = await site.open('#steps=300', { reducedMotion: 'reduce' });
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  assert.equal(
    await page.evaluate(() => /** @type {any} */ (document.querySelector('lab-app')).model.running),
    false,
  );
  await page.context().close();
});

test('draws a paused page after a change of theme like a page opened in that theme', async () => {
  const pictures = `[...document.querySelector('lab-app').pictures.map((part) => part.canvas),
    document.querySelector('lab-app').shadowRoot.querySelector('lab-chart').shadowRoot.querySelector('canvas'),
  ].map((canvas) => canvas?.toDataURL()).join()`;
  const open = async (/** @type {'light' | 'dark'} */ colorScheme) => {
    const { page } = await site.open('#at=300', { colorScheme });
    await until(page, 'frame.position === 300 && frame.runs.every((run) => run.field.columns === 256)');
    await untilTrue(page, `!/,$/.test(${pictures})`);
    await afterFrames(page);
    return page;
  };
  const [dark, changed] = [await open('dark'), await open('light')];
  const expected = await dark.evaluate(pictures);
  assert.notEqual(await changed.evaluate(pictures), expected);
  await changed.emulateMedia({ colorScheme: 'dark' });
  await changed.evaluate(`void (window.expected = ${JSON.stringify(expected)})`);
  await untilTrue(changed, `${pictures} === window.expected`);
  await dark.context().close();
  await changed.context().close();
});

test('opens a German link in German, with German error messages', async () => {
  const { page, breaches } = await site.open(
    '?lang=de&net=5000&runs=he_normal/net=4096,4096,4096,4096;zeros',
  );
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  const note = page.locator('lab-notices').getByRole('alert');
  assert.match(await note.innerText(), /gefunden "5000", erwartet eine ganze Zahl von 1 bis 4096/);
  assert.doesNotMatch(await note.innerText(), /lang/);
  await page
    .getByText(/^layers: der Lauf braucht etwa \d+ MB Speicher, es sind aber nur \d+ MB frei$/)
    .waitFor();
  assert.deepEqual(breaches, []);
  await page.context().close();
});

test('switches to German on request, and stores the choice', async () => {
  const ticks = `[...document.querySelector('lab-app').shadowRoot.querySelector('lab-chart').chart.plot.axes.flatMap((axis) => axis._values)]`;
  const { page, breaches } = await site.open('#at=1');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  await untilTrue(
    page,
    `${ticks}.some((text) => text === '1.000') && ${ticks}.some((text) => text === '0,5')`,
  );
  await page.reload();
  await page.getByRole('heading', { name: 'Wie initialisiert man die Gewichte eines Netzes?' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  assert.equal(await page.title(), 'Init Lab: Wie initialisiert man die Gewichte eines Netzes?');
  // The other pages use it too.
  await page.goto(new URL('why.html', page.url()).href);
  await page.getByRole('heading', { name: 'Warum die ersten Gewichte entscheiden' }).waitFor();
  assert.deepEqual(breaches, []);
  await page.context().close();
});

test('keeps everything within the window’s width, in both languages', async () => {
  // A component with its own overflow does not make the page scroll, but clips its content.
  const wide = () => {
    /** @type {string[]} */
    const found = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    const look = (/** @type {Document | ShadowRoot} */ root) => {
      for (const element of root.querySelectorAll('*')) {
        const { width, right } = element.getBoundingClientRect();
        if (width > 0 && right > clientWidth + 1 && !element.closest('nav'))
          found.push(`${element.localName}.${element.className} to ${Math.round(right)}`);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return scrollWidth > clientWidth ? [...found, `scrolls to ${scrollWidth}`] : found;
  };
  for (const locale of ['en', 'de']) {
    const { page } = await site.open('#at=300&steps=1000000', { locale });
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    await page.evaluate('document.querySelector("lab-app").model.seek(5)');
    await until(page, 'frame.position === 5 && !frame.catchingUp');
    for (const width of [320, 390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await afterFrames(page, 10);
      assert.deepEqual(await page.evaluate(wide), [], `${locale}, ${width} px`);
    }
    await page.goto(new URL('embedding.html', page.url()).href);
    await page.setViewportSize({ width: 320, height: 900 });
    await page.getByRole('heading', { name: locale === 'de' ? 'Als Element' : 'As an element' }).waitFor();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320);
    await page.context().close();
  }
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
  await page.context().close();
});

test('prints a page of the dark theme on white paper, fields included', async () => {
  const { page } = await site.open('#at=10', { colorScheme: 'dark' });
  await until(page, 'frame.position === 10 && !frame.catchingUp && frame.runs[0].field.columns === 256');
  // The corner of the field of zeros, where P is 0.5 and there is no example.
  const corner = () =>
    page.evaluate(() => {
      const [{ canvas }] = /** @type {any} */ (document.querySelector('lab-app')).pictures;
      return [...canvas.getContext('2d').getImageData(2, 2, 1, 1).data];
    });
  assert.ok((await corner())[0] < 60);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await afterFrames(page);
  const printed = await corner();
  assert.ok(Math.min(...printed) >= 250, String(printed));
  await page.context().close();
});
