// Layout: words, numbers and controls have enough room at every width.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shortened } from '../../web/plots/shortened.js';
import { afterFrames, openGroup, openSite, until, untilTrue } from './browser.js';
import { languages } from '../../web/texts/index.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

const lab = `document.querySelector('lab-app')`;

test('keeps a card’s texts inside the card at every width, in both languages', async () => {
  const parts = `(() => {
    const inner = (host) => host.renderRoot;
    return [...inner(document.querySelector('lab-app, init-lab')).querySelectorAll('lab-run-card')].flatMap((card) => {
      const { right } = card.getBoundingClientRect();
      const start = card.renderRoot.querySelector('lab-start')?.renderRoot;
      return [...inner(card).querySelectorAll('.figures dd, .figures dt'), ...(start?.querySelectorAll('select, input') ?? [])]
        .map((part) => [part.textContent.trim(), part.getBoundingClientRect().right - right])
        .filter(([, beyond]) => beyond > 1);
    });
  })()`;
  for (const lang of Object.keys(languages)) {
    const { page } = await site.open(`?lang=${lang}#at=300`);
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    for (const width of [320, 336, 641, 705, 1030]) {
      await page.setViewportSize({ width, height: 900 });
      await afterFrames(page, 10);
      assert.deepEqual(await page.evaluate(parts), [], `${lang}, ${width} px`);
      for (const card of [0, 1]) {
        // On a phone only the chosen card shows them.
        await page.evaluate(`${lab}.model.store.set({ selected: ${card} })`);
        await untilTrue(page, `${lab}.cards[${card}].matches('[chosen]')`);
        assert.deepEqual(await page.evaluate(parts), [], `${lang}, ${width} px, card ${card}`);
        assert.deepEqual(
          await page.evaluate(
            cutChoices(`${lab}.cards[${card}].renderRoot.querySelector('lab-start')`, false),
          ),
          [],
          `${lang}, ${width} px`,
        );
      }
    }
    await page.goto(new URL(`embed.html?preset=four-starts&autoplay=off&lang=${lang}`, page.url()).href);
    await untilTrue(page, `Boolean(document.querySelector('init-lab')?.model?.race.frame)`);
    for (const width of [310, 330, 680]) {
      await page.setViewportSize({ width, height: 900 });
      await afterFrames(page, 10);
      assert.deepEqual(await page.evaluate(parts), [], `embedded, ${lang}, ${width} px`);
    }
    await page.context().close();
  }
});

/**
 * Returns the choices of a component that are wider than their box: the selected ones, or all.
 * @param {string} host
 * @param {boolean} all
 */
const cutChoices = (host, all) => `[...${host}.renderRoot.querySelectorAll('select')].flatMap((select) => {
  const whole = select.cloneNode();
  whole.style.cssText = 'position: absolute; width: max-content; max-width: none';
  select.after(whole);
  const cut = [...select.options].filter((option) => {
    whole.replaceChildren(option.cloneNode(true));
    return (${all} || option.selected) && whole.offsetWidth > select.offsetWidth;
  });
  whole.remove();
  return cut.map(({ text }) => text);
})`;

test('keeps Train reachable on a phone, and opens a start’s controls below its field', async () => {
  for (const lang of Object.keys(languages)) {
    const { page } = await site.open(`?lang=${lang}#at=300`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await until(page, 'frame.position === 300 && !frame.catchingUp');
    const bar = page.locator('lab-transport .bar');
    for (const part of ['lab-run-card', 'lab-chart', 'lab-setup']) {
      await page.locator(part).first().scrollIntoViewIfNeeded();
      const box = await bar.boundingBox();
      assert.ok(box && box.y > 700 && box.y + box.height <= 844, `${lang}, ${part}: ${JSON.stringify(box)}`);
    }
    const card = page.locator('lab-run-card').nth(1);
    await card.locator('canvas').scrollIntoViewIfNeeded();
    assert.equal(await card.locator('select').isVisible(), false);
    await card.locator('.open').tap();
    await card.locator('select').waitFor();
    await until(page, 'model.selectedRun.id === frame.runs[1].id');
    const [field, controls] = [
      await card.locator('canvas').boundingBox(),
      await card.locator('.starts').boundingBox(),
    ];
    assert.ok(field && controls && field.y + field.height <= controls.y, 'the field stays in sight');
    await page.keyboard.press('Escape');
    // The controls that the bar has no room for are behind its button.
    await page.locator('lab-transport .pace').tap();
    await page.locator('lab-transport .rest button').first().waitFor();
    await page.setViewportSize({ width: 768, height: 1024 });
    await card.locator('select').waitFor();
    await page.context().close();
  }
});

test('shows every choice of the embedding dialog uncut, on a phone too, in both languages', async () => {
  for (const lang of Object.keys(languages))
    for (const width of [1440, 390, 385, 384, 320]) {
      const { page } = await site.open(`?lang=${lang}#at=300`, { viewport: { width, height: 800 } });
      await until(page, 'frame.position === 300');
      await page.evaluate(`${lab}.renderRoot.querySelector('lab-share').openDialog('embed')`);
      const sheet = `${lab}.renderRoot.querySelector('lab-embed')`;
      await untilTrue(page, `${sheet}.renderRoot.querySelectorAll('select').length === 3`);
      assert.deepEqual(await page.evaluate(cutChoices(sheet, true)), [], `${lang}, ${width} px`);
      await page.context().close();
    }
});

test('fits the selected values and the buttons of four wide layers into the setup column', async () => {
  for (const lang of Object.keys(languages)) {
    const { page } = await site.open(`?lang=${lang}#at=0&net=128,128,128,128`);
    await until(page, 'frame.position === 0');
    const setup = `${lab}.renderRoot.querySelector('lab-setup')`;
    const network = `${setup}.renderRoot.querySelector('lab-architecture')`;
    await openGroup(page, lang === 'de' ? 'Netz' : 'Network');
    await untilTrue(page, `${network}.renderRoot.querySelectorAll('.layer').length === 4`);
    assert.deepEqual(await page.evaluate(cutChoices(setup, false)), [], lang);
    assert.deepEqual(await page.evaluate(cutChoices(network, false)), [], lang);
    const beyond =
      await page.evaluate(`[...${network}.renderRoot.querySelectorAll('.layers *')].filter((part) =>
      part.getBoundingClientRect().right > ${network}.getBoundingClientRect().right + 1).length`);
    assert.equal(beyond, 0);
    await page.context().close();
  }
});

test('shows the race’s status uncut beside the track, in German too', async () => {
  const { page } = await site.open('?lang=de#at=300');
  await until(page, 'frame.position === 300 && !frame.catchingUp');
  const words = `${lab}.renderRoot.querySelector('lab-transport').renderRoot.querySelector('.left')`;
  for (const width of [1000, 1025, 1060, 1090, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    await untilTrue(page, `${words}.scrollWidth <= ${words}.clientWidth`, 2000);
  }
  assert.equal(await page.evaluate(`${words}.textContent`), 'angehalten');
});

test('draws the signals in the size they are shown in, side by side or not', async () => {
  const scales = (/** @type {string} */ host, /** @type {string} */ drawings) =>
    `[...${host}.renderRoot.querySelectorAll('${drawings}')].map((drawing) => drawing.clientWidth / drawing.viewBox.baseVal.width)`;
  const right = (/** @type {string} */ list, count = 2) =>
    `${list}.length === ${count} && ${list}.every((scale) => Math.abs(scale - 1) < 0.05)`;
  const { page } = await site.open('#at=300');
  await until(page, 'frame.position === 300');
  const signals = scales(`${lab}.renderRoot.querySelector('lab-signals')`, '.place svg');
  for (const width of [390, 610, 650, 670, 700, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await untilTrue(page, right(signals, 1), 10000);
  }
  await page.goto(new URL('sweeps.html', page.url()).href);
  await page.evaluate(`document.querySelector('depth-profile').scrollIntoView()`);
  const profile = scales(`document.querySelector('depth-profile')`, '.both svg');
  for (const width of [610, 625, 640, 700]) {
    await page.setViewportSize({ width, height: 900 });
    await untilTrue(page, right(profile));
  }
});

/** The smallest side of what a finger touches, in CSS pixels (WCAG 2.2, target size, AAA). */
const FINGER = 44;

test('makes every control large enough for a finger, on the lab and on the story pages', async () => {
  for (const [path, width = 390] of /** @type {[string, number?][]} */ ([
    ['#at=300'],
    ['#at=300', 768],
    ['sweeps.html'],
    ['teach.html'],
    ['notebook.html'],
  ])) {
    const { page } = await site.open(path, {
      viewport: { width, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    if (path.startsWith('#')) {
      await until(page, 'frame.position === 300 && !frame.catchingUp');
      await page.evaluate(`{
        const setup = ${lab}.renderRoot.querySelector('lab-setup').renderRoot;
        for (const group of setup.querySelectorAll('details')) group.open = true;
      }`);
      await page.getByRole('button', { name: 'Help: a tour' }).click();
      await page.getByRole('dialog').waitFor();
    } else
      await untilTrue(
        page,
        `Boolean(document.querySelector('site-header')?.renderRoot?.querySelector('nav'))`,
      );
    await afterFrames(page, 10);
    const low = await page.evaluate((least) => {
      /** @type {string[]} */
      const found = [];
      const look = (/** @type {Document | ShadowRoot} */ root) => {
        for (const part of root.querySelectorAll('*')) {
          // A tick is touched by its label; links inside a text are as high as its lines.
          const target = part.matches('input[type=checkbox]') ? (part.closest('label') ?? part) : part;
          const box = target.getBoundingClientRect();
          if (
            part.matches('button, select, summary, input, textarea, a[href]') &&
            !part.matches(':is(p, li, td, figcaption) a') &&
            part.checkVisibility({ visibilityProperty: true }) &&
            box.height > 0 &&
            Math.min(box.width, box.height) < least - 0.5
          )
            found.push(
              `${/** @type {any} */ (root).host?.localName} ${part.localName} ${box.width} × ${box.height}`,
            );
          if (part.shadowRoot) look(part.shadowRoot);
        }
      };
      look(document);
      return found;
    }, FINGER);
    assert.deepEqual(low, [], `${path}, ${width} px`);
    await page.context().close();
  }
});

test('distinguishes the shortened names beside the lines', () => {
  const fits = (/** @type {string} */ text) => text.length <= 13;
  const short = (/** @type {string[]} */ ...names) => shortened(names, fits);
  assert.deepEqual(short('× 0.01', '× 0.01 · momentum 0.01', '× 0.01 · Adam 0.01', 'He'), [
    '× 0.01',
    '…momen…m 0.01',
    '…Adam 0.01',
    'He',
  ]);
  assert.deepEqual(short('Glorot uniform 1.5'), ['Glorot…rm 1.5']);
  for (const names of [
    ['× 0.01 · momentum 0.01', '× 0.01 · momentum 0.01 (2)', '× 0.01 · Adam 0.01', '× 0.01 · Nadam 0.01'],
    ['aaaaaaaaaaaaaaaaaa1bbbbbbbbbbbbbbbb', 'aaaaaaaaaaaaaaaaaa2bbbbbbbbbbbbbbbb'],
    ['only the first part · of three is long', 'only the first part 2 of three is long'],
  ]) {
    const given = short(...names);
    assert.equal(new Set(given).size, names.length, given.join(' | '));
    assert.ok(given.every(fits), given.join(' | '));
  }
});

test('keeps two-line texts of a card clear of the rule below', async () => {
  const { page } = await site.open('#at=0');
  await until(page, 'frame.position === 0 && !frame.catchingUp');
  const parts = `${lab}.cards[2].renderRoot`;
  await untilTrue(page, `${parts}.querySelector('.state').innerText.startsWith('cost infinite')`);
  const [height, room] = /** @type {number[]} */ (
    await page.evaluate(`(({ top, bottom, height }) => [
      height,
      ${parts}.querySelector('lab-start').getBoundingClientRect().top - bottom,
    ])(${parts}.querySelector('.state span').getBoundingClientRect())`)
  );
  assert.ok(height > 30, 'two lines');
  assert.ok(room >= 0, `${room} px`);
});

test('keeps the own-file button of the experiments dialog visible, the focus above it, and no single word on a last line', async () => {
  for (const lang of Object.keys(languages)) {
    const { page } = await site.open(`?lang=${lang}#at=0`);
    await until(page, 'frame.position === 0');
    await page.locator('lab-app .experiment').click();
    const sheet = `${lab}.renderRoot.querySelector('lab-experiments').renderRoot`;
    await untilTrue(page, `${sheet}.querySelectorAll('li').length > 10`);
    const inside = `(() => {
      const { bottom } = ${sheet}.querySelector('input').getBoundingClientRect();
      return bottom < ${sheet}.querySelector('dialog').getBoundingClientRect().bottom;
    })()`;
    assert.equal(await page.evaluate(inside), true);
    assert.deepEqual(
      await page.evaluate(`[...${sheet}.querySelectorAll('li span')].filter((span) => {
        const range = document.createRange();
        const node = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
        let last = null;
        while (node.nextNode()) if (node.currentNode.data.trim() !== '') last = node.currentNode;
        const end = last.data.trimEnd().length;
        const top = (at) => {
          range.setStart(last, at);
          range.setEnd(last, at + 1);
          return range.getBoundingClientRect().top;
        };
        const before = last.data.trimEnd().lastIndexOf(' ') - 1;
        return before >= 0 && top(before) !== top(end - 1);
      }).map(({ textContent }) => textContent)`),
      [],
    );
    // The last row, reached by keyboard, is not hidden behind the sticky footer.
    const row = `[...${sheet}.querySelectorAll('li button')].at(-1)`;
    await page.evaluate(`${row}.focus()`);
    await untilTrue(
      page,
      `${row}.getBoundingClientRect().bottom <= ${sheet}.querySelector('label').getBoundingClientRect().top + 1`,
    );
    await page.context().close();
  }
});
