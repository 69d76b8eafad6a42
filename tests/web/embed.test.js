// Embedding: the page for iframes and the element train the given experiment under the strict
// policy.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { afterFrames, faultsOf, openSite, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const element = `document.querySelector('init-lab')`;

test('trains the preset in the query of the page for iframes', async () => {
  const { page, breaches } = await site.open('embed.html?preset=exercise-5&hide=chart');
  await untilTrue(page, `(${element}?.model?.race.frame?.position ?? 0) > 0`);
  const inits = await page.evaluate(`${element}.model.store.state.runs.map((run) => run.init.std)`);
  assert.deepEqual(inits, [10, 0.1, 0.01]);
  assert.equal(await page.locator('lab-chart').count(), 0);
  assert.deepEqual(breaches, []);
});

test('trains the link that the embed code holds', async () => {
  const { page, breaches } = await site.open('embed.html?data=moons&runs=he_normal;zeros&theme=dark');
  await untilTrue(page, `(${element}?.model?.race.frame?.position ?? 0) > 0`);
  assert.equal(await page.evaluate(`${element}.experiment`), 'data=moons&runs=he_normal;zeros&look=2');
  assert.equal(await page.evaluate(`document.documentElement.dataset.theme`), 'dark');
  assert.deepEqual(breaches, []);
});

test('draws a field as a square of pixels at every width, including 300, the default of a canvas', async () => {
  const seen = [];
  for (const width of [632, 634, 636, 638]) {
    const { page } = await site.open('embed.html?runs=he_normal;zeros&autoplay=off', {
      viewport: { width, height: 700 },
    });
    const canvas = `${element}.renderRoot.querySelector('lab-run-card').renderRoot.querySelector('lab-field').renderRoot.querySelector('canvas')`;
    await untilTrue(page, `${canvas}.parentNode.getRootNode().host.hasAttribute('shown')`);
    await untilTrue(
      page,
      `${canvas}.width === ${canvas}.clientWidth && ${canvas}.height === ${canvas}.width`,
      5000,
    );
    seen.push(await page.evaluate(`${canvas}.width`));
    await page.context().close();
  }
  assert.ok(seen.includes(300), String(seen));
});

test('stops at an iteration that is set while it trains', async () => {
  const { page } = await site.open('embed.html?preset=zeros');
  await untilTrue(page, `(${element}?.model?.race.frame?.position ?? 0) > 0`);
  await page.evaluate(`${element}.setAttribute('experiment', 'runs=he_normal;zeros&at=3')`);
  await untilTrue(page, `${element}.model.race.frame?.position === 3 && !${element}.model.running`);
  await afterFrames(page, 20);
  assert.equal(await page.evaluate(`${element}.model.race.frame.position`), 3);
});

test('does not change an embedded experiment when a field is tapped', async () => {
  const { page } = await site.open('embed.html?preset=four-starts&autoplay=off');
  await page.locator('lab-run-card canvas').first().waitFor();
  const untouched = await page.evaluate(`${element}.experiment`);
  await page.locator('lab-run-card canvas').first().click();
  assert.equal(await page.evaluate(`${element}.experiment`), untouched);
});

test('reports its height to the surrounding page', async () => {
  const { page } = await site.open('embed.html?preset=zeros');
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    addEventListener('message', ({ data }) => {
      if (data.type === 'init-lab:height') seen.height = data.height;
    });
    document.body.append(document.createElement('h1'), 'a line more');
  });
  await untilTrue(page, 'window.height > 300');
});

test('reports a smaller height than the frame’s, also in browsers without :has()', async () => {
  const page = await site.blank();
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch();
    // A browser drops a rule whose selector it does not know.
    await route.fulfill({ response, body: (await response.text()).replaceAll(':has(', ':unknown(') });
  });
  await page.addInitScript(() => {
    addEventListener('message', ({ data }) => {
      if (data.type === 'init-lab:height') /** @type {any} */ (window).height = data.height;
    });
  });
  await page.setViewportSize({ width: 700, height: 3000 });
  await page.goto(`${site.address}embed.html?preset=zeros`);
  await untilTrue(page, `Boolean(${element}?.model?.race.frame)`);
  await untilTrue(page, 'window.height > 300 && window.height < 2000');
});

test('shows no play button if no run can start, but a link to the lab', async () => {
  const { page } = await site.open('embed.html?runs=zeros&net=4096,4096,4096,4096', {
    hasTouch: true,
    isMobile: true,
  });
  await page.getByText('This run cannot start.').first().waitFor();
  assert.ok(await page.getByRole('button', { name: 'Train', exact: true }).isDisabled());
  const link = await page.getByRole('link', { name: 'Open in the lab' }).boundingBox();
  assert.ok(link && link.height >= 24, JSON.stringify(link));
});

test('plays, pauses and resets on command, and dispatches events', async () => {
  const { page, breaches } = await site.open('embedding.html');
  await untilTrue(page, `Boolean(${element}?.model?.catalogue)`);
  await page.evaluate(
    `(window.seen = [], ${element}.addEventListener('progress', (event) => window.seen.push(event.detail)))`,
  );
  await page.evaluate(`${element}.play()`);
  await untilTrue(page, `window.seen.some(({ iteration }) => iteration > 0)`);
  await page.evaluate(`${element}.pause()`);
  await untilTrue(page, `${element}.model.race.frame.playing === false`);
  await page.evaluate(`${element}.reset()`);
  await untilTrue(page, `${element}.model.race.frame.position === 0`);
  assert.deepEqual(breaches, []);
});

test('dispatches progress and done once the runs exist, also for a second experiment', async () => {
  const { page, breaches } = await site.open('embed.html?runs=he_normal&net=60,60&steps=1500&at=1500');
  await page.evaluate(`void (window.seen = [], ['progress', 'done'].forEach((type) =>
    ${element}.addEventListener(type, ({ detail }) =>
      window.seen.push([type, detail?.iteration ?? 1500, ${element}.model.race.frame.runs[0].iteration]))))`);
  const ends = `window.seen.filter(([type]) => type === 'done').length`;
  await untilTrue(page, `${ends} === 1`);
  // Pause it, so that its frames are not mistaken for those of the next experiment.
  await page.evaluate(`void (${element}.experiment = 'runs=he_normal&net=60,50&steps=1500&at=1500')`);
  await untilTrue(page, `${ends} === 2`);
  const seen = /** @type {[string, number, number][]} */ (await page.evaluate('window.seen'));
  for (const [type, reported, reached] of seen) assert.equal(reported, reached, type);
  assert.ok(seen.filter(([type, reported]) => type === 'progress' && reported < 1500).length > 1);
  assert.deepEqual(breaches, []);
});

test('reports the experiment that is set while the module loads', async () => {
  const { page } = await site.open('embed.html?runs=zeros&steps=40&at=40&autoplay=off');
  const early = await page.evaluate(`(() => {
    const lab = ${element};
    window.seen = [];
    for (const type of ['progress', 'done'])
      lab.addEventListener(type, () => window.seen.push([type, lab.model.race.specs.get(lab.model.race.frame.runs[0].id).layers.length]));
    const early = lab.model.catalogue === null;
    lab.experiment = 'runs=he_normal&net=9,8,7&steps=40&at=40';
    return early;
  })()`);
  await untilTrue(page, `window.seen.some(([type]) => type === 'done')`);
  if (early) await untilTrue(page, `${element}.model.race.frame.position === 40`);
  const layers = new Set(
    /** @type {[string, number][]} */ (await page.evaluate('window.seen')).map(([, n]) => n),
  );
  assert.deepEqual([...layers], [3]);
});

for (const path of ['embedding.html', 'api.html', 'examples/slides.html']) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`passes axe on ${path}, ${colorScheme}, on a phone, without clipped content`, async () => {
      const { page } = await site.open(path, {
        colorScheme,
        viewport: { width: 390, height: 844 },
        bypassCSP: true,
      });
      await untilTrue(page, `document.readyState === 'complete'`);
      await afterFrames(page, 30);
      assert.deepEqual(await faultsOf(page), []);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
    });
  }
}
