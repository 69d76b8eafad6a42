// The landscape of the cost: a map around each run's path, one shared map, and the curvature.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openInside, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const panel = `document.querySelector('lab-app').renderRoot.querySelector('lab-landscape')`;

test('maps the cost around each path: the map at a run’s position has the run’s cost', async () => {
  const { page, breaches } = await site.open('#at=300');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  await openInside(page);
  await untilTrue(page, `(${panel}?.scrollIntoView(), ${panel}?.maps.size === 5 && !${panel}.busy)`);
  const maps = /** @type {any[]} */ (
    await page.evaluate(`document.querySelector('lab-app').model.store.state.runs.map(({ id }) => {
      const { cost, size, x, y, paths, share } = ${panel}.maps.get(id);
      const at = ([px, py]) => {
        const column = Math.min(size - 1, Math.floor((size * (px - x[0])) / (x[1] - x[0])));
        const row = Math.min(size - 1, Math.floor((size * (y[1] - py)) / (y[1] - y[0])));
        return cost[row * size + column];
      };
      const { places } = paths[0];
      const history = document.querySelector('lab-app').model.race.histories.get(id);
      return {
        name: document.querySelector('lab-app').model.nameOf(document.querySelector('lab-app').model.store.state.runs.find((run) => run.id === id)),
        start: at(places[0]), now: at(places.at(-1)), share,
        costs: [history[0].cost, history.findLast(({ iteration }) => iteration <= 300).cost],
        lowest: Math.min(...cost),
      };
    })`)
  );
  const he = maps[3];
  // A cell of the map is some hundredths of the path wide, and the plane contains the present
  // weights.
  assert.ok(Math.abs(he.now / he.costs[1] - 1) < 0.15, JSON.stringify(he));
  assert.ok(he.share > 0.9 && he.share <= 1 + 1e-9, String(he.share));
  assert.ok(he.now < he.start);
  await page
    .getByText(/\d+ % of the path lies in this plane\./)
    .first()
    .waitFor();
  await page.getByText('The weights have not moved.').waitFor();
  assert.equal(await page.locator('lab-landscape b', { hasText: 'max' }).count(), 4);
  assert.deepEqual(breaches, []);
});

test('updates the landscape during training, and does not change the training’s bits', async () => {
  const { page, breaches } = await site.open('#steps=2000&speed=max');
  await until(page, 'frame.position > 20');
  await openInside(page);
  await untilTrue(page, `(${panel}?.scrollIntoView(), ${panel}?.maps.size === 5)`);
  await until(page, 'frame.position === 2000 && !frame.playing');
  const costs = `document.querySelector('lab-app').model.race.frame.runs.map(({ metrics }) => metrics.cost).join()`;
  const watched = await page.evaluate(costs);
  const { page: plain } = await site.open('#at=2000&steps=2000');
  await until(plain, 'frame.position === 2000 && !frame.catchingUp');
  assert.equal(await plain.evaluate(costs), watched);
  assert.deepEqual(breaches, []);
});
