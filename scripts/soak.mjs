/**
 * Lets a seeded robot use every control of every page, and checks that nothing accumulates: console
 * errors, the heap, DOM nodes, event listeners, the worker and the canvases.
 *
 *   npm run soak [-- --minutes 10] [--phone-minutes 5] [--seed 1] [--page index.html]
 */
/* global document, location -- of the page, where these functions run */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { filesUnder } from './files.mjs';
import { createSiteServer, listen } from './site-server.mjs';
import { root, script, StepError } from './steps.mjs';

const site = join(root, 'dist', 'site');
const CONTROLS =
  'a[href^="#"], button, input, select, summary, [role="slider"], [role="application"], [tabindex="0"]';
const KEYS = [
  'Enter',
  'Space',
  'ArrowRight',
  'ArrowLeft',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'Escape',
  'Tab',
];

/** Growth over the second half of a visit that counts as a leak. */
const MOST_GROWTH = { heap: 12e6, nodes: 4000, listeners: 2000 };

/** Milliseconds until a page stands in its first state. */
const SETTLING = 3000;

/**
 * Returns whole numbers below a bound from a seed (mulberry32).
 *
 * @param {number} seed
 */
function randomFrom(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/**
 * Measures a page after a garbage collection, in its first state: eight runs have more nodes than
 * four without a leak.
 *
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').CDPSession} session
 */
async function measure(page, session) {
  await page.evaluate(() => {
    document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
    location.hash = '';
  });
  await page.waitForTimeout(SETTLING);
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (/** @type {string} */ name) => metrics.find((each) => each.name === name)?.value ?? 0;
  return { heap: valueOf('JSHeapUsedSize'), nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners') };
}

/**
 * Uses a page for some time.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {{ seconds: number, seed: number, options: import('playwright-core').BrowserContextOptions
 *   }} visit
 * @returns {Promise<string[]>} the faults
 */
async function use(browser, url, { seconds, seed, options }) {
  const random = randomFrom(seed);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => dialog.dismiss());
  page.on('popup', (popup) => popup.close());
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(url);
  await page.waitForLoadState('networkidle');

  /** @type {Awaited<ReturnType<typeof measure>> | undefined} */
  let middle;
  let actions = 0;
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  while (elapsed() < seconds) {
    if (!middle && elapsed() > seconds / 2) middle = await measure(page, session);
    if (page.url().split(/[?#]/)[0] !== url) await page.goto(url);
    const controls = page.locator(CONTROLS);
    const control = controls.nth(random(Math.max(1, await controls.count())));
    const act = [
      () => control.click({ timeout: 500, position: undefined }),
      () => control.focus({ timeout: 500 }).then(() => page.keyboard.press(KEYS[random(KEYS.length)])),
      () => control.hover({ timeout: 500 }),
      () => control.fill(String(random(1000) / 10), { timeout: 300 }),
      () => page.mouse.wheel(0, random(800) - 400),
    ][random(5)];
    // Hidden, covered or disabled controls cannot be used; that is no fault.
    await act().catch(() => undefined);
    actions += 1;
  }
  const end = await measure(page, session);
  const alive = await page.evaluate(() => document.readyState === 'complete');
  if (!alive) faults.push('the page does not answer');
  for (const key of /** @type {const} */ (['heap', 'nodes', 'listeners'])) {
    const growth = end[key] - (middle ?? end)[key];
    if (growth > MOST_GROWTH[key]) faults.push(`${key} grew by ${growth} in the second half`);
  }
  console.log(
    `${faults.length === 0 ? '✓' : '✗'} ${url}: ${actions} actions, heap ${(end.heap / 1e6).toFixed(1)} MB, ` +
      `${end.nodes} nodes, ${end.listeners} listeners`,
  );
  // At once, as the whole run takes a quarter of an hour.
  for (const fault of faults) console.log(`  ${fault}`);
  await context.close();
  return faults.map((fault) => `${url} (seed ${seed}): ${fault}`);
}

await script(async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      'phone-minutes': { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      page: { type: 'string' },
    },
  });
  const pages = filesUnder('dist/site')
    .filter((file) => /^dist\/site\/[\w-]+\.html$/.test(file))
    .map((file) => file.slice('dist/site/'.length));
  if (pages.length === 0) throw new StepError('dist/site is missing; run npm run build first');
  const server = createSiteServer(site);
  const address = await listen(server, 0);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  /** @type {string[]} */
  const faults = [];
  try {
    for (const [minutes, options] of /** @type {const} */ ([
      [values.minutes, { viewport: { width: 1440, height: 900 } }],
      [values['phone-minutes'], { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ])) {
      // The lab takes half of the time; the other pages share the rest.
      for (const [i, page] of pages.entries()) {
        if (values.page !== undefined && page !== values.page) continue;
        const share = page === 'index.html' ? 0.5 : 0.5 / (pages.length - 1);
        const visit = { seconds: Number(minutes) * 60 * share, seed: Number(values.seed) + i, options };
        // The standalone page is opened from disk, as its users do.
        const url = page === 'standalone.html' ? String(pathToFileURL(join(site, page))) : address + page;
        faults.push(...(await use(browser, url, visit)));
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  if (faults.length > 0) throw new StepError(faults.join('\n'));
});
