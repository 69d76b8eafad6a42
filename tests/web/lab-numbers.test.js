// Numbers and languages in the built lab: boxes that accept or reject a value, German numbers and
// texts, and room for both languages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { afterFrames, openGroup, openSite, until, untilTrue } from './browser.js';
import { languages } from '../../web/texts/index.js';

/** @type {Awaited<ReturnType<typeof openSite>>} */
let site;
before(async () => {
  site = await openSite();
});
after(() => site.close());

test('keeps the size and position of track and cards for every text beside them', async () => {
  const name = 'A name of sixty letters, which is as long as they may become';
  const places = `(() => {
    const root = document.querySelector('lab-app').renderRoot;
    return [root.querySelector('lab-transport').renderRoot.querySelector('.track'), root.querySelector('lab-run-card')]
      .map((part) => Object.values(part.getBoundingClientRect().toJSON()).slice(0, 3).map(Math.round).join(' ')).join('; ');
  })()`;
  for (const locale of Object.keys(languages)) {
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
  for (const locale of Object.keys(languages)) {
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
