// The built site in Firefox and WebKit: the results have the bits of Node and of the native build,
// and the pages work under their strict policy. The other tests of this folder run in Chromium.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { loadLab } from '../../src/js/index.js';
import { committedDigests, digestOf } from '../js/spec-lines.js';
import { afterFrames, openSite, site, until, untilTrue } from './browser.js';
import { openFirefox, openWebKit } from './engines.js';

/** The committed experiments with their digests. */
const digested = committedDigests();

/**
 * The bytes of numbers in hexadecimal, least significant first. Also runs in the pages.
 *
 * @param {Iterable<number>} values
 */
const bytesOf = (values) =>
  Array.from(new Uint8Array(Float64Array.from(values).buffer), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/**
 * Returns the numbers whose bytes stand in a hexadecimal text.
 *
 * @param {string} hex
 */
const numbersOf = (hex) => new Float64Array(new Uint8Array(Buffer.from(hex, 'hex')).buffer);

/**
 * What a page does to train experiments in its worker, as a link to the lab would.
 *
 * @param {object[]} specs
 */
const trainInPage = (specs) => `(async (specs, bytesOf) => {
  const Race = document.querySelector('lab-app').model.race.constructor;
  return Promise.all(specs.map(async (spec) => {
    const race = new Race();
    await race.setRuns([{ id: 'bits', spec }], { limit: spec.iterations });
    race.seek(spec.iterations);
    for (;;) {
      const { iteration, parameters, metrics } = await race.result('bits');
      if (iteration === spec.iterations) {
        race.dispose();
        return { parameters: bytesOf(parameters), metrics: bytesOf([metrics.cost, metrics.trainAccuracy]) };
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }));
})(${JSON.stringify(specs)}, ${bytesOf})`;

/**
 * Trains in an open lab and here, and compares the results.
 * @param {import('./browser.js').Askable} page
 */
async function sameBits(page) {
  const lab = await loadLab();
  const specs = digested.map(({ spec }) => spec);
  await until(page, 'true');
  const found = /** @type {{ parameters: string, metrics: string }[]} */ (
    await page.evaluate(trainInPage(specs))
  );
  for (const [i, spec] of specs.entries()) {
    const { parameters, final } = await lab.run(/** @type {any} */ (spec));
    const expected = { parameters: bytesOf(parameters), metrics: bytesOf([final.cost, final.trainAccuracy]) };
    assert.deepEqual(found[i], expected, JSON.stringify(spec));
    assert.equal(digestOf(numbersOf(found[i].parameters)), digested[i].digest, JSON.stringify(spec));
  }
}

/**
 * Runs first in every page and records its errors, because WebDriver has no command to read the
 * console.
 */
const watcher = `
  const breaches = (window.breaches = []);
  addEventListener('error', ({ message, target }) => {
    // No error: a ResizeObserver reports the rest of a layout one frame later. It depends on the
    // load of the machine.
    if (!/^ResizeObserver loop/.test(message)) breaches.push('error: ' + (message ?? target.outerHTML));
  }, true);
  addEventListener('unhandledrejection', (event) => breaches.push('rejection: ' + event.reason));
  addEventListener('securitypolicyviolation', (event) => breaches.push(event.violatedDirective + ': ' + event.blockedURI));
  const { error } = console;
  console.error = (...words) => {
    breaches.push('console: ' + words.join(' '));
    error.apply(console, words);
  };
`;

/** The errors of the page and its requests to other hosts. */
const BREACHES = `[...breaches, ...performance.getEntriesByType('resource').map(({ name }) => name).filter(
  (name) => !name.startsWith(location.origin) && !/^(data|blob|file):/.test(name))]`;

/** How many colours a canvas shows. @param {string} canvas */
const colours = (canvas) => `(() => {
  const canvas = ${canvas};
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
})()`;

/** @type {string} */
let folder;
/** @type {import('node:http').Server} */
let server;
/** @type {string} */
let address;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'init-lab-engines-'));
  cpSync(site, folder, { recursive: true });
  writeFileSync(join(folder, 'watcher.js'), watcher);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue;
    const page = readFileSync(join(folder, name), 'utf8');
    const path = '../'.repeat(name.split('/').length - 1);
    writeFileSync(
      join(folder, name),
      page.replace('<meta charset="utf-8"', () => `<script src="${path}watcher.js"></script>$&`),
    );
  }
  server = createSiteServer(folder);
  address = await listen(server, 0);
});
after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

test('trains to the bits of Node and of the native build in Chromium', async () => {
  const { open, close } = await openSite();
  try {
    const { page } = await open('#at=0');
    await sameBits(page);
  } finally {
    await close();
  }
});

for (const [name, openEngine] of /** @type {const} */ ([
  ['Firefox', openFirefox],
  ['WebKit', openWebKit],
])) {
  describe(name, () => {
    /** @type {import('./engines.js').Engine} */
    let engine;
    // These engines start slowly on a busy machine, because they compile the whole module before
    // they run it.
    const pageIs = (/** @type {string} */ condition) => untilTrue(engine, condition);
    const labIs = (/** @type {string} */ condition) => until(engine, condition);
    before(async () => {
      engine = await openEngine();
      console.log(engine.version);
    });
    after(() => engine?.close());

    test('trains to the bits of Node and of the native build', async () => {
      await engine.open(`${address}#at=0`);
      await sameBits(engine);
    });

    test('trains four runs without a click, draws fields and chart, and obeys play and pause', async () => {
      await engine.open(address);
      await labIs('frame.playing && frame.runs.length === 4 && frame.position > 300');
      const app = `document.querySelector('lab-app')`;
      const part = (/** @type {string} */ tag) => `${app}.shadowRoot.querySelector('${tag}').shadowRoot`;
      // Painted with a frame of the screen, which may come later than the iterations.
      await pageIs(`${colours(`${app}.pictures[3].canvas`)} > 100`);
      await pageIs(`${part('lab-chart')}.querySelector('canvas') !== null`);
      await pageIs(`${colours(`${part('lab-chart')}.querySelector('canvas')`)} > 10`);
      await engine.click(`${part('lab-transport')}.querySelector('button')`);
      await labIs('!frame.playing && !frame.catchingUp');
      const position = `${app}.model.race.frame.position`;
      const paused = await engine.evaluate(position);
      await afterFrames(engine, 20);
      assert.equal(await engine.evaluate(position), paused);
      await engine.click(`${part('lab-transport')}.querySelector('button')`);
      await labIs(`frame.position > ${paused}`);
      assert.deepEqual(await engine.evaluate(BREACHES), []);
    });

    test('records the errors of a page', async () => {
      await engine.open(`${address}api.html`);
      // A driver may ask the page before for a moment longer.
      await pageIs(`location.pathname === '/api.html' && document.readyState === 'complete'`);
      await engine.evaluate(`(() => {
        try {
          document.createElement('script').textContent = '1';
        } catch {
          // The policy's breach is reported beside the exception.
        }
        fetch('https://example.invalid').catch(() => {});
        console.error('logged');
        setTimeout(() => { throw new Error('thrown'); });
      })()`);
      await pageIs(`breaches.length >= 4`);
      const breaches = (await engine.evaluate(BREACHES)).join('\n');
      for (const expected of [
        /require-trusted-types-for/,
        /connect-src: https:\/\/example\.invalid/,
        /logged/,
        /thrown/,
      ])
        assert.match(breaches, expected);
    });

    const trains = `(document.querySelector('init-lab')?.model?.race.frame?.position ?? 0) > 0`;

    test('trains the preset in the query of the page for iframes', async () => {
      await engine.open(`${address}embed.html?preset=exercise-5`);
      await pageIs(trains);
      assert.deepEqual(await engine.evaluate(BREACHES), []);
    });

    test('trains, reports and obeys as an element on another author’s page', async () => {
      await engine.open(`${address}examples/element.html`);
      await pageIs(trains);
      await pageIs(`/ of \\d+ iterations/.test(document.querySelector('output').value)`);
      await engine.evaluate(`document.querySelector('init-lab').pause()`);
      await pageIs(`document.querySelector('init-lab').model.race.frame.playing === false`);
      await engine.click(`document.querySelector('#again')`);
      await pageIs(`document.querySelector('init-lab').model.race.frame.playing`);
      assert.deepEqual(await engine.evaluate(BREACHES), []);
    });

    test('trains the figure of the page "Why" that is visible', async () => {
      await engine.open(`${address}why.html`);
      const figure = `document.querySelector('lab-figure[claim="exercise"]')`;
      await pageIs(`Boolean(${figure}?.model)`);
      await engine.evaluate(`${figure}.scrollIntoView({ block: 'center' })`);
      await pageIs(`(${figure}.model.race.frame?.position ?? 0) > 0`);
      assert.deepEqual(await engine.evaluate(BREACHES), []);
    });

    test('fills the phase diagram with the results of its workers', async () => {
      await engine.open(`${address}maps.html`);
      await pageIs(`document.querySelector('phase-diagram')?.runner?.done > 3`);
      assert.ok((await engine.evaluate(colours(`document.querySelector('phase-diagram').canvas`))) > 1);
      assert.deepEqual(await engine.evaluate(BREACHES), []);
    });

    test('opens the other pages without an error', async () => {
      for (const page of ['sweeps', 'notebook', 'pictures', 'embedding', 'api']) {
        await engine.open(`${address}${page}.html`);
        await pageIs(`Boolean(document.querySelector('site-header').shadowRoot?.querySelector('nav'))`);
        assert.deepEqual(await engine.evaluate(BREACHES), [], page);
      }
    });

    test('trains in the one-file lab opened from disk', async () => {
      await engine.open(`${pathToFileURL(join(folder, 'standalone.html'))}#data=circles&at=50`);
      await labIs('frame.position === 50 && !frame.catchingUp');
      assert.deepEqual(await engine.evaluate(BREACHES), []);
    });
  });
}
