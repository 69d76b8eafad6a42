// Serves the built site to a real browser, under the site's strict policy.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { which } from '../../scripts/steps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The folder of the built site. */
export const site = process.env.INIT_LAB_SITE ?? join(root, 'dist', 'site');
/** Debian's headless shell has no windows or menus, and takes half of Chromium's time. */
export const executablePath =
  process.env.CHROMIUM ?? which('chromium-headless-shell') ?? which('chromium') ?? '/usr/bin/chromium';
/**
 * Milliseconds that a condition may take. Tests wait for conditions and assert no speed, so this is
 * far longer than any step takes on a slow machine.
 */
export const PATIENCE = 300_000;

/** What the current test has opened. @type {Set<import('playwright-core').BrowserContext>} */
const opened = new Set();
// A page that is left open goes on training, and slows every test after it.
afterEach(async () => {
  for (const context of opened) await context.close();
});

/** @param {import('playwright-core').BrowserContext} context */
function closeAfterTest(context) {
  opened.add(context);
  context.on('close', () => opened.delete(context));
}

/**
 * @typedef {object} Visit
 * @property {import('playwright-core').Page} page
 * @property {string} address of the site, ending in a slash
 * @property {string[]} breaches requests to other hosts, console errors (a breach of the policy is
 *   one) and page errors
 */

/**
 * Serves the site and hands out pages. A page is closed at the end of its test.
 * @returns {Promise<{ address: string, open: (path?: string, options?:
 *   import('playwright-core').BrowserContextOptions) => Promise<Visit>, blank: () =>
 *   Promise<import('playwright-core').Page>, close: () => Promise<void> }>}
 */
export async function openSite() {
  if (!existsSync(join(site, 'index.html')))
    throw new Error(`There is no built page in ${site}; run npm run build`);
  const server = createSiteServer(site);
  const address = await listen(server, 0);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  return {
    address,
    async open(path = '', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      closeAfterTest(context);
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      /** @type {string[]} */
      const breaches = [];
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(address) && !/^(data|blob):/.test(url)) breaches.push(`request to ${url}`);
      });
      page.on('console', (message) => {
        if (message.type() === 'error') breaches.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => breaches.push(`error: ${error.message}`));
      await page.goto(address + path);
      return { page, address, breaches };
    },
    /** A page without activity, for tests that do not concern the site. */
    async blank() {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      closeAfterTest(page.context());
      page.setDefaultTimeout(PATIENCE);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/**
 * A page of Playwright, or of another engine. @typedef {{ evaluate: (expression: string) =>
 * Promise<unknown> }} Askable
 */

/**
 * Waits until an expression is true in the page. (Playwright's own function needs eval, which the
 * policy forbids.) An expression that throws counts as false: an element can exist before its
 * script has run.
 * @param {Askable} page
 * @param {string} expression
 * @param {number} [timeout] milliseconds
 */
export async function untilTrue(page, expression, timeout = PATIENCE) {
  const end = Date.now() + timeout;
  for (;;) {
    let cause;
    try {
      if (await page.evaluate(expression)) return;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) throw new Error(`After ${timeout} ms still not: ${expression}`, { cause });
    await sleep(30);
  }
}

/**
 * Waits until a condition on the lab's model holds.
 * @param {Askable} page
 * @param {string} condition an expression in `model` and `frame`
 * @param {number} [timeout] milliseconds
 */
export const until = (page, condition, timeout) =>
  untilTrue(
    page,
    `(() => {
      const model = document.querySelector('lab-app')?.model;
      const frame = model?.race.frame;
      return Boolean(frame && (${condition}));
    })()`,
    timeout,
  );

/**
 * Waits until the page has drawn some frames: two for a finished layout, more where a test checks
 * that nothing happens.
 * @param {Askable} page
 * @param {number} [frames]
 */
export const afterFrames = (page, frames = 2) =>
  page.evaluate(`new Promise((resolve) => {
    let left = ${frames};
    const next = () => (left-- > 0 ? requestAnimationFrame(next) : resolve());
    next();
  })`);

/**
 * Moves the page's clock ahead. The lab then takes the next change for a new gesture.
 * @param {Askable} page
 * @param {number} milliseconds
 */
export const advanceClock = (page, milliseconds) =>
  page.evaluate(`{
    const now = performance.now.bind(performance);
    performance.now = () => now() + ${milliseconds};
  }`);

/**
 * Opens a group of the settings; only one is open at a time.
 * @param {import('playwright-core').Page} page
 * @param {string} name its heading
 */
export async function openGroup(page, name) {
  const group = page
    .locator('lab-setup details.group')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });
  await group.locator('summary').first().click();
}

/** An expression for the network drawing in the page. */
export const network = `document.querySelector('lab-app').renderRoot.querySelector('lab-inside').renderRoot.querySelector('lab-network')`;

/**
 * Scrolls to the parts below the first view, which loads them.
 * @param {import('playwright-core').Page} page
 */
export async function openInside(page) {
  await untilTrue(
    page,
    `(() => {
      const { renderRoot } = document.querySelector('lab-app');
      renderRoot.querySelector('.below')?.scrollIntoView();
      return renderRoot.querySelector('lab-inside')?.renderRoot?.querySelector('lab-network')?.renderRoot !== undefined;
    })()`,
  );
}

/**
 * Returns axe's findings on a page, each with its places.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function faultsOf(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document);
    return violations.map(
      (/** @type {any} */ { id, nodes }) =>
        `${id}: ${nodes.map((/** @type {any} */ node) => node.target.join(' ')).join(' | ')}`,
    );
  });
}
