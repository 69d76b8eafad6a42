// <init-lab> on an author's page: attributes that change, several elements on one page, moves,
// themes, frames.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { afterFrames, openSite, PATIENCE, untilTrue } from './browser.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** A page that holds only the element's script. */
async function emptyPage() {
  const opened = await site.open('examples/element.html');
  await opened.page.evaluate(() => (document.body.textContent = ''));
  return opened;
}

/**
 * Adds an element at the end of the page.
 * @param {import('playwright-core').Page} page
 * @param {string} id
 * @param {Record<string, string>} attributes
 */
const add = (page, id, attributes) =>
  page.evaluate(([name, given]) => {
    const lab = document.createElement('init-lab');
    lab.id = name;
    for (const [key, value] of Object.entries(given)) lab.setAttribute(key, value);
    document.body.append(lab);
  }, /** @type {const} */ ([id, attributes]));

/** @param {string} id */
const lab = (id) => `document.getElementById('${id}')`;
/**
 * The first field's canvas.
 * @param {string} id
 * @param {string} [part] another part of its component
 */
const pictureOf = (id, part = '.picture') =>
  `${lab(id)}.shadowRoot.querySelector('lab-run-card').shadowRoot.querySelector('lab-field')${part}`;
/** @param {string} id */
const position = (id) => `(${lab(id)}.model?.race.frame?.position ?? 0)`;

test('follows changes of its attributes', async () => {
  const { page, breaches } = await emptyPage();
  await add(page, 'a', { preset: 'he', seed: '5', hide: 'chart controls link data', theme: 'dark' });
  await untilTrue(page, `${position('a')} > 0`);
  const parts = `['lab-chart', 'button.icon', '.bar a'].map((part) => ${lab('a')}.shadowRoot.querySelector(part) !== null)`;
  const painted = `${lab('a')}.model.store.state.show.includes('clean')`;
  assert.deepEqual(await page.evaluate(parts), [false, false, false]);
  assert.equal(await page.evaluate(painted), true);
  assert.equal(await page.evaluate(`getComputedStyle(${lab('a')}).colorScheme`), 'dark');
  assert.equal(await page.evaluate(`[...${lab('a')}.model.race.specs.values()][0].init.seed`), 5);

  await page.evaluate(`(${lab('a')}.removeAttribute('hide'), ${lab('a')}.setAttribute('theme', 'light'))`);
  await untilTrue(page, `${parts}.every(Boolean) && !${painted}`);
  assert.equal(await page.evaluate(`getComputedStyle(${lab('a')}).colorScheme`), 'light');
  const ink = `${pictureOf('a', '.painter')}.colours.ink.join()`;
  await untilTrue(page, `${ink} === '28,30,33'`);
  await page.evaluate(`(${lab('a')}.setAttribute('preset', 'zeros'), ${lab('a')}.setAttribute('seed', '7'))`);
  await untilTrue(page, `[...${lab('a')}.model.race.specs.values()].every(({ init }) => init.seed === 7)`);
  assert.equal(await page.evaluate(`${lab('a')}.model.store.state.runs[0].init.name`), 'zeros');
  await page.evaluate(`${lab('a')}.setAttribute('height', '250')`);
  assert.equal(await page.evaluate(`${lab('a')}.getBoundingClientRect().height`), 250);
  assert.deepEqual(breaches, []);
});

test('shows the start and waits for a click with autoplay="off"', async () => {
  const { page } = await emptyPage();
  await add(page, 'a', { preset: 'he', autoplay: 'off' });
  await untilTrue(page, `${lab('a')}.model?.race.frame !== null && ${lab('a')}.visible`);
  await afterFrames(page, 30);
  assert.equal(await page.evaluate(position('a')), 0);
  await page.locator('#a button.icon').first().click();
  await untilTrue(page, `${position('a')} > 0`);
});

test('shares one worker between elements, pauses hidden ones and resumes visible ones', async () => {
  const { page, breaches } = await emptyPage();
  for (const id of ['a', 'b', 'c']) {
    await add(page, id, { preset: 'exercise-5' });
    await page.evaluate(() => document.body.append(document.createElement('div')));
  }
  await page.evaluate(() => {
    for (const [i, gap] of [...document.querySelectorAll('div')].entries())
      Object.assign(gap.style, { height: '2000px', order: i });
  });
  await untilTrue(page, `${position('a')} > 0`);
  assert.equal(page.workers().length, 1);
  assert.deepEqual([await page.evaluate(position('b')), await page.evaluate(position('c'))], [0, 0]);
  await page.evaluate(`${lab('b')}.scrollIntoView()`);
  await untilTrue(page, `${position('b')} > 0 && !${lab('a')}.model.running`);
  const rested = Number(await page.evaluate(position('a')));
  assert.ok(rested < 15000, 'left before its end');
  await page.evaluate(`${lab('a')}.scrollIntoView()`);
  await untilTrue(page, `${position('a')} > ${rested} && !${lab('b')}.model.running`);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(breaches, []);
});

test('trains on after a move within the page, pauses when removed and restarts when added again', async () => {
  const { page, breaches } = await emptyPage();
  await add(page, 'a', { preset: 'exercise-5' });
  await untilTrue(page, `${position('a')} > 100`);
  const kept = await page.evaluate(`(() => {
    const [element, reached] = [${lab('a')}, ${lab('a')}.model];
    document.body.append(document.createElement('section'));
    document.querySelector('section').append(element);
    return element.model === reached && element.model.race.frame.position > 100;
  })()`);
  assert.equal(kept, true);
  const reached = Number(await page.evaluate(position('a')));
  await untilTrue(page, `${position('a')} > ${reached}`);
  await page.evaluate(`(window.taken = ${lab('a')}, taken.experiment = 'net=7', taken.remove())`);
  await afterFrames(page);
  assert.equal(await page.evaluate(`(taken.play(), taken.experiment)`), 'net=7');
  await page.evaluate(`document.body.append(taken)`);
  await untilTrue(page, `${position('a')} > 0 && ${lab('a')}.model.store.state.layers[0] === 7`);
  // The cards show the present race.
  await page.evaluate(`(taken.remove(), setTimeout(() => document.body.append(taken), 50))`);
  const text = `(${lab('a')}?.shadowRoot.querySelector('lab-run-card')?.shadowRoot.querySelector('article').innerText ?? '')`;
  await untilTrue(page, `${position('a')} > 0 && /\\d %/.test(${text})`);
  assert.deepEqual(breaches, []);
});

test('trains the experiment that is set while the module loads', async () => {
  const { page } = await emptyPage();
  await page.evaluate(`(() => {
    const element = Object.assign(document.createElement('init-lab'), { id: 'a' });
    document.body.append(element);
    element.setAttribute('preset', 'zeros');
  })()`);
  await untilTrue(
    page,
    `${lab('a')}.model?.race.frame?.position > 0 &&
      ${lab('a')}.model.race.frame.runs[0].id === ${lab('a')}.model.store.state.runs[0].id`,
  );
});

test('accepts an experiment before it is connected, before its script has run, and as an object', async () => {
  const { page } = await site.open('examples/notes.css');
  await page.evaluate(() => {
    document.body.textContent = '';
    const early = Object.assign(document.createElement('init-lab'), { id: 'a', experiment: 'net=9' });
    document.body.append(early);
  });
  await page.evaluate((url) => import(url), `${site.address}init-lab.js`);
  await untilTrue(page, `${position('a')} > 0 && ${lab('a')}.model.store.state.layers[0] === 9`);
  await page.evaluate(() => {
    const made = Object.assign(document.createElement('init-lab'), {
      id: 'b',
      experiment: { layers: [6], init: { name: 'zeros' } },
    });
    document.body.prepend(made);
  });
  await untilTrue(page, `${position('b')} > 0 && ${lab('b')}.model.store.state.layers[0] === 6`);
});

test('combines the attribute seed with a property experiment, in any order', async () => {
  const { page } = await emptyPage();
  const seeds = `[...${lab('a')}.model.race.specs.values()].map(({ init }) => init.seed)`;
  const values = `[...${lab('a')}.model.store.state.layers, ...new Set(${seeds})].join()`;
  await add(page, 'a', { preset: 'zeros' });
  const steps = [
    [`${lab('a')}.experiment = 'net=9'`, '9,3'],
    [`${lab('a')}.setAttribute('seed', '7')`, '9,7'],
    [`${lab('a')}.experiment = { layers: [6], init: { name: 'he_normal', seed: 4 } }`, '6,7'],
    [`${lab('a')}.removeAttribute('seed')`, '6,4'],
    [`(taken = ${lab('a')}, taken.remove(), new Promise(requestAnimationFrame))`, ''],
    [`(taken.setAttribute('seed', '8'), document.body.append(taken))`, '6,8'],
    [`${lab('a')}.setAttribute('experiment', 'net=5')`, '5,8'],
  ];
  for (const [step, expected] of steps) {
    await page.evaluate(step);
    if (expected !== '') await untilTrue(page, `${lab('a')}.model && ${values} === '${expected}'`);
  }
});

test("returns to the attributes for null, and rejects a value that is no experiment with the lab's message", async () => {
  const { page } = await emptyPage();
  await add(page, 'a', { experiment: 'net=7' });
  const values = `[${lab('a')}.model.store.state.layers.join(), ...${lab('a')}.model.unread.map(({ key }) => key)].join()`;
  await untilTrue(page, `${lab('a')}.model`);
  for (const [value, expected] of [
    [`'net=9'`, '9'],
    ['null', '7'],
    [`''`, '10,5'],
    ['undefined', '7'],
    ['() => 1', '10,5,experiment'],
    [
      `{ layers: [3], dataset: { name: 'points', train: { features: 2, x: new Float64Array([1, 3, 2, 4]), y: new Float64Array([0, 1]) } } }`,
      '3',
    ],
    ['5', '10,5,experiment'],
  ]) {
    assert.equal(await page.evaluate(`(${lab('a')}.experiment = ${value}, ${values})`), expected, value);
  }
});

test("takes colours that the page sets on it, and ignores the page's other styles", async () => {
  const { page } = await emptyPage();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      'init-lab { --field-paper: lime; --paper: rgb(1, 2, 3); --ink: rgb(250, 251, 252); } button { font-size: 77px !important; } body { text-align: center; text-transform: uppercase; }',
    );
    document.adoptedStyleSheets = [sheet];
  });
  await add(page, 'a', { preset: 'zeros' });
  await untilTrue(page, `${lab('a')}.shadowRoot?.querySelector('button.icon') !== null`);
  assert.deepEqual(
    await page.evaluate(
      `(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(${lab('a')}))`,
    ),
    ['rgb(1, 2, 3)', 'rgb(250, 251, 252)'],
  );
  const size = await page.evaluate(
    `getComputedStyle(${lab('a')}.shadowRoot.querySelector('button.icon')).fontSize`,
  );
  assert.notEqual(size, '77px');
  // Zeros leave P at 0.5, so the whole field has the paper's colour.
  const corner = `${pictureOf('a')}.getContext('2d').getImageData(3, 3, 1, 1).data`;
  await untilTrue(page, `(([r, g, b]) => r < 8 && g > 247 && b < 8)(${corner})`);
  const inherited = `(({ textAlign, textTransform }) => [textAlign, textTransform])(getComputedStyle(${lab('a')}.shadowRoot.querySelector('.runs')))`;
  assert.deepEqual(await page.evaluate(inherited), ['start', 'none']);
});

test('uses the language of the surrounding page', async () => {
  const { page } = await emptyPage();
  await page.evaluate(() => (document.documentElement.lang = 'de-CH'));
  await add(page, 'a', { preset: 'zeros' });
  await untilTrue(page, `${lab('a')}.shadowRoot?.textContent.includes('Im Labor öffnen')`);
  assert.equal(await page.evaluate(`document.documentElement.lang`), 'de-CH');
});

test('accepts every attribute in the query of the page for iframes', async () => {
  const json = encodeURIComponent(JSON.stringify({ layers: [5], init: { name: 'he_normal' } }));
  const { page, breaches } = await site.open(
    `embed.html?experiment=${json}&seed=8&hide=chart,data&height=333&autoplay=off&theme=dark&lang=de`,
  );
  await untilTrue(page, `document.querySelector('init-lab')?.model?.race.frame != null`);
  const seen = await page.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('init-lab'));
    const { layers, seed, show } = element.model.store.state;
    return {
      layers,
      seed,
      show,
      autoplay: element.autoplay,
      playsInSight: element.playsInSight,
      height: element.getBoundingClientRect().height,
    };
  });
  assert.deepEqual(seen, {
    layers: [5],
    seed: 8,
    show: ['clean'],
    autoplay: 'off',
    playsInSight: false,
    height: 333,
  });
  assert.equal(await page.evaluate(`document.documentElement.lang`), 'de');
  assert.deepEqual(breaches, []);
});

/**
 * A frame of the site on a page of another host.
 * @param {string} sandbox
 * @param {(page: import('playwright-core').Page) => Promise<void>} look
 */
async function inForeignFrame(sandbox, look) {
  const other = createSiteServer(join(root, 'web', 'examples'), { policy: null });
  const page = await site.blank();
  try {
    await page.goto(`${await listen(other, 0)}notes.css`);
    await page.evaluate(
      ([source, allowed]) => {
        const seen = /** @type {any} */ (window);
        addEventListener('message', ({ data }) => {
          if (data.type === 'init-lab:height') seen.height = data.height;
        });
        const frame = document.createElement('iframe');
        if (allowed !== '') frame.setAttribute('sandbox', allowed);
        Object.assign(frame, { src: source, width: 600, height: 500 });
        document.body.replaceChildren(frame);
      },
      /** @type {const} */ ([`${site.address}embed.html?preset=zeros`, sandbox]),
    );
    await look(page);
  } finally {
    await page.close();
    other.close();
    other.closeAllConnections();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} expression
 */
async function untilTrueInside(page, expression) {
  const end = Date.now() + PATIENCE;
  while (
    !(await page
      .frames()[1]
      ?.evaluate(expression)
      .catch(() => false))
  ) {
    if (Date.now() > end) throw new Error(`Still not: ${expression}`);
    await page.waitForTimeout(50);
  }
}

for (const sandbox of ['', 'allow-scripts', 'allow-scripts allow-same-origin']) {
  test(`trains and reports its height on another host’s page, in a frame ${sandbox && `with sandbox="${sandbox}"`}`, () =>
    inForeignFrame(sandbox, async (page) => {
      await untilTrue(page, 'window.height > 300');
      await untilTrueInside(
        page,
        `(document.querySelector('init-lab')?.model?.race.frame?.position ?? 0) > 0`,
      );
    }));
}
