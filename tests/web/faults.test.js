// How the pages handle failures: a worker that dies or is missing, missing files, browsers without
// a feature. The page names each failure and, if it can be repaired, offers a button.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { openSite, site as folder, until, untilTrue } from './browser.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** Keeps every worker of the page so that a test can end it. */
const KEEP_WORKERS = `window.workers = []; const Original = Worker; window.Worker = class extends Original {
  constructor(...given) { super(...given); window.workers.push(this); } };`;

/**
 * Opens the lab on a page that has been prepared.
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} prepare
 * @param {string} [path]
 */
async function openPrepared(prepare, path = '') {
  const page = await site.blank();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await prepare(page);
  await page.goto(site.address + path, { waitUntil: 'commit' });
  return { page, errors };
}

test('notices within seconds that a worker was killed, and continues from there after one click', async () => {
  const { page, errors } = await openPrepared((each) => each.addInitScript(KEEP_WORKERS));
  await until(page, 'frame.position > 20');
  await page.evaluate('workers.forEach((worker) => worker.terminate())');
  const position = Number(await page.evaluate(`document.querySelector('lab-app').model.race.frame.position`));
  const notice = page.getByRole('alert').filter({ hasText: 'has not answered' });
  await notice.waitFor();
  await notice.getByRole('button', { name: 'Restart it at iteration' }).click();
  await until(page, `model.waiting === null && frame.playing && frame.position > ${position}`);
  assert.deepEqual(errors, []);
});

test('names a missing worker script and loads it on retry', async () => {
  const { page, errors } = await openPrepared((each) =>
    each.route('**/worker*.js', (route) => route.fulfill({ status: 404, body: 'no' })),
  );
  await page.getByText(/worker’s script could not be loaded: .*worker.*\.js/).waitFor();
  await page.unroute('**/worker*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await until(page, 'model.broken === null && frame.position > 0');
  assert.deepEqual(errors, []);
});

test('names WebAssembly that is missing, cut, damaged or of something else, and a retry helps', async () => {
  const name = readdirSync(join(folder, 'assets')).find((each) => each.endsWith('.wasm')) ?? '';
  const whole = readFileSync(join(folder, 'assets', name));
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 2000, 4000);
  for (const [answer, words] of /** @type {const} */ ([
    [{ status: 404, body: 'no' }, /\.wasm cannot be loaded/],
    [
      { contentType: 'text/html', body: '<!doctype html><title>no</title>' },
      /is not WebAssembly but an HTML page/,
    ],
    [
      { contentType: 'application/wasm', body: whole.subarray(0, 5000) },
      /is not WebAssembly, or not all of it/,
    ],
    [{ contentType: 'application/wasm', body: damaged }, /is not WebAssembly, or not all of it/],
    // An empty module is valid; like one of another version it lacks what this one needs.
    [
      { contentType: 'application/wasm', body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) },
      /is not this version[’']s module/,
    ],
  ])) {
    const { page, errors } = await openPrepared((each) =>
      each.route('**/*.wasm', (route) => route.fulfill(answer)),
    );
    await page.getByRole('alert').getByText(words).waitFor();
    await page.unroute('**/*.wasm');
    await page.getByRole('button', { name: 'Try again' }).click();
    await until(page, 'model.broken === null && frame.position > 0');
    assert.deepEqual(errors, []);
    await page.close();
  }
});

test('an embedded frame whose worker is killed offers to restart it', async () => {
  const { page, errors } = await openPrepared(
    (each) => each.addInitScript(KEEP_WORKERS),
    'embed.html?experiment=runs%3Dhe_normal%26steps%3D100000',
  );
  const at = `document.querySelector('init-lab')?.model?.race.frame?.position`;
  await untilTrue(page, `${at} > 20`);
  await page.evaluate('workers.forEach((worker) => worker.terminate())');
  const position = Number(await page.evaluate(at));
  await page.getByRole('button', { name: 'Restart it at iteration' }).click();
  await untilTrue(page, `${at} > ${position}`);
  assert.deepEqual(errors, []);
});

test('a sweep whose workers are killed, or never arrive, says so and trains the rest with new ones', async () => {
  const runner = `document.querySelector('factor-sweep')?.runner`;
  /** Whether workers' scripts are answered. Those asked for before never are. */
  let arrives = false;
  const retry = async (/** @type {import('playwright-core').Page} */ page, /** @type {number} */ done) => {
    const notice = page.locator('factor-sweep').getByRole('alert').filter({ hasText: 'have not answered' });
    await notice.waitFor();
    arrives = true;
    await notice.getByRole('button', { name: 'Try again' }).click();
    await untilTrue(page, `${runner}.done > ${done} && !${runner}.silent`);
  };
  const killed = await openPrepared((each) => each.addInitScript(KEEP_WORKERS), 'sweeps.html');
  await untilTrue(killed.page, `${runner}?.done > 0`);
  await killed.page.evaluate('workers.forEach((worker) => worker.terminate())');
  await retry(killed.page, Number(await killed.page.evaluate(`${runner}.done`)));
  assert.deepEqual(killed.errors, []);
  arrives = false;
  const held = await openPrepared(
    (each) => each.route('**/pool-worker*.js', (route) => (arrives ? route.continue() : undefined)),
    'sweeps.html',
  );
  await retry(held.page, 0);
  assert.deepEqual(held.errors, []);
});

test('names files that never arrive after some seconds', async () => {
  for (const [file, words] of /** @type {[string, RegExp][]} */ ([
    ['**/worker*.js', /waiting for the worker’s script/],
    ['**/*.wasm', /waiting for the WebAssembly file/],
  ])) {
    let asked = 0;
    const { page } = await openPrepared((each) =>
      each.route(file, (route) => (++asked === 1 ? undefined : route.continue())),
    );
    await page.getByText(words).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await until(page, 'model.waiting === null && frame.position > 0');
    await page.close();
  }
});

test('shows a sentence in a browser without workers, canvases or observers', async () => {
  for (const lack of [
    'delete window.Worker',
    'HTMLCanvasElement.prototype.getContext = () => null',
    'delete window.IntersectionObserver',
    'delete window.ResizeObserver',
  ]) {
    const lab = await openPrepared((each) => each.addInitScript(lack));
    await lab.page.getByRole('heading', { name: 'This browser cannot run the lab.' }).waitFor();
    assert.deepEqual(lab.errors, [], lack);
    await lab.page.close();
    const frame = await openPrepared((each) => each.addInitScript(lack), 'embed.html?preset=zeros');
    await frame.page.getByText('This browser cannot run the experiment').waitFor();
    assert.deepEqual(frame.errors, [], lack);
    await frame.page.close();
  }
});

test('names the first script that is missing and offers to reload', async () => {
  for (const [path, file] of [
    ['', '**/index-*.js'],
    ['', '**/state-*.js'],
    ['embed.html', '**/init-lab.js'],
    ['embed.html', '**/embed-page.js'],
  ]) {
    const { page } = await openPrepared((each) => each.route(file, (route) => route.abort()), path);
    // Every script has arrived or failed: no pending script can still start the page.
    await page.waitForLoadState('load');
    const link = page.getByRole('link', { name: /^load (the page|it) again$/i });
    await link.waitFor();
    await page.unroute(file);
    await link.click();
    const shown = path === '' ? 'lab-app' : 'init-lab';
    await untilTrue(page, `document.querySelector('${shown}')?.model?.race.frame?.position > 0`);
    assert.equal(await page.locator('#unloaded:visible').count(), 0, file);
    await page.close();
  }
});

test('says what to do where scripts do not run: opened from disk, or served with a wrong type', async () => {
  const disk = await site.blank();
  await disk.goto(String(pathToFileURL(join(folder, 'index.html'))));
  await disk.getByRole('link', { name: 'standalone.html' }).first().waitFor();
  await disk.close();
  const { page } = await openPrepared((each) =>
    each.route('**/*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'text/plain' } });
    }),
  );
  await page.getByRole('link', { name: /^load the page again$/i }).waitFor();
  // Some files are still on their way.
  await page.unrouteAll({ behavior: 'wait' });
});

test('reports slow scripts and removes the message when they arrive', async () => {
  for (const [path, file, shown] of [
    ['', '**/state-*.js', 'lab-app'],
    ['embed.html', '**/init-lab.js', 'init-lab'],
  ]) {
    /** @type {(() => void)[]} */
    const held = [];
    const { page, errors } = await openPrepared(
      (each) => each.route(file, (route) => void held.push(() => route.continue())),
      path,
    );
    await page.getByText('the connection is slow').waitFor();
    for (const release of held) release();
    await untilTrue(page, `document.querySelector('${shown}')?.model?.race.frame?.position > 0`);
    assert.equal(await page.locator('#unloaded:visible').count(), 0, file);
    assert.deepEqual(errors, []);
    await page.close();
  }
});

test('loads a panel that failed offline once the connection returns', async () => {
  const { page, errors } = await openPrepared((each) =>
    each.route('**/lab-inside*.js', (route) => route.abort()),
  );
  await until(page, 'frame.position > 0');
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await page.getByText('Some files failed to load.').waitFor();
  await page.unroute('**/lab-inside*.js');
  await page.evaluate(`dispatchEvent(new Event('online'))`);
  await page.locator('lab-inside').waitFor();
  assert.deepEqual(errors, []);
});

test('rejects runs that are too large or too slow before they start', async () => {
  const runs = Array(8).fill('he_normal').join(';');
  const { page } = await openPrepared(async () => {}, `#net=4096,4096&runs=${runs}&steps=10`);
  await untilTrue(page, `document.querySelector('lab-app')?.model.race.problems.size === 8`);
  const problems = /** @type {any[]} */ (
    await page.evaluate(`[...document.querySelector('lab-app').model.race.problems.values()]`)
  );
  // Two of them fit into memory.
  const codes = problems.map(({ code }) => code);
  assert.deepEqual(codes, [...Array(2).fill('too-slow'), ...Array(6).fill('too-large')]);
  assert.ok(problems.every(({ field }) => field === 'layers'));
});
