// Files and tables given to the lab: points as CSV, experiments as JSON, the lab's own export.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readRows } from '../../src/js/csv.js';
import { tensorsOf, writeNpz, writeSafetensors } from '../../src/js/exports/weights.js';
import { loadLab } from '../../src/js/index.js';
import { openGroup, openSite, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/**
 * Drops a file on an element.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {string | Uint8Array} content
 * @param {string} [on]
 */
const drop = (page, name, content, on = `document.querySelector('lab-app')`) =>
  page.evaluate(`(() => {
    const content = ${typeof content === 'string' ? JSON.stringify(content) : `Uint8Array.of(${content})`};
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], ${JSON.stringify(name)}));
    ${on}.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true, composed: true }));
  })()`);

test('previews a readable table, and uses it on Done', async () => {
  const { page, breaches } = await site.open('#at=0');
  await until(page, 'frame.position === 0');
  await drop(page, 'points.csv', '1,2,0\n3,4,1\n-1,0,1');
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Use these 3 points' }).waitFor();
  assert.equal(await sheet.getByRole('status').first().innerText(), '1 of class 0, 2 of class 1');
  assert.deepEqual(await sheet.locator('button.main').allInnerTexts(), ['Done']);
  await sheet.getByRole('button', { name: 'Done' }).click();
  await until(page, 'model.race.datasets.get(frame.runs[0].id).train.y.length === 3');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.deepEqual(breaches, []);
});

test('exports signals and curvature as the module measures them at this iteration', async () => {
  const { page, breaches } = await site.open(
    '#data=circles&net=5&opt=gd,learningRate:0.1&runs=he_normal/name=%3DHe&steps=300&at=40',
    { acceptDownloads: true },
  );
  await until(page, 'frame.position === 40 && !frame.catchingUp');
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Signals and curvature of all runs (CSV)' }).click();
  const [{ cells: head }, ...layers] = readRows(readFileSync(await (await waiting).path(), 'utf8'));
  const model = `document.querySelector('lab-app').model`;
  const spec = await page.evaluate(
    `${model}.race.result(${model}.store.state.runs[0].id).then(({ spec }) => JSON.stringify(spec))`,
  );
  const session = (await loadLab()).createSession(JSON.parse(String(spec)));
  session.step(40);
  const { layers: measured } = session.diagnostics();
  const { greatest, step } = session.curvature();
  session.dispose();
  assert.equal(layers.length, measured.length);
  for (const [l, { cells }] of layers.entries()) {
    const of = (/** @type {string} */ column) => cells[head.indexOf(column)];
    // The name would be a formula in a spreadsheet.
    assert.deepEqual([of('experiment'), of('iteration'), of('layer')], ["'=He", '40', String(l + 1)]);
    for (const [column, value] of /** @type {[string, number][]} */ ([
      ['var z', measured[l].preActivation.variance],
      ['|dJ/dW|', measured[l].gradientNorm],
      ['|W - W0| / |W0|', measured[l].distance],
      ['λ max', greatest],
      ['rate * λ max', step],
    ]))
      assert.ok(Math.abs(Number(of(column)) / value - 1) < 1e-4, `${column}: ${of(column)}, not ${value}`);
  }
  assert.deepEqual(breaches, []);
});

test('opens the lab’s own export at its iteration, and restores the previous experiment with undo', async () => {
  const link = '#data=circles&net=5&runs=zeros;he_normal,gain:2/name=Mine&steps=300&look=2&at=40';
  const { page, breaches } = await site.open(link, { acceptDownloads: true });
  await until(page, 'frame.position === 40 && !frame.catchingUp');
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'Settings, weights and results (JSON)' }).click();
  const text = readFileSync(await (await waiting).path(), 'utf8');
  const address = await page.evaluate(() => location.hash);
  await page.keyboard.press('d');
  await untilTrue(page, `location.hash !== ${JSON.stringify(address)}`);
  const changed = await page.evaluate(() => location.hash);
  await drop(page, 'init-lab.json', text);
  await until(page, 'frame.position === 40 && frame.runs.length === 2');
  await untilTrue(page, `location.hash === ${JSON.stringify(address)}`);
  await page.getByText('Your own experiment was replaced').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await untilTrue(page, `location.hash === ${JSON.stringify(changed)}`);
  // Also on the dialog of points, which then closes.
  await openGroup(page, 'Data');
  await page.getByRole('button', { name: 'Draw your own points' }).click();
  const part = `document.querySelector('lab-app').renderRoot.querySelector('lab-points').renderRoot.querySelector('details')`;
  await untilTrue(page, `Boolean(${part})`);
  await drop(page, 'one.json', '{ "layers": [3], "init": { "name": "zeros" } }', part);
  await until(page, 'frame.runs.length === 1');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.deepEqual(breaches, []);
});

test('adds a run that starts from dropped weights, and measures its signals', async () => {
  const { page, breaches } = await site.open('#data=circles&net=5,3&runs=zeros&at=0');
  await until(page, 'frame.position === 0');
  const experiment = { dataset: { name: 'circles' }, layers: [5, 3], activations: 'relu', iterations: 9 };
  const session = (await loadLab()).createSession(experiment);
  session.step(9);
  const { layers } = session.diagnostics();
  const file = writeSafetensors(tensorsOf(session.network, session.parameters()));
  session.dispose();
  await drop(page, 'mine.safetensors', file);
  await until(page, 'frame.runs.length === 2 && frame.runs[1].iteration === 0');
  const model = `document.querySelector('lab-app').model`;
  const seen = await page.evaluate(
    `${model}.race.measurements(${model}.store.state.runs[1].id).then((run) =>
      run.layers.map((layer) => [layer.preActivation.variance, layer.gradientNorm]))`,
  );
  assert.deepEqual(
    seen,
    layers.map((layer) => [layer.preActivation.variance, layer.gradientNorm]),
  );
  await page.getByText('Loaded the weights “mine”').waitFor();
  // Weights for another number of inputs, and a file without weights.
  for (const [content, words] of /** @type {const} */ ([
    [writeNpz({ 'fc.weight': { shape: [1, 7], data: new Float64Array(7) } }), 'for 7 inputs; expected 2'],
    ['no weights', 'the file is neither'],
  ])) {
    await drop(page, 'other.npz', content);
    await page.locator('lab-notices [role=alert]').getByText(words).waitFor();
    await until(page, 'frame.runs.length === 2');
  }
  assert.deepEqual(breaches, []);
});

test('opens a file from the list of experiments, without dropping it', async () => {
  const { page } = await site.open('#at=0');
  await until(page, 'frame.position === 0');
  const choose = async (/** @type {string} */ name, /** @type {string} */ text) => {
    await page.keyboard.press('e');
    const input = page.getByRole('dialog').getByLabel('Open a file');
    await input.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  };
  await choose('one.json', '{ "layers": [3], "init": { "name": "zeros" } }');
  await until(page, 'frame.runs.length === 1');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await choose('points.csv', '1,2,0\n3,4,1\n-1,0,1');
  await page.getByRole('button', { name: 'Use these 3 points' }).waitFor();
});

test('rejects a JSON file that is no experiment, names what is expected, and changes nothing', async () => {
  const { page } = await site.open('#net=7&at=5');
  await until(page, 'frame.position === 5 && !frame.catchingUp');
  for (const text of ['{ "layers": [3', '{ "runs": 3 }', '[]', 'x1,x2']) {
    await drop(page, 'notes.json', text);
    const alert = page.locator('lab-notices [role=alert]');
    await alert.getByText('This file could not be opened. Nothing has changed.').waitFor();
    assert.match(
      await alert.innerText(),
      /notes\.json=.*: (expected an experiment as JSON|\w+ must be a list)/s,
    );
    assert.equal(await page.evaluate(() => location.hash), '#net=7&at=5');
    await alert.getByRole('button', { name: 'Close' }).click();
  }
  // The readable parts are opened, and the others are named.
  await drop(page, 'one.json', '{ "layers": [3], "learningRate": 2 }');
  await until(page, 'model.store.state.layers[0] === 3');
  assert.match(
    await page.locator('lab-notices [role=alert]').innerText(),
    /The rest is open.*learningRate=2/s,
  );
});
