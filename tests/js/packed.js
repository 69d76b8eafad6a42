/**
 * The package as its users get it: packed, and unpacked in an empty folder beside its dependencies.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { loadLab } from '../../src/js/index.js';
import { createSiteServer, listen } from '../../scripts/site-server.mjs';
import { root, temporaryFolder } from './support.js';

export const run = promisify(execFile);
export const folder = temporaryFolder();

export const unpacked = join(folder, 'node_modules', 'init-lab');
/**
 * @param {string} name
 * @param {string} text
 */
export function write(name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
/** @param {string[]} args */
export const node = async (...args) => (await run(process.execPath, args, { cwd: folder })).stdout;

/**
 * A page's program: the same training in a worker of the pool. It writes the result into the title.
 */
export const pageProgram = `
  import { createPool } from 'init-lab/pool';
  const pool = createPool({ size: 2 });
  const [{ final }] = await pool.run([{ iterations: 50 }, { iterations: 1 }]);
  pool.dispose();
  document.title = JSON.stringify(final);
`;

/**
 * Opens a built page under the policy of a careful host.
 *
 * @param {string} site a folder with an index.html
 * @returns {Promise<string>} the page's title, once it has one
 */
export async function titleInChromium(site) {
  const server = createSiteServer(site);
  try {
    return await titleAt(await listen(server, 0));
  } finally {
    server.close();
  }
}

/**
 * @param {string} address
 * @returns {Promise<string>} the title of the page there, once it has one
 */
export async function titleAt(address) {
  /** @type {string[]} */
  const problems = [];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(address);
    // Read from outside: the policy forbids what a page-side condition would need.
    let title = '';
    for (let i = 0; i < 1200 && title === '' && problems.length === 0; i += 1) {
      await wait(50);
      title = await page.title();
    }
    assert.deepEqual(problems, []);
    return title;
  } catch (error) {
    throw new Error([String(error), ...problems].join('\n'), { cause: error });
  } finally {
    await browser.close();
  }
}

/** What a user's program does: one training in the lab, the same in a pool. */
const program = `
  import { loadLab } from 'init-lab';
  const lab = await loadLab(globalThis.labOptions);
  const { final } = await lab.run({ iterations: 50 });
  console.log(JSON.stringify(final));
`;
/** The same in a worker of the pool. */
const poolProgram = `
  import { createPool } from 'init-lab/pool';
  const pool = createPool({ size: 2 });
  const [{ final }] = await pool.run([{ iterations: 50 }, { iterations: 1 }]);
  pool.dispose();
  console.log(JSON.stringify(final));
`;
/**
 * Unpacks the package and writes the programs.
 *
 * @returns {Promise<string>} what the programs must print
 */
export async function unpack() {
  const lab = await loadLab();
  const printed = `${JSON.stringify((await lab.run({ iterations: 50 })).final)}\n`;
  // Without scripts, which would build: the tests have built already. Without the network, which
  // nothing here needs.
  const { stdout } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--offline', '--json', '--pack-destination', folder],
    { cwd: root },
  );
  const [{ filename }] = JSON.parse(stdout);
  mkdirSync(join(folder, 'tarball'));
  renameSync(join(folder, filename), join(folder, 'init-lab.tgz'));
  await run('tar', ['-xzf', join(folder, 'init-lab.tgz'), '-C', join(folder, 'tarball')]);
  mkdirSync(dirname(unpacked), { recursive: true });
  cpSync(join(folder, 'tarball', 'package'), unpacked, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  write('package.json', '{"type": "module"}');
  write('program.js', program);
  write('pool.js', poolProgram);
  return printed;
}
