/** What the tests of bundlers and hosts share: real projects with packages from the registry. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { listen } from '../../scripts/site-server.mjs';
import { loadLab } from '../../src/js/index.js';
import { executablePath } from '../web/browser.js';

const execute = promisify(execFile);
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/**
 * Kept between runs, so that a second one installs less. Outside of the project: Parcel and Next.js
 * look for settings in the folders above.
 */
const folder = join(tmpdir(), 'init-lab-bundlers');

/**
 * Runs a command; a failure shows its output.
 *
 * @param {string} cwd
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>} standard output
 */
export async function run(cwd, command, ...args) {
  try {
    const env = { ...process.env, CI: '1', NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1' };
    const { stdout } = await execute(command, args, { cwd, env, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout, stderr, message } = /** @type {any} */ (error);
    return assert.fail(`${message}\n${stdout}\n${stderr}`);
  }
}

/** @type {Promise<string> | undefined} */
let packed;

/** Packs init-lab once for a process. @returns {Promise<string>} the tarball's path */
function tarball() {
  packed ??= (async () => {
    mkdirSync(folder, { recursive: true });
    const text = await run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
    const file = join(folder, `init-lab-${process.pid}.tgz`);
    renameSync(join(folder, JSON.parse(text)[0].filename), file);
    return file;
  })();
  return packed;
}

/**
 * Makes a project with its files and the packages that it names; init-lab is installed as its users
 * get it.
 *
 * @param {string} name of its folder
 * @param {Record<string, string>} dependencies with their versions
 * @param {Record<string, string | Uint8Array>} files by their paths; in package.json null removes a
 *   field
 * @returns {Promise<string>} its folder
 */
export async function project(name, dependencies, files) {
  const place = join(folder, name);
  // What an earlier version of the test wrote, or an earlier build, is not for this one.
  mkdirSync(place, { recursive: true });
  for (const each of readdirSync(place))
    if (each !== 'node_modules') rmSync(join(place, each), { recursive: true });
  const manifest = {
    private: true,
    type: 'module',
    dependencies,
    ...JSON.parse(String(files['package.json'] ?? '{}')),
  };
  const manifestText = JSON.stringify(manifest, (_, value) => value ?? undefined);
  for (const [path, text] of Object.entries({ ...files, 'package.json': manifestText })) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  await run(
    place,
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--no-save',
    await tarball(),
  );
  return place;
}

/** What a program of a user prints: the last measurements of one training. */
export async function expected() {
  const lab = await loadLab();
  return JSON.stringify((await lab.run({ iterations: 50 })).final);
}

/** A program that prints it, with the options that `globalThis.labOptions` holds. */
export const program = `
import { loadLab } from 'init-lab';
const lab = await loadLab(globalThis.labOptions);
const { final } = await lab.run({ iterations: 50 });
console.log(JSON.stringify(final));
`;

/** A page's program that trains in a worker of the pool, and writes the result into the title. */
export const pageProgram = `
import { createPool } from 'init-lab/pool';
createPool({ size: 2 })
  .run([{ iterations: 50 }, { iterations: 1 }])
  .then(([{ final }]) => (document.title = JSON.stringify(final)), (error) => (document.title = String(error)));
`;

export const pageHtml = (/** @type {string} */ script) =>
  `<!doctype html><html><head><link rel="icon" href="data:,"></head><body>${script}</body></html>`;

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
});

/**
 * Serves a built folder as a plain host does.
 *
 * @param {string} site
 */
export async function serve(site) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname);
    for (const name of [path, `${path}/index.html`, `${path}.html`]) {
      try {
        const body = readFileSync(join(site, name));
        response
          .writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' })
          .end(body);
        return;
      } catch {
        continue;
      }
    }
    response.writeHead(404).end();
  });
  return { address: await listen(server, 0), close: () => server.close() };
}

/**
 * Opens a page in Chromium and waits until a condition holds.
 *
 * @template T
 * @param {string} address
 * @param {(page: import('playwright-core').Page) => Promise<T | undefined>} condition
 * @returns {Promise<T>} what the condition gives once it is not undefined
 */
export async function untilPage(address, condition) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  /** @type {string[]} */
  const problems = [];
  try {
    const page = await browser.newPage();
    page.on('pageerror', ({ message }) => problems.push(message));
    await page.goto(address);
    for (let i = 0; i < 1200; i += 1) {
      const value = await condition(page);
      if (value !== undefined) return value;
      await wait(50);
    }
    return assert.fail(
      `the page did not come to it:\n${problems.join('\n')}\n${await page.innerText('body')}`,
    );
  } finally {
    await browser.close();
  }
}

/** The title of a page once it has one. @param {string} address */
export const titleOf = (address) => untilPage(address, async (page) => (await page.title()) || undefined);

/** Waits until an <init-lab> or a frame of the page trains. @param {string} address */
export const untilTrains = (address) =>
  untilPage(address, async (page) => {
    for (const frame of page.frames()) {
      const position = await frame
        .evaluate(`document.querySelector('init-lab')?.model?.race.frame?.position ?? 0`)
        .catch(() => 0);
      if (position > 0) return true;
    }
    return undefined;
  });
