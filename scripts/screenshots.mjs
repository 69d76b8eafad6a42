/**
 * Takes pictures of the built page: the one at the top of README.md, or with --all every state at
 * three sizes and in both themes, to compare them side by side.
 *
 *   node scripts/screenshots.mjs            writes web/images/lab.png
 *   node scripts/screenshots.mjs --all DIR  writes all states into DIR
 */
/* global document -- a global of the page, in functions that run there */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { chromium } from 'playwright-core';
import { createSiteServer, listen } from './site-server.mjs';
import { root, script, step, StepError } from './steps.mjs';

/**
 * @typedef {{ name: string, link: string, act?: (page: import('playwright-core').Page) =>
 *   Promise<void> }} View
 */

const SIZES = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 768, height: 1024 },
  { name: 'phone', width: 390, height: 844 },
];

/** @type {View[]} */
const VIEWS = [
  { name: 'four-starts', link: 'at=2000' },
  { name: 'start', link: 'at=0' },
  { name: 'solo', link: 'at=2000&solo=4' },
  { name: 'all-shown', link: 'at=1500&show=wrong,test,units&chart=accuracy' },
  { name: 'classes-log', link: 'at=1500&show=classes&y=log' },
  {
    name: 'diverged',
    link: 'act=leaky_relu&opt=gd,learningRate:0.6&runs=normal,std:10;normal,std:30;he_normal&at=800',
  },
  { name: 'symmetric', link: 'runs=constant,value:0.5;zeros;he_normal/act=tanh/name=My%20own&at=1000' },
  {
    name: 'eight-runs',
    link: 'runs=zeros;normal,std:0.01;normal,std:0.1;normal;normal,std:10;he_normal;glorot_normal;orthogonal&at=600',
  },
  { name: 'damaged-link', link: 'net=3,x&runs=he_normal;magic&at=100' },
  { name: 'deep', link: 'net=6,6,6,6,6,6&data=moons&at=1000' },
  {
    name: 'menu',
    link: 'at=500',
    act: (page) => page.getByRole('button', { name: 'More about He' }).click(),
  },
  { name: 'tour', link: 'at=500', act: (page) => page.keyboard.press('?') },
  {
    name: 'keys',
    link: 'at=500',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('tab', { name: 'Keys' }).click();
    },
  },
  { name: 'experiments', link: 'at=500', act: (page) => page.keyboard.press('e') },
  { name: 'undo', link: 'at=500', act: (page) => page.keyboard.press('Delete') },
  {
    name: 'by-layer',
    link: 'net=6,6&act=tanh&runs=normal,std:10;he_normal/init3=zeros/opt=adam/data=moons&at=700',
  },
  {
    name: 'chart-values',
    link: 'at=2000',
    act: (page) => page.locator('lab-chart .u-over').hover({ position: { x: 90, y: 60 } }),
  },
  {
    name: 'points',
    link: 'data=points,-5,5,FF4YI511MtzTQgwwUUuOYIrr,HommLbkEPPhhTDe-W3ccaqZ6&at=500',
    act: (page) => page.getByRole('button', { name: 'Draw own points' }).click(),
  },
  { name: 'own-points', link: 'data=points,-5,5,FF4YI511MtzTQgwwUUuOYIrr,HommLbkEPPhhTDe-W3ccaqZ6&at=500' },
];

/** The other pages, taken whole some seconds after they were opened. */
const PAGES = [
  'why',
  'sweeps',
  'phase',
  'pictures',
  'notebook',
  'embed',
  'embedding',
  'examples/element',
  'api',
];

/**
 * Opens a view and waits until nothing moves.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {View} view
 * @param {import('playwright-core').BrowserContextOptions} options
 */
async function open(browser, address, { link, act }, options) {
  const page = await browser.newPage(options);
  await page.goto(`${address}#${link}`);
  const still = () => {
    const model = /** @type {any} */ (document.querySelector('lab-app'))?.model;
    const frame = model?.race.frame;
    return Boolean(
      frame &&
      !frame.catchingUp &&
      frame.position === model.store.state.at &&
      frame.runs[0].field.columns === 256,
    );
  };
  for (let i = 0; !(await page.evaluate(still)); i += 1) {
    if (i > 600) throw new StepError(`the view ${link} still moves after a minute`);
    await page.waitForTimeout(100);
  }
  if (act) await act(page);
  await page.waitForTimeout(400);
  return page;
}

await script(async () => {
  const site = process.env.INIT_LAB_SITE ?? join(root, 'dist', 'site');
  if (!existsSync(join(site, 'index.html')))
    throw new StepError('dist/site is missing; run npm run build first');
  const server = createSiteServer(site);
  const address = await listen(server, 0);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    const option = argv.indexOf('--all');
    if (option < 0) {
      const path = join(root, 'web', 'images', 'lab.png');
      await step('Taking the picture for README.md', async () => {
        const page = await open(browser, address, VIEWS[0], { viewport: { width: 1440, height: 900 } });
        await page.screenshot({ path });
      });
      console.log(`${path}: ${Math.round(statSync(path).size / 1000)} kB`);
      return;
    }
    const folder = argv[option + 1] ?? 'screenshots';
    mkdirSync(folder, { recursive: true });
    for (const path of PAGES) {
      await step(`Taking ${path}.html`, async () => {
        for (const { name, width, height } of SIZES) {
          for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
            const page = await browser.newPage({ viewport: { width, height }, colorScheme });
            await page.goto(`${address}${path}.html`);
            await page.waitForTimeout(4000);
            const file = `${path.replace('/', '-')}-${name}-${colorScheme}.png`;
            await page.screenshot({ path: join(folder, file), fullPage: path !== 'api' });
            await page.close();
          }
        }
      });
    }
    for (const view of VIEWS) {
      await step(`Taking ${view.name}`, async () => {
        for (const { name, width, height } of SIZES) {
          for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
            const page = await open(browser, address, view, { viewport: { width, height }, colorScheme });
            await page.screenshot({ path: join(folder, `${view.name}-${name}-${colorScheme}.png`) });
            await page.close();
          }
        }
      });
    }
  } finally {
    await browser.close();
    server.close();
  }
});
