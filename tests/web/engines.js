// Firefox and WebKit behind the few functions that tests of the built pages need. Firefox is driven
// by WebDriver BiDi (Puppeteer); WebKit is WebKitGTK's MiniBrowser (or Safari), driven by the W3C's
// WebDriver.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { which } from '../../scripts/steps.mjs';
import { PATIENCE } from './browser.js';

/**
 * A browser with one page, for an expression is enough to ask it anything.
 * @typedef {object} Engine
 * @property {string} version
 * @property {(address: string) => Promise<void>} open and wait until it has loaded
 * @property {(expression: string) => Promise<any>} evaluate in the page; a promise is waited for,
 *   the value travels as JSON
 * @property {(expression: string) => Promise<void>} click the element that it gives, as a mouse
 *   does
 * @property {() => Promise<Uint8Array>} picture of the page, as PNG
 * @property {() => Promise<void>} close
 */

/**
 * WebKitGTK takes the language of its pages from the locale, and "C.UTF-8" for the language "C",
 * which Intl refuses.
 *
 * @type {NodeJS.ProcessEnv}
 */
const env = { ...process.env, LC_ALL: 'C' };

/** @returns {Promise<Engine>} */
export async function openFirefox() {
  const executablePath = process.env.FIREFOX ?? which('firefox-esr') ?? which('firefox');
  if (!executablePath) throw new Error('There is no Firefox here; run npm run setup');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    env,
    protocolTimeout: PATIENCE,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  return {
    version: await browser.version(),
    async open(address) {
      await page.goto(address);
    },
    evaluate: (expression) => page.evaluate(expression),
    async click(expression) {
      const element = /** @type {import('puppeteer-core').ElementHandle} */ (
        await page.evaluateHandle(expression)
      );
      await element.click();
    },
    picture: () => page.screenshot(),
    close: () => browser.close(),
  };
}

/** The key of an element in WebDriver's JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** @returns {Promise<Engine>} */
export async function openWebKit() {
  const program = which('WebKitWebDriver') ?? which('safaridriver');
  if (!program) throw new Error('There is no WebKit with a driver here; run npm run setup');
  /** @type {import('node:child_process').ChildProcess[]} */
  const started = [];
  // The browser is in the driver's process group and ends with it.
  const end = () => {
    for (const { pid } of started.splice(0)) {
      try {
        process.kill(-(/** @type {number} */ (pid)), 'SIGKILL');
      } catch {
        // It has already ended.
      }
    }
  };
  process.once('exit', end);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => process.exit(1));
  try {
    if (program.endsWith('WebKitWebDriver')) env.DISPLAY = await startDisplay(started);
    const port = await freePort();
    started.push(spawn(program, [`--port=${port}`], { env, stdio: 'ignore', detached: true }));
    const address = `http://127.0.0.1:${port}`;
    await untilReady(address);
    const { sessionId, capabilities } = await ask(`${address}/session`, 'POST', {
      capabilities: { alwaysMatch: { timeouts: { script: PATIENCE, pageLoad: PATIENCE } } },
    });
    const session = `${address}/session/${sessionId}`;
    const command = (/** @type {string} */ name, /** @type {object} */ body) =>
      ask(`${session}/${name}`, 'POST', body);
    await command('window/rect', { width: 1440, height: 962 });
    return {
      version: `${capabilities.browserName}/${capabilities.browserVersion}`,
      open: (url) => command('url', { url }),
      async evaluate(expression) {
        const { value, error } = await command('execute/async', {
          script: `Promise.resolve().then(() => (${expression})).then(
            (value) => arguments[0]({ value }),
            (error) => arguments[0]({ error: String(error) }),
          );`,
          args: [],
        });
        if (error) throw new Error(error);
        return value;
      },
      async click(expression) {
        const element = await command('execute/sync', { script: `return (${expression});`, args: [] });
        await command(`element/${element[ELEMENT]}/click`, {});
      },
      async picture() {
        return Buffer.from(await ask(`${session}/screenshot`, 'GET'), 'base64');
      },
      async close() {
        await ask(session, 'DELETE').finally(end);
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Starts a virtual screen, which MiniBrowser needs.
 * @param {import('node:child_process').ChildProcess[]} started
 * @returns {Promise<string>} its name
 */
async function startDisplay(started) {
  if (!which('Xvfb')) throw new Error('There is no Xvfb here; run npm run setup');
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  started.push(screen);
  const [number] = await Promise.race([
    once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data'),
    once(screen, 'exit').then(([status]) => {
      throw new Error(`Xvfb ended with status ${status}`);
    }),
  ]);
  return `:${String(number).trim()}`;
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {string} address of a driver that has just been started */
async function untilReady(address) {
  const end = Date.now() + PATIENCE;
  const ready = () =>
    ask(`${address}/status`, 'GET').then(
      (status) => status.ready,
      () => false,
    );
  while (!(await ready())) {
    if (Date.now() > end) throw new Error('The driver of WebKit does not answer');
    await sleep(50);
  }
}

/**
 * One command of WebDriver.
 * @param {string} url
 * @param {string} method
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function ask(url, method, body) {
  const response = await fetch(url, {
    method,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(2 * PATIENCE),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${url}: ${value.error}: ${value.message}`);
  return value;
}
